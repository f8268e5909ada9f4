// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/auditstore.h"
#include "server/store/place.h"
#include "server/store/postgres/lease.h"
#include "server/store/postgres/postgresdialect.h"
#include "server/store/telemetrystore.h"
#include "server/tests/selfsigned.h"
#include "tests/support/postgresserver.h"
#include "tests/support/testcase.h"

#include <QRegularExpression>

#include <future>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::store;

class PostgresTest : public test::TestCase
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_server.start()); }

    void addressesAreRead_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::addColumn<QString>("shown");
        QTest::newRow("all") << u"postgresql://muster@db.example:6432/fleet?sslmode=verify-full"_s
                             << u"postgresql://muster@db.example:6432/fleet"_s;
        QTest::newRow("short") << u"postgres://db/fleet"_s << u"postgresql://db/fleet"_s;
        QTest::newRow("socket") << u"postgresql:///fleet?host=/run/postgresql"_s << u"postgresql:///fleet?host=/run/postgresql"_s;
        QTest::newRow("a slash in a name") << u"postgresql://db/a%2Fb%3Fc"_s << u"postgresql://db/a%2Fb%3Fc"_s;
        QTest::newRow("IPv6") << u"postgresql://[::1]:5433/fleet"_s << u"postgresql://[::1]:5433/fleet"_s;
    }
    void addressesAreRead()
    {
        QFETCH(const QString, uri);
        const auto address = PostgresAddress::parse(uri);
        QVERIFY2(address, qPrintable(address ? QString() : address.error().message));
        QTEST(address->toString(), "shown");
        QCOMPARE(PostgresAddress::parse(address->toString())->database, address->database);
    }

    void badAddressesAreToldSo_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::addColumn<QString>("says");
        QTest::newRow("another scheme") << u"mysql://db/fleet"_s << u"\"mysql\" is no address of PostgreSQL"_s;
        QTest::newRow("no database") << u"postgresql://db"_s << u"name of the database is missing"_s;
        QTest::newRow("cut") << u"postgresql://"_s << u"name of the database is missing"_s;
        QTest::newRow("two names") << u"postgresql://db/a/b"_s << u"more follows the name of the database"_s;
        QTest::newRow("a password") << u"postgresql://muster:hunter2@db/fleet"_s << u"take the password out"_s;
        QTest::newRow("a bad port") << u"postgresql://db:70000/fleet"_s << u"cannot be read"_s;
        QTest::newRow("an option of another kind") << u"postgresql://db/fleet?options=-csearch_path=x"_s << u"\"options\" is no option"_s;
        QTest::newRow("an option without a value") << u"postgresql://db/fleet?sslmode="_s << u"\"sslmode\" is no option"_s;
        QTest::newRow("an option that would be two") << u"postgresql://db/fleet?sslmode=disable;user=x"_s << u"\"sslmode\" is no option"_s;
    }
    void badAddressesAreToldSo()
    {
        QFETCH(const QString, uri);
        QFETCH(const QString, says);
        const auto address = PostgresAddress::parse(uri);
        QVERIFY(!address);
        QVERIFY2(address.error().message.contains(says), qPrintable(address.error().message));
        QVERIFY(!address.error().message.contains("hunter2"_L1));
    }

    void passwordsComeFromAFileOfTheOwnerAlone()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"password"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("hunter2\n");
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        auto address = *PostgresAddress::parse(u"postgresql://db/fleet"_s);
        QVERIFY(address.readPassword(file.fileName()));
        QCOMPARE(address.password, u"hunter2"_s);
        QVERIFY(!address.toString().contains(u"hunter2"_s));
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
        QVERIFY(address.readPassword(file.fileName()).error().message.contains("chmod 600"_L1));
        QVERIFY(address.readPassword(u"/nowhere"_s).error().message.contains("/nowhere"_L1));
    }

    void aLeaseThatNobodyRenewsEndsWhateverTheClockSays()
    {
        const auto address = *PostgresAddress::parse(m_server.makeDatabase(u"clock"_s));
        Lease first(address);
        Lease second(address);
        QVERIFY(first.open());
        QVERIFY(second.open());
        const qint64 epoch = first.take({.name = u"a"_s, .url = u"http://a"_s, .key = u"k"_s, .instance = {}}).value();
        // The database's clock was an hour ahead when it was renewed last, and is right again.
        m_server.ask(u"UPDATE muster.leadership SET until = until + interval '1 hour'"_s, u"clock"_s);
        QVERIFY(second.look()->isHeld);
        QCOMPARE(second.take({.name = u"b"_s, .url = u"http://b"_s, .key = u"k"_s, .instance = {}}).value(), 0);
        QTRY_VERIFY(!second.look()->isHeld);
        QCOMPARE(second.take({.name = u"b"_s, .url = u"http://b"_s, .key = u"k"_s, .instance = {}}).value(), epoch + 1);
    }

    void whoWasKilledTakesItsOwnLeadBackAtOnce()
    {
        const auto address = *PostgresAddress::parse(m_server.makeDatabase(u"back"_s));
        const Lease::Holder own{.name = u"a"_s, .url = u"http://a"_s, .key = u"k"_s, .instance = u"one"_s};
        Lease killed(address);
        QVERIFY(killed.open());
        const qint64 epoch = killed.take(own).value();
        Lease again(address);
        QVERIFY(again.open());
        QCOMPARE(again.look()->holder.instance, u"one"_s);
        QCOMPARE(again.take(own).value(), 0);
        QCOMPARE(again.take({.name = u"b"_s, .url = u"http://a"_s, .key = u"k"_s, .instance = u"two"_s}, true).value(), 0);
        QCOMPARE(again.take({.name = u"b"_s, .url = u"http://a"_s, .key = u"k"_s, .instance = {}}, true).value(), 0);
        QCOMPARE(again.take(own, true).value(), epoch + 1);
    }

    void aLeaseThatSomebodyRemovedGoesOnBehindItsHistory()
    {
        const auto address = *PostgresAddress::parse(m_server.makeDatabase(u"removed"_s));
        const Lease::Holder own{.name = u"a"_s, .url = u"http://a"_s, .key = u"k"_s, .instance = {}};
        Lease lease(address);
        QVERIFY(lease.open());
        const qint64 epoch = lease.take(own).value();
        for (const QString &harm : {u"DELETE FROM muster.leadership"_s, u"DROP TABLE muster.leadership"_s,
                                    u"UPDATE muster.leadership SET until = '-infinity'; DROP TABLE muster.leadership_history"_s}) {
            m_server.ask(harm, u"removed"_s);
            const auto state = lease.look();
            QVERIFY2(state, qPrintable(state ? QString() : state.error().message));
            QVERIFY(!state->isHeld);
            QVERIFY(state->epoch >= epoch);
            QCOMPARE(lease.take(own).value(), state->epoch + 1);
        }
        m_server.ask(u"DROP TABLE muster.leadership_member"_s, u"removed"_s);
        QVERIFY(lease.announce(own));
        QCOMPARE(lease.members().value(), QStringList{own.url});
    }

    void whoIsThereIsKnownToAll()
    {
        const auto address = *PostgresAddress::parse(m_server.makeDatabase(u"members"_s));
        Lease first(address);
        Lease second(address);
        QVERIFY(first.open());
        QVERIFY(second.open());
        QVERIFY(first.announce({.name = u"a"_s, .url = u"https://a"_s, .key = {}, .instance = {}}));
        QVERIFY(second.announce({.name = u"b"_s, .url = u"https://b"_s, .key = {}, .instance = {}}));
        QVERIFY(second.announce({.name = u"b"_s, .url = u"https://b"_s, .key = {}, .instance = {}}));
        QCOMPARE(first.members().value(), QStringList({u"https://b"_s, u"https://a"_s}));
        m_server.ask(u"UPDATE muster.leadership_member SET seen = seen - interval '2 days' WHERE name = 'b'"_s, u"members"_s);
        QCOMPARE(first.members().value(), QStringList{u"https://a"_s});
    }

    void anOlderProgramDoesNotTakeWhatANewerOneChanged()
    {
        const auto address = *PostgresAddress::parse(m_server.makeDatabase(u"newer"_s));
        Lease lease(address);
        QVERIFY(lease.open());
        m_server.ask(u"UPDATE muster.schema_version SET version = 999"_s, u"newer"_s);
        const auto taken = lease.take({.name = u"a"_s, .url = u"http://a"_s, .key = u"k"_s, .instance = {}});
        QVERIFY(!taken);
        QCOMPARE(taken.error().code, int(Conflict));
        QVERIFY2(taken.error().message.contains("was written by a newer Muster (schema 999"_L1), qPrintable(taken.error().message));
    }

    void severalBeginAtOnce()
    {
        const auto address = *PostgresAddress::parse(m_server.makeDatabase(u"atonce"_s));
        constexpr int servers = 8;
        std::vector<std::future<Result<void>>> opened;
        opened.reserve(servers);
        for (int i = 0; i < servers; ++i)
            opened.push_back(std::async(std::launch::async, [address] { return Lease(address).open(); }));
        for (auto &one : opened) {
            const auto good = one.get();
            QVERIFY2(good, qPrintable(good ? QString() : good.error().message));
        }
    }

    void itIsReachedOverTlsWithAPassword()
    {
        QTemporaryDir folder;
        const Settings made = test::selfSigned(folder.path());
        QVERIFY(!made.tlsCertificate.isEmpty());
        test::PostgresServer server;
        QVERIFY(server.start());
        const quint16 port = server.listen(made.tlsCertificate, made.tlsKey, u"hunter2"_s);
        QVERIFY(port > 0);
        server.kill();
        QVERIFY(server.start());
        QFile file(folder.filePath(u"password"_s));
        const auto writePassword = [&file](const QByteArray &password) {
            return file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.write(password) > 0
                   && (file.close(), true);
        };
        QVERIFY(writePassword("hunter2\n"));
        const QString url = u"postgresql://muster@127.0.0.1:%1/postgres?sslmode=verify-full&sslrootcert=%2"_s.arg(port);
        auto address = *PostgresAddress::parse(url.arg(made.tlsCertificate));
        QVERIFY(address.readPassword(file.fileName()));
        const auto good = checkDatabase(address);
        QVERIFY2(good, qPrintable(good ? QString() : good.error().message));
        // Another authority's certificate, a wrong password, and none: each is said in a line, without the password.
        QTemporaryDir stranger;
        auto wrong = *PostgresAddress::parse(url.arg(test::selfSigned(stranger.path()).tlsCertificate));
        QVERIFY(wrong.readPassword(file.fileName()));
        const auto refused = checkDatabase(wrong);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains("certificate"_L1), qPrintable(refused.error().message));
        QVERIFY(writePassword("guessed\n"));
        QVERIFY(address.readPassword(file.fileName()));
        const auto guessed = checkDatabase(address);
        QVERIFY(!guessed);
        QVERIFY2(guessed.error().message.contains("password authentication failed"_L1), qPrintable(guessed.error().message));
        QVERIFY(!guessed.error().message.contains("guessed"_L1));
        QVERIFY(!guessed.error().message.contains('\n'_L1));
    }

    void whatIsWrongWithADatabaseIsSaid_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("statements");
        QTest::addColumn<QString>("says");
        QTest::newRow("encoding") << u"ENCODING 'LATIN1' TEMPLATE template0"_s << QString() << u"its encoding is LATIN1"_s;
        QTest::newRow("somebody else's tables")
            << QString() << u"CREATE SCHEMA muster; CREATE TABLE muster.customer (id int)"_s << u"holds tables that are not Muster's"_s;
        QTest::newRow("somebody else's versions")
            << QString() << u"CREATE SCHEMA muster; CREATE TABLE muster.schema_version (version text)"_s
            << u"holds tables that are not Muster's"_s;
        QTest::newRow("a newer schema")
            << QString()
            << u"CREATE SCHEMA muster; CREATE TABLE muster.schema_version (id int, version int); INSERT INTO muster.schema_version VALUES (1, 999)"_s
            << u"was written by a newer Muster (schema 999"_s;
        QTest::newRow("read-only") << QString() << u"ALTER DATABASE \"bad\" SET default_transaction_read_only = on"_s
                                   << u"it is read-only"_s;
    }
    void whatIsWrongWithADatabaseIsSaid()
    {
        QFETCH(const QString, options);
        QFETCH(const QString, statements);
        QFETCH(const QString, says);
        m_server.ask(u"DROP DATABASE IF EXISTS bad"_s);
        const QString url = m_server.makeDatabase(u"bad"_s, options);
        if (!statements.isEmpty())
            m_server.ask(statements, u"bad"_s);
        {
            MusterDatabase database(dialect(url));
            const auto opened = database.open();
            QVERIFY(!opened);
            QVERIFY2(opened.error().message.contains(says), qPrintable(opened.error().message));
            QVERIFY(!opened.error().message.contains('\n'_L1));
        }
    }

    void oneLeadsAndTheOtherFollows()
    {
        const auto address = *PostgresAddress::parse(m_server.makeDatabase(u"led"_s));
        Lease first(address);
        Lease second(address);
        QVERIFY(first.open());
        QVERIFY(second.open());
        QVERIFY(!first.look()->isHeld);
        const qint64 epoch = first.take({.name = u"a"_s, .url = u"http://a"_s, .key = u"k"_s, .instance = {}}).value();
        QVERIFY(epoch > 0);
        first.keep();
        QCOMPARE(second.take({.name = u"b"_s, .url = u"http://b"_s, .key = u"k"_s, .instance = {}}).value(), 0);
        QCOMPARE(second.look()->holder.url, u"http://a"_s);
        // What it writes is written under its epoch, and under no other.
        MusterDatabase database(std::make_shared<PostgresDialect>(address, u"muster"_s, Durability::Full, epoch));
        QVERIFY(database.open());
        QVERIFY(database.keepAging(1).result());
        first.giveBack();
        QCOMPARE(second.take({.name = u"b"_s, .url = u"http://b"_s, .key = u"other"_s, .instance = {}}).error().code, int(Conflict));
        QCOMPARE(second.take({.name = u"b"_s, .url = u"http://b"_s, .key = u"k"_s, .instance = {}}).value(), epoch + 1);
        const auto late = database.keepAging(2).result();
        QVERIFY(!late);
        QVERIFY(late.error().message.contains("does not lead any more"_L1));
        QCOMPARE(database.aging().result().value(), 1);
    }

    void whoLeadsLosesTheLeadWithTheDatabase()
    {
        const auto address = *PostgresAddress::parse(m_server.makeDatabase(u"cut"_s));
        Lease lease(address);
        QVERIFY(lease.open());
        QVERIFY(lease.take({.name = u"a"_s, .url = u"http://a"_s, .key = u"k"_s, .instance = {}}).value() > 0);
        lease.keep();
        QVERIFY(!lease.isLost());
        // Somebody else has it: as after a pause of ours that was longer than it lasts.
        m_server.ask(u"UPDATE muster.leadership SET epoch = epoch + 1"_s, u"cut"_s);
        QVERIFY(test::eventually([&] { return lease.isLost(); }));
    }

    void whoMayMakeNoTablesIsToldWhatItTakes()
    {
        (void)m_server.makeDatabase(u"strict"_s);
        m_server.ask(u"CREATE ROLE guest LOGIN"_s);
        const QString url = m_server.url(u"strict"_s).replace("muster@"_L1, "guest@"_L1);
        MusterDatabase database(dialect(url));
        const auto opened = database.open();
        QVERIFY(!opened);
        QVERIFY2(opened.error().message.contains("GRANT CREATE ON DATABASE \"strict\""_L1), qPrintable(opened.error().message));
    }

    void aDatabaseThatIsNotThereIsSaid()
    {
        for (const QString &url : {m_server.url(u"nosuch"_s), u"postgresql:///fleet?host=/nowhere"_s}) {
            MusterDatabase database(dialect(url));
            const auto opened = database.open();
            QVERIFY(!opened);
            QVERIFY2(opened.error().message.contains("cannot be used"_L1), qPrintable(opened.error().message));
        }
    }

    void bothSchemasAreMadeOnce()
    {
        const QString url = m_server.makeDatabase(u"twice"_s);
        for (int start = 0; start < 2; ++start) {
            MusterDatabase database(dialect(url));
            QVERIFY(database.open());
            QVERIFY(database.keepAging(1000 + start).result());
            QCOMPARE(database.aging().result().value(), 1000 + start);
            TelemetryStore telemetry(dialect(url, u"telemetry"_s));
            QVERIFY(telemetry.open());
        }
        QCOMPARE(m_server.ask(u"SELECT version FROM muster.schema_version"_s, u"twice"_s),
                 QByteArray::number(MusterDatabase::newestSchema()));
    }

    void textsWithNulAreKeptWithoutIt()
    {
        MusterDatabase database(dialect(m_server.makeDatabase(u"nul"_s)));
        QVERIFY(database.open());
        AuditStore audit(database);
        AuditEntry entry;
        entry.time = 1;
        entry.actor = u"a\0b"_s;
        entry.method = u"ж\U0001F600"_s;
        entry.outcome = u"ok"_s;
        QVERIFY(audit.add(entry).result());
        const auto page = audit.list({}, 10, 0).result();
        QVERIFY(page);
        QCOMPARE(page->entries.first().actor, u"a\uFFFDb"_s);
        QCOMPARE(page->entries.first().method, entry.method);
    }

    void aConnectionThatIsEndedComesBack()
    {
        MusterDatabase database(dialect(m_server.makeDatabase(u"ended"_s)));
        QVERIFY(database.open());
        for (qint64 round = 1; round <= 3; ++round) {
            m_server.ask(u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'ended' AND pid <> pg_backend_pid()"_s);
            QVERIFY(database.keepAging(round).result());
            QCOMPARE(database.aging().result().value(), round);
        }
        QVERIFY(!database.writer().trouble());
    }

    void aDatabaseThatIsAwayIsSaidAndComesBack()
    {
        const QString url = m_server.makeDatabase(u"away"_s);
        const auto place = dialect(url);
        Database database({.dialect = place,
                           .migrations = steps,
                           .probeEvery = std::chrono::milliseconds(50),
                           .probeAgain = std::chrono::milliseconds(50),
                           .reconnectWithin = std::chrono::milliseconds(100)});
        QVERIFY(database.open());
        const auto write = [&database] { return database.run([](Sql &sql) { return sql.execute(u"DELETE FROM probe"_s); }).result(); };
        QVERIFY(write());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be written"_s));
        m_server.kill();
        const auto refused = write();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, int(Unavailable));
        QVERIFY(database.trouble());
        QVERIFY(m_server.start());
        QVERIFY(test::eventually([&] { return !database.trouble(); }));
        QVERIFY(write());
    }

    void aCommitThatIsCutOffIsToldAndTakenForNoOther()
    {
        const QString url = m_server.makeDatabase(u"cutoff"_s);
        MusterDatabase database(dialect(url));
        QVERIFY(database.open());
        QCOMPARE(database.keepAging(1).result().value_or(0), 1);
        // The server ends the connection in the middle of each COMMIT.
        m_server.ask(
            u"CREATE FUNCTION muster.cut() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'; "
            "CREATE CONSTRAINT TRIGGER cut AFTER UPDATE ON muster.aging DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION muster.cut()"_s,
            u"cutoff"_s);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be written"_s));
        QVERIFY(!database.keepAging(2).result());
        QCOMPARE(database.aging().result().value(), 1);
        m_server.ask(u"DROP TRIGGER cut ON muster.aging"_s, u"cutoff"_s);
        QVERIFY(database.keepAging(3).result());
        QCOMPARE(database.aging().result().value(), 3);
    }

    void whatBecameOfATransactionIsAsked()
    {
        const auto place = dialect(m_server.makeDatabase(u"asked"_s));
        MusterDatabase database(place);
        QVERIFY(database.open());
        const auto ask = [&](const QString &transaction) {
            return database.writer().run([&](Sql &sql) { return place->wasCommitted(sql, transaction); }).result();
        };
        QString kept;
        QVERIFY(database.writer()
                    .run([&](Sql &sql) -> Result<int> {
                        const auto written = sql.execute(u"INSERT INTO probe (data) VALUES (?)"_s, {QByteArray("x")});
                        kept = place->transaction(sql).value_or(QString());
                        return written;
                    })
                    .result());
        QVERIFY(!kept.isEmpty());
        QCOMPARE(ask(kept).value(), true);
        const QString dropped =
            QString::fromLatin1(m_server.ask(u"BEGIN; SELECT pg_current_xact_id(); ROLLBACK"_s, u"asked"_s)).section('\n'_L1, 1, 1);
        QCOMPARE(ask(dropped).value(), false);
    }

private:
    static std::shared_ptr<const PostgresDialect> dialect(const QString &url, const QString &schema = u"muster"_s)
    {
        return std::make_shared<PostgresDialect>(PostgresAddress::parse(url).value(), schema, Durability::Full);
    }
    static constexpr std::array steps{Migration("telemetry/003-probe.sql")};

    test::PostgresServer m_server;
};

MUSTER_TEST(PostgresTest)
#include "tst_postgres.moc"
