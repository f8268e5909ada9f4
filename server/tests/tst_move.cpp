// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/accountstore.h"
#include "server/store/auditstore.h"
#include "server/store/connection.h"
#include "server/store/historystore.h"
#include "server/store/move/move.h"
#include "server/store/postgres/lease.h"
#include "server/store/telemetrystore.h"
#include "tests/support/postgresserver.h"
#include "tests/support/testcase.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>

#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::store;

/// musterd move: all of a store comes to another database as it was, or nothing does.
class MoveTest : public test::TestCase
{
    Q_OBJECT

    struct Ran
    {
        int code = -1;
        QString output;
    };

    static constexpr int entries = 120; ///< of the audit: more than one page
    static constexpr int killed = 9;    ///< what a process says that ended in the middle

    test::PostgresServer &m_server = test::PostgresServer::shared();
    QTemporaryDir m_folder;
    int m_database = 0;

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString freshDatabase() { return m_server.makeDatabase(u"move%1"_s.arg(++m_database)); }
    [[nodiscard]] QByteArray ask(const QString &statement) const { return m_server.ask(statement, u"move%1"_s.arg(m_database)); }
    static void begin(QProcess &process, const QStringList &arguments)
    {
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(MUSTER_BIN_DIR "/musterd"), arguments);
    }
    static Ran run(const QStringList &arguments)
    {
        QProcess process;
        begin(process, arguments);
        if (!process.waitForFinished())
            return {};
        return {.code = process.exitCode(), .output = QString::fromUtf8(process.readAll())};
    }
    static Ran move(const QString &data, const QString &to, const QStringList &more = {})
    {
        return run(QStringList{u"move"_s, u"--data"_s, data, u"--to"_s, to} + more);
    }

    static MoveSteps nothingMore()
    {
        return {.told = [](const MovedTable &) {}, .mayGoOn = [] { return Result<void>(); }};
    }

    /// Something of everything, some of it hard to carry.
    void fill(const Place &place)
    {
        MusterDatabase database(place.muster());
        QVERIFY(database.open());
        AccountStore accounts(database);
        QVERIFY(accounts.addAccount({.name = u"zoë"_s, .role = u"admin"_s, .password = {}, .createdAt = 1}).result());
        const auto gone = accounts.addAccount({.name = u"gone"_s, .role = u"admin"_s, .password = {}, .createdAt = 1}).result();
        QVERIFY(gone);
        QVERIFY(accounts.removeAccount(*gone).result());
        AuditStore audit(database);
        for (int i = 0; i < entries; ++i) {
            QVERIFY(audit
                        .add({.time = i,
                              .actor = u"пётр %1 🚰"_s.arg(i),
                              .session = {},
                              .address = {},
                              .method = u"Test.Move"_s,
                              .target = i == 0 ? QString(u"a\0b"_s) : QString(),
                              .outcome = u"ok"_s,
                              .detail = {{"note"_L1, QString(200, u'ä')}}})
                        .result());
        }
        TelemetryStore telemetry(place.telemetry());
        QVERIFY(telemetry.open());
        QVERIFY(telemetry.admit({u"pump"_s, u"pump-2"_s}).result());
        QVERIFY(telemetry.saveReported(u"pump"_s, {.values = {{"firmware"_L1, "1.8.2"_L1}}, .times = {{"firmware"_L1, 1}}}).result());
        QVERIFY(telemetry.append(u"pump"_s, {{.time = 1'700'000'000'000, .values = {}}}).result());
    }
    [[nodiscard]] static QString contents(const Place &place)
    {
        QString all;
        MusterDatabase database(place.muster());
        if (const auto opened = database.open(); !opened)
            return opened.error().message;
        const auto rows = database.reader()
                              .run([](Sql &sql) { return sql.query(u"SELECT id, name, role, created_at FROM account ORDER BY id"_s); })
                              .result();
        for (const Row &row : rows.value_or(QList<Row>())) {
            for (const QVariant &value : row)
                all += value.toString() + u' ';
        }
        const auto audit = database.reader()
                               .run([](Sql &sql) { return sql.query(u"SELECT id, actor, target, detail FROM audit ORDER BY id"_s); })
                               .result();
        for (const Row &row : audit.value_or(QList<Row>())) {
            for (const QVariant &value : row)
                all += value.toString() + u' ';
        }
        TelemetryStore telemetry(place.telemetry());
        if (const auto opened = telemetry.open(); !opened)
            return opened.error().message;
        const auto reported = telemetry.loadReported(10).result();
        return all + (reported ? reported->value(u"pump"_s).values["firmware"_L1].toString() : QString());
    }

private slots:
    void allTablesAreNamed()
    {
        // Whoever adds a table adds it to what is moved, or here.
        const QSet<QString> left{u"moved"_s, u"probe"_s, u"sqlite_sequence"_s, u"schema_version"_s};
        const QString folder = path(u"named"_s);
        QVERIFY(QDir().mkpath(folder));
        fill({.folder = folder});
        for (const auto &[dialect, named] : {std::pair(Place{.folder = folder}.muster(), MusterDatabase::tables()),
                                             std::pair(Place{.folder = folder}.telemetry(), TelemetryStore::tables())}) {
            Connection connection(*dialect, true);
            QVERIFY(connection.open());
            const QStringList there = QSqlDatabase::database(connection.sql().connection(), false).tables();
            QCOMPARE(QSet<QString>(there.cbegin(), there.cend()) - left, QSet<QString>(named.cbegin(), named.cend()));
        }
    }

    void allOfItComesThereAndBack()
    {
        const QString data = path(u"there"_s);
        QVERIFY(QDir().mkpath(data));
        const Place files{.folder = data};
        fill(files);
        const QString before = contents(files);
        QVERIFY(before.contains(u"пётр 119 🚰"_s));
        const QString url = freshDatabase();
        const Ran there = move(data, url);
        QVERIFY2(there.code == 0, qPrintable(there.output));
        QVERIFY2(there.output.contains(
                     QRegularExpression(u"muster\\.audit +%1 rows, the same in both: [0-9a-f]{16}; 1 texts held U\\+0000"_s.arg(entries))),
                 qPrintable(there.output));
        const Place postgres{.folder = data, .address = *PostgresAddress::parse(url)};
        QCOMPARE(contents(postgres), QString(before).replace(QChar(QChar::Null), QChar(QChar::ReplacementCharacter)));
        // A number that was given out does not come again.
        {
            MusterDatabase database(postgres.muster());
            QVERIFY(database.open());
            const auto next =
                AccountStore(database).addAccount({.name = u"next"_s, .role = u"admin"_s, .password = {}, .createdAt = 1}).result();
            QVERIFY(next);
            QCOMPARE(*next, 3);
        }
        {
            // What comes after the move is kept as before it, of devices that were there and of new ones.
            TelemetryStore telemetry(postgres.telemetry());
            QVERIFY(telemetry.open());
            for (const QString &device : {u"pump"_s, u"new"_s}) {
                QVERIFY(telemetry.admit({device}).result());
                const auto stored = telemetry.append(device, {{.time = 1'700'000'010'000, .values = {}}}).result();
                QVERIFY2(stored, qPrintable(stored ? QString() : stored.error().message));
                QCOMPARE(*stored, 1);
            }
        }
        const QString moved = contents(postgres);

        // What was left behind is told from what counts.
        const QString said = contents(files);
        QVERIFY2(said.contains(u"was moved to "_s + PostgresAddress::parse(url)->toString()), qPrintable(said));
        const Ran again = move(data, freshDatabase());
        QVERIFY2(again.code == 1 && again.output.contains("was moved to"_L1), qPrintable(again.output));

        const QString back = path(u"back"_s);
        const Ran here = move(data, back, {u"--database"_s, url});
        QVERIFY2(here.code == 0, qPrintable(here.output));
        QCOMPARE(contents({.folder = back}), moved);
        QCOMPARE(QDir(back).entryList({u"*"_s}, QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden, QDir::Name),
                 QStringList({u"muster.db"_s, u"telemetry.db"_s}));
        QVERIFY(contents(postgres).contains(u"was moved to "_s + back));

        QCOMPARE(run({u"move"_s, u"--data"_s, data, u"--undo"_s}).code, 0);
        QCOMPARE(contents(files), before);
    }

    void nothingChangesWhereItIsCut_data()
    {
        QTest::addColumn<bool>("toFiles");
        QTest::addColumn<QString>("table");
        for (const bool toFiles : {false, true}) {
            for (const auto &[half, tables] :
                 {std::pair(u"muster."_s, MusterDatabase::tables()), std::pair(u"telemetry."_s, TelemetryStore::tables())}) {
                for (const QString &table : tables)
                    QTest::newRow(qPrintable((toFiles ? u"to files, "_s : u"to PostgreSQL, "_s) + half + table)) << toFiles << half + table;
            }
        }
    }
    void nothingChangesWhereItIsCut()
    {
        QFETCH(const bool, toFiles);
        QFETCH(const QString, table);
        const Place from{.folder = path(u"cut"_s)};
        if (!QDir(from.folder).exists()) {
            QVERIFY(QDir().mkpath(from.folder));
            fill(from);
        }
        const QString before = contents(from);
        Place to{.folder = path(u"cut-to"_s)};
        QDir(to.folder).removeRecursively();
        if (!toFiles)
            to.address = *PostgresAddress::parse(freshDatabase());
        // Another process, which ends there as a kill -9 ends it.
        const pid_t moving = ::fork();
        if (moving == 0) {
            MoveSteps cut = nothingMore();
            cut.told = [&table](const MovedTable &moved) {
                if (moved.name == table)
                    ::_exit(killed);
            };
            (void)moveStore(from, to, cut);
            ::_exit(0);
        }
        int status = 0;
        QCOMPARE(::waitpid(moving, &status, 0), moving);
        QCOMPARE(WEXITSTATUS(status), killed);
        QCOMPARE(contents(from), before);
        QVERIFY(!QFile::exists(to.folder + "/muster.db"_L1));
        if (!toFiles) {
            // The database notices in its own time that nobody is there.
            QTRY_COMPARE(ask(u"SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'musterd%'"_s), "0");
            QCOMPARE(ask(u"SELECT count(*) FROM pg_namespace WHERE nspname IN ('muster', 'telemetry')"_s), "0");
        }
        const auto again = moveStore(from, to, nothingMore());
        QVERIFY2(again, qPrintable(again ? QString() : again.error().message));
        QCOMPARE(contents(to).size(), before.size());
        // For the next one.
        QVERIFY(contents(from).contains(u"was moved to"_s));
        QVERIFY(unmarkStore(from).value());
    }

    void whatStopsItTakesItAllBack_data()
    {
        QTest::addColumn<bool>("atTheEnd");
        QTest::newRow("in the middle") << false;
        QTest::newRow("at the end") << true;
    }
    void whatStopsItTakesItAllBack()
    {
        QFETCH(const bool, atTheEnd);
        const Place from{.folder = path(u"claim%1"_s.arg(atTheEnd))};
        QVERIFY(QDir().mkpath(from.folder));
        fill(from);
        // Asked for the last time when all is copied, and compared.
        QSet<QString> told;
        MoveSteps stops = nothingMore();
        stops.told = [&told](const MovedTable &moved) { told << moved.name; };
        stops.mayGoOn = [&]() -> Result<void> {
            return !atTheEnd || told.contains(u"telemetry.reported"_s) ? Result<void>(failure(Conflict, u"somebody else's"_s))
                                                                       : Result<void>();
        };
        const Place to{.folder = path(u"claim-to%1"_s.arg(atTheEnd))};
        QVERIFY(!moveStore(from, to, stops));
        QVERIFY(QDir(to.folder).isEmpty());
        told.clear();
        const Place postgres{.address = *PostgresAddress::parse(freshDatabase())};
        QVERIFY(!moveStore(from, postgres, stops));
        QCOMPARE(ask(u"SELECT count(*) FROM pg_namespace WHERE nspname IN ('muster', 'telemetry')"_s), "0");
        QVERIFY(!contents(from).contains(u"was moved to"_s));
    }

    void whoStopsItLeavesNothing()
    {
        const QString data = path(u"stopped"_s);
        QVERIFY(QDir().mkpath(data));
        fill({.folder = data});
        const QString before = contents({.folder = data});
        const QString url = freshDatabase();
        // Held up by somebody who makes the same schema, and asked to stop meanwhile.
        const auto dialect = Place{.address = *PostgresAddress::parse(url)}.muster();
        Connection other(*dialect);
        QVERIFY(other.open());
        QVERIFY(other.sql().begin(true));
        QVERIFY(other.sql().execute(u"CREATE SCHEMA muster"_s));
        QProcess moving;
        begin(moving, {u"move"_s, u"--data"_s, data, u"--to"_s, url});
        QTRY_COMPARE(ask(u"SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'musterd%' AND wait_event_type = 'Lock'"_s),
                     "1");
        moving.terminate();
        other.sql().rollBack();
        QVERIFY(moving.waitForFinished());
        QCOMPARE(moving.exitStatus(), QProcess::NormalExit);
        QCOMPARE(moving.exitCode(), 1);
        const QByteArray said = moving.readAll();
        QVERIFY2(said.contains("nothing was moved: ") && said.contains("it was stopped"), said.constData());
        QCOMPARE(ask(u"SELECT count(*) FROM pg_namespace WHERE nspname IN ('muster', 'telemetry')"_s), "0");
        QCOMPARE(contents({.folder = data}), before);
    }

    void whatStandsInTheWayIsSaid()
    {
        const QString data = path(u"refused"_s);
        QVERIFY(QDir().mkpath(data));
        const auto refused = [&](const QString &to, const QString &why, int code = 1, const QStringList &more = {}) {
            const Ran ran = move(data, to, more);
            QVERIFY2(ran.code == code && ran.output.contains(why), qPrintable(ran.output));
            QCOMPARE(ran.output.count("musterd: "_L1), 1);
        };
        refused(freshDatabase(), u"there is nothing to move"_s);
        fill({.folder = data});
        const QString before = contents({.folder = data});
        refused(u"mysql://db/fleet"_s, u"is neither postgresql://"_s, 2);
        refused(u"postgresql://db"_s, u"name of the database is missing"_s, 2);
        refused(u"postgresql://nobody.invalid/fleet"_s, u"nothing was moved: "_s);
        refused(data, u"is there already: move it away"_s);
        refused(path(u"other"_s), u"is for PostgreSQL"_s, 2, {u"--to-password-file"_s, u"x"_s});
        // Somebody else's tables; a Muster; rights that are too few; another encoding.
        (void)freshDatabase();
        (void)ask(u"CREATE SCHEMA telemetry; CREATE TABLE telemetry.customer (id int)"_s);
        refused(m_server.url(u"move%1"_s.arg(m_database)), u"holds tables that are not Muster's"_s);
        QCOMPARE(ask(u"SELECT count(*) FROM pg_namespace WHERE nspname = 'muster'"_s), "0");
        const QString taken = freshDatabase();
        {
            MusterDatabase database(Place{.address = *PostgresAddress::parse(taken)}.muster());
            QVERIFY(database.open());
        }
        refused(taken, u"there is a Muster already"_s);
        refused(m_server.makeDatabase(u"latin"_s, u"ENCODING 'LATIN1' TEMPLATE template0"_s), u"its encoding is LATIN1"_s);
        // A server at work on either side.
        const QString url = freshDatabase();
        {
            Lease lease(*PostgresAddress::parse(url));
            QVERIFY(lease.open());
            QVERIFY(lease.take({.name = u"a"_s, .url = u"http://a"_s, .key = {}, .instance = {}}).value() > 0);
            refused(path(u"out"_s), u"(http://a) leads with this database: stop it first"_s, 1, {u"--database"_s, url});
        }
        QCOMPARE(contents({.folder = data}), before);
        // Where there was no folder, there is none after it.
        QFile damaged(data + u"/telemetry.db"_s);
        QVERIFY(damaged.open(QIODevice::WriteOnly | QIODevice::Truncate) && damaged.write(QByteArray(5000, 'x')) == 5000);
        damaged.close();
        refused(path(u"none"_s), u"nothing was moved: telemetry.db: "_s);
        QVERIFY(!QFile::exists(path(u"none"_s)));
    }

    void twoAtOnceDoNotMix()
    {
        const QString url = freshDatabase();
        QStringList folders;
        std::array<QProcess, 2> both;
        for (size_t i = 0; i < both.size(); ++i) {
            folders << path(u"both%1"_s.arg(i));
            QVERIFY(QDir().mkpath(folders.last()));
            fill({.folder = folders.last()});
        }
        for (size_t i = 0; i < both.size(); ++i)
            begin(both[i], {u"move"_s, u"--data"_s, folders.at(qsizetype(i)), u"--to"_s, url});
        int good = 0;
        for (QProcess &one : both) {
            QVERIFY(one.waitForFinished());
            good += one.exitCode() == 0 ? 1 : 0;
        }
        QCOMPARE(good, 1);
        QCOMPARE(ask(u"SELECT count(*) FROM muster.audit"_s), QByteArray::number(entries));
    }
};

MUSTER_TEST(MoveTest)
#include "tst_move.moc"
