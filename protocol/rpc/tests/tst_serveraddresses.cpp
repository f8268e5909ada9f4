// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/serveraddresses.h"
#include "tests/support/testcase.h"

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class ServerAddressesTest : public test::TestCase
{
    Q_OBJECT

    static QList<QUrl> urls(const QStringList &texts)
    {
        QList<QUrl> all;
        for (const QString &text : texts)
            all << QUrl(text);
        return all;
    }

private slots:
    void eachHasItsTurn()
    {
        ServerAddresses addresses(urls({u"wss://a/device"_s, u"wss://b/device"_s}));
        QVERIFY(addresses.areSeveral());
        QCOMPARE(addresses.current().host(), u"a"_s);
        QVERIFY(addresses.next());
        QCOMPARE(addresses.current().host(), u"b"_s);
        QVERIFY(!addresses.next()); // all were tried
        QCOMPARE(addresses.current().host(), u"a"_s);
        QVERIFY(!ServerAddresses(urls({u"wss://a/device"_s})).next());
        QVERIFY(!ServerAddresses().next());
        QVERIFY(ServerAddresses().current().isEmpty());
    }

    void isNotSentRoundForEver()
    {
        ServerAddresses addresses(urls({u"wss://a/device"_s, u"wss://b/device"_s}));
        const auto at = [&addresses] { return addresses.current().host(); };
        int soon = 0;
        for (int i = 0; i < 20 && soon == i; ++i) {
            (void)addresses.lead(QUrl(at() == "a"_L1 ? u"wss://b:443/device"_s : u"wss://a/device"_s));
            soon += addresses.next() ? 1 : 0;
        }
        QVERIFY2(soon < 8, qPrintable(QString::number(soon)));
        addresses.worked();
        // A place that only a server named is tried once, and left again.
        QVERIFY(addresses.lead(QUrl(u"wss://c/device"_s)));
        QVERIFY(addresses.next());
        QCOMPARE(at(), u"c"_s);
        QVERIFY(addresses.next());
        QVERIFY(at() != "c"_L1);
        QVERIFY(addresses.areSeveral());
        // One that names itself leads nowhere.
        QVERIFY(!addresses.lead(addresses.current()));
    }

    void strangersAreReadWithCare_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("for people") << u"https://fleet.example:8420"_s << true;
        QTest::newRow("for devices") << u"wss://fleet.example/device"_s << true;
        QTest::newRow("behind a path") << u"https://fleet.example/muster"_s << true;
        QTest::newRow("IPv6") << u"https://[2001:db8::1]:8420"_s << true;
        QTest::newRow("not ASCII") << u"https://flotte-süd.example"_s << true;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("javascript") << u"javascript:alert(1)"_s << false;
        QTest::newRow("another scheme") << u"ftp://fleet.example"_s << false;
        QTest::newRow("no host") << u"https://"_s << false;
        QTest::newRow("a user") << u"https://eva:secret@fleet.example"_s << false;
        QTest::newRow("a query") << u"https://fleet.example/?a=b"_s << false;
        QTest::newRow("a fragment") << u"https://fleet.example/#/sign-in/x"_s << false;
        QTest::newRow("a blank") << u"https://fleet example"_s << false;
        QTest::newRow("a line") << u"https://fleet.example\r\nX: y"_s << false;
        QTest::newRow("no address") << u"<img src=x>"_s << false;
        QTest::newRow("too long") << u"https://"_s + QString(10'000, u'a') << false;
    }
    void strangersAreReadWithCare()
    {
        QFETCH(const QString, text);
        QTEST(!ServerAddresses::parse(text).isEmpty(), "good");
    }

    void oneHostHasOneName()
    {
        const QUrl url = ServerAddresses::parse(u"https://flotte-süd.example/"_s);
        QVERIFY(ServerAddresses::areSame(url, QUrl(u"https://xn--flotte-sd-x9a.example:443"_s)));
        QVERIFY(!ServerAddresses::areSame(url, QUrl(u"http://flotte-süd.example"_s)));
        QVERIFY(!ServerAddresses::areSame(url, QUrl(u"https://flotte-süd.example/other"_s)));
    }

    void whatIsToldIsBounded()
    {
        QJsonArray list{1, QJsonValue(), "javascript:x"_L1, QJsonArray{"https://x"_L1}};
        for (int i = 0; i < 10'000; ++i)
            list.append(u"https://host%1"_s.arg(i));
        const QList<QUrl> read = ServerAddresses::parse(list);
        QCOMPARE(read.size(), ServerAddresses::mostTold);
        QCOMPARE(read.first().host(), u"host0"_s);
        ServerAddresses addresses(urls({u"https://host3"_s}));
        addresses.tell(read);
        QCOMPARE(addresses.told().size(), ServerAddresses::mostTold - 1); // one of them was given
        QList<QUrl> many;
        for (int i = 0; i < 10'000; ++i)
            many << QUrl(u"https://host%1"_s.arg(i));
        addresses.tell(many);
        QCOMPARE(addresses.told().size(), ServerAddresses::mostTold);
        QCOMPARE(addresses.current().host(), u"host3"_s);
    }

    void whatIsToldComesAfterWhatWasGiven()
    {
        ServerAddresses addresses(urls({u"wss://a/device"_s, u"wss://b/device"_s}));
        addresses.tell(urls({u"wss://c/device"_s, u"wss://b:443/device"_s, u"wss://c/device"_s}));
        QCOMPARE(addresses.told(), urls({u"wss://c/device"_s}));
        QStringList order;
        for (bool soon = true; soon; soon = addresses.next())
            order << addresses.current().host();
        QCOMPARE(order, (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    }

    void theOneThatAnswersStays()
    {
        ServerAddresses addresses(urls({u"wss://a/device"_s}));
        QVERIFY(addresses.lead(QUrl(u"wss://b/device"_s)));
        QVERIFY(addresses.next());
        addresses.worked();
        // It names itself: it is one of the list from now on.
        addresses.tell(urls({u"wss://c/device"_s, u"wss://b/device"_s}));
        QCOMPARE(addresses.current().host(), u"b"_s);
        // And stays where it is when it is not named any more, until it is gone.
        addresses.tell(urls({u"wss://c/device"_s}));
        QCOMPARE(addresses.current().host(), u"b"_s);
        QVERIFY(addresses.next());
        QCOMPARE(addresses.current().host(), u"a"_s);
        QVERIFY(addresses.next());
        QCOMPARE(addresses.current().host(), u"c"_s);
    }

    void nothingIsToldThatIsLessSafe_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("told");
        QTest::addColumn<bool>("taken");
        QTest::newRow("TLS to TLS") << u"wss://a/device"_s << u"wss://b/device"_s << true;
        QTest::newRow("TLS to plain text") << u"wss://a/device"_s << u"ws://b/device"_s << false;
        QTest::newRow("TLS to this machine") << u"wss://a/device"_s << u"ws://127.0.0.1/device"_s << false;
        QTest::newRow("this machine to another") << u"ws://127.0.0.1:1/device"_s << u"ws://b/device"_s << false;
        QTest::newRow("this machine to itself") << u"ws://127.0.0.1:1/device"_s << u"ws://[::1]:2/device"_s << true;
        QTest::newRow("what looks like this machine") << u"ws://127.0.0.1:1/device"_s << u"ws://127.0.0.1.evil.example/device"_s << false;
        QTest::newRow("this machine to TLS") << u"ws://localhost/device"_s << u"wss://b/device"_s << true;
        QTest::newRow("a device to people's") << u"wss://a/device"_s << u"https://b"_s << false;
        QTest::newRow("people to a device's") << u"https://a"_s << u"wss://b/device"_s << false;
        QTest::newRow("https to http") << u"https://a"_s << u"http://b"_s << false;
        QTest::newRow("https to https") << u"https://a"_s << u"https://b"_s << true;
    }
    void nothingIsToldThatIsLessSafe()
    {
        QFETCH(const QString, given);
        QFETCH(const QString, told);
        ServerAddresses addresses(urls({given}));
        addresses.tell(urls({told}));
        QTEST(!addresses.told().isEmpty(), "taken");
        QTEST(ServerAddresses(urls({given})).lead(QUrl(told)), "taken");
    }

    void plainTextAcrossANetworkLeadsNowhereElse()
    {
        // Anybody on the way could have said so.
        ServerAddresses addresses(urls({u"http://a"_s, u"http://b"_s, u"https://c"_s}));
        QVERIFY(!addresses.lead(QUrl(u"https://evil.example"_s)));
        QVERIFY(!addresses.lead(QUrl(u"http://127.0.0.1"_s)));
        QVERIFY(!addresses.lead(QUrl()));
        QVERIFY(addresses.lead(QUrl(u"http://b"_s))); // where a person has named it
        QVERIFY(addresses.next());
        QVERIFY(addresses.lead(QUrl(u"https://c"_s)));
        QVERIFY(addresses.next());
        QVERIFY(!addresses.lead(QUrl(u"http://b"_s))); // but never down again
    }
};

MUSTER_TEST(ServerAddressesTest)
#include "tst_serveraddresses.moc"
