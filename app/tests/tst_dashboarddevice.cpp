// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tests/dashboardtest.h"
#include "app/tests/guitest.h"
#include "qml/Muster/Commands/commandsmodel.h"
#include "qml/Muster/Devices/devicesmodel.h"
#include "qml/Muster/Health/healthseries.h"
#include "qml/Muster/History/historymodel.h"
#include "qml/Muster/Methods/methodsmodel.h"

#include <QClipboard>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// One device: its header, its charts, its history.
class TestDashboardDevice : public test::DashboardTest
{
    Q_OBJECT

private slots:
    void chartsMoveWhileSomebodyLooks()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        m_window->setProperty("route", u"device/gate-01"_s);
        QTRY_VERIFY(model<HealthSeries>() && model<HealthSeries>()->count() > 300);
        QCoreApplication::processEvents();
        const double before = model<HealthSeries>()->timeAt(model<HealthSeries>()->count() - 1);
        for (int i = 0; i < 10; ++i)
            m_backend->step();
        QTRY_VERIFY(model<HealthSeries>()->timeAt(model<HealthSeries>()->count() - 1) > before);
        press(Qt::Key_4);
        QTRY_COMPARE(model<HealthSeries>()->rangeMs(), 7LL * 86'400'000);
        click(button(u"24 h"_s));
        QTRY_COMPARE(model<HealthSeries>()->rangeMs(), 86'400'000LL);
    }

    /// A link shows another person the very stretch that one was worried about.
    void chartsStandInTheAddress()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        const auto query = [this] { return m_window->property("query").toString(); };
        const auto go = [this](const QString &route, const QString &set) {
            QVERIFY(QMetaObject::invokeMethod(m_window, "open", route, set));
        };
        go(u"device/gate-01"_s, u"range=7d"_s);
        QTRY_VERIFY(model<HealthSeries>());
        HealthSeries *const series = model<HealthSeries>();
        QTRY_COMPARE(series->rangeMs(), 7LL * 86'400'000);
        QCOMPARE(query(), u"range=7d"_s);
        press(Qt::Key_3);
        QTRY_COMPARE(query(), u"range=24h"_s);
        const qint64 to = m_backend->clock()->now() / 1000 - 3600;
        const QString stretch = u"range=24h&from=%1&to=%2"_s.arg(to - 600).arg(to);
        go(u"device/gate-01"_s, stretch);
        QTRY_VERIFY(series->isZoomed());
        QCOMPARE(series->to(), to * 1000);
        QCOMPARE(series->from(), (to - 600) * 1000);
        QTRY_COMPARE(query(), stretch);
        // It is that device's.
        go(u"device/press-line-a"_s, {});
        QTRY_VERIFY(!series->isZoomed());
        QTRY_COMPARE(query(), QString());
        // What nobody can mean leaves it as it begins.
        go(u"device/press-line-a"_s, u"range=9000d&from=abc&to=-1"_s);
        QTRY_COMPARE(query(), QString());
        QCOMPARE(series->rangeMs(), 3'600'000LL);
        // Each tab has its own.
        go(u"device/press-line-a/history"_s, u"kind=presence"_s);
        QTRY_VERIFY(model<HistoryModel>() && model<HistoryModel>()->kind() == u"presence"_s);
        QCOMPARE(query(), u"kind=presence"_s);
        m_window->setProperty("route", u"device/press-line-a"_s);
        QTRY_COMPARE(query(), QString());
        m_window->setProperty("route", u"device/press-line-a/history"_s);
        QTRY_COMPARE(query(), u"kind=presence"_s);
    }

    void methodsOfADeviceThatIsAwayAreShown()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        m_window->setProperty("route", u"device/meter-0114/methods"_s);
        QTRY_VERIFY(model<MethodsModel>() && model<MethodsModel>()->total() > 5);
        QVERIFY(!model<MethodsModel>()->isAway());
        QTRY_VERIFY(shows(u"The device is away. This is what it offered"_s));
        // It can be left for later, with the form of its params.
        QTRY_VERIFY(button(u"Leave it for later"_s));
    }

    void aForgottenDeviceIsGone()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        m_window->setProperty("route", u"device/gate-01"_s);
        QTRY_VERIFY(button(u"Actions"_s));
        click(button(u"Actions"_s));
        QTRY_VERIFY(button(u"Forget…"_s));
        click(button(u"Forget…"_s));
        QTRY_VERIFY(shows(u"Forget gate-01?"_s));
        press(Qt::Key_Right);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"This device is forgotten"_s));
        QVERIFY(m_backend->invented().device(u"gate-01"_s).isNull());
    }

    void aStretchOfTheChartsIsLookedAtClosely()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a"_s);
        QTRY_VERIFY(shows(u"Temperature, warmest"_s));
        QTRY_COMPARE(model<HealthSeries>()->loading(), states::Loading::Loaded);
        auto *series = model<HealthSeries>();
        // Dragged over, all charts show it.
        QQuickItem *chart = itemWith("draggedFrom", "fixedHigh");
        QVERIFY(chart);
        m_window->grabWindow();
        const auto at = [chart](qreal share) { return chart->mapToScene({chart->width() * share, chart->height() / 2}).toPoint(); };
        QTest::mousePress(m_window, Qt::LeftButton, {}, at(0.4));
        for (const qreal share : {0.45, 0.5, 0.55, 0.6})
            QTest::mouseMove(m_window, at(share));
        QTest::mouseRelease(m_window, Qt::LeftButton, {}, at(0.6));
        QTRY_VERIFY(series->isZoomed());
        QVERIFY(series->to() - series->from() < 1'800'000);
        QTRY_VERIFY(shows(u", back to 1 h"_s));
        // The keyboard: further, earlier, closer, back.
        const qint64 from = series->from();
        press(Qt::Key_Left);
        QVERIFY(series->from() < from);
        const qint64 length = series->to() - series->from();
        press(Qt::Key_Plus);
        QVERIFY(series->to() - series->from() < length);
        press(Qt::Key_Escape);
        QVERIFY(!series->isZoomed());
        QCOMPARE(route(), u"device/press-line-a"_s);
        QTRY_VERIFY(!shows(u", back to 1 h"_s));
        press(Qt::Key_Escape);
        QTRY_COMPARE(route(), u"devices"_s);
    }

    void aDeviceThatIsAwayShowsItsLastHour()
    {
        open();
        m_window->setProperty("route", u"device/meter-0114"_s);
        QTRY_VERIFY(shows(u"Last data 3"_s));
        QVERIFY(!shows(u"Not measured in this time"_s));
        click(button(u"Show the last hour with data"_s));
        QTRY_VERIFY(model<HealthSeries>()->isZoomed());
        QTRY_VERIFY(model<HealthSeries>()->count() > 100);
        QVERIFY(shows(u"Temperature, warmest"_s));
        press(Qt::Key_Escape);
        QTRY_VERIFY(shows(u"Last data 3"_s));
    }

    void whatMostComeForStaysInView()
    {
        // Names of any length, in a window of the smallest laptop.
        open(MockBackend::Mode::Hostile, {1000, 700});
        for (const QString &id : {u"press-line-b"_s, u"press-line-a"_s, u"greenhouse-07"_s}) {
            m_window->setProperty("route", u"device/"_s + id);
            QTRY_VERIFY(button(u"Call a method"_s) && button(u"Containers"_s) && button(u"Actions"_s));
            m_window->grabWindow();
            for (const QString &name : {u"Call a method"_s, u"Containers"_s, u"Actions"_s}) {
                QQuickItem *one = button(name);
                QVERIFY2(one->mapToScene({one->width(), 0}).x() <= m_window->width(), qPrintable(id + u": "_s + name));
            }
        }
    }

    void aDeviceIsRestartedAfterAQuestion()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a"_s);
        QTRY_VERIFY(button(u"Restart…"_s) && button(u"Restart…"_s)->isEnabled());
        click(button(u"Restart…"_s));
        QTRY_VERIFY(shows(u"Restart press-line-a?"_s));
        QVERIFY(!shows(u"press-line-a restarts"_s));
        click(button(u"Restart"_s));
        QTRY_VERIFY(shows(u"press-line-a restarts"_s));
        // One that is away cannot be asked, and one whose owner does not want it does not offer it.
        m_window->setProperty("route", u"device/meter-0114"_s);
        QTRY_VERIFY(shows(u"Last data 3"_s));
        QVERIFY(!button(u"Restart…"_s) || !button(u"Restart…"_s)->isEnabled());
        m_window->setProperty("route", u"device/gate-02"_s);
        QTRY_VERIFY(shows(u"gate-02"_s) && button(u"Call a method"_s));
        QVERIFY(!button(u"Restart…"_s));
    }

    void theWorstIsSaidFirst()
    {
        open(MockBackend::Mode::Default, {390, 844});
        model<DevicesModel>()->setSortKey(u"state"_s);
        QTRY_VERIFY(model<DevicesModel>()->rowCount() > 0 && !model<DevicesModel>()->idAt(0).isEmpty());
        QTRY_COMPARE(model<DevicesModel>()->data(model<DevicesModel>()->index(0), DevicesModel::DeviceRole).value<Device>().level,
                     states::Level::Failing);
        const Device worst = model<DevicesModel>()->data(model<DevicesModel>()->index(0), DevicesModel::DeviceRole).value<Device>();
        m_window->setProperty("route", QString(u"device/"_s + worst.id));
        QTRY_VERIFY(shows(worst.conditionText + u" · proof"_s));
    }

    void whatFillsAPhoneIsAStepOfTheHistory()
    {
        open(MockBackend::Mode::Default, {390, 844});
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_VERIFY(shows(u"registry.local/camera:2.1"_s));
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_COMPARE(route(), u"device/press-line-a/containers/camera"_s);
        QTRY_VERIFY(button(u"Back to the containers"_s));
        press(Qt::Key_Escape); // one step, and not out of the device
        QTRY_COMPARE(route(), u"device/press-line-a/containers"_s);
        m_window->setProperty("route", u"device/press-line-a/methods/Sys.GetInfo"_s);
        QTRY_VERIFY(button(u"Back to the methods"_s));
        click(button(u"Back to the methods"_s));
        QTRY_COMPARE(route(), u"device/press-line-a/methods"_s);
        m_window->setProperty("route", u"commands"_s);
        QTRY_VERIFY(model<CommandsModel>() && model<CommandsModel>()->count() > 0);
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_VERIFY(route().startsWith("commands/"_L1));
    }

    void anUnknownDeviceHasAWayBack()
    {
        open(MockBackend::Mode::Default, {390, 844});
        m_window->setProperty("route", u"device/no-such"_s);
        QTRY_VERIFY(shows(u"There is no such device"_s));
        click(button(u"Back to the devices"_s));
        QTRY_COMPARE(route(), u"devices"_s);
    }

    void factsAreCopied()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a"_s);
        QTRY_VERIFY(shows(u"Fingerprint"_s));
        tabTo(u"Copy: Fingerprint"_s);
        press(Qt::Key_Return);
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith("SHA256:"_L1));
        QVERIFY(button(u"Copied"_s));
    }

    void whenItWasStandsBesideThePointer()
    {
        open();
        QTRY_VERIFY(row(u"meter-0114"_s));
        m_window->grabWindow();
        const QList<QQuickItem *> all = items();
        const auto age =
            std::ranges::find_if(all, [](QQuickItem *item) { return item->property("text").toString() == u"3\u00a0h\u00a0ago"; });
        QVERIFY(age != all.cend());
        QTest::mouseMove(m_window, (*age)->mapToScene({20, (*age)->height() / 2}).toPoint());
        QTRY_VERIFY(shows(u" 2026, "_s));
    }

    void anEntryLeadsToItsCommand()
    {
        open();
        QVERIFY(m_backend->invented().call(u"Devices.Call"_s, {{"id"_L1, "press-line-a"_L1}, {"method"_L1, "Sys.GetInfo"_L1}}));
        m_window->setProperty("route", u"device/press-line-a/history"_s);
        QTRY_VERIFY(shows(u"Sys.GetInfo"_s));
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_VERIFY(button(u"To the command"_s));
        click(button(u"To the command"_s));
        QTRY_VERIFY(route().startsWith("commands/"_L1));
    }

    void historyIsNarrowedAndOpened()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/history"_s);
        QTRY_VERIFY(shows(u"press.stroke_limit"_s));
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"\"tool\": \"T-114\""_s));
        click(button(u"Keys"_s));
        QTRY_COMPARE(model<HistoryModel>()->count(), 1);
        QTRY_VERIFY(shows(u"by admin"_s));
    }
};

MUSTER_GUI_TEST(TestDashboardDevice)
#include "tst_dashboarddevice.moc"
