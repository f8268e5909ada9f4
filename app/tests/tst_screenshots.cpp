// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/screenshot.h"
#include "app/tests/guitest.h"
#include "app/tests/rules.h"

#include <QAccessible>
#include <QDir>
#include <QQuickWindow>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

namespace {

constexpr int phoneBelow = 700;
const QSize wide(1440, 900);
const QSize phone(390, 844);

} // namespace

/// Every page, in either theme, at both sizes, in every state of the backend: drawn, and looked at by rules.
class TestScreenshots : public test::TestCase
{
    Q_OBJECT

private:
    static MockBackend::Mode modeFor(MockBackend::Mode mode, const QString &page)
    {
        return page == "sign-in"_L1 ? MockBackend::Mode::SignedOut : page == "setup"_L1 ? MockBackend::Mode::Setup : mode;
    }

    static void checkPicture(const QImage &picture, const QSize &size)
    {
        QCOMPARE(picture.size(), size);
        QHash<QRgb, int> colours;
        for (int y = 0; y < picture.height(); y += 2) {
            for (int x = 0; x < picture.width(); x += 2)
                ++colours[picture.pixel(x, y)];
        }
        const int most = *std::ranges::max_element(colours);
        const int all = ((picture.height() + 1) / 2) * ((picture.width() + 1) / 2);
        QVERIFY2(colours.size() > 30, "the picture is blank");
        QVERIFY2(most < all * 0.995, "the picture is nearly blank");
    }

    /// Keeps a picture beside the build, for a person to look at. @return its path
    static QString kept(const QImage &picture, const char *which)
    {
        static const QRegularExpression other(u"[^a-z0-9-]+"_s);
        const QString row = QString::fromLatin1(QTest::currentDataTag()).replace(other, u"-"_s);
        const QDir folder(QCoreApplication::applicationDirPath() + u"/../screenshots-that-differ"_s);
        const QString path = QDir::cleanPath(folder.filePath(row + u'.' + QLatin1StringView(which) + u".png"_s));
        return folder.mkpath(u"."_s) && picture.save(path) ? path : u"(not to be saved as %1)"_s.arg(path);
    }

    /// One look at a page, with a server of its own.
    struct Take
    {
        Take(const Options &options, MockBackend::Mode mode)
            : backend(mode, false)
            , screenshot(&backend, options)
            , failed(&screenshot, &Screenshot::failed)
        {
            connect(&screenshot, &Screenshot::taken, &screenshot, [this](const QImage &image) { picture = image; });
            screenshot.start();
            backend.start();
        }
        [[nodiscard]] bool isOver() const { return !picture.isNull() || !failed.isEmpty(); }
        [[nodiscard]] QString error() const { return failed.isEmpty() ? QString() : failed[0][0].toString(); }

        MockBackend backend;
        Screenshot screenshot;
        QSignalSpy failed;
        QImage picture;
    };

private slots:
    void initTestCase() { QAccessible::setActive(true); }

    void pages_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QSize>("size");
        for (const QString &page : {u"devices"_s,
                                    u"device"_s,
                                    u"device/press-line-b"_s,
                                    u"device/meter-0114"_s,
                                    u"device/pump-north"_s,
                                    u"device/hall-light"_s,
                                    u"device/porch-light"_s,
                                    u"approvals"_s,
                                    u"approvals/pump-north"_s,
                                    u"sign-in"_s,
                                    u"setup"_s,
                                    u"device/press-line-a/containers"_s,
                                    u"device/press-line-a/methods"_s,
                                    u"device/press-line-a/history"_s,
                                    u"commands"_s,
                                    u"commands/c4258"_s,
                                    u"people"_s,
                                    u"people/eva"_s,
                                    u"audit"_s,
                                    u"settings"_s,
                                    u"add-device"_s}) {
            // Each theme once: no rule but that of the blank picture sees colours.
            for (const bool dark : {true, false}) {
                const QSize size = dark ? wide : phone;
                QTest::addRow("%s, %s, %d", qPrintable(page), dark ? "dark" : "light", size.width())
                    << page << u"default"_s << dark << size;
            }
        }
        bool dark = false;
        for (const QString &mode : {u"empty"_s, u"loading"_s, u"error"_s, u"offline"_s, u"hostile"_s}) {
            for (const QString &page : {u"devices"_s, u"device/press-line-a"_s, u"approvals"_s, u"device/press-line-a/containers"_s,
                                        u"device/press-line-a/methods"_s, u"device/press-line-a/history"_s, u"commands"_s, u"people"_s,
                                        u"audit"_s, u"settings"_s, u"add-device"_s}) {
                for (const QSize &size : test::slow ? QList{phone} : QList{wide, phone})
                    QTest::addRow("%s, %s, %d", qPrintable(page), qPrintable(mode), size.width()) << page << mode << (dark = !dark) << size;
            }
        }
        // Between the two: what has no room goes, nothing overlaps.
        for (const int width : {760, 1000, 1180, 1920})
            QTest::addRow("devices at %d", width) << u"devices"_s << u"default"_s << false << QSize(width, 800);
        // What hinders is said: no permission, no engine, no containers, away.
        for (const QString &page : {u"device/gate-01/containers"_s, u"device/gate-02/containers"_s, u"device/kiosk-lobby/containers"_s,
                                    u"device/meter-0114/containers"_s, u"device/meter-0114/methods"_s, u"device/meter-0114/history"_s}) {
            for (const QSize &size : {wide, phone})
                QTest::addRow("%s, %d", qPrintable(page), size.width()) << page << u"default"_s << (dark = !dark) << size;
        }
        for (const QString &page : {u"device/press-line-a/containers"_s, u"device/press-line-a/methods"_s, u"commands"_s, u"people/eva"_s,
                                    u"audit"_s, u"settings"_s})
            QTest::addRow("%s at 900", qPrintable(page)) << page << u"default"_s << true << QSize(900, 700);
        QTest::addRow("device at 900") << u"device"_s << u"default"_s << true << QSize(900, 700);
        QTest::addRow("approvals at 760") << u"approvals/pump-north"_s << u"default"_s << true << QSize(760, 700);
        QTest::addRow("the narrowest phone") << u"devices"_s << u"default"_s << true << QSize(320, 568);
    }
    void pages()
    {
        QFETCH(const QString, page);
        QFETCH(const QString, mode);
        QFETCH(const bool, dark);
        QFETCH(const QSize, size);
        Options options;
        options.mock = MockBackend::modeFromName(mode);
        options.screenshotPage = page;
        options.theme = dark ? Options::Theme::Dark : Options::Theme::Light;
        options.size = size;
        const MockBackend::Mode backendMode = modeFor(options.mock.value_or(MockBackend::Mode::Default), page);
        // What differs from one time to the next differs in any colour, and needs something that comes.
        const bool twice = dark && !test::slow && (mode == "default"_L1 || mode == "offline"_L1 || mode == "hostile"_L1);
        const bool ordinary = mode == "default"_L1 && size != QSize(320, 568);

        QImage picture;
        {
            Take first(options, backendMode);
            QTRY_VERIFY(first.isOver());
            QVERIFY2(first.error().isEmpty(), qPrintable(first.error()));
            QQuickWindow *window = first.screenshot.window();
            const QStringList bad = test::wrongTexts(window, !ordinary) + test::wrongControls(window, size.width() < phoneBelow)
                                    + test::wrongNames(window);
            QVERIFY2(bad.isEmpty(), qPrintable(bad.join(u'\n')));
            checkPicture(first.picture, size);
            picture = first.picture;
        }
        if (!twice)
            return;
        const Take second(options, backendMode);
        QTRY_VERIFY(second.isOver());
        if (picture != second.picture)
            QFAIL(qPrintable(u"drawn twice, it looks different: %1 and %2"_s.arg(kept(picture, "first"), kept(second.picture, "second"))));
    }

    void whatCannotBeTakenIsSaid_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("named");
        QTest::newRow("no such page") << u"moon"_s << u"default"_s << u"moon"_s;
        QTest::newRow("no such tab") << u"device/gate-01/moon"_s << u"default"_s << u"moon"_s;
        QTest::newRow("no device") << u"device"_s << u"empty"_s << u"no device"_s;
    }
    void whatCannotBeTakenIsSaid()
    {
        QFETCH(const QString, page);
        QFETCH(const QString, mode);
        QFETCH(const QString, named);
        Options options;
        options.mock = MockBackend::modeFromName(mode);
        options.screenshotPage = page;
        MockBackend backend(options.mock.value_or(MockBackend::Mode::Default), false);
        Screenshot screenshot(&backend, options);
        QSignalSpy failed(&screenshot, &Screenshot::failed);
        screenshot.start();
        backend.start();
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY2(failed[0][0].toString().contains(named), qPrintable(failed[0][0].toString()));
    }
};

MUSTER_GUI_TEST(TestScreenshots)
#include "tst_screenshots.moc"
