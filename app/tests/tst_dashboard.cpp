// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tests/guitest.h"
#include "client/approvalsmodel.h"
#include "client/devicesmodel.h"
#include "client/healthseries.h"
#include "client/mockbackend.h"

#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSet>
#include <QSignalSpy>

#include <memory>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

namespace {

void collect(QQuickItem *item, QList<QQuickItem *> &found)
{
    if (!item->isVisible())
        return;
    found << item;
    const QList<QQuickItem *> children = item->childItems();
    for (QQuickItem *child : children)
        collect(child, found);
}

} // namespace

/// The dashboard as somebody uses it who has no mouse, and some with one.
class TestDashboard : public test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<MockBackend> m_backend;
    std::unique_ptr<QQmlApplicationEngine> m_engine;
    QQuickWindow *m_window = nullptr;

    void open(MockBackend::Mode mode = MockBackend::Mode::Default, QSize size = {1440, 900})
    {
        m_backend = std::make_unique<MockBackend>(mode, false);
        m_engine = std::make_unique<QQmlApplicationEngine>();
        if (QObject *theme = m_engine->singletonInstance<QObject *>("Muster.Controls", "Theme"))
            theme->setProperty("still", true);
        m_engine->setInitialProperties(
            {{u"backend"_s, QVariant::fromValue<Backend *>(m_backend.get())}, {u"width"_s, size.width()}, {u"height"_s, size.height()}});
        m_engine->loadFromModule("Muster", "Main");
        QVERIFY(!m_engine->rootObjects().isEmpty());
        m_window = qobject_cast<QQuickWindow *>(m_engine->rootObjects().constFirst());
        QVERIFY(m_window);
        QVERIFY(QTest::qWaitForWindowExposed(m_window));
        m_window->requestActivate();
        m_backend->start();
    }

    [[nodiscard]] QString route() const { return m_window->property("route").toString(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(m_window, key, modifiers); }
    void type(const QString &text)
    {
        for (const QChar c : text)
            QTest::keyClick(m_window, c.toLatin1());
    }
    [[nodiscard]] QList<QQuickItem *> items() const
    {
        QList<QQuickItem *> found;
        collect(m_window->contentItem(), found);
        return found;
    }
    [[nodiscard]] bool shows(const QString &text) const
    {
        return std::ranges::any_of(items(), [&text](QQuickItem *item) {
            return item->inherits("QQuickText") && item->property("text").toString().contains(text);
        });
    }
    [[nodiscard]] bool showsJust(const QString &text) const
    {
        return std::ranges::any_of(
            items(), [&text](QQuickItem *item) { return item->inherits("QQuickText") && item->property("text").toString() == text; });
    }
    [[nodiscard]] QQuickItem *button(const QString &text) const
    {
        const QList<QQuickItem *> all = items();
        const auto it = std::ranges::find_if(
            all, [&text](QQuickItem *item) { return item->inherits("QQuickAbstractButton") && item->property("text").toString() == text; });
        return it == all.cend() ? nullptr : *it;
    }
    void click(QQuickItem *item)
    {
        QVERIFY(item);
        QTest::mouseClick(m_window, Qt::LeftButton, {}, item->mapToScene({item->width() / 2, item->height() / 2}).toPoint());
    }
    template <typename T>
    [[nodiscard]] T *model() const
    {
        return m_window->findChild<T *>();
    }

private slots:
    void cleanup()
    {
        m_engine.reset();
        m_backend.reset();
    }

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

    void thePaletteFindsDevicesAndPages()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        press(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"Command"_s));
        type(u"pump-s"_s);
        QTRY_VERIFY(showsJust(u"Device"_s) && !shows(u"Command"_s));
        press(Qt::Key_Return);
        QTRY_COMPARE(route(), u"device/pump-south"_s);
        press(Qt::Key_K, Qt::ControlModifier);
        type(u"appro"_s);
        press(Qt::Key_Return);
        QTRY_COMPARE(route(), u"approvals"_s);
        press(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"Command"_s));
        press(Qt::Key_Escape);
        QTRY_VERIFY(!shows(u"Command"_s));
        QCOMPARE(route(), u"approvals"_s);
    }

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
        QVERIFY(!m_backend->fleet().device(u"camera-dock-3"_s).isNull());
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

    void aForgottenDeviceIsGone()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        m_window->setProperty("route", u"device/gate-01"_s);
        QTRY_VERIFY(button(u"Forget"_s));
        click(button(u"Forget"_s));
        QTRY_VERIFY(shows(u"Forget gate-01?"_s));
        press(Qt::Key_Right);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"This device is forgotten"_s));
        QVERIFY(m_backend->fleet().device(u"gate-01"_s).isNull());
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
        QTRY_VERIFY(shows(u"Command"_s));
        type(u"sign o"_s);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"Sign in to workshop.local"_s));
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
        QTRY_VERIFY(shows(u"gate-01"_s));
    }

    void tabVisitsEverythingAndShowsWhere_data()
    {
        QTest::addColumn<QString>("route");
        QTest::addColumn<int>("least");
        QTest::newRow("devices") << u"devices"_s << 14;
        QTest::newRow("device") << u"device/gate-01"_s << 9;
        QTest::newRow("approvals") << u"approvals"_s << 7;
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
        for (int i = 0; i < 60; ++i) {
            press(Qt::Key_Tab);
            QQuickItem *item = m_window->activeFocusItem();
            QVERIFY(item);
            QVERIFY2(item->isVisible(), item->metaObject()->className());
            visited << item;
        }
        QVERIFY2(visited.size() >= least, qPrintable(QString::number(visited.size())));
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

    void everythingEndsCleanlyWhileDataIsOnItsWay()
    {
        open();
        m_window->setProperty("route", u"device/gate-01"_s);
        m_backend->step();
        // cleanup() takes it down in the middle of it; a warning would fail this test.
    }
};

MUSTER_GUI_TEST(TestDashboard)
#include "tst_dashboard.moc"
