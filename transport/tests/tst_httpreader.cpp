// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testcase.h"
#include "transport/httpreader.h"
#include "transport/upgrade.h"

using namespace muster;
using namespace muster::transport;
using namespace Qt::Literals::StringLiterals;
using Kind = HttpReader::Kind;

class HttpReaderTest : public muster::test::TestCase
{
    Q_OBJECT

private:
    static constexpr qsizetype headBytes = 1000;
    static constexpr qsizetype bodyBytes = 100;

    /// Takes a text in pieces of a size. @return how much was taken, or the error
    static Result<qsizetype> takeInPieces(HttpReader &reader, const QByteArray &text, qsizetype piece)
    {
        qsizetype all = 0;
        for (qsizetype at = 0; at < text.size(); at += piece) {
            const auto taken = reader.take(QByteArrayView(text).sliced(at, std::min(piece, text.size() - at)));
            if (!taken)
                return taken;
            all += *taken;
        }
        return all;
    }

private slots:
    void readsRequests_data()
    {
        QTest::addColumn<qsizetype>("piece");
        QTest::newRow("at once") << qsizetype(10'000);
        QTest::newRow("byte by byte") << qsizetype(1);
        QTest::newRow("by sevens") << qsizetype(7);
    }

    void readsRequests()
    {
        QFETCH(const qsizetype, piece);
        const QByteArray message = "POST /a/b?c=d HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nX-One: a\r\nx-one: b\r\n\r\nhello";
        HttpReader reader(Kind::Request, headBytes, bodyBytes);
        const auto taken = takeInPieces(reader, message + "GET / HTTP/1.1\r\n", piece);
        QVERIFY(taken);
        QCOMPARE(*taken, message.size()); // the next request is not this one's
        QVERIFY(reader.isWhole());
        const HttpHead &head = reader.head();
        QCOMPARE(head.method, "POST"_ba);
        QCOMPARE(head.target, "/a/b?c=d"_ba);
        QCOMPARE(head.path(), "/a/b"_ba);
        QCOMPARE(head.value("X-One"), "a, b"_ba);
        QVERIFY(head.keepsAlive);
        QCOMPARE(reader.takeBody(), "hello"_ba);
    }

    void readsChunks()
    {
        HttpReader reader(Kind::Request, headBytes, bodyBytes);
        const QByteArray message =
            "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: z\r\n\r\n";
        QCOMPARE(reader.take(message).value_or(-1), message.size());
        QVERIFY(reader.isWhole());
        QCOMPARE(reader.takeBody(), "abcde"_ba);
        QVERIFY(!reader.head().headers.contains("Trailer"));
    }

    void leavesWhatFollowsAnUpgrade()
    {
        HttpReader reader(Kind::Request, headBytes, bodyBytes);
        const QByteArray head =
            "GET /device HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        QCOMPARE(reader.take(head + "\x81\x80").value_or(-1), head.size());
        QVERIFY(reader.isWhole());
        QVERIFY(checkUpgrade(reader.head()));
        // The example of RFC 6455 section 1.3.
        QVERIFY(upgradeAnswer(reader.head()).contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
    }

    void saysWhetherTheConnectionStays_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<bool>("stays");
        QTest::newRow("1.1") << "GET / HTTP/1.1\r\nHost: x\r\n\r\n"_ba << true;
        QTest::newRow("1.1, close") << "GET / HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n"_ba << false;
        QTest::newRow("1.0") << "GET / HTTP/1.0\r\n\r\n"_ba << false;
        QTest::newRow("1.0, keep-alive") << "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"_ba << true;
    }

    void saysWhetherTheConnectionStays()
    {
        QFETCH(const QByteArray, head);
        QFETCH(const bool, stays);
        HttpReader reader(Kind::Request, headBytes, bodyBytes);
        QVERIFY(reader.take(head));
        QVERIFY(reader.isWhole());
        QCOMPARE(reader.head().keepsAlive, stays);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &text, int status) { QTest::newRow(name) << text << status; };
        row("no HTTP", "hello world\r\n\r\n", 501);
        row("no method of HTTP", "BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n", 501);
        row("TLS", "\x16\x03\x01\x02\x00\x01\x00", 501);
        row("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400);
        row("HTTP/3.0", "GET / HTTP/3.0\r\nHost: x\r\n\r\n", 505);
        row("two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400);
        row("length and chunks", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
        row("unknown coding", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400);
        row("chunk without a size", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", 400);
        row("bare line feeds", "GET / HTTP/1.1\nHost: x\n\n", 400);
        row("space before the colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400);
        row("folded field", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 400);
        row("NUL in a field", "GET / HTTP/1.1\r\nHost: x\r\nA: b"_ba + '\0' + "\r\n\r\n", 400);
        row("long head", "GET / HTTP/1.1\r\nHost: x\r\nA: " + QByteArray(headBytes, 'x') + "\r\n\r\n", 431);
        row("long target", "GET /" + QByteArray(headBytes, 'x') + " HTTP/1.1\r\n", 431);
        row("endless", QByteArray(headBytes + 1, 'G'), 501);
        row("long body", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n", 413);
        row("huge body", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551615\r\n\r\n", 413);
        row("long extension of a chunk",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;" + QByteArray(20'000, 'x') + "\r\na\r\n0\r\n\r\n", 413);
        row("long chunks", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + QByteArray(101, 'x'), 413);
    }

    void refuses()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, status);
        for (const qsizetype piece : {qsizetype(4096), qsizetype(1)}) {
            HttpReader reader(Kind::Request, headBytes, bodyBytes);
            const auto taken = takeInPieces(reader, text, piece);
            QVERIFY(!taken);
            QCOMPARE(taken.error().code, status);
            QVERIFY(!taken.error().message.isEmpty());
            QVERIFY(!reader.take("x")); // for good
        }
    }

    void refusesManyFields()
    {
        QByteArray text = "GET / HTTP/1.1\r\nHost: x\r\n";
        for (int i = 0; i < 300; ++i)
            text += "a:b\r\n";
        HttpReader reader(Kind::Request, 100'000, bodyBytes);
        const auto taken = reader.take(text + "\r\n");
        QVERIFY(!taken);
        QCOMPARE(taken.error().code, 431);
    }

    void readsAnswers()
    {
        HttpReader reader(Kind::Answer, headBytes, bodyBytes);
        QVERIFY(reader.take("HTTP/1.1 503 Not Now\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\nno"));
        QVERIFY(reader.isWhole());
        QCOMPARE(reader.head().status, 503);
        QCOMPARE(reader.head().reason, "Not Now"_ba);
        QCOMPARE(reader.head().value("retry-after"), "7"_ba);
        HttpReader untouched(Kind::Answer, headBytes, bodyBytes);
        QVERIFY(untouched.take("HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"));
        QVERIFY(untouched.isWhole());
    }

    void readsWholeAddresses()
    {
        HttpHead head;
        head.target = "http://fleet.example:8420/api/v2/live?x=1";
        QCOMPARE(head.path(), "/api/v2/live"_ba);
        QCOMPARE(head.pathAndQuery(), "/api/v2/live?x=1"_ba);
        head.target = "http://fleet.example";
        QCOMPARE(head.path(), "/"_ba);
        QCOMPARE(head.authority(), "fleet.example"_ba);
        head.target = "http://fleet.example:1?x=/y";
        QCOMPARE(head.pathAndQuery(), "/?x=/y"_ba);
        QCOMPARE(head.authority(), "fleet.example:1"_ba);
        head.target = "/x?y=http://z/";
        QCOMPARE(head.path(), "/x"_ba);
        QVERIFY(head.authority().isEmpty());
    }

    void refusesOtherUpgrades_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<int>("status");
        const QByteArray key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        QTest::newRow("none") << QByteArray() << 426;
        QTest::newRow("version 8") << "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 8\r\n" + key << 426;
        QTest::newRow("h2c") << "Connection: Upgrade\r\nUpgrade: h2c\r\nSec-WebSocket-Version: 13\r\n" + key << 426;
        QTest::newRow("no key") << "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"_ba << 400;
        QTest::newRow("short key")
            << "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: YQ==\r\n"_ba << 400;
    }

    void refusesOtherUpgrades()
    {
        QFETCH(const QByteArray, fields);
        QFETCH(const int, status);
        HttpReader reader(Kind::Request, headBytes, bodyBytes);
        QVERIFY(reader.take("GET /device HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n"));
        const auto checked = checkUpgrade(reader.head());
        QVERIFY(!checked);
        QCOMPARE(checked.error().code, status);
    }
};

MUSTER_TEST(HttpReaderTest)
#include "tst_httpreader.moc"
