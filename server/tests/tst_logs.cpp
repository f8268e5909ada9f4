// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tests/liveclient.h"
#include "server/tests/testserver.h"
#include "tests/support/testcase.h"

#include "protocol/rpc/limits.h"

#include <QJsonArray>
#include <QLoggingCategory>
#include <QTcpSocket>

using namespace muster;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// A container's log, from a device's stream to a live socket, over real connections.
class LogsTest : public TestCase
{
    Q_OBJECT

    static constexpr qint64 window = 64 * 1024;

    /// A device that opens every stream that it is asked for.
    std::unique_ptr<TestDevice> newDevice(const QString &id)
    {
        auto device = m_server.acceptedDevice(id, *KeyPair::generate(Algorithm::EdDSA));
        if (device)
            device->answerWith = [](const Request &) { return Result<QJsonValue>(QJsonObject{}); };
        return device;
    }
    static QJsonObject follow(const QString &device, qint64 credit = window)
    {
        return {{"topic"_L1, u"logs"_s}, {"device"_L1, device}, {"container"_L1, u"web"_s}, {"follow"_L1, true}, {"credit"_L1, credit}};
    }
    /// The id of the stream that the server asked for last.
    static QString lastStream(const TestDevice &device)
    {
        const auto requests = device.requestsOf(u"Container.Logs"_s);
        return requests.isEmpty() ? QString() : requests.last()["stream"_L1]["id"_L1].toString();
    }
    static void sendPiece(TestDevice &device, const QString &stream, int seq, const QJsonValue &data)
    {
        device.notify(u"Stream.Data"_s, {{"stream"_L1, stream}, {"seq"_L1, seq}, {"data"_L1, data}});
    }
    /// The server has read everything that the device sent before.
    static bool isHeard(TestDevice &device) { return device.ask(u"Time.Now"_s).has_value(); }
    static QString textOf(const LiveClient &live)
    {
        QString text;
        for (const QJsonObject &news : live.allOf(u"Live.Log"_s))
            text += news["text"_L1].toString();
        return text;
    }
    qint64 streamsOpen() const { return m_server.server->counters().streamsOpen; }

    TestServer m_server;

private slots:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(u"muster.*.info=false"_s);
        QCOMPARE(m_server.start(), QString());
    }

    void cleanup() { QTRY_COMPARE(streamsOpen(), 0); }

    void flowsWhileItsReaderGrants()
    {
        const auto device = newDevice(u"flow"_s);
        QVERIFY(device);
        // The first lines come at once with the answer: none of them is lost.
        device->afterwards = [&device](const Request &request) {
            if (request.method == "Container.Logs"_L1)
                sendPiece(*device, request.params["stream"_L1]["id"_L1].toString(), 1, u"1 - first\n"_s);
        };
        LiveClient live(m_server.server->url(), m_server.admin);
        const QString id = live.ask(u"Live.Subscribe"_s, follow(u"flow"_s))["result"_L1]["subscription"_L1].toString();
        QVERIFY(!id.isEmpty());
        const QJsonObject asked = device->requestsOf(u"Container.Logs"_s).last();
        QCOMPARE(asked["id"_L1], "web"_L1);
        QCOMPARE(asked["follow"_L1], true);
        QCOMPARE(asked["stream"_L1]["credit"_L1], window);
        QVERIFY(!asked.contains("container"_L1) && !asked.contains("topic"_L1));
        QTRY_COMPARE(textOf(live), u"1 - first\n"_s);
        QCOMPARE(live.lastOf(u"Live.Log"_s)["subscription"_L1].toString(), id);

        const QString stream = lastStream(*device);
        const QString piece(16 * 1024, u'ü'); // 32 KiB
        sendPiece(*device, stream, 2, piece);
        QTRY_COMPARE(textOf(live).size(), 10 + piece.size());
        QVERIFY(isHeard(*device));
        QVERIFY(device->notificationsOf(u"Stream.Credit"_s).isEmpty()); // nobody granted
        // More than came cannot be granted; what came goes on to the device.
        QCOMPARE(live.ask(u"Live.Credit"_s, {{"subscription"_L1, id}, {"bytes"_L1, window}})["error"_L1]["code"_L1], int(TooLarge));
        QCOMPARE(live.ask(u"Live.Credit"_s, {{"subscription"_L1, id}, {"bytes"_L1, 0}})["error"_L1]["code"_L1], int(InvalidParams));
        QCOMPARE(live.ask(u"Live.Credit"_s, {{"subscription"_L1, u"s99"_s}, {"bytes"_L1, 1}})["error"_L1]["code"_L1], int(NotFound));
        QVERIFY(live.ask(u"Live.Credit"_s, {{"subscription"_L1, id}, {"bytes"_L1, 32 * 1024 + 10}}).contains("result"_L1));
        QTRY_COMPARE(device->notificationsOf(u"Stream.Credit"_s).size(), 1);
        QCOMPARE(device->notificationsOf(u"Stream.Credit"_s).first()["bytes"_L1], 32 * 1024 + 10);
        device->notify(u"Stream.Close"_s, {{"stream"_L1, stream}});
        QTRY_COMPARE(live.lastOf(u"Live.LogEnd"_s)["subscription"_L1].toString(), id);
        QVERIFY(live.lastOf(u"Live.LogEnd"_s)["error"_L1].isNull());
        QCOMPARE(live.ask(u"Live.Unsubscribe"_s, {{"subscription"_L1, id}})["error"_L1]["code"_L1], int(NotFound));
    }

    /// Sends the wishes of a live client over a socket from which nothing is ever read.
    static void sendFrame(QTcpSocket &socket, const QJsonObject &message)
    {
        const QByteArray text = QJsonDocument(message).toJson(QJsonDocument::Compact);
        QByteArray frame("\x81\xfe", 2); // text, masked with zeros, 16-bit length
        frame += static_cast<char>(text.size() >> 8);
        frame += static_cast<char>(text.size() & 0xff);
        socket.write(frame + QByteArray(4, '\0') + text);
    }

    void aClientThatReadsNothingHoldsNothingButAWindow()
    {
        const auto device = newDevice(u"slow"_s);
        QVERIFY(device);
        QTcpSocket deaf;
        deaf.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(QUrl(m_server.server->url()).port()));
        QTRY_COMPARE(deaf.state(), QAbstractSocket::ConnectedState);
        deaf.write(
            "GET /api/v2/live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
            + m_server.admin.toLatin1() + "\r\n\r\n");
        QTRY_VERIFY(deaf.peek(1000).endsWith("\r\n\r\n"));
        deaf.setReadBufferSize(1); // from here on nothing is read
        sendFrame(deaf, {{"jsonrpc"_L1, u"2.0"_s},
                         {"id"_L1, u"1"_s},
                         {"method"_L1, u"Live.Subscribe"_s},
                         {"params"_L1, follow(u"slow"_s, limits::streamWindowBytes)}});
        QTRY_VERIFY(!lastStream(*device).isEmpty());
        const QString stream = lastStream(*device);
        // The device sends all that it may, and hears of no more.
        const int pieces = limits::streamWindowBytes / limits::streamPieceBytes;
        for (int seq = 1; seq <= pieces; ++seq)
            sendPiece(*device, stream, seq, QString(limits::streamPieceBytes, 'x'_L1));
        QVERIFY(isHeard(*device));
        QVERIFY(m_server.get(u"/healthz"_s).status == 200);
        QVERIFY(device->notificationsOf(u"Stream.Credit"_s).isEmpty());
        QVERIFY(device->notificationsOf(u"Stream.Close"_s).isEmpty());
        QCOMPARE(streamsOpen(), 1);
        // One that sends on regardless is cut off.
        sendPiece(*device, stream, pieces + 1, u"x"_s);
        QTRY_COMPARE(device->notificationsOf(u"Stream.Close"_s).size(), 1);
        QCOMPARE(device->notificationsOf(u"Stream.Close"_s).first()["error"_L1]["code"_L1], int(TooMany));
        QVERIFY(device->isOpen());
    }

    void endsWithItsReader_data()
    {
        QTest::addColumn<QString>("how");
        for (const char *how : {"unsubscribed", "socket closed", "signed out"})
            QTest::newRow(how) << QString::fromLatin1(how);
    }

    void endsWithItsReader()
    {
        QFETCH(const QString, how);
        const auto device = newDevice(u"left-"_s + QString(how).replace(' '_L1, '-'_L1));
        QVERIFY(device);
        const QString token = m_server.signedIn(u"reader-"_s + QString(how).replace(' '_L1, '-'_L1), u"viewer"_s);
        LiveClient live(m_server.server->url(), token);
        const QString id =
            live.ask(u"Live.Subscribe"_s, follow(u"left-"_s + QString(how).replace(' '_L1, '-'_L1)))["result"_L1]["subscription"_L1]
                .toString();
        QVERIFY(!id.isEmpty());
        if (how == "unsubscribed"_L1)
            QVERIFY(live.ask(u"Live.Unsubscribe"_s, {{"subscription"_L1, id}}).contains("result"_L1));
        else if (how == "socket closed"_L1)
            live.socket.abort();
        else
            QCOMPARE(m_server.http("DELETE", u"/api/v2/session"_s, {}, token).status, 200);
        QTRY_COMPARE(device->notificationsOf(u"Stream.Close"_s).size(), 1);
        QCOMPARE(device->notificationsOf(u"Stream.Close"_s).first()["stream"_L1].toString(), lastStream(*device));
        // What crosses the close on its way is ignored.
        sendPiece(*device, lastStream(*device), 1, u"late"_s);
        QVERIFY(isHeard(*device));
    }

    void saysWhyWhenTheDeviceGoes()
    {
        const auto device = newDevice(u"leaver"_s);
        QVERIFY(device);
        LiveClient live(m_server.server->url(), m_server.admin);
        QVERIFY(live.ask(u"Live.Subscribe"_s, follow(u"leaver"_s)).contains("result"_L1));
        device->close();
        QTRY_COMPARE(live.lastOf(u"Live.LogEnd"_s)["error"_L1]["code"_L1], int(DeviceOffline));
        QVERIFY(live.lastOf(u"Live.LogEnd"_s)["error"_L1]["message"_L1].toString().contains("leaver"_L1));
    }

    void hostilePieces_data()
    {
        QTest::addColumn<QJsonObject>("piece");
        QTest::addColumn<int>("code");
        QTest::newRow("out of turn") << QJsonObject{{"seq"_L1, 2}, {"data"_L1, u"x"_s}} << int(Replayed);
        QTest::newRow("no number") << QJsonObject{{"seq"_L1, u"1"_s}, {"data"_L1, u"x"_s}} << int(Replayed);
        QTest::newRow("not granted") << QJsonObject{{"seq"_L1, 1}, {"data"_L1, QString(window + 1, 'x'_L1)}} << int(TooMany);
        QTest::newRow("no text") << QJsonObject{{"seq"_L1, 1}, {"data"_L1, 5}} << int(InvalidParams);
        QTest::newRow("nothing") << QJsonObject{{"seq"_L1, 1}} << int(InvalidParams);
    }

    void hostilePieces()
    {
        QFETCH(QJsonObject, piece);
        QFETCH(const int, code);
        const QString name = u"hostile-"_s + QString::fromLatin1(QTest::currentDataTag()).replace(' '_L1, '-'_L1);
        const auto device = newDevice(name);
        QVERIFY(device);
        LiveClient live(m_server.server->url(), m_server.admin);
        QVERIFY(live.ask(u"Live.Subscribe"_s, follow(name)).contains("result"_L1));
        // Of a stream that is not open: nothing happens.
        sendPiece(*device, u"another"_s, 1, u"x"_s);
        device->notify(u"Stream.Close"_s, {{"stream"_L1, QString(1000, 'x'_L1)}});
        device->notify(u"Stream.Close"_s, {});
        QVERIFY(isHeard(*device));
        QVERIFY(live.allOf(u"Live.LogEnd"_s).isEmpty());
        piece.insert("stream"_L1, lastStream(*device));
        device->notify(u"Stream.Data"_s, piece);
        QTRY_COMPARE(live.lastOf(u"Live.LogEnd"_s)["error"_L1]["code"_L1], code);
        QTRY_COMPARE(device->notificationsOf(u"Stream.Close"_s).size(), 1);
        QCOMPARE(device->notificationsOf(u"Stream.Close"_s).first()["error"_L1]["code"_L1], code);
        QVERIFY(device->isOpen());
        QVERIFY(textOf(live).isEmpty());
    }

    void opensSixteenAndNoMore()
    {
        const auto device = newDevice(u"many"_s);
        QVERIFY(device);
        std::array<std::unique_ptr<LiveClient>, 3> clients;
        for (auto &client : clients)
            client = std::make_unique<LiveClient>(m_server.server->url(), m_server.admin);
        for (int i = 0; i < limits::streamsOpen; ++i)
            QVERIFY(clients[static_cast<size_t>(i % 3)]->ask(u"Live.Subscribe"_s, follow(u"many"_s)).contains("result"_L1));
        const QJsonObject refused = clients[2]->ask(u"Live.Subscribe"_s, follow(u"many"_s));
        QCOMPARE(refused["error"_L1]["code"_L1], int(TooMany));
        QCOMPARE(device->requestsOf(u"Container.Logs"_s).size(), limits::streamsOpen);
        // One socket has fewer still.
        LiveClient greedy(m_server.server->url(), m_server.admin);
        const auto other = newDevice(u"many-2"_s);
        int opened = 0;
        while (opened < limits::streamsOpen && greedy.ask(u"Live.Subscribe"_s, follow(u"many-2"_s)).contains("result"_L1))
            ++opened;
        QCOMPARE(opened, 8);
    }

    void passesErrorsThrough()
    {
        const auto device = newDevice(u"wrong"_s);
        QVERIFY(device);
        LiveClient live(m_server.server->url(), m_server.admin);
        const auto codeOf = [&](const QJsonObject &params) { return live.ask(u"Live.Subscribe"_s, params)["error"_L1]["code"_L1].toInt(); };
        device->answerWith = [](const Request &) { return failure(NotFound, u"there is no container \"web\""_s); };
        QCOMPARE(codeOf(follow(u"wrong"_s)), int(NotFound));
        QCOMPARE(codeOf(follow(u"nobody"_s)), int(NotFound));
        QCOMPARE(codeOf(follow(QString(1000, 'a'_L1))), int(InvalidParams));
        QCOMPARE(codeOf(follow(u"wrong"_s, 1)), int(InvalidParams));
        QCOMPARE(codeOf(follow(u"wrong"_s, limits::streamWindowBytes + 1)), int(InvalidParams));
        QJsonObject nameless = follow(u"wrong"_s);
        nameless.remove("container"_L1);
        QCOMPARE(codeOf(nameless), int(InvalidParams));
        device->close();
        QTRY_COMPARE(m_server.get(u"/api/v2/devices/wrong"_s).json["presence"_L1]["state"_L1], "offline"_L1);
        QCOMPARE(codeOf(follow(u"wrong"_s)), int(DeviceOffline));
        QVERIFY(live.allOf(u"Live.LogEnd"_s).isEmpty());
    }
};

MUSTER_TEST(LogsTest)
#include "tst_logs.moc"
