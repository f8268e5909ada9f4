// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Devices/devicesmodel.h"
#include "tests/support/heldbackend.h"
#include "tests/support/testcase.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QStringListModel>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestDevicesModel : public test::TestCase
{
    Q_OBJECT

private:
    static QString nameAt(const DevicesModel &model, int row)
    {
        return model.data(model.index(row), DevicesModel::DeviceRole).value<Device>().name;
    }
    static bool isHere(const DevicesModel &model, int row)
    {
        return model.data(model.index(row), DevicesModel::LoadingStateRole).value<states::Loading>() == states::Loading::Loaded;
    }

private slots:
    void initTestCase()
    {
        // The tester warns once that this program has no QFont, which a model without fonts need not mind.
        QStringListModel model({u"row"_s});
        const QAbstractItemModelTester tester(&model);
    }

    void itHoldsAWindowOfTheWhole()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        DevicesModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        QCOMPARE(model.loading(), states::Loading::Underway);
        QCOMPARE(model.rowCount(), 0);
        backend.start();
        QTRY_COMPARE(model.loading(), states::Loading::Loaded);
        QCOMPARE(model.rowCount(), 1204);
        QCOMPARE(nameAt(model, 0), u"bus-4411"_s);
        QVERIFY(isHere(model, 199));
        QVERIFY(!isHere(model, 200));
        QVERIFY(nameAt(model, 200).isEmpty());
    }

    void rowsComeWhereTheViewScrolls()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        DevicesModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.rowCount(), 1204);
        QSignalSpy windows(&model, &DevicesModel::windowChanged);
        // A flick through the list asks once.
        for (int row = 0; row <= 900; row += 50)
            model.showRange(row, row + 20);
        QTRY_VERIFY(isHere(model, 900) && isHere(model, 920));
        QCOMPARE(windows.count(), 1);
        QVERIFY(!isHere(model, 0));
        model.showRange(1190, 1203);
        QTRY_VERIFY(isHere(model, 1203));
        model.showRange(0, 20);
        QTRY_VERIFY(isHere(model, 0));
        // Near the edge of what is here nothing is asked for.
        windows.clear();
        model.showRange(3, 23);
        QTest::qWait(0);
        QCOMPARE(windows.count(), 0);
    }

    void aFilterThatWasClearedIsNotAnEmptyFleet()
    {
        test::HeldBackend backend;
        DevicesModel model;
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.rowCount(), 1204);
        model.setText(u"nobody"_s);
        QTRY_COMPARE(model.rowCount(), 0);
        QTRY_COMPARE(model.loading(), states::Loading::Loaded);
        backend.held = QStringList{u"Live.Move"_s};
        model.setText({});
        QCOMPARE(model.loading(), states::Loading::Underway);
        QTRY_COMPARE(backend.waiting(), 1);
        // News of what was looked for before say nothing of what is looked for now.
        backend.step();
        QTest::qWait(0);
        QCOMPARE(model.loading(), states::Loading::Underway);
        backend.release();
        QTRY_COMPARE(model.loading(), states::Loading::Loaded);
        QCOMPARE(model.rowCount(), 1204);
    }

    void rowsStayInPlaceWhileSomebodyIsAboutToPressOne()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        DevicesModel model;
        const QAbstractItemModelTester tester(&model);
        // Before it asks: sorted later, it would first have them by their names.
        model.setSortKey(u"-cpu"_s);
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.rowCount(), 1204);
        const auto order = [&model] {
            QStringList ids;
            for (int row = 0; row < 100; ++row)
                ids << model.idAt(row);
            return ids;
        };
        const auto evidenceOf = [&model](int row) {
            return model.data(model.index(row), DevicesModel::DeviceRole).value<Device>().evidenceAt;
        };
        model.setHeld(true);
        const QStringList before = order();
        const qint64 evidence = evidenceOf(0);
        for (int i = 0; i < 10; ++i)
            backend.step();
        QTRY_VERIFY(evidenceOf(0) > evidence); // values are of now
        QCOMPARE(order(), before);
        model.setHeld(false);
        QTRY_VERIFY(order() != before);
        // Not for ever: who leaves the pointer there sees the right order all the same.
        model.setHeld(true);
        const QStringList second = order();
        for (int i = 0; i < 10; ++i)
            backend.step();
        QTRY_VERIFY_WITH_TIMEOUT(order() != second, 10'000);
    }

    void aRangeIsChosenFromWhereItBegan()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        DevicesModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.rowCount(), 1204);
        QTRY_VERIFY(isHere(model, 12));
        const auto ids = [&model](std::initializer_list<int> rows) {
            QStringList all;
            for (const int row : rows)
                all << model.idAt(row);
            return all;
        };
        model.toggleChosen(model.idAt(9));
        model.toggleChosen(model.idAt(2));
        QSignalSpy chosen(&model, &DevicesModel::chosenChanged);
        model.chooseTo(4, 0);
        QCOMPARE(model.chosen(), ids({9, 2, 3, 4}));
        model.chooseTo(1, 0); // the other way round: what the last one added goes
        QCOMPARE(model.chosen(), ids({9, 2, 1}));
        QCOMPARE(chosen.count(), 2);
        QVERIFY(!model.data(model.index(4), DevicesModel::ChosenRole).toBool());
        model.endRange();
        model.chooseTo(7, 6);
        QCOMPARE(model.chosen(), ids({9, 2, 1, 6, 7}));
        model.chooseTo(1203, 0); // it is not here
        QCOMPARE(model.chosen().size(), 5);
        // A beginning that has left the window is none.
        model.showRange(1190, 1203);
        QTRY_VERIFY(isHere(model, 1203));
        model.chooseTo(1201, 1200);
        QCOMPARE(model.chosen().size(), 7);
        model.clearChosen();
        QVERIFY(model.chosen().isEmpty());
    }

    void filtersChangeTheCount()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        DevicesModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.rowCount(), 1204);
        model.setLevel(u"failing"_s);
        QTRY_COMPARE(model.rowCount(), 4);
        model.setLevel({});
        model.setText(u"press"_s);
        QTRY_COMPARE(model.rowCount(), 2);
        model.setText(u"no such thing"_s);
        QTRY_COMPARE(model.rowCount(), 0);
        model.setText({});
        QTRY_COMPARE(model.rowCount(), 1204);
    }

    void sortingMovesRows()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        DevicesModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.rowCount(), 1204);
        model.setSortKey(u"state"_s);
        QTRY_COMPARE(model.data(model.index(0), DevicesModel::DeviceRole).value<Device>().level, states::Level::Failing);
        QCOMPARE(model.rowOf(u"press-line-b"_s) >= 0, true);
        QCOMPARE(model.rowOf(u"no such"_s), -1);
        QCOMPARE(model.idAt(model.rowOf(u"press-line-b"_s)), u"press-line-b"_s);
    }

    void changesAreCoalescedAndTellOnlyTheRowsThatChanged()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        DevicesModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.rowCount(), 1204);
        const qint64 before = model.data(model.index(0), DevicesModel::DeviceRole).value<Device>().evidenceAt;
        QSignalSpy windows(&model, &DevicesModel::windowChanged);
        QSignalSpy changes(&model, &DevicesModel::dataChanged);
        for (int i = 0; i < 5; ++i)
            backend.step(); // ten seconds of news at once
        QTRY_COMPARE(windows.count(), 1);
        QVERIFY(model.data(model.index(0), DevicesModel::DeviceRole).value<Device>().evidenceAt > before);
        for (const QList<QVariant> &change : changes) {
            const QModelIndex first = change[0].toModelIndex();
            QVERIFY(nameAt(model, first.row()) != u"meter-0114"_s); // it is offline: nothing new
        }
    }

    void afterAReconnectItIsUpToDateAgain()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        DevicesModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.rowCount(), 1204);
        backend.breakConnection();
        QCOMPARE(model.rowCount(), 1204); // stays to be read
        QVERIFY(isHere(model, 0));
        model.setText(u"gate-0"_s); // asked for when there is a connection again
        QTest::qWait(0);
        backend.link()->retryNow();
        QTRY_COMPARE(model.rowCount(), 2);
    }

    void errorsAreTold()
    {
        MockBackend backend(MockBackend::Mode::Error, false);
        DevicesModel model;
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.loading(), states::Loading::Failed);
        QVERIFY(!model.errorText().isEmpty());
    }

    void anInactiveModelAsksForNothing()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        DevicesModel model;
        model.setActive(false);
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(backend.fleet()->counts().devices, 1204);
        QCOMPARE(model.rowCount(), 0);
        model.setActive(true);
        QTRY_COMPARE(model.rowCount(), 1204);
        model.setActive(false);
        QCOMPARE(model.rowCount(), 0);
    }

    void theModelMayOutliveTheBackend()
    {
        auto backend = std::make_unique<MockBackend>(MockBackend::Mode::Default, false);
        DevicesModel model;
        model.setLink(backend->link());
        backend->start();
        QTRY_COMPARE(model.rowCount(), 1204);
        backend.reset();
        model.showRange(1000, 1010);
        model.setText(u"x"_s);
        QTest::qWait(0);
        QCOMPARE(model.link(), nullptr);
    }
};

MUSTER_TEST(TestDevicesModel)
#include "tst_devicesmodel.moc"
