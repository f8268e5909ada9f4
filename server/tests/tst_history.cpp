// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/limits.h"
#include "server/doors/signed/devicecalls.h"
#include "server/fleet/reported.h"
#include "server/tests/fleethouse.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QLoggingCategory>
#include <QSignalSpy>

using namespace muster;
using namespace muster::fleet;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// What devices report of themselves, and what happened to them.
class HistoryTest : public TestCase
{
    Q_OBJECT

    static KeyPair newKey() { return *KeyPair::generate(Algorithm::EdDSA); }
    static qint64 now() { return QDateTime::currentMSecsSinceEpoch(); }
    static store::HistoryRow event(qint64 time, const QString &name = u"door.open"_s)
    {
        return {.deviceId = u"pump"_s, .time = time, .kind = store::historykind::event, .name = name};
    }

private slots:
    void initTestCase() { QLoggingCategory::setFilterRules(u"muster.*.info=false"_s); }

    void storesEventsOnce()
    {
        FleetHouse house;
        doors::DeviceCalls &calls = *house.calls;
        house.acceptedDevice(u"pump"_s, newKey());
        const QJsonObject report{{"events"_L1, QJsonArray{QJsonObject{{"name"_L1, u"door.open"_s},
                                                                      {"time"_L1, now()},
                                                                      {"data"_L1, QJsonObject{{"who"_L1, u"\u202Ebob\u0007"_s}}},
                                                                      {"source"_L1, u"gate\nworker"_s}},
                                                          QJsonObject{{"name"_L1, u"tick"_s}, {"time"_L1, now()}},
                                                          QJsonObject{{"name"_L1, u"before"_s}, {"time"_L1, -1}},
                                                          QJsonObject{{"name"_L1, u"long-ago"_s}, {"time"_L1, 1}}}}};
        QSignalSpy changed(&house.fleet->history(), &History::changed);
        for (int i = 0; i < 2; ++i) {
            const auto stored = FleetHouse::wait(calls.call(u"pump"_s, u"Event.Report"_s, report));
            QVERIFY(stored);
            QCOMPARE((*stored)["stored"_L1], 2);
            QCOMPARE((*stored)["dropped"_L1], 2);
        }
        QTRY_VERIFY(!changed.isEmpty());
        const auto rows = house.fleet->history().store().list(u"pump"_s, {.kind = u"event"_s}, 10, 0).result();
        QCOMPARE(rows->size(), 2);
        QCOMPARE(rows->at(1).name, u"door.open"_s);
        QCOMPARE(rows->at(1).data["who"_L1], u"bob\uFFFD"_s);
        QCOMPARE(rows->at(1).source, u"gate\uFFFDworker"_s);
    }

    void badReports_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QJsonObject>("params");
        QTest::addColumn<int>("code");
        const auto eventWith = [](const QJsonObject &more) {
            QJsonObject one{{"name"_L1, u"a"_s}, {"time"_L1, 1'750'000'000'000LL}};
            for (auto it = more.begin(); it != more.end(); ++it)
                one.insert(it.key(), *it);
            return QJsonObject{{"events"_L1, QJsonArray{one}}};
        };
        QJsonArray many;
        for (int i = 0; i <= limits::eventsPerReport; ++i)
            many.append(QJsonObject{{"name"_L1, u"a"_s}, {"time"_L1, i}});
        const QString event = u"Event.Report"_s;
        const QString state = u"State.Report"_s;
        QTest::newRow("no events") << event << QJsonObject{} << int(InvalidParams);
        QTest::newRow("too many events") << event << QJsonObject{{"events"_L1, many}} << int(InvalidParams);
        QTest::newRow("no object") << event << QJsonObject{{"events"_L1, QJsonArray{1}}} << int(InvalidParams);
        QTest::newRow("markup") << event << eventWith({{"name"_L1, u"<b>"_s}}) << int(InvalidParams);
        QTest::newRow("long name") << event << eventWith({{"name"_L1, QString(65, 'a'_L1)}}) << int(InvalidParams);
        QTest::newRow("no time") << event << eventWith({{"time"_L1, u"now"_s}}) << int(InvalidParams);
        QTest::newRow("big data") << event << eventWith({{"data"_L1, QString(limits::eventBytes, 'x'_L1)}}) << int(TooLarge);
        QTest::newRow("source") << event << eventWith({{"source"_L1, 5}}) << int(InvalidParams);
        QTest::newRow("long source") << event << eventWith({{"source"_L1, QString(65, 's'_L1)}}) << int(InvalidParams);
        QTest::newRow("no state") << state << QJsonObject{{"state"_L1, u"on"_s}} << int(InvalidParams);
        QTest::newRow("big state") << state << QJsonObject{{"state"_L1, QJsonObject{{"x"_L1, QString(limits::stateBytes, 'x'_L1)}}}}
                                   << int(TooLarge);
        QTest::newRow("unsigned receipt") << u"Command.Done"_s << QJsonObject{} << int(InvalidParams);
    }

    void badReports()
    {
        QFETCH(const QString, method);
        QFETCH(const QJsonObject, params);
        QFETCH(const int, code);
        FleetHouse house;
        doors::DeviceCalls &calls = *house.calls;
        house.acceptedDevice(u"pump"_s, newKey());
        const auto answer = FleetHouse::wait(calls.call(u"pump"_s, method, params));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, code);
        QVERIFY(house.fleet->history().store().list(u"pump"_s, {.kind = u"event"_s}, 10, 0).result()->isEmpty());
    }

    void isCappedAndExpires()
    {
        FleetHouse house;
        store::HistoryStore &history = house.fleet->history().store();
        QVERIFY(house.telemetry.admit({u"pump"_s}).result());
        const qint64 start = now();
        for (int i = 0; i < 104; ++i) {
            QList<store::HistoryRow> rows;
            for (int j = 0; j < 100; ++j)
                rows.append(event(start + i * 100 + j));
            QVERIFY(history.append(rows).result());
        }
        const auto all = history.list(u"pump"_s, {}, 20'000, 0).result();
        QVERIFY2(all->size() >= store::historyPerDevice && all->size() < store::historyPerDevice + 256,
                 qPrintable(QString::number(all->size())));
        QCOMPARE(all->first().time, start + 103 * 100 + 99); // the newest are kept
        QCOMPARE(history.list(u"pump"_s, {}, 3, all->at(2).id).result()->first().id, all->at(3).id);
        QCOMPARE(history.expire(start + store::historyKept).result().value_or(true), false);
        while (history.expire(start + store::historyKept + 200'000).result().value_or(false)) {}
        QVERIFY(history.list(u"pump"_s, {}, 10, 0).result()->isEmpty());
        QCOMPARE(history.written(), 10'400U);
    }

    void mergesWhatIsReported()
    {
        FleetHouse house;
        doors::DeviceCalls &calls = *house.calls;
        const KeyPair key = newKey();
        house.acceptedDevice(u"pump"_s, key);
        const auto report = [&](const QJsonObject &state) {
            return FleetHouse::wait(calls.call(u"pump"_s, u"State.Report"_s, {{"state"_L1, state}}));
        };
        QVERIFY(report({{"a"_L1, 1}, {"b"_L1, QJsonObject{{"c"_L1, 2}, {"d"_L1, 3}}}, {"x\ny"_L1, u"<b>\u0007"_s}}));
        QVERIFY(report({{"a"_L1, QJsonValue::Null}, {"b"_L1, QJsonObject{{"c"_L1, QJsonValue::Null}}}}));
        // As it was said: what it may do on a screen is for the screen to see to.
        const QJsonObject expected{{"b"_L1, QJsonObject{{"d"_L1, 3}}}, {"x\ny"_L1, u"<b>\u0007"_s}};
        QCOMPARE((*house.fleet->registry().device(u"pump"_s))["reported"_L1].toObject(), expected);
        QVERIFY((*house.fleet->registry().device(u"pump"_s))["bus"_L1].isNull()); // it does not say
        QCOMPARE((*house.fleet->registry().device(u"pump"_s))["containers"_L1], false);
        // In all it stays within its limit, however small the steps.
        int refusedWith = 0;
        for (int i = 0; i < 20 && refusedWith == 0; ++i) {
            const auto answer = report({{u"part%1"_s.arg(i), QString(4000, 'x'_L1)}});
            refusedWith = answer ? 0 : answer.error().code;
        }
        QCOMPARE(refusedWith, int(TooLarge));
        // Lists leave out what is long; it is all there again after a restart.
        const Window window = house.fleet->registry().window({}, 0, 10, {});
        QVERIFY(!window.rows.first().contains("reported"_L1));
        QCOMPARE(window.rows.first()["reported_cut"_L1], true);
        const QJsonObject before = (*house.fleet->registry().device(u"pump"_s))["reported"_L1].toObject();
        house.restart();
        QCOMPARE((*house.fleet->registry().device(u"pump"_s))["reported"_L1].toObject(), before);
        QVERIFY(FleetHouse::wait(house.fleet->enrolment().forget(u"pump"_s, {u"me"_s, {}, {}})));
        QTRY_VERIFY(house.telemetry.loadReported(10).result()->isEmpty());
    }

    void readsWhatTheAgentSays()
    {
        const auto with = [](const QJsonObject &muster) { return QJsonObject{{"muster"_L1, muster}}; };
        QCOMPARE(busOf(with({{"bus"_L1, u"connected"_s}}))["state"_L1], "connected"_L1);
        const QJsonValue away =
            busOf(with({{"bus"_L1, QJsonObject{{"state"_L1, u"away"_s}, {"since"_L1, u"2025-06-15T15:06:40.000Z"_s}}}}));
        QCOMPARE(away.toObject(), QJsonObject({{"state"_L1, u"away"_s}, {"since"_L1, u"2025-06-15T15:06:40.000Z"_s}}));
        QCOMPARE(busOf(with({{"bus"_L1, QJsonObject{{"state"_L1, u"away"_s}, {"since"_L1, 1'750'000'000'000LL}}}}))["since"_L1],
                 "2025-06-15T15:06:40.000Z"_L1);
        QCOMPARE(busOf(with({{"bus"_L1, u"<b>"_s}})).toObject(), QJsonObject({{"state"_L1, u"off"_s}, {"since"_L1, QJsonValue::Null}}));
        QVERIFY(hasContainers(with({{"engine"_L1, QJsonObject{{"name"_L1, u"podman"_s}}}})));
        QVERIFY(hasContainers(with({{"engine"_L1, u"podman"_s}})));
        QVERIFY(!hasContainers(with({{"engine"_L1, QJsonValue::Null}})));
        QVERIFY(!hasContainers(with({{"engine"_L1, false}})));
        QVERIFY(!hasContainers({}));
        // As muster-agent has it.
        QVERIFY(hasContainers(with({{"engine"_L1, true}})));
    }
};

MUSTER_TEST(HistoryTest)
#include "tst_history.moc"
