// SPDX-License-Identifier: GPL-3.0-or-later
// examples/device-stack without the containers: the real agent, a real bus with its real configuration, and both workers.
#include "deviceagent/tests/testserver.h"
#include "protocol/rpc/methods.h"
#include "tests/support/natsserver.h"
#include "tests/support/testcase.h"

#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using muster::test::NatsServer;
using muster::test::TestServer;

class AgentStackTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void workersOfBothKindsWork();

private:
    CryptoLibrary m_crypto;
};

namespace {

const QString example = QStringLiteral(MUSTER_SOURCE_DIR "/examples/device-stack");
/// A worker's first start reads packages; the machine may be busy.
constexpr int patience = 60'000;

Result<QJsonValue> call(TestServer &server, const QString &method, const QJsonObject &params = {})
{
    static int asked = 0;
    const QString id = QString::number(++asked);
    server.send(Request{id, method, params});
    const auto answer = [&] { return std::ranges::find(server.responses, id, &Response::id); };
    if (!QTest::qWaitFor([&] { return answer() != server.responses.end(); }, patience))
        qFatal("no answer to %s", qPrintable(method));
    return answer()->result;
}

/// Ended by its id when the test is over.
struct Program
{
    Program(const QString &program, const QStringList &arguments, const QHash<QString, QString> &settings, const QString &folder)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (auto it = settings.begin(); it != settings.end(); ++it)
            environment.insert(it.key(), *it);
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.setWorkingDirectory(folder);
        process.start(program, arguments);
    }
    ~Program()
    {
        process.terminate();
        if (!process.waitForFinished(10'000))
            process.kill();
        process.waitForFinished(10'000);
    }
    QProcess process;
};

} // namespace

void AgentStackTest::workersOfBothKindsWork()
{
    // The lamp's packages, as its Containerfile gets them.
    const QString lampFolder = QStringLiteral(MUSTER_BIN_DIR "/../example-lamp");
    QVERIFY(QDir().mkpath(lampFolder));
    for (const QString &name : {u"package.json"_s, u"package-lock.json"_s, u"lamp.js"_s}) {
        QFile::remove(lampFolder + u'/' + name);
        QVERIFY(QFile::copy(example + "/lamp/"_L1 + name, lampFolder + u'/' + name));
    }
    QProcess npm;
    npm.setWorkingDirectory(lampFolder);
    npm.start(u"npm"_s, {u"ci"_s, u"--omit=dev"_s, u"--no-audit"_s, u"--no-fund"_s, u"--loglevel=error"_s});
    QVERIFY(QTest::qWaitFor([&npm] { return npm.state() == QProcess::NotRunning; }, patience));
    QVERIFY2(npm.exitCode() == 0, npm.readAllStandardError().constData());

    QFile configuration(example + "/nats/nats.conf"_L1);
    QVERIFY(configuration.open(QIODevice::ReadOnly));
    QByteArray text = configuration.readAll().replace("port: 4222", "");
    for (const QByteArray &name : {"AGENT"_ba, "LAMP"_ba, "SENSOR"_ba})
        text.replace("$" + name + "_PASSWORD", name.toLower());
    NatsServer nats(text);
    QVERIFY(nats.start());

    QTemporaryDir folder;
    TestServer server;
    server.answer = [&server](const Request &request) -> Result<QJsonValue> {
        if (request.method == methods::timeNow)
            return QJsonObject{{u"server_time"_s, server.now().toString(Qt::ISODateWithMs)}};
        return QJsonObject();
    };
    QFile cloudKey(folder.filePath(u"cloud_public.pem"_s));
    QVERIFY(cloudKey.open(QIODevice::WriteOnly));
    cloudKey.write(server.publicKey().toPem());
    cloudKey.close();
    const auto as = [&nats](const QString &name) {
        return QHash<QString, QString>{
            {u"MUSTER_NATS_URL"_s, nats.url()}, {u"MUSTER_NATS_USER"_s, name}, {u"MUSTER_NATS_PASSWORD"_s, name}};
    };
    // A worker may well be there before the agent.
    const Program lamp(u"node"_s, {u"lamp.js"_s}, as(u"lamp"_s), lampFolder);
    const Program agent(QStringLiteral(MUSTER_BIN_DIR "/muster-agent"),
                        {u"run"_s, u"--data"_s, folder.filePath(u"data"_s), u"--cloud-key"_s, cloudKey.fileName(), u"--server"_s,
                         server.url().toString(), u"--device-id"_s, u"stack"_s},
                        as(u"agent"_s), folder.path());
    QTRY_VERIFY_WITH_TIMEOUT(server.introduction, patience);
    const Program sensor(QStringLiteral(MUSTER_BIN_DIR "/example-sensor"), {}, as(u"sensor"_s), folder.path());

    const auto has = [&server](const QString &method) { return call(server, methods::rpcList)->toArray().contains(method); };
    QTRY_VERIFY_WITH_TIMEOUT(has(u"Light.Set"_s) && has(u"Sensor.Read"_s), patience);
    const auto set = call(server, u"Light.Set"_s, {{u"on"_s, true}, {u"level"_s, 40}});
    QVERIFY2(set, qPrintable(set ? QString() : set.error().message));
    QCOMPARE(set->toObject(), (QJsonObject{{u"on"_s, true}, {u"level"_s, 40}}));
    QCOMPARE(call(server, u"Light.Set"_s, {{u"on"_s, u"yes"_s}}).error().code, int(InvalidParams));
    const auto reading = call(server, u"Sensor.Read"_s);
    QVERIFY2(reading, qPrintable(reading ? QString() : reading.error().message));
    QVERIFY((*reading)[u"celsius"].isDouble());
    QCOMPARE(call(server, methods::rpcDescribe, {{u"name"_s, u"Light.Set"_s}})->toObject()[u"params"][u"required"].toArray(),
             QJsonArray{u"on"_s});

    // Both told of themselves and asked for the time; the lamp reports its state.
    const auto asked = [&server](QLatin1StringView method) {
        return std::ranges::count(server.requests, QString(method), &Request::method);
    };
    const auto hasEvent = [&server](const QString &name, const QString &source) {
        return std::ranges::any_of(server.requests, [&](const Request &request) {
            const QJsonArray events = request.params[u"events"].toArray();
            return std::ranges::any_of(events,
                                       [&](const QJsonValue &event) { return event[u"name"] == name && event[u"source"] == source; });
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasEvent(u"light.changed"_s, u"lamp"_s) && hasEvent(u"sensor.started"_s, u"sensor"_s), patience);
    QTRY_VERIFY_WITH_TIMEOUT(asked(methods::timeNow) >= 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::any_of(server.requests,
                                                 [](const Request &request) {
                                                     return request.method == methods::stateReport
                                                            && request.params[u"state"][u"lamp"][u"on"].toBool();
                                                 }),
                             patience);
    // The agent says of itself what there is.
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::any_of(server.requests,
                                                 [](const Request &request) {
                                                     const QJsonValue own = request.params[u"state"][u"muster"];
                                                     return own[u"bus"][u"state"] == u"connected"_s;
                                                 }),
                             patience);
    QVERIFY(std::ranges::any_of(server.requests,
                                [](const Request &request) { return request.params[u"state"][u"muster"][u"engine"].isBool(); }));
    // The workers' methods run as commands too, each with its receipt.
    QVERIFY(call(server, methods::commandRun,
                 {{u"command"_s, u"c1"_s}, {u"method"_s, u"Light.Set"_s}, {u"params"_s, QJsonObject{{u"on"_s, false}}}}));
    QTRY_VERIFY_WITH_TIMEOUT(asked(methods::commandDone) >= 1, patience);
}

MUSTER_TEST(AgentStackTest)
#include "tst_agentstack.moc"
