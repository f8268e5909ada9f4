// SPDX-License-Identifier: GPL-3.0-or-later
#include "wasm/page.h"

#include "client/link/backend.h"
#include "qml/Muster/Client/language.h"
#include "qml/Muster/Shell/route.h"
#include "wasm/describe.h"

#include <QColor>
#include <QGuiApplication>
#include <QInputMethodQueryEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QQmlEngine>
#include <QQmlProperty>
#include <QQuickWindow>
#include <QTimer>
#include <QUrl>

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <chrono>
#include <utility>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using emscripten::val;

namespace muster {

namespace {

/// How often the program tells the page that it still turns.
constexpr auto beat = 1s;

Page *thePage = nullptr;

val page()
{
    return val::global("muster");
}

QString textOf(const val &value)
{
    return QString::fromStdString(value.as<std::string>());
}

val valueOf(const QString &text)
{
    return val(text.toStdString());
}

} // namespace

Page::Page()
{
    thePage = this;
}

QUrl Page::server()
{
    return QUrl(textOf(page().call<val>("server")));
}

QString Page::takeAddress()
{
    return textOf(page().call<val>("takeAddress"));
}

void Page::remember(QQmlEngine *engine)
{
    m_theme = engine->singletonInstance<QObject *>("Muster.Controls", "Theme");
    if (auto *language = engine->singletonInstance<qml::Language *>("Muster.Client", "Language")) {
        language->setSource([this](const QString &code, const qml::Language::Answer &answer) {
            m_wanted[code] = answer;
            page().call<void>("fetchWords", valueOf(code));
        });
    }
    m_choices = std::make_unique<Choices>(engine);
    for (const QString &name : Choices::names()) {
        const val kept = page().call<val>("choice", valueOf(name));
        if (!kept.isNull())
            m_choices->set(name, textOf(kept));
        else if (name == "language"_L1)
            m_choices->set(name, QString());
    }
    connect(m_choices.get(), &Choices::changed, this,
            [](const QString &name, const QVariant &value) { page().call<void>("choose", valueOf(name), valueOf(value.toString())); });
}

void Page::follow(QQuickWindow *window, Backend *backend)
{
    m_window = window;
    m_choices->follow(window);
    m_reader.follow(window);
    m_backend = backend;
    window->setProperty("fingers", page().call<bool>("fingers"));
    for (const char *property : {"route", "query", "title", "waiting"})
        QQmlProperty(window, QLatin1StringView(property)).connectNotifySignal(this, SLOT(showPlace()));
    if (m_theme)
        QQmlProperty(m_theme, u"dark"_s).connectNotifySignal(this, SLOT(showTheme()));
    connect(window, SIGNAL(reloadRequested()), this, SLOT(reload()));
    connect(window, SIGNAL(elsewhereRequested()), this, SLOT(openElsewhere()));
    connect(backend->link(), &Link::troubleChanged, this, [this] {
        if (!m_backend->link()->isLive() && m_backend->link()->nextAttemptAt() > 0)
            page().call<void>("lookElsewhere");
    });
    connect(backend->link(), &Link::stateChanged, this, [this] {
        setElsewhere({});
        // Another program may have come with the server that answers again.
        if (m_backend->link()->isLive())
            page().call<void>("checkVersion");
        m_wasIn = m_wasIn || m_backend->link()->isLive();
        if (m_backend->link()->state() == Link::State::SignedOut && m_wasIn)
            // Why is said after the state.
            QMetaObject::invokeMethod(
                this, [this] { page().call<void>("signedOut", valueOf(m_backend->link()->trouble())); }, Qt::QueuedConnection);
    });
    connect(
        window, &QQuickWindow::frameSwapped, this, [] { page().call<void>("firstFrame"); },
        Qt::ConnectionType(Qt::AutoConnection | Qt::SingleShotConnection));
    connect(qGuiApp, &QGuiApplication::focusObjectChanged, this, &Page::showKeyboard);
    auto *pulse = new QTimer(this);
    connect(pulse, &QTimer::timeout, this, [] { page().call<void>("beat"); });
    pulse->start(beat);
    showPlace();
    showTheme();
    showKeyboard(QGuiApplication::focusObject());
}

void Page::showKeyboard(QObject *focus)
{
    QInputMethodQueryEvent query(Qt::ImEnabled | Qt::ImHints);
    if (focus)
        QCoreApplication::sendEvent(focus, &query);
    // The values of inputmode (HTML Living Standard, 6.8.7).
    const char *kind = "none";
    if (focus && query.value(Qt::ImEnabled).toBool()) {
        const auto hints = Qt::InputMethodHints::fromInt(query.value(Qt::ImHints).toInt());
        kind = hints.testFlag(Qt::ImhDigitsOnly)             ? "numeric"
               : hints.testFlag(Qt::ImhFormattedNumbersOnly) ? "decimal"
               : hints.testFlag(Qt::ImhUrlCharactersOnly)    ? "url"
                                                             : "text";
    }
    page().call<void>("keyboard", val(kind));
}

void Page::showPlace()
{
    const QString query = m_window->property("query").toString();
    const int steps = m_window->property("steps").toInt();
    page().call<void>("show", valueOf(addressOf(m_window->property("route").toString()) + (query.isEmpty() ? query : u'?' + query)),
                      valueOf(m_window->title()), m_window->property("waiting").toInt(), std::exchange(m_steps, steps) != steps);
}

void Page::showTheme()
{
    if (m_theme)
        page().call<void>("showTheme", valueOf(m_theme->property("background").value<QColor>().name()));
}

void Page::reload()
{
    page().call<void>("reload");
}

void Page::save(const QString &name, const QString &text)
{
    page().call<void>("save", valueOf(name), valueOf(text));
    emit saved(name);
}

void Page::navigate(const QString &address)
{
    if (!m_window)
        return;
    // An address that means nothing leads nowhere: the one of the page that is shown takes its place.
    // What is no address is no page either: the shell says so, instead of leaving what was there before.
    QMetaObject::invokeMethod(m_window, "open", routeOf(address).value_or(u"nowhere"_s), queryOf(address));
    showPlace();
}

void Page::setVisible(bool visible)
{
    if (m_backend)
        m_backend->link()->setPaused(!visible);
    m_reader.setVisible(visible);
}

void Page::takeWords(const QString &code, const QByteArray &words)
{
    if (const auto answer = m_wanted.take(code))
        answer(words);
}

void Page::openElsewhere()
{
    page().call<void>("openElsewhere");
}

void Page::keepServers(const QList<QUrl> &servers)
{
    QJsonArray list;
    for (const QUrl &server : servers)
        list.append(server.toString());
    page().call<void>("keepServers", valueOf(QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact))));
}

void Page::setElsewhere(const QString &host)
{
    // It answers again, maybe, since this was asked.
    const Link::State state = m_backend->link()->state();
    const bool isAway = state == Link::State::Connecting || state == Link::State::Reconnecting;
    if (m_window)
        m_window->setProperty("elsewhere", isAway ? host : QString());
}

void Page::setOutdated()
{
    if (m_window)
        m_window->setProperty("outdated", true);
}

QByteArray Page::describe() const
{
    return QJsonDocument(m_window ? muster::describe(m_window) : QJsonArray()).toJson(QJsonDocument::Compact);
}

} // namespace muster

// What the page calls.
EMSCRIPTEN_BINDINGS(muster) // clazy:exclude=non-pod-global-static
{
    emscripten::function(
        "musterNavigate", +[](const std::string &address) {
            if (muster::thePage)
                muster::thePage->navigate(QString::fromStdString(address));
        });
    emscripten::function(
        "musterTakeWords", +[](const std::string &code, const std::string &words) {
            if (muster::thePage)
                muster::thePage->takeWords(QString::fromStdString(code), QByteArray::fromStdString(words));
        });
    emscripten::function(
        "musterSetVisible", +[](bool visible) {
            if (muster::thePage)
                muster::thePage->setVisible(visible);
        });
    emscripten::function(
        "musterSetElsewhere", +[](const std::string &host) {
            if (muster::thePage)
                muster::thePage->setElsewhere(QString::fromStdString(host));
        });
    emscripten::function(
        "musterSetOutdated", +[] {
            if (muster::thePage)
                muster::thePage->setOutdated();
        });
    emscripten::function(
        "musterDescribe", +[]() -> std::string { return muster::thePage ? muster::thePage->describe().toStdString() : std::string("[]"); });
}
