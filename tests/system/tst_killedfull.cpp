// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testcase.h"
#include "tests/system/house.h"
#include "tests/system/smalldisk.h"

#include <QDir>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>

using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// A server that is killed (SIGKILL) while its disk is full, and started again before anybody made room: it shows the fleet, and says
/// what is wrong. The disk is a real one, and the programs are too.
class KilledFullTest : public TestCase
{
    Q_OBJECT

    House m_house;
    std::unique_ptr<SmallDisk> m_disk;
    std::unique_ptr<SmallDisk> m_agentDisk;
    std::unique_ptr<Program> m_agent;
    QNetworkAccessManager m_network;

    struct Health
    {
        int status = 0;
        QByteArray body;
    };
    [[nodiscard]] Health health()
    {
        const std::unique_ptr<QNetworkReply> reply(
            m_network.get(QNetworkRequest(QUrl(u"http://127.0.0.1:%1/healthz"_s.arg(m_house.port())))));
        if (!muster::test::eventually([&] { return reply->isFinished(); }))
            return {};
        return {.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), .body = reply->readAll()};
    }
    [[nodiscard]] QString presence() const { return m_house.device(u"pump"_s)["presence"_L1]["state"_L1].toString(); }
    /// Takes what is left of the disk until the server has found out, which needs room for nothing.
    [[nodiscard]] bool fillUntilItShows()
    {
        return QTest::qWaitFor([&] { return m_disk->fill() && health().status == 503; }, 60'000);
    }

private slots:
    void initTestCase()
    {
        m_network.setProxy(QNetworkProxy::NoProxy);
        QVERIFY(QDir().mkpath(m_house.path(u"server"_s)));
        m_disk = std::make_unique<SmallDisk>(m_house.path(u"server"_s), 16);
        if (!m_disk->trouble().isEmpty())
            QSKIP(qPrintable(u"a small disk needs root or user namespaces here: %1"_s.arg(m_disk->trouble())));
        QVERIFY(QDir().mkpath(m_house.path(u"agent"_s)));
        m_agentDisk = std::make_unique<SmallDisk>(m_house.path(u"agent"_s), 4);
        QCOMPARE(m_agentDisk->trouble(), QString());
        QCOMPARE(m_house.prepare(), QString());
        QVERIFY(m_house.startServer());
        m_agent = m_house.startAgent(u"pump"_s, u"agent"_s);
        QVERIFY(m_agent->says(u"waiting for approval"_s));
        QCOMPARE(m_house.ctl({u"accept"_s, u"pump"_s}).code, 0);
        QTRY_COMPARE(presence(), u"online"_s);
        QCOMPARE(health().status, 200);
    }

    void servesReadingAfterItWasKilled()
    {
        for (int round = 0; round < 2; ++round) {
            QVERIFY(fillUntilItShows());
            m_house.server().kill();
            QVERIFY(m_disk->fill());
            QVERIFY2(m_house.startServer(), qPrintable(m_house.server().output()));
            // Whoever asks is told from the start, and in words.
            QTRY_COMPARE(health().status, 503);
            const Health ill = health();
            QVERIFY2(ill.body.contains(".db cannot be written") && ill.body.contains("is the disk full?"), ill.body);
            // The device comes back by itself, and is shown.
            QTRY_COMPARE_WITH_TIMEOUT(presence(), u"online"_s, 60'000);
            QVERIFY(!m_house.device(u"pump"_s)["key"_L1]["accepted_at"_L1].toString().isEmpty());
            // What has to be written is refused, and says why.
            const Ran refused = m_house.ctl({u"user"_s, u"add"_s, u"ada"_s, u"--role"_s, u"viewer"_s});
            QVERIFY(refused.code != 0);
            QVERIFY2(refused.errors.contains("disk"_L1), qPrintable(refused.errors));
            const Ran unheard = m_house.ctl({u"call"_s, u"pump"_s, u"Sys.GetInfo"_s});
            QVERIFY(unheard.code != 0);
            QVERIFY2(unheard.errors.contains("cannot be written down"_L1), qPrintable(unheard.errors));
            // It holds its folder as always.
            const Ran twice = run(u"musterd"_s, {u"run"_s, u"--data"_s, m_house.path(u"server"_s), u"--listen"_s, u"127.0.0.1:0"_s});
            QCOMPARE(twice.code, 1);
            QVERIFY2(twice.errors.contains("another Muster server"_L1), qPrintable(twice.errors));
        }
    }

    void isWellOnceThereIsRoom()
    {
        m_disk->makeRoom();
        QTRY_COMPARE(health().status, 200);
        QCOMPARE(m_house.ctl({u"call"_s, u"pump"_s, u"Sys.GetInfo"_s}).code, 0);
        QCOMPARE(m_house.ctl({u"user"_s, u"add"_s, u"ada"_s, u"--role"_s, u"viewer"_s}).code, 0);
        // None of it was lost, and nothing of what was refused is there.
        m_house.server().kill();
        QVERIFY(m_house.startServer());
        QCOMPARE(m_house.list({u"users"_s}).size(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(presence(), u"online"_s, 60'000);
    }

    void theAgentComesBackOnAFullDiskToo()
    {
        for (int round = 0; round < 2; ++round) {
            QVERIFY(m_agentDisk->fill());
            m_agent->kill();
            QTRY_COMPARE(presence(), u"offline"_s);
            QVERIFY(m_agentDisk->fill());
            m_agent = m_house.startAgent(u"pump"_s, u"agent"_s);
            QTRY_VERIFY2(presence() == "online"_L1, qPrintable(m_agent->output()));
            const Ran twice = run(u"muster-agent"_s, QStringList{u"run"_s} + m_house.agentOptions(u"pump"_s, u"agent"_s));
            QCOMPARE(twice.code, 2);
            QVERIFY2(twice.errors.contains("another muster-agent"_L1), qPrintable(twice.errors));
        }
        m_agentDisk->makeRoom();
        QCOMPARE(m_house.ctl({u"call"_s, u"pump"_s, u"Sys.GetInfo"_s}).code, 0);
    }

    /// Without what the databases need beside them there is nothing to start with; it says so, and what to do.
    void saysWhatToDoWhereItCannotStart()
    {
        QCOMPARE(m_agent->end(), 0);
        QCOMPARE(m_house.server().end(), 0);
        QVERIFY(m_disk->fill());
        const bool started = m_house.startServer();
        const QString said = m_house.server().output();
        QVERIFY2(!started, qPrintable(said));
        QCOMPARE(said.count("musterd: "_L1), 1);
        QVERIFY2(said.contains("make room"_L1, Qt::CaseInsensitive), qPrintable(said));
        QVERIFY2(!said.contains("restore"_L1), qPrintable(said));
        m_disk->makeRoom();
        QVERIFY2(m_house.startServer(), qPrintable(m_house.server().output()));
        QCOMPARE(m_house.device(u"pump"_s)["id"_L1].toString(), u"pump"_s);
    }
};

MUSTER_TEST(KilledFullTest)
#include "tst_killedfull.moc"
