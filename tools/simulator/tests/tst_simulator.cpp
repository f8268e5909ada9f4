// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/tests/testserver.h"
#include "protocol/rpc/methods.h"
#include "tests/support/testcase.h"
#include "tools/simulator/acceptor.h"
#include "tools/simulator/simulator.h"

#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::simulator;

class SimulatorTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void makesBelievableHealth();
    void measuresLatencies();
    void readsOptions();
    void simulatesADevice();
    void givesUpWhereItMayNotAccept();

private:
    CryptoLibrary m_crypto;
};

void SimulatorTest::makesBelievableHealth()
{
    for (int device = 0; device < 100; ++device) {
        BelievableHealth health(device);
        BelievableHealth same(device);
        for (int i = 0; i < 1000; ++i) {
            const qint64 time = 1'750'000'000'000 + i * 10'000;
            const HealthSample sample = health.next(time);
            QVERIFY(checkHealthSample(sample));
            QCOMPARE(same.next(time), sample);
        }
    }
}

void SimulatorTest::measuresLatencies()
{
    Counters counters;
    QCOMPARE(counters.latency(0.5), 0);
    for (int i = 1; i <= 1000; ++i)
        counters.addLatency(i * 100);
    QVERIFY(std::abs(counters.latency(0.5) - 50'000) < 1000);
    QVERIFY(std::abs(counters.latency(0.99) - 99'000) < 2000);
    counters.addLatency(0);
    counters.addLatency(1LL << 40);
    counters.restart();
    QCOMPARE(counters.latency(0.99), 0);
}

void SimulatorTest::readsOptions()
{
    QTemporaryDir folder;
    const QString key = folder.filePath(u"cloud.pem"_s);
    QFile file(key);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(KeyPair::generate(Algorithm::EdDSA)->publicKey().toPem());
    file.close();
    const auto options =
        readOptions({u"--devices"_s, u"2000"_s, u"--cloud-key"_s, key, u"--rate"_s, u"max"_s, u"--algorithm"_s, u"RS256"_s});
    QVERIFY(options);
    QCOMPARE(options->devices, 2000);
    QVERIFY(options->isRateEndless);
    QCOMPARE(options->distinctKeys, 16);
    for (const QStringList &bad :
         {QStringList{u"--devices"_s, u"0"_s}, QStringList{u"--rate"_s, u"fast"_s}, QStringList{u"--algorithm"_s, u"x"_s},
          QStringList{u"--server"_s, u"x"_s}, QStringList{u"--cloud-key"_s, u"/none"_s}, QStringList{u"x"_s}, QStringList{u"--x"_s}}) {
        const auto refused = readOptions(QStringList{u"--cloud-key"_s, key} + bad);
        QVERIFY2(!refused && refused.error().code == InvalidParams, qPrintable(bad.join(u' ')));
    }
    QCOMPARE(readOptions({}).error().code, int(InvalidParams));
}

void SimulatorTest::simulatesADevice()
{
    QLoggingCategory::setFilterRules(u"muster.agent.*=false"_s);
    test::TestServer server;
    server.answer = [](const Request &) { return Result<QJsonValue>(QJsonObject()); };
    Options options;
    options.devices = 1;
    options.server = server.url();
    options.cloudKey = server.publicKey();
    options.prefix = u"s"_s;
    options.distinctKeys = 1;
    options.rate = 50;
    options.reportEvery = 0.2;
    options.batch = 3;
    options.duration = 1;
    Simulator simulation(options);
    QSignalSpy finished(&simulation, &Simulator::finished);
    QVERIFY(simulation.start());
    QTRY_VERIFY(server.introduction);
    QCOMPARE(server.introduction->deviceId, u"s0"_s);
    server.send(Request{.id = u"1"_s, .method = methods::healthGet, .params = {}});
    QTRY_COMPARE(server.responses.size(), 1);
    QVERIFY(healthSampleFromJson(server.responses[0].result->toObject()));
    QTRY_COMPARE(finished.count(), 1);
    const QJsonObject result = simulation.result();
    simulation.stop();
    QCOMPARE(result.value(u"accepted"_s).toInt(), 1);
    QCOMPARE(result.value(u"errors"_s).toInt(), 0);
    QVERIFY(result.value(u"calls"_s).toInt() > 10);
    QVERIFY(result.value(u"samples"_s).toInt() >= 3);
    QVERIFY(result.value(u"latency_ms"_s).toObject().value(u"p50"_s).toDouble() > 0);
    const auto batch = std::ranges::find(server.requests, QString(methods::healthReport), &Request::method);
    QVERIFY(batch != server.requests.end());
    QCOMPARE(decodeHealthBatch(batch->params)->size(), 3);
}

void SimulatorTest::givesUpWhereItMayNotAccept()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&server] {
        QTcpSocket *socket = server.nextPendingConnection();
        const QByteArray body = R"({"error":{"code":-32002,"message":"it takes keys.decide"}})";
        socket->write("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n"
                      + body);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    });
    Acceptor acceptor(QUrl(u"http://127.0.0.1:%1/"_s.arg(server.serverPort())), u"key"_s, {}, {});
    QSignalSpy refused(&acceptor, &Acceptor::refused);
    QSignalSpy failed(&acceptor, &Acceptor::failed);
    acceptor.start();
    QTRY_COMPARE(refused.size(), 1);
    QVERIFY(refused[0][0].toString().contains("it takes keys.decide"_L1));
    QVERIFY(failed.isEmpty());
}

MUSTER_TEST(SimulatorTest)
#include "tst_simulator.moc"
