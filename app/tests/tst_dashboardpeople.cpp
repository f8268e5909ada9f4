// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tests/dashboardtest.h"
#include "app/tests/guitest.h"
#include "client/words/format.h"

#include <QClipboard>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// Accounts, the audit, and Settings.
class TestDashboardPeople : public test::DashboardTest
{
    Q_OBJECT

private slots:
    void anAccountIsMadeAndLetIn()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        m_window->setProperty("route", u"people"_s);
        QTRY_VERIFY(button(u"Add an account"_s) && shows(u"eva"_s));
        click(button(u"Add an account"_s));
        QTRY_VERIFY(shows(u"Without a password"_s));
        type(u"ida"_s);
        press(Qt::Key_Return); // to the role
        press(Qt::Key_Down);
        press(Qt::Key_Tab);
        type(u"short"_s);
        QVERIFY(!button(u"Add"_s)->isEnabled());
        type(u" no more"_s);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"ida may sign in now"_s));
        const auto made = m_backend->invented().call(u"Users.List"_s, {{"text"_L1, "ida"_L1}}).value_or(QJsonValue());
        QCOMPARE(made["items"_L1][0]["role"_L1], "operator"_L1);
        QCOMPARE(made["items"_L1][0]["has_password"_L1], true);
        // A link is shown once, and copied.
        QTRY_VERIFY(button(u"Make a sign-in link"_s));
        click(button(u"Make a sign-in link"_s));
        QTRY_VERIFY(shows(u"#/sign-in/"_s));
        press(Qt::Key_Return);
        QTRY_VERIFY(!shows(u"#/sign-in/"_s));
        QVERIFY(QGuiApplication::clipboard()->text().contains("#/sign-in/"_L1));
        // All of it is in the audit.
        m_window->setProperty("route", u"audit"_s);
        QTRY_VERIFY(shows(u"Users.Create · ida"_s) && shows(u"SignInLinks.Create · ida"_s));
    }

    void thisWindowIsAsOneLikesIt()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        m_window->setProperty("route", u"settings"_s);
        QTRY_VERIFY(shows(u"Key words"_s) && button(u"UTC"_s));
        click(button(u"UTC"_s));
        QVERIFY(format::isUtc());
        click(button(u"Of this machine's zone"_s));
        QVERIFY(!format::isUtc());
        click(button(u"Back up now"_s));
        QTRY_VERIFY(shows(u"backups/2026"_s) && shows(u"SHA-256"_s));
    }
};

MUSTER_GUI_TEST(TestDashboardPeople)
#include "tst_dashboardpeople.moc"
