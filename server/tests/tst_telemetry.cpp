// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/telemetrystore.h"
#include "server/tests/storeplace.h"
#include "tests/support/testcase.h"

#include <QRandomGenerator>
#include <QSemaphore>
#include <QTemporaryDir>

using namespace muster;
using namespace muster::store;
using namespace Qt::Literals::StringLiterals;

class TelemetryTest : public test::TestCase
{
    Q_OBJECT

private slots:
    void packsAndUnpacks()
    {
        QRandomGenerator random(1);
        QList<HealthPoint> points;
        for (int i = 0; i < 400; ++i) {
            HealthPoint point = pointOf(sample(start + i * 10'000, random.bounded(1000)));
            point.mean[HealthField::NetworkIn] = random.generate64() % (1ULL << 40);
            point.most[HealthField::NetworkIn] = point.mean[HealthField::NetworkIn] + 5;
            if (i % 7 == 0)
                point.mean[HealthField::Temperature] = point.most[HealthField::Temperature] = HealthSample::missing;
            if (i % 11 == 0)
                point.mean[HealthField::Temperature] = point.most[HealthField::Temperature] = -271;
            points.append(point);
        }
        for (const bool withMost : {true, false}) {
            const auto back = unpackHealth(packHealth(points, withMost));
            QVERIFY(back);
            QCOMPARE(back->size(), points.size());
            for (qsizetype i = 0; i < points.size(); ++i) {
                QCOMPARE(back->at(i).mean.values, points.at(i).mean.values);
                QCOMPARE(back->at(i).time, points.at(i).time);
                QCOMPARE(back->at(i).most.values, withMost ? points.at(i).most.values : points.at(i).mean.values);
            }
        }
    }

    void refusesDamagedBytes()
    {
        const QByteArray good = packHealth({pointOf(sample(start, 1)), pointOf(sample(start + 1, 2))}, true);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"qUncompress.*"_s));
        QVERIFY(!unpackHealth("nonsense"));
        QVERIFY(!unpackHealth(qCompress(QByteArray("\x01\xff\xff\xff\xff\x7f", 6))));
        QVERIFY(!unpackHealth(qCompress(qUncompress(good).chopped(3))));
    }

    void keepsWhatWasAcknowledged()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"t.db"_s);
        {
            TelemetryStore telemetry(test::placeOf(path, Durability::Normal));
            QVERIFY(telemetry.open());
            QVERIFY(telemetry.admit({u"a"_s}).result());
            QCOMPARE(telemetry.append(u"a"_s, {sample(start, 100), sample(start + 10'000, 200)}).result().value_or(0), 2);
        }
        TelemetryStore telemetry(test::placeOf(path, Durability::Normal));
        QVERIFY(telemetry.open());
        const auto range = telemetry.range(u"a"_s, start - 1000, start + 60'000, 100, start + 60'000).result();
        QVERIFY(range);
        QCOMPARE(range->points.size(), 2);
        QCOMPARE(range->points.at(1).mean[HealthField::Cpu], 200);
        QVERIFY(telemetry.range(u"nobody"_s, start, start + 1, 10, start).result()->points.isEmpty());
    }

    void rollsUpIntoTiers()
    {
        const QTemporaryDir folder;
        TelemetryStore telemetry(test::placeOf(folder.filePath(u"t.db"_s), Durability::Normal));
        QVERIFY(telemetry.open());
        QVERIFY(telemetry.admit({u"a"_s}).result());
        // Two hours, a sample each ten seconds; CPU is the number of the minute, with one peak of 999.
        QList<HealthSample> samples;
        for (int i = 0; i < 720; ++i)
            samples.append(sample(start + i * 10'000, i == 100 ? 999 : i / 6));
        for (qsizetype i = 0; i < samples.size(); i += 30)
            QVERIFY(telemetry.append(u"a"_s, samples.mid(i, 30)).result());
        const qint64 now = start + 2 * hour;
        QCOMPARE(telemetry.rollUp(now).result().value_or(true), false);
        const auto fine = telemetry.range(u"a"_s, start, now, 1000, now).result();
        QVERIFY(fine);
        QCOMPARE(fine->step, 10'000);
        QCOMPARE(fine->points.size(), 720);
        // A coarse step from the minute tier keeps the peak.
        const auto coarse = telemetry.range(u"a"_s, start, now, 60, now).result();
        QVERIFY(coarse);
        QCOMPARE(coarse->step, 120'000);
        QVERIFY(coarse->points.size() <= 60);
        QCOMPARE(std::ranges::max(coarse->points, {}, [](const HealthPoint &point) { return point.most[HealthField::Cpu]; })
                     .most[HealthField::Cpu],
                 999);
        QCOMPARE(coarse->points.at(30).mean[HealthField::Cpu], 60); // minutes 60 and 61, rounded down
        // Ten minutes later the fine tier is gone, the coarse ones answer.
        const qint64 later = start + 30LL * 24 * hour;
        QVERIFY(telemetry.rollUp(later).result());
        const auto old = telemetry.range(u"a"_s, start, start + 2 * hour, 1000, later).result();
        QVERIFY(old);
        QCOMPARE(old->step, 600'000);
        QCOMPARE(old->points.size(), 12);
    }

    void neverGivesTooManyPoints()
    {
        for (const qint64 span : {1LL, 10'000LL, hour, 24 * hour, 90 * 24 * hour}) {
            for (const int points : {1, 7, 360, mostPoints}) {
                const qint64 step = stepFor(span, points, span);
                QVERIFY(step > 0);
                QVERIFY2(span / step <= points, qPrintable(u"%1/%2"_s.arg(span).arg(step)));
            }
        }
    }

    void replacesSamplesOfTheSameTime()
    {
        const QTemporaryDir folder;
        TelemetryStore telemetry(test::placeOf(folder.filePath(u"t.db"_s), Durability::Normal));
        QVERIFY(telemetry.open());
        QVERIFY(telemetry.admit({u"a"_s}).result());
        QVERIFY(telemetry.append(u"a"_s, {sample(start, 1)}).result());
        QVERIFY(telemetry.rollUp(start).result());
        QVERIFY(telemetry.append(u"a"_s, {sample(start, 2)}).result());
        QVERIFY(telemetry.rollUp(start).result());
        const auto range = telemetry.range(u"a"_s, start, start + 1, 10, start).result();
        QCOMPARE(range->points.size(), 1);
        QCOMPARE(range->points.first().mean[HealthField::Cpu], 2);
    }

    void forgets()
    {
        const QTemporaryDir folder;
        TelemetryStore telemetry(test::placeOf(folder.filePath(u"t.db"_s), Durability::Normal));
        QVERIFY(telemetry.open());
        QVERIFY(telemetry.admit({u"a"_s}).result());
        QVERIFY(telemetry.append(u"a"_s, {sample(start, 1)}).result());
        QVERIFY(telemetry.saveSeen({{.deviceId = u"a"_s, .evidenceAt = 1, .state = u"online"_s, .reason = u"r"_s, .since = 2}}).result());
        QCOMPARE(telemetry.loadSeen(10).result()->size(), 1);
        QVERIFY(telemetry.forget(u"a"_s).result());
        QVERIFY(telemetry.loadSeen(10).result()->isEmpty());
        QVERIFY(telemetry.range(u"a"_s, start, start + 1, 10, start).result()->points.isEmpty());
    }

    void keepsNothingOfWhoWasForgotten()
    {
        const QTemporaryDir folder;
        TelemetryStore telemetry(test::placeOf(folder.filePath(u"t.db"_s), Durability::Normal));
        QVERIFY(telemetry.open());
        QVERIFY(telemetry.admit({u"a"_s}).result());
        QVERIFY(telemetry.forget(u"a"_s).result());
        // Late news, from a connection that is about to end.
        QCOMPARE(telemetry.append(u"a"_s, {sample(start, 1)}).result().error().code, int(NotFound));
        QVERIFY(telemetry.saveSeen({{.deviceId = u"a"_s, .evidenceAt = 1, .state = u"online"_s, .reason = u"r"_s, .since = 2}}).result());
        QVERIFY(telemetry.saveReported(u"a"_s, {.values = {{"x"_L1, 1}}, .times = {{"x"_L1, 1}}}).result());
        QVERIFY(telemetry.loadSeen(10).result()->isEmpty());
        QVERIFY(telemetry.loadReported(10).result()->isEmpty());
    }

    void whatManySendAtOnceIsKeptForEach()
    {
        const QTemporaryDir folder;
        TelemetryStore telemetry(test::placeOf(folder.filePath(u"t.db"_s), Durability::Normal));
        QVERIFY(telemetry.open());
        QStringList devices;
        for (int i = 0; i < 200; ++i)
            devices << u"device \"%1\", {\\}"_s.arg(i);
        QVERIFY(telemetry.admit(devices).result());
        // One batch, with one in the middle who is not known.
        QSemaphore gate;
        auto held = telemetry.writer().run([&gate](Sql &) -> Result<int> {
            gate.acquire();
            return 0;
        });
        QTRY_COMPARE(telemetry.writer().queued(), 0);
        const auto before = telemetry.writer().batches().count;
        QList<QFuture<Result<qsizetype>>> stored;
        for (int i = 0; i < devices.size(); ++i)
            stored << telemetry.append(devices.at(i), {sample(start, i), sample(start + 10'000, i)});
        auto stranger = telemetry.append(u"nobody"_s, {sample(start, 1)});
        auto twice = telemetry.append(devices.first(), {sample(start + 20'000, 7)});
        gate.release();
        QVERIFY(held.result());
        for (auto &one : stored)
            QCOMPARE(one.result().value_or(0), 2);
        QCOMPARE(stranger.result().error().code, int(NotFound));
        QCOMPARE(twice.result().value_or(0), 1);
        QTRY_COMPARE(telemetry.writer().batches().count, before + 2); // the one that was held up, and one for all
        for (int i = 0; i < devices.size(); ++i) {
            const auto range = telemetry.range(devices.at(i), start, start + 60'000, 100, start).result();
            QCOMPARE(range->points.size(), i == 0 ? 3 : 2);
            QCOMPARE(range->points.at(1).mean[HealthField::Cpu], i);
        }
        QCOMPARE(telemetry.writer().batches().failures, 0U);
    }

    void whateverADeviceSaysOfItselfIsKeptAsItIs()
    {
        const QTemporaryDir folder;
        TelemetryStore telemetry(test::placeOf(folder.filePath(u"t.db"_s), Durability::Normal));
        QVERIFY(telemetry.open());
        const QStringList texts{
            u"NULL"_s, u"{a,b}"_s,  u"\"; DROP TABLE seen; --"_s, u"back\\slash\\"_s, u"it's"_s, u"\u00e4\u4e2d\U0001F600"_s,
            u""_s,     u" \n\t, "_s};
        QStringList ids;
        QList<Seen> seen;
        for (const QString &text : texts) {
            ids << u"d%1"_s.arg(ids.size());
            seen << Seen{.deviceId = ids.last(),
                         .evidenceAt = 1,
                         .state = u"online"_s,
                         .reason = text,
                         .since = -2,
                         .address = text,
                         .machine = {{"os"_L1, text}}};
        }
        QVERIFY(telemetry.admit(ids).result());
        QVERIFY(telemetry.saveSeen(seen).result());
        seen.first().evidenceAt = 5;
        QVERIFY(telemetry.saveSeen(seen).result()); // over the ones before
        auto kept = telemetry.loadSeen(100).result().value_or(QList<Seen>());
        std::ranges::sort(kept, {}, &Seen::deviceId);
        QCOMPARE(kept.size(), texts.size());
        QCOMPARE(kept.first().evidenceAt, 5);
        for (int i = 0; i < texts.size(); ++i) {
            QCOMPARE(kept.at(i).reason, texts.at(i));
            QCOMPARE(kept.at(i).address, texts.at(i));
            QCOMPARE(kept.at(i).machine["os"_L1].toString(), texts.at(i));
            QCOMPARE(kept.at(i).since, -2);
        }
    }

    void packsAllThatWaits()
    {
        const QTemporaryDir folder;
        TelemetryStore telemetry(test::placeOf(folder.filePath(u"t.db"_s), Durability::Normal));
        QVERIFY(telemetry.open());
        QVERIFY(telemetry.admit({u"a"_s}).result());
        constexpr int batches = 5100;
        QList<QFuture<Result<qsizetype>>> stored;
        for (int i = 0; i < batches; ++i)
            stored.append(telemetry.append(u"a"_s, {sample(start + i * 10'000, 7)}));
        for (auto &one : stored)
            QVERIFY(one.result());
        const qint64 end = start + batches * 10'000LL;
        while (telemetry.rollUp(end).result().value_or(false)) {}
        const auto whole = telemetry.range(u"a"_s, start, end, 1000, end).result();
        QVERIFY(whole);
        QCOMPARE(whole->step, 60'000);
        QCOMPARE(whole->points.size(), batches / 6);
    }

    void aDamagedBatchIsLeftOutAlone()
    {
        const QTemporaryDir folder;
        TelemetryStore telemetry(test::placeOf(folder.filePath(u"t.db"_s), Durability::Normal));
        QVERIFY(telemetry.open());
        QVERIFY(telemetry.admit({u"a"_s}).result());
        QVERIFY(telemetry.append(u"a"_s, {sample(start, 1)}).result());
        QVERIFY(telemetry.writer()
                    .run([](Sql &sql) { return sql.execute(u"INSERT INTO inbox (series, data) VALUES (1, ?)"_s, {QByteArray(1, '\0')}); })
                    .result());
        QVERIFY(telemetry.append(u"a"_s, {sample(start + 10'000, 2)}).result());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"qUncompress.*"_s));
        QVERIFY(telemetry.rollUp(start).result());
        QCOMPARE(telemetry.range(u"a"_s, start, start + 60'000, 10, start + 60'000).result()->points.size(), 2);
    }

    void fitsTenThousandDevices()
    {
        // A believable day of one device in all tiers, extrapolated to what is kept.
        QRandomGenerator random(2);
        QList<HealthPoint> points;
        int cpu = 300;
        for (int i = 0; i < 360; ++i) {
            cpu = std::clamp(cpu + random.bounded(-40, 41), 0, 1000);
            HealthSample one = sample(start + i * 10'000 + random.bounded(20), cpu);
            one[HealthField::Memory] = 500 + random.bounded(3);
            one[HealthField::NetworkIn] = random.bounded(20'000);
            one[HealthField::NetworkOut] = random.bounded(20'000);
            points.append(pointOf(one));
        }
        double bytes = 0;
        for (size_t tier = 0; tier < tiers.size(); ++tier) {
            const double perPoint = double(packHealth(points, tier > 0).size()) / double(points.size());
            const qint64 kept = tiers[tier].keep / tiers[tier].step;
            bytes += perPoint * double(kept);
        }
        QVERIFY2(bytes * 10'000 < 5e9, qPrintable(QString::number(bytes * 10'000 / 1e9)));
    }

private:
    static constexpr qint64 start = 1'700'000'400'000; // a whole ten minutes

    static HealthSample sample(qint64 time, qint64 cpu)
    {
        HealthSample one;
        one.time = time;
        one[HealthField::Cpu] = cpu;
        one[HealthField::Memory] = 500;
        one[HealthField::Disk] = 300;
        one[HealthField::Temperature] = 451;
        return one;
    }
};

MUSTER_TEST(TelemetryTest)
#include "tst_telemetry.moc"
