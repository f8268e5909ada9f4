// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/rooms.h"
#include "server/store/backups.h"
#include "server/tests/liveclient.h"
#include "server/tests/rawhttp.h"
#include "server/tests/selfsigned.h"
#include "server/tests/storeplace.h"
#include "server/tests/testserver.h"
#include "tests/support/testcase.h"

#include "protocol/rpc/health.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QNetworkReply>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>

using namespace muster;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// The whole server on loopback: what devices and operators see of it, good and bad.
class ServerTest : public TestCase
{
    Q_OBJECT

    static KeyPair newKey() { return *KeyPair::generate(Algorithm::EdDSA); }

    std::unique_ptr<TestDevice> acceptedDevice(const QString &id)
    {
        auto device = m_server.device(id, newKey());
        if (device->introduce() != "pending"_L1 || m_server.acceptKeyOf(id) != "accepted"_L1)
            return nullptr;
        (void)muster::test::eventually([&] { return lastStatus(*device) == "accepted"_L1; });
        return device;
    }

    static QString lastStatus(const TestDevice &device)
    {
        QString status;
        for (const Message &message : device.received) {
            if (const auto *notification = std::get_if<Notification>(&message); notification && notification->method == "Session.Status"_L1)
                status = notification->params["status"_L1].toString();
        }
        return status;
    }

    using Live = LiveClient;

    TestServer m_server;

private slots:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(u"muster.*.info=false"_s);
        QCOMPARE(m_server.start(), QString());
    }

    // --- devices ---------------------------------------------------------------------------------------------------

    void aDeviceLives()
    {
        const auto device = acceptedDevice(u"alive"_s);
        QVERIFY(device);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        HealthSample sample;
        sample.time = now - 2000;
        sample[HealthField::Cpu] = 123;
        const auto stored = device->ask(u"Health.Report"_s, encodeHealthBatch({sample}));
        QVERIFY(stored);
        QCOMPARE((*stored)["stored"_L1], 1);
        const auto health = m_server.get(u"/api/v2/devices/alive/health"_s).json;
        QCOMPARE(health["series"_L1]["cpu"_L1].toArray(), QJsonArray{123});
        // A range in any of its forms.
        for (const QString &range : {u"from=%1&to=%2"_s.arg(now - 60'000).arg(now),
                                     u"from=%1"_s.arg(QDateTime::fromMSecsSinceEpoch(now - 60'000).toUTC().toString(Qt::ISODate))})
            QCOMPARE(m_server.get(u"/api/v2/devices/alive/health?"_s + range).json["series"_L1]["cpu"_L1].toArray().size(), 1);
        Live live(m_server.server->url(), m_server.admin);
        QVERIFY(live.ask(u"Devices.Health"_s, {{"id"_L1, u"alive"_s}, {"from"_L1, now - 60'000}, {"to"_L1, now}}).contains("result"_L1));
        QCOMPARE(m_server.get(u"/api/v2/devices/alive/health?from=yesterday"_s).status, 400);
        QCOMPARE(m_server.get(u"/api/v2/devices/alive/health?from=2&to=1"_s).status, 400);
        // The other way: a call, by GET and by POST.
        QCOMPARE(m_server.get(u"/api/v2/devices/alive/rpc/Any.Method"_s).json["echo"_L1].toObject(), QJsonObject());
        QCOMPARE(m_server.post(u"/api/v2/devices/alive/rpc/Any.Method"_s, {{"a"_L1, 1}}).json["echo"_L1]["a"_L1], 1);
        // A device that does not answer gives a clear error, in time.
        device->answersCalls = false;
        const auto late = m_server.http("GET", u"/api/v2/devices/alive/rpc/Any.Method?timeout_ms=100"_s, {}, m_server.admin);
        QCOMPARE(late.status, 504);
        QCOMPARE(late.errorCode(), int(TimedOut));
        // What a device says of itself stays text.
        QCOMPARE(m_server.get(u"/api/v2/devices/alive"_s).json["machine"_L1]["model"_L1], "<b>board</b>"_L1);
        device->close();
        QTRY_COMPARE(m_server.get(u"/api/v2/devices/alive"_s).json["presence"_L1]["state"_L1], "offline"_L1);
        QCOMPARE(m_server.get(u"/api/v2/devices/alive/rpc/X"_s).status, 503);
        QCOMPARE(m_server.get(u"/api/v2/devices/nobody/rpc/X"_s).status, 404);
    }

    void aPendingDeviceMayDoNothing()
    {
        const auto device = m_server.device(u"pending"_s, newKey());
        QCOMPARE(device->introduce(), u"pending"_s);
        QCOMPARE(device->ask(u"Time.Now"_s).error().code, int(Forbidden));
        QVERIFY(device->isOpen());
        QCOMPARE(m_server.get(u"/api/v2/devices/pending"_s).status, 404);
    }

    void aRejectedDeviceIsToldAndSentAway()
    {
        const auto device = m_server.device(u"bad"_s, newKey());
        QCOMPARE(device->introduce(), u"pending"_s);
        const auto items = m_server.get(u"/api/v2/approvals"_s).json["items"_L1].toArray();
        const auto item = std::ranges::find_if(items, [](const QJsonValue &value) { return value["device_id"_L1] == "bad"_L1; });
        QCOMPARE(m_server.post(u"/api/v2/approvals/%1/reject"_s.arg((*item)["id"_L1].toString())).status, 200);
        QCOMPARE(device->closeCode(), int(QWebSocketProtocol::CloseCodePolicyViolated));
        QCOMPARE(lastStatus(*device), u"rejected"_s);
    }

    void badIntroductions_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"wrong challenge", "other method", "unsigned", "not json", "batch", "duplicate keys", "short key",
                                 "id with controls", "long id", "binary", "markup id"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void badIntroductions()
    {
        QFETCH(const QString, kind);
        QString id = u"x"_s;
        if (kind == "id with controls"_L1)
            id = u"a\u0007b"_s;
        else if (kind == "long id"_L1)
            id = QString(1000, 'a'_L1);
        else if (kind == "markup id"_L1)
            id = u"<img src=x>"_s;
        const auto device = m_server.device(id, newKey());
        QVERIFY(device->waitForHello());
        Request request = device->introduction(kind == "wrong challenge"_L1 ? u"another"_s : device->challenge());
        if (kind == "other method"_L1)
            request.method = u"Devices.List"_s;
        if (kind == "short key"_L1)
            request.params["public_key"_L1] = QString::fromLatin1(shortKey);
        const QString sealed = device->sealed(request);
        if (kind == "unsigned"_L1)
            device->send(QString::fromUtf8(QJsonDocument(toJson(request)).toJson()));
        else if (kind == "not json"_L1)
            device->send(u"hello"_s);
        else if (kind == "batch"_L1)
            device->send(u"[%1]"_s.arg(sealed));
        else if (kind == "duplicate keys"_L1)
            device->send(QString(sealed).replace("{\"id\""_L1, "{\"jsonrpc\":\"2.0\",\"id\""_L1));
        else if (kind == "binary"_L1)
            device->send(sealed.toUtf8());
        else
            device->send(sealed);
        const int expected = kind == "binary"_L1 ? int(QWebSocketProtocol::CloseCodeDatatypeNotSupported)
                                                 : int(QWebSocketProtocol::CloseCodePolicyViolated);
        QCOMPARE(device->closeCode(), expected);
        QVERIFY(!device->closeReason().isEmpty());
        QCOMPARE(m_server.get(u"/api/v2/approvals"_s).status, 200); // nobody fell over
    }

    void oversizedBeforeAcceptance()
    {
        const auto device = m_server.device(u"fat"_s, newKey());
        QVERIFY(device->waitForHello());
        device->send(QString(limits::messageBytesBeforeAcceptance + 1000, 'x'_L1));
        QCOMPARE(device->closeCode(), int(QWebSocketProtocol::CloseCodeTooMuchData));
    }

    void spoiledMessages_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"replayed", "reordered", "truncated signature", "unsigned", "other session"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void spoiledMessages()
    {
        QFETCH(const QString, kind);
        const QString id = u"spoiled-"_s + QString(kind).replace(' '_L1, '-'_L1);
        const auto device = acceptedDevice(id);
        QVERIFY(device);
        const Request request{.id = u"1"_s, .method = u"Time.Now"_s, .params = {}};
        const QString first = device->sealed(request);
        const QString second = device->sealed(request);
        if (kind == "replayed"_L1) {
            device->send(first);
            device->send(first);
        } else if (kind == "reordered"_L1) {
            device->send(second);
            device->send(first);
        } else if (kind == "truncated signature"_L1) {
            QString spoiled = first;
            const qsizetype at = spoiled.indexOf("\"signature\":\""_L1) + 13;
            device->send(spoiled.remove(at, 4));
        } else if (kind == "unsigned"_L1) {
            device->send(QString::fromUtf8(QJsonDocument(toJson(request)).toJson()));
        } else {
            const auto other = acceptedDevice(id + "-other"_L1);
            device->send(other->sealed(request));
        }
        QCOMPARE(device->closeCode(), int(QWebSocketProtocol::CloseCodePolicyViolated));
        // The reason stays for people to read.
        QTRY_COMPARE(m_server.get(u"/api/v2/devices/"_s + id).json["presence"_L1]["state"_L1], "offline"_L1);
        QVERIFY(!m_server.get(u"/api/v2/devices/"_s + id).json["presence"_L1]["reason"_L1].toString().isEmpty());
    }

    void aForgottenDeviceStartsAnew()
    {
        const auto device = acceptedDevice(u"gone"_s);
        QVERIFY(device);
        QCOMPARE(m_server.http("DELETE", u"/api/v2/devices/gone"_s, {}, m_server.admin).status, 200);
        // As the protocol says: pending, not rejected, so that it comes back soon and can be approved anew.
        QVERIFY(device->closeCode() > 0);
        QCOMPARE(lastStatus(*device), u"pending"_s);
        QCOMPARE(m_server.get(u"/api/v2/devices/gone"_s).status, 404);
    }

    void aCrowdedAddressLosesItsOldest()
    {
        // Behind a proxy on this machine, each real address has its own room.
        const int share = listen::Rooms::sizesFor(1024)[size_t(listen::Room::Strangers)].perNetwork;
        std::vector<std::unique_ptr<QWebSocket>> sockets;
        const auto open = [&](const QByteArray &address) {
            auto socket = std::make_unique<QWebSocket>();
            QNetworkRequest request(QUrl(QString(m_server.server->url()).replace("http"_L1, "ws"_L1) + "/device"_L1));
            request.setRawHeader("X-Forwarded-For", address);
            socket->open(request);
            sockets.push_back(std::move(socket));
            return muster::test::eventually([&] { return sockets.back()->state() == QAbstractSocket::ConnectedState; });
        };
        const auto opened = [&] {
            return std::ranges::count_if(sockets, [](const auto &socket) { return socket->state() == QAbstractSocket::ConnectedState; });
        };
        QVERIFY(open("198.51.100.1"));
        for (int i = 0; i < share + 6; ++i)
            QVERIFY(open(i % 2 == 0 ? "2001:db8:0:9::1" : "[2001:db8:0:9::2]:4000")); // one subscriber, however many addresses
        QTRY_COMPARE(opened(), share + 1);
        QCOMPARE(sockets.at(0)->state(), QAbstractSocket::ConnectedState);
        QCOMPARE(sockets.back()->state(), QAbstractSocket::ConnectedState);
        QVERIFY(m_server.get(u"/metrics"_s).body.contains("muster_connections_ended_total{phase=\"introducing\",reason=\"crowded\"} 6"));
    }

    // --- operators -------------------------------------------------------------------------------------------------

    void restRefusesPlainly()
    {
        QCOMPARE(m_server.get(u"/api/v2/nothing"_s).status, 404);
        QCOMPARE(m_server.http("PUT", u"/api/v2/devices"_s, "{}", m_server.admin).status, 405);
        QCOMPARE(m_server.http("POST", u"/api/v2/users"_s, "{", m_server.admin).status, 400);
        QCOMPARE(m_server.http("POST", u"/api/v2/users"_s, R"({"user":"a","user":"b","role":"viewer"})", m_server.admin).status, 400);
        QCOMPARE(m_server.get(u"/api/v2/devices?limit=many"_s).status, 400);
        QCOMPARE(m_server.get(u"/api/v2/devices?colour=red"_s).status, 400);
        QCOMPARE(m_server.get(u"/api/v2/devices?sort=colour"_s).status, 400);
        QCOMPARE(m_server.get(u"/api/v2/devices/%00x"_s).status, 404);
        QCOMPARE(m_server.get(u"/api/v2/devices/..%2F..%2Fetc"_s).status, 404);
        QCOMPARE(m_server.get(u"/api/v2/devices/%1"_s.arg(QString(1000, 'a'_L1))).status, 400);
        const auto bad = m_server.get(u"/api/v2/devices?limit=0"_s);
        QCOMPARE(bad.errorCode(), int(InvalidParams));
        QVERIFY(bad.json["error"_L1]["message"_L1].toString().contains("limit"_L1));
    }

    void oddRequestsAreToldWhy_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char *name, const QByteArray &request, int status, const QByteArray &header = {},
                            const QByteArray &value = {}) { QTest::newRow(name) << request << status << header << value; };
        row("another verb", "PUT /api/v2/devices HTTP/1.1\r\nHost: m\r\n\r\n", 405, "allow", "POST, GET, HEAD");
        row("another verb, a page of ours", "POST /healthz HTTP/1.1\r\nHost: m\r\n\r\n", 405, "allow", "GET, HEAD");
        row("another verb, a file", "POST / HTTP/1.1\r\nHost: m\r\n\r\n", 405, "allow", "GET, HEAD");
        row("what may be done", "OPTIONS /api/v2/devices HTTP/1.1\r\nHost: m\r\n\r\n", 405, "allow", "POST, GET, HEAD");
        row("nobody", "GET /api/v2/devices HTTP/1.1\r\nHost: m\r\n\r\n", 401, "www-authenticate", R"(Bearer realm="Muster")");
        row("unheard of", "BREW / HTTP/1.1\r\nHost: m\r\n\r\n", 501);
        row("of others", "PROPFIND / HTTP/1.1\r\nHost: m\r\n\r\n", 501);
        row("a head of a door", "HEAD /device HTTP/1.1\r\nHost: m\r\n\r\n", 426, "upgrade", "websocket");
        row("a coding that nobody undoes", "POST /api/v2/session HTTP/1.1\r\nHost: m\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            501);
        row("codings in two lines",
            "POST /api/v2/session HTTP/1.1\r\nHost: m\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501);
        row("two hosts", "GET http://other/healthz HTTP/1.1\r\nHost: m\r\n\r\n", 400);
        row("one host twice", "GET http://m/healthz HTTP/1.1\r\nHost: M\r\n\r\n", 200, "content-type", "application/json");
        row("a name twice", "GET /api/v2/setup?a=1&a=2 HTTP/1.1\r\nHost: m\r\n\r\n", 400);
    }

    void oddRequestsAreToldWhy()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const QByteArray, header);
        RawHttp http(m_server.server->url());
        http.socket.write(request);
        const RawAnswer answer = http.head();
        QTEST(answer.status, "status");
        if (!header.isEmpty())
            QTEST(answer.headers.value(header), "value");
        // RFC 9110 section 6.6.1: whoever has a clock says what it shows.
        const QDateTime date =
            QLocale::c().toDateTime(QString::fromLatin1(answer.headers.value("date")), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
        QVERIFY2(qAbs(date.secsTo(QDateTime::fromString(QDateTime::currentDateTimeUtc().toString(u"yyyy-MM-ddThh:mm:ss"_s), Qt::ISODate)))
                     < 60,
                 answer.headers.value("date"));
    }

    void aSignInGivesACookieThatScriptsCannotRead()
    {
        (void)m_server.signedIn(u"cookie"_s, u"viewer"_s);
        const auto answer = m_server.http("POST", u"/api/v2/session"_s,
                                          QJsonDocument(QJsonObject{{"user"_L1, u"cookie"_s}, {"password"_L1, testPassword}}).toJson(), {});
        QCOMPARE(answer.status, 200);
        QVERIFY(!answer.json.contains("token"_L1));
        QVERIFY(answer.cookie.contains("HttpOnly") && answer.cookie.contains("SameSite=Strict"));
        const QByteArray cookie = answer.cookie.left(answer.cookie.indexOf(';'));
        const QHash<QByteArray, QByteArray> page{{"Cookie", cookie}, {"Sec-Fetch-Site", "same-origin"}};
        QCOMPARE(m_server.http("GET", u"/api/v2/session"_s, {}, {}, page).status, 200);
        // Another site's page has the cookie sent with it, and gets nothing.
        QCOMPARE(m_server.http("GET", u"/api/v2/session"_s, {}, {}, {{"Cookie", cookie}, {"Origin", "https://evil.example"}}).status, 403);
        const auto gone = m_server.http("DELETE", u"/api/v2/session"_s, {}, {}, page);
        QVERIFY2(gone.status == 200 && gone.cookie.startsWith(cookieHeader(m_server.server->url(), {}) + ';')
                     && gone.cookie.contains("Max-Age=0"),
                 gone.cookie);
        QCOMPARE(m_server.http("GET", u"/api/v2/session"_s, {}, {}, {{"Cookie", cookieHeader(m_server.server->url(), u"guess"_s)}}).status,
                 401);
    }

    void nobodyIsSignedInByAnotherSite()
    {
        (void)m_server.signedIn(u"mallory"_s, u"viewer"_s);
        const QByteArray body = QJsonDocument(QJsonObject{{"user"_L1, u"mallory"_s}, {"password"_L1, testPassword}}).toJson();
        const auto refused = m_server.http("POST", u"/api/v2/session"_s, body, {}, {{"Origin", "https://evil.example"}});
        QCOMPARE(refused.status, 403);
        QVERIFY(refused.cookie.isEmpty());
        QCOMPARE(m_server.http("POST", u"/api/v2/session"_s, body, {}, {{"Origin", m_server.server->url().toLatin1()}}).status, 200);
        // What a form can send without a body, and what logs of proxies would keep.
        const QString query = u"/api/v2/session?user=mallory&password=%1"_s.arg(QString(testPassword).replace(' '_L1, "%20"_L1));
        QCOMPARE(m_server.http("POST", query, {}, {}).status, 400);
    }

    void linksAndKeysWork()
    {
        const QString link = m_server.post(u"/api/v2/sign-in-links"_s).json["link"_L1].toString();
        QVERIFY(link.startsWith(m_server.server->url() + "/#/sign-in/"_L1));
        const QByteArray body = QJsonDocument(QJsonObject{{"token"_L1, link.section('/'_L1, -1)}, {"want_token"_L1, true}}).toJson();
        QCOMPARE(m_server.http("POST", u"/api/v2/session/redeem"_s, body, {}).status, 200);
        QCOMPARE(m_server.http("POST", u"/api/v2/session/redeem"_s, body, {}).status, 401);
        const auto key = m_server.post(u"/api/v2/api-keys"_s, {{"name"_L1, u"ci"_s}}).json;
        QCOMPARE(m_server.http("GET", u"/api/v2/session"_s, {}, key["api_key"_L1].toString()).json["user"_L1], "admin"_L1);
        // The secret is nowhere but in that answer.
        const auto audit = m_server.get(u"/api/v2/audit"_s).body;
        QVERIFY(!audit.contains(key["api_key"_L1].toString().toLatin1()));
        QVERIFY(!audit.contains(testPassword.data()));
        QCOMPARE(m_server.http("DELETE", u"/api/v2/api-keys/"_s + key["id"_L1].toString(), {}, m_server.admin).status, 200);
        QCOMPARE(m_server.http("GET", u"/api/v2/session"_s, {}, key["api_key"_L1].toString()).status, 401);
    }

    void nobodyRaisesThemselves()
    {
        const QString anna = m_server.signedIn(u"anna"_s, u"admin"_s);
        QCOMPARE(m_server.http("PATCH", u"/api/v2/users/anna"_s, R"({"role":"viewer"})", anna).status, 403);
        QCOMPARE(m_server.http("PATCH", u"/api/v2/users/nobody"_s, R"({"role":"viewer"})", anna).status, 404);
        QCOMPARE(m_server.http("PATCH", u"/api/v2/users/admin"_s, R"({"role":"emperor"})", anna).status, 400);
    }

    void theAuditIsFilteredAndPaged()
    {
        for (int i = 0; i < 5; ++i)
            QCOMPARE(m_server.post(u"/api/v2/users"_s, {{"user"_L1, u"filter-%1"_s.arg(i)}, {"role"_L1, u"viewer"_s}}).status, 200);
        QCOMPARE(m_server.post(u"/api/v2/users"_s, {{"user"_L1, u"filter-1"_s}, {"role"_L1, u"viewer"_s}}).status, 409);
        const auto total = [this](const QString &filter) {
            return m_server.get(u"/api/v2/audit?limit=1&"_s + filter).json["total"_L1].toInt(-1);
        };
        QCOMPARE(total(u"target=FILTER-"_s), 6);
        QCOMPARE(total(u"target=filter-&outcome=refused"_s), 1);
        QCOMPARE(total(u"target=filter-&outcome=ok&method=Users."_s), 5);
        QCOMPARE(total(u"target=filter-&actor=nobody"_s), 0);
        QCOMPARE(total(u"target=filter-&from=2099-01-01T00:00:00Z"_s), 0);
        QCOMPARE(total(u"target=filter-&to=2099-01-01T00:00:00Z"_s), 6);
        QCOMPARE(total(u"target=%25"_s), 0); // no wildcard
        QCOMPARE(m_server.get(u"/api/v2/audit?from=yesterday"_s).status, 400);
        QCOMPARE(m_server.get(u"/api/v2/audit?after=x"_s).status, 400);
        QStringList seen;
        QString after;
        do {
            const QJsonObject page =
                m_server.get(u"/api/v2/audit?target=filter-&limit=2"_s + (after.isEmpty() ? QString() : u"&after="_s + after)).json;
            for (const auto &entry : page["items"_L1].toArray())
                seen.append(entry["target"_L1].toString());
            after = page["next"_L1].toString();
        } while (!after.isEmpty());
        QCOMPARE(seen, QStringList({u"filter-1"_s, u"filter-4"_s, u"filter-3"_s, u"filter-2"_s, u"filter-1"_s, u"filter-0"_s}));
    }

    void saysWhereItKeepsWhatItKnows()
    {
        const QJsonObject storage = m_server.get(u"/api/v2/server"_s).json["storage"_L1].toObject();
        QCOMPARE(storage["database"_L1]["kind"_L1], onPostgres() ? "postgresql"_L1 : "sqlite"_L1);
        QCOMPARE(storage["database"_L1]["latency_us"_L1].isDouble(), onPostgres());
        QCOMPARE(storage["files"_L1].toArray().size(), 2);
        for (const auto &file : storage["files"_L1].toArray())
            QVERIFY(file["bytes"_L1].toDouble() > 0);
    }

    void devicesAndPeopleAreToldOfAllServers()
    {
        const auto told = [this] { return m_server.get(u"/api/v2/server"_s).json["servers"_L1].toArray(); };
        const auto greeted = [this] {
            const auto device = m_server.device(u"told"_s, newKey());
            return device->waitForHello() ? device->hello() : QJsonObject();
        };
        QVERIFY(told().isEmpty());
        QVERIFY(!greeted().contains("servers"_L1));
        const auto connected = acceptedDevice(u"told-later"_s);
        m_server.server->setServers({u"https://a.example:8420"_s, u"https://b.example"_s, u"https://b.example"_s});
        // Who is there already hears of it too, and once.
        QTRY_COMPARE(connected->notificationsOf(methods::sessionServers).size(), 1);
        QCOMPARE(connected->notificationsOf(methods::sessionServers).first()["servers"_L1][1], "wss://b.example/device"_L1);
        m_server.server->setServers({u"https://a.example:8420"_s, u"https://b.example"_s});
        QCOMPARE(told(), (QJsonArray{"https://a.example:8420"_L1, "https://b.example"_L1}));
        QCOMPARE(greeted()["servers"_L1].toArray(), (QJsonArray{"wss://a.example:8420/device"_L1, "wss://b.example/device"_L1}));
        // What another one has put into the database is no address yet, and never more than anybody takes.
        QStringList urls{QString(),
                         u"javascript:alert(1)"_s,
                         u"ftp://a.example"_s,
                         u"wss://a.example"_s,
                         u"https://user@a.example"_s,
                         u"https://a.example/?x"_s,
                         u"https://"_s + QString(10'000, u'a')};
        for (int i = 0; i < 10'000; ++i)
            urls << u"http://127.0.0.1:%1"_s.arg(i + 1);
        m_server.server->setServers(urls);
        QCOMPARE(told().size(), 8);
        QCOMPARE(greeted()["servers"_L1][0], "ws://127.0.0.1:1/device"_L1);
        m_server.server->setServers({});
        QVERIFY(told().isEmpty());
    }

    void aBackupProvesItself()
    {
        if (onPostgres()) {
            const HttpAnswer refused = m_server.post(u"/api/v2/server/backups"_s);
            QCOMPARE(refused.status, 503);
            QVERIFY(refused.json["error"_L1]["message"_L1].toString().contains("pg_dump"_L1));
            return;
        }
        const auto device = m_server.acceptedDevice(u"kept"_s, *KeyPair::generate(Algorithm::EdDSA));
        QVERIFY(device);
        const HttpAnswer made = m_server.post(u"/api/v2/server/backups"_s);
        QCOMPARE(made.status, 200);
        // Whoever looks later sees how it ended, and what it takes.
        const QJsonObject info = m_server.get(u"/api/v2/server"_s).json;
        QCOMPARE(info["backup"_L1]["state"_L1], "made"_L1);
        QCOMPARE(info["backup"_L1]["report"_L1], QJsonValue(made.json));
        QVERIFY(info["backup"_L1]["begun_at"_L1].isString());
        QCOMPARE(info["storage"_L1]["backups"_L1]["count"_L1], 1);
        qint64 bytes = 0;
        for (const auto &file : made.json["files"_L1].toArray())
            bytes += file["bytes"_L1].toInteger();
        QVERIFY(info["storage"_L1]["backups"_L1]["bytes"_L1].toInteger() >= bytes);
        const QDir folder(made.json["folder"_L1].toString());
        QVERIFY(folder.path().startsWith(m_server.folder.path()));
        QCOMPARE(QFile::permissions(folder.path()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        // The sums are those of the files, and what the files hold is a whole server.
        for (const auto &file : made.json["files"_L1].toArray()) {
            QFile copy(folder.filePath(file["name"_L1].toString()));
            QVERIFY2(copy.open(QIODevice::ReadOnly), qPrintable(copy.fileName()));
            QCOMPARE(QString::fromLatin1(QCryptographicHash::hash(copy.readAll(), QCryptographicHash::Sha256).toHex()),
                     file["sha256"_L1].toString());
        }
        QProcess check;
        check.setWorkingDirectory(folder.path());
        check.start(u"sha256sum"_s, {u"--check"_s, u"--strict"_s, u"SHA256SUMS"_s});
        QVERIFY(check.waitForFinished() && check.exitCode() == 0);
        Settings settings = m_server.settings;
        settings.data = folder.path();
        settings.port = 0;
        Server restored(settings);
        const auto started = restored.start();
        QVERIFY2(started, started ? "" : qPrintable(started.error().message));
        QCOMPARE(made.json["devices"_L1].toInteger(), qint64(m_server.get(u"/api/v2/devices"_s).json["total"_L1].toInteger()));
        restored.stop();
        // Another start of the server knows of it too.
        const store::Backups anew({.folder = m_server.settings.data, .address = {}});
        QVERIFY(anew.storage().result().contains("backups"_L1));
        QCOMPARE(anew.last()["report"_L1], QJsonValue(made.json));
        // The newest seven stay; what is no backup, or leads elsewhere, is not touched, and the one just made is never the one to go.
        QDir all = folder;
        QVERIFY(all.cdUp());
        const QTemporaryDir elsewhere;
        QVERIFY(QFile(elsewhere.filePath(u"keep"_s)).open(QIODevice::WriteOnly));
        QVERIFY(QFile::link(elsewhere.path(), all.filePath(u"2000-01-01T00-00-00-000Z"_s)));
        QVERIFY(all.mkpath(u"2024-before-upgrade-to-z"_s) && all.mkpath(u"2001-01-01T00-00-00-000Z"_s));
        for (int i = 0; i < 8; ++i) {
            const QString later = all.filePath(u"2099-01-0%1T00-00-00-000Z"_s.arg(i + 1));
            QVERIFY(QDir().mkpath(later) && QFile::copy(folder.filePath(u"backup.json"_s), later + "/backup.json"_L1));
        }
        const QString newest = m_server.post(u"/api/v2/server/backups"_s).json["folder"_L1].toString();
        QVERIFY(QFile::exists(newest + "/muster.db"_L1));
        QCOMPARE(all.entryList({u"2099*"_s}, QDir::Dirs).size(), 6);
        QVERIFY(!folder.exists());
        QVERIFY(QFile::exists(elsewhere.filePath(u"keep"_s)));
        QVERIFY(all.exists(u"2024-before-upgrade-to-z"_s) && all.exists(u"2001-01-01T00-00-00-000Z"_s));
    }

    void whoIsAnsweredWhileItStopsHurtsNobody()
    {
        TestServer server;
        QCOMPARE(server.start(), QString());
        QNetworkRequest request(QUrl(server.server->url() + "/api/v2/session"_L1));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        QList<QNetworkReply *> asked;
        for (int i = 0; i < 8; ++i) // passwords take their time
            asked.append(server.network.post(request, R"({"user":"admin","password":"guessed by somebody"})"));
        QTRY_VERIFY(server.server->counters().requests >= 4);
        server.stop();
        for (QNetworkReply *reply : asked)
            QTRY_VERIFY(reply->isFinished());
    }

    void namesAreWhatTheyLook()
    {
        const auto make = [this](const QString &user) {
            return m_server.post(u"/api/v2/users"_s, {{"user"_L1, user}, {"role"_L1, u"viewer"_s}}).status;
        };
        QCOMPARE(make(u"na\u00efve"_s), 200);
        QCOMPARE(make(u"nai\u0308ve"_s), 409); // the same to who reads it
        QCOMPARE(make(u"a\u200bb"_s), 400);
        QCOMPARE(make(u"a\u00a0b"_s), 400);
        QCOMPARE(make(u"\u0130"_s), 200);
        QCOMPARE(m_server.post(u"/api/v2/api-keys"_s, {{"name"_L1, u" "_s}}).status, 400);
        QCOMPARE(m_server.http("POST", u"/api/v2/users?user=inquery&role=viewer&password=longpassword1"_s, {}, m_server.admin).status, 400);
        QCOMPARE(m_server.http("POST", u"/api/v2/users?role=viewer"_s, R"({"user":"twice","role":"admin"})", m_server.admin).status, 400);
        QCOMPARE(m_server.post(u"/api/v2/users"_s, {{"user"_L1, u"empty"_s}, {"role"_L1, u"viewer"_s}, {"password"_L1, QString()}}).status,
                 400);
        QCOMPARE(m_server.get(u"/api/v2/audit?to=1970-01-01T00:00:00Z"_s).json["total"_L1].toInt(-1), 0);
        // All of them come, one a page, each once.
        QStringList seen;
        QString after;
        do {
            const QJsonObject page =
                m_server
                    .get(u"/api/v2/users?limit=1"_s
                         + (after.isEmpty() ? QString() : u"&after="_s + QString::fromLatin1(QUrl::toPercentEncoding(after))))
                    .json;
            seen.append(page["items"_L1][0]["user"_L1].toString());
            after = page["next"_L1].toString();
            QVERIFY(seen.size() <= page["total"_L1].toInt());
            if (after.isEmpty())
                QCOMPARE(seen.size(), page["total"_L1].toInt());
        } while (!after.isEmpty());
        QVERIFY(seen.contains(u"\u0130"_s));
    }

    void aNewPasswordEndsLinksToo()
    {
        (void)m_server.signedIn(u"linked"_s, u"viewer"_s);
        const QString link = m_server.post(u"/api/v2/sign-in-links"_s, {{"user"_L1, u"linked"_s}}).json["link"_L1].toString();
        QCOMPARE(m_server.http("PATCH", u"/api/v2/users/linked"_s, R"({"password":"another correct one"})", m_server.admin).status, 200);
        const QByteArray body = QJsonDocument(QJsonObject{{"token"_L1, link.section(u'/', -1)}}).toJson();
        QCOMPARE(m_server.http("POST", u"/api/v2/session/redeem"_s, body, {}).status, 401);
    }

    void decisionsAreInTheAudit()
    {
        QVERIFY(acceptedDevice(u"audited"_s));
        const auto entries = m_server.get(u"/api/v2/audit?limit=500"_s).json["items"_L1].toArray();
        const auto found = std::ranges::find_if(entries, [](const QJsonValue &entry) {
            return entry["method"_L1] == "Approvals.Accept"_L1 && entry["target"_L1] == "audited"_L1;
        });
        QVERIFY(found != entries.end());
        QCOMPARE((*found)["actor"_L1], "admin"_L1);
        QVERIFY((*found)["detail"_L1]["fingerprint"_L1].toString().startsWith("SHA256:"_L1));
    }

    void theLiveSocketFollowsTheFleet()
    {
        Live live(m_server.server->url(), m_server.admin);
        QVERIFY(live.ask(u"Live.Ping"_s)["result"_L1]["time"_L1].isString());
        const QJsonObject window =
            live.ask(u"Live.Subscribe"_s,
                     {{"topic"_L1, u"devices"_s}, {"offset"_L1, 0}, {"limit"_L1, 100}, {"text"_L1, u"live-"_s}})["result"_L1]
                .toObject();
        QCOMPARE(window["total"_L1], 0);
        (void)live.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"approvals"_s}});
        (void)live.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"fleet"_s}});
        const auto device = acceptedDevice(u"live-1"_s);
        QVERIFY(device);
        QTRY_COMPARE(live.lastOf(u"Live.Window"_s)["ids"_L1].toArray(), QJsonArray{u"live-1"_s});
        QTRY_VERIFY(!live.lastOf(u"Live.Approvals"_s).isEmpty());
        QTRY_VERIFY(live.lastOf(u"Live.Fleet"_s)["counts"_L1]["online"_L1].toInt() >= 1);
        // Whoever looks at a device has it send live health.
        (void)live.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"health"_s}, {"id"_L1, u"live-1"_s}});
        QTRY_VERIFY(std::ranges::any_of(device->received, [](const Message &message) {
            const auto *request = std::get_if<Request>(&message);
            return request && request->method == "Health.Stream"_L1 && request->params["every_ms"_L1] == 2000;
        }));
        HealthSample sample;
        sample.time = QDateTime::currentMSecsSinceEpoch();
        sample[HealthField::Cpu] = 321;
        device->send(device->sealed(Notification{.method = u"Health.Sample"_s, .params = toJson(sample)}));
        QTRY_COMPARE(live.lastOf(u"Live.Health"_s)["sample"_L1]["cpu"_L1], 321);
        const QString device1 =
            live.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"device"_s}, {"id"_L1, u"live-1"_s}})["result"_L1]["subscription"_L1].toString();
        device->close();
        QTRY_COMPARE(live.lastOf(u"Live.Device"_s)["device"_L1]["presence"_L1]["state"_L1], "offline"_L1);
        QVERIFY(live.ask(u"Live.Unsubscribe"_s, {{"subscription"_L1, device1}}).contains("result"_L1));
        QCOMPARE(live.ask(u"Live.Unsubscribe"_s, {{"subscription"_L1, device1}})["error"_L1]["code"_L1], int(NotFound));
    }

    void theLiveSocketGoesThroughTheSameGate()
    {
        Live live(m_server.server->url(), m_server.signedIn(u"looker"_s, u"viewer"_s));
        QCOMPARE(live.ask(u"Users.List"_s)["error"_L1]["code"_L1], int(Forbidden));
        QCOMPARE(live.ask(u"Devices.Call"_s, {{"id"_L1, u"x"_s}, {"method"_L1, u"y"_s}})["error"_L1]["code"_L1], int(Forbidden));
        QCOMPARE(live.ask(u"No.Such"_s)["error"_L1]["code"_L1], int(MethodNotFound));
        QCOMPARE(live.ask(u"Devices.List"_s, {{"limit"_L1, 0}})["error"_L1]["code"_L1], int(InvalidParams));
        QCOMPARE(live.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"secrets"_s}})["error"_L1]["code"_L1], int(InvalidParams));
        QCOMPARE(live.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"devices"_s}, {"limit"_L1, 100'000}})["error"_L1]["code"_L1],
                 int(InvalidParams));
        live.socket.sendTextMessage(u"{"_s);
        QTRY_VERIFY(std::ranges::any_of(live.received,
                                        [](const QJsonObject &message) { return message["error"_L1]["code"_L1] == int(ParseError); }));
    }

    void whatARoleNoLongerMaySeeIsPushedNoMore()
    {
        QVERIFY(acceptedDevice(u"asked-1"_s));
        Live live(m_server.server->url(), m_server.signedIn(u"sinker"_s, u"operator"_s));
        QVERIFY(live.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"commands"_s}}).contains("result"_L1));
        QVERIFY(live.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"fleet"_s}}).contains("result"_L1));
        const auto command = [this] {
            return m_server.post(u"/api/v2/commands"_s, {{"device"_L1, u"asked-1"_s}, {"method"_L1, u"Lamp.On"_s}}).status;
        };
        QCOMPARE(command(), 200);
        QTRY_COMPARE(live.allOf(u"Live.Commands"_s).size(), 1);
        QCOMPARE(m_server.http("PATCH", u"/api/v2/users/sinker"_s, R"({"role":"viewer"})", m_server.admin).status, 200);
        QCOMPARE(command(), 200);
        // What a viewer may see goes on, behind what would have come before it.
        const qsizetype seen = live.allOf(u"Live.Fleet"_s).size();
        QVERIFY(acceptedDevice(u"asked-2"_s));
        QTRY_VERIFY(live.allOf(u"Live.Fleet"_s).size() > seen);
        QCOMPARE(live.allOf(u"Live.Commands"_s).size(), 1);
    }

    void theLiveSocketTurnsStrangersAway()
    {
        Live nobody(m_server.server->url(), {});
        QTRY_COMPARE(int(nobody.socket.closeCode()), 4401);
        Live otherSite(m_server.server->url(), m_server.admin, "https://evil.example", true);
        QTRY_COMPARE(int(otherSite.socket.closeCode()), 4403);
    }

    void aRevokedSessionEndsEverywhereWithinASecond()
    {
        const QString token = m_server.signedIn(u"leaver"_s, u"viewer"_s);
        Live live(m_server.server->url(), token);
        QVERIFY(live.ask(u"Live.Ping"_s).contains("result"_L1));
        const QString session = m_server.http("GET", u"/api/v2/session"_s, {}, token).json["id"_L1].toString();
        QCOMPARE(m_server.http("DELETE", u"/api/v2/sessions/"_s + session, {}, m_server.admin).status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(int(live.socket.closeCode()), 4401, 1000);
        QVERIFY(!live.lastOf(u"Live.SignedOut"_s).isEmpty());
        QCOMPARE(m_server.http("GET", u"/api/v2/session"_s, {}, token).status, 401);
    }

    void aPageIsSignedOutFromElsewhereWithinASecond()
    {
        const QByteArray origin = m_server.server->url().toLatin1();
        const auto openPage = [&](const QString &token) { return std::make_unique<Live>(m_server.server->url(), token, origin, true); };
        const QString token = m_server.signedIn(u"pages"_s, u"viewer"_s);
        const auto first = openPage(token);
        const auto second = openPage(token);
        const auto other = openPage(m_server.signedIn(u"pages"_s, u"viewer"_s));
        for (Live *live : {first.get(), second.get(), other.get()})
            QVERIFY(live->ask(u"Live.Ping"_s).contains("result"_L1));
        // One of the browser's pages signs out: the cookie's session ends, and so do all sockets of it.
        QCOMPARE(
            m_server
                .http("DELETE", u"/api/v2/session"_s, {}, {}, {{"Cookie", cookieHeader(m_server.server->url(), token)}, {"Origin", origin}})
                .status,
            200);
        QTRY_COMPARE_WITH_TIMEOUT(int(first->socket.closeCode()), 4401, 1000);
        QTRY_COMPARE_WITH_TIMEOUT(int(second->socket.closeCode()), 4401, 1000);
        QCOMPARE(other->socket.state(), QAbstractSocket::ConnectedState);
        const auto late = openPage(token);
        QTRY_COMPARE(int(late->socket.closeCode()), 4401);
    }

    // --- start and stop --------------------------------------------------------------------------------------------

    void noLogKeepsTheLinkForTheFirstAccount()
    {
        const QTemporaryDir folder;
        const QString link = folder.filePath(u"data/setup-link"_s);
        QProcess musterd;
        const auto started = [&] {
            musterd.start(u"" MUSTER_BIN_DIR "/musterd"_s,
                          {u"run"_s, u"--data"_s, folder.filePath(u"data"_s), u"--listen"_s, u"127.0.0.1:0"_s, u"--web"_s, QString(),
                           u"--ready-file"_s, folder.filePath(u"ready"_s)});
            return muster::test::eventually([&] { return QFile::exists(folder.filePath(u"ready"_s)) && musterd.bytesAvailable() > 0; });
        };
        const auto stopped = [&] {
            musterd.terminate();
            return musterd.waitForFinished(10'000);
        };
        QVERIFY(started());
        QTRY_VERIFY(QFile::exists(link));
        const auto written = [&link] {
            QFile file(link);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const QByteArray first = written();
        QVERIFY2(first.contains("/#/setup/"), first);
        QCOMPARE(QFile::permissions(link) & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        QVERIFY(stopped());
        QVERIFY(QFile::exists(link));
        const QByteArray output = musterd.readAllStandardOutput() + musterd.readAllStandardError();
        QVERIFY2(output.contains(link.toUtf8()) && !output.contains("#/setup/"), output);
        // Once somebody used it, it is gone; the same when somebody was made without it.
        QVERIFY(started());
        QTRY_VERIFY(written() != first);
        const QUrl url(QString::fromUtf8(written()).trimmed());
        RawHttp http(url.toString(QUrl::RemoveFragment | QUrl::RemovePath));
        const QByteArray body =
            QJsonDocument(QJsonObject{{"token"_L1, url.fragment().section(u'/', -1)}, {"user"_L1, u"ada"_s}, {"password"_L1, testPassword}})
                .toJson(QJsonDocument::Compact);
        http.socket.write("POST /api/v2/setup HTTP/1.1\r\nHost: m\r\nContent-Type: application/json\r\nContent-Length: "
                          + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QCOMPARE(http.head().status, 200);
        QTRY_VERIFY(!QFile::exists(link));
        QVERIFY(stopped());
        QCOMPARE(QProcess::execute(u"" MUSTER_BIN_DIR "/musterd"_s,
                                   {u"user"_s, u"add"_s, u"--data"_s, folder.filePath(u"data"_s), u"--name"_s, u"a"_s, u"--link"_s}),
                 0);
        QVERIFY(started());
        QTRY_VERIFY(!QFile::exists(link));
        QVERIFY(stopped());
    }

    void saysWhyItDoesNotStart()
    {
        QTcpServer busy;
        QVERIFY(busy.listen(QHostAddress::LocalHost));
        QTemporaryDir folder;
        Settings settings;
        settings.data = folder.filePath(u"d"_s);
        settings.port = busy.serverPort();
        {
            Server server(settings);
            const auto started = server.start();
            QVERIFY(!started);
            QVERIFY2(started.error().message.contains("in use by another program"_L1), qPrintable(started.error().message));
        }
        settings.port = 0;
        settings.data = m_server.settings.data;
        {
            Server server(settings);
            const auto started = server.start();
            QVERIFY(!started);
            QVERIFY2(started.error().message.contains("another Muster server"_L1), qPrintable(started.error().message));
        }
        settings.data = folder.filePath(u"d"_s);
        QFile key(settings.data + "/keys/cloud_private.pem"_L1);
        QVERIFY(key.exists());
        key.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
        Server server(settings);
        const auto started = server.start();
        QVERIFY(!started);
        QVERIFY2(started.error().message.contains("cloud_private.pem"_L1), qPrintable(started.error().message));
    }

    void speaksTls()
    {
        QTemporaryDir folder;
        const Settings settings = selfSigned(folder.path());
        TestServer secure(settings);
        QCOMPARE(secure.start(), QString());
        QVERIFY(secure.server->url().startsWith("https://"_L1));
        QCOMPARE(secure.get(u"/api/v2/session"_s).status, 200);
        QSslConfiguration trusting = QSslConfiguration::defaultConfiguration();
        trusting.setCaCertificates(QSslCertificate::fromPath(settings.tlsCertificate));
        TestDevice device(QUrl(secure.server->url()), u"tls"_s, newKey(), secure.cloudPem(), trusting);
        QCOMPARE(device.introduce(), u"pending"_s);
        // Plain text to the same port gets nothing.
        QTcpSocket plain;
        plain.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(QUrl(secure.server->url()).port()));
        QTRY_COMPARE(plain.state(), QAbstractSocket::ConnectedState);
        plain.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_COMPARE(plain.state(), QAbstractSocket::UnconnectedState);
        QVERIFY(!plain.readAll().contains("HTTP/1.1 200"));
    }

    void comesBackWithAllItHad()
    {
        TestServer house;
        QCOMPARE(house.start(), QString());
        const KeyPair key = newKey();
        auto device = house.device(u"keeper"_s, key);
        QCOMPARE(device->introduce(), u"pending"_s);
        QCOMPARE(house.acceptKeyOf(u"keeper"_s), u"accepted"_s);
        const QByteArray pem = house.cloudPem();
        house.stop();
        QCOMPARE(device->closeCode(), int(QWebSocketProtocol::CloseCodeGoingAway));
        QCOMPARE(house.start(), QString());
        QCOMPARE(house.cloudPem(), pem);
        QCOMPARE(house.get(u"/api/v2/devices/keeper"_s).json["presence"_L1]["state"_L1], "offline"_L1);
        device = house.device(u"keeper"_s, key);
        QCOMPARE(device->introduce(), u"accepted"_s);
        QTRY_COMPARE(house.get(u"/api/v2/devices/keeper"_s).json["presence"_L1]["state"_L1], "online"_L1);
    }

private:
    /// A 1,024-bit RSA key, made for this test; nobody has its other half.
    static constexpr const char *shortKey =
        "-----BEGIN PUBLIC KEY-----\n"
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQChyXHbKCYds13xxUL67lYt/Klq\n"
        "fiBnHDINFa+Dn7uljS422IFOfwzCCuWGQnNqYKAmquqochfZPlRw5jliiAA42Btq\n"
        "G13DB4VqyLHSFUmsaAVGUvm8mDrxmRHxUtjV1gwDcv+MM6GSRk2giT+VZ53iZIzJ\n"
        "WhUFqypYDX5AfC8e3wIDAQAB\n"
        "-----END PUBLIC KEY-----\n";
};

MUSTER_TEST(ServerTest)
#include "tst_server.moc"
