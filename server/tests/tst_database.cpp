// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/keystore.h"
#include "server/store/sqlite/sqlitedialect.h"
#include "server/tests/fulldisk.h"
#include "tests/support/testcase.h"

#include <QRegularExpression>
#include <QSemaphore>
#include <QTemporaryDir>

using namespace muster;
using namespace muster::store;
using namespace Qt::Literals::StringLiterals;

class DatabaseTest : public test::TestCase
{
    Q_OBJECT

private slots:
    void splitsStatements()
    {
        QCOMPARE(splitStatements(u"-- a; comment\nCREATE TABLE a (x); \n\nCREATE INDEX i\n ON a (x);"_s),
                 QStringList({u"CREATE TABLE a (x)"_s, u"CREATE INDEX i\n ON a (x)"_s}));
    }

    void makesAndReopens()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"muster.db"_s);
        {
            MusterDatabase database(path);
            QVERIFY(database.open());
            AuditStore audit(database);
            QVERIFY(audit.add({.time = 1, .actor = u"a"_s, .method = u"m"_s, .outcome = u"ok"_s}).result());
        }
        MusterDatabase database(path);
        QVERIFY(database.open());
        const auto entries = AuditStore(database).list({}, 10, 0).result();
        QVERIFY(entries);
        QCOMPARE(entries->entries.size(), 1);
        QCOMPARE(entries->entries.first().actor, u"a"_s);
    }

    void refusesWhatItCannotUse_data()
    {
        QTest::addColumn<QByteArray>("contents");
        QTest::addColumn<QString>("says");
        QTest::newRow("no database") << QByteArray(5000, 'x') << u"cannot be used"_s;
        QTest::newRow("newer") << newerDatabase() << u"newer Muster"_s;
        QByteArray damaged = newerDatabase(1);
        damaged.replace(4096, 2000, QByteArray(2000, '\x55'));
        QTest::newRow("damaged") << damaged << u"cannot be used"_s;
    }

    void refusesWhatItCannotUse()
    {
        QFETCH(const QByteArray, contents);
        QFETCH(const QString, says);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"muster.db"_s);
        write(path, contents);
        {
            MusterDatabase database(path);
            const auto opened = database.open();
            QVERIFY(!opened);
            QVERIFY2(opened.error().message.contains(says), qPrintable(opened.error().message));
            QVERIFY(opened.error().message.contains(path));
        }
        QCOMPARE(read(path), contents);
    }

    void takesBackAFailedJobAlone()
    {
        const QTemporaryDir folder;
        MusterDatabase database(folder.filePath(u"muster.db"_s));
        QVERIFY(database.open());
        QList<QFuture<Result<int>>> jobs;
        for (int i = 0; i < 20; ++i) {
            jobs.append(database.writer().run([i](Sql &sql) -> Result<int> {
                const auto added = sql.execute(u"INSERT INTO audit (time, actor, method, outcome) VALUES (?, 'a', 'm', 'ok')"_s, {i});
                if (i % 5 == 3)
                    return failure(Conflict, u"taken back"_s);
                return added;
            }));
        }
        for (int i = 0; i < jobs.size(); ++i)
            QCOMPARE(jobs[i].result().has_value(), i % 5 != 3);
        QCOMPARE(AuditStore(database).list({}, 100, 0).result()->entries.size(), 16);
    }

    void whatIsDoneTogetherFailsAlone()
    {
        const QTemporaryDir folder;
        MusterDatabase database(folder.filePath(u"muster.db"_s));
        QVERIFY(database.open());
        QList<qsizetype> sizes;
        const Together<QString, int> add{[&sizes](Sql &sql, const QList<QString> &actors) -> Result<QList<Result<int>>> {
            sizes << actors.size();
            QList<Result<int>> done;
            for (const QString &actor : actors) {
                if (actor == "unknown"_L1) {
                    done << failure(NotFound, u"there is no such actor"_s);
                    continue;
                }
                const auto added = sql.execute(u"INSERT INTO audit (time, actor, method, outcome) VALUES (1, ?, 'm', 'ok')"_s, {actor});
                if (actor == "bad"_L1)
                    return failure(Conflict, u"taken back"_s);
                done << added;
            }
            return done;
        }};
        QSemaphore gate;
        auto held = database.writer().run([&gate](Sql &) -> Result<int> {
            gate.acquire();
            return 0;
        });
        QTRY_COMPARE(database.writer().queued(), 0);
        QList<QFuture<Result<int>>> jobs;
        for (const auto &actor : {u"a"_s, u"unknown"_s, u"bad"_s, u"b"_s})
            jobs << database.writer().run(add, actor);
        // What stands between keeps its place.
        auto between = database.writer().run([](Sql &sql) -> Result<qsizetype> {
            const auto rows = sql.query(u"SELECT id FROM audit"_s);
            return rows ? Result<qsizetype>(rows->size()) : std::unexpected(rows.error());
        });
        jobs << database.writer().run(add, u"c"_s);
        gate.release();
        QVERIFY(held.result());
        QCOMPARE(between.result().value_or(0), 2);
        QCOMPARE(jobs[0].result().value_or(0), 1);
        QCOMPARE(jobs[1].result().error().code, int(NotFound));
        QCOMPARE(jobs[2].result().error().code, int(Conflict));
        QCOMPARE(jobs[3].result().value_or(0), 1);
        QCOMPARE(jobs[4].result().value_or(0), 1);
        QCOMPARE(sizes, QList<qsizetype>({4, 1, 1, 1, 1, 1}));
        QCOMPARE(AuditStore(database).list({}, 100, 0).result()->entries.size(), 3);
    }

    void aStatementThatFailsIsCountedAndToldOnce()
    {
        const QTemporaryDir folder;
        MusterDatabase database(folder.filePath(u"muster.db"_s));
        QVERIFY(database.open());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"muster.db refused a statement: .*nowhere.* in: SELECT 1 FROM nowhere"_s));
        for (int i = 0; i < 3; ++i) {
            const auto asked =
                database.writer().run([](Sql &sql) -> Result<int> { return sql.execute(u"SELECT 1 FROM nowhere"_s); }).result();
            QCOMPARE(asked.error().code, int(InternalError));
            QVERIFY(asked.error().detail.isUndefined()); // the statement is nobody's to know
        }
        QTRY_COMPARE(database.writer().batches().failures, 3U);
    }

    void aFullDiskTakesBackAllThatWaitsForTheSameCommit()
    {
        const QTemporaryDir folder;
        MusterDatabase database(folder.filePath(u"muster.db"_s));
        QVERIFY(database.open());
        setRoom(database, 3);
        QTest::ignoreMessage(QtWarningMsg, cannotBeWritten);
        // Held up, so that all of them are in one batch; the third finds no room, and SQLite ends the transaction.
        QSemaphore gate;
        auto held = database.writer().run([&gate](Sql &) -> Result<int> {
            gate.acquire();
            return 0;
        });
        QTRY_COMPARE(database.writer().queued(), 0);
        QList<QFuture<Result<int>>> jobs;
        for (const int size : {1, 1, 100'000, 1, 1}) {
            jobs.append(database.writer().run([size](Sql &sql) {
                return sql.execute(u"INSERT INTO audit (time, actor, method, outcome) VALUES (1, ?, 'm', 'ok')"_s, {QString(size, 'x'_L1)});
            }));
        }
        gate.release();
        QVERIFY(held.result());
        for (auto &job : jobs) {
            const Result<int> told = job.result();
            QVERIFY(!told);
            QCOMPARE(told.error().code, int(Unavailable));
        }
        QVERIFY(AuditStore(database).list({}, 100, 0).result()->entries.isEmpty()); // what was told to have failed is not there
        setRoom(database, 1000);
        QVERIFY(AuditStore(database).add({.time = 9, .actor = u"a"_s, .method = u"m"_s, .outcome = u"ok"_s}).result());
        QCOMPARE(AuditStore(database).list({}, 100, 0).result()->entries.size(), 1);
    }

    void aJobThatGoesOnAfterAFullDiskWritesNothing()
    {
        const QTemporaryDir folder;
        MusterDatabase database(folder.filePath(u"muster.db"_s));
        QVERIFY(database.open());
        setRoom(database, 3);
        QTest::ignoreMessage(QtWarningMsg, cannotBeWritten);
        const auto told = database.writer()
                              .run([](Sql &sql) -> Result<int> {
                                  const QString text = u"INSERT INTO audit (time, actor, method, outcome) VALUES (1, ?, 'm', 'ok')"_s;
                                  (void)sql.execute(text, {QString(100'000, 'x'_L1)});
                                  (void)sql.execute(text, {u"small"_s});
                                  return 2;
                              })
                              .result();
        QVERIFY(!told);
        QVERIFY(AuditStore(database).list({}, 100, 0).result()->entries.isEmpty());
    }

    void anIoErrorIsOfTheDiskAndNotOfTheStatement()
    {
        const QTemporaryDir folder;
        MusterDatabase database(folder.filePath(u"muster.db"_s));
        QVERIFY(database.open());
        AuditStore audit(database);
        const AuditEntry entry{.time = 1, .actor = u"a"_s, .method = u"m"_s, .outcome = u"ok"_s};
        {
            const test::FullDisk full;
            QTest::ignoreMessage(QtWarningMsg, cannotBeWritten);
            const auto added = audit.add(entry).result(); // SQLITE_IOERR_WRITE, 778
            QVERIFY(!added);
            QCOMPARE(added.error().code, int(Unavailable));
            QVERIFY2(added.error().message.contains("is the disk full?"_L1), qPrintable(added.error().message));
            QVERIFY(database.writer().trouble());
        }
        QVERIFY(audit.add(entry).result());
        // A wrong statement says nothing about the disk.
        const auto wrong =
            database.writer().run([](Sql &sql) { return sql.execute(u"INSERT INTO audit (time) VALUES (NULL)"_s); }).result();
        QCOMPARE(wrong.error().code, int(InternalError));
    }

    void anErrorAmongTheRowsIsNotTheirEnd()
    {
        const QTemporaryDir folder;
        MusterDatabase database(folder.filePath(u"muster.db"_s));
        QVERIFY(database.open());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"refused a statement: integer overflow"_s));
        const auto rows =
            database.reader()
                .run([](Sql &sql) { return sql.query(u"SELECT abs(column1) FROM (VALUES (1), (-9223372036854775808), (2))"_s); })
                .result();
        QVERIFY(!rows);
        QVERIFY2(rows.error().message.contains("overflow"_L1), qPrintable(rows.error().message));
    }

    void noticesAFullDiskAndItsEndByItself()
    {
        const QTemporaryDir folder;
        constexpr std::array steps{Migration("telemetry/003-probe.sql")};
        Database database({.dialect = std::make_shared<SqliteDialect>(folder.filePath(u"p.db"_s), Durability::Full),
                           .migrations = steps,
                           .probeEvery = std::chrono::milliseconds(20),
                           .probeAgain = std::chrono::milliseconds(20)});
        QVERIFY(database.open());
        QVERIFY(!database.trouble());
        {
            const test::FullDisk full;
            QTest::ignoreMessage(QtWarningMsg, cannotBeWritten);
            QTRY_VERIFY(database.trouble());
            QCOMPARE(database.trouble().value_or(Error()).code, int(Unavailable));
        }
        QTRY_VERIFY(!database.trouble());
        QCOMPARE(database.run([](Sql &sql) { return sql.query(u"SELECT count(*) FROM probe"_s); }).result()->first().first().toInt(), 0);
    }

    void saysAtOnceThatItsDiskIsFull()
    {
        const QTemporaryDir folder;
        constexpr std::array steps{Migration("telemetry/003-probe.sql")};
        const auto nothing = [](Sql &) -> Result<int> { return 1; };
        // As after a kill, what SQLite needs beside the file is there.
        Database before({.dialect = std::make_shared<SqliteDialect>(folder.filePath(u"p.db"_s), Durability::Full), .migrations = steps});
        QVERIFY(before.open());
        QVERIFY(before.run(nothing).result() && before.run(nothing).result()); // after the second its own look is over
        const test::FullDisk full;
        QTest::ignoreMessage(QtWarningMsg, cannotBeWritten);
        Database database({.dialect = std::make_shared<SqliteDialect>(folder.filePath(u"p.db"_s), Durability::Full),
                           .migrations = steps,
                           .probeEvery = std::chrono::hours(1)});
        QVERIFY(database.open());
        QTRY_VERIFY(database.trouble());
    }

    void saysWhatToDoWhereTheDiskHasNoRoomToOpenIt()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"muster.db"_s);
        {
            MusterDatabase database(path);
            QVERIFY(database.open());
        }
        {
            const test::FullDisk full;
            MusterDatabase database(path);
            const auto opened = database.open();
            QVERIFY(!opened);
            const QString said = opened.error().message;
            QVERIFY2(said.contains("make room"_L1) && said.contains("is the disk full?"_L1), qPrintable(said));
            QVERIFY2(!said.contains("restore"_L1) && !said.contains('\n'_L1), qPrintable(said));
        }
        MusterDatabase database(path);
        QVERIFY(database.open());
    }

    void refusesMoreThanItCanHold()
    {
        const QTemporaryDir folder;
        constexpr std::array steps{Migration("telemetry/003-probe.sql")};
        Database database({.dialect = std::make_shared<SqliteDialect>(folder.filePath(u"p.db"_s), Durability::Full),
                           .migrations = steps,
                           .mostJobs = 3,
                           .mostBytes = 1000});
        QVERIFY(database.open());
        QSemaphore gate;
        const auto nothing = [](Sql &) -> Result<int> { return 1; };
        auto held = database.run([&gate](Sql &) -> Result<int> {
            gate.acquire();
            return 0;
        });
        QTRY_COMPARE(database.queued(), 0);
        auto first = database.run(nothing, 600);
        const auto heavy = database.run(nothing, 600).result();
        QVERIFY(!heavy);
        QCOMPARE(heavy.error().code, int(Unavailable));
        QVERIFY(heavy.error().detail["retry_after_s"_L1].toInt() > 0);
        auto second = database.run(nothing);
        auto third = database.run(nothing);
        QVERIFY(!database.run(nothing).result());
        QCOMPARE(database.refused(), 2);
        gate.release();
        QVERIFY(held.result() && first.result() && second.result() && third.result());
        QVERIFY(database.run(nothing, 5000).result()); // alone, whatever it holds
    }

    void tellsAFullDisk()
    {
        const QTemporaryDir folder;
        QTest::ignoreMessage(QtWarningMsg, cannotBeWritten);
        MusterDatabase database(folder.filePath(u"muster.db"_s));
        QVERIFY(database.open());
        const auto pages =
            database.writer().run([](Sql &sql) { return sql.query(u"PRAGMA page_count"_s); }).result()->first().first().toInt();
        (void)database.writer().run([pages](Sql &sql) { return sql.query(u"PRAGMA max_page_count = %1"_s.arg(pages)); }).result();
        AuditStore audit(database);
        Result<int> added = 1;
        for (int i = 0; i < 50 && added; ++i)
            added = audit.add({.time = i, .actor = QString(1000, 'x'_L1), .method = u"m"_s, .outcome = u"ok"_s}).result();
        QVERIFY(!added);
        QCOMPARE(added.error().code, int(Unavailable));
        QVERIFY(added.error().message.contains("disk full"_L1) || added.error().message.contains("full"_L1));
        // It goes on once there is room.
        (void)database.writer().run([pages](Sql &sql) { return sql.query(u"PRAGMA max_page_count = %1"_s.arg(pages + 1000)); }).result();
        QVERIFY(audit.add({.time = 99, .actor = u"a"_s, .method = u"m"_s, .outcome = u"ok"_s}).result());
    }

    void keysLive()
    {
        const QTemporaryDir folder;
        MusterDatabase database(folder.filePath(u"muster.db"_s));
        QVERIFY(database.open());
        KeyStore keys(database);
        const AuditEntry entry{.time = 5, .actor = u"me"_s, .method = u"m"_s, .outcome = u"ok"_s};
        const auto first = keys.present(key("dev", "one")).result();
        const auto second = keys.present(key("dev", "two")).result();
        QVERIFY(first && second);
        QVERIFY(!keys.present(key("dev", "one")).result()); // known already
        QVERIFY(keys.decide(*first, KeyState::Accepted, entry).result());
        QVERIFY(keys.decide(*second, KeyState::Accepted, entry).result());
        auto all = keys.load().result();
        QVERIFY(all);
        QCOMPARE(all->size(), 1); // the first was replaced
        QCOMPARE(all->first().id, *second);
        QCOMPARE(all->first().decidedBy, u"me"_s);
        QVERIFY(keys.forget(u"dev"_s, entry).result());
        QVERIFY(keys.load().result()->isEmpty());
        // A replaced key that comes back is pending again, under its old id.
        QCOMPARE(keys.present(key("dev", "one")).result().value_or(0), *first);
        QCOMPARE(keys.load().result()->first().state, KeyState::Pending);
        QCOMPARE(AuditStore(database).list({}, 10, 0).result()->entries.size(), 3);
    }

private:
    static inline const QRegularExpression cannotBeWritten{u"cannot be written"_s};

    /// As on a disk that has room for so many pages more.
    static void setRoom(MusterDatabase &database, int pages)
    {
        const auto count = database.writer().run([](Sql &sql) { return sql.query(u"PRAGMA page_count"_s); }).result();
        (void)database.writer()
            .run([most = count->first().first().toInt() + pages](Sql &sql) { return sql.query(u"PRAGMA max_page_count = %1"_s.arg(most)); })
            .result();
    }

    static KeyRecord key(const char *device, const char *id)
    {
        return {.deviceId = QString::fromLatin1(device),
                .spki = id,
                .keyId = id,
                .algorithm = u"EdDSA"_s,
                .bits = 256,
                .firstSeen = 1,
                .lastSeen = 2,
                .decidedAt = {},
                .decidedBy = {}};
    }

    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static void write(const QString &path, const QByteArray &contents)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(contents);
    }

    /// The bytes of a database of this program's own making, with another schema version.
    static QByteArray newerDatabase(int version = 99)
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"made.db"_s);
        {
            MusterDatabase database(path);
            (void)database.open();
            (void)database.writer().run([version](Sql &sql) { return sql.execute(u"PRAGMA user_version = %1"_s.arg(version)); }).result();
        }
        return read(path);
    }
};

MUSTER_TEST(DatabaseTest)
#include "tst_database.moc"
