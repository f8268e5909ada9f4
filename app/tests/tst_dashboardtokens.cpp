// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tests/dashboardtest.h"
#include "app/tests/guitest.h"

#include <QClipboard>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// Devices that show a token in the place of a signature: how they come, what they are shown as, and how they lose it.
class TestDashboardTokens : public test::DashboardTest
{
    Q_OBJECT

private:
    [[nodiscard]] QJsonValue device(const QString &id) const { return m_backend->invented().device(id); }
    /// Opens one of the device's actions.
    void act(const QString &action)
    {
        QTRY_VERIFY(button(u"Actions"_s));
        click(button(u"Actions"_s));
        QTRY_VERIFY(button(action));
        click(button(action));
    }
    /// What has a property of this value.
    [[nodiscard]] QQuickItem *having(const char *property, const QString &value) const
    {
        const QList<QQuickItem *> all = items();
        const auto at = std::ranges::find_if(all, [&](const QQuickItem *item) { return item->property(property) == value; });
        return at == all.cend() ? nullptr : *at;
    }
    static QString copied() { return QGuiApplication::clipboard()->text(); }

private slots:
    void whatItIsTrustedByIsSaid()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        m_window->setProperty("route", u"device/hall-light"_s);
        QTRY_VERIFY(showsJust(u"Hall light"_s));
        QVERIFY(shows(u"hall-light"_s) && shows(u"Trusted by a token, not signed"_s) && shows(u"heard"_s));
        // It proves nothing, and has neither a key nor a live stream.
        QVERIFY(!shows(u"proof"_s) && !shows(u"Fingerprint"_s) && !button(u"Live"_s) && button(u"1 h"_s));
        m_window->setProperty("route", u"device/hall-light/containers"_s);
        QTRY_VERIFY(shows(u"No containers from this device"_s));
        // What is left for later has no receipt; one that may not come says so.
        m_window->setProperty("route", u"device/porch-light/methods"_s);
        QTRY_VERIFY(shows(u"keeps no books"_s) && shows(u"Its token is taken back"_s));
        // One that signs is as it was.
        m_window->setProperty("route", u"device/gate-01"_s);
        QTRY_VERIFY(shows(u"Signed proof"_s) && button(u"Live"_s));
        QVERIFY(!shows(u"Trusted by a token"_s));
        click(button(u"Actions"_s));
        QTRY_VERIFY(button(u"Copy the fingerprint"_s));
        QVERIFY(!button(u"New token…"_s) && !button(u"Take the token back…"_s));
    }

    void aNewTokenIsShownOnce()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        m_window->setProperty("route", u"device/hall-light"_s);
        act(u"New token…"_s);
        QTRY_VERIFY(shows(u"Make a new token for Hall light?"_s) && shows(u"its connection is closed"_s));
        // Not by a reflex.
        press(Qt::Key_Return);
        QTRY_VERIFY(!shows(u"Make a new token for Hall light?"_s));
        QVERIFY(device(u"hall-light"_s)["presence"_L1]["state"_L1] == "online"_L1);
        act(u"New token…"_s);
        QTRY_VERIFY(button(u"Make a new token"_s));
        click(button(u"Make a new token"_s));
        QTRY_VERIFY(shows(u"The new token of Hall light"_s));
        QTRY_VERIFY(shows(u"dash.server=wss://workshop.local:8420/api/v2/rpc"_s));
        // The keyboard stands on what has to be copied.
        press(Qt::Key_Return);
        const QString token = copied();
        QCOMPARE(token.size(), 24);
        click(button(u"Copy: To put it into a device with Mongoose OS"_s));
        QCOMPARE(copied(), u"mos config-set dash.enable=true dash.token=%1 dash.server=wss://workshop.local:8420/api/v2/rpc"_s.arg(token));
        click(button(u"Close"_s));
        QTRY_VERIFY(!shows(token));
        QTRY_VERIFY(device(u"hall-light"_s)["presence"_L1]["state"_L1] == "offline"_L1);
    }

    void aTokenIsTakenBack()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        m_window->setProperty("route", u"device/hall-light"_s);
        act(u"Take the token back…"_s);
        QTRY_VERIFY(shows(u"Take the token of Hall light back?"_s));
        click(button(u"Take it back"_s));
        QTRY_VERIFY(shows(u"Its token is taken back: it cannot come"_s));
        QVERIFY(!device(u"hall-light"_s)["token"_L1]["is_given"_L1].toBool(true));
        click(button(u"Actions"_s));
        QTRY_VERIFY(button(u"Take the token back…"_s));
        QVERIFY(!button(u"Take the token back…"_s)->isEnabled() && button(u"New token…"_s)->isEnabled());
    }

    void aDeviceIsRenamed()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        m_window->setProperty("route", u"device/gate-01"_s);
        act(u"Rename…"_s);
        QTRY_VERIFY(shows(u"Rename gate-01"_s));
        type(u"Main gate"_s);
        press(Qt::Key_Return);
        QTRY_VERIFY(showsJust(u"Main gate"_s));
        QTRY_VERIFY(shows(u"gate-01 ·"_s));
        QCOMPARE(route(), u"device/gate-01"_s);
        act(u"Rename…"_s);
        QTRY_VERIFY(shows(u"Rename Main gate"_s));
        press(Qt::Key_A, Qt::ControlModifier);
        press(Qt::Key_Delete);
        press(Qt::Key_Return);
        QTRY_VERIFY(showsJust(u"gate-01"_s) && !shows(u"Main gate"_s));
    }

    void aDeviceIsAdded()
    {
        open();
        m_window->setProperty("route", u"add-device"_s);
        QTRY_VERIFY(shows(u"A device with a token"_s) && shows(u"whoever has it is taken for the device"_s));
        QTRY_VERIFY(shows(u"muster-agent run"_s));
        QQuickItem *id = having("label", u"Id of the new device"_s);
        QVERIFY(id);
        id->forceActiveFocus();
        type(u"gate-01"_s);
        click(button(u"Make a token"_s));
        QTRY_VERIFY(shows(u"there is a device \"gate-01\" already"_s));
        press(Qt::Key_A, Qt::ControlModifier);
        type(u"desk-light"_s);
        press(Qt::Key_Return);
        type(u"Desk light"_s);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"Token, shown this once"_s) && shows(u"mos config-set dash.enable=true dash.token="_s));
        press(Qt::Key_Return);
        const QString token = copied();
        QCOMPARE(token.size(), 24);
        // For a camera as well.
        QQuickItem *line =
            having("value", u"mos config-set dash.enable=true dash.token=%1 dash.server=wss://workshop.local:8420/api/v2/rpc"_s.arg(token));
        QVERIFY(line);
        QVERIFY(std::ranges::any_of(items(), [line](const QQuickItem *item) {
            return item->property("squares").toInt() > 0 && item->property("text") == line->property("value");
        }));
        QCOMPARE(device(u"desk-light"_s)["name"_L1].toString(), u"Desk light"_s);
        tabTo(u"Look at the device"_s);
        press(Qt::Key_Return);
        QTRY_VERIFY(showsJust(u"Desk light"_s) && shows(u"Never seen"_s));
        // Once.
        m_window->setProperty("route", u"add-device"_s);
        QTRY_VERIFY(button(u"Make a token"_s));
        QVERIFY(!shows(token));
    }

    void tokensAreForWhoLetsDevicesIn()
    {
        open(MockBackend::Mode::Default, {1440, 900}, u"viewer"_s);
        m_window->setProperty("route", u"add-device"_s);
        QTRY_VERIFY(shows(u"muster-agent run"_s));
        QVERIFY(!shows(u"A device with a token"_s) && !button(u"Make a token"_s));
        m_window->setProperty("route", u"device/hall-light"_s);
        QTRY_VERIFY(button(u"Actions"_s));
        click(button(u"Actions"_s));
        QTRY_VERIFY(button(u"New token…"_s));
        QVERIFY(!button(u"New token…"_s)->isEnabled() && !button(u"Take the token back…"_s)->isEnabled()
                && !button(u"Rename…"_s)->isEnabled());
    }
};

MUSTER_GUI_TEST(TestDashboardTokens)
#include "tst_dashboardtokens.moc"
