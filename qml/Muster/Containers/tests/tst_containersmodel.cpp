// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Containers/containersmodel.h"

#include "client/words/format.h"
#include "tests/support/heldbackend.h"
#include "tests/support/modeltest.h"

#include <QJsonArray>

#include <cmath>
#include <memory>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// What a slow device, or an engine that is half well, leaves of the list.
class TestContainersModel : public test::ModelTestCase
{
    Q_OBJECT

private:
    static void begin(ContainersModel &model, test::HeldBackend &backend)
    {
        model.setDeviceId(u"press-line-a"_s);
        model.setBackend(&backend);
        backend.start();
    }
    static qint64 running(const ContainersModel &model, double Container::*figure, bool known)
    {
        qint64 count = 0;
        for (int row = 0; row < model.count(); ++row)
            count += model.at(row).isRunning() && std::isnan(model.at(row).*figure) != known;
        return count;
    }

private slots:
    void aSlowDeviceIsWaitedFor()
    {
        test::HeldBackend backend;
        backend.held = QStringList{u"Containers.List"_s};
        ContainersModel model;
        begin(model, backend);
        QCOMPARE(backend.waiting(), 1);
        for (int i = 0; i < 10; ++i)
            backend.step(); // 20 s, four times the pause between two looks
        QCOMPARE(backend.asked.size(), 1);
        backend.release();
        QTRY_COMPARE(model.loading(), states::Loading::Loaded);
        QCOMPARE(model.count(), 5);
        QTRY_VERIFY(model.isMeasured());
        // Once answered, the pause begins anew.
        backend.step();
        QCOMPARE(backend.asked.size(), 1);
        backend.step();
        backend.step();
        QCOMPARE(backend.asked.size(), 2);
    }

    void slowFiguresAreWaitedFor()
    {
        test::HeldBackend backend;
        backend.held = QStringList{u"Containers.Stats"_s};
        ContainersModel model;
        begin(model, backend);
        QTRY_COMPARE(backend.waiting(), 1);
        for (int i = 0; i < 10; ++i)
            backend.step();
        QCOMPARE(backend.asked.size(), 1);
        backend.release();
        QTRY_VERIFY(model.isMeasured());
        QVERIFY(model.at(0).cpu > 0);
    }

    void whatWasDoneIsSeenAfterAnAnswerOfBefore()
    {
        test::HeldBackend backend;
        ContainersModel model;
        begin(model, backend);
        QTRY_VERIFY(model.isMeasured());
        backend.held = QStringList{u"Containers.Stats"_s};
        model.refresh();
        QTRY_COMPARE(backend.waiting(), 1);
        const QString id = model.at(0).id;
        model.stop(id);
        QTRY_VERIFY(!model.isBusy(id));
        backend.held.clear();
        backend.release();
        QTRY_COMPARE(model.at(model.rowOf(id)).state, u"exited"_s);
    }

    void aStopThatWasAskedForIsCalmToWhoeverLooks()
    {
        test::HeldBackend backend;
        auto before = std::make_unique<ContainersModel>();
        begin(*before, backend);
        QTRY_VERIFY(before->isMeasured());
        const QString id = before->at(0).id;
        before->stop(id);
        QTRY_VERIFY(!before->isBusy(id));
        before.reset();
        // Another window, or the same after a reload.
        ContainersModel model;
        begin(model, backend);
        QTRY_COMPARE(model.at(model.rowOf(id)).state, u"exited"_s);
        const Container stopped = model.at(model.rowOf(id));
        QCOMPARE(stopped.exitCode, 137);
        QCOMPARE(stopped.level(), states::Level::Unknown);
        QVERIFY2(format::containerState(stopped, stopped.finishedAt).startsWith("Stopped as asked"_L1), "it does not say so");
        Container killed = stopped;
        killed.stopAsked = false;
        QCOMPARE(killed.level(), states::Level::Failing);
    }

    void anotherDeviceIsNotWaitedFor()
    {
        test::HeldBackend backend;
        backend.held = QStringList{u"Containers.List"_s};
        ContainersModel model;
        begin(model, backend);
        QCOMPARE(backend.waiting(), 1);
        model.setDeviceId(u"kiosk-lobby"_s);
        QCOMPARE(backend.waiting(), 2);
        backend.release();
        backend.release();
        QTRY_COMPARE(model.loading(), states::Loading::Loaded);
        QCOMPARE(model.count(), 0);
    }

    void oneWithoutFiguresHidesNoOthers()
    {
        test::HeldBackend backend;
        backend.held = QStringList{u"Containers.Stats"_s};
        ContainersModel model;
        begin(model, backend);
        QTRY_COMPARE(backend.waiting(), 1);
        const QJsonArray figures{QJsonObject{{"id"_L1, model.at(0).id}, {"cpu"_L1, 125}, {"memory"_L1, 88'000'000}}};
        backend.release(QJsonValue(
            QJsonObject{{"containers"_L1, figures}, {"unavailable"_L1, "The container engine failed (status 500): no metrics"_L1}}));
        QVERIFY(model.isMeasured());
        QVERIFY2(model.noStats().isEmpty(), qPrintable(model.noStats()));
        QCOMPARE(model.at(0).cpu, 125.);
        QCOMPARE(running(model, &Container::cpu, true), 1);
        QVERIFY(running(model, &Container::cpu, false) > 0);
        QCOMPARE(model.data(model.index(0), ContainersModel::TrendRole).value<QList<double>>(), QList<double>{125.});
    }

    void anEngineWithoutFiguresSaysSo()
    {
        test::HeldBackend backend;
        backend.held = QStringList{u"Containers.Stats"_s};
        ContainersModel model;
        begin(model, backend);
        QTRY_COMPARE(backend.waiting(), 1);
        backend.release(QJsonValue(QJsonObject{{"containers"_L1, QJsonArray()}, {"unavailable"_L1, "no cgroups"_L1}}));
        QCOMPARE(model.noStats(), u"no cgroups"_s);
    }
};

MUSTER_TEST(TestContainersModel)
#include "tst_containersmodel.moc"
