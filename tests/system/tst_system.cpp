// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testcase.h"
#include "tests/system/house.h"

#include <QFile>

using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// What a person does with the real programs: start, compare, accept, look, stop; and what happens when things break.
class SystemTest : public TestCase
{
    Q_OBJECT

    House m_house;
    std::unique_ptr<Program> m_agent;

    [[nodiscard]] QString path(const QString &name) const { return m_house.path(name); }
    [[nodiscard]] Ran ctl(const QStringList &arguments) const { return m_house.ctl(arguments); }
    [[nodiscard]] QJsonObject device(const QString &id) const { return m_house.device(id); }
    [[nodiscard]] QStringList agentOptions(const QString &id, const QString &folder) const { return m_house.agentOptions(id, folder); }

private slots:
    void initTestCase()
    {
        QCOMPARE(m_house.prepare(), QString());
        QVERIFY(m_house.startServer());
    }

    void aPersonComparesAndAccepts()
    {
        const Ran fingerprint = run(u"muster-agent"_s, QStringList{u"fingerprint"_s, u"--json"_s} + agentOptions(u"pump"_s, u"agent"_s));
        QVERIFY2(fingerprint.code == 0, qPrintable(fingerprint.errors));
        m_agent = m_house.startAgent(u"pump"_s, u"agent"_s);
        QVERIFY2(m_agent->says(u"waiting for approval"_s), qPrintable(m_agent->output()));
        QJsonArray waiting;
        QTRY_VERIFY(!(waiting = m_house.list({u"approvals"_s})).isEmpty()); // NOLINT(bugprone-assignment-in-if-condition)
        // The words that the device shows are the words that the operator sees.
        QCOMPARE(waiting.first()["words"_L1], fingerprint.json()["words"_L1]);
        QCOMPARE(waiting.first()["fingerprint"_L1], fingerprint.json()["fingerprint"_L1]);
        const Ran accepted = ctl({u"accept"_s, u"pump"_s});
        QVERIFY2(accepted.code == 0, qPrintable(accepted.errors));
        QVERIFY(accepted.output.contains(waiting.first()["words"_L1].toArray().first().toString()));
        QVERIFY(m_agent->says(u"accepted"_s));
        QTRY_COMPARE(device(u"pump"_s)["presence"_L1]["state"_L1], "online"_L1);
        QCOMPARE(ctl({u"accept"_s, u"pump"_s}).code, 1);
        // It answers calls, and comes alive.
        const Ran called = ctl({u"--json"_s, u"call"_s, u"pump"_s, u"RPC.List"_s});
        QVERIFY2(called.output.contains("Sys.GetInfo"_L1), qPrintable(called.errors));
        QTRY_VERIFY(device(u"pump"_s)["latest"_L1].isObject());
        QTRY_VERIFY(ctl({u"--json"_s, u"health"_s, u"pump"_s}).output.contains("\"cpu\""_L1));
    }

    void aWrongServerKeyIsNotTrusted()
    {
        QVERIFY(run(u"musterd"_s, {u"user"_s, u"add"_s, u"--data"_s, path(u"other"_s), u"--name"_s, u"a"_s, u"--link"_s}).code == 0);
        QStringList options = agentOptions(u"suspicious"_s, u"agent-2"_s);
        options.last() = path(u"agent/key.pem"_s).replace("key.pem"_L1, "wrong.pem"_L1);
        // Any other public key: the agent's own one of another folder will do.
        const Ran own = run(u"muster-agent"_s, QStringList{u"fingerprint"_s, u"--json"_s} + agentOptions(u"suspicious"_s, u"agent-2"_s));
        QVERIFY(own.code == 0);
        QProcess openssl;
        openssl.start(u"openssl"_s, {u"pkey"_s, u"-in"_s, path(u"agent-2/key.pem"_s), u"-pubout"_s, u"-out"_s, options.last()});
        QVERIFY(openssl.waitForFinished() && openssl.exitCode() == 0);
        Program agent(u"muster-agent"_s, QStringList{u"run"_s} + options);
        QVERIFY2(agent.says(u"server key"_s) || agent.says(u"signature"_s), qPrintable(agent.output()));
        QVERIFY(device(u"suspicious"_s).isEmpty());
        QVERIFY(!ctl({u"--json"_s, u"approvals"_s}).output.contains("suspicious"_L1));
    }

    void aKnownDeviceWithANewKeyIsShownLoudly()
    {
        Program second(u"muster-agent"_s, QStringList{u"run"_s} + agentOptions(u"pump"_s, u"agent-3"_s));
        QVERIFY(second.says(u"waiting for approval"_s));
        QJsonArray waiting;
        QTRY_VERIFY(!(waiting = m_house.list({u"approvals"_s})).isEmpty()); // NOLINT(bugprone-assignment-in-if-condition)
        QCOMPARE(waiting.first()["kind"_L1], "new_key"_L1);
        QCOMPARE(device(u"pump"_s)["presence"_L1]["state"_L1], "online"_L1);
        const Ran rejected = ctl({u"reject"_s, u"pump"_s});
        QVERIFY2(rejected.code == 0, qPrintable(rejected.errors));
        QVERIFY(second.says(u"rejected"_s));
        QCOMPARE(device(u"pump"_s)["presence"_L1]["state"_L1], "online"_L1);
    }

    void aPowerCutLosesNothingAcknowledged()
    {
        const QString acceptedAt = device(u"pump"_s)["key"_L1]["accepted_at"_L1].toString();
        QVERIFY(!acceptedAt.isEmpty());
        for (int round = 0; round < 3; ++round) {
            m_house.server().kill();
            QVERIFY(m_house.startServer());
            QCOMPARE(device(u"pump"_s)["key"_L1]["accepted_at"_L1].toString(), acceptedAt);
        }
        // The agent comes back by itself.
        QTRY_COMPARE_WITH_TIMEOUT(device(u"pump"_s)["presence"_L1]["state"_L1], "online"_L1, 60'000);
    }

    void anAgentThatVanishesIsMissed()
    {
        m_agent->kill();
        QTRY_COMPARE(device(u"pump"_s)["presence"_L1]["state"_L1], "offline"_L1);
        QVERIFY(!device(u"pump"_s)["presence"_L1]["reason"_L1].toString().isEmpty());
        const Ran called = ctl({u"call"_s, u"pump"_s, u"RPC.List"_s});
        QCOMPARE(called.code, 1);
        QVERIFY2(called.errors.contains("not connected"_L1), qPrintable(called.errors));
        m_agent = m_house.startAgent(u"pump"_s, u"agent"_s);
        QTRY_COMPARE(device(u"pump"_s)["presence"_L1]["state"_L1], "online"_L1);
    }

    void badStartsSayWhatAndWhere()
    {
        const Ran busy = run(u"musterd"_s, {u"run"_s, u"--data"_s, path(u"third"_s), u"--listen"_s, u"127.0.0.1:%1"_s.arg(m_house.port())});
        QCOMPARE(busy.code, 1);
        QVERIFY2(busy.errors.contains("in use"_L1), qPrintable(busy.errors));
        const Ran twice = run(u"musterd"_s, {u"run"_s, u"--data"_s, path(u"server"_s), u"--listen"_s, u"127.0.0.1:0"_s});
        QCOMPARE(twice.code, 1);
        QVERIFY2(twice.errors.contains("another Muster server"_L1), qPrintable(twice.errors));
        const Ran bad = run(u"musterd"_s, {u"--check"_s, u"--listen"_s, u"nowhere"_s});
        QCOMPARE(bad.code, 2);
        QCOMPARE(bad.errors.count('\n'_L1), 1);
        QVERIFY2(bad.errors.contains("--listen"_L1), qPrintable(bad.errors));
        QCOMPARE(run(u"musterd"_s, {u"check"_s}).code, 0);
        QCOMPARE(run(u"musterd"_s, {u"dance"_s}).code, 2);
        QCOMPARE(run(u"musterctl"_s, {u"--profile"_s, path(u"missing.json"_s), u"devices"_s}).code, 2);
    }

    void goodbyesAreClean()
    {
        QCOMPARE(m_agent->end(), 0);
        QTRY_COMPARE(device(u"pump"_s)["presence"_L1]["state"_L1], "offline"_L1);
        QCOMPARE(m_house.server().end(), 0);
        QVERIFY(!QFile::exists(path(u"ready.json"_s)));
        QVERIFY2(!m_house.server().output().contains(" warning "_L1) && !m_house.server().output().contains(" critical "_L1),
                 qPrintable(m_house.server().output()));
        const Ran unreachable = ctl({u"devices"_s});
        QCOMPARE(unreachable.code, 3);
        QVERIFY(!unreachable.errors.isEmpty());
    }
};

MUSTER_TEST(SystemTest)
#include "tst_system.moc"
