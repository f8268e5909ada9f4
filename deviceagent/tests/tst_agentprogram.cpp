// SPDX-License-Identifier: GPL-3.0-or-later
// The real program against the test server.
#include "deviceagent/tests/testserver.h"
#include "protocol/rpc/methods.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using muster::test::TestServer;

class AgentProgramTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void runsUntilItIsTold_data();
    void runsUntilItIsTold();
    void startsTheMachineAnew();
    void saysWhereItCouldNotStartItAnew();
    void printsItsFingerprint();
    void keepsTheIdThatItMade();
    void refusesToRunTwice();
    void saysWhatIsWrong();
    void findsTheServerThatItWasToldOf();

private:
    [[nodiscard]] QStringList flags(const TestServer &server) const;
    QTemporaryDir m_folder;
    CryptoLibrary m_crypto;
};

namespace {

const QString program = QStringLiteral(MUSTER_BIN_DIR "/muster-agent");

struct Outcome
{
    int code = -1;
    QByteArray out;
    QByteArray err;
};

Outcome run(const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(60'000))
        qFatal("the agent does not end");
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

QStringList AgentProgramTest::flags(const TestServer &server) const
{
    const QString cloudKey = m_folder.filePath(u"cloud_public.pem"_s);
    QFile file(cloudKey);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("no file");
    file.write(server.publicKey().toPem());
    return {u"--data"_s,   m_folder.filePath(u"data"_s), u"--cloud-key"_s, cloudKey,
            u"--server"_s, server.url().toString(),      u"--device-id"_s, u"tested"_s};
}

void AgentProgramTest::runsUntilItIsTold_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::newRow("EdDSA") << u"EdDSA"_s;
    QTest::newRow("RS256") << u"RS256"_s;
}

void AgentProgramTest::runsUntilItIsTold()
{
    QFETCH(QString, algorithm);
    TestServer server;
    server.firstStatus = u"pending"_s;
    QProcess agent;
    agent.start(program,
                QStringList{u"run"_s, u"--algorithm"_s, algorithm, u"--key"_s, m_folder.filePath(algorithm + u".pem"_s)} + flags(server));
    QTRY_VERIFY(server.introduction);
    QCOMPARE(server.introduction->deviceId, u"tested"_s);
    QCOMPARE(algorithmName(server.introduction->key.algorithm()), algorithm);
    const QJsonObject params = std::get<Request>(server.introduction->verified.message).params;
    QCOMPARE(params.value(u"agent"_s).toObject().value(u"name"_s).toString(), u"muster-agent"_s);
    QVERIFY(params.value(u"machine"_s).toObject().value(u"memory_kib"_s).toInteger() > 0);
    QByteArray log;
    const auto logHolds = [&](const char *text) {
        log += agent.readAllStandardError();
        return log.contains(text);
    };
    QTRY_VERIFY(logHolds("waiting for approval"));
    QVERIFY(log.contains(server.introduction->key.words().join(u' ').toUtf8()));

    server.sendStatus(u"accepted"_s);
    server.send(Request{.id = u"1"_s, .method = methods::rpcList, .params = {}});
    QTRY_COMPARE(server.responses.size(), 1);
    QCOMPARE(server.responses[0].result->toArray(),
             (QJsonArray{u"Command.Run"_s, u"Container.Inspect"_s, u"Container.List"_s, u"Container.Logs"_s, u"Container.Restart"_s,
                         u"Container.Start"_s, u"Container.Stats"_s, u"Container.Stop"_s, u"Health.Get"_s, u"Health.Stream"_s,
                         u"RPC.Describe"_s, u"RPC.List"_s, u"Sys.GetInfo"_s, u"Sys.Reboot"_s, u"rpc.discover"_s}));
    QTRY_VERIFY(logHolds("accepted by"));
    // What it says of itself, also that it has no thermometer.
    const auto reported = [&server] {
        const auto report = std::ranges::find(server.requests, methods::stateReport, &Request::method);
        return report == server.requests.end() ? QJsonObject() : report->params[u"state"][u"muster"].toObject();
    };
    QTRY_VERIFY(!reported().isEmpty());
    QCOMPARE(reported().keys(), (QStringList{u"bus"_s, u"engine"_s, u"reboot"_s, u"temperature_sensor"_s}));

    agent.terminate();
    QVERIFY(agent.waitForFinished(10'000));
    QCOMPARE(agent.exitStatus(), QProcess::NormalExit);
    QCOMPARE(agent.exitCode(), 0);
    QTRY_VERIFY(!server.isConnected());
}

void AgentProgramTest::startsTheMachineAnew()
{
    TestServer server;
    const QString done = m_folder.filePath(u"restarted"_s);
    QProcess agent;
    agent.start(program, QStringList{u"run"_s, u"--reboot-command"_s, u"touch \"%1\""_s.arg(done)} + flags(server));
    QTRY_VERIFY(server.introduction);
    const auto ask = [&server](const QString &id, const QJsonObject &params) -> Result<QJsonValue> {
        server.send(Request{.id = id, .method = methods::reboot, .params = params});
        const auto answer = [&] { return std::ranges::find(server.responses, id, &Response::id); };
        return muster::test::eventually([&] { return answer() != server.responses.end(); }) ? answer()->result
                                                                                            : failure(Unavailable, u"no answer"_s);
    };
    for (const QJsonValue &wrong : {QJsonValue(0), QJsonValue(60'001), QJsonValue("soon"_L1), QJsonValue(1000.5)})
        QCOMPARE(ask(u"wrong-%1"_s.arg(wrong.toVariant().toString()), {{"delay_ms"_L1, wrong}}).error().code, int(InvalidParams));
    QCOMPARE(ask(u"long"_s, {{"reason"_L1, QString(201, u'x')}}).error().code, int(InvalidParams));
    QVERIFY(!QFile::exists(done));
    // The answer is there before it begins.
    const auto answer = ask(u"go"_s, {{"delay_ms"_L1, 1000}, {"reason"_L1, "new kernel"_L1}});
    QVERIFY(answer);
    QVERIFY((*answer)["delay_ms"_L1].toInt() <= 1000);
    QTRY_VERIFY(QFile::exists(done));
    agent.terminate();
    QVERIFY(agent.waitForFinished());
}

void AgentProgramTest::saysWhereItCouldNotStartItAnew()
{
    TestServer server;
    QProcess agent;
    agent.start(program, QStringList{u"run"_s, u"--reboot-command"_s, u"sh -c \"echo not permitted; exit 1\""_s} + flags(server));
    QTRY_VERIFY(server.introduction);
    server.send(Request{.id = u"1"_s, .method = methods::reboot, .params = {{"delay_ms"_L1, 1000}}});
    const auto event = [&server] {
        const auto report = std::ranges::find(server.requests, methods::eventReport, &Request::method);
        return report == server.requests.end() ? QJsonObject() : report->params["events"_L1][0].toObject();
    };
    QTRY_COMPARE(event()["name"_L1].toString(), u"reboot.failed"_s);
    QCOMPARE(event()["data"_L1]["message"_L1].toString(), u"not permitted"_s);
    agent.terminate();
    QVERIFY(agent.waitForFinished());
}

void AgentProgramTest::printsItsFingerprint()
{
    const QStringList flags{u"--data"_s, m_folder.filePath(u"fresh"_s), u"--device-id"_s, u"me"_s};
    const Outcome text = run(QStringList{u"fingerprint"_s} + flags);
    QCOMPARE(text.code, 0);
    const QList<QByteArray> lines = text.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    const Outcome json = run(QStringList{u"fingerprint"_s, u"--json"_s} + flags);
    const QJsonObject object = QJsonDocument::fromJson(json.out).object();
    QCOMPARE(object.value(u"device_id"_s).toString(), u"me"_s);
    QCOMPARE(object.value(u"fingerprint"_s).toString().toUtf8(), lines[2]);
    QCOMPARE(object.value(u"words"_s).toArray().size(), 6);
    QCOMPARE(object.value(u"words"_s).toArray()[0].toString().toUtf8(), lines[1].split(' ')[0]);
    const auto key = KeyPair::load(m_folder.filePath(u"fresh/device_private.pem"_s));
    QVERIFY(key);
    QCOMPARE(key->publicKey().fingerprint().toUtf8(), lines[2]);
}

void AgentProgramTest::keepsTheIdThatItMade()
{
    const QString data = m_folder.filePath(u"own"_s);
    const auto idOf = [&data](const QStringList &more) {
        return run(QStringList{u"fingerprint"_s, u"--data"_s, data} + more).out.split('\n').first();
    };
    const QByteArray made = idOf({});
    QVERIFY(!made.isEmpty());
    // Whoever names it later gets that, and the first one again without.
    QCOMPARE(idOf({u"--device-id"_s, u"named"_s}), QByteArray("named"));
    QCOMPARE(idOf({}), made);
    QFile file(data + u"/identity.json"_s);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QCOMPARE(QJsonDocument::fromJson(file.readAll())[u"device_id"].toString().toUtf8(), made);
    QVERIFY(file.resize(0) && file.seek(0) && file.write(R"({"device_id":"kept-before","hardware":""})") > 0);
    file.close();
    QCOMPARE(idOf({}), QByteArray("kept-before"));
}

void AgentProgramTest::refusesToRunTwice()
{
    TestServer server;
    QProcess first;
    first.start(program, QStringList{u"run"_s} + flags(server));
    QTRY_VERIFY(server.introduction);
    const Outcome second = run(QStringList{u"run"_s} + flags(server));
    QCOMPARE(second.code, 2);
    QVERIFY2(second.err.contains("another muster-agent (process " + QByteArray::number(first.processId())), second.err.constData());
    first.terminate();
    QVERIFY(first.waitForFinished(10'000));
}

void AgentProgramTest::saysWhatIsWrong()
{
    const Outcome noCloudKey = run({u"run"_s, u"--data"_s, m_folder.filePath(u"none"_s)});
    QCOMPARE(noCloudKey.code, 2);
    QVERIFY2(noCloudKey.err.contains("none/cloud_public.pem: No such file"), noCloudKey.err.constData());
    QCOMPARE(noCloudKey.err.count('\n'), 1);

    const QString key = m_folder.filePath(u"open.pem"_s);
    QFile file(key);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("x");
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::ReadOther);
    const Outcome openKey = run({u"fingerprint"_s, u"--key"_s, key});
    QCOMPARE(openKey.code, 2);
    QVERIFY2(openKey.err.contains("chmod 600"), openKey.err.constData());

    const Outcome badFlag = run({u"run"_s, u"--server"_s, u"nowhere"_s});
    QCOMPARE(badFlag.code, 2);
    QCOMPARE(badFlag.err.count('\n'), 1);
}

void AgentProgramTest::findsTheServerThatItWasToldOf()
{
    const KeyPair key = *KeyPair::generate(Algorithm::EdDSA);
    const QString cloudKey = m_folder.filePath(u"shared_public.pem"_s);
    QFile file(cloudKey);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(key.publicKey().toPem());
    file.close();
    TestServer first;
    TestServer second;
    first.otherKey = second.otherKey = key;
    first.servers = QJsonArray{first.url().toString(), second.url().toString()};
    const QString data = m_folder.filePath(u"told"_s);
    const QStringList arguments{u"run"_s,         u"--data"_s, data, u"--cloud-key"_s, cloudKey, u"--server"_s, first.url().toString(),
                                u"--device-id"_s, u"told"_s};
    QProcess agent;
    agent.start(program, arguments);
    QTRY_VERIFY_WITH_TIMEOUT(first.introduction, 30'000);
    QTRY_VERIFY(QFile::exists(data + "/servers.json"_L1));
    agent.terminate();
    QVERIFY(agent.waitForFinished(30'000));
    first.stopListening();
    first.cut();
    agent.start(program, arguments);
    QTRY_VERIFY_WITH_TIMEOUT(second.introduction, 30'000);
    agent.terminate();
    QVERIFY(agent.waitForFinished(30'000));
}

MUSTER_TEST(AgentProgramTest)
#include "tst_agentprogram.moc"
