// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/keystore.h"
#include "tests/support/testcase.h"

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
        const auto entries = AuditStore(database).list(10, 0).result();
        QVERIFY(entries);
        QCOMPARE(entries->size(), 1);
        QCOMPARE(entries->first().actor, u"a"_s);
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
        QCOMPARE(AuditStore(database).list(100, 0).result()->size(), 16);
    }

    void tellsAFullDisk()
    {
        const QTemporaryDir folder;
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
        QCOMPARE(AuditStore(database).list(10, 0).result()->size(), 3);
    }

private:
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
