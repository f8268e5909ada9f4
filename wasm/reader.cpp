// SPDX-License-Identifier: GPL-3.0-or-later
#include "wasm/reader.h"

#include "wasm/mirror.h"
#include "wasm/wishes.h"

#include <QAccessible>
#include <QJsonDocument>
#include <QQuickWindow>

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using emscripten::val;

namespace muster {

namespace {

/// What changes within it is told together: short enough to seem at once, long enough for what a press sets off.
constexpr auto pause = 200ms;

Reader *theReader = nullptr;

} // namespace

Reader::Reader(QObject *parent)
    : QObject(parent)
{
    theReader = this;
    m_soon.setSingleShot(true);
    m_soon.setInterval(pause);
    connect(&m_soon, &QTimer::timeout, this, &Reader::tell);
    // Where these stand, Qt asks and tells its own bridge no more.
    QAccessible::installUpdateHandler(hear);
    QAccessible::installRootObjectHandler([](QObject *) {});
}

void Reader::follow(QQuickWindow *window)
{
    m_window = window;
}

void Reader::setOn(bool on)
{
    if (on == m_on)
        return;
    m_on = on;
    QAccessible::setActive(on);
    m_told.clear();
    m_soon.stop();
    disconnect(m_frames);
    if (!on || !m_window)
        return;
    // Not every move is an event, a scrolled list for one; but it is drawn.
    m_frames = connect(m_window, &QQuickWindow::frameSwapped, this, &Reader::changed);
    tell();
}

void Reader::setVisible(bool visible)
{
    m_visible = visible;
    if (visible)
        changed();
    else
        m_soon.stop();
}

void Reader::hear(QAccessibleEvent *event)
{
    if (!theReader->m_on)
        return;
    if (event->type() != QAccessible::Announcement)
        return theReader->changed();
    const auto *news = static_cast<QAccessibleAnnouncementEvent *>(event);
    val::global("muster").call<void>("say", val(news->message().toStdString()),
                                     news->politeness() == QAccessible::AnnouncementPoliteness::Assertive);
}

void Reader::changed()
{
    if (m_on && m_visible && !m_soon.isActive())
        m_soon.start();
}

void Reader::tell()
{
    if (!m_window)
        return;
    const QByteArray now = QJsonDocument(mirrored(m_window)).toJson(QJsonDocument::Compact);
    if (now == m_told)
        return;
    m_told = now;
    val::global("muster").call<void>("mirror", val(now.toStdString()));
}

} // namespace muster

// What the page calls.
EMSCRIPTEN_BINDINGS(musterReader) // clazy:exclude=non-pod-global-static
{
    emscripten::function(
        "musterSetReading", +[](bool on) {
            if (muster::theReader)
                muster::theReader->setOn(on);
        });
    emscripten::function(
        "musterWish", +[](unsigned id, const std::string &wish, const std::string &text) {
            muster::fulfil(id, QString::fromStdString(wish), QString::fromStdString(text));
        });
}
