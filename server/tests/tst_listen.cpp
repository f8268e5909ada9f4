// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/credentials.h"
#include "server/listen/admission.h"
#include "server/listen/peeraddress.h"
#include "server/listen/rooms.h"
#include "server/listen/route.h"
#include "server/network.h"
#include "tests/support/testcase.h"
#include "transport/httpreader.h"

using namespace muster::listen;
using namespace Qt::Literals::StringLiterals;

class ListenTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void routes_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<bool>("asks");
        QTest::addColumn<int>("destination");
        const auto row = [](const char *name, const QByteArray &start, bool asks, Destination destination) {
            QTest::newRow(name) << start << asks << int(destination);
        };
        row("device", "GET /device HTTP/1.1", true, Destination::Door);
        row("device, query", "GET /device?x=1 HTTP/1.1", true, Destination::Door);
        row("device, whole address", "GET http://muster/device HTTP/1.1", true, Destination::Door);
        row("device, a page", "GET /device HTTP/1.1", false, Destination::Refused);
        row("device, a head", "HEAD /device HTTP/1.1", false, Destination::Refused);
        row("device, HTTP/1.0", "GET /device HTTP/1.0", true, Destination::Refused);
        row("device, post", "POST /device HTTP/1.1", false, Destination::Http);
        row("below device", "GET /device/x HTTP/1.1", true, Destination::Http);
        row("live", "GET /api/v2/live HTTP/1.1", true, Destination::People);
        row("notifications", "GET /api/v2/notify?access_token=x HTTP/1.1", true, Destination::People);
        row("notifications, a page", "GET /api/v2/notify HTTP/1.1", false, Destination::Refused);
        row("live, a page", "GET /api/v2/live HTTP/1.1", false, Destination::Refused);
        row("rest", "GET /api/v2/devices HTTP/1.1", false, Destination::Http);
        row("rest, upgrade", "GET /api/v2/devices HTTP/1.1", true, Destination::Http);
    }

    void routes()
    {
        QFETCH(const QByteArray, start);
        QFETCH(const bool, asks);
        QFETCH(const int, destination);
        muster::transport::HttpReader reader(muster::transport::HttpReader::Kind::Request, 1000, 0);
        const QByteArray upgrade =
            "Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        QVERIFY(reader.take(start + "\r\nHost: muster\r\n" + (asks ? upgrade : QByteArray()) + "\r\n"));
        QCOMPARE(int(destinationOf(reader.head(), [](const QByteArray &path) { return path == "/device"; })), destination);
    }

    void countsIpv6BySubscriber()
    {
        using muster::networkOf;
        QCOMPARE(networkOf(u"192.0.2.7"_s), u"192.0.2.7"_s);
        QCOMPARE(networkOf(u"::ffff:192.0.2.7"_s), u"192.0.2.7"_s);
        QCOMPARE(networkOf(u"2001:db8:1:2:3:4:5:6"_s), u"2001:db8:1:2::/64"_s);
        QCOMPARE(networkOf(u"2001:db8:1:2:ffff::1"_s), networkOf(u"2001:db8:1:2::7"_s));
        QVERIFY(networkOf(u"2001:db8:1:3::7"_s) != networkOf(u"2001:db8:1:2::7"_s));
        QCOMPARE(networkOf(u"what"_s), u"what"_s);
        using muster::networkFromText;
        for (const auto &[written, network] : {std::pair{u"192.0.2.7"_s, u"192.0.2.7"_s},
                                               {u"192.0.2.7/32"_s, u"192.0.2.7"_s},
                                               {u"2001:db8:1:2::7"_s, u"2001:db8:1:2::/64"_s},
                                               {u"2001:db8:1:2::/64"_s, u"2001:db8:1:2::/64"_s}})
            QCOMPARE(networkFromText(written).value_or(QString()), network);
        for (const QString &wrong : {u"banana"_s, u""_s, u"/8"_s, u"10.0.0.0/8"_s, u"2001:db8::/32"_s, u"192.0.2.7/64"_s})
            QVERIFY2(!networkFromText(wrong), qPrintable(wrong));
    }

    void whoeverCrowdsARoomPays()
    {
        Rooms::Sizes sizes;
        sizes.fill({.total = 4, .perNetwork = 2, .evicts = true});
        sizes[size_t(Room::Accepted)] = {.total = 1, .perNetwork = 1, .evicts = false};
        Rooms rooms(sizes);
        QStringList evicted;
        const auto enter = [&](Room room, const QString &network, const QString &name) {
            return rooms.enter(room, network, [&evicted, name] { evicted.append(name); });
        };
        auto a = enter(Room::Pending, u"one"_s, u"a"_s);
        auto b = enter(Room::Pending, u"one"_s, u"b"_s);
        QVERIFY(a && b && evicted.isEmpty());
        auto c = enter(Room::Pending, u"one"_s, u"c"_s); // its share is used up: the oldest of its own goes
        QVERIFY(c);
        QCOMPARE(evicted, QStringList{u"a"_s});
        auto d = enter(Room::Pending, u"two"_s, u"d"_s);
        auto e = enter(Room::Pending, u"three"_s, u"e"_s);
        QCOMPARE(rooms.count(Room::Pending), 4);
        auto f = enter(Room::Pending, u"four"_s, u"f"_s); // full: the most crowded network gives way, not a quiet one
        QVERIFY(d && e && f);
        QCOMPARE(evicted, (QStringList{u"a"_s, u"b"_s}));
        QVERIFY(enter(Room::Strangers, u"one"_s, u"x"_s)); // another room is another room
        auto g = enter(Room::Accepted, u"one"_s, u"g"_s);
        QVERIFY(g);
        QVERIFY(!enter(Room::Accepted, u"two"_s, u"h"_s)); // whom a person accepted nobody pushes out
        g->release();                                      // NOLINT(bugprone-unchecked-optional-access): QVERIFY above
        QVERIFY(enter(Room::Accepted, u"two"_s, u"h"_s));
        c.reset();
        Rooms::Place moved = std::move(*d); // NOLINT(bugprone-unchecked-optional-access)
        d.reset();
        QCOMPARE(rooms.count(Room::Pending), 3);
    }

    void aProxyOnThisMachineSpeaksForMany()
    {
        Rooms::Sizes sizes;
        sizes.fill({.total = 3, .perNetwork = 1, .evicts = true});
        Rooms rooms(sizes);
        int evicted = 0;
        std::vector<std::optional<Rooms::Place>> places;
        places.reserve(4);
        for (int i = 0; i < 3; ++i)
            places.push_back(rooms.enter(Room::Strangers, {}, [&evicted] { ++evicted; }));
        QCOMPARE(evicted, 0);
        places.push_back(rooms.enter(Room::Strangers, {}, [&evicted] { ++evicted; }));
        QCOMPARE(evicted, 1);
    }

    void roomsFitIntoTheDescriptors()
    {
        for (const qint64 descriptors : {qint64(256), qint64(1024), qint64(65'536), qint64(1'048'576)}) {
            qint64 all = 0;
            for (const Rooms::Size &size : Rooms::sizesFor(descriptors)) {
                QVERIFY(size.total > 0);
                all += size.total;
            }
            QVERIFY2(descriptors <= 256 || all <= descriptors, qPrintable(u"%1 of %2"_s.arg(all).arg(descriptors)));
        }
    }

    void networksTakeTurns()
    {
        using Lane = Admission::Lane;
        Admission admission({.atWork = 2, .turn = std::chrono::milliseconds(50)});
        std::vector<Admission::Turn> turns;
        QStringList begun;
        const auto wait = [&](Lane lane, const QString &network) {
            return admission.wait(
                lane, network,
                [&, network](Admission::Turn turn) {
                    begun.append(network);
                    turns.push_back(std::move(turn));
                },
                [] { QFAIL("nobody is dropped here"); });
        };
        while (admission.waiting() == 0)
            (void)wait(Lane::Strangers, u"crowd"_s);
        (void)wait(Lane::Strangers, u"crowd"_s);
        const quint64 cancelled = wait(Lane::Strangers, u"gone"_s);
        (void)wait(Lane::Strangers, u"quiet"_s);
        (void)wait(Lane::Operators, u"operator"_s);
        (void)wait(Lane::Devices, u"device"_s);
        admission.cancel(cancelled);
        // Who is sent away comes when there is room, and not all at once.
        const auto first = admission.promise();
        for (int i = 0; i < 5000; ++i)
            (void)admission.promise();
        QVERIFY(admission.promise() > first);
        QVERIFY(admission.expectedWait() > std::chrono::milliseconds(0));
        begun.clear();
        // Turns that are not given back are lost: who makes us wait keeps nobody else waiting for long.
        QTRY_COMPARE(begun.size(), 5);
        // But for the one in eight that strangers have for sure.
        QVERIFY(begun.indexOf(u"operator"_s) <= 1 && begun.indexOf(u"device"_s) <= 2);
        QVERIFY(begun.indexOf(u"quiet"_s) < begun.lastIndexOf(u"crowd"_s));
        QVERIFY(!begun.contains(u"gone"_s));
        QCOMPARE(admission.waiting(), size_t(0));
    }

    void believesAProxyOnThisMachineAlone()
    {
        QCOMPARE(realAddress(QHostAddress::LocalHost, "1.2.3.4, 5.6.7.8"), QHostAddress(u"5.6.7.8"_s));
        QCOMPARE(realAddress(QHostAddress(u"9.9.9.9"_s), "1.2.3.4"), QHostAddress(u"9.9.9.9"_s));
        QCOMPARE(realAddress(QHostAddress::LocalHost, "nonsense"), QHostAddress(QHostAddress::LocalHost));
        QCOMPARE(realAddress(QHostAddress::LocalHost, "1.2.3.4:5678"), QHostAddress(u"1.2.3.4"_s));
        QCOMPARE(realAddress(QHostAddress::LocalHost, "2001:db8::7"), QHostAddress(u"2001:db8::7"_s));
        QCOMPARE(realAddress(QHostAddress::LocalHost, "[2001:db8::7]"), QHostAddress(u"2001:db8::7"_s));
        QCOMPARE(realAddress(QHostAddress::LocalHost, "1.2.3.4, \"[2001:db8::7]:80\""), QHostAddress(u"2001:db8::7"_s));
        QCOMPARE(realAddress(QHostAddress::LocalHost, "::ffff:1.2.3.4"), QHostAddress(u"1.2.3.4"_s));
        QCOMPARE(realAddress(QHostAddress(u"::ffff:127.0.0.1"_s), {}), QHostAddress(QHostAddress::LocalHost));
    }

    void namesTheCookie()
    {
        using muster::api::sessionCookieName;
        QCOMPARE(sessionCookieName(true, "muster.example"), "__Host-muster_session"_ba);
        // Cookies do not tell ports apart: two servers on one host must not take each other's.
        QCOMPARE(sessionCookieName(false, "127.0.0.1:8420"), "muster_session_8420"_ba);
        QCOMPARE(sessionCookieName(false, "[::1]:8421"), "muster_session_8421"_ba);
        QCOMPARE(sessionCookieName(false, "localhost"), "muster_session_80"_ba);
        QCOMPARE(sessionCookieName(false, {}), "muster_session_80"_ba);
    }

    void readsCredentials()
    {
        const auto credentialsOf = [](QByteArrayView authorization, QByteArrayView cookie) {
            return muster::api::credentialsOf(authorization, cookie, "__Host-muster_session");
        };
        QCOMPARE(credentialsOf("Bearer abc", {}).token, u"abc"_s);
        QCOMPARE(credentialsOf("bearer abc", "__Host-muster_session=def").token, u"abc"_s);
        QVERIFY(credentialsOf({}, "a=b; __Host-muster_session=def; c=d").fromCookie);
        QCOMPARE(credentialsOf({}, "a=b; __Host-muster_session=def; c=d").token, u"def"_s);
        QVERIFY(credentialsOf("Basic abc", "x__Host-muster_session=1; muster_session=2; muster_session_80=3").token.isEmpty());
    }

    void knowsItsOwnPages_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("site");
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<QByteArray>("referer");
        QTest::addColumn<bool>("secure");
        QTest::addColumn<muster::api::Sender>("sender");
        using muster::api::Sender;
        const QByteArray host = "127.0.0.1:8420";
        QTest::newRow("not a browser") << host << ""_ba << ""_ba << ""_ba << false << Sender::Unknown;
        QTest::newRow("own page") << host << "same-origin"_ba << ""_ba << ""_ba << false << Sender::OwnPage;
        QTest::newRow("own page, with Origin") << host << "same-origin"_ba << "http://127.0.0.1:8420"_ba << ""_ba << false
                                               << Sender::OwnPage;
        QTest::newRow("typed") << host << "none"_ba << ""_ba << ""_ba << false << Sender::Reader;
        QTest::newRow("another port of the host") << host << "same-site"_ba << ""_ba << ""_ba << false << Sender::Other;
        QTest::newRow("another site") << host << "cross-site"_ba << ""_ba << ""_ba << false << Sender::Other;
        QTest::newRow("a word of tomorrow") << host << "same-planet"_ba << ""_ba << ""_ba << false << Sender::Other;
        QTest::newRow("both, and they differ") << host << "same-origin"_ba << "https://evil.example"_ba << ""_ba << false << Sender::Other;
        QTest::newRow("old, own Origin") << host << ""_ba << "http://127.0.0.1:8420"_ba << ""_ba << false << Sender::OwnPage;
        QTest::newRow("old, other port's Origin") << host << ""_ba << "http://127.0.0.1:9999"_ba << ""_ba << false << Sender::Other;
        QTest::newRow("old, no Origin to tell") << host << ""_ba << "null"_ba << ""_ba << false << Sender::Other;
        QTest::newRow("old, own Referer") << host << ""_ba << ""_ba << "http://127.0.0.1:8420/index.html"_ba << false << Sender::OwnPage;
        QTest::newRow("old, other Referer") << host << ""_ba << ""_ba << "http://127.0.0.1:84200/"_ba << false << Sender::Other;
        QTest::newRow("TLS, own page") << "muster.example"_ba << ""_ba << "https://muster.example"_ba << ""_ba << true << Sender::OwnPage;
        QTest::newRow("default port written") << "muster.example:443"_ba << ""_ba << "https://muster.example"_ba << ""_ba << true
                                              << Sender::OwnPage;
        QTest::newRow("default port left out") << "muster.example"_ba << ""_ba << "http://muster.example:80"_ba << ""_ba << false
                                               << Sender::OwnPage;
        QTest::newRow("TLS, port of plain text")
            << "muster.example:80"_ba << ""_ba << "https://muster.example"_ba << ""_ba << true << Sender::Other;
        QTest::newRow("TLS, page without") << "muster.example"_ba << ""_ba << "http://muster.example"_ba << ""_ba << true << Sender::Other;
    }

    void knowsItsOwnPages()
    {
        QFETCH(const QByteArray, host);
        QFETCH(const QByteArray, site);
        QFETCH(const QByteArray, origin);
        QFETCH(const QByteArray, referer);
        QFETCH(const bool, secure);
        QFETCH(const muster::api::Sender, sender);
        QCOMPARE(muster::api::senderOf({.host = host, .site = site, .origin = origin, .referer = referer}, secure), sender);
    }
};

MUSTER_TEST(ListenTest)
#include "tst_listen.moc"
