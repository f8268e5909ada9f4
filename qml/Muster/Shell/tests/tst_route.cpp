// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Shell/route.h"
#include "tests/support/testcase.h"

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestRoute : public test::TestCase
{
    Q_OBJECT

private slots:
    void thereAndBack_data()
    {
        QTest::addColumn<QString>("route");
        QTest::addColumn<QString>("address");
        QTest::newRow("devices") << u"devices"_s << u"/devices"_s;
        QTest::newRow("device") << u"device/press-line-a"_s << u"/devices/press-line-a"_s;
        QTest::newRow("tab") << u"device/press-line-a/containers"_s << u"/devices/press-line-a/containers"_s;
        QTest::newRow("methods") << u"device/x/methods"_s << u"/devices/x/methods"_s;
        QTest::newRow("history") << u"device/x/history"_s << u"/devices/x/history"_s;
        QTest::newRow("a device that has the name of a tab") << u"device/containers"_s << u"/devices/containers"_s;
        QTest::newRow("log") << u"device/x/containers/web-1"_s << u"/devices/x/containers/web-1"_s;
        QTest::newRow("method") << u"device/x/methods/Sys.GetInfo"_s << u"/devices/x/methods/Sys.GetInfo"_s;
        QTest::newRow("part with a space") << u"device/x/methods/a b%"_s << u"/devices/x/methods/a%20b%25"_s;
        QTest::newRow("space") << u"device/a b/containers"_s << u"/devices/a%20b/containers"_s;
        QTest::newRow("what ids may hold") << u"device/A-z_0.9:8@x"_s << u"/devices/A-z_0.9:8@x"_s;
        QTest::newRow("of URLs") << u"device/a?b#c%d&e"_s << u"/devices/a%3Fb%23c%25d%26e"_s;
        QTest::newRow("dots") << u"device/.."_s << u"/devices/.."_s;
        QTest::newRow("markup") << u"device/<img src=x>"_s << u"/devices/%3Cimg%20src%3Dx%3E"_s;
        QTest::newRow("other scripts") << u"device/قلب-長い-🤖"_s << u"/devices/%D9%82%D9%84%D8%A8-%E9%95%B7%E3%81%84-%F0%9F%A4%96"_s;
        QTest::newRow("the longest id") << u"device/"_s + QString(128, u'x') << u"/devices/"_s + QString(128, u'x');
        QTest::newRow("approvals") << u"approvals"_s << u"/approvals"_s;
        QTest::newRow("approval") << u"approvals/pump-north"_s << u"/approvals/pump-north"_s;
        QTest::newRow("commands") << u"commands"_s << u"/commands"_s;
        QTest::newRow("command") << u"commands/c4258"_s << u"/commands/c4258"_s;
    }
    void thereAndBack()
    {
        QFETCH(const QString, route);
        QFETCH(const QString, address);
        QCOMPARE(addressOf(route), address);
        QCOMPARE(routeOf(address).value_or(u"none"_s), route);
    }

    void whatIsReadAsWell_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("route");
        QTest::newRow("empty") << QString() << u"devices"_s;
        QTest::newRow("root") << u"/"_s << u"devices"_s;
        QTest::newRow("slash at the end") << u"/devices/"_s << u"devices"_s;
        QTest::newRow("slash after a tab") << u"/devices/x/methods/"_s << u"device/x/methods"_s;
        QTest::newRow("first tab") << u"/devices/x/health"_s << u"device/x"_s;
        QTest::newRow("a page that the shell knows, or not") << u"/moon"_s << u"moon"_s;
        QTest::newRow("a tab that the shell knows, or not") << u"/devices/x/moon"_s << u"device/x/moon"_s;
        QTest::newRow("not encoded") << u"/devices/a b"_s << u"device/a b"_s;
        QTest::newRow("small digits") << u"/devices/a%3ab"_s << u"device/a:b"_s;
    }
    void whatIsReadAsWell()
    {
        QFETCH(const QString, address);
        QTEST(routeOf(address).value_or(u"none"_s), "route");
    }

    void whatIsNoAddress_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("no slash") << u"devices"_s;
        QTest::newRow("a route") << u"device/x"_s;
        QTest::newRow("a page's name is of small letters") << u"/Moon"_s;
        QTest::newRow("a device without its list") << u"/device/x"_s;
        QTest::newRow("a link to sign in") << u"/sign-in/TOKEN"_s;
        QTest::newRow("a link to set up") << u"/setup/TOKEN"_s;
        QTest::newRow("too deep") << u"/devices/x/methods/y/z"_s;
        QTest::newRow("part that is badly encoded") << u"/devices/x/methods/%GG"_s;
        QTest::newRow("tab of a command") << u"/commands/x/methods"_s;
        QTest::newRow("no id") << u"/devices//methods"_s;
        QTest::newRow("half a code") << u"/devices/a%2"_s;
        QTest::newRow("percent") << u"/devices/100%"_s;
        QTest::newRow("no digits") << u"/devices/a%zz"_s;
        QTest::newRow("digits of another script") << u"/devices/a%٣٤"_s;
        QTest::newRow("slash within") << u"/devices/a%2Fb"_s;
        QTest::newRow("not UTF-8") << u"/devices/a%ff"_s;
        QTest::newRow("UTF-8 cut off") << u"/devices/a%E9%95"_s;
        QTest::newRow("surrogate") << u"/devices/%ED%A0%80"_s;
        QTest::newRow("zero") << u"/devices/a%00b"_s;
        QTest::newRow("line feed") << u"/devices/a%0Ab"_s;
        QTest::newRow("escape") << u"/devices/%1B%5B31m"_s;
        QTest::newRow("turns the direction") << u"/devices/%E2%80%AEtxt.exe"_s;
        QTest::newRow("an id of 129") << u"/devices/"_s + QString(129, u'x');
        QTest::newRow("an id of 1,000") << u"/devices/"_s + QString(1'000, u'x');
        QTest::newRow("a million") << u"/devices/"_s + QString(1'000'000, u'%');
    }
    void whatIsNoAddress()
    {
        QFETCH(const QString, address);
        QCOMPARE(routeOf(address).value_or(u"none"_s), u"none"_s);
    }

    void howAPageIsSetStandsBehindIt()
    {
        QCOMPARE(routeOf(u"/devices?state=offline"_s).value_or(u"none"_s), u"devices"_s);
        QCOMPARE(queryOf(u"/devices?state=offline&text=a%20b"_s), u"state=offline&text=a%20b"_s);
        QCOMPARE(queryOf(u"/devices"_s), QString());
        QCOMPARE(queryOf(u"/devices/a%3Fb"_s), QString());
        for (const QString &wrong :
             {u"/devices?<img>"_s, u"/devices?a\"b"_s, u"/devices?a#b"_s, u"/devices?a?b"_s, u"/devices?"_s + QString(10'000, u'x')})
            QCOMPARE(queryOf(wrong), QString());
    }

    void aRouteToNowhereIsTheList()
    {
        QCOMPARE(addressOf({}), u"/devices"_s);
        QCOMPARE(addressOf(u"Moon"_s), u"/devices"_s);
        QCOMPARE(addressOf(u"sign-in/TOKEN"_s), u"/devices"_s);
        QCOMPARE(addressOf(u"device/"_s), u"/devices"_s);
        QCOMPARE(addressOf(u"device/x/MOON"_s), u"/devices/x"_s);
        QCOMPARE(addressOf(u"approvals/"_s), u"/approvals"_s);
    }
};

MUSTER_TEST(TestRoute)
#include "tst_route.moc"
