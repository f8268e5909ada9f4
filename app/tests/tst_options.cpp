// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/options.h"
#include "tests/support/testcase.h"

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestOptions : public test::TestCase
{
    Q_OBJECT

private slots:
    void theyAreRead()
    {
        Result<Options> o =
            parseOptions({u"--mock"_s, u"--screenshot"_s, u"a.png"_s, u"devices"_s, u"--theme"_s, u"light"_s, u"--size"_s, u"390x844"_s});
        QVERIFY(o);
        QCOMPARE(o->mock, MockBackend::Mode::Default);
        QCOMPARE(o->screenshotFile, u"a.png"_s);
        QCOMPARE(o->screenshotPage, u"devices"_s);
        QCOMPARE(o->theme, Options::Theme::Light);
        QCOMPARE(o->size, QSize(390, 844));
        o = parseOptions({u"--mock"_s, u"hostile"_s});
        QCOMPARE(o->mock, MockBackend::Mode::Hostile);
        QCOMPARE(parseOptions({u"--connect"_s, u"https://a,https://b"_s})->connectTo, u"https://a,https://b"_s);
        o = parseOptions({u"--connect"_s, u"https://fleet.example"_s, u"--ca-certificate"_s, u"ca.pem"_s});
        QVERIFY(o);
        QCOMPARE(o->caCertificate, u"ca.pem"_s);
        o = parseOptions({});
        QVERIFY(o);
        QVERIFY(!o->mock);
        QVERIFY(!o->size.isValid());
    }

    void mistakesAreNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        QTest::newRow("unknown") << QStringList{u"--explode"_s} << u"--explode"_s;
        QTest::newRow("mode") << QStringList{u"--mock"_s, u"sunny"_s} << u"sunny"_s;
        QTest::newRow("theme") << QStringList{u"--theme"_s, u"pink"_s} << u"--theme"_s;
        QTest::newRow("size") << QStringList{u"--size"_s, u"big"_s} << u"big"_s;
        QTest::newRow("huge size") << QStringList{u"--size"_s, u"99999x99999"_s} << u"99999x99999"_s;
        QTest::newRow("half a screenshot") << QStringList{u"--screenshot"_s, u"a.png"_s} << u"PAGE"_s;
        QTest::newRow("two fleets") << QStringList{u"--mock"_s, u"--connect"_s, u"http://x"_s} << u"exclude"_s;
    }
    void mistakesAreNamed()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, named);
        const Result<Options> o = parseOptions(arguments);
        QVERIFY(!o);
        QVERIFY2(o.error().message.contains(named), qPrintable(o.error().message));
    }
};

MUSTER_TEST(TestOptions)
#include "tst_options.moc"
