// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/rest.h"
#include "server/listen/connectionguard.h"
#include "server/listen/peeraddress.h"
#include "server/listen/route.h"
#include "tests/support/testcase.h"

using namespace muster::listen;
using namespace Qt::Literals::StringLiterals;

class ListenTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void routes_data()
    {
        QTest::addColumn<QByteArray>("peeked");
        QTest::addColumn<int>("destination");
        const auto row = [](const char *name, const QByteArray &peeked, Destination destination) {
            QTest::newRow(name) << peeked << int(destination);
        };
        row("nothing", "", Destination::Unknown);
        row("half a line", "GET /device HT", Destination::Unknown);
        row("device", "GET /device HTTP/1.1\r\nHost", Destination::Door);
        row("device, query", "GET /device?x=1 HTTP/1.1\r\n", Destination::Door);
        row("device, post", "POST /device HTTP/1.1\r\n", Destination::Http);
        row("below device", "GET /device/x HTTP/1.1\r\n", Destination::Http);
        row("live", "GET /api/v2/live HTTP/1.1\r\n", Destination::Live);
        row("rest", "GET /api/v2/devices HTTP/1.1\r\n", Destination::Http);
        row("http 2", "PRI * HTTP/2.0\r\n", Destination::Refused);
        row("no http", "hello world\r\n", Destination::Refused);
        row("tls", "\x16\x03\x01\x02\n", Destination::Refused);
        row("endless", QByteArray(requestLineBytes + 1, 'x'), Destination::Refused);
        row("long", "GET /" + QByteArray(requestLineBytes, 'x') + " HTTP/1.1\r\n", Destination::Refused);
    }

    void routes()
    {
        QFETCH(const QByteArray, peeked);
        QFETCH(const int, destination);
        const Route route = routeOf(peeked, [](const QByteArray &path) { return path == "/device"; });
        QCOMPARE(int(route.destination), destination);
    }

    void guardCountsAndLetsGo()
    {
        ConnectionGuard guard(2, 3);
        const QHostAddress one(u"10.0.0.1"_s);
        const QHostAddress two(u"10.0.0.2"_s);
        auto a = guard.enter(one);
        auto b = guard.enter(one);
        QVERIFY(a && b);
        QVERIFY(!guard.enter(one));
        auto c = guard.enter(two);
        QVERIFY(c);
        QVERIFY(!guard.enter(two)); // the total
        b->release();               // NOLINT(bugprone-unchecked-optional-access): QVERIFY above
        QCOMPARE(guard.count(), 2);
        ConnectionGuard::Slot moved = std::move(*a); // NOLINT(bugprone-unchecked-optional-access)
        a.reset();
        QCOMPARE(guard.count(), 2);
        QVERIFY(guard.enter(one));
        // Loopback may be a proxy that speaks for many.
        ConnectionGuard local(1, 3);
        auto x = local.enter(QHostAddress::LocalHost);
        auto y = local.enter(QHostAddress::LocalHost);
        QVERIFY(x && y);
    }

    void believesAProxyOnThisMachineAlone()
    {
        QCOMPARE(realAddress(QHostAddress::LocalHost, "1.2.3.4, 5.6.7.8"), QHostAddress(u"5.6.7.8"_s));
        QCOMPARE(realAddress(QHostAddress(u"9.9.9.9"_s), "1.2.3.4"), QHostAddress(u"9.9.9.9"_s));
        QCOMPARE(realAddress(QHostAddress::LocalHost, "nonsense"), QHostAddress(QHostAddress::LocalHost));
        QCOMPARE(realAddress(QHostAddress(u"::ffff:127.0.0.1"_s), {}), QHostAddress(QHostAddress::LocalHost));
    }

    void readsCredentials()
    {
        using muster::api::credentialsOf;
        QCOMPARE(credentialsOf("Bearer abc", {}).token, u"abc"_s);
        QCOMPARE(credentialsOf("bearer abc", "muster_session=def").token, u"abc"_s);
        QVERIFY(credentialsOf({}, "a=b; muster_session=def; c=d").fromCookie);
        QCOMPARE(credentialsOf({}, "a=b; muster_session=def; c=d").token, u"def"_s);
        QVERIFY(credentialsOf("Basic abc", "xmuster_session=1").token.isEmpty());
    }

    void knowsItsOwnPages()
    {
        using muster::api::isSameOrigin;
        QVERIFY(isSameOrigin({}, "muster.example"));
        QVERIFY(isSameOrigin("https://muster.example", "muster.example"));
        QVERIFY(isSameOrigin("http://127.0.0.1:8420", "127.0.0.1:8420"));
        QVERIFY(!isSameOrigin("http://127.0.0.1:9999", "127.0.0.1:8420"));
        QVERIFY(!isSameOrigin("https://evil.example", "muster.example"));
        QVERIFY(!isSameOrigin("null", "muster.example"));
    }
};

MUSTER_TEST(ListenTest)
#include "tst_listen.moc"
