// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tests/dashboardtest.h"
#include "app/tests/guitest.h"
#include "qml/Muster/Commands/commandsmodel.h"
#include "qml/Muster/Devices/devicesmodel.h"

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// The list of devices.
class TestDashboardDevices : public test::DashboardTest
{
    Q_OBJECT

private slots:
    void theListIsWalkedAndADeviceOpened()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        press(Qt::Key_Down);
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_COMPARE(route(), u"device/bus-4420"_s);
        QTRY_VERIFY(shows(u"Temperature, warmest"_s));
        QTRY_VERIFY(shows(u"proof"_s));
        press(Qt::Key_Escape);
        QTRY_COMPARE(route(), u"devices"_s);
        // Where it was left.
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_COMPARE(route(), u"device/camera-yard"_s);
    }

    void theEndOfALongListIsOneKeyAway()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        press(Qt::Key_End);
        auto *devices = model<DevicesModel>();
        QTRY_VERIFY(!devices->idAt(1203).isEmpty());
        QTRY_VERIFY(shows(devices->idAt(1203)));
        press(Qt::Key_Home);
        QTRY_VERIFY(shows(u"bus-4411"_s));
    }

    void theFilterIsTypedAndClearedAgain()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        press(Qt::Key_Slash);
        type(u"press"_s);
        QTRY_COMPARE(model<DevicesModel>()->total(), 2);
        QVERIFY(shows(u"2 match"_s));
        press(Qt::Key_Escape);
        QTRY_COMPARE(model<DevicesModel>()->total(), 1204);
        press(Qt::Key_Slash);
        type(u"zzzz"_s);
        QTRY_VERIFY(shows(u"No device matches"_s));
        click(button(u"Clear the filter"_s));
        QTRY_COMPARE(model<DevicesModel>()->total(), 1204);
    }

    void statesAreFilteredAndColumnsSorted()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        click(button(u"Failing"_s));
        QTRY_COMPARE(model<DevicesModel>()->total(), 4);
        click(button(u"All"_s));
        QTRY_COMPARE(model<DevicesModel>()->total(), 1204);
        click(button(u"All"_s));
        QVERIFY(button(u"All"_s)->property("chosen").toBool());
        click(button(u"Disk"_s));
        QTRY_COMPARE(model<DevicesModel>()->sortKey(), u"-disk"_s);
        QTRY_VERIFY(shows(u"Disk 97"_s));
        click(button(u"Disk"_s));
        QTRY_COMPARE(model<DevicesModel>()->sortKey(), u"disk"_s);
    }

    void onAPhoneADeviceIsATapAway()
    {
        open(MockBackend::Mode::Default, {390, 844});
        QTRY_VERIFY(shows(u"gate-01"_s));
        const QList<QQuickItem *> all = items();
        const auto name = std::ranges::find_if(all, [](QQuickItem *item) { return item->property("text").toString() == "camera-yard"_L1; });
        QVERIFY(name != all.cend());
        click(*name);
        QTRY_COMPARE(route(), u"device/camera-yard"_s);
        QTRY_VERIFY(button(u"Back to the devices"_s));
        click(button(u"Back to the devices"_s));
        QTRY_COMPARE(route(), u"devices"_s);
        click(button(u"Approvals"_s));
        QTRY_COMPARE(route(), u"approvals"_s);
    }

    void choosingMovesNoRow()
    {
        open();
        QTRY_VERIFY(row(u"bus-4420"_s));
        m_window->grabWindow();
        const QPointF before = row(u"bus-4420"_s)->mapToScene({});
        clickRow(u"bus-4411"_s, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"1 device is chosen"_s));
        m_window->grabWindow();
        QCOMPARE(row(u"bus-4420"_s)->mapToScene({}), before);
        QCOMPARE(route(), u"devices"_s);
        QVERIFY(accessible(u"bus-4411"_s).checked);
        QVERIFY(accessible(u"bus-4411"_s).selected);
        QVERIFY(!accessible(u"bus-4420"_s).checked);
        QVERIFY(accessible(u"bus-4420"_s).checkable);
    }

    void aRangeIsChosenAsInOtherLists()
    {
        open();
        auto *devices = model<DevicesModel>();
        QTRY_VERIFY(!devices->idAt(6).isEmpty() && row(devices->idAt(6)));
        clickRow(devices->idAt(1), Qt::ControlModifier);
        clickRow(devices->idAt(4), Qt::ShiftModifier);
        QTRY_COMPARE(devices->chosen().size(), 4);
        clickRow(devices->idAt(2), Qt::ShiftModifier);
        QTRY_COMPARE(devices->chosen().size(), 2);
        clickRow(devices->idAt(6), Qt::ControlModifier);
        QTRY_COMPARE(devices->chosen().size(), 3);
        press(Qt::Key_Escape);
        QTRY_COMPARE(devices->chosen().size(), 0);
        press(Qt::Key_Home);
        press(Qt::Key_Down, Qt::ShiftModifier);
        press(Qt::Key_Down, Qt::ShiftModifier);
        QTRY_COMPARE(devices->chosen(), (QStringList{devices->idAt(0), devices->idAt(1), devices->idAt(2)}));
        press(Qt::Key_Up, Qt::ShiftModifier);
        QTRY_COMPARE(devices->chosen().size(), 2);
        QCOMPARE(route(), u"devices"_s);
    }

    void theTableIsAStopOfTab()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        const auto inTable = [this] {
            const QQuickItem *item = m_window->activeFocusItem();
            return item && item->property("currentIndex").isValid() && item->property("contentY").isValid();
        };
        QVERIFY(inTable());
        press(Qt::Key_Tab);
        QVERIFY(!inTable());
        for (int i = 0; i < 60 && !inTable(); ++i)
            press(Qt::Key_Tab);
        QVERIFY(inTable());
    }

    void theLastRowIsOpenedOnceItIsHere()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        press(Qt::Key_End);
        QVERIFY(model<DevicesModel>()->idAt(1203).isEmpty());
        press(Qt::Key_Return);
        QTRY_VERIFY(route().startsWith("device/"_L1));
        QCOMPARE(route(), QString(u"device/"_s + model<DevicesModel>()->idAt(1203)));
    }

    void aFleetWithoutDevicesSaysHowTheyCome()
    {
        open(MockBackend::Mode::Empty);
        QTRY_VERIFY(shows(u"No devices yet"_s));
        QTRY_VERIFY(shows(u"muster-agent run --server wss://"_s) && shows(u"Waiting for its key"_s));
    }

    void manyAreCalledAtOnce()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        press(Qt::Key_Down);
        press(Qt::Key_Space);
        press(Qt::Key_Down);
        press(Qt::Key_Space);
        QTRY_VERIFY(shows(u"2 devices are chosen"_s));
        click(button(u"Call a method…"_s));
        QTRY_VERIFY(shows(u"Call a method on 2 devices"_s));
        type(u"Sys.GetInfo"_s);
        QVERIFY(!button(u"Send 2 commands"_s)->isEnabled());
        for (int i = 0; i < 20 && m_window->activeFocusItem()->property("label").toString() != "Number of devices"_L1; ++i)
            press(Qt::Key_Tab);
        type(u"2"_s);
        QTRY_VERIFY(button(u"Send 2 commands"_s)->isEnabled());
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"2 commands are on their way"_s));
        QTRY_COMPARE(route(), u"commands"_s);
        QTRY_VERIFY(model<CommandsModel>() && model<CommandsModel>()->at(0).method == "Sys.GetInfo"_L1);
        QVERIFY(!model<CommandsModel>()->at(0).bulk.isEmpty());
    }
};

MUSTER_GUI_TEST(TestDashboardDevices)
#include "tst_dashboarddevices.moc"
