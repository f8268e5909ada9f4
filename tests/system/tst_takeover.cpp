// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/postgresserver.h"
#include "tests/support/relay.h"
#include "tests/support/testcase.h"
#include "tests/system/counting.h"
#include "tests/system/house.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTcpSocket>

#include <csignal>

using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// Two servers on one PostgreSQL, an agent, a worker and people who know both: what the one acknowledged is there with the other, and nothing
/// runs twice, whatever is killed or stopped, and when.
class TakeoverTest : public TestCase
{
    Q_OBJECT

    static constexpr int servers = 2;
    /// A lease is 10 s long; whoever follows it starts.
    static constexpr int takeOver = 60'000;

    House m_house;
    PostgresServer m_postgres;
    Counting m_counting{m_house.path(u"trace"_s)};
    QString m_database;
    std::array<std::unique_ptr<Relay>, servers> m_lines; ///< from each server to the database
    std::array<quint16, servers> m_ports{};
    std::array<std::unique_ptr<Program>, servers> m_servers;
    std::unique_ptr<Program> m_agent;
    std::unique_ptr<Program> m_watch;
    qint64 m_lastNumber = 0;

    [[nodiscard]] QString folder(int server) const { return m_house.path(u"server%1"_s.arg(server)); }
    [[nodiscard]] QString profile(int server) const { return m_house.path(u"profile%1.json"_s.arg(server)); }
    [[nodiscard]] QString profileOfAll() const { return profile(servers); }
    [[nodiscard]] QString place(int server) const { return u"127.0.0.1:%1"_s.arg(m_ports[server]); }

    static bool writeProfile(const QString &path, const QJsonValue &server, const QString &apiKey)
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
            return false;
        return file.write(QJsonDocument(QJsonObject{{"server"_L1, server}, {"api_key"_L1, apiKey}}).toJson()) > 0;
    }

    /// The database as this server reaches it.
    [[nodiscard]] QString database(int server) const { return PostgresServer::urlOver(m_house.path(u"line%1"_s.arg(server)), u"fleet"_s); }

    void start(int server)
    {
        m_servers[server] =
            std::make_unique<Program>(u"musterd"_s, QStringList{u"run"_s, u"--data"_s, folder(server), u"--database"_s, database(server),
                                                                u"--listen"_s, u"127.0.0.1:%1"_s.arg(m_ports[server])});
    }

    /// The status line of /healthz, or all of the answer; empty where nothing answers in time.
    [[nodiscard]] QByteArray health(int server, bool all = false) const
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, m_ports[server]);
        if (!socket.waitForConnected(1000))
            return {};
        socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        if (!socket.waitForReadyRead(2000))
            return {};
        return all ? socket.readAll() : socket.readLine().trimmed();
    }
    [[nodiscard]] bool leads(int server) const { return health(server).startsWith("HTTP/1.1 200"); }
    [[nodiscard]] int leader() const
    {
        for (int server = 0; server < servers; ++server) {
            if (leads(server))
                return server;
        }
        return -1;
    }

    [[nodiscard]] Ran ctl(int server, const QStringList &arguments) const
    {
        return run(u"musterctl"_s, QStringList{u"--profile"_s, profile(server)} + arguments);
    }

    /// Of whoever leads.
    [[nodiscard]] Ran ctlOfAll(const QStringList &arguments) const
    {
        return run(u"musterctl"_s, QStringList{u"--profile"_s, profileOfAll()} + arguments);
    }

    /// Asks for one count, of whoever leads. @return the command's id where it was acknowledged
    [[nodiscard]] QString ask()
    {
        const Ran asked =
            ctlOfAll({u"--json"_s, u"call"_s, u"pump"_s, u"Count.Add"_s, u"{\"n\":%1}"_s.arg(++m_lastNumber), u"--later"_s, u"1h"_s});
        return asked.code == 0 ? asked.json()["id"_L1].toString() : QString();
    }
    [[nodiscard]] QJsonObject command(const QString &id) const { return ctlOfAll({u"--json"_s, u"command"_s, id}).json(); }
    [[nodiscard]] bool isOver(const QString &id) const
    {
        const QString state = command(id)["state"_L1].toString();
        return state == "done"_L1 || state == "failed"_L1;
    }

    enum Victim { Leader, Frozen, Database, Standby, Line, Both };
    static constexpr int victims = 6;
    [[nodiscard]] static int rounds()
    {
        bool isNumber = false;
        const int wanted = qEnvironmentVariableIntValue("MUSTER_KILL_ROUNDS", &isNumber);
        return isNumber ? wanted : victims;
    }
    /// How often a server has led, and lost it.
    [[nodiscard]] qsizetype anew(int server) const
    {
        return m_servers[server]->output().count("does not lead any more, and begins anew"_L1);
    }
    [[nodiscard]] bool standsBy(int server) const { return health(server).startsWith("HTTP/1.1 503"); }

    void strike(Victim victim, int first)
    {
        const qsizetype before = anew(first);
        switch (victim) {
        case Leader:
            m_servers[first]->kill();
            QTRY_VERIFY_WITH_TIMEOUT(leads(1 - first), takeOver);
            QVERIFY2(m_watch->says(u"now at "_s + place(1 - first)), qPrintable(m_watch->output()));
            start(first);
            break;
        case Frozen:
            m_servers[first]->signal(SIGSTOP);
            QTRY_VERIFY_WITH_TIMEOUT(leads(1 - first), takeOver);
            QVERIFY2(m_watch->says(u"now at "_s + place(1 - first)), qPrintable(m_watch->output()));
            m_servers[first]->signal(SIGCONT);
            QTRY_VERIFY_WITH_TIMEOUT(anew(first) > before, takeOver);
            QTRY_VERIFY_WITH_TIMEOUT(standsBy(first), takeOver);
            break;
        case Database:
            m_postgres.kill();
            QVERIFY(m_postgres.start());
            break;
        case Standby:
            m_servers[1 - first]->kill();
            start(1 - first);
            break;
        case Line:
            m_lines[first]->cut();
            QTRY_VERIFY_WITH_TIMEOUT(leads(1 - first), takeOver);
            // Without the database it answers all the same.
            QTRY_VERIFY_WITH_TIMEOUT(anew(first) > before && standsBy(first), takeOver);
            m_lines[first]->mend();
            QTRY_VERIFY_WITH_TIMEOUT(health(first, true).contains("leads"), takeOver);
            break;
        case Both:
            for (auto &server : m_servers)
                server->kill();
            start(0);
            start(1);
            QTRY_VERIFY_WITH_TIMEOUT(leader() >= 0 && standsBy(1 - leader()), takeOver);
            break;
        }
    }
    [[nodiscard]] QJsonArray waiting() const { return ctl(0, {u"--json"_s, u"approvals"_s}).json()["items"_L1].toArray(); }
    /// What the audit has of a method that was done to somebody, as the database holds it.
    [[nodiscard]] int entries(const QString &method, const QString &target)
    {
        return m_postgres
            .ask(u"SELECT count(*) FROM muster.audit WHERE method = '%1' AND target = '%2' AND outcome = 'ok'"_s.arg(method, target),
                 u"fleet"_s)
            .toInt();
    }

private slots:
    void initTestCase()
    {
        QVERIFY(m_postgres.start());
        m_database = m_postgres.makeDatabase(u"fleet"_s);
        QVERIFY(m_counting.startBus());
        const Ran added = run(u"musterd"_s, {u"user"_s, u"add"_s, u"--data"_s, folder(0), u"--database"_s, m_database, u"--name"_s,
                                             u"admin"_s, u"--api-key-file"_s, m_house.path(u"api-key"_s)});
        QVERIFY2(added.code == 0, qPrintable(added.errors));
        QFile key(m_house.path(u"api-key"_s));
        QVERIFY(key.open(QIODevice::ReadOnly));
        const QString apiKey = QString::fromLatin1(key.readAll().trimmed());
        QJsonArray all;
        for (int server = 0; server < servers; ++server) {
            m_ports[server] = House::freePort();
            const QString line = m_house.path(u"line%1"_s.arg(server));
            QVERIFY(QDir().mkpath(line));
            m_lines[server] = std::make_unique<Relay>(line + PostgresServer::socketName, m_postgres.socket());
            all.append(u"http://"_s + place(server));
            QVERIFY(writeProfile(profile(server), all.last(), apiKey));
        }
        QVERIFY(writeProfile(profileOfAll(), all, apiKey));
        start(0);
        QVERIFY(eventually([this] { return leads(0); }));
    }

    void cleanupTestCase()
    {
        m_watch.reset();
        m_agent.reset();
        for (auto &server : m_servers)
            server.reset();
        for (auto &line : m_lines)
            line.reset();
        QVERIFY(m_counting.stop());
    }

    void aSecondServerNeedsTheFirstOnesKey()
    {
        start(1);
        QVERIFY(m_servers[1]->says(u"copy the folder \"keys\" from the server that has it"_s));
        QVERIFY(eventually([this] { return !m_servers[1]->runs(); }));
    }

    void itStandsByAndSaysWhoLeads()
    {
        QVERIFY(QDir().mkpath(folder(1) + "/keys"_L1));
        for (const QString &name : {u"/keys/cloud_private.pem"_s, u"/keys/cloud_public.pem"_s})
            QVERIFY(QFile::copy(folder(0) + name, folder(1) + name));
        start(1);
        QVERIFY(m_servers[1]->says(u"stands by: http://127.0.0.1:%1 leads"_s.arg(m_ports[0])));
        QVERIFY(health(1).startsWith("HTTP/1.1 503"));
        QVERIFY(leads(0));
        // A device that asks it is sent on to the one that leads.
        m_agent = std::make_unique<Program>(
            u"muster-agent"_s,
            QStringList{u"run"_s, u"--server"_s, u"ws://127.0.0.1:%1,ws://127.0.0.1:%2"_s.arg(m_ports[1]).arg(m_ports[0]), u"--device-id"_s,
                        u"pump"_s, u"--data"_s, m_house.path(u"agent"_s), u"--key"_s, m_house.path(u"agent/key.pem"_s), u"--cloud-key"_s,
                        folder(0) + "/keys/cloud_public.pem"_L1},
            QHash<QString, QString>{{u"MUSTER_NATS_URL"_s, m_counting.url()}});
        QVERIFY(m_agent->says(u"waiting for approval"_s));
        QCOMPARE(ctl(0, {u"accept"_s, u"pump"_s}).code, 0);
        QVERIFY(m_agent->says(u"accepted by"_s));
        QTRY_VERIFY_WITH_TIMEOUT(m_counting.startWorker(), takeOver);
        QTRY_VERIFY(ctl(0, {u"methods"_s, u"pump"_s}).output.contains("Count.Add"_L1));
    }

    void peopleAreSentOnToo()
    {
        // The one that stands by is not one that is away.
        const Ran asked = ctl(1, {u"devices"_s});
        QVERIFY2(asked.code == 0 && asked.output.contains("pump"_L1), qPrintable(asked.errors));
        m_watch = std::make_unique<Program>(u"musterctl"_s, QStringList{u"--profile"_s, profileOfAll(), u"watch"_s});
        QVERIFY(m_watch->says(u"pump"_s));
    }

    void nobodyAddsAnAccountBehindTheOneThatLeads()
    {
        const Ran added = run(u"musterd"_s, {u"user"_s, u"add"_s, u"--data"_s, folder(0) + "-other"_L1, u"--database"_s, m_database,
                                             u"--name"_s, u"eve"_s, u"--link"_s});
        QCOMPARE(added.code, 1);
        QVERIFY2(added.errors.contains("leads with this database"_L1), qPrintable(added.errors));
    }

    void keysWaitForADecision()
    {
        // Enough for a decision in each round.
        Program fleet(u"muster-sim"_s,
                      {u"--devices"_s, QString::number(rounds()), u"--server"_s, u"ws://127.0.0.1:%1/device"_s.arg(m_ports[0]),
                       u"--cloud-key"_s, folder(0) + "/keys/cloud_public.pem"_L1, u"--keys"_s, m_house.path(u"keys"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(waiting().size(), rounds(), takeOver);
    }

    void nothingIsLostAndNothingRunsTwice()
    {
        auto *random = QRandomGenerator::global();
        QHash<qint64, QString> acknowledged;
        QStringList accepted;
        QStringList people;
        const QJsonArray keys = waiting();
        for (int round = 0; round < rounds(); ++round) {
            QTRY_VERIFY_WITH_TIMEOUT(leader() >= 0, takeOver);
            const int first = leader();
            for (int i = 0; i < 3; ++i) {
                if (const QString id = ask(); !id.isEmpty())
                    acknowledged.insert(m_lastNumber, id);
            }
            const QString device = keys.at(round)["device_id"_L1].toString();
            if (ctl(first, {u"accept"_s, device}).code == 0)
                accepted << device;
            const QString person = u"person-%1"_s.arg(round);
            if (ctl(first, {u"user"_s, u"add"_s, person, u"--role"_s, u"viewer"_s}).code == 0)
                people << person;
            QTest::qWait(random->bounded(150));
            // Each at least once.
            strike(static_cast<Victim>(round < victims ? round : random->bounded(victims)), first);
            if (QTest::currentTestFailed())
                return;
        }
        QTRY_VERIFY_WITH_TIMEOUT(leader() >= 0, takeOver);
        QVERIFY(!acknowledged.isEmpty());
        for (const QString &id : std::as_const(acknowledged))
            QTRY_VERIFY2_WITH_TIMEOUT(isOver(id), qPrintable(u"%1 is %2"_s.arg(id, command(id)["state"_L1].toString())), 120'000);
        const QHash<qint64, int> counts = m_counting.counted();
        for (auto it = acknowledged.cbegin(); it != acknowledged.cend(); ++it) {
            const QJsonObject over = command(*it);
            QVERIFY2(over["receipt"_L1].toBool(), qPrintable(*it));
            QVERIFY(over["state"_L1] != "done"_L1 || counts.value(it.key()) == 1);
        }
        QVERIFY(!accepted.isEmpty());
        QVERIFY(!people.isEmpty());
        for (const QString &device : std::as_const(accepted))
            QCOMPARE(entries(u"Approvals.Accept"_s, device), 1);
        for (const QString &person : std::as_const(people))
            QCOMPARE(entries(u"Users.Create"_s, person), 1);
        for (auto it = counts.cbegin(); it != counts.cend(); ++it)
            QVERIFY2(*it == 1, qPrintable(u"%1 was counted %2 times"_s.arg(it.key()).arg(*it)));
        // Nobody began before the one before had ended, where that one said when.
        QCOMPARE(
            m_postgres.ask(u"SELECT count(*) FROM muster.leadership_history a JOIN muster.leadership_history b ON b.epoch = a.epoch + 1 "
                           "WHERE b.began < coalesce(a.ended, a.began)"_s,
                           u"fleet"_s),
            "0");
    }
};

MUSTER_TEST(TakeoverTest)
#include "tst_takeover.moc"
