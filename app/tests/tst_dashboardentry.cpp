// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tests/dashboardtest.h"
#include "app/tests/guitest.h"

#include <QSet>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// The ways in, and the ways through all of it by keyboard alone.
class TestDashboardEntry : public test::DashboardTest
{
    Q_OBJECT

private slots:
    void signingInByKeyboardAlone()
    {
        open(MockBackend::Mode::SignedOut);
        QTRY_VERIFY(shows(u"Sign in to workshop.local"_s));
        type(u"eva"_s);
        press(Qt::Key_Return);
        type(u"wrong"_s);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"Name or password is wrong"_s));
        type(u"x"_s);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"gate-01"_s));
        QVERIFY(shows(u"eva"_s));
        // And out again.
        press(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(showsJust(u"Command"_s));
        type(u"sign o"_s);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"Sign in to workshop.local"_s));
    }

    void allTheWayByTabReturnAndArrows_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("wide") << QSize(1440, 900);
        QTest::newRow("phone") << QSize(390, 844); // with a keyboard beside it
    }

    void allTheWayByTabReturnAndArrows()
    {
        QFETCH(const QSize, size);
        open(MockBackend::Mode::SignedOut, size);
        QTRY_VERIFY(shows(u"Sign in to workshop.local"_s));
        type(u"eva"_s);
        press(Qt::Key_Tab);
        type(u"x"_s);
        tabTo(u"Sign in"_s);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"gate-01"_s));

        tabTo(u"Approvals"_s);
        press(Qt::Key_Return);
        QTRY_COMPARE(route(), u"approvals"_s);
        QTRY_VERIFY(shows(u"camera-dock-3"_s));
        press(Qt::Key_Down); // the keyboard stands in the list
        press(Qt::Key_Up);
        press(Qt::Key_Return); // a phone opens it, a wide window shows it already
        QTRY_VERIFY(button(u"Accept…"_s));
        tabTo(u"Accept…"_s);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"Accept camera-dock-3?"_s));
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"camera-dock-3 is accepted"_s));

        tabTo(u"Devices"_s);
        press(Qt::Key_Return);
        QTRY_COMPARE(route(), u"devices"_s);
        press(Qt::Key_Down);
        press(Qt::Key_Down);
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_VERIFY(route().startsWith("device/"_L1));
        tabTo(u"Health"_s);
        press(Qt::Key_Right);
        QTRY_VERIFY(route().endsWith("/containers"_L1));
        tabTo(u"Containers"_s);
        press(Qt::Key_Right);
        QTRY_VERIFY(route().endsWith("/methods"_L1));
        tabTo(u"Methods"_s);
        press(Qt::Key_Right);
        QTRY_VERIFY(route().endsWith("/shadow"_L1));
        tabTo(u"State"_s);
        press(Qt::Key_Right);
        QTRY_VERIFY(route().endsWith("/history"_L1));
        tabTo(u"Approvals"_s);
        press(Qt::Key_Return);
        QTRY_COMPARE(route(), u"approvals"_s);
    }

    void theFirstAccountIsMade()
    {
        open(MockBackend::Mode::Setup);
        QTRY_VERIFY(shows(u"First start of workshop.local"_s));
        type(u"http://127.0.0.1/#/setup/abc"_s);
        press(Qt::Key_Return);
        type(u"eva"_s);
        press(Qt::Key_Return);
        type(u"secret"_s);
        press(Qt::Key_Return);
        type(u"secrex"_s);
        QTRY_VERIFY(shows(u"The two passwords differ"_s));
        press(Qt::Key_Backspace);
        type(u"t"_s);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"the password must have 10 to 1024 characters"_s));
        const auto isRed = [this](const QString &label) {
            const QList<QQuickItem *> all = items();
            return std::ranges::any_of(
                all, [&label](QQuickItem *item) { return item->property("label") == label && item->property("wrong").toBool(); });
        };
        QVERIFY(isRed(u"Password"_s));
        QVERIFY2(!isRed(u"Name"_s), "nothing is wrong with the name");
        type(u"secret"_s);
        press(Qt::Key_Tab, Qt::ShiftModifier);
        press(Qt::Key_End);
        type(u"secret"_s);
        press(Qt::Key_Return);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"gate-01"_s));
    }

    void tabVisitsEverythingAndShowsWhere_data()
    {
        QTest::addColumn<QString>("route");
        QTest::addColumn<int>("least");
        QTest::newRow("devices") << u"devices"_s << 14;
        QTest::newRow("device") << u"device/gate-01"_s << 9;
        QTest::newRow("approvals") << u"approvals"_s << 7;
        QTest::newRow("containers") << u"device/press-line-a/containers"_s << 17;
        QTest::newRow("methods") << u"device/press-line-a/methods"_s << 11;
        QTest::newRow("history") << u"device/press-line-a/history"_s << 14;
        QTest::newRow("commands") << u"commands"_s << 11;
        QTest::newRow("people") << u"people/eva"_s << 16;
        QTest::newRow("audit") << u"audit"_s << 13;
        QTest::newRow("settings") << u"settings"_s << 14;
        QTest::newRow("add a device") << u"add-device"_s << 8;
    }

    void tabVisitsEverythingAndShowsWhere()
    {
        QFETCH(const QString, route);
        QFETCH(const int, least);
        open();
        m_window->setProperty("route", route);
        QTRY_VERIFY(m_window->activeFocusItem() && shows(u"Devices"_s));
        QTest::qWait(0);
        QSet<QQuickItem *> visited;
        QImage before = m_window->grabWindow();
        for (int i = 0; i < 60; ++i) {
            QQuickItem *from = m_window->activeFocusItem();
            press(Qt::Key_Tab);
            QQuickItem *item = m_window->activeFocusItem();
            QVERIFY(item);
            QVERIFY2(item->isVisible(), item->metaObject()->className());
            // Where the keyboard is can be seen.
            const QImage now = m_window->grabWindow();
            QVERIFY2(now != before || item == from,
                     qPrintable(u"from %1 \"%2\" to %3 \"%4\""_s.arg(
                         QLatin1StringView(from->metaObject()->className()), from->property("text").toString(),
                         QLatin1StringView(item->metaObject()->className()), item->property("text").toString())));
            before = now;
            visited << item;
        }
        QVERIFY2(visited.size() >= least, qPrintable(QString::number(visited.size())));
    }

    void tabsAreWalkedByKeyboard()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a"_s);
        QTRY_VERIFY(shows(u"Temperature, warmest"_s));
        press(Qt::Key_PageDown, Qt::ControlModifier);
        QTRY_COMPARE(route(), u"device/press-line-a/containers"_s);
        QTRY_VERIFY(shows(u"registry.local/camera:2.1"_s));
        press(Qt::Key_PageDown, Qt::ControlModifier);
        QTRY_COMPARE(route(), u"device/press-line-a/methods"_s);
        press(Qt::Key_PageUp, Qt::ControlModifier);
        QTRY_COMPARE(route(), u"device/press-line-a/containers"_s);
        click(button(u"History"_s));
        QTRY_COMPARE(route(), u"device/press-line-a/history"_s);
        press(Qt::Key_Right); // the bar goes round by arrows
        press(Qt::Key_Left);
        press(Qt::Key_Left);
        press(Qt::Key_Left);
        QTRY_COMPARE(route(), u"device/press-line-a/containers"_s);
        press(Qt::Key_Escape);
        QTRY_COMPARE(route(), u"devices"_s);
    }
};

MUSTER_GUI_TEST(TestDashboardEntry)
#include "tst_dashboardentry.moc"
