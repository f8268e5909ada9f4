// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/screenshot.h"
#include "app/tests/guitest.h"
#include "app/tests/rules.h"
#include "client/contract/contract.h"
#include "client/words/format.h"

#include <QAccessible>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>
#include <QQuickWindow>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTranslator>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

namespace {

constexpr QChar open(0x27E8);
constexpr QChar closed(0x27E9);
const QSize wide(1440, 900);
const QSize phone(390, 844);

/// A language that nobody speaks: what went through a translator is between brackets, and longer by a third, as German is.
class Pseudo : public QTranslator
{
    Q_OBJECT

public:
    using QTranslator::QTranslator;

    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *text, const char *comment, int count) const override
    {
        Q_UNUSED(context)
        Q_UNUSED(count)
        // How a date is written, which is for QLocale.
        if (comment == "QDateTime"_ba)
            return {};
        const QString source = QString::fromUtf8(text);
        return open + source + QString(source.size() / 3, u'~') + closed;
    }
};

void collectWords(const QJsonValue &value, QSet<QString> &words)
{
    static const QRegularExpression word(u"[A-Za-z]{2,}"_s);
    if (value.isString()) {
        for (auto found = word.globalMatch(value.toString()); found.hasNext();)
            words.insert(found.next().captured().toLower());
    } else if (value.isArray()) {
        for (const auto &item : value.toArray())
            collectWords(item, words);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            collectWords(QJsonValue(it.key()), words);
            collectWords(it.value(), words);
        }
    }
}

} // namespace

/// What the window says, in other languages than English.
class TestLanguages : public test::TestCase
{
    Q_OBJECT

private:
    QSet<QString> m_data;

    static QStringList pages()
    {
        return {u"devices"_s,
                u"device/press-line-b"_s,
                u"device/pump-north"_s,
                u"device/hall-light"_s,
                u"device/hall-light/containers"_s,
                u"device/porch-light/methods"_s,
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
                u"add-device"_s};
    }

    /// Shows a page until all of it is there. @return its window; null with the reason in `error`
    struct Shown
    {
        Shown(const QString &page, const QString &language, const QSize &size, MockBackend::Mode mode = MockBackend::Mode::Default,
              bool mirrored = false)
            : backend(page == "sign-in"_L1 ? MockBackend::Mode::SignedOut
                      : page == "setup"_L1 ? MockBackend::Mode::Setup
                                           : mode,
                      false)
            , screenshot(&backend, optionsFor(page, language, size, mode))
        {
            QSignalSpy taken(&screenshot, &Screenshot::taken);
            QSignalSpy failed(&screenshot, &Screenshot::failed);
            connect(&screenshot, &Screenshot::taken, &screenshot, [this](const QImage &image) { picture = image; });
            screenshot.start();
            if (mirrored)
                screenshot.window()->setProperty("mirrored", true);
            backend.start();
            ready = muster::test::eventually([&] { return !taken.isEmpty() || !failed.isEmpty(); }) && failed.isEmpty();
            if (!ready)
                qWarning("%s", failed.isEmpty() ? "not ready" : qPrintable(failed[0][0].toString()));
        }
        static Options optionsFor(const QString &page, const QString &language, const QSize &size, MockBackend::Mode mode)
        {
            Options options;
            options.mock = mode;
            options.screenshotFile = u"-"_s;
            options.screenshotPage = page;
            options.theme = Options::Theme::Dark;
            options.language = language;
            options.size = size;
            return options;
        }

        MockBackend backend;
        Screenshot screenshot;
        QImage picture;
        bool ready = false;
    };

    void learn()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        backend.start();
        QTRY_VERIFY(backend.link()->isLive());
        const QJsonObject many{{"limit"_L1, 500}};
        const QJsonObject device{{"id"_L1, "press-line-a"_L1}};
        int open = 0;
        const auto ask = [&](QLatin1StringView method, const QJsonObject &params) {
            ++open;
            backend.link()->call(method, params, this, [this, &open, method](const Result<QJsonValue> &answer) {
                if (!answer)
                    qWarning("%s: %s", method.data(), qPrintable(answer.error().message));
                else
                    collectWords(*answer, m_data);
                --open;
            });
        };
        for (const QLatin1StringView list :
             {contract::method::devicesList, contract::method::approvalsList, contract::method::commandsList, contract::method::usersList,
              contract::method::sessionsList, contract::method::apiKeysList, contract::method::auditList})
            ask(list, many);
        for (const QLatin1StringView one : {contract::method::devicesGet, contract::method::devicesHistory, contract::method::methodsList,
                                            contract::method::containersList})
            ask(one, device);
        ask(contract::method::methodsList, {{"id"_L1, "porch-light"_L1}});
        ask(contract::method::serverInfo, {});
        ask(contract::method::commandsGet, {{"command"_L1, "c4258"_L1}});
        QTRY_COMPARE(open, 0);
        // Names that are the same everywhere: of the product, of keys, of formats and units, and of days and months, which are QLocale's.
        for (const char *name :
             {"muster", "ctrl", "utc", "json", "csv", "sha", "rsa", "ed25519", "english", "deutsch", "fran", "ais", "stdout", "stderr",
              // a command line, and Settings' keys
              "server", "wss", "cloud", "key", "spki", "run"})
            m_data.insert(QString::fromLatin1(name));
        const QLocale english(QLocale::English);
        for (int i = 1; i <= 12; ++i)
            m_data.insert(english.monthName(i, QLocale::ShortFormat).toLower());
        for (int i = 1; i <= 12; ++i)
            m_data.insert(english.monthName(i).toLower());
        for (int i = 1; i <= 7; ++i)
            m_data.insert(english.dayName(i, QLocale::ShortFormat).toLower());
    }

    /// The words of a text that no translator has seen, and that no device or server has said.
    [[nodiscard]] QStringList forgotten(QString text) const
    {
        static const QRegularExpression translated(u"%1[^%1%2]*%2"_s.arg(open).arg(closed));
        for (qsizetype before = -1; before != text.size();) {
            before = text.size();
            text.remove(translated);
        }
        static const QRegularExpression fingerprint(u"SHA256:\\S+"_s);
        text.remove(fingerprint);
        static const QRegularExpression word(u"[A-Za-z]{2,}"_s);
        QStringList found;
        for (auto match = word.globalMatch(text); match.hasNext();) {
            const QString one = match.next().captured();
            if (!m_data.contains(one.toLower()))
                found << one;
        }
        return found;
    }

private slots:
    void initTestCase()
    {
        QAccessible::setActive(true);
        learn();
    }

    void everyTextIsTranslated_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<MockBackend::Mode>("mode");
        QTest::addColumn<QSize>("size");
        for (const QString &page : pages()) {
            QTest::addRow("%s, wide", qPrintable(page)) << page << MockBackend::Mode::Default << wide;
            if (!test::slow)
                QTest::addRow("%s, phone", qPrintable(page)) << page << MockBackend::Mode::Default << phone;
        }
        for (const QString &page : {u"devices"_s, u"approvals"_s, u"commands"_s, u"people"_s, u"audit"_s}) {
            QTest::addRow("%s, empty", qPrintable(page)) << page << MockBackend::Mode::Empty << wide;
            QTest::addRow("%s, loading", qPrintable(page)) << page << MockBackend::Mode::Loading << wide;
            QTest::addRow("%s, offline", qPrintable(page)) << page << MockBackend::Mode::Offline << phone;
        }
    }
    void everyTextIsTranslated()
    {
        QFETCH(const QString, page);
        QFETCH(const MockBackend::Mode, mode);
        QFETCH(const QSize, size);
        Pseudo pseudo;
        QCoreApplication::installTranslator(&pseudo);
        {
            Shown shown(page, u"en"_s, size, mode);
            QVERIFY(shown.ready);
            QStringList bad;
            for (const QString &text : test::spoken(shown.screenshot.window())) {
                if (const QStringList words = forgotten(text); !words.isEmpty())
                    bad << u"\"%1\" (%2)"_s.arg(text, words.join(u' '));
            }
            bad.removeDuplicates();
            QVERIFY2(bad.isEmpty(), qPrintable(u"not translated: "_s + bad.join(u"\n"_s)));
        }
        QCoreApplication::removeTranslator(&pseudo);
    }

    void otherLanguagesFit_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("language");
        QTest::addColumn<QSize>("size");
        for (const QString &page : pages()) {
            for (const QString &language : {u"de"_s, u"fr"_s}) {
                for (const QSize &size : test::slow ? QList{phone} : QList{wide, phone})
                    QTest::addRow("%s, %s, %d", qPrintable(page), qPrintable(language), size.width()) << page << language << size;
            }
        }
    }
    void otherLanguagesFit()
    {
        QFETCH(const QString, page);
        QFETCH(const QString, language);
        QFETCH(const QSize, size);
        Shown shown(page, language, size);
        QVERIFY(shown.ready);
        const QStringList bad = test::wrongTexts(shown.screenshot.window(), false)
                                + test::wrongControls(shown.screenshot.window(), size == phone);
        QVERIFY2(bad.isEmpty(), qPrintable(bad.join(u'\n')));
    }

    void rightToLeftIsMirrored_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QSize>("size");
        for (const QString &page : pages()) {
            for (const QSize &size : test::slow ? QList{phone} : QList{wide, phone})
                QTest::addRow("%s, %d", qPrintable(page), size.width()) << page << size;
        }
    }
    void rightToLeftIsMirrored()
    {
        QFETCH(const QString, page);
        QFETCH(const QSize, size);
        Shown shown(page, u"en"_s, size, MockBackend::Mode::Default, true);
        QVERIFY(shown.ready);
        QQuickWindow *window = shown.screenshot.window();
        const QStringList bad = test::wrongTexts(window, false) + test::wrongControls(window, size == phone);
        const QString kept = qEnvironmentVariable("MUSTER_PICTURES");
        if (!kept.isEmpty())
            shown.picture.save(kept + '/'_L1 + QString(page).replace(u'/', u'-') + QString::number(size.width()) + ".png"_L1);
        QVERIFY2(bad.isEmpty(), qPrintable(bad.join(u'\n')));
    }

    void figuresFollow()
    {
        {
            Shown shown(u"devices"_s, u"de"_s, wide);
            QVERIFY(shown.ready);
            QCOMPARE(format::count(1204), u"1.204"_s);
            QCOMPARE(format::health(HealthField::Temperature, 482), u"48,2\u00A0°C"_s);
        }
        Shown english(u"devices"_s, u"en"_s, wide);
        QCOMPARE(format::count(1204), u"1,204"_s);
    }
};

MUSTER_GUI_TEST(TestLanguages)
#include "tst_languages.moc"
