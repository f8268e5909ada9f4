// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tests/dashboardtest.h"
#include "app/tests/guitest.h"
#include "qml/Muster/Approvals/approvalsmodel.h"

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// Keys that wait, and those that were rejected.
class TestDashboardApprovals : public test::DashboardTest
{
    Q_OBJECT

private slots:
    void aKeyIsAcceptedByKeyboard()
    {
        open();
        press(Qt::Key_2, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"SHA256:"_s));
        press(Qt::Key_A);
        QTRY_VERIFY(shows(u"Accept camera-dock-3?"_s));
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"camera-dock-3 is accepted"_s));
        QTRY_COMPARE(model<ApprovalsModel>()->count(), 2);
        QVERIFY(!m_backend->invented().device(u"camera-dock-3"_s).isNull());
    }

    void aNewKeyOfAKnownDeviceIsNotAcceptedByReflex()
    {
        open();
        press(Qt::Key_2, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"SHA256:"_s));
        press(Qt::Key_J);
        QTRY_VERIFY(shows(u"Accepted before, works now"_s) && shows(u"New, waits for you"_s));
        press(Qt::Key_A);
        QTRY_VERIFY(shows(u"Replace the key of pump-north?"_s));
        press(Qt::Key_Return); // the keyboard stands on Cancel
        QTRY_VERIFY(!shows(u"Replace the key of pump-north?"_s));
        QCOMPARE(model<ApprovalsModel>()->count(), 3);
        press(Qt::Key_A);
        QTRY_VERIFY(shows(u"Replace the key of pump-north?"_s));
        press(Qt::Key_Tab);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"pump-north is accepted"_s));
        QTRY_COMPARE(model<ApprovalsModel>()->count(), 2);
    }

    void aKeyIsRejected()
    {
        open();
        press(Qt::Key_2, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"SHA256:"_s));
        press(Qt::Key_J);
        press(Qt::Key_J);
        press(Qt::Key_K);
        press(Qt::Key_J);
        press(Qt::Key_R);
        QTRY_VERIFY(shows(u"Reject meter-0131?"_s));
        press(Qt::Key_Right);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"meter-0131 is rejected"_s));
    }

    void aRejectedKeyIsAcceptedAfterAll()
    {
        open();
        press(Qt::Key_2, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"SHA256:"_s));
        press(Qt::Key_R);
        QTRY_VERIFY(shows(u"Reject camera-dock-3?"_s));
        press(Qt::Key_Tab);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"camera-dock-3 is rejected"_s));
        click(button(u"Rejected"_s));
        QTRY_VERIFY(button(u"Accept after all…"_s));
        QVERIFY(shows(u"camera-dock-3"_s));
        QVERIFY(shows(u"by admin, "_s));
        QVERIFY(!button(u"Reject…"_s));
        click(button(u"Accept after all…"_s));
        QTRY_VERIFY(shows(u"Accept camera-dock-3?"_s));
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"camera-dock-3 is accepted"_s));
        QTRY_VERIFY(!m_backend->invented().device(u"camera-dock-3"_s).isNull());
        click(button(u"Waiting"_s));
        QTRY_COMPARE(model<ApprovalsModel>()->count(), 2);
    }

    /// Nothing but the key that is meant may stand under the buttons that decide.
    void anAddressOfAKeyThatDoesNotWaitShowsNoOther()
    {
        open();
        m_window->setProperty("route", u"approvals/nobody"_s);
        QTRY_VERIFY(shows(u"No key of nobody waits"_s));
        QVERIFY(!button(u"Accept…"_s));
        press(Qt::Key_A);
        QVERIFY(!shows(u"Accept the key"_s));
        click(button(u"Show those that wait"_s));
        QTRY_COMPARE(route(), u"approvals"_s);
        QTRY_VERIFY(!shows(u"No key of nobody waits"_s));
        m_window->setProperty("route", u"settings/nothing"_s);
        QTRY_VERIFY(labelled(u"There is no such page"_s));
    }
};

MUSTER_GUI_TEST(TestDashboardApprovals)
#include "tst_dashboardapprovals.moc"
