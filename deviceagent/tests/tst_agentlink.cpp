// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/link/serverlink.h"
#include "deviceagent/tests/testserver.h"
#include "protocol/rpc/methods.h"
#include "tests/support/testcase.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslKey>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QWebSocket>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace muster;
using namespace muster::agent;
using muster::test::TestServer;
using State = ServerLink::State;

class AgentLinkTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void connectsAndIsAccepted();
    void worksWithRs256();
    void speaksTls();
    void waitsForAPerson();
    void carriesCallsBothWays();
    void carriesLongTextsBothWays_data();
    void carriesLongTextsBothWays();
    void comesBackWhenItIsTold_data();
    void comesBackWhenItIsTold();
    void findsTheOneThatLeads();
    void findsTheOneThatItWasToldOf();
    void aRecordingTellsOfNoServers();
    void aDamagedListIsLeftOut_data();
    void aDamagedListIsLeftOut();
    void aListThatCannotBeKeptIsWarnedAbout();
    void comesBackWhenHttpTellsIt();
    void comesBackWhenTheConnectionIsLost();
    void comesBackSlowlyWhenRejected();
    void comesBackWhenItsAcceptanceIsTaken();
    void refusesAnotherServer_data();
    void refusesAnotherServer();
    void refusesToBePlayedARecording();
    void refusesWhatIsReplayedWithinASession();
    void toldOfAnErrorItComesBack();
    void measuresTheServersClock();
    void endsADeadLink();
    void givesUpAServerThatSaysNothing();
    void failsCallsWhenTheSessionEnds();
    void endsWhileItsLateCallsAreTold();
    void spreadsItsAttempts();

private:
    struct Device;
    CryptoLibrary m_crypto;
};

namespace {

Identity identityFor(const TestServer &server, Algorithm algorithm)
{
    return {.deviceId = u"device-1"_s,
            .bootId = u"0b7c9a52-6f2e-4c57-9a0e-2f6d7e1c3b11"_s,
            .agent = {{u"name"_s, u"test"_s}},
            .machine = {{u"os"_s, u"none"_s}},
            .key = *KeyPair::generate(algorithm, 2048),
            .cloudKey = server.publicKey()};
}

ServerLink::Options optionsFor(const TestServer &server)
{
    return {.url = server.url(), .authMethod = methods::authenticate, .tls = {}};
}

void expectWarning(const char *pattern)
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QString::fromLatin1(pattern)));
}

} // namespace

/// A link without waiting times.
struct AgentLinkTest::Device
{
    explicit Device(const TestServer &server, Algorithm algorithm = Algorithm::EdDSA)
        : Device(identityFor(server, algorithm), optionsFor(server))
    {
    }
    Device(const Identity &identity, const ServerLink::Options &options, double share = 0)
        : link(
              identity, options,
              [this](const QString &method, const QJsonObject &params) {
                  calls.append(method);
                  return QtFuture::makeReadyValueFuture(method == "Fail"_L1 ? Answer(failure(NotFound, u"no"_s))
                                                                            : Answer(QJsonValue(params)));
              },
              Delays([share] { return share; }))
    {
    }

    QStringList calls;
    ServerLink link;
};

void AgentLinkTest::connectsAndIsAccepted()
{
    TestServer server;
    Device device(server);
    QSignalSpy accepted(&device.link, &ServerLink::accepted);
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Accepted);
    QCOMPARE(accepted.count(), 1);
    QVERIFY(server.introduction);
    QCOMPARE(server.introduction->deviceId, u"device-1"_s);
    const auto &request = std::get<Request>(server.introduction->verified.message);
    QCOMPARE(request.params.value(u"challenge"_s).toString(), u"challenge"_s);
    QCOMPARE(request.params.value(u"boot_id"_s).toString(), u"0b7c9a52-6f2e-4c57-9a0e-2f6d7e1c3b11"_s);
    QVERIFY(request.params.value(u"uptime_s"_s).toInteger(-1) >= 0);
    QCOMPARE(request.id.size(), 22); // 128 random bits
    device.link.stop();
    QTRY_VERIFY(!server.isConnected());
    QCOMPARE(device.link.state(), State::Stopped);
}

void AgentLinkTest::worksWithRs256()
{
    TestServer server;
    Device device(server, Algorithm::RS256);
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Accepted);
}

void AgentLinkTest::speaksTls()
{
    QTemporaryDir folder;
    const QString keyPath = folder.filePath(u"key"_s);
    const QString certificatePath = folder.filePath(u"certificate"_s);
    QProcess openssl;
    openssl.start(u"openssl"_s,
                  {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s, u"-nodes"_s, u"-subj"_s,
                   u"/CN=test"_s, u"-addext"_s, u"subjectAltName=IP:127.0.0.1"_s, u"-keyout"_s, keyPath, u"-out"_s, certificatePath});
    QVERIFY(openssl.waitForFinished() && openssl.exitCode() == 0);
    QFile keyFile(keyPath);
    QVERIFY(keyFile.open(QIODevice::ReadOnly));
    const QList<QSslCertificate> certificates = QSslCertificate::fromPath(certificatePath);
    QCOMPARE(certificates.size(), 1);
    QSslConfiguration serverTls = QSslConfiguration::defaultConfiguration();
    serverTls.setLocalCertificateChain(certificates);
    serverTls.setPrivateKey(QSslKey(&keyFile, QSsl::Ec));
    TestServer server(serverTls);

    ServerLink::Options options = optionsFor(server);
    options.tls = QSslConfiguration::defaultConfiguration();
    Device stranger(identityFor(server, Algorithm::EdDSA), options, 0.99);
    expectWarning("the server's certificate is refused: The certificate is self-signed");
    stranger.link.start();
    QTRY_COMPARE(stranger.link.state(), State::Waiting);
    QVERIFY(!server.introduction);

    options.tls.setCaCertificates(certificates);
    Device device(identityFor(server, Algorithm::EdDSA), options);
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Accepted);
    server.send(Request{.id = u"1"_s, .method = u"Echo"_s, .params = {}});
    QTRY_COMPARE(server.responses.size(), 1);
}

void AgentLinkTest::waitsForAPerson()
{
    TestServer server;
    server.firstStatus = u"pending"_s;
    Device device(server);
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Pending);
    QVERIFY(!device.link.call(methods::timeNow, {}).result());
    device.link.notify(methods::healthSample, {});

    server.send(Request{u"1"_s, u"Echo"_s, {}});
    QTRY_COMPARE(server.responses.size(), 1);
    QCOMPARE(server.responses[0].result.error().code, int(Unauthenticated));
    QVERIFY(device.calls.isEmpty());

    server.sendStatus(u"pending"_s); // no news
    server.sendStatus(u"accepted"_s);
    QTRY_COMPARE(device.link.state(), State::Accepted);
    QVERIFY(server.requests.isEmpty() && server.notifications.isEmpty());
}

void AgentLinkTest::carriesCallsBothWays()
{
    TestServer server;
    server.answer = [](const Request &request) -> std::optional<Result<QJsonValue>> {
        return request.method == methods::timeNow ? Result<QJsonValue>(QJsonValue(42)) : failure(Forbidden, u"no"_s);
    };
    Device device(server);
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Accepted);

    auto good = device.link.call(methods::timeNow, {});
    auto bad = device.link.call(u"Else"_s, {});
    QTRY_VERIFY(good.isFinished() && bad.isFinished());
    QCOMPARE(*good.result(), QJsonValue(42));
    QCOMPARE(bad.result().error(), (Error{Forbidden, u"no"_s}));

    server.send(Request{u"7"_s, u"Echo"_s, {{u"a"_s, u"<b>ü"_s}}});
    server.send(Request{u"8"_s, u"Fail"_s, {}});
    QTRY_COMPARE(server.responses.size(), 2);
    QCOMPARE(server.responses[0].id, u"7"_s);
    QCOMPARE(server.responses[0].result->toObject().value(u"a"_s).toString(), u"<b>ü"_s);
    QCOMPARE(server.responses[1].result.error().code, int(NotFound));

    device.link.notify(methods::healthSample, {{u"time"_s, 1}});
    QTRY_COMPARE(server.notifications.size(), 1);
    QVERIFY(server.refused.isEmpty());
}

void AgentLinkTest::carriesLongTextsBothWays_data()
{
    QTest::addColumn<int>("shift");
    // The other end is Qt's own, which cuts at 512 KiB: within a character here or there.
    QTest::newRow("even") << 0;
    QTest::newRow("odd") << 1;
}

void AgentLinkTest::carriesLongTextsBothWays()
{
    QFETCH(const int, shift);
    QString text(shift, u'-');
    while (text.size() < 350 * 1024)
        text += u"Журнал контейнера пишет по-русски. "_s;
    TestServer server;
    server.answer = [](const Request &request) { return Result<QJsonValue>(request.params); };
    Device device(server);
    QSignalSpy ended(&device.link, &ServerLink::ended);
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Accepted);
    server.send(Request{u"7"_s, u"Echo"_s, {{u"log"_s, text}}});
    QTRY_COMPARE(server.responses.size(), 1);
    QVERIFY(server.responses[0].result->toObject().value(u"log"_s).toString() == text);
    auto receipt = device.link.call(methods::commandDone, {{u"result"_s, text}});
    QTRY_VERIFY(receipt.isFinished());
    QVERIFY(receipt.result() && receipt.result()->toObject().value(u"result"_s).toString() == text);
    QVERIFY(server.refused.isEmpty());
    QVERIFY(ended.isEmpty());
}

void AgentLinkTest::comesBackWhenItIsTold_data()
{
    QTest::addColumn<int>("asked");
    QTest::addColumn<double>("share");
    QTest::addColumn<QString>("says");
    QTest::newRow("at the earliest") << 7 << 0.0 << u"7\\.0"_s;
    QTest::newRow("at the latest") << 8 << 1.0 << u"12\\.0"_s;
    QTest::newRow("at once") << 0 << 0.0 << u"1\\.0"_s;
    QTest::newRow("no longer than an hour") << 1'000'000 << 0.0 << u"3600\\.0"_s;
}

void AgentLinkTest::comesBackWhenItIsTold()
{
    QFETCH(const int, asked);
    QFETCH(const double, share);
    QFETCH(const QString, says);
    TestServer server;
    server.retryAfter = asked;
    Device device(identityFor(server, Algorithm::EdDSA), optionsFor(server), share);
    QTest::ignoreMessage(QtInfoMsg, QRegularExpression(u"asks to come back in %1 s - next attempt in %2 s"_s.arg(asked).arg(says)));
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Waiting);
    QVERIFY(!server.introduction);
}

void AgentLinkTest::findsTheOneThatLeads()
{
    // Two servers of one database, and so with one key: the first is away, the second stands by and names a third, which nobody else did.
    const KeyPair key = *KeyPair::generate(Algorithm::EdDSA);
    TestServer leader;
    TestServer standby;
    leader.otherKey = key;
    standby.otherKey = key;
    standby.retryAfter = 2;
    standby.leader = leader.url().toString();
    QTcpServer away;
    QVERIFY(away.listen(QHostAddress::LocalHost));
    ServerLink::Options options = optionsFor(standby);
    options.others = {options.url};
    options.url.setPort(away.serverPort());
    away.close();
    Identity identity = identityFor(leader, Algorithm::EdDSA);
    identity.cloudKey = key.publicKey();
    Device device(identity, options, 0);
    QSignalSpy accepted(&device.link, &ServerLink::accepted);
    device.link.start();
    QTRY_COMPARE(accepted.count(), 1);
    QVERIFY(leader.introduction);
    // It goes away, and the one that stood by leads.
    standby.retryAfter = -1;
    standby.leader.clear();
    leader.stopListening();
    leader.cut();
    QTRY_COMPARE(accepted.count(), 2);
    QVERIFY(standby.introduction);
}

void AgentLinkTest::findsTheOneThatItWasToldOf()
{
    const KeyPair key = *KeyPair::generate(Algorithm::EdDSA);
    const QTemporaryDir folder;
    TestServer first;
    TestServer second;
    TestServer third;
    for (TestServer *server : {&first, &second, &third})
        server->otherKey = key;
    first.servers = QJsonArray{first.url().toString(), u"ftp://127.0.0.1/device"_s, second.url().toString()};
    ServerLink::Options options = optionsFor(first);
    options.toldPath = folder.filePath(u"servers.json"_s);
    Identity identity = identityFor(first, Algorithm::EdDSA);
    identity.cloudKey = key.publicKey();
    {
        Device device(identity, options);
        device.link.start();
        QTRY_COMPARE(device.link.state(), State::Accepted);
    }
    // The only one that it is configured with is gone for good, and it starts anew.
    first.stopListening();
    Device device(identity, options);
    QSignalSpy accepted(&device.link, &ServerLink::accepted);
    second.servers = QJsonArray{third.url().toString()};
    device.link.start();
    QTRY_COMPARE(accepted.count(), 1);
    QVERIFY(second.introduction);
    // What was told last counts.
    second.stopListening();
    second.cut();
    QTRY_COMPARE(accepted.count(), 2);
    QVERIFY(third.introduction);
    QCOMPARE(ToldServers(options.toldPath).load(), QList<QUrl>{third.url()});
    // Who names nobody leaves what others have named.
    third.cut();
    QTRY_COMPARE(accepted.count(), 3);
    QCOMPARE(ToldServers(options.toldPath).load(), QList<QUrl>{third.url()});
    // One that comes later is told of in the session.
    third.send(Notification{.method = methods::sessionServers,
                            .params = {{"servers"_L1, QJsonArray{third.url().toString(), first.url().toString()}}}});
    QTRY_COMPARE(ToldServers(options.toldPath).load(), (QList<QUrl>{third.url(), first.url()}));
}

void AgentLinkTest::aRecordingTellsOfNoServers()
{
    const QTemporaryDir folder;
    TestServer server;
    server.servers = QJsonArray{u"ws://127.0.0.1:9/device"_s};
    ServerLink::Options options = optionsFor(server);
    options.toldPath = folder.filePath(u"servers.json"_s);
    // Whoever plays it cannot answer what the device asks then.
    server.firstStatus.clear();
    Device device(identityFor(server, Algorithm::EdDSA), options);
    QSignalSpy introduced(&server, &TestServer::introduced);
    device.link.start();
    QTRY_COMPARE(introduced.count(), 1);
    QSignalSpy ended(&device.link, &ServerLink::ended);
    server.cut();
    QTRY_COMPARE(ended.count(), 1);
    QVERIFY(!QFile::exists(options.toldPath));
}

void AgentLinkTest::aDamagedListIsLeftOut_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("torn") << QByteArray(R"({"servers": ["wss://a/device", "wss)");
    QTest::newRow("no list") << QByteArray(R"({"servers": "wss://a/device"})");
    QTest::newRow("not an object") << QByteArray(R"(["wss://a/device"])");
    QTest::newRow("too long") << QByteArray(R"({"servers": [")") + QByteArray(10'000, 'a') + R"("]})";
    QTest::newRow("no text") << QByteArray("{\"servers\": [\"wss://\xff/device\"]}");
}

void AgentLinkTest::aDamagedListIsLeftOut()
{
    QFETCH(const QByteArray, contents);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"servers.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(contents);
    file.close();
    ToldServers told(path);
    expectWarning("servers.json is damaged");
    QVERIFY(told.load().isEmpty());
    // And is good again with what is told next.
    const QList<QUrl> servers{QUrl(u"wss://b/device"_s)};
    told.keep(servers);
    QCOMPARE(ToldServers(path).load(), servers);
}

void AgentLinkTest::aListThatCannotBeKeptIsWarnedAbout()
{
    const QTemporaryDir folder;
    ToldServers told(folder.filePath(u"none/servers.json"_s));
    QVERIFY(told.load().isEmpty());
    expectWarning("servers.json cannot be written");
    told.keep({QUrl(u"wss://b/device"_s)});
    ToldServers(QString()).keep({QUrl(u"wss://b/device"_s)});
}

void AgentLinkTest::comesBackWhenHttpTellsIt()
{
    // Anybody in between can say it: it is believed for two minutes at most.
    TestServer identity;
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server,
            [&server] { server.nextPendingConnection()->write("HTTP/1.1 503 Busy\r\nRetry-After: 9999\r\nContent-Length: 0\r\n\r\n"); });
    ServerLink::Options options = optionsFor(identity);
    options.url.setPort(server.serverPort());
    Device device(identityFor(identity, Algorithm::EdDSA), options);
    QTest::ignoreMessage(QtInfoMsg, QRegularExpression(u"503 Busy.* next attempt in 120\\.0 s"_s));
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Waiting);
}

void AgentLinkTest::comesBackWhenTheConnectionIsLost()
{
    TestServer server;
    Device device(server);
    QSignalSpy accepted(&device.link, &ServerLink::accepted);
    QSignalSpy ended(&device.link, &ServerLink::ended);
    device.link.start();
    for (int i = 1; i <= 3; ++i) {
        QTRY_COMPARE(accepted.count(), i);
        server.cut();
        QTRY_COMPARE(ended.count(), i);
    }
}

void AgentLinkTest::comesBackSlowlyWhenRejected()
{
    TestServer server;
    server.firstStatus = u"rejected"_s;
    Device device(server);
    expectWarning("rejected by .*trying again every few minutes");
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Waiting);
    QSignalSpy connected(&server, &TestServer::connected);
    QVERIFY(!connected.wait(200));

    // A decision may also come later.
    TestServer later;
    Device accepted(later);
    accepted.link.start();
    QTRY_COMPARE(accepted.link.state(), State::Accepted);
    expectWarning("rejected by");
    later.sendStatus(u"rejected"_s);
    QTRY_COMPARE(accepted.link.state(), State::Waiting);
}

void AgentLinkTest::comesBackWhenItsAcceptanceIsTaken()
{
    TestServer server;
    Device device(server);
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Accepted);
    server.firstStatus = u"pending"_s;
    server.sendStatus(u"pending"_s);
    QTRY_COMPARE(device.link.state(), State::Pending);
}

void AgentLinkTest::refusesAnotherServer_data()
{
    QTest::addColumn<Algorithm>("algorithm");
    QTest::newRow("a key of the same algorithm") << Algorithm::EdDSA;
    QTest::newRow("a key of the other algorithm") << Algorithm::RS256;
}

void AgentLinkTest::refusesAnotherServer()
{
    QFETCH(Algorithm, algorithm);
    TestServer server;
    server.otherKey = *KeyPair::generate(algorithm);
    Device device(server);
    expectWarning("wrong server key: the hello of .* was not made with the pinned key SHA256:");
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Waiting);
    QVERIFY(!server.introduction);
    QSignalSpy connected(&server, &TestServer::connected);
    QVERIFY(!connected.wait(200)); // slowly
}

void AgentLinkTest::refusesToBePlayedARecording()
{
    // A session is recorded…
    TestServer server;
    const Identity identity = identityFor(server, Algorithm::EdDSA);
    Device device(identity, optionsFor(server));
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Accepted);
    server.send(Request{u"1"_s, u"Sys.Reboot"_s, {}});
    QTRY_COMPARE(device.calls.size(), 1);
    const QList<QByteArray> recording = server.sent;
    QCOMPARE(recording.size(), 3);
    device.link.stop();

    // …and played by somebody without the server's key to the same device.
    QWebSocketServer player(u"player"_s, QWebSocketServer::NonSecureMode);
    QVERIFY(player.listen(QHostAddress::LocalHost));
    connect(&player, &QWebSocketServer::newConnection, &player, [&] {
        QWebSocket *socket = player.nextPendingConnection();
        socket->setParent(&player);
        for (const QByteArray &text : recording)
            socket->sendTextMessage(QString::fromUtf8(text));
    });
    ServerLink::Options options = optionsFor(server);
    options.url.setPort(player.serverPort());
    Device again(identity, options, 0.99);
    expectWarning("has not answered this device's authentication yet");
    QSignalSpy ended(&again.link, &ServerLink::ended);
    again.link.start();
    QTRY_VERIFY(ended.count() > 0);
    again.link.stop();
    QVERIFY(again.calls.isEmpty());
}

void AgentLinkTest::refusesWhatIsReplayedWithinASession()
{
    TestServer server;
    Device device(server);
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Accepted);
    const QByteArray text = server.send(Request{u"1"_s, u"Sys.Reboot"_s, {}});
    QTRY_COMPARE(server.responses.size(), 1);
    expectWarning("a message was refused: The nonce's counter is 3");
    server.sendRaw(text);
    server.send(Request{u"2"_s, u"Echo"_s, {}});
    QTRY_COMPARE(server.responses.size(), 2);
    QCOMPARE(device.calls, (QStringList{u"Sys.Reboot"_s, u"Echo"_s}));
    QCOMPARE(device.link.state(), State::Accepted);
}

void AgentLinkTest::toldOfAnErrorItComesBack()
{
    TestServer server;
    server.firstStatus.clear();
    Device device(server);
    QSignalSpy introduced(&server, &TestServer::introduced);
    device.link.start();
    QTRY_COMPARE(introduced.count(), 1);
    expectWarning("the server refused the authentication: bad weather");
    server.firstStatus = u"accepted"_s;
    server.send(Response{std::get<Request>(server.introduction->verified.message).id, failure(BadKey, u"bad weather"_s)});
    QTRY_COMPARE(device.link.state(), State::Accepted);
}

void AgentLinkTest::measuresTheServersClock()
{
    TestServer server;
    server.clockAhead = 40LL * 365 * 86'400'000;
    Device device(server);
    expectWarning("clock skew: the server's clock is ahead of this device's by 12614");
    QVERIFY(!device.link.clock().isKnown());
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Accepted);
    QVERIFY(std::abs(device.link.clock().now() - server.now().toMSecsSinceEpoch()) < 2000);
    server.send(Request{u"1"_s, u"Echo"_s, {}});
    QTRY_COMPARE(server.responses.size(), 1);
}

void AgentLinkTest::endsADeadLink()
{
    // A server that never answers pings: after the handshake nobody reads its socket any more.
    TestServer server;
    QTcpServer mute;
    QVERIFY(mute.listen(QHostAddress::LocalHost));
    connect(&mute, &QTcpServer::newConnection, &mute, [&mute, behind = &server] {
        QTcpSocket *from = mute.nextPendingConnection();
        auto *to = new QTcpSocket(from);
        to->connectToHost(QHostAddress::LocalHost, static_cast<quint16>(behind->url().port()));
        connect(from, &QTcpSocket::readyRead, to, [behind, from, to] {
            const QByteArray bytes = from->readAll();
            if (behind->responses.isEmpty()) // the first answered call cuts the line
                to->write(bytes);
        });
        connect(to, &QTcpSocket::readyRead, from, [from, to] {
            if (from->state() == QAbstractSocket::ConnectedState)
                from->write(to->readAll());
        });
    });
    ServerLink::Options options = optionsFor(server);
    options.url.setPort(mute.serverPort());
    options.idleBeforePing = 50ms;
    options.pongTimeout = 50ms;
    Device device(identityFor(server, Algorithm::EdDSA), options, 0.99);
    QSignalSpy ended(&device.link, &ServerLink::ended);
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Accepted);
    QVERIFY(!ended.wait(1500)); // pings are answered
    server.send(Request{u"1"_s, u"Echo"_s, {}});
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(ended[0][0].toString(), u"the link is dead: no answer to a ping"_s);
}

void AgentLinkTest::givesUpAServerThatSaysNothing()
{
    TestServer server;
    server.firstStatus.clear();
    ServerLink::Options options = optionsFor(server);
    options.dialTimeout = 100ms;
    Device device(identityFor(server, Algorithm::EdDSA), options);
    QSignalSpy ended(&device.link, &ServerLink::ended);
    device.link.start();
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(ended[0][0].toString(), u"the server did not answer in time"_s);
    server.firstStatus = u"accepted"_s;
    QTRY_COMPARE(device.link.state(), State::Accepted);
}

void AgentLinkTest::failsCallsWhenTheSessionEnds()
{
    TestServer server;
    Device device(server);
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Accepted);
    auto answer = device.link.call(u"Never"_s, {});
    QTRY_COMPARE(server.requests.size(), 1);
    server.cut();
    QTRY_VERIFY(answer.isFinished());
    QCOMPARE(answer.result().error().code, int(DeviceOffline));
}

void AgentLinkTest::endsWhileItsLateCallsAreTold()
{
    TestServer server;
    ServerLink::Options options = optionsFor(server);
    options.pongTimeout = 200ms; // and so often it looks for late calls
    Device device(identityFor(server, Algorithm::EdDSA), options);
    device.link.start();
    QTRY_COMPARE(device.link.state(), State::Accepted);
    int told = 0;
    const auto stop = [&](const Answer &) {
        ++told;
        device.link.stop(); // with it end the calls that wait, of which the next is late as well
    };
    for (int i = 0; i < 3; ++i)
        device.link.call(u"Never"_s, {}, 1ms).then(&device.link, stop);
    QTRY_COMPARE(told, 3);
    QCOMPARE(device.link.state(), State::Stopped);
}

void AgentLinkTest::spreadsItsAttempts()
{
    Delays latest([] { return 0.999999; });
    QList<qint64> seconds;
    for (int i = 0; i < 12; ++i)
        seconds.append(qRound64(static_cast<double>(latest.next().count()) / 1000));
    QCOMPARE(seconds, (QList<qint64>{1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300}));
    latest.reset();
    QVERIFY(latest.next() <= 1s);
    QVERIFY(latest.nextSlow() > 9min && latest.nextSlow() <= 10min);
    Delays earliest([] { return 0.0; });
    QCOMPARE(earliest.next(), 0ms);
    QCOMPARE(earliest.nextSlow(), 5min);
    Delays random;
    QSet<qint64> different;
    for (int i = 0; i < 20; ++i)
        different.insert(random.nextSlow().count());
    QVERIFY(different.size() > 10);
}

MUSTER_TEST(AgentLinkTest)
#include "tst_agentlink.moc"
