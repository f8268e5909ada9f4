// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testcase.h"
#include "transport/closecodes.h"
#include "transport/unsentbytes.h"
#include "transport/upgrade.h"
#include "transport/websocket.h"
#include "transport/websocketdialler.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace muster::transport;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Two sockets that are connected with each other.
struct Pair
{
    QTcpServer listener;
    QTcpSocket peer; ///< raw
    std::unique_ptr<QTcpSocket> own;

    Pair()
    {
        if (!listener.listen(QHostAddress::LocalHost))
            qFatal("no port");
        peer.connectToHost(QHostAddress::LocalHost, listener.serverPort());
        (void)muster::test::eventually(
            [this] { return listener.hasPendingConnections() && peer.state() == QAbstractSocket::ConnectedState; });
        own.reset(listener.nextPendingConnection());
        own->setReadBufferSize(64 * 1024);
    }
};

/// One frame as a client sends it. @param mask false for one that breaks the rule
QByteArray frame(int opcode, const QByteArray &payload, bool fin = true, bool mask = true)
{
    QByteArray text;
    text.append(static_cast<char>((fin ? 0x80 : 0) | opcode));
    const char masked = mask ? static_cast<char>(0x80) : 0;
    if (payload.size() < 126) {
        text.append(static_cast<char>(masked | static_cast<char>(payload.size())));
    } else if (payload.size() < 65536) {
        text.append(static_cast<char>(masked | 126))
            .append(static_cast<char>(payload.size() >> 8))
            .append(static_cast<char>(payload.size()));
    } else {
        text.append(static_cast<char>(masked | 127)).append(4, '\0');
        for (int shift = 24; shift >= 0; shift -= 8)
            text.append(static_cast<char>(payload.size() >> shift));
    }
    if (!mask)
        return text + payload;
    const QByteArray key("\x11\x22\x33\x44");
    text += key;
    for (qsizetype i = 0; i < payload.size(); ++i)
        text.append(static_cast<char>(payload.at(i) ^ key.at(i % 4)));
    return text;
}

constexpr int continuation = 0;
constexpr int textFrame = 1;
constexpr int closeFrame = 8;
constexpr int pingFrame = 9;
constexpr int pongFrame = 10;

int codeOfClose(const QByteArray &bytes)
{
    if (bytes.size() < 4 || static_cast<uchar>(bytes.at(0)) != 0x88)
        return -1;
    return static_cast<uchar>(bytes.at(2)) * 256 + static_cast<uchar>(bytes.at(3));
}

} // namespace

class WebSocketTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void joinsFramesThatAreCutWithinACharacter()
    {
        Pair pair;
        WebSocket socket(*pair.own, WebSocket::Role::Server);
        QSignalSpy texts(&socket, &WebSocket::textReceived);
        const QByteArray word = QString(u"д"_s).toUtf8();
        pair.peer.write(frame(textFrame, "a" + word.first(1), false));
        pair.peer.write(frame(pingFrame, "between"));
        pair.peer.write(frame(continuation, word.sliced(1) + "b", true));
        QTRY_COMPARE(texts.size(), 1);
        QCOMPARE(texts.at(0).at(0).toByteArray(), "a" + word + "b");
        QVERIFY(!socket.isInMessage());
    }

    void takesPartsOfOneByteAndEmptyOnes()
    {
        Pair pair;
        WebSocket socket(*pair.own, WebSocket::Role::Server);
        QSignalSpy texts(&socket, &WebSocket::textReceived);
        const QByteArray text(5000, 'x');
        QByteArray frames = frame(textFrame, "", false);
        for (qsizetype i = 0; i < text.size(); ++i)
            frames += frame(continuation, "x", false) + frame(continuation, "", false);
        pair.peer.write(frames + frame(continuation, "", true));
        QTRY_COMPARE(texts.size(), 1);
        QCOMPARE(texts.at(0).at(0).toByteArray(), text);
    }

    void closesForBrokenRules_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, const QByteArray &bytes, quint16 code) { QTest::newRow(name) << bytes << int(code); };
        row("not masked", frame(textFrame, "x", true, false), closecode::protocolError);
        row("reserved bit", QByteArray("\xc1\x80\x01\x02\x03\x04", 6), closecode::protocolError);
        row("reserved opcode", frame(3, "x"), closecode::protocolError);
        row("long ping", frame(pingFrame, QByteArray(126, 'x')), closecode::protocolError);
        row("ping in parts", frame(pingFrame, "x", false), closecode::protocolError);
        row("a part of nothing", frame(continuation, "x"), closecode::protocolError);
        row("a message in a message", frame(textFrame, "x", false) + frame(textFrame, "y"), closecode::protocolError);
        row("not UTF-8", frame(textFrame, "\xff"), closecode::badText);
        row("half a character at the end", frame(textFrame, "\xd0"), closecode::badText);
        row("surrogate", frame(textFrame, "\xed\xa0\x80"), closecode::badText);
        row("over the limit", frame(textFrame, QByteArray(1001, 'x')), closecode::tooBig);
        row("over the limit, in parts", frame(textFrame, QByteArray(600, 'x'), false) + frame(continuation, QByteArray(600, 'x')),
            closecode::tooBig);
        row("says that it is huge", QByteArray("\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x01\x02\x03\x04", 14), closecode::tooBig);
        row("half a code", frame(closeFrame, "x"), closecode::protocolError);
        row("bad code", frame(closeFrame, QByteArray("\x03\xed", 2)), closecode::protocolError);
    }

    void closesForBrokenRules()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, code);
        Pair pair;
        WebSocket socket(*pair.own, WebSocket::Role::Server);
        socket.setLimits(1000, 64 * 1024);
        QSignalSpy texts(&socket, &WebSocket::textReceived);
        QSignalSpy finished(&socket, &WebSocket::finished);
        pair.peer.write(bytes + frame(textFrame, "never read"));
        QTRY_COMPARE(finished.size(), 1);
        QByteArray answer;
        QTRY_VERIFY(answer.append(pair.peer.readAll()).size() >= 4);
        QCOMPARE(codeOfClose(answer), code);
        QCOMPARE(socket.closeCode(), code);
        QVERIFY(texts.isEmpty());
    }

    void answersAGoodbye_data()
    {
        QTest::addColumn<int>("code");
        for (const int code : {1000, 1001, 1011, 1012, 1013, 1014, 3000, 4401, 4999})
            QTest::addRow("%d", code) << code;
    }

    void answersAGoodbye()
    {
        QFETCH(const int, code);
        for (const auto role : {WebSocket::Role::Server, WebSocket::Role::Client}) {
            Pair pair;
            WebSocket socket(*pair.own, role);
            QSignalSpy finished(&socket, &WebSocket::finished);
            const std::array said{static_cast<char>(code / 256), static_cast<char>(code % 256), 'o', 'f', 'f'};
            const QByteArray bytes = frame(closeFrame, QByteArray(said.data(), said.size()), true, role == WebSocket::Role::Server);
            pair.peer.write(bytes.first(3));
            pair.peer.flush();
            pair.peer.write(bytes.sliced(3));
            QTRY_COMPARE(finished.size(), 1);
            QCOMPARE(int(socket.closeCode()), code);
            QCOMPARE(socket.closeReason(), u"off"_s);
            QByteArray answer;
            QTRY_VERIFY(answer.append(pair.peer.readAll()).size() >= 4);
            QCOMPARE(static_cast<uchar>(answer.at(0)), 0x88U);
            // RFC 6455 section 5.1: a client's frames are masked, its goodbye too.
            const bool isMasked = (static_cast<uchar>(answer.at(1)) & 0x80U) != 0;
            QCOMPARE(isMasked, role == WebSocket::Role::Client);
            if (!isMasked)
                QCOMPARE(codeOfClose(answer), code);
        }
    }

    void endsWhoFloodsWithPings()
    {
        for (const int opcode : {pingFrame, pongFrame}) {
            Pair pair;
            WebSocket socket(*pair.own, WebSocket::Role::Server);
            QSignalSpy finished(&socket, &WebSocket::finished);
            QByteArray burst;
            for (int i = 0; i < 50; ++i)
                burst += frame(opcode, "x");
            QSignalSpy texts(&socket, &WebSocket::textReceived);
            pair.peer.write(burst + frame(textFrame, "still here"));
            QTRY_COMPARE(texts.size(), 1);
            pair.peer.write(burst + burst);
            QTRY_COMPARE(finished.size(), 1);
            QCOMPARE(socket.closeCode(), closecode::policy);
        }
    }

    void aClientMasksItsGoodbyeToABrokenFrame()
    {
        Pair pair;
        WebSocket socket(*pair.own, WebSocket::Role::Client);
        QSignalSpy finished(&socket, &WebSocket::finished);
        pair.peer.write(frame(textFrame, "x", true, true)); // a server's frames are not masked
        QTRY_COMPARE(finished.size(), 1);
        QByteArray answer;
        QTRY_VERIFY(answer.append(pair.peer.readAll()).size() >= 4);
        QCOMPARE(static_cast<uchar>(answer.at(0)), 0x88U);
        QVERIFY((static_cast<uchar>(answer.at(1)) & 0x80U) != 0);
    }

    void whoSendsWithoutAPauseLetsOthersHaveTheirTurn()
    {
        Pair busy;
        Pair quiet;
        WebSocket first(*busy.own, WebSocket::Role::Server);
        WebSocket second(*quiet.own, WebSocket::Role::Server);
        int handled = 0;
        int before = -1; // handled of the first one's, when the second one's only message was
        connect(&first, &WebSocket::textReceived, this, [&handled] {
            ++handled;
            // What a signature costs.
            for (QElapsedTimer work =
                     [] {
                         QElapsedTimer begun;
                         begun.start();
                         return begun;
                     }();
                 work.durationElapsed() < std::chrono::milliseconds(1);) {}
        });
        connect(&second, &WebSocket::textReceived, this, [&] { before = handled; });
        constexpr int messages = 500;
        for (int i = 0; i < messages; ++i)
            busy.peer.write(frame(textFrame, QByteArray(100, 'x')));
        quiet.peer.write(frame(textFrame, "x"));
        busy.peer.flush();
        quiet.peer.flush();
        QTRY_COMPARE(handled, messages); // none is forgotten for it
        QVERIFY2(before >= 0 && before < messages / 2, qPrintable(QString::number(before)));
    }

    void holdsNoMoreForAPeerThatPingsAndDoesNotRead()
    {
        Pair pair;
        // What the system takes is not ours: keep it small, so that it is full soon.
        pair.own->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 4096);
        pair.peer.setReadBufferSize(1);
        WebSocket socket(*pair.own, WebSocket::Role::Server);
        socket.setLimits(1000, 64 * 1024);
        const QByteArray ping = frame(pingFrame, QByteArray(125, 'x'));
        QByteArray flood;
        for (int i = 0; i < 100'000; ++i)
            flood += ping;
        qint64 most = 0;
        connect(&socket, &WebSocket::heard, &socket, [&] { most = std::max(most, socket.unsentBytes()); });
        pair.peer.write(flood);
        // It is not read on: what is left stays with the peer.
        QTRY_COMPARE(socket.closeCode(), closecode::policy);
        QVERIFY2(most < 16 * 1024, qPrintable(QString::number(most)));
        QVERIFY(pair.peer.bytesToWrite() > 0);
    }

    void sendsLongTextsInOneFrame()
    {
        QWebSocketServer server(u"test"_s, QWebSocketServer::NonSecureMode);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QString text;
        for (int i = 0; i < 400'000; ++i)
            text.append(QChar(0x430 + i % 30));
        WebSocketDialler dialler(QUrl(u"ws://127.0.0.1:%1/x"_s.arg(server.serverPort())), {}, "test");
        QSignalSpy connected(&dialler, &WebSocketDialler::connected);
        dialler.dial();
        QTRY_COMPARE(connected.size(), 1);
        QTRY_VERIFY(server.hasPendingConnections());
        const std::unique_ptr<QWebSocket> other(server.nextPendingConnection());
        QSignalSpy came(other.get(), &QWebSocket::textMessageReceived);
        dialler.webSocket()->sendText(text.toUtf8());
        QTRY_COMPARE(came.size(), 1);
        QVERIFY(came.at(0).at(0).toString() == text);
        // Qt cuts what it sends, here within a character; that joins again.
        dialler.webSocket()->setLimits(2 * 1024 * 1024, 64 * 1024);
        QSignalSpy texts(dialler.webSocket(), &WebSocket::textReceived);
        other->sendTextMessage(u"x"_s + text);
        QTRY_COMPARE(texts.size(), 1);
        QVERIFY(texts.at(0).at(0).toByteArray() == (u"x"_s + text).toUtf8());
        QSignalSpy pongs(dialler.webSocket(), &WebSocket::pongReceived);
        dialler.webSocket()->ping();
        QTRY_COMPARE(pongs.size(), 1);
        QSignalSpy ended(&dialler, &WebSocketDialler::ended);
        other->close(QWebSocketProtocol::CloseCodeGoingAway, u"enough"_s);
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(ended.at(0).at(0).toString(), u"enough"_s);
    }

    void saysWhatAServerAnsweredInstead()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, &server,
                [&server] { server.nextPendingConnection()->write("HTTP/1.1 503 Busy\r\nRetry-After: 9\r\nContent-Length: 0\r\n\r\n"); });
        WebSocketDialler dialler(QUrl(u"ws://127.0.0.1:%1/x"_s.arg(server.serverPort())), {}, "test");
        QSignalSpy ended(&dialler, &WebSocketDialler::ended);
        dialler.dial();
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(ended.at(0).at(0).toString().contains(u"503 Busy"_s));
        QCOMPARE(ended.at(0).at(1).toInt(), 9);
    }

    void saysThatNobodyListens()
    {
        WebSocketDialler dialler(QUrl(u"ws://127.0.0.1:1/x"_s), {}, "test");
        QSignalSpy ended(&dialler, &WebSocketDialler::ended);
        dialler.dial();
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(!ended.at(0).at(0).toString().isEmpty());
        QCOMPARE(ended.at(0).at(1).toInt(), -1);
    }

    void cutsReasonsBetweenCharacters()
    {
        QCOMPARE(utf8Within(u"äöü"_s, 4), QString(u"äö"_s).toUtf8());
        QCOMPARE(utf8Within(u"äöü"_s, 5), QString(u"äö"_s).toUtf8());
        QCOMPARE(utf8Within(u"abc"_s, 10), "abc"_ba);
        QCOMPARE(utf8Within(u"\U0001F600"_s, 3), QByteArray());
    }
};

MUSTER_TEST(WebSocketTest)
#include "tst_websocket.moc"
