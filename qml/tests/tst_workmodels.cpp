// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockbackend.h"
#include "qml/Muster/Commands/bulkwatch.h"
#include "qml/Muster/Commands/commandsmodel.h"
#include "qml/Muster/Commands/commandwatch.h"
#include "qml/Muster/Containers/containersmodel.h"
#include "qml/Muster/Devices/bulkcall.h"
#include "qml/Muster/History/historymodel.h"
#include "qml/Muster/Methods/callsmodel.h"
#include "qml/Muster/Methods/methodsmodel.h"
#include "qml/Muster/Server/serverfacts.h"
#include "tests/support/modeltest.h"

#include <QJsonDocument>
#include <QSet>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// The models of containers, methods, calls, commands and history.
class TestWorkModels : public test::ModelTestCase
{
    Q_OBJECT

private slots:
    void containersAreListedAndMeasured()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        ContainersModel model;
        const QAbstractItemModelTester tester(&model);
        model.setDeviceId(u"press-line-a"_s);
        model.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(model.count(), 5);
        QCOMPARE(model.engine(), u"podman 5.4.2"_s);
        QCOMPARE(model.at(0).name, u"ui"_s);
        QTRY_VERIFY(model.at(0).cpu > 0);
        QVERIFY(model.at(0).memory > 0);
        QCOMPARE(model.at(2).level(), states::Level::Warning);
        QVERIFY(std::isnan(model.at(4).cpu)); // what does not run is not at zero
    }

    void figuresComeByTheClockOfTheBackend()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        ContainersModel model;
        model.setDeviceId(u"press-line-a"_s);
        model.setBackend(&backend);
        backend.start();
        QTRY_VERIFY(model.isMeasured());
        const auto points = [&model] { return model.data(model.index(0), ContainersModel::TrendRole).value<QList<double>>().size(); };
        QCOMPARE(points(), 1);
        QSignalSpy stats(&model, &ContainersModel::statsChanged);
        backend.step(); // 2 s
        backend.step();
        QVERIFY(!stats.wait(50));
        backend.step();
        QTRY_COMPARE(points(), 2);
    }

    void aStoppedContainerIsTold()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        ContainersModel model;
        const QAbstractItemModelTester tester(&model);
        model.setDeviceId(u"press-line-a"_s);
        model.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(model.count(), 5);
        QSignalSpy acted(&model, &ContainersModel::acted);
        QSignalSpy failed(&model, &ContainersModel::actFailed);
        const QString id = model.at(0).id;
        model.stop(id);
        QVERIFY(model.isBusy(id));
        model.stop(id); // twice is once
        QTRY_COMPARE(acted.count(), 1);
        QCOMPARE(acted[0][1].toString(), u"exited"_s);
        QTRY_COMPARE(model.at(model.rowOf(id)).state, u"exited"_s);
        QVERIFY(!model.isBusy(id));
        model.restart(model.at(model.rowOf(u"camera"_s)).id);
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(failed[0][1].toString().contains("did not stop"_L1));
    }

    void whatHindersIsToldApart_data()
    {
        QTest::addColumn<QString>("device");
        QTest::addColumn<int>("hindrance");
        QTest::newRow("no engine") << u"gate-02"_s << int(ContainersModel::NoEngine);
        QTest::newRow("no permission") << u"gate-01"_s << int(ContainersModel::NotPermitted);
        QTest::newRow("away") << u"meter-0114"_s << int(ContainersModel::Away);
        QTest::newRow("no device") << u"nobody"_s << int(ContainersModel::Other);
    }
    void whatHindersIsToldApart()
    {
        QFETCH(const QString, device);
        QFETCH(const int, hindrance);
        MockBackend backend(MockBackend::Mode::Default, false);
        ContainersModel model;
        model.setDeviceId(device);
        model.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(model.loading(), states::Loading::Failed);
        QCOMPARE(int(model.hindrance()), hindrance);
        QVERIFY(!model.errorText().isEmpty());
    }

    void anEngineWithoutFiguresSaysSo()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        backend.start();
        QString without;
        for (const auto &id : backend.invented().window({{"limit"_L1, 60}})["ids"_L1].toArray()) {
            const mock::Device device = backend.invented().facts(id.toString());
            if (device.online && device.seed % 7 == 3 && device.id != "gate-01"_L1 && device.id != "gate-02"_L1)
                without = device.id;
        }
        QVERIFY(!without.isEmpty());
        ContainersModel model;
        model.setDeviceId(without);
        model.setBackend(&backend);
        QTRY_VERIFY(!model.noStats().isEmpty());
        QVERIFY(std::isnan(model.at(0).cpu));
    }

    void methodsStandInGroups()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        MethodsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setDeviceId(u"press-line-a"_s);
        model.setLink(backend.link());
        backend.start();
        QTRY_VERIFY(model.total() > 10);
        QStringList groups;
        for (int row = 0; row < model.count(); ++row) {
            const QString group = model.data(model.index(row), MethodsModel::GroupRole).toString();
            if (groups.isEmpty() || groups.constLast() != group) {
                QVERIFY2(!groups.contains(group), qPrintable(group)); // each stands together
                groups << group;
            }
        }
        QCOMPARE(groups.constLast(), u"Other"_s);
        QCOMPARE(model.method(u"Camera.Snapshot"_s).worker, u"camera-worker"_s);
        QCOMPARE(model.method(u"Camera.Snapshot"_s).paramsSchema["required"_L1].toArray(), QJsonArray{"resolution"_L1});
        model.setText(u"snap"_s);
        QCOMPARE(model.count(), 1);
        QCOMPARE(model.rowOf(u"Camera.Snapshot"_s), 0);
        QVERIFY(model.total() > 10);
    }

    void methodsOfADeviceThatIsAwayAreAsItSaid()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        MethodsModel model;
        model.setDeviceId(u"meter-0114"_s);
        model.setLink(backend.link());
        backend.start();
        QTRY_VERIFY(model.total() > 10);
        QVERIFY(!model.isAway());
        QCOMPARE(backend.clock()->now() - model.asOf(), 3 * 3'600'000);
        model.setDeviceId(u"press-line-a"_s);
        QTRY_VERIFY(model.total() > 10);
        QCOMPARE(model.asOf(), 0);
    }

    void methodsOfADeviceThatNeverCameAreNotKnown()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        MethodsModel model;
        model.setDeviceId(
            backend.invented().call(u"Devices.List"_s, {{"state"_L1, "never"_L1}}).value()["items"_L1][0]["id"_L1].toString());
        model.setLink(backend.link());
        backend.start();
        QTRY_VERIFY(model.isAway());
    }

    void callsAreRememberedByDevice()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        CallsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setBackend(&backend);
        backend.start();
        model.setDeviceId(u"press-line-a"_s);
        const int number = model.call(u"Press.Counters"_s, {});
        QVERIFY(model.isBusy());
        QTRY_VERIFY(!model.isBusy());
        QVERIFY(model.numbered(number).resultText.contains("\"strokes\": 51204"_L1));
        QVERIFY(model.numbered(number).tookMs >= 0);
        const int wrong = model.call(u"Press.SetSpeed"_s, {{"strokes_per_minute"_L1, 100}});
        QTRY_VERIFY(model.numbered(wrong).hasFailed());
        QVERIFY(model.numbered(wrong).errorText.contains("at most 90"_L1));
        QCOMPARE(model.count(), 2);
        QCOMPARE(model.at(0).number, wrong); // newest first
        model.setDeviceId(u"gate-01"_s);
        QCOMPARE(model.count(), 0);
        model.setDeviceId(u"press-line-a"_s);
        QCOMPARE(model.count(), 2);
        QCOMPARE(model.latest(u"Press.Counters"_s).number, number);
    }

    void aCallIsLeftForLater()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        CallsModel model;
        model.setBackend(&backend);
        backend.start();
        model.setDeviceId(u"meter-0114"_s);
        QSignalSpy left(&model, &CallsModel::left);
        model.leave(u"Sys.Reboot"_s, {{"delay_s"_L1, 1}}, 3'600'000);
        QTRY_COMPARE(left.count(), 1);
        const Result<QJsonValue> made = backend.invented().call(u"Commands.Get"_s, {{"command"_L1, left[0][1].toString()}});
        QVERIFY(made);
        const Command command = Command::fromJson(made->toObject());
        QCOMPARE(command.state, u"queued"_s);
        QCOMPARE(command.expiresAt, backend.clock()->now() + 3'600'000);
    }

    void commandsAreListedFilteredAndPaged()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        CommandsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.count(), 100);
        QVERIFY(model.hasMore());
        QCOMPARE(model.counts().open(), 3);
        QCOMPARE(model.at(0).state, u"running"_s);
        QVERIFY(model.at(0).outcome().isEmpty());
        model.loadMore();
        QTRY_VERIFY(model.count() > 150);
        QVERIFY(!model.hasMore());
        QSet<QString> ids;
        for (int row = 0; row < model.count(); ++row)
            ids << model.at(row).id;
        QCOMPARE(ids.size(), model.count());
        // New ones come on top, and no hole opens between what is live and what was loaded.
        const int all = model.count();
        QVERIFY(backend.invented().call(u"Commands.Create"_s, {{"device"_L1, "gate-01"_L1}, {"method"_L1, "Sys.GetInfo"_L1}}));
        backend.step();
        QTRY_COMPARE(model.count(), all + 1);
        QCOMPARE(model.at(0).deviceId, u"gate-01"_s);
        model.setState(u"failed"_s);
        QTRY_COMPARE(model.loading(), states::Loading::Loaded);
        QVERIFY(model.count() >= 2);
        for (int row = 0; row < model.count(); ++row)
            QCOMPARE(model.at(row).state, u"failed"_s);
        model.setState({});
        model.setDeviceId(u"meter-0114"_s);
        QTRY_COMPARE(model.count(), 3);
    }

    void aCommandGoesOnBeforeOnesEyes()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        CommandsModel model;
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.count(), 100);
        QVERIFY(backend.invented().call(u"Commands.Create"_s, {{"device"_L1, "press-line-a"_L1}, {"method"_L1, "Sys.GetInfo"_L1}}));
        backend.step();
        QTRY_COMPARE(model.at(0).state, u"running"_s);
        backend.step();
        QTRY_COMPARE(model.at(0).state, u"done"_s);
        QVERIFY(model.at(0).receipt);
        QVERIFY(model.at(0).outcome().contains("device_id"_L1));
    }

    void aCommandIsCancelledOnceAndHasItsReceipt()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        backend.start();
        CommandsModel all;
        all.setLink(backend.link());
        QTRY_COMPARE(all.count(), 100);
        CommandWatch watch;
        watch.setLink(backend.link());
        watch.setCommandId(all.at(2).id);
        QTRY_COMPARE(watch.command().state, u"queued"_s);
        QVERIFY(watch.receiptText().isEmpty());
        QSignalSpy cancelled(&watch, &CommandWatch::cancelled);
        QSignalSpy failed(&watch, &CommandWatch::cancelFailed);
        watch.cancel();
        QTRY_COMPARE(cancelled.count(), 1);
        QCOMPARE(watch.command().state, u"cancelled"_s);
        watch.cancel();
        QTRY_COMPARE(failed.count(), 1);
        // A long result is left out of the list, and whole here.
        QVERIFY(all.at(3).resultCut);
        watch.setCommandId(all.at(3).id);
        QTRY_VERIFY(watch.command().hasResult);
        QTRY_VERIFY(!watch.receiptText().isEmpty());
        QCOMPARE(watch.receiptWords(), u"vehicle hockey impulse napkin usual today"_s);
        QCOMPARE(QJsonDocument::fromJson(watch.receiptText().toUtf8())["muster_receipt"_L1].toInt(), 1);
    }

    void manyAreAskedAtOnce()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        backend.start();
        BulkCall bulk;
        bulk.setBackend(&backend);
        QSignalSpy created(&bulk, &BulkCall::created);
        QSignalSpy failed(&bulk, &BulkCall::failed);
        bulk.freeze({u"gate-01"_s, u"meter-0114"_s});
        QTRY_COMPARE(bulk.loading(), states::Loading::Loaded);
        QCOMPARE(bulk.total(), 2);
        QCOMPARE(bulk.away(), 1);
        bulk.create(u"Sys.GetInfo"_s, {}, 3'600'000);
        QTRY_COMPARE(created.count(), 1);
        QCOMPARE(created[0][0].toInt(), 2);
        backend.step();
        backend.step();
        backend.step();
        bulk.freezeMatching({}, u"offline"_s, {});
        QTRY_COMPARE(bulk.total(), 32);
        QCOMPARE(bulk.away(), 32);
        bulk.create({}, {}, 3'600'000);
        QTRY_COMPARE(failed.count(), 1);
        bulk.freezeMatching(u"nobody"_s, {}, {});
        QTRY_COMPARE(bulk.loading(), states::Loading::Failed);
    }

    void manyAreWatchedAndCalledAgain()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        backend.start();
        BulkCall bulk;
        bulk.setBackend(&backend);
        QSignalSpy created(&bulk, &BulkCall::created);
        bulk.freeze({u"gate-01"_s, u"press-line-a"_s, u"meter-0114"_s}); // the last one is away
        QTRY_COMPARE(bulk.loading(), states::Loading::Loaded);
        bulk.create(u"No.Such"_s, {{"a"_L1, 1}}, 3'600'000);
        QTRY_COMPARE(created.count(), 1);

        BulkWatch watch;
        watch.setBackend(&backend);
        watch.setBulk(created[0][1].toString());
        QTRY_COMPARE(watch.total(), 3);
        QTRY_COMPARE(watch.method(), u"No.Such"_s);
        for (int i = 0; i < 20 && watch.failures() < 2; ++i) {
            backend.step();
            (void)QTest::qWaitFor([&watch] { return watch.failures() == 2; }, 500);
        }
        QCOMPARE(watch.failures(), 2);
        QCOMPARE(watch.open(), 1);

        QSignalSpy again(&watch, &BulkWatch::madeAgain);
        QSignalSpy failed(&watch, &BulkWatch::failed);
        watch.again(5); // the person was told another number
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(again.count(), 0);
        watch.again(2);
        QVERIFY(watch.isBusy());
        watch.again(2); // a second click
        QTRY_COMPARE(again.count(), 1);
        QCOMPARE(failed.count(), 1);
        QCOMPARE(again[0][1].toInt(), 2);
        QVERIFY(!watch.isBusy());

        QSignalSpy cancelled(&watch, &BulkWatch::cancelled);
        watch.cancelRest();
        QTRY_COMPARE(cancelled.count(), 1);
        QCOMPARE(cancelled[0][0].toInt(), 1);
        QTRY_COMPARE(watch.open(), 0);
        QCOMPARE(watch.failures(), 2);

        watch.setBulk(again[0][0].toString());
        QTRY_COMPARE(watch.total(), 2);
        QCOMPARE(watch.method(), u"No.Such"_s);
    }

    /// Who took commands back knows it: they are no failures.
    void whatWasTakenBackIsNoFailure()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        backend.start();
        BulkCall bulk;
        bulk.setBackend(&backend);
        QSignalSpy created(&bulk, &BulkCall::created);
        bulk.freeze({u"gate-01"_s, u"meter-0114"_s}); // the last one is away
        QTRY_COMPARE(bulk.loading(), states::Loading::Loaded);
        bulk.create(u"Sys.GetInfo"_s, {}, 3'600'000);
        QTRY_COMPARE(created.count(), 1);
        BulkWatch watch;
        watch.setBackend(&backend);
        watch.setBulk(created[0][1].toString());
        QSignalSpy ended(&watch, &BulkWatch::ended);
        QTRY_COMPARE(watch.total(), 2);
        for (int i = 0; i < 20 && watch.done() < 1; ++i) {
            backend.step();
            (void)QTest::qWaitFor([&watch] { return watch.done() == 1; }, 500);
        }
        QTRY_COMPARE(watch.waiting(), 1);
        watch.cancelRest();
        QTRY_COMPARE(watch.takenBack(), 1);
        QCOMPARE(watch.waiting(), 0);
        QCOMPARE(watch.failures(), 0);
        backend.step();
        QTRY_COMPARE(ended.count(), 1);
        QCOMPARE(ended[0][0].toInt(), 1);
        QCOMPARE(ended[0][1].toInt(), 0);
    }

    void whatBecameOfManyIsTold()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        backend.start();
        BulkCall bulk;
        bulk.setBackend(&backend);
        QSignalSpy created(&bulk, &BulkCall::created);
        bulk.freeze({u"gate-01"_s, u"press-line-a"_s});
        QTRY_COMPARE(bulk.loading(), states::Loading::Loaded);
        bulk.create(u"No.Such"_s, {}, 3'600'000);
        QTRY_COMPARE(created.count(), 1);
        BulkWatch watch;
        QSignalSpy ended(&watch, &BulkWatch::ended);
        watch.setBackend(&backend);
        watch.setBulk(created[0][1].toString());
        QTRY_COMPARE(watch.open(), 2);
        for (int i = 0; i < 20 && ended.isEmpty(); ++i) {
            backend.step();
            (void)QTest::qWaitFor([&ended] { return !ended.isEmpty(); }, 500);
        }
        QCOMPARE(ended.count(), 1);
        QCOMPARE(ended[0][0].toInt(), 0);
        QCOMPARE(ended[0][1].toInt(), 2);
    }

    void howABackupEndedIsKnownToWhoeverLooksLater()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        backend.start();
        ServerFacts before;
        before.setLink(backend.link());
        before.setActive(true);
        QTRY_COMPARE(before.loading(), states::Loading::Loaded);
        QVERIFY(before.backup().isEmpty());
        QVERIFY(std::ranges::any_of(before.storage(), [](const QVariant &fact) { return fact.toMap()[u"label"_s] == u"Backups"_s; }));
        QVERIFY(backend.invented().call(u"Server.Backup"_s, {}));
        ServerFacts later;
        later.setLink(backend.link());
        later.setActive(true);
        QTRY_COMPARE(later.loading(), states::Loading::Loaded);
        QVERIFY(!later.backup()[u"underway"_s].toBool());
        QVERIFY(later.backup()[u"folder"_s].toString().contains("backups/2026"_L1));
        QCOMPARE(later.backup()[u"files"_s].toList().size(), 3);
    }

    void historyIsATimeline()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        HistoryModel model;
        const QAbstractItemModelTester tester(&model);
        model.setDeviceId(u"press-line-a"_s);
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.count(), 200);
        QVERIFY(model.hasMore());
        const auto entry = [&model](int row) { return model.data(model.index(row), HistoryModel::EntryRole).value<HistoryEntry>(); };
        for (int row = 1; row < model.count(); ++row)
            QVERIFY(entry(row).time <= entry(row - 1).time);
        QCOMPARE(entry(0).dataLine, u"strokes: 51200, tool: T-114"_s);
        model.setKind(u"key"_s); // it is far beyond what is here
        QTRY_COMPARE(model.count(), 1);
        QCOMPARE(entry(0).by, u"admin"_s);
        QVERIFY(!model.hasMore());
        model.setKind({});
        QCOMPARE(model.count(), 200);
        model.loadMore();
        QTRY_VERIFY(model.count() > 260);
        QVERIFY(!model.hasMore());
        model.setKind(u"command"_s);
        const int before = model.count();
        QVERIFY(before > 2);
        QVERIFY(backend.invented().call(u"Devices.Call"_s, {{"id"_L1, "press-line-a"_L1}, {"method"_L1, "Sys.GetInfo"_L1}}));
        backend.step();
        QTRY_COMPARE(model.count(), before + 1);
        QCOMPARE(entry(0).name, u"Sys.GetInfo"_s);
    }

    void errorsAreTold()
    {
        MockBackend backend(MockBackend::Mode::Error, false);
        ContainersModel containers;
        MethodsModel methods;
        CommandsModel commands;
        HistoryModel history;
        CommandWatch watch;
        containers.setDeviceId(u"press-line-a"_s);
        methods.setDeviceId(u"press-line-a"_s);
        history.setDeviceId(u"press-line-a"_s);
        watch.setCommandId(u"c1"_s);
        containers.setBackend(&backend);
        methods.setLink(backend.link());
        commands.setLink(backend.link());
        history.setLink(backend.link());
        watch.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(containers.loading(), states::Loading::Failed);
        QTRY_COMPARE(methods.loading(), states::Loading::Failed);
        QTRY_COMPARE(commands.loading(), states::Loading::Failed);
        QTRY_COMPARE(history.loading(), states::Loading::Failed);
        QTRY_COMPARE(watch.loading(), states::Loading::Failed);
    }
};

MUSTER_TEST(TestWorkModels)
#include "tst_workmodels.moc"
