// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tests/dashboardtest.h"
#include "app/tests/guitest.h"
#include "qml/Muster/Containers/containersmodel.h"
#include "qml/Muster/Containers/mock/mockcontainers.h"
#include "qml/Muster/Logs/logmodel.h"

#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// Containers of a device.
class TestDashboardContainers : public test::DashboardTest
{
    Q_OBJECT

private slots:
    void aContainerIsStoppedOnPurpose()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_VERIFY(shows(u"Unhealthy, up"_s));
        press(Qt::Key_Down);
        press(Qt::Key_Down);
        QTRY_COMPARE(model<LogModel>()->container(), model<ContainersModel>()->at(2).name);
        click(button(u"Stop"_s));
        QTRY_VERIFY(shows(u"Stop worker?"_s));
        press(Qt::Key_Return); // the keyboard stands on leaving it
        QTRY_VERIFY(!shows(u"Stop worker?"_s));
        QCOMPARE(model<ContainersModel>()->at(2).state, u"running"_s);
        click(button(u"Stop"_s));
        QTRY_VERIFY(shows(u"Stop worker?"_s));
        press(Qt::Key_Right);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"worker is stopped"_s));
        // What rests stands below; the choice stays with the container.
        QTRY_VERIFY(button(u"Start"_s) && button(u"Start"_s)->isEnabled());
        click(button(u"Start"_s));
        QTRY_VERIFY(shows(u"worker runs"_s));
        // A restart ends it for others as well.
        QTRY_VERIFY(button(u"Stop"_s)->isEnabled());
        click(button(u"Restart"_s));
        QTRY_VERIFY(shows(u"Restart worker?"_s));
        press(Qt::Key_Return);
        QTRY_VERIFY(!shows(u"Restart worker?"_s));
        QCOMPARE(model<ContainersModel>()->rowOf(u"worker"_s), 2);
        QSignalSpy acted(model<ContainersModel>(), &ContainersModel::acted);
        click(button(u"Restart"_s));
        press(Qt::Key_Right);
        press(Qt::Key_Return);
        QTRY_COMPARE(acted.count(), 1);
    }

    void aContainerThatIsMadeAnewKeepsItsReader()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        press(Qt::Key_Down);
        QTRY_COMPARE(model<LogModel>()->container(), u"camera"_s);
        QTRY_COMPARE(model<LogModel>()->loading(), states::Loading::Loaded);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        QSignalSpy resets(model<LogModel>(), &QAbstractItemModel::modelReset);
        m_backend->step();
        m_backend->invented().feature<MockContainers>().remake(u"press-line-a"_s, u"camera"_s, m_backend->invented().now());
        for (int i = 0; i < 6; ++i)
            m_backend->step();
        QTRY_VERIFY(shows(u"made anew "_s));
        QCOMPARE(model<LogModel>()->container(), u"camera"_s);
        QVERIFY(!model<LogModel>()->isEnded());
        QCOMPARE(resets.count(), 0);
    }

    void viewersMayLookAndAreToldSo()
    {
        open(MockBackend::Mode::Default, {1440, 900}, u"viewer"_s);
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_VERIFY(shows(u"Your role, viewer, lacks the permission containers.manage"_s));
        QVERIFY(!button(u"Stop"_s)->isEnabled());
        QVERIFY(!button(u"Restart"_s)->isEnabled());
        QVERIFY(!button(u"Commands"_s));
        m_window->setProperty("route", u"device/press-line-a/methods"_s);
        QTRY_VERIFY(shows(u"Your role, viewer, lacks the permission devices.call"_s));
        QVERIFY(!button(u"Call"_s)->isEnabled());
        m_window->setProperty("route", u"commands"_s);
        QTRY_VERIFY(shows(u"Commands: not for your role"_s));
    }

    void whileNotLiveNothingCanBeStopped()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_VERIFY(button(u"Stop"_s) && button(u"Stop"_s)->isEnabled());
        QTRY_VERIFY(model<LogModel>()->count() > 0);
        m_backend->breakConnection();
        QTRY_VERIFY(shows(u"nothing can be started or stopped now"_s));
        QVERIFY(!button(u"Stop"_s)->isEnabled());
        QTRY_VERIFY(shows(u"not live"_s));
    }

    void onAPhoneTheLogIsAPageOfItsOwn()
    {
        open(MockBackend::Mode::Default, {390, 844});
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_VERIFY(shows(u"registry.local/camera:2.1"_s));
        QVERIFY(model<LogModel>()->container().isEmpty()); // nobody reads it: nothing flows
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_VERIFY(button(u"Back to the containers"_s));
        QTRY_VERIFY(model<LogModel>()->count() > 0);
        QVERIFY(!shows(u"Containers"_s)); // the tabs have made room
        click(button(u"Back to the containers"_s));
        QTRY_VERIFY(shows(u"registry.local/camera:2.1"_s));
        // Whose log it was is seen in the list.
        const auto marked = [this] {
            QStringList names;
            for (QQuickItem *item : items()) {
                if (item->property("current").toBool() && item->property("container").canConvert<Container>())
                    names << item->property("container").value<Container>().name;
            }
            return names;
        };
        QTRY_COMPARE(marked(), QStringList{u"camera"_s});
    }

    void aNameIsNoPlaceForOtherWords()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_VERIFY(model<ContainersModel>() && model<ContainersModel>()->count() > 0);
        emit model<ContainersModel>()->acted(u"%1 50%2"_s, u"exited"_s);
        QTRY_VERIFY(shows(u"%1 50%2 is stopped"_s));
        emit model<ContainersModel>()->actFailed(u"%2"_s, u"no %1"_s);
        QTRY_VERIFY(shows(u"%2: no %1"_s));
    }
};

MUSTER_GUI_TEST(TestDashboardContainers)
#include "tst_dashboardcontainers.moc"
