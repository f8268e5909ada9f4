// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/everything.h"
#include "app/tests/guitest.h"
#include "client/words/format.h"
#include "mock/mockbackend.h"
#include "qml/Muster/Approvals/approvalsmodel.h"
#include "qml/Muster/Approvals/mock/mockapprovals.h"
#include "qml/Muster/Audit/auditmodel.h"
#include "qml/Muster/Commands/commandsmodel.h"
#include "qml/Muster/Commands/commandwatch.h"
#include "qml/Muster/Containers/containersmodel.h"
#include "qml/Muster/Containers/mock/mockcontainers.h"
#include "qml/Muster/Devices/bulkcall.h"
#include "qml/Muster/Devices/devicesmodel.h"
#include "qml/Muster/Forms/schemaform.h"
#include "qml/Muster/Frame/textsaver.h"
#include "qml/Muster/Health/healthseries.h"
#include "qml/Muster/History/historymodel.h"
#include "qml/Muster/Logs/logfilter.h"
#include "qml/Muster/Logs/logmodel.h"
#include "qml/Muster/Methods/callsmodel.h"
#include "qml/Muster/Methods/methodsmodel.h"

#include <QAccessible>
#include <QClipboard>
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

/// Hears what a screen reader is told.
class Told
{
public:
    Told()
    {
        heard = &said;
        QAccessible::setActive(true);
        QAccessible::installUpdateHandler([](QAccessibleEvent *event) {
            if (event->type() == QAccessible::Announcement)
                heard->append(static_cast<QAccessibleAnnouncementEvent *>(event)->message());
        });
    }
    ~Told()
    {
        QAccessible::installUpdateHandler(nullptr);
        QAccessible::setActive(false);
    }
    QStringList said;

private:
    static inline QStringList *heard = nullptr;
};

/// Keeps what was saved.
class Kept : public TextSaver
{
public:
    QString name;
    QString text;
    void save(const QString &asName, const QString &asText) override
    {
        name = asName;
        text = asText;
        emit saved(asName);
    }
};

} // namespace

/// The dashboard as somebody uses it who has no mouse, and some with one.
class TestDashboard : public test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<MockBackend> m_backend;
    Kept m_kept;
    std::unique_ptr<QQmlApplicationEngine> m_engine;
    QQuickWindow *m_window = nullptr;

    void open(MockBackend::Mode mode = MockBackend::Mode::Default, QSize size = {1440, 900}, const QString &role = u"admin"_s)
    {
        m_backend = std::make_unique<MockBackend>(mode, false);
        m_backend->setRole(role);
        m_engine = std::make_unique<QQmlApplicationEngine>();
        if (QObject *theme = m_engine->singletonInstance<QObject *>("Muster.Controls", "Theme"))
            theme->setProperty("still", true);
        m_engine->setInitialProperties({{u"backend"_s, QVariant::fromValue<Backend *>(m_backend.get())},
                                        {u"saver"_s, QVariant::fromValue<TextSaver *>(&m_kept)},
                                        {u"width"_s, size.width()},
                                        {u"height"_s, size.height()}});
        m_engine->loadFromModule("Muster.Shell", "Main");
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
    /// A text that stands there now; null: it does not, or is hidden.
    [[nodiscard]] QQuickItem *labelled(const QString &text) const
    {
        const QList<QQuickItem *> all = items();
        const auto at = std::ranges::find_if(all, [&text](QQuickItem *item) {
            return item->inherits("QQuickText") && item->isVisible() && item->property("text").toString() == text;
        });
        return at == all.cend() ? nullptr : *at;
    }
    [[nodiscard]] bool showsJust(const QString &text) const
    {
        return std::ranges::any_of(
            items(), [&text](QQuickItem *item) { return item->inherits("QQuickText") && item->property("text").toString() == text; });
    }
    /// What has properties of these names.
    [[nodiscard]] QQuickItem *itemWith(const char *one, const char *other) const
    {
        const QList<QQuickItem *> all = items();
        const auto it = std::ranges::find_if(
            all, [one, other](QQuickItem *item) { return item->property(one).isValid() && item->property(other).isValid(); });
        return it == all.cend() ? nullptr : *it;
    }
    /// The row of a device in the table.
    [[nodiscard]] QQuickItem *row(const QString &id) const
    {
        const QList<QQuickItem *> all = items();
        const auto it = std::ranges::find_if(
            all, [&id](QQuickItem *item) { return item->property("deviceId") == id && item->property("chosen").isValid(); });
        return it == all.cend() ? nullptr : *it;
    }
    void clickRow(const QString &id, Qt::KeyboardModifiers modifiers)
    {
        QQuickItem *item = row(id);
        QVERIFY(item);
        m_window->grabWindow();
        QTest::mouseClick(m_window, Qt::LeftButton, modifiers, item->mapToScene({item->width() / 2, item->height() / 2}).toPoint());
    }
    [[nodiscard]] QAccessible::State accessible(const QString &id) const
    {
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(row(id));
        return interface ? interface->state() : QAccessible::State();
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
        m_window->grabWindow(); // laid out as it is seen: who clicks has seen it
        QTest::mouseClick(m_window, Qt::LeftButton, {}, item->mapToScene({item->width() / 2, item->height() / 2}).toPoint());
    }
    /// Goes on with Tab until the keyboard is on what has this text.
    void tabTo(const QString &text)
    {
        for (int i = 0; i < 60; ++i) {
            QQuickItem *item = m_window->activeFocusItem();
            if (item && item->inherits("QQuickAbstractButton") && item->property("text").toString() == text)
                return;
            press(Qt::Key_Tab);
        }
        QFAIL(qPrintable(u"Tab never came to \"%1\""_s.arg(text)));
    }
    template <typename T>
    [[nodiscard]] T *model() const
    {
        // The palette finds devices as well, while it is open.
        const QList<T *> all = everything<T>(m_window);
        const auto at = std::ranges::find_if(all, [](const T *one) {
            const QVariant active = one->property("active");
            return !active.isValid() || active.toBool();
        });
        return at == all.cend() ? nullptr : *at;
    }

    [[nodiscard]] CallsModel *calls() const { return m_engine->singletonInstance<CallsModel *>("Muster.Methods", "Calls"); }

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
        QTRY_COMPARE(route(), u"device/press-line-a/containers"_s);
        press(Qt::Key_Escape);
        QTRY_COMPARE(route(), u"devices"_s);
    }

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

    void keysCopyWhatIsChosenAndNothingElse()
    {
        open();
        QGuiApplication::clipboard()->setText(u"mine"_s);
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        press(Qt::Key_Return);
        press(Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"nothing was copied"_s));
        QCOMPARE(QGuiApplication::clipboard()->text(), u"mine"_s);
        click(button(u"Copy what is here"_s));
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 1000);
    }

    void aLogIsSearchedCopiedAndSaved()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        press(Qt::Key_Return); // from the list into the log
        press(Qt::Key_F, Qt::ControlModifier);
        type(u"encoder"_s);
        QTRY_VERIFY(model<LogModel>()->matches() > 10);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"1 of "_s) || shows(u" of "_s));
        const int first = model<LogFilter>()->currentMatch();
        QVERIFY(first > 0);
        press(Qt::Key_Return, Qt::ShiftModifier);
        QVERIFY(model<LogFilter>()->currentMatch() != first);
        press(Qt::Key_Escape);
        QTRY_COMPARE(model<LogModel>()->matches(), 0);
        press(Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"1 line is on the clipboard"_s));
        QVERIFY(QGuiApplication::clipboard()->text().contains("encoder"_L1));
        click(button(u"Save what is here"_s));
        QCOMPARE(m_kept.name, u"press-line-a-ui.log"_s);
        QCOMPARE(m_kept.text.count(u'\n'), 1000);
        QTRY_VERIFY(shows(u"Saved: press-line-a-ui.log"_s));
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

    void onlyMatchingLinesOfALogAndBack()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        QQuickItem *view = itemWith("wrap", "follow");
        QVERIFY(view);
        press(Qt::Key_Return);
        press(Qt::Key_F, Qt::ControlModifier);
        type(u"encoder"_s);
        QTRY_VERIFY(model<LogFilter>()->matches() > 10);
        // Following: the newest match stays in sight.
        click(button(u"Only matching lines"_s));
        QTRY_COMPARE(model<LogFilter>()->count(), model<LogModel>()->matches());
        QVERIFY(shows(u" of 1,000 lines"_s));
        QVERIFY(view->property("follow").toBool());
        // A match that was gone to stays where it stands, with all lines and with matching ones.
        click(button(u"Previous match"_s));
        click(button(u"Previous match"_s));
        QVERIFY(!view->property("follow").toBool());
        const auto place = [&] {
            m_window->grabWindow(); // laid out as it would be drawn
            const int row = view->property("currentRow").toInt();
            QQuickItem *item = nullptr;
            QMetaObject::invokeMethod(itemWith("contentY", "log"), "itemAtIndex", qReturnArg(item), row);
            return std::pair(model<LogFilter>()->markOf(row), item ? qRound(item->mapToScene({0, 0}).y()) : -1);
        };
        const auto before = place();
        QVERIFY(before.first > 0 && before.second > 0);
        click(button(u"Only matching lines"_s));
        QTRY_COMPARE(model<LogFilter>()->count(), 1000);
        QCOMPARE(place(), before);
        click(button(u"Only matching lines"_s));
        QTRY_VERIFY(model<LogFilter>()->count() < 1000);
        QCOMPARE(place().first, before.first);
        // What is no expression says so, and hides nothing.
        click(button(u"Words as they stand"_s));
        model<LogModel>()->setSearch(u"enc("_s);
        QTRY_VERIFY(shows(u"This is no regular expression: "_s));
        QCOMPARE(model<LogFilter>()->count(), 1000);
    }

    void errorsOfALogAlone()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        QVERIFY(model<LogModel>()->errors() > 10);
        click(button(u"Errors"_s));
        QTRY_COMPARE(model<LogFilter>()->count(), model<LogModel>()->errors());
        click(button(u"All lines"_s));
        QTRY_COMPARE(model<LogFilter>()->count(), 1000);
    }

    void containersAreReadTogether()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        click(button(u"Read more containers beside it"_s));
        QTRY_VERIFY(shows(u"Read together, up to 6 at once"_s));
        press(Qt::Key_Down);
        press(Qt::Key_Space);
        QTRY_COMPARE(route(), u"device/press-line-a/containers/ui+camera"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 2000);
        press(Qt::Key_Escape);
        QTRY_VERIFY(!shows(u"Read together, up to 6 at once"_s));
        // Their lines are hidden and shown one by one.
        click(button(u"ui"_s));
        QTRY_COMPARE(model<LogFilter>()->count(), 1000);
        click(button(u"ui"_s));
        QTRY_COMPARE(model<LogFilter>()->count(), 2000);
        click(button(u"Read camera no more"_s));
        QTRY_COMPARE(route(), u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        // The address shows the same again.
        m_window->setProperty("route", u"device/press-line-a/containers/camera+nats+ui"_s);
        QTRY_COMPARE(model<LogModel>()->containers(), (QStringList{u"camera"_s, u"nats"_s, u"ui"_s}));
        QTRY_COMPARE(model<LogModel>()->count(), 3000);
        // Another one of the list is read alone.
        press(Qt::Key_Down);
        QTRY_COMPARE(model<LogModel>()->containers().size(), 1);
        QTRY_COMPARE(route(), u"device/press-line-a/containers"_s);
    }

    void newsDoNotLieOverTheFootOfALog()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        press(Qt::Key_Return);
        press(Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"nothing was copied"_s));
        QQuickItem *toast = itemWith("message", "bad");
        QVERIFY(toast);
        const qreal foot = toast->mapToScene({0, toast->height()}).y();
        QVERIFY2(foot < m_window->height() / 3.0, qPrintable(QString::number(foot)));
    }

    void aLogKeepsItsPlaceOrFollows()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        auto *log = model<LogModel>();
        log->setCapacity(1000); // from now on each new line pushes an old one out
        const QList<QQuickItem *> all = items();
        const auto found = std::ranges::find_if(
            all, [](QQuickItem *item) { return item->property("follow").isValid() && item->property("wrap").isValid(); });
        QVERIFY(found != all.cend());
        QQuickItem *view = *found;
        QTRY_VERIFY(view->property("follow").toBool());
        const auto shown = [&](const char *role, int row) {
            return log->data(log->index(row), role == QByteArray("text") ? LogModel::TextRole : LogModel::TimeTextRole).toString();
        };
        const auto top = [&] {
            int row = -1;
            QMetaObject::invokeMethod(view, "topRow", qReturnArg(row));
            return row;
        };
        const auto grow = [&] {
            const qint64 before = log->dropped();
            for (int i = 0; i < 10; ++i)
                m_backend->step();
            QTRY_VERIFY(log->dropped() >= before + 15);
            QCoreApplication::processEvents();
            m_window->grabWindow(); // laid out as it would be drawn
        };
        // Following: the newest line stays in sight.
        grow();
        QTRY_VERIFY(shows(shown("time", 999)));
        // Reading further up: the same line stays at the top, however many come and fall out.
        press(Qt::Key_Return);
        for (int i = 0; i < 4; ++i)
            press(Qt::Key_PageUp);
        QVERIFY(!view->property("follow").toBool());
        QCoreApplication::processEvents();
        const QString place = shown("time", top());
        for (int i = 0; i < 5; ++i) {
            grow();
            QCOMPARE(shown("time", top()), place);
        }
        QVERIFY(!shows(shown("time", 999)));
        // And to the end again.
        press(Qt::Key_End);
        QTRY_VERIFY(shows(shown("time", 999)));
        grow();
        QTRY_VERIFY(shows(shown("time", 999)));
    }

    void aLogIsReadFromAnotherTimeAndOutput()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        click(button(u"Last 1,000"_s));
        QTRY_VERIFY(shows(u"Since 1 day"_s));
        press(Qt::Key_Down);
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_COMPARE(model<LogModel>()->since(), 600'000);
        QTRY_COMPARE(model<LogModel>()->count(), 580); // ten minutes, a line every 1,037 ms
        click(button(u"stdout + stderr"_s));
        QTRY_VERIFY(shows(u"Only stderr"_s));
        for (int i = 0; i < 3; ++i)
            press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_VERIFY(!model<LogModel>()->wantsStdout());
        QTRY_VERIFY(model<LogModel>()->count() > 50 && model<LogModel>()->count() < 200);
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

    void anAnswerIsBroughtIntoView()
    {
        open(MockBackend::Mode::Default, {1440, 560});
        m_window->setProperty("route", u"device/press-line-a/methods/Press.Counters"_s);
        QTRY_VERIFY(button(u"Call"_s) && button(u"Call"_s)->isEnabled());
        Told told;
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
        QVERIFY(!button(u"Reject…"_s));
        click(button(u"Accept after all…"_s));
        QTRY_VERIFY(shows(u"Accept camera-dock-3?"_s));
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"camera-dock-3 is accepted"_s));
        QTRY_VERIFY(!m_backend->invented().device(u"camera-dock-3"_s).isNull());
        click(button(u"Waiting"_s));
        QTRY_COMPARE(model<ApprovalsModel>()->count(), 2);
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

    void newsAreTold()
    {
        open();
        QTRY_VERIFY(shows(u"gate-01"_s));
        Told told;
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

    void aFleetWithoutDevicesSaysHowTheyCome()
    {
        open(MockBackend::Mode::Empty);
        QTRY_VERIFY(shows(u"No devices yet"_s));
        QTRY_VERIFY(shows(u"muster-agent run --server wss://"_s) && shows(u"Waiting for its key"_s));
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

MUSTER_GUI_TEST(TestDashboard)
#include "tst_dashboard.moc"
