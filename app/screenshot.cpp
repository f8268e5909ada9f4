// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/screenshot.h"

#include "app/everything.h"
#include "client/values/states.h"

#include <QGuiApplication>
#include <QQuickWindow>
#include <QStyleHints>

#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

constexpr auto lookEvery = 40ms;
// A live server behind a slow line answers in this time, or there is something to be told.
constexpr auto patience = 25s;
// Ages tick every second, so more looks than these would never be alike on a live server.
constexpr int looksAlike = 3;

bool isSignedOutPage(const QString &page)
{
    return page == "sign-in"_L1 || page == "setup"_L1;
}

} // namespace

Screenshot::Screenshot(Backend *backend, const Options &options, QObject *parent)
    : QObject(parent)
    , m_backend(backend)
    , m_options(options)
    , m_left(int(patience / lookEvery))
{
    m_looks.setInterval(lookEvery);
    connect(&m_looks, &QTimer::timeout, this, &Screenshot::look);
}

Screenshot::~Screenshot() = default;

QQuickWindow *Screenshot::window() const
{
    return m_window;
}

void Screenshot::start()
{
    if (QObject *theme = m_engine.singletonInstance<QObject *>("Muster.Controls", "Theme")) {
        theme->setProperty("mode", int(m_options.theme.value_or(Options::Theme::System)));
        theme->setProperty("still", true);
        theme->setProperty("textScale", m_options.textScale > 0 ? m_options.textScale : 1);
    }
    if (QObject *language = m_engine.singletonInstance<QObject *>("Muster.Client", "Language"))
        language->setProperty("chosen", m_options.language.isEmpty() ? u"en"_s : m_options.language);
    // A cursor that blinks is there in one picture and not in the next.
    QGuiApplication::styleHints()->setCursorFlashTime(0);
    QVariantMap properties{{u"backend"_s, QVariant::fromValue(m_backend)}, {u"saver"_s, QVariant::fromValue<TextSaver *>(&m_downloads)}};
    const QString &page = m_options.screenshotPage;
    if (!isSignedOutPage(page))
        properties.insert(
            {{u"route"_s, page == "device"_L1 ? u"devices"_s : page.section(u'?', 0, 0)}, {u"firstQuery"_s, page.section(u'?', 1)}});
    if (m_options.size.isValid()) {
        properties[u"width"_s] = m_options.size.width();
        properties[u"height"_s] = m_options.size.height();
    }
    m_engine.setInitialProperties(properties);
    m_engine.loadFromModule("Muster.Shell", "Main");
    m_window = m_engine.rootObjects().isEmpty() ? nullptr : qobject_cast<QQuickWindow *>(m_engine.rootObjects().constFirst());
    if (!m_window) {
        fail(u"The dashboard could not be loaded"_s);
        return;
    }
    m_looks.start();
}

QString Screenshot::pending()
{
    const Link::State state = m_backend->link()->state();
    if (isSignedOutPage(m_options.screenshotPage)) {
        if (state == Link::State::Ready)
            return u"the sign-in page, but somebody is signed in already"_s;
        if (state != Link::State::SignedOut)
            return u"the server: %1"_s.arg(m_backend->link()->trouble());
        if (m_options.screenshotPage == "setup"_L1 && !m_backend->account()->isSetupNeeded())
            return u"the setup page, but this server has its first account already"_s;
        return {};
    }
    if (state == Link::State::SignedOut && !m_backend->account()->isSigningIn()) {
        const QString why = m_backend->account()->signInError().isEmpty() ? m_backend->link()->trouble()
                                                                          : m_backend->account()->signInError();
        fail(u"Nobody is signed in: give an API key (MUSTER_PROFILE, MUSTER_API_KEY) or a one-time link (--connect LINK). "_s + why);
        return {};
    }
    if (!m_backend->link()->isLive() && !m_brokenOff)
        return u"the server: %1"_s.arg(m_backend->link()->trouble());
    if (m_window->property("lost").toBool()) {
        fail(u"There is no page \"%1\": %2, sign-in, setup"_s.arg(m_options.screenshotPage, m_window->property("pageNames").toString()));
        return {};
    }
    if (m_options.screenshotPage == "device"_L1) {
        if (!m_asked) {
            m_asked = true;
            // The device that was heard last has most to show.
            m_backend->link()->call(u"Devices.List"_s,
                                    {{"limit"_L1, 1},
                                     {"sort"_L1, m_options.mock ? "name"_L1 : "-evidence"_L1},
                                     {"text"_L1, m_options.mock ? u"press-line-a"_s : QString()}},
                                    this, [this](const Result<QJsonValue> &answer) {
                                        const QString id = answer ? (*answer)["items"_L1][0]["id"_L1].toString() : QString();
                                        if (id.isEmpty()) {
                                            fail(answer ? u"There is no device yet to show"_s : answer.error().message);
                                            return;
                                        }
                                        m_options.screenshotPage = u"device/"_s + id;
                                        m_window->setProperty("route", m_options.screenshotPage);
                                    });
        }
        return u"a device to show"_s;
    }
    if (m_options.mock == MockBackend::Mode::Loading)
        return {};
    const QList<QObject *> all = everything<QObject>(m_window);
    for (const QObject *model : all) {
        // Every model says so in the same words.
        if (model->property("loading").value<states::Loading>() == states::Loading::Underway)
            return u"the page's data"_s;
        // Figures come behind the rows that they stand in.
        if (model->property("loading").value<states::Loading>() == states::Loading::Loaded && model->property("measured") == false)
            return u"the page's figures"_s;
    }
    return {};
}

bool Screenshot::breaksOff()
{
    auto *mock = qobject_cast<MockBackend *>(m_backend);
    if (m_options.mock != MockBackend::Mode::Offline || m_brokenOff || !mock)
        return false;
    m_brokenOff = true;
    mock->breakConnection();
    return true;
}

void Screenshot::look()
{
    const QString waitedFor = pending();
    if (!m_looks.isActive())
        return; // it has failed
    if (--m_left <= 0) {
        fail(waitedFor.isEmpty() ? u"The page does not come to rest"_s : u"Gave up waiting for %1"_s.arg(waitedFor));
        return;
    }
    if (!waitedFor.isEmpty()) {
        m_alike = 0;
        return;
    }
    const QImage picture = m_window->grabWindow();
    if (picture.isNull()) {
        fail(u"Nothing could be drawn (platform \"%1\")"_s.arg(qEnvironmentVariable("QT_QPA_PLATFORM")));
        return;
    }
    m_alike = picture == m_last ? m_alike + 1 : 0;
    m_last = picture;
    if (m_alike + 1 < looksAlike)
        return;
    // Only once the page has come to rest: a log that broke off in the middle is as long as chance has it.
    if (breaksOff()) {
        m_alike = 0;
        m_last = {};
        return;
    }
    m_looks.stop();
    emit taken(picture);
}

void Screenshot::fail(const QString &why)
{
    m_looks.stop();
    // Queued, so that who called start() is told in the same way as later on.
    QMetaObject::invokeMethod(this, [this, why] { emit failed(why); }, Qt::QueuedConnection);
}

} // namespace muster
