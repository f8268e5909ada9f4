// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/auditstore.h"
#include "server/tests/liveclient.h"
#include "server/tests/selfsigned.h"
#include "server/tests/testserver.h"
#include "tests/support/testcase.h"

#include "protocol/rpc/health.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QTcpSocket>
#include <QtEndian>

using namespace muster;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

/// What a session may, for how long, and what is written of it: over real connections.
class SessionsTest : public TestCase
{
    Q_OBJECT

    static KeyPair newKey() { return *KeyPair::generate(Algorithm::EdDSA); }

    using Headers = QHash<QByteArray, QByteArray>;

    /// A browser's request: the admin's cookie, and what the browser says of who made it.
    HttpAnswer browser(const QByteArray &verb, const QString &path, Headers headers, const QByteArray &body = {})
    {
        headers.insert("Cookie", cookieHeader(m_server.server->url(), m_server.admin));
        return m_server.http(verb, path, body, {}, headers);
    }

    QList<QJsonObject> audit(const QString &method)
    {
        QList<QJsonObject> found;
        const QJsonArray all = m_server.get(u"/api/v2/audit?limit=500"_s).json["items"_L1].toArray();
        for (const auto &entry : all) {
            if (entry["method"_L1] == method)
                found.append(entry.toObject());
        }
        return found;
    }

    qint64 metric(const QByteArray &name)
    {
        const QList<QByteArray> lines = m_server.get(u"/metrics"_s).body.split('\n');
        for (const QByteArray &line : lines) {
            if (line.startsWith(name + ' '))
                return line.sliced(name.size() + 1).toLongLong();
        }
        return -1;
    }

    /// A text frame of a client (RFC 6455 section 5.2), masked with zeros.
    static void sendFrame(QTcpSocket &socket, const QJsonObject &message)
    {
        const QByteArray text = QJsonDocument(message).toJson(QJsonDocument::Compact);
        QByteArray frame("\x81", 1);
        if (text.size() < 126) {
            frame += static_cast<char>(0x80 | text.size());
        } else if (text.size() < 65'536) {
            frame += "\xfe" + QByteArray(2, '\0');
            qToBigEndian(static_cast<quint16>(text.size()), frame.data() + 2);
        } else {
            frame += "\xff" + QByteArray(8, '\0');
            qToBigEndian(static_cast<quint64>(text.size()), frame.data() + 2);
        }
        frame.append(4, '\0');
        socket.write(frame + text);
        socket.flush();
    }

    TestServer m_server;

private slots:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(u"muster.*.info=false"_s);
        QCOMPARE(m_server.start(), QString());
    }

    // --- whose request it is -------------------------------------------------------------------------------------------

    void aCookieCountsForTheOwnPage_data()
    {
        QTest::addColumn<QByteArray>("verb");
        QTest::addColumn<Headers>("headers");
        QTest::addColumn<int>("status");
        const QByteArray own = "own"; // replaced by the server's address
        QTest::newRow("own page reads") << "GET"_ba << Headers{{"Sec-Fetch-Site", "same-origin"}} << 200;
        QTest::newRow("typed") << "GET"_ba << Headers{{"Sec-Fetch-Site", "none"}} << 200;
        QTest::newRow("another port's page reads") << "GET"_ba << Headers{{"Sec-Fetch-Site", "same-site"}} << 403;
        QTest::newRow("another site's page reads") << "GET"_ba << Headers{{"Sec-Fetch-Site", "cross-site"}} << 403;
        QTest::newRow("nothing says who reads") << "GET"_ba << Headers{} << 401;
        QTest::newRow("old browser, own Referer") << "GET"_ba << Headers{{"Referer", own}} << 200;
        QTest::newRow("old browser, other Referer") << "GET"_ba << Headers{{"Referer", "http://127.0.0.1:1/"}} << 403;
        QTest::newRow("own page writes") << "POST"_ba << Headers{{"Sec-Fetch-Site", "same-origin"}, {"Origin", own}} << 200;
        QTest::newRow("old browser writes") << "POST"_ba << Headers{{"Origin", own}} << 200;
        QTest::newRow("another port's page writes") << "POST"_ba << Headers{{"Origin", "http://127.0.0.1:1"}} << 403;
        QTest::newRow("nothing says who writes") << "POST"_ba << Headers{} << 401;
        QTest::newRow("typed, and yet a POST") << "POST"_ba << Headers{{"Sec-Fetch-Site", "none"}} << 401;
    }

    void aCookieCountsForTheOwnPage()
    {
        QFETCH(const QByteArray, verb);
        QFETCH(Headers, headers);
        QFETCH(const int, status);
        for (QByteArray &value : headers) {
            if (value == "own")
                value = m_server.server->url().toLatin1();
        }
        const QString path = verb == "GET" ? u"/api/v2/users"_s : u"/api/v2/sign-in-links"_s;
        QCOMPARE(browser(verb, path, headers).status, status);
        // Where anybody may ask, a cookie that does not count is no reason to refuse.
        if (status == 401 && verb == "GET")
            QCOMPARE(browser("GET", u"/api/v2/setup"_s, headers).json["signed_in"_L1], false);
    }

    void aCookiesGetChangesNothing()
    {
        const auto device = m_server.acceptedDevice(u"called"_s, newKey());
        QVERIFY(device);
        const QString call = u"/api/v2/devices/called/rpc/Door.Open"_s;
        const QString own = m_server.server->url();
        // As a picture on any page, on the own one, and typed.
        for (const Headers &headers : {Headers{}, Headers{{"Sec-Fetch-Site", "same-site"}}, Headers{{"Sec-Fetch-Site", "same-origin"}},
                                       Headers{{"Sec-Fetch-Site", "none"}}, Headers{{"Referer", own.toLatin1()}}})
            QVERIFY(browser("GET", call, headers).status >= 400);
        QVERIFY(device->requestsOf(u"Door.Open"_s).isEmpty());
        QCOMPARE(browser("POST", call, {{"Sec-Fetch-Site", "same-origin"}}, "{}").status, 200);
        QCOMPARE(m_server.get(call).status, 200); // a program with a token may
        QCOMPARE(device->requestsOf(u"Door.Open"_s).size(), 2);
    }

    void eachServerOnAHostHasItsOwnCookie()
    {
        TestServer other;
        QCOMPARE(other.start(), QString());
        const auto signIn = [](TestServer &server) {
            return server
                .http("POST", u"/api/v2/session"_s,
                      QJsonDocument(QJsonObject{{"user"_L1, u"admin"_s}, {"password"_L1, testPassword}}).toJson(), {})
                .cookie;
        };
        const QByteArray mine = signIn(m_server);
        const QByteArray theirs = signIn(other);
        QVERIFY(mine.startsWith(cookieHeader(m_server.server->url(), {})));
        QVERIFY(theirs.startsWith(cookieHeader(other.server->url(), {})));
        QVERIFY(mine.left(mine.indexOf('=')) != theirs.left(theirs.indexOf('=')));
        QVERIFY(!mine.contains("Secure"));
        // A browser sends both to each of them, whatever the port.
        const QByteArray both = mine.left(mine.indexOf(';')) + "; " + theirs.left(theirs.indexOf(';'));
        for (TestServer *server : {&m_server, &other})
            QCOMPARE(server->http("GET", u"/api/v2/session"_s, {}, {}, {{"Cookie", both}, {"Sec-Fetch-Site", "same-origin"}}).status, 200);
    }

    void overTlsTheCookieIsOfThisHostAlone()
    {
        const QTemporaryDir folder;
        const Settings settings = selfSigned(folder.path());
        QVERIFY(!settings.tlsKey.isEmpty());
        TestServer secure(settings);
        QCOMPARE(secure.start(), QString());
        const QByteArray body = QJsonDocument(QJsonObject{{"user"_L1, u"admin"_s}, {"password"_L1, testPassword}}).toJson();
        const QByteArray cookie = secure.http("POST", u"/api/v2/session"_s, body, {}).cookie;
        QVERIFY2(cookie.startsWith("__Host-muster_session=mss_"), cookie);
        for (const char *attribute : {"; Path=/", "; HttpOnly", "; SameSite=Strict", "; Secure"})
            QVERIFY2(cookie.contains(attribute), attribute);
        QVERIFY(!cookie.contains("Domain"));
        const QByteArray pair = cookie.left(cookie.indexOf(';'));
        QCOMPARE(secure.http("GET", u"/api/v2/session"_s, {}, {}, {{"Cookie", pair}, {"Sec-Fetch-Site", "same-origin"}}).status, 200);
        // What a page without TLS could have set counts for nothing.
        const QByteArray bare = "muster_session" + pair.sliced(pair.indexOf('='));
        QCOMPARE(secure.http("GET", u"/api/v2/session"_s, {}, {}, {{"Cookie", bare}, {"Sec-Fetch-Site", "same-origin"}}).status, 401);
    }

    // --- how long it lasts ---------------------------------------------------------------------------------------------

    void aSessionThatExpiresEndsWithinASecond()
    {
        Settings settings;
        settings.sessionLength = 1500ms;
        TestServer brief(settings);
        QCOMPARE(brief.start(), QString());
        const QString key = brief.post(u"/api/v2/api-keys"_s, {{"name"_L1, u"keeps on"_s}}).json["api_key"_L1].toString();
        QVERIFY(!key.isEmpty());
        brief.admin = key;
        const auto device = brief.acceptedDevice(u"watched"_s, newKey());
        QVERIFY(device);
        const QString token = brief.signedIn(u"shortly"_s, u"viewer"_s);
        const qint64 ends =
            QDateTime::fromString(brief.http("GET", u"/api/v2/session"_s, {}, token).json["expires_at"_L1].toString(), Qt::ISODateWithMs)
                .toMSecsSinceEpoch();
        LiveClient live(brief.server->url(), token);
        QVERIFY(live.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"health"_s}, {"id"_L1, u"watched"_s}}).contains("result"_L1));
        const auto closed = [&] { return int(live.socket.closeCode()) == 4401; };
        // Nobody says a word: the end comes by itself.
        QVERIFY(QTest::qWaitFor(closed, 5000));
        const qint64 late = QDateTime::currentMSecsSinceEpoch() - ends;
        QVERIFY2(late >= 0 && late < 1000, qPrintable(u"%1 ms after its end"_s.arg(late)));
        QVERIFY(!live.lastOf(u"Live.SignedOut"_s).isEmpty());
    }

    void aSessionThatCannotBeToldEndsAlone()
    {
        const auto device = m_server.acceptedDevice(u"deaf"_s, newKey());
        QVERIFY(device);
        std::vector<std::unique_ptr<LiveClient>> readers;
        const auto addReader = [&] {
            readers.push_back(std::make_unique<LiveClient>(m_server.server->url(), m_server.admin));
            return readers.back()->ask(u"Live.Subscribe"_s, {{"topic"_L1, u"health"_s}, {"id"_L1, u"deaf"_s}}).contains("result"_L1);
        };
        QVERIFY(addReader() && addReader());
        QTcpSocket deaf;
        deaf.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, 8192);
        deaf.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(QUrl(m_server.server->url()).port()));
        deaf.write(
            "GET /api/v2/live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
            + m_server.admin.toLatin1() + "\r\n\r\n");
        QTRY_VERIFY(deaf.peek(1000).endsWith("\r\n\r\n"));
        deaf.setReadBufferSize(1); // from here on nothing is read
        sendFrame(deaf, {{"jsonrpc"_L1, u"2.0"_s},
                         {"id"_L1, u"1"_s},
                         {"method"_L1, u"Live.Subscribe"_s},
                         {"params"_L1, QJsonObject{{"topic"_L1, u"health"_s}, {"id"_L1, u"deaf"_s}}}});
        QVERIFY(addReader() && addReader());
        const int all = 5;
        QTRY_COMPARE(m_server.server->counters().liveSockets.load(), all);
        HealthSample sample;
        sample[HealthField::Cpu] = 1;
        // Long answers that it does not read pile up; the sample after the one too many is what finds out.
        const QString filling(200 * 1024, 'x'_L1);
        for (int i = 1; i <= 200 && m_server.server->counters().liveSockets == all; ++i) {
            sendFrame(deaf, {{"jsonrpc"_L1, u"2.0"_s},
                             {"id"_L1, QString::number(i + 1)},
                             {"method"_L1, u"Devices.Call"_s},
                             {"params"_L1,
                              QJsonObject{{"id"_L1, u"deaf"_s}, {"method"_L1, u"Echo"_s}, {"params"_L1, QJsonObject{{"x"_L1, filling}}}}}});
            QTRY_COMPARE(device->requestsOf(u"Echo"_s).size(), i);
            QVERIFY(device->ask(u"Time.Now"_s));
            QCOMPARE(m_server.get(u"/healthz"_s).status, 200); // through the fleet and back: the answer is on its way
            sample.time = QDateTime::currentMSecsSinceEpoch() + i;
            device->notify(u"Health.Sample"_s, toJson(sample));
            QTRY_COMPARE(readers.back()->allOf(u"Live.Health"_s).size(), i);
        }
        QTRY_COMPARE(m_server.server->counters().liveSockets.load(), all - 1);
        for (const auto &reader : readers)
            QVERIFY(reader->ask(u"Live.Ping"_s).contains("result"_L1));
    }

    // --- what is written -----------------------------------------------------------------------------------------------

    void secretsDoNotReachTheAudit()
    {
        const auto device = m_server.acceptedDevice(u"wifi"_s, newKey());
        QVERIFY(device);
        const QJsonObject params{{"ssid"_L1, u"garden"_s},
                                 {"Password"_L1, u"s3cret-a"_s},
                                 {"networks"_L1, QJsonArray{QJsonObject{{"wifi_psk"_L1, u"s3cret-b"_s}, {"ssid"_L1, u"shed"_s}}}},
                                 {"auth"_L1, QJsonObject{{"api-key"_L1, u"s3cret-c"_s}, {"Credentials"_L1, QJsonArray{u"s3cret-d"_s}}}}};
        QCOMPARE(m_server.post(u"/api/v2/devices/wifi/rpc/Wifi.Set"_s, params).status, 200);
        QCOMPARE(
            m_server.post(u"/api/v2/commands"_s, {{"device"_L1, u"wifi"_s}, {"method"_L1, u"Wifi.Set"_s}, {"params"_L1, params}}).status,
            200);
        QTRY_COMPARE(audit(u"Devices.Call"_s).first()["target"_L1], "wifi"_L1);
        QVERIFY(!m_server.get(u"/api/v2/audit?limit=500"_s).body.contains("s3cret"));
        // What is no secret stays, at every depth.
        const QJsonObject detail = audit(u"Devices.Call"_s).first()["detail"_L1].toObject();
        QCOMPARE(detail["params"_L1]["ssid"_L1], "garden"_L1);
        QCOMPARE(detail["params"_L1]["networks"_L1][0]["ssid"_L1], "shed"_L1);
        QCOMPARE(detail["params"_L1]["networks"_L1][0]["wifi_psk"_L1].toString(), u"…"_s);
        QCOMPARE(audit(u"Commands.Create"_s).first()["detail"_L1]["params"_L1]["ssid"_L1], "garden"_L1);
        // And the device got what was meant for it.
        QCOMPARE(device->requestsOf(u"Wifi.Set"_s).first()["Password"_L1], "s3cret-a"_L1);
    }

    void longDetailsAreCutAndSaySo()
    {
        const auto device = m_server.acceptedDevice(u"long"_s, newKey());
        QVERIFY(device);
        QCOMPARE(m_server.post(u"/api/v2/devices/long/rpc/Text.Set"_s, {{"a"_L1, QString(100'000, '"'_L1)}}).status, 200);
        QTRY_COMPARE(audit(u"Devices.Call"_s).first()["target"_L1], "long"_L1);
        const QJsonObject detail = audit(u"Devices.Call"_s).first()["detail"_L1].toObject();
        QVERIFY(QJsonDocument(detail).toJson(QJsonDocument::Compact).size() <= 2048);
        QVERIFY(detail["cut"_L1].toInt() > 200'000);
        QVERIFY(detail["begins"_L1].toString().contains("Text.Set"_L1) || detail["begins"_L1].toString().startsWith("{\"id\":\"long\""_L1));
    }

    void whatTheLimiterRefusesIsCounted()
    {
        const QByteArray body = R"({"user":"guessed","password":"wrong password"})";
        const qint64 before = metric("muster_attempts_limited_total");
        for (int i = 0; i < 40; ++i)
            (void)m_server.http("POST", u"/api/v2/session"_s, body, {}, {{"X-Forwarded-For", "10.9.9.9"}});
        const auto last = m_server.http("POST", u"/api/v2/session"_s, body, {}, {{"X-Forwarded-For", "10.9.9.9"}});
        QCOMPARE(last.status, 429);
        QVERIFY(last.json["error"_L1]["data"_L1]["retry_after_s"_L1].toInt() > 60);
        QTRY_COMPARE(audit(u"Session.Create"_s).first()["target"_L1], "guessed"_L1);
        const auto written =
            std::ranges::count_if(audit(u"Session.Create"_s), [](const QJsonObject &entry) { return entry["target"_L1] == "guessed"_L1; });
        QCOMPARE(written, 10);
        QCOMPARE(metric("muster_attempts_limited_total") - before, 31);
    }

    void whoMayNotCannotFillTheAudit()
    {
        const QString viewer = m_server.signedIn(u"pusher"_s, u"viewer"_s);
        for (int i = 0; i < 230; ++i)
            QCOMPARE(m_server.http("DELETE", u"/api/v2/devices/any"_s, {}, viewer).status, 403);
        QCOMPARE(metric("muster_audit_left_out_total"), 30);
    }

    void theAuditIsKeptForSoLong()
    {
        const QTemporaryDir folder;
        store::MusterDatabase database(folder.filePath(u"muster.db"_s));
        QVERIFY(database.open());
        store::AuditStore store(database);
        QList<QFuture<Result<int>>> writes;
        for (int i = 0; i < 2500; ++i)
            writes.append(store.add({.time = i < 300 ? 1 : 1000, .actor = u"a"_s, .method = u"m"_s, .outcome = u"ok"_s}));
        for (auto &write : writes)
            QVERIFY(write.result());
        while (store.expire(500, 100'000).result().value_or(false)) {}
        const auto countOf = [&] {
            return database.reader()
                .run([](store::Sql &sql) { return sql.query(u"SELECT count(*), min(id) FROM audit"_s); })
                .result()
                ->first();
        };
        QCOMPARE(countOf().first().toInt(), 2200);
        while (store.expire(500, 150).result().value_or(false)) {}
        QCOMPARE(countOf().first().toInt(), 150);
        QCOMPARE(countOf().last().toInt(), 2351); // the newest stay
    }
};

MUSTER_TEST(SessionsTest)
#include "tst_sessions.moc"
