// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tests/dashboardtest.h"
#include "app/tests/guitest.h"
#include "qml/Muster/Commands/commandsmodel.h"
#include "qml/Muster/Commands/commandwatch.h"
#include "qml/Muster/Forms/schemaform.h"
#include "qml/Muster/Methods/callsmodel.h"
#include "qml/Muster/Methods/methodsmodel.h"

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// Methods that are called, and commands.
class TestDashboardCommands : public test::DashboardTest
{
    Q_OBJECT

private slots:
    void whatIsCalledAgainIsAStepOfTheHistory()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        m_window->setProperty("route", u"commands"_s);
        QTRY_VERIFY(model<CommandsModel>() && model<CommandsModel>()->count() > 0);
        QMetaObject::invokeMethod(m_window, "open", u"commands"_s, u"bulk=bulk0"_s);
        QTRY_VERIFY(button(u"Again for those…"_s));
        const int steps = m_window->property("steps").toInt();
        click(button(u"Again for those…"_s));
        QTRY_VERIFY(button(u"Call again"_s));
        click(button(u"Call again"_s));
        QTRY_COMPARE(m_window->property("query").toString(), u"bulk=bulk1"_s);
        QCOMPARE(m_window->property("steps").toInt(), steps + 1);
    }

    void aCommandIsEditedAndCalledAgain()
    {
        open();
        m_window->setProperty("route", u"commands"_s);
        QTRY_VERIFY(model<CommandsModel>() && model<CommandsModel>()->count() > 5);
        QString snapshot;
        for (int row = 0; row < model<CommandsModel>()->count(); ++row) {
            if (model<CommandsModel>()->at(row).method == "Camera.Snapshot"_L1)
                snapshot = model<CommandsModel>()->at(row).id;
        }
        m_window->setProperty("route", QString(u"commands/"_s + snapshot));
        QTRY_VERIFY(model<CommandWatch>() && model<CommandWatch>()->command().id == snapshot);
        const Command before = model<CommandWatch>()->command();
        QVERIFY(!before.params.isEmpty());
        QTRY_VERIFY(button(u"Edit and call again"_s));
        click(button(u"Edit and call again"_s));
        QTRY_COMPARE(route(), u"device/%1/methods/%2"_s.arg(before.deviceId, before.method));
        QTRY_VERIFY(model<SchemaForm>() && model<SchemaForm>()->value() == before.params);
        // Another method begins with its own params.
        m_window->setProperty("route", u"device/%1/methods/Sys.GetInfo"_s.arg(before.deviceId));
        QTRY_VERIFY(model<SchemaForm>()->value().isEmpty());
    }

    void aMethodIsFilledInAndCalled()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/methods"_s);
        QTRY_VERIFY(shows(u"Snapshot"_s));
        type(u"speed"_s);
        QTRY_COMPARE(model<MethodsModel>()->count(), 1);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"Sets how fast the line runs"_s));
        QVERIFY(shows(u"worker press-worker"_s));
        // Nothing is sent while something is wrong.
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"strokes_per_minute: This is needed"_s));
        QCOMPARE(calls()->count(), 0);
        auto *form = model<SchemaForm>();
        QVERIFY(form);
        for (int i = 0;
             i < 12 && !(m_window->activeFocusItem()->inherits("QQuickTextField") && form->value().contains("strokes_per_minute"_L1));
             ++i) {
            press(Qt::Key_Tab);
            if (m_window->activeFocusItem()->property("label").toString() == "strokes_per_minute"_L1)
                type(u"100"_s);
        }
        QCOMPARE(form->value()["strokes_per_minute"_L1].toInt(), 100);
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"The device's policy allows at most 90 strokes a minute"_s));
        press(Qt::Key_Backspace);
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"Answered"_s));
        QCOMPARE(calls()->count(), 2);
        // The next person at this window sees nothing of it.
        m_backend->account()->signOut();
        QTRY_VERIFY(button(u"Sign in"_s));
        QCOMPARE(calls()->count(), 0);
        m_backend->account()->signIn(u"admin"_s, u"secret"_s);
        QTRY_VERIFY(shows(u"press-line-a"_s));
        QVERIFY(!shows(u"Answered"_s));
    }

    void aCallIsLeftForADeviceThatIsAway()
    {
        open();
        const QString id =
            m_backend->invented().call(u"Devices.List"_s, {{"state"_L1, "never"_L1}}).value()["items"_L1][0]["id"_L1].toString();
        m_window->setProperty("route", u"device/%1/methods"_s.arg(id));
        QTRY_VERIFY(shows(u"nobody has looked at its methods before"_s));
        type(u"Sys.Reboot"_s);
        press(Qt::Key_Return);
        QTRY_VERIFY(button(u"Leave it for later"_s));
        click(button(u"1 week"_s));
        click(button(u"Leave it for later"_s));
        QTRY_VERIFY(shows(u"Sys.Reboot waits for the device"_s));
        click(button(u"Look at it"_s));
        QTRY_VERIFY(route().startsWith("commands/"_L1));
        QTRY_VERIFY(shows(u"6 days more"_s) || shows(u"7\u00A0days more"_s) || shows(u"6\u00A0days more"_s));
        click(button(u"Cancel it"_s));
        QTRY_VERIFY(shows(u"It is cancelled"_s));
    }

    void commandsAreReadByKeyboard()
    {
        open();
        press(Qt::Key_3, Qt::ControlModifier);
        QTRY_COMPARE(route(), u"commands"_s);
        QTRY_COMPARE(model<CommandsModel>()->count(), 100);
        for (int i = 0; i < 6; ++i)
            press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"Signed by the device, key vehicle hockey"_s));
        // By Tab alone: what the keyboard comes to is brought into view.
        for (int i = 0; i < 20 && m_window->activeFocusItem() != button(u"Save the receipt"_s); ++i)
            press(Qt::Key_Tab);
        const qreal y = button(u"Save the receipt"_s)->mapToScene({}).y();
        QVERIFY2(y > 0 && y < m_window->height(), qPrintable(QString::number(y)));
        press(Qt::Key_Return);
        QVERIFY(m_kept.name.startsWith("receipt-c"_L1));
        QVERIFY(m_kept.text.contains("muster_receipt"_L1));
        press(Qt::Key_Escape);
        QTRY_VERIFY(!shows(u"Signed by the device"_s));
        click(button(u"Failed"_s));
        QTRY_VERIFY(model<CommandsModel>()->count() > 0 && model<CommandsModel>()->count() < 10);
    }

    void anAnswerIsBroughtIntoView()
    {
        open(MockBackend::Mode::Default, {1440, 560});
        m_window->setProperty("route", u"device/press-line-a/methods/Press.Counters"_s);
        QTRY_VERIFY(button(u"Call"_s) && button(u"Call"_s)->isEnabled());
        test::Told told;
        click(button(u"Call"_s));
        QTRY_VERIFY(showsJust(u"Answered"_s));
        QTRY_VERIFY(told.said.contains(u"Answered"_s));
        const auto inView = [this] {
            const QList<QQuickItem *> all = items();
            const auto it = std::ranges::find_if(all, [](QQuickItem *item) { return item->property("text") == u"Answered"_s; });
            return it != all.cend() && (*it)->mapToScene({0, (*it)->height()}).y() <= m_window->height();
        };
        QTRY_VERIFY(inView());
    }

    /// What was refused is said where it was asked for, with all that was typed.
    void aRefusedDialogKeepsWhatWasTyped()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        m_window->setProperty("route", u"people"_s);
        QTRY_VERIFY(button(u"Add an account"_s) && shows(u"eva"_s));
        click(button(u"Add an account"_s));
        QTRY_VERIFY(m_window->activeFocusItem() && m_window->activeFocusItem()->inherits("QQuickTextInput"));
        type(u"eva"_s); // who is there already
        QTRY_VERIFY(button(u"Add"_s)->isEnabled());
        click(button(u"Add"_s));
        QTRY_VERIFY(shows(u"there is an account \"eva\" already"_s));
        QTRY_VERIFY(std::ranges::any_of(items(), [](QQuickItem *item) {
            return item->inherits("QQuickTextInput") && item->isVisible() && item->property("text") == u"eva"_s;
        }));
        // The next one begins with nothing.
        press(Qt::Key_Escape);
        click(button(u"Add an account"_s));
        QTRY_VERIFY(std::ranges::none_of(items(), [](QQuickItem *item) {
            return item->inherits("QQuickTextInput") && item->isVisible() && item->property("text") == u"eva"_s;
        }));
    }
};

MUSTER_GUI_TEST(TestDashboardCommands)
#include "tst_dashboardcommands.moc"
