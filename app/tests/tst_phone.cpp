// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/screenshot.h"
#include "app/tests/guitest.h"
#include "app/tests/rules.h"

#include <QAccessible>
#include <QDir>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSignalSpy>

#include <functional>
#include <memory>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

namespace {

constexpr int phoneBelow = 700;
constexpr int lowBelow = 480;

const QStringList allPages{u"devices"_s,
                           u"device/press-line-a"_s,
                           u"device/pump-north"_s,
                           u"device/press-line-a/containers"_s,
                           u"device/press-line-a/methods"_s,
                           u"device/meter-0114/methods"_s,
                           u"device/press-line-a/history"_s,
                           u"device/gate-02/containers"_s,
                           u"device/hall-light"_s,
                           u"device/hall-light/containers"_s,
                           u"device/porch-light/methods"_s,
                           u"approvals"_s,
                           u"approvals/pump-north"_s,
                           u"commands"_s,
                           u"commands/c4258"_s,
                           u"people"_s,
                           u"people/eva"_s,
                           u"audit"_s,
                           u"settings"_s,
                           u"add-device"_s,
                           u"sign-in"_s,
                           u"setup"_s};

} // namespace

/// Every page on phones, upright and lying, and what opens on them: large enough for fingers, nothing over another.
class TestPhone : public test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<MockBackend> m_backend;
    std::unique_ptr<Screenshot> m_screenshot;
    QImage m_picture;

    void open(const QString &page, const QSize &size, bool dark = true, const QString &mode = u"default"_s, double textScale = 0)
    {
        Options options;
        options.textScale = textScale;
        options.mock = MockBackend::modeFromName(mode);
        options.screenshotPage = page;
        options.theme = dark ? Options::Theme::Dark : Options::Theme::Light;
        options.size = size;
        const MockBackend::Mode as = page == "sign-in"_L1 ? MockBackend::Mode::SignedOut
                                     : page == "setup"_L1 ? MockBackend::Mode::Setup
                                                          : options.mock.value_or(MockBackend::Mode::Default);
        m_backend = std::make_unique<MockBackend>(as, false);
        m_screenshot = std::make_unique<Screenshot>(m_backend.get(), options);
        m_picture = {};
        QSignalSpy failed(m_screenshot.get(), &Screenshot::failed);
        connect(m_screenshot.get(), &Screenshot::taken, this, [this](const QImage &image) { m_picture = image; });
        m_screenshot->start();
        m_backend->start();
        QVERIFY(m_screenshot->window());
        QTRY_VERIFY(!m_picture.isNull() || !failed.isEmpty());
        QVERIFY2(failed.isEmpty(), qPrintable(failed.isEmpty() ? QString() : failed[0][0].toString()));
    }
    [[nodiscard]] QQuickWindow *window() const { return m_screenshot->window(); }

    void resize(const QSize &size)
    {
        if (window()->size() == size)
            return;
        window()->resize(size);
        settle();
    }
    /// Until two looks at it are the same: what moves after a moment has moved.
    void settle()
    {
        QImage last;
        for (int looks = 0; looks < 100; ++looks) {
            QTest::qWait(35);
            QImage picture = window()->grabWindow();
            if (picture == last)
                return;
            last = std::move(picture);
        }
    }

    /// Keeps a picture beside the build. @return its path
    static QString kept(const QImage &picture)
    {
        const QDir folder(QCoreApplication::applicationDirPath() + u"/../pictures-of-phones"_s);
        QString name = QString::fromLatin1(QTest::currentTestFunction()) + u'-' + QString::fromLatin1(QTest::currentDataTag());
        name.replace(u'/', u'-').replace(u' ', u'-').replace(u",-"_s, u"-"_s);
        if (const QString size = u"%1x%2"_s.arg(picture.width()).arg(picture.height()); !name.endsWith(size))
            name += u'-' + size;
        const QString path = QDir::cleanPath(folder.filePath(name + u".png"_s));
        return folder.mkpath(u"."_s) && picture.save(path) ? path : u"(not to be saved as %1)"_s.arg(path);
    }

    /// Keeps the picture of what is wrong beside the build.
    void check(bool fingers, bool mayBeCut)
    {
        const QImage picture = window()->grabWindow();
        const QStringList bad = test::wrongTexts(window(), mayBeCut) + test::wrongControls(window(), fingers) + test::wrongNames(window());
        if (bad.isEmpty() && qEnvironmentVariableIsEmpty("MUSTER_KEEP_PICTURES"))
            return;
        const QString path = kept(picture);
        if (!bad.isEmpty())
            QFAIL(qPrintable(u"%1\nseen in %2"_s.arg(bad.join(u'\n'), path)));
    }

    /// The button of that text which lies highest: of a dialog rather than of the page below.
    [[nodiscard]] QQuickItem *button(const QString &text) const
    {
        QQuickItem *found = nullptr;
        for (QQuickItem *item : test::visibleItems(window())) {
            if (item->inherits("QQuickAbstractButton") && item->property("text").toString() == text)
                found = item;
        }
        return found;
    }
    [[nodiscard]] QQuickItem *text(const QString &said) const
    {
        for (QQuickItem *item : test::visibleItems(window())) {
            if ((item->inherits("QQuickText") || item->inherits("muster::LogText")) && item->property("text").toString().contains(said))
                return item;
        }
        return nullptr;
    }
    [[nodiscard]] QQuickItem *named(const QString &name) const
    {
        QQuickItem *found = button(name);
        return found ? found : text(name);
    }
    /// Scrolls to where it can be seen, as people do.
    void bring(QQuickItem *item)
    {
        for (QQuickItem *up = item->parentItem(); up; up = up->parentItem()) {
            if (!up->inherits("QQuickFlickable"))
                continue;
            const qreal y = item->mapToItem(up, {0, item->height() / 2}).y();
            const qreal most = std::max<qreal>(0, up->property("contentHeight").toReal() - up->height());
            if (y < 0 || y > up->height())
                up->setProperty("contentY", std::clamp<qreal>(up->property("contentY").toReal() + y - up->height() / 2, 0, most));
        }
    }
    void tap(QQuickItem *item)
    {
        QVERIFY(item);
        bring(item);
        (void)window()->grabWindow(); // laid out as it is seen: who taps has seen it
        const QPoint at = item->mapToScene({item->width() / 2, item->height() / 2}).toPoint();
        QVERIFY(QRect({}, window()->size()).contains(at));
        QTest::touchEvent(window(), m_finger.get()).press(1, at);
        QTest::touchEvent(window(), m_finger.get()).release(1, at);
    }
    void drag(const QPoint &from, const QPoint &to)
    {
        constexpr int steps = 12;
        QTest::touchEvent(window(), m_finger.get()).press(1, from);
        for (int i = 1; i <= steps; ++i) {
            QTest::qWait(5);
            QTest::touchEvent(window(), m_finger.get()).move(1, from + (to - from) * i / steps);
        }
        QTest::touchEvent(window(), m_finger.get()).release(1, to);
    }
    /// Taps one thing after the other, each as soon as it is there, until a text is seen.
    void tapAll(const QStringList &path)
    {
        for (const QString &name : path) {
            QVERIFY2(muster::test::eventually([&] { return named(name) != nullptr; }), qPrintable(name));
            tap(named(name));
            if (QTest::currentTestFailed())
                return;
            settle();
        }
    }

    const std::unique_ptr<QPointingDevice> m_finger{QTest::createTouchDevice()};

private slots:
    /// The largest text on a phone: what has no room is cut with an ellipsis or goes below, and nothing lies over another.
    void theLargestTextHasRoom_data()
    {
        QTest::addColumn<QString>("page");
        for (const QString &page : allPages)
            QTest::newRow(qPrintable(page)) << page;
    }
    void theLargestTextHasRoom()
    {
        QFETCH(const QString, page);
        open(page, {390, 844}, true, u"default"_s, 2);
        check(true, true);
    }

    void initTestCase() { QAccessible::setActive(true); }
    void cleanup()
    {
        m_screenshot.reset();
        m_backend.reset();
    }

    void pages_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QList<QSize>>("sizes");
        bool dark = false;
        const auto add = [&dark](const QString &page, const QString &mode, const QList<QSize> &sizes) {
            QTest::addRow("%s, %s", qPrintable(page), qPrintable(mode)) << page << mode << (dark = !dark) << sizes;
        };
        const QSize smallest(320, 568);
        const QSize lying(844, 390);
        for (const QString &page : allPages)
            add(page, u"default"_s,
                test::slow ? QList{smallest, lying}
                           : QList{smallest, QSize(360, 740), QSize(390, 844), QSize(699, 900), QSize(700, 900), lying});
        for (const QString &page : {u"devices"_s, u"device/press-line-a"_s, u"approvals"_s, u"device/press-line-a/containers"_s,
                                    u"device/press-line-a/methods"_s, u"device/press-line-a/history"_s, u"commands"_s})
            add(page, u"hostile"_s, test::slow ? QList{smallest} : QList{smallest, QSize(390, 844), lying});
        for (const QString &page : {u"devices"_s, u"device/press-line-a"_s, u"device/press-line-a/containers"_s}) {
            add(page, u"offline"_s, {smallest, lying});
            add(page, u"error"_s, {smallest, lying});
        }
    }
    /// One window, turned and made larger as phones and their users do.
    void pages()
    {
        QFETCH(const QString, page);
        QFETCH(const QString, mode);
        QFETCH(const bool, dark);
        QFETCH(const QList<QSize>, sizes);
        open(page, sizes.constFirst(), dark, mode);
        for (const QSize &size : sizes) {
            if (QTest::currentTestFailed())
                return;
            resize(size);
            check(size.width() < phoneBelow || size.height() < lowBelow, mode != "default"_L1 || size.width() < 390 || size.height() < 400);
        }
    }

    void whatOpens_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QStringList>("path");
        QTest::addColumn<QString>("seen");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QSize>("size");
        const QString log = u"device/press-line-a/containers"_s;
        const QString methods = u"device/press-line-a/methods"_s;
        const struct
        {
            const char *name;
            QString page;
            QStringList path;
            QString seen;
            QString mode = u"default"_s;
        } places[] = {
            {"palette", u"devices"_s, {u"Search"_s}, u"Add a device"_s},
            {"account", u"devices"_s, {u"admin"_s}, u"Sign out"_s},
            {"sort", u"devices"_s, {u"Sort"_s}, u"Last evidence"_s},
            {"chosen by filter", u"devices"_s, {u"Offline"_s}, u"Call a method on all"_s},
            {"many", u"devices"_s, {u"Warning"_s, u"Call a method on all"_s}, u"Call a method on 11 devices"_s},
            {"accept", u"approvals/pump-north"_s, {u"Replace the key…"_s}, u"Replace the key of pump-north?"_s},
            {"reject", u"approvals/pump-north"_s, {u"Reject…"_s}, u"Reject pump-north?"_s},
            {"forget", u"device/press-line-a"_s, {u"Actions"_s, u"Forget…"_s}, u"Forget press-line-a?"_s},
            {"rename", u"device/hall-light"_s, {u"Actions"_s, u"Rename…"_s}, u"Rename Hall light"_s},
            {"a new token", u"device/hall-light"_s, {u"Actions"_s, u"New token…"_s, u"Make a new token"_s}, u"dash.server=wss://"_s},
            {"a token is taken back", u"device/hall-light"_s, {u"Actions"_s, u"Take the token back…"_s}, u"Take it back"_s},
            {"a device with a token", u"add-device"_s, {u"Make a token"_s}, u"dash.server=wss://"_s},
            {"hostile rename", u"device/press-line-a"_s, {u"Actions"_s, u"Rename…"_s}, u"The name is for people"_s, u"hostile"_s},
            {"stop", log, {u"Stop"_s}, u"Leave it running"_s},
            {"log", log, {u"registry.local/camera"_s}, u"stdout + stderr"_s},
            {"outputs", log, {u"registry.local/camera"_s, u"stdout + stderr"_s}, u"Only stderr"_s},
            {"since", log, {u"registry.local/camera"_s, u"Last 1,000"_s}, u"Since 1 day"_s},
            {"search in a log", log, {u"registry.local/camera"_s, u"Find"_s}, {}},
            {"form", methods, {u"Snapshot"_s}, u"resolution"_s},
            {"choices of a form", methods, {u"Snapshot"_s, u"1280x720"_s}, u"640x480"_s},
            {"an entry of the history", u"device/press-line-a/history"_s, {u"press.stroke_limit"_s}, {}},
            {"a command", u"commands"_s, {u"Press.Counters"_s}, u"Receipt"_s},
            // Names of 200 characters, markup, other directions, control characters: wherever a device is heard.
            {"hostile log", log, {u"MiB"_s}, u"stdout + stderr"_s, u"hostile"_s},
            {"hostile key", u"approvals"_s, {u"New"_s}, u"SHA256:"_s, u"hostile"_s},
            {"hostile accept", u"approvals"_s, {u"New"_s, u"Accept…"_s}, u"Be sure that"_s, u"hostile"_s},
            {"hostile forget", u"device/press-line-a"_s, {u"Actions"_s, u"Forget…"_s}, u"Its accepted key"_s, u"hostile"_s},
            {"hostile stop", log, {u"Stop"_s}, u"Leave it running"_s, u"hostile"_s},
            {"hostile many", u"devices"_s, {u"Warning"_s, u"Call a method on all"_s}, u"Call a method on"_s, u"hostile"_s},
            {"hostile form", methods, {u"worker"_s}, u"The same as JSON"_s, u"hostile"_s},
            {"hostile command", u"commands"_s, {u"asked by"_s}, u"Asked"_s, u"hostile"_s},
        };
        bool upright = false;
        for (const auto &place : places) {
            upright = !upright;
            for (const QSize &size : {QSize(320, 568), QSize(844, 390)}) {
                if (test::slow && upright != (size.height() > size.width()))
                    continue;
                QTest::addRow("%s, %dx%d", place.name, size.width(), size.height())
                    << place.page << place.path << place.seen << place.mode << size;
            }
        }
    }
    void whatOpens()
    {
        QFETCH(const QString, page);
        QFETCH(const QStringList, path);
        QFETCH(const QString, seen);
        QFETCH(const QString, mode);
        QFETCH(const QSize, size);
        open(page, size, true, mode);
        tapAll(path);
        if (QTest::currentTestFailed())
            return;
        if (!seen.isEmpty() && !muster::test::eventually([&] { return text(seen) != nullptr; }))
            QFAIL(qPrintable(u"\"%1\" never came: %2"_s.arg(seen, kept(window()->grabWindow()))));
        check(true, true);
    }

    void listsAreFlicked_data()
    {
        QTest::addColumn<QString>("page");
        QTest::newRow("devices") << u"devices"_s;
        QTest::newRow("charts") << u"device/press-line-a"_s;
        QTest::newRow("methods") << u"device/press-line-a/methods"_s;
        QTest::newRow("history") << u"device/press-line-a/history"_s;
        QTest::newRow("commands") << u"commands"_s;
        QTest::newRow("a key") << u"approvals/pump-north"_s;
    }
    void listsAreFlicked()
    {
        QFETCH(const QString, page);
        open(page, QSize(390, 640));
        const auto scrolled = [this] {
            for (QQuickItem *item : test::visibleItems(window())) {
                if (item->inherits("QQuickFlickable") && item->property("contentY").toReal() > 40)
                    return true;
            }
            return false;
        };
        const QString before = window()->property("route").toString();
        QVERIFY(!scrolled());
        drag({195, 520}, {195, 320});
        QTRY_VERIFY(scrolled());
        QCOMPARE(window()->property("route").toString(), before); // a flick opens nothing
    }

    void theKeyboardOfThePhoneHidesNoField_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QStringList>("path");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QSize>("rest");
        for (const bool lying : {false, true}) {
            const QSize size = lying ? QSize(844, 390) : QSize(390, 740);
            const QSize rest = lying ? QSize(844, 190) : QSize(390, 400);
            const char *how = lying ? "lying" : "upright";
            QTest::addRow("sign-in, %s", how) << u"sign-in"_s << QStringList{} << size << rest;
            QTest::addRow("setup, %s", how) << u"setup"_s << QStringList{} << size << rest;
            QTest::addRow("a form, %s", how) << u"device/press-line-a/methods"_s << QStringList{u"Snapshot"_s} << size << rest;
            QTest::addRow("many, %s", how) << u"devices"_s << QStringList{u"Warning"_s, u"Call a method on all"_s} << size << rest;
        }
    }
    void theKeyboardOfThePhoneHidesNoField()
    {
        QFETCH(const QString, page);
        QFETCH(const QStringList, path);
        QFETCH(const QSize, size);
        QFETCH(const QSize, rest);
        open(page, size);
        tapAll(path);
        QList<QPointer<QQuickItem>> fields;
        for (QQuickItem *item : test::visibleItems(window())) {
            if (item->inherits("QQuickPopupItem"))
                fields.clear(); // what lies below cannot be reached
            if (item->inherits("QQuickTextField") && item->isEnabled())
                fields << item;
        }
        QVERIFY(!fields.isEmpty());
        for (const QPointer<QQuickItem> &field : std::as_const(fields)) {
            if (!field || !field->isVisible())
                continue;
            tap(field);
            QTRY_VERIFY(field->hasActiveFocus());
            window()->resize(rest); // the keyboard comes
            const auto seen = [this, &field] {
                (void)window()->grabWindow();
                QRectF room(0, 0, window()->width(), window()->height());
                for (QQuickItem *up = field->parentItem(); up; up = up->parentItem()) {
                    if (up->clip())
                        room &= up->mapRectToScene(QRectF(0, 0, up->width(), up->height()));
                }
                const QRectF at = field->mapRectToScene(QRectF(0, 0, field->width(), field->height()));
                return room.adjusted(-1, -1, 1, 1).contains(at);
            };
            QTRY_VERIFY2(seen(), qPrintable(field->property("label").toString() + u'/' + field->property("hint").toString()));
            window()->resize(size); // and goes
            QTest::qWait(20);
        }
    }

    void aFirstTouchMakesAWideWindowLarge()
    {
        open(u"devices"_s, QSize(1024, 768));
        QVERIFY(!test::wrongControls(window(), true).isEmpty());
        tap(button(u"All"_s));
        QTRY_VERIFY(window()->property("fingers").toBool());
        QTest::qWait(50);
        check(true, false);
    }

    void linesOfALogAreChosenByFinger()
    {
        open(u"device/press-line-a/containers"_s, QSize(390, 844));
        tapAll({u"registry.local/camera"_s});
        QTRY_VERIFY(named(u"Copy what is here"_s));
        QTest::qWait(150);
        QTRY_VERIFY(named(u"GET /status"_s));
        const QPoint first(200, 450);
        QTest::touchEvent(window(), m_finger.get()).press(1, first);
        QTest::qWait(50);
        QTest::touchEvent(window(), m_finger.get()).release(1, first);
        QTRY_VERIFY(named(u"Copy the chosen lines"_s));
        QQuickItem *view = named(u"GET /status"_s);
        while (view && !QByteArrayView(view->metaObject()->className()).startsWith("LogView"))
            view = view->parentItem();
        QVERIFY(view);
        QCOMPARE(view->property("firstChosen"), view->property("lastChosen"));
        const QPoint at(200, 700);
        QTest::touchEvent(window(), m_finger.get()).press(1, at);
        QTest::qWait(1'200);
        QTest::touchEvent(window(), m_finger.get()).release(1, at);
        QTRY_VERIFY(view->property("firstChosen").toInt() < view->property("lastChosen").toInt());
    }

    void aStretchOfAChartIsDraggedByAFinger()
    {
        open(u"device/press-line-a"_s, QSize(390, 844));
        QQuickItem *chart = text(u"CPU"_s);
        QVERIFY(chart);
        const QPoint from = chart->mapToScene({120, 90}).toPoint();
        QTest::touchEvent(window(), m_finger.get()).press(1, from);
        for (int x = 10; x <= 120; x += 10) {
            QTest::touchEvent(window(), m_finger.get()).move(1, from + QPoint(x, 0));
            // A window hears of one movement for each frame.
            const QSignalSpy frames(window(), &QQuickWindow::frameSwapped);
            window()->update();
            QTRY_VERIFY(!frames.isEmpty());
        }
        QTest::touchEvent(window(), m_finger.get()).release(1, from + QPoint(120, 0));
        QTRY_VERIFY(text(u", back to 1 h"_s));
        tap(button(text(u", back to 1 h"_s)->property("text").toString()));
        QTRY_VERIFY(!text(u", back to 1 h"_s));
    }

    void aChartTellsItsFiguresToAFinger()
    {
        open(u"device/press-line-a"_s, QSize(390, 844));
        QVERIFY(!text(u"up to"_s));
        QQuickItem *chart = text(u"CPU"_s);
        QVERIFY(chart);
        const QPoint at = chart->mapToScene({150, 90}).toPoint();
        QTest::touchEvent(window(), m_finger.get()).press(1, at);
        QTest::touchEvent(window(), m_finger.get()).release(1, at);
        QTRY_VERIFY(text(u"up to"_s));
    }
};

MUSTER_GUI_TEST(TestPhone)
#include "tst_phone.moc"
