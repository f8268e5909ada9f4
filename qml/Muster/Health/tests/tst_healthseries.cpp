// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockbackend.h"
#include "qml/Muster/Health/healthseries.h"
#include "tests/support/heldbackend.h"
#include "tests/support/testcase.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QStringListModel>

#include <cmath>
#include <limits>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestHealthSeries : public test::TestCase
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        // The tester warns once that this program has no QFont, which a model without fonts need not mind.
        QStringListModel model({u"row"_s});
        const QAbstractItemModelTester tester(&model);
    }

    void aRangeIsReadWithItsGapAndItsExtremes()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        HealthSeries series;
        const QAbstractItemModelTester tester(&series);
        series.setDeviceId(u"press-line-a"_s);
        series.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(series.loading(), states::Loading::Loaded);
        QVERIFY(series.count() > 300);
        QCOMPARE(series.to() - series.from(), 3'600'000);
        const QList<QPointF> line = series.line(int(states::Measure::Cpu));
        QVERIFY(std::ranges::any_of(line, [](const QPointF &p) { return std::isnan(p.y()); }));
        QVERIFY(!std::isnan(line.last().y()));
        double most = 0;
        for (const QPointF &p : series.upper(int(states::Measure::Cpu)))
            most = std::fmax(most, p.y());
        QCOMPARE(series.maximum(int(states::Measure::Cpu)), most);
        QVERIFY(series.minimum(int(states::Measure::Cpu)) < series.maximum(int(states::Measure::Cpu)));
        QCOMPARE(series.latest(int(states::Measure::Cpu)), line.last().y());
    }

    void ranges_data()
    {
        QTest::addColumn<qint64>("range");
        QTest::newRow("hour") << qint64(3'600'000);
        QTest::newRow("day") << qint64(86'400'000);
        QTest::newRow("week") << qint64(604'800'000);
        QTest::newRow("quarter") << qint64(7'776'000'000);
    }
    void ranges()
    {
        QFETCH(const qint64, range);
        MockBackend backend(MockBackend::Mode::Default, false);
        HealthSeries series;
        const QAbstractItemModelTester tester(&series);
        series.setDeviceId(u"press-line-a"_s);
        series.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(series.loading(), states::Loading::Loaded);
        series.setRangeMs(range);
        QTRY_COMPARE(series.loading(), states::Loading::Loaded);
        QVERIFY(series.count() > 100);
        QVERIFY(series.count() <= 1000);
        QCOMPARE(series.to() - series.from(), range);
    }

    void liveSamplesCarryItOn()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        HealthSeries series;
        const QAbstractItemModelTester tester(&series);
        series.setDeviceId(u"press-line-a"_s);
        series.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(series.loading(), states::Loading::Loaded);
        const qint64 to = series.to();
        const int count = series.count();
        QSignalSpy changed(&series, &HealthSeries::changed);
        for (int i = 0; i < 30; ++i)
            backend.step(); // a minute, in samples of two seconds
        QTRY_VERIFY(changed.count() > 0);
        QVERIFY(changed.count() < 10); // coalesced
        QVERIFY(series.to() > to + 50'000);
        QVERIFY(series.isStreaming());
        // Merged into steps, and as many have gone at the other end as have come.
        QVERIFY2(std::abs(series.count() - count) <= 2, qPrintable(QString::number(series.count() - count)));
        const int last = series.count() - 1;
        QVERIFY(series.leastAt(last, 0) <= series.meanAt(last, 0));
        QVERIFY(series.meanAt(last, 0) <= series.mostAt(last, 0));
    }

    void whatWasSeenLiveSurvivesAChangeOfRange()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        HealthSeries series;
        const QAbstractItemModelTester tester(&series);
        series.setDeviceId(u"press-line-a"_s);
        series.setRangeMs(300'000);
        series.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(series.loading(), states::Loading::Loaded);
        for (int i = 0; i < 4; ++i)
            backend.step();
        QTRY_VERIFY(series.timeAt(series.count() - 1) > double(MockFleet::pictureTime));
        const double last = series.timeAt(series.count() - 1);
        const double before = series.timeAt(series.count() - 2);
        QCOMPARE(last - before, 2'000.0); // in a short range every sample stands for itself
        series.setRangeMs(600'000);
        series.setRangeMs(300'000);
        QTRY_COMPARE(series.loading(), states::Loading::Loaded);
        QCOMPARE(series.timeAt(series.count() - 1), last);
    }

    void theNearestRowIsFound()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        HealthSeries series;
        series.setDeviceId(u"press-line-a"_s);
        QCOMPARE(series.nearest(5), -1);
        series.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(series.loading(), states::Loading::Loaded);
        // What is far from every row is near none: there is a gap, or nothing yet.
        QCOMPARE(series.nearest(0), -1);
        QCOMPARE(series.nearest(9e15), -1);
        QCOMPARE(series.nearest(series.timeAt(series.count() - 1) + 5000), series.count() - 1);
        QCOMPARE(series.nearest(series.timeAt(0) - 5000), 0);
        const double at = series.timeAt(17);
        QCOMPARE(series.nearest(at + 1000), 17);
        QCOMPARE(series.nearest(at - 1000), 17);
    }

    void whatIsNotReportedYetIsAskedForUntilItIs()
    {
        test::HeldBackend backend;
        backend.held = QStringList{u"Devices.Health"_s};
        HealthSeries series;
        series.setDeviceId(u"press-line-a"_s);
        series.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(backend.waiting(), 1);
        // The last report is four minutes old.
        QJsonArray times;
        QJsonArray values;
        for (qint64 at = MockFleet::pictureTime - 3'600'000; at < MockFleet::pictureTime - 240'000; at += 10'000) {
            times << at;
            values << 420;
        }
        backend.release(QJsonValue(QJsonObject{{"series"_L1, QJsonObject{{"time"_L1, times}, {"cpu"_L1, values}}},
                                               {"step_ms"_L1, 10'000},
                                               {"to"_L1, MockFleet::pictureTime}}));
        QCOMPARE(series.loading(), states::Loading::Loaded);
        QVERIFY(std::isnan(series.awaitedFrom()));
        QTRY_VERIFY((backend.step(), !std::isnan(series.awaitedFrom()))); // once it hears live samples
        QVERIFY(series.awaitedTo() - series.awaitedFrom() > 200'000);
        QCOMPARE(series.nearest((series.awaitedFrom() + series.awaitedTo()) / 2), -1);
        for (int i = 0; i < 16 && backend.asked.size() < 2; ++i)
            backend.step();
        QCOMPARE(backend.asked.size(), 2);
        QCOMPARE(series.loading(), states::Loading::Loaded); // what is there stays
        backend.held.clear();
        backend.release();
        QTRY_VERIFY(std::isnan(series.awaitedFrom()));
    }

    void aStretchIsLookedAtInFinerSteps()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        HealthSeries series;
        const QAbstractItemModelTester tester(&series);
        series.setDeviceId(u"press-line-a"_s);
        series.setRangeMs(7 * 86'400'000LL);
        series.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(series.loading(), states::Loading::Loaded);
        const double coarse = series.timeAt(11) - series.timeAt(10);
        const double from = double(MockFleet::pictureTime - 7'200'000);
        QSignalSpy zoomed(&series, &HealthSeries::zoomedChanged);
        series.zoom(from, from + 3'600'000);
        QVERIFY(series.isZoomed());
        QCOMPARE(zoomed.count(), 1);
        QTRY_COMPARE(series.loading(), states::Loading::Loaded);
        QCOMPARE(double(series.from()), from);
        QCOMPARE(series.to() - series.from(), 3'600'000);
        QVERIFY(series.timeAt(11) - series.timeAt(10) < coarse / 10);
        QVERIFY(series.timeAt(0) >= from);
        // It stands still, whatever comes meanwhile.
        for (int i = 0; i < 10; ++i)
            backend.step();
        QCOMPARE(double(series.from()), from);
        QVERIFY(series.timeAt(series.count() - 1) <= double(series.to()));
        // Earlier, later, closer, further.
        series.pan(-0.25);
        QCOMPARE(double(series.from()), from - 900'000);
        series.pan(0.25);
        series.zoomBy(2, from);
        QCOMPARE(double(series.from()), from); // what is pointed at stays where it is
        QCOMPARE(series.to() - series.from(), 1'800'000);
        for (int i = 0; i < 30; ++i)
            series.zoomBy(2, from);
        QCOMPARE(series.to() - series.from(), 60'000);
        for (int i = 0; i < 40 && series.isZoomed(); ++i)
            series.zoomBy(0.5, std::numeric_limits<double>::quiet_NaN());
        QVERIFY(!series.isZoomed());
        QTRY_COMPARE(series.loading(), states::Loading::Loaded);
        QCOMPARE(series.to() - series.from(), 7 * 86'400'000LL);
        // Nothing that is to come.
        series.zoom(double(backend.clock()->now()) - 60'000, double(backend.clock()->now()) + 600'000);
        QVERIFY(series.to() <= backend.clock()->now());
        series.setRangeMs(7 * 86'400'000LL); // the same range ends it
        QVERIFY(!series.isZoomed());
    }

    void anotherDeviceIsSeenWhole()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        HealthSeries series;
        series.setDeviceId(u"press-line-a"_s);
        series.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(series.loading(), states::Loading::Loaded);
        series.zoom(double(series.from()), double(series.from()) + 600'000);
        series.setDeviceId({}); // who looks at another tab
        series.setDeviceId(u"press-line-a"_s);
        QVERIFY(series.isZoomed());
        series.setDeviceId(u"press-line-b"_s);
        QVERIFY(!series.isZoomed());
    }

    void theServerSaysFromWhereOnItIsWorse()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        HealthSeries series;
        QVERIFY(std::isnan(series.threshold(0, false)));
        series.setDeviceId(u"press-line-a"_s);
        series.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(series.loading(), states::Loading::Loaded);
        QCOMPARE(series.threshold(int(states::Measure::Disk), false), 850.0);
        QCOMPARE(series.threshold(int(states::Measure::Disk), true), 950.0);
        QVERIFY(std::isnan(series.threshold(int(states::Measure::Cpu), true)));
        QVERIFY(std::isnan(series.threshold(int(states::Measure::Load), false)));
        QVERIFY(std::isnan(series.threshold(99, false)));
    }

    void onlyAValueThatIsNearIsPointedAt()
    {
        test::HeldBackend backend;
        backend.held = QStringList{u"Devices.Health"_s};
        HealthSeries series;
        series.setDeviceId(u"press-line-a"_s);
        series.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(backend.waiting(), 1);
        const double to = double(MockFleet::pictureTime);
        const QJsonArray times{to - 40'000, to - 30'000, to - 20'000, to - 10'000};
        const QJsonArray cpu{1, QJsonValue::Null, QJsonValue::Null, 4};
        const QJsonArray disk{QJsonValue::Null, QJsonValue::Null, QJsonValue::Null, QJsonValue::Null};
        backend.release(QJsonValue(QJsonObject{
            {"series"_L1, QJsonObject{{"time"_L1, times}, {"cpu"_L1, cpu}, {"disk"_L1, disk}}}, {"step_ms"_L1, 10'000}, {"to"_L1, to}}));
        QCOMPARE(series.nearestOf(to - 29'000, int(states::Measure::Cpu)), 0);
        QCOMPARE(series.nearestOf(to - 19'000, int(states::Measure::Cpu)), 3);
        QCOMPARE(series.nearestOf(to - 29'000, int(states::Measure::Disk)), -1);
        QCOMPARE(series.nearestOf(to - 90'000, int(states::Measure::Cpu)), -1);
    }

    void anUnknownDeviceIsAnError()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        HealthSeries series;
        series.setDeviceId(u"no-such-device"_s);
        series.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(series.loading(), states::Loading::Failed);
        QVERIFY(series.errorText().contains("no-such-device"_L1));
    }

    void theHoleOfAnOutageIsFilledAfterwards()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        HealthSeries series;
        const QAbstractItemModelTester tester(&series);
        series.setDeviceId(u"press-line-a"_s);
        series.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(series.loading(), states::Loading::Loaded);
        backend.breakConnection();
        backend.invented().setNow(MockFleet::pictureTime + 600'000);
        backend.link()->retryNow();
        QTRY_COMPARE(series.to(), MockFleet::pictureTime + 600'000);
        QTRY_VERIFY(series.timeAt(series.count() - 1) > double(MockFleet::pictureTime + 580'000));
    }
};

MUSTER_TEST(TestHealthSeries)
#include "tst_healthseries.moc"
