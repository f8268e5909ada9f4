// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/limits.h"
#include "server/doors/signed/devicecalls.h"
#include "server/doors/signed/signeddoor.h"
#include "server/doors/signed/signedlink.h"
#include "server/steadytime.h"
#include "server/tests/fleethouse.h"
#include "server/tests/liveclient.h"
#include "server/tests/rawhttp.h"
#include "server/tests/receiptdevice.h"
#include "server/tests/testserver.h"
#include "tests/support/testcase.h"
#include "transport/closecodes.h"
#include "transport/websocket.h"

#include <QJsonArray>
#include <QLoggingCategory>
#include <QTcpServer>

using namespace muster;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
namespace closecode = muster::transport::closecode;

namespace {

constexpr int longText = 700 * 1024;

/// Two bytes a character, so that most cuts are within one. @param shift characters of one byte before them
QString cyrillic(int shift)
{
    QString text(shift, u'-');
    while (text.size() < longText / 2)
        text += u"Журнал контейнера пишет по-русски. "_s;
    return text;
}

/// A small frame as a client sends it.
QByteArray frame(int opcode, const QByteArray &payload, bool mask = true)
{
    QByteArray bytes;
    bytes.append(static_cast<char>(0x80 | opcode)).append(static_cast<char>((mask ? 0x80 : 0) | static_cast<int>(payload.size())));
    return mask ? bytes + QByteArray(4, '\0') + payload : bytes + payload;
}

/// What the first close frame among the frames of a server says; 0 for none yet.
int closeCodeIn(const QByteArray &frames)
{
    const auto at = [&](qsizetype i) { return i < frames.size() ? static_cast<uchar>(frames.at(i)) : 0; };
    for (qsizetype i = 0; i + 1 < frames.size();) {
        const int opcode = at(i) & 0x0f;
        qsizetype size = at(i + 1);
        qsizetype head = 2;
        if (size == 126) {
            size = at(i + 2) * 256 + at(i + 3);
            head = 4;
        }
        if (opcode == 8)
            return at(i + head) * 256 + at(i + head + 1);
        i += head + size;
    }
    return 0;
}

/// A link of the signed door whose device sends what the test writes, and answers nothing by itself.
struct Line
{
    FleetHouse house;
    listen::KnownNetworks known;
    doors::DeviceBudgets budgets{{}};
    ServerUrls servers;
    listen::Rooms rooms{listen::Rooms::sizesFor(1024)};
    listen::ConnectionCounts counts;
    QTcpServer listener;
    QTcpSocket device;
    QPointer<listen::Connection> connection;
    QPointer<transport::WebSocket> webSocket;
    std::shared_ptr<doors::SignedLink> link;

    explicit Line(std::optional<std::chrono::seconds> turnAway = {})
    {
        if (!listener.listen(QHostAddress::LocalHost))
            qFatal("no port");
        device.connectToHost(QHostAddress::LocalHost, listener.serverPort());
        (void)muster::test::eventually(
            [this] { return listener.hasPendingConnections() && device.state() == QAbstractSocket::ConnectedState; });
        connection = new listen::Connection(listener.nextPendingConnection(), rooms, counts);
        connection->enter(listen::Phase::Introducing, limits::authenticateWithin);
        webSocket = new transport::WebSocket(connection->socket(), transport::WebSocket::Role::Server, connection);
        const auto context = std::make_shared<const doors::SignedContext>(doors::SignedContext{
            {.fleet = *house.fleet, .intake = *house.intake, .known = known, .counters = house.counters, .budgets = budgets},
            KeyPair::generate(Algorithm::EdDSA)->signer(),
            methods::authenticate,
            *house.calls,
            servers});
        // NOLINTNEXTLINE(modernize-make-shared): it has a deleter of its own
        link.reset(new doors::SignedLink(*connection, *webSocket, {}, context), [](doors::SignedLink *gone) { gone->deleteLater(); });
        link->setSelf(link);
        link->start(turnAway);
    }
    ~Line()
    {
        if (connection)
            connection->end(listen::Ending::Stopped);
        link.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    void tickAfter(std::chrono::milliseconds time) const { link->tick(steadyNow() + time.count()); }
    /// What the device was told with the goodbye; 0 where none came.
    int closeCode()
    {
        QByteArray read;
        int code = 0;
        (void)muster::test::eventually([&] { return (code = closeCodeIn(read += device.readAll())) != 0; });
        return code;
    }
};

} // namespace

/// What goes over the line between the server and devices that are not of our making: texts in any cut, and goodbyes.
class WireTest : public TestCase
{
    Q_OBJECT

    static KeyPair newKey() { return *KeyPair::generate(Algorithm::EdDSA); }
    TestServer m_server;

private slots:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(u"muster.*.info=false"_s);
        QCOMPARE(m_server.start(), QString());
    }

    // --- texts -----------------------------------------------------------------------------------------------------

    void longTextsArriveHoweverTheyAreCut_data()
    {
        QTest::addColumn<quint64>("frameBytes");
        QTest::addColumn<int>("shift");
        for (const int shift : {0, 1}) {
            QTest::addRow("as Qt cuts, shifted by %d", shift) << quint64(512 * 1024) << shift;
            for (const quint64 bytes : {101, 126, 4093, 65'536})
                QTest::addRow("frames of %llu, shifted by %d", bytes, shift) << bytes << shift;
        }
    }

    void longTextsArriveHoweverTheyAreCut()
    {
        QFETCH(const quint64, frameBytes);
        QFETCH(const int, shift);
        const QString id = u"long-%1-%2"_s.arg(frameBytes).arg(shift);
        const QString text = cyrillic(shift);
        const auto device = m_server.acceptedDevice(id, newKey());
        QVERIFY(device);
        device->socket().setOutgoingFrameSize(frameBytes);
        // The answer to a call, as with a log that is asked for at once.
        device->answerWith = [&text](const Request &) { return Result<QJsonValue>(QJsonObject{{"text"_L1, text}, {"cut"_L1, false}}); };
        const auto log = m_server.get(u"/api/v2/devices/%1/containers/web/logs"_s.arg(id));
        QCOMPARE(log.status, 200);
        QVERIFY(log.json["text"_L1].toString() == text);
        // A receipt, which has to stay to the byte as it was signed.
        runCommands(*device, id, text);
        const QString command = m_server.post(u"/api/v2/commands"_s, {{"device"_L1, id}, {"method"_L1, u"Report.Write"_s}})
                                    .json["items"_L1][0]["id"_L1]
                                    .toString();
        QTRY_COMPARE(m_server.get(u"/api/v2/commands/"_s + command).json["state"_L1], "done"_L1);
        QVERIFY(m_server.get(u"/api/v2/commands/"_s + command).json["result"_L1].toString() == text);
        const auto receipt = m_server.get(u"/api/v2/commands/%1/receipt"_s.arg(command)).json;
        const auto key = PublicKey::fromPem(receipt["public_key"_L1].toString().toLatin1());
        QVERIFY(key);
        QVERIFY(verifyReceipt(receipt["message"_L1].toString().toUtf8(), *key));
        QVERIFY(device->isOpen());
        QCOMPARE(device->requestsOf(u"Command.Run"_s).size(), 1);
    }

    void longTextsGoToOperatorsOverTheLiveSocket()
    {
        const QString text = cyrillic(1);
        const auto device = m_server.acceptedDevice(u"live-long"_s, newKey());
        QVERIFY(device);
        device->answerWith = [&text](const Request &) { return Result<QJsonValue>(text); };
        LiveClient live(m_server.server->url(), m_server.admin);
        const QJsonObject answer = live.ask(u"Devices.Call"_s, {{"id"_L1, u"live-long"_s}, {"method"_L1, u"A.B"_s}});
        QVERIFY(answer["result"_L1].toString() == text);
    }

    void aByteOrderMarkIsNoJson()
    {
        const auto device = m_server.acceptedDevice(u"mark"_s, newKey());
        QVERIFY(device);
        device->send(QChar(0xfeff) + device->sealed(Request{.id = u"1"_s, .method = methods::timeNow, .params = {}}));
        QCOMPARE(device->closeCode(), int(closecode::policy));
        QVERIFY(device->closeReason().contains("JSON"_L1));
    }

    // --- values that cannot be ---------------------------------------------------------------------------------------

    void samplesOfImpossibleTimesSpoilNoBatch()
    {
        const auto device = m_server.acceptedDevice(u"clocks"_s, newKey());
        QVERIFY(device);
        QList<HealthSample> samples;
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        for (const qint64 time : {qint64(0), qint64(1000), qint64(-5), qint64(1) << 52, now - 20'000, now + 86'400'000, now - 10'000}) {
            HealthSample sample;
            sample.time = time;
            sample[HealthField::Cpu] = 100;
            samples.append(sample);
        }
        const auto stored = device->ask(methods::healthReport, encodeHealthBatch(samples));
        QVERIFY(stored);
        QCOMPARE(stored->toObject(), (QJsonObject{{"stored"_L1, 2}, {"dropped"_L1, 5}}));
        // A value that no device can have is a fault of the device, which it is to hear of.
        samples.last()[HealthField::Cpu] = 1001;
        QCOMPARE(device->ask(methods::healthReport, encodeHealthBatch(samples)).error().code, int(InvalidParams));
    }

    void receiptsThatCannotBeAreRefused_data()
    {
        QTest::addColumn<QJsonObject>("outcome");
        QTest::addColumn<int>("code");
        const auto error = [](const QJsonValue &code, const QJsonValue &message) {
            return QJsonObject{{"error"_L1, QJsonObject{{"code"_L1, code}, {"message"_L1, message}}}};
        };
        QTest::newRow("a text as code") << error(u"x"_s, u"x"_s) << int(InvalidParams);
        QTest::newRow("a code of 33 bits") << error(4294967296LL, u"x"_s) << int(InvalidParams);
        QTest::newRow("a fraction as code") << error(1.5, u"x"_s) << int(InvalidParams);
        QTest::newRow("no message") << error(1, QJsonValue::Undefined) << int(InvalidParams);
        QTest::newRow("error null") << QJsonObject{{"error"_L1, QJsonValue::Null}} << int(InvalidParams);
        QTest::newRow("900 kB") << QJsonObject{{"result"_L1, QString(900'000, u'x')}} << int(TooLarge);
        QTest::newRow("an error of 900 kB") << QJsonObject{{"error"_L1,
                                                            QJsonObject{{"code"_L1, 1}, {"message"_L1, QString(900'000, u'x')}}}}
                                            << int(TooLarge);
    }

    void receiptsThatCannotBeAreRefused()
    {
        QFETCH(const QJsonObject, outcome);
        QFETCH(const int, code);
        const QString id = u"receipt-"_s + QString::fromLatin1(QTest::currentDataTag()).replace(' '_L1, '-'_L1);
        const auto device = m_server.acceptedDevice(id, newKey());
        QVERIFY(device);
        device->answerWith = [](const Request &) -> Result<QJsonValue> { return QJsonObject{{"state"_L1, u"running"_s}}; };
        const QString command =
            m_server.post(u"/api/v2/commands"_s, {{"device"_L1, id}, {"method"_L1, u"A.B"_s}}).json["items"_L1][0]["id"_L1].toString();
        QTRY_COMPARE(device->requestsOf(u"Command.Run"_s).size(), 1);
        QJsonObject receipt = receiptFor(id, device->requestsOf(u"Command.Run"_s).first(), 1);
        receipt.remove("result"_L1);
        for (auto it = outcome.begin(); it != outcome.end(); ++it)
            receipt.insert(it.key(), *it);
        QCOMPARE(device->ask(methods::commandDone, receipt).error().code, code);
        // The device's word that it has begun is written after its answer is read.
        QTRY_COMPARE(m_server.get(u"/api/v2/commands/"_s + command).json["state"_L1], "running"_L1);
    }

    void whatIsReportedIsKeptWholeOrRefused()
    {
        const auto device = m_server.acceptedDevice(u"writes"_s, newKey());
        QVERIFY(device);
        const QString text(15'000, u'\u0436');
        const QString name(300, u'n');
        QVERIFY(device->ask(methods::stateReport, {{"state"_L1, QJsonObject{{"note"_L1, text}, {name, 1}}}}));
        const QJsonValue reported = m_server.get(u"/api/v2/devices/writes"_s).json["reported"_L1];
        QVERIFY(reported["note"_L1].toString() == text);
        QCOMPARE(reported[name], 1);
        const auto event = [](const QJsonObject &more) {
            QJsonObject one{{"name"_L1, u"a"_s}, {"time"_L1, QDateTime::currentMSecsSinceEpoch()}};
            for (auto it = more.begin(); it != more.end(); ++it)
                one.insert(it.key(), *it);
            return QJsonObject{{"events"_L1, QJsonArray{one}}};
        };
        // As much as an agent lets pass: 16 KiB as it is sent, quotation marks included.
        QVERIFY(device->ask(methods::eventReport, event({{"data"_L1, QString(limits::eventBytes - 2, u'x')}})));
        QCOMPARE(device->ask(methods::eventReport, event({{"data"_L1, QString(limits::eventBytes - 1, u'x')}})).error().code,
                 int(TooLarge));
        QVERIFY(device->ask(methods::eventReport, event({{"source"_L1, QString(64, u's')}})));
        QCOMPARE(device->ask(methods::eventReport, event({{"source"_L1, QString(65, u's')}})).error().code, int(InvalidParams));
        const auto rows = m_server.get(u"/api/v2/devices/writes/history"_s).json["items"_L1].toArray();
        QVERIFY(
            std::ranges::any_of(rows, [](const QJsonValue &row) { return row["data"_L1].toString().size() == limits::eventBytes - 2; }));
    }

    // --- goodbyes --------------------------------------------------------------------------------------------------

    void brokenFramesAreToldSo_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<int>("code");
        for (const QByteArray &path : {QByteArray("/device"), QByteArray("/api/v2/live")}) {
            QTest::addRow("%s, not masked", path.constData()) << path << frame(1, "{}", false) << int(closecode::protocolError);
            QTest::addRow("%s, reserved opcode", path.constData()) << path << frame(3, "{}") << int(closecode::protocolError);
            QTest::addRow("%s, not UTF-8", path.constData()) << path << frame(1, "\xff") << int(closecode::badText);
            QTest::addRow("%s, binary", path.constData()) << path << frame(2, "{}") << int(closecode::unsupportedData);
            // It says how long it will be: nothing of it is waited for.
            QTest::addRow("%s, too long", path.constData())
                << path << QByteArray("\x81\xff\0\0\0\0\0\x50\0\0\0\0\0\0", 14) + QByteArray(200'000, 'x') << int(closecode::tooBig);
        }
    }

    void brokenFramesAreToldSo()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, sent);
        QFETCH(const int, code);
        RawHttp raw(m_server.server->url());
        raw.send("GET", path,
                 {{"Upgrade", "websocket"},
                  {"Connection", "Upgrade"},
                  {"Sec-WebSocket-Version", "13"},
                  {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                  {"Authorization", "Bearer " + m_server.admin.toLatin1()}});
        QCOMPARE(raw.head().status, 101);
        raw.socket.write(sent);
        QByteArray read;
        QTRY_COMPARE(closeCodeIn(read.append(raw.socket.readAll())), code);
        QTRY_COMPARE(raw.socket.state(), QAbstractSocket::UnconnectedState); // it answers no goodbye
    }

    void whoSendsTooMuchReadsWhy()
    {
        // The rest of it is on its way when the goodbye is written; cutting the line then would take it away.
        for (int i = 0; i < 5; ++i) {
            const auto device = m_server.acceptedDevice(u"fat-%1"_s.arg(i), newKey());
            QVERIFY(device);
            device->send(QString(5 * limits::messageBytesAfterAcceptance, u'x'));
            QCOMPARE(device->closeCode(), int(closecode::tooBig));
        }
    }

    void aReplacedConnectionIsToldSo()
    {
        const KeyPair key = newKey();
        const auto first = m_server.acceptedDevice(u"twice"_s, key);
        QVERIFY(first);
        const auto second = m_server.device(u"twice"_s, key);
        QCOMPARE(second->introduce(), u"accepted"_s);
        QCOMPARE(first->closeCode(), int(closecode::policy));
        QVERIFY(first->closeReason().contains("replaced"_L1));
    }

    void theDoorSaysWhyItCloses_data()
    {
        QTest::addColumn<QString>("why");
        QTest::addColumn<int>("code");
        QTest::newRow("no authentication in time") << u"late"_s << int(closecode::policy);
        QTest::newRow("pings unanswered") << u"silent"_s << int(closecode::policy);
        QTest::newRow("a message that does not end") << u"message"_s << int(closecode::policy);
        QTest::newRow("no room") << u"later"_s << int(closecode::tryAgainLater);
        QTest::newRow("the server stops") << u"stopping"_s << int(closecode::goingAway);
        QTest::newRow("something about this device") << u"refused"_s << int(closecode::policy);
        QTest::newRow("too many at once") << u"crowded"_s << int(closecode::tryAgainLater);
        QTest::newRow("a key that waits for ever") << u"pending"_s << int(closecode::tryAgainLater);
    }

    void theDoorSaysWhyItCloses()
    {
        QFETCH(const QString, why);
        QFETCH(const int, code);
        Line line(why == "crowded"_L1 ? std::optional(7s) : std::nullopt);
        if (why == "late"_L1) {
            line.tickAfter(8s);
            QVERIFY(!line.connection->hasEnded() && line.connection->phase() == listen::Phase::Introducing);
            line.tickAfter(9s);
        } else if (why == "silent"_L1) {
            line.connection->enter(listen::Phase::Accepted);
            for (int i = 1; i <= 3; ++i)
                line.tickAfter(31s * i);
        } else if (why == "message"_L1) {
            line.connection->enter(listen::Phase::Accepted);
            line.device.write(QByteArray("\x81\xfe\x01\x00\0\0\0\0half of it", 18));
            QTRY_VERIFY(line.webSocket->isInMessage());
            line.tickAfter(0s);
            line.tickAfter(149s);
            QCOMPARE(line.connection->phase(), listen::Phase::Accepted);
            line.tickAfter(151s);
        } else if (why == "later"_L1) {
            line.link->close(fleet::Farewell::Later, u"full"_s);
        } else if (why == "stopping"_L1) {
            line.link->close(fleet::Farewell::Stopping, u"stops"_s);
        } else if (why == "refused"_L1) {
            line.link->close(fleet::Farewell::Refused, u"no"_s);
        } else if (why == "pending"_L1) {
            line.link->tellStanding(fleet::Standing::Pending, u"a new key"_s);
            QTRY_COMPARE(line.connection->phase(), listen::Phase::Pending);
            line.tickAfter(24h);
        }
        QCOMPARE(line.closeCode(), code);
    }

    void aDeviceThatComesAtABadTimeIsToldWhenToComeBack()
    {
        Line line(7s);
        QByteArray read;
        QTRY_VERIFY(read.append(line.device.readAll()).contains("\"retry_after\":7"));
    }

    // --- errors of devices -----------------------------------------------------------------------------------------

    void anErrorOfADeviceIsNeverTakenForOneOfOurs()
    {
        const auto device = m_server.acceptedDevice(u"errors"_s, newKey());
        QVERIFY(device);
        int code = 0;
        device->answerWith = [&code](const Request &request) -> Result<QJsonValue> {
            return failure(code, u"as it likes"_s,
                           request.method == "With.Data"_L1 ? QJsonValue(QJsonObject{{"a"_L1, 1}}) : QJsonValue::Undefined);
        };
        LiveClient live(m_server.server->url(), m_server.admin);
        QList<int> codes{ParseError, InvalidRequest, MethodNotFound, InvalidParams, InternalError, 0, 1, 401, -2147483647 - 1, 2147483647};
        for (int ours = Unauthenticated; ours >= Expired; --ours)
            codes.append(ours);
        for (const int one : std::as_const(codes)) {
            code = one;
            const auto plain = m_server.post(u"/api/v2/devices/errors/rpc/Any.Method"_s);
            QVERIFY2(plain.status == 502, qPrintable(u"%1: %2"_s.arg(code).arg(plain.status)));
            QCOMPARE(plain.errorCode(), code);
            QCOMPARE(plain.json["error"_L1]["data"_L1].toObject(), (QJsonObject{{"source"_L1, u"device"_s}}));
            QCOMPARE(m_server.get(u"/api/v2/devices/errors/containers"_s).status, 502);
            const QJsonObject answer = live.ask(u"Devices.Call"_s, {{"id"_L1, u"errors"_s}, {"method"_L1, u"A.B"_s}});
            QCOMPARE(answer["error"_L1]["code"_L1], code);
            QCOMPARE(answer["error"_L1]["data"_L1]["source"_L1], "device"_L1);
            const QJsonObject log =
                live.ask(u"Live.Subscribe"_s,
                         {{"topic"_L1, u"logs"_s}, {"device"_L1, u"errors"_s}, {"container"_L1, u"web"_s}, {"credit"_L1, 65'536}});
            QCOMPARE(log["error"_L1]["data"_L1]["source"_L1], "device"_L1);
        }
        const auto with = m_server.post(u"/api/v2/devices/errors/rpc/With.Data"_s);
        QCOMPARE(with.json["error"_L1]["data"_L1].toObject(),
                 (QJsonObject{{"source"_L1, u"device"_s}, {"data"_L1, QJsonObject{{"a"_L1, 1}}}}));
        QVERIFY(live.ask(u"Live.Ping"_s).contains("result"_L1)); // still signed in
    }

    void aDeviceHasOneBudgetOverAllItsConnections()
    {
        doors::DeviceBudgets budgets({.messages = 1, .bytes = 1024});
        const qint64 now = steadyNow();
        const auto first = budgets.of(u"pump"_s);
        int taken = 0;
        while (!first->spend(10, 1, now).wait)
            ++taken;
        QCOMPARE(taken, 20);
        QVERIFY(budgets.of(u"pump"_s)->spend(10, 1, now).wait);
        QVERIFY(!budgets.of(u"other"_s)->spend(10, 1, now).wait);
        // Told often enough, by messages or by bytes, it is deaf.
        QVERIFY(!first->spend(10, 1, now).isDeaf);
        QVERIFY(first->spend(9 * 1024 * 1024, 1, now).isDeaf);
    }

    void whoComesTooOftenIsToldSo()
    {
        Settings poor;
        poor.deviceBudget = {.messages = 1, .bytes = 1024};
        TestServer server(poor);
        QCOMPARE(server.start(), QString());
        const KeyPair key = newKey();
        QVERIFY(server.acceptedDevice(u"poor"_s, key));
        const auto again = server.device(u"poor"_s, key);
        QVERIFY(again->introduce() != "accepted"_L1);
        // Nobody spends it who has but its name.
        const auto stranger = server.device(u"poor"_s, newKey());
        QCOMPARE(stranger->introduce(), u"pending"_s);
        QTRY_VERIFY(!again->isOpen());
    }

    void whatWasAskedForCostsTheDeviceNothing()
    {
        Settings poor;
        poor.deviceBudget = {.messages = 1, .bytes = 1024}; // twenty at once, and then one a second
        TestServer server(poor);
        QCOMPARE(server.start(), QString());
        const auto device = server.acceptedDevice(u"poor"_s, newKey());
        QVERIFY(device);
        for (int i = 0; i < 60; ++i)
            QCOMPARE(server.post(u"/api/v2/devices/poor/rpc/Any.Method"_s).status, 200);
        // What it sends by itself is counted.
        bool refused = false;
        for (int i = 0; i < 40 && !refused; ++i)
            refused = !device->ask(u"Time.Now"_s);
        QVERIFY(refused);
    }

    void ourOwnErrorsDoNotLookLikeADevices()
    {
        const auto away = m_server.post(u"/api/v2/devices/nobody-there/rpc/A.B"_s);
        QCOMPARE(away.status, 404);
        QVERIFY(!away.json["error"_L1].toObject().contains("data"_L1));
    }

    void aDeviceThatSaysThatItIsAwayIsNotAskedForEver()
    {
        const auto device = m_server.acceptedDevice(u"says-away"_s, newKey());
        QVERIFY(device);
        device->answerWith = [](const Request &) -> Result<QJsonValue> { return failure(DeviceOffline, u"I am not here"_s); };
        const QString command = m_server.post(u"/api/v2/commands"_s, {{"device"_L1, u"says-away"_s}, {"method"_L1, u"A.B"_s}})
                                    .json["items"_L1][0]["id"_L1]
                                    .toString();
        QTRY_COMPARE(m_server.get(u"/api/v2/commands/"_s + command).json["state"_L1], "failed"_L1);
        QCOMPARE(device->requestsOf(u"Command.Run"_s).size(), 1);
    }
};

MUSTER_TEST(WireTest)
#include "tst_wire.moc"
