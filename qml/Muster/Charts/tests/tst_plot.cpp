// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Charts/plot.h"
#include "tests/support/testcase.h"

#include <limits>

using namespace Qt::Literals::StringLiterals;
using muster::qml::Plot;

class TestPlot : public muster::test::TestCase
{
    Q_OBJECT

    static constexpr double gap = std::numeric_limits<double>::quiet_NaN();

private slots:
    void aLineIsScaledToItsBox()
    {
        const auto lines = Plot::lines({{0, 0}, {1, 50}, {2, 100}}, {200, 100}, 0, 2, 0, 100);
        QCOMPARE(lines.size(), 1);
        QCOMPARE(lines[0], QPolygonF({{0, 100}, {100, 50}, {200, 0}}));
    }

    void gapsBreakIt()
    {
        QCOMPARE(Plot::lines({{0, 1}, {1, 1}, {2, gap}, {3, 1}, {4, 1}}, {100, 10}, 0, 4, 0, 2).size(), 2);
        // A single point is a dot.
        const auto dots = Plot::lines({{0, 1}, {1, gap}, {2, 1}}, {100, 10}, 0, 2, 0, 2);
        QCOMPARE(dots.size(), 2);
        QCOMPARE(dots[1].size(), 2);
        QVERIFY(Plot::lines({}, {100, 10}, 0, 2, 0, 2).isEmpty());
    }

    void whatLiesOutsideIsLeftOut()
    {
        const auto lines = Plot::lines({{-5, 1}, {0, 1}, {1, 500}, {9, 1}}, {100, 10}, 0, 2, 0, 2);
        QCOMPARE(lines.size(), 1);
        QCOMPARE(lines[0].size(), 2);
        QCOMPARE(lines[0][1].y(), 0.0); // cut at the top
    }

    void areasAndBandsAreClosed()
    {
        const auto areas = Plot::areas({{0, 1}, {1, 2}}, {100, 10}, 0, 1, 0, 2);
        QVERIFY(areas[0].isClosed());
        const auto bands = Plot::bands({{0, 0}, {1, 0}}, {{0, 1}, {1, 2}}, {100, 10}, 0, 1, 0, 2);
        QVERIFY(bands[0].isClosed());
        QCOMPARE(bands[0].size(), 5);
        // Lines that do not go together give nothing rather than nonsense.
        QVERIFY(Plot::bands({{0, 0}, {1, 0}}, {}, {100, 10}, 0, 1, 0, 2).isEmpty());
    }

    void degenerateBoxesDoNotHurt() { QCOMPARE(Plot::lines({{0, 5}, {0, 5}}, {0, 0}, 0, 0, 5, 5).size(), 1); }

    void axesEndAtRoundFigures_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<double>("top");
        QTest::newRow("none") << gap << 1.0;
        QTest::newRow("zero") << 0.0 << 1.0;
        QTest::newRow("exact") << 100.0 << 100.0;
        QTest::newRow("above") << 101.0 << 150.0;
        QTest::newRow("hundreds") << 571.0 << 600.0;
        QTest::newRow("fraction") << 0.53 << 0.6;
        QTest::newRow("next power") << 9.5 << 10.0;
    }
    void axesEndAtRoundFigures()
    {
        QFETCH(const double, value);
        QFETCH(const double, top);
        QVERIFY(qFuzzyCompare(Plot::ceiling(value), top));
    }

    void aPointOfAnotherDaySaysWhich()
    {
        const double now = double(QDateTime(QDate(2026, 3, 14), QTime(9, 41, 2)).toMSecsSinceEpoch());
        constexpr double hour = 3'600'000;
        QCOMPARE(Plot::pointText(now - hour / 2, hour, now), u"09:11:02"_s);
        QCOMPARE(Plot::pointText(now - 6 * hour, 24 * hour, now), u"03:41"_s);
        QCOMPARE(Plot::pointText(now - 12 * hour, 24 * hour, now), u"Fri 13 Mar 21:41"_s);
        QCOMPARE(Plot::pointText(now - hour, 168 * hour, now), u"Sat 14 Mar 08:41"_s);
        QCOMPARE(Plot::pointText(now - 2000 * hour, 2160 * hour, now), u"21 Dec 2025 01:41"_s);
    }

    void anAxisSaysTheDayWhereOneBegins()
    {
        constexpr double hour = 3'600'000;
        const double midnight = double(QDateTime(QDate(2026, 3, 14), QTime(0, 0)).toMSecsSinceEpoch());
        QCOMPARE(Plot::momentText(midnight, 24 * hour), u"Sat 14"_s);
        QCOMPARE(Plot::momentText(midnight + 6 * hour, 24 * hour), u"06:00"_s);
        QCOMPARE(Plot::momentText(midnight + 12 * hour, 48 * hour), u"12:00"_s); // not the same day twice
        QCOMPARE(Plot::momentText(midnight, 2160 * hour), u"14 Mar"_s);
        QCOMPARE(Plot::momentText(midnight + 10'000, hour / 60), u"00:00:10"_s);
        // Two marks of a week never say the same.
        QStringList texts;
        for (const double moment : Plot::moments(midnight - 160 * hour, midnight + 8 * hour, 8))
            texts << Plot::momentText(moment, 168 * hour);
        QVERIFY(texts.size() > 4);
        QCOMPARE(texts.removeDuplicates(), 0);
    }

    void aStretchSaysItsDaysWhereTheyAreNotToday()
    {
        constexpr double hour = 3'600'000;
        const double now = double(QDateTime(QDate(2026, 3, 14), QTime(14, 20)).toMSecsSinceEpoch());
        QCOMPARE(Plot::stretchTexts(now - hour, now, now), (QStringList{u"13:20"_s, u"14:20"_s}));
        QCOMPARE(Plot::stretchTexts(now - hour / 60, now, now), (QStringList{u"14:19:00"_s, u"14:20:00"_s}));
        QCOMPARE(Plot::stretchTexts(now - 25 * hour, now - 24 * hour, now), (QStringList{u"Fri 13 Mar 13:20"_s, u"14:20"_s}));
        QCOMPARE(Plot::stretchTexts(now - 24 * hour, now, now), (QStringList{u"Fri 13 Mar 14:20"_s, u"Sat 14 Mar 14:20"_s}));
        QCOMPARE(Plot::stretchTexts(now - 8760 * hour, now, now).first(), u"14 Mar 2025 14:20"_s);
    }

    void dashesCrossTheBox()
    {
        const QList<QPolygonF> dashes = Plot::dashes(50, {101, 100}, 0, 100);
        QVERIFY(dashes.size() > 10);
        for (const QPolygonF &dash : dashes) {
            QCOMPARE(dash.size(), 2);
            QCOMPARE(dash[0].y(), 50.5);
            QVERIFY(dash[1].x() <= 101 && dash[1].x() > dash[0].x());
        }
        QVERIFY(Plot::dashes(gap, {100, 100}, 0, 100).isEmpty());
        QVERIFY(Plot::dashes(101, {100, 100}, 0, 100).isEmpty()); // above the axis
    }

    void momentsAreRoundAndFew_data()
    {
        QTest::addColumn<double>("range");
        QTest::newRow("hour") << 3'600'000.0;
        QTest::newRow("day") << 86'400'000.0;
        QTest::newRow("week") << 604'800'000.0;
        QTest::newRow("quarter") << 7'776'000'000.0;
        QTest::newRow("century") << 3.15e12;
    }
    void momentsAreRoundAndFew()
    {
        QFETCH(const double, range);
        constexpr double to = 1'773'481'262'000;
        const QList<double> moments = Plot::moments(to - range, to, 6);
        QVERIFY(!moments.isEmpty());
        QVERIFY(moments.size() <= 101);
        for (const double moment : moments) {
            QVERIFY(moment >= to - range && moment <= to);
            QVERIFY(!Plot::momentText(moment, range).isEmpty());
        }
        QVERIFY(Plot::moments(5, 5, 6).isEmpty());
    }
};

MUSTER_TEST(TestPlot)
#include "tst_plot.moc"
