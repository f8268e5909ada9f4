// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tests/dashboardtest.h"
#include "app/tests/guitest.h"
#include "client/words/format.h"
#include "qml/Muster/Approvals/mock/mockapprovals.h"
#include "qml/Muster/Audit/auditmodel.h"
#include "qml/Muster/Commands/commandsmodel.h"
#include "qml/Muster/Commands/commandwatch.h"
#include "qml/Muster/Devices/devicesmodel.h"
#include "qml/Muster/Health/healthseries.h"

#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// The window around the pages: palette, keys, addresses, what it says by itself.
class TestDashboardShell : public test::DashboardTest
{
    Q_OBJECT

private slots:
    void thePaletteFindsDevicesAndPages()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        press(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(showsJust(u"Command"_s));
        type(u"pump-s"_s);
        QTRY_VERIFY(showsJust(u"Device"_s) && !showsJust(u"Command"_s));
        press(Qt::Key_Return);
        QTRY_COMPARE(route(), u"device/pump-south"_s);
        press(Qt::Key_K, Qt::ControlModifier);
        type(u"appro"_s);
        press(Qt::Key_Return);
        QTRY_COMPARE(route(), u"approvals"_s);
        press(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(showsJust(u"Command"_s));
        press(Qt::Key_Escape);
        QTRY_VERIFY(!showsJust(u"Command"_s));
        QCOMPARE(route(), u"approvals"_s);
        // It also leads to what has no line in the rail, and acts.
        press(Qt::Key_K, Qt::ControlModifier);
        type(u"add a"_s);
        press(Qt::Key_Return);
        QTRY_COMPARE(route(), u"add-device"_s);
        press(Qt::Key_K, Qt::ControlModifier);
        type(u"in utc"_s);
        press(Qt::Key_Return);
        QTRY_VERIFY(format::isUtc());
        format::setUtc(false);
    }

    void eachLinkOpensWhatItNames()
    {
        open();
        m_window->setProperty("route", u"commands"_s);
        QTRY_VERIFY(model<CommandsModel>() && model<CommandsModel>()->count() > 1);
        const QString first = model<CommandsModel>()->at(0).id;
        const QString second = model<CommandsModel>()->at(1).id;
        m_window->setProperty("route", QString(u"commands/"_s + first));
        QTRY_COMPARE(model<CommandWatch>()->commandId(), first);
        // What a person does on the page meanwhile changes nothing of it.
        press(Qt::Key_Escape);
        QTRY_COMPARE(model<CommandWatch>()->commandId(), QString());
        m_window->setProperty("route", QString(u"commands/"_s + second));
        QTRY_COMPARE(model<CommandWatch>()->commandId(), second);

        for (const QString &device : {u"pump-north"_s, u"meter-0131"_s, u"camera-dock-3"_s}) {
            m_window->setProperty("route", QString(u"approvals/"_s + device));
            QTRY_VERIFY(shows(u"SHA256:"_s));
            press(Qt::Key_R);
            QTRY_VERIFY(shows(u"Reject %1?"_s.arg(device)));
            press(Qt::Key_Escape);
            QTRY_VERIFY(!shows(u"Reject %1?"_s.arg(device)));
        }
    }

    void whereItIsLiveNowIsSaid()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        emit m_backend->link()->movedTo(u"office.local:8420"_s);
        QTRY_VERIFY(shows(u"Live again, at office.local:8420 now"_s));
    }

    void anotherServerIsOfferedWhileThisOneIsAway()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        m_window->setProperty("elsewhere", u"office.local:8420"_s);
        const QString text = u"Another server of this fleet may lead now"_s;
        QVERIFY(!labelled(text));
        m_backend->breakConnection();
        QTRY_VERIFY(labelled(text));
        const QSignalSpy wishes(m_window, SIGNAL(elsewhereRequested()));
        click(button(u"Open office.local:8420"_s));
        QTRY_COMPARE(wishes.count(), 1);
        m_backend->link()->retryNow();
        QTRY_VERIFY(!labelled(text));
    }

    void theKeysAreToldByAKey()
    {
        open();
        QTRY_VERIFY(shows(u"bus-44"_s));
        press(Qt::Key_F1);
        QTRY_VERIFY(shows(u"Search, go and act"_s));
        QVERIFY(shows(u"Accept"_s));
        press(Qt::Key_Escape);
        QTRY_VERIFY(!shows(u"Search, go and act"_s));
        m_window->setProperty("letterKeys", false);
        type(u"?"_s);
        QVERIFY(!shows(u"Search, go and act"_s));
        m_window->setProperty("letterKeys", true);
        type(u"?"_s);
        QTRY_VERIFY(shows(u"Search, go and act"_s));
    }

    void howAPageIsSetStandsInItsAddress()
    {
        open();
        QTRY_VERIFY(shows(u"bus-44"_s));
        const auto query = [this] { return m_window->property("query").toString(); };
        QCOMPARE(query(), QString());
        click(button(u"Offline"_s));
        QTRY_COMPARE(query(), u"state=offline"_s);
        // Another page has its own, and this one keeps what it had.
        m_window->setProperty("route", u"commands"_s);
        QTRY_COMPARE(query(), QString());
        m_window->setProperty("route", u"devices"_s);
        QTRY_COMPARE(query(), u"state=offline"_s);

        QMetaObject::invokeMethod(m_window, "open", u"devices"_s, u"level=failing&sort=-disk&text=p%26r"_s);
        QTRY_COMPARE(model<DevicesModel>()->level(), u"failing"_s);
        QCOMPARE(model<DevicesModel>()->presence(), QString());
        QCOMPARE(model<DevicesModel>()->sortKey(), u"-disk"_s);
        QCOMPARE(model<DevicesModel>()->text(), u"p&r"_s);
        // What nobody can have set is left out, of the address too.
        QMetaObject::invokeMethod(m_window, "open", u"devices"_s, u"state=moon&sort=drop&text=%E9&level"_s);
        QTRY_COMPARE(query(), QString());
        QCOMPARE(model<DevicesModel>()->sortKey(), u"name"_s);
        QMetaObject::invokeMethod(m_window, "open", u"audit"_s, u"who=eva&days=7&outcome=refused"_s);
        QTRY_COMPARE(model<AuditModel>() ? model<AuditModel>()->actor() : QString(), u"eva"_s);
        QTRY_COMPARE(query(), u"who=eva&outcome=refused&days=7"_s);
    }

    void anAddressOfNothingSaysSo_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("wide") << QSize(1440, 900);
        QTest::newRow("phone") << QSize(390, 844);
    }

    void anAddressOfNothingSaysSo()
    {
        QFETCH(const QSize, size);
        open(MockBackend::Mode::Default, size);
        QTRY_VERIFY(shows(u"bus-44"_s));
        for (const QString &nothing : {u"moon"_s, u"device/press-line-a/moon"_s, QString()}) {
            m_window->setProperty("route", u"devices"_s);
            QTRY_VERIFY(!shows(u"There is no such page"_s));
            m_window->setProperty("route", nothing);
            QTRY_VERIFY(shows(u"There is no such page"_s));
        }
        click(button(u"To the devices"_s));
        QTRY_COMPARE(route(), u"devices"_s);
        QTRY_VERIFY(!shows(u"There is no such page"_s));
    }

    void aBrokenConnectionIsSaidAndMended()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        m_backend->breakConnection();
        QTRY_VERIFY(shows(u"Not live: this is how things stood at 09:41:02"_s));
        QVERIFY(shows(u"Reconnecting"_s));
        QVERIFY(shows(u"gate-01"_s));
        click(button(u"Try now"_s));
        QTRY_VERIFY(!shows(u"Not live"_s));
        QVERIFY(shows(u"Live"_s));
    }

    void newsAreTold()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        test::Told told;
        m_backend->breakConnection();
        QTRY_VERIFY(std::ranges::any_of(told.said, [](const QString &text) { return text.startsWith("Not live"_L1); }));
        m_backend->link()->retryNow();
        QTRY_VERIFY(told.said.contains(u"Live again"_s));
    }

    void singleLettersCanBeTurnedOff()
    {
        open();
        press(Qt::Key_2, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"SHA256:"_s));
        QVERIFY(shows(u"A accept"_s));
        m_window->setProperty("letterKeys", false);
        QTRY_VERIFY(!shows(u"A accept"_s));
        press(Qt::Key_A);
        QCoreApplication::processEvents();
        QVERIFY(!shows(u"Accept camera-dock-3?"_s));
        m_window->setProperty("letterKeys", true);
        press(Qt::Key_A);
        QTRY_VERIFY(shows(u"Accept camera-dock-3?"_s));
    }

    /// What fills a phone's window is a step of the history: an account and an audit entry, too.
    void whatIsOpenedStandsInTheAddress()
    {
        open();
        m_window->setProperty("route", u"people"_s);
        QTRY_VERIFY(labelled(u"eva"_s));
        click(labelled(u"eva"_s));
        QTRY_COMPARE(route(), u"people/eva"_s);
        QTRY_VERIFY(button(u"Make a sign-in link"_s));
        press(Qt::Key_Escape);
        QTRY_COMPARE(route(), u"people"_s);
        m_window->setProperty("route", u"audit"_s);
        QTRY_VERIFY(model<AuditModel>() && model<AuditModel>()->rowCount() > 3);
        const AuditEntry entry = model<AuditModel>()->at(2);
        m_window->setProperty("route", QString(u"audit/"_s + entry.id));
        QTRY_VERIFY(shows(entry.address));
        m_window->setProperty("route", u"audit"_s);
        QTRY_VERIFY(!labelled(entry.address));
    }

    void thePaletteLeadsToWhereThingsAreDone()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        m_window->setProperty("route", u"device/gate-01"_s);
        QTRY_VERIFY(model<HealthSeries>());
        press(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"gate-01: Containers"_s));
        type(u"restart"_s);
        QTRY_VERIFY(shows(u"gate-01: Restart a container"_s));
        press(Qt::Key_Return);
        QTRY_COMPARE(route(), u"device/gate-01/containers"_s);
        press(Qt::Key_K, Qt::ControlModifier);
        type(u"press-line-a call"_s);
        QTRY_VERIFY(shows(u"press-line-a: Call a method"_s));
    }

    void theTitleCountsWhatWaits()
    {
        open(MockBackend::Mode::SignedOut);
        QTRY_VERIFY(shows(u"Sign in to workshop.local"_s));
        QCOMPARE(m_window->property("waiting").toInt(), 0);
        QCOMPARE(m_window->title(), u"Muster"_s);
        m_backend->account()->signIn(u"admin"_s, u"secret"_s);
        QTRY_COMPARE(m_window->property("waiting").toInt(), 3);
        const QString name = m_backend->account()->session().serverName;
        QVERIFY(!name.isEmpty());
        QCOMPARE(m_window->title(), u"(3) %1 – Muster"_s.arg(name));
        for (const auto &item : m_backend->invented().feature<MockApprovals>().pending()) {
            const QJsonObject params{{"id"_L1, item["id"_L1]}, {"fingerprint"_L1, item["fingerprint"_L1]}};
            m_backend->link()->call(u"Approvals.Reject"_s, params, this, [](const Result<QJsonValue> &answer) { QVERIFY(answer); });
        }
        QTRY_COMPARE(m_window->title(), u"%1 – Muster"_s.arg(name));
        m_backend->account()->signOut();
        QTRY_COMPARE(m_window->title(), u"Muster"_s);
    }

    void aNewerVersionIsOffered_data()
    {
        QTest::addColumn<bool>("signedOut");
        QTest::newRow("signed in") << false;
        QTest::newRow("signed out") << true;
    }

    void aNewerVersionIsOffered()
    {
        QFETCH(const bool, signedOut);
        open(signedOut ? MockBackend::Mode::SignedOut : MockBackend::Mode::Default, {390, 844});
        QSignalSpy wished(m_window, SIGNAL(reloadRequested()));
        QTRY_VERIFY(signedOut ? shows(u"Sign in to"_s) : shows(u"gate-01"_s));
        QVERIFY(!button(u"Reload"_s));
        m_window->setProperty("outdated", true);
        QTRY_VERIFY(shows(u"A newer version of this page is on the server"_s));
        if (!signedOut)
            m_backend->breakConnection(); // one does not hide the other
        QTRY_COMPARE(shows(u"Not live"_s), !signedOut);
        click(button(u"Reload"_s));
        QCOMPARE(wished.count(), 1);
    }

    void everythingEndsCleanlyWhileDataIsOnItsWay()
    {
        open();
        m_window->setProperty("route", u"device/gate-01"_s);
        m_backend->step();
        // cleanup() takes it down in the middle of it; a warning would fail this test.
    }
};

MUSTER_GUI_TEST(TestDashboardShell)
#include "tst_dashboardshell.moc"
