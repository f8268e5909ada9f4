// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/serverclock.h"

#include <QDateTime>

#include <chrono>

using namespace std::chrono_literals;

namespace muster {

ServerClock::ServerClock(QObject *parent)
    : QObject(parent)
{
    m_tick.setInterval(1s);
    m_tick.start();
    connect(&m_tick, &QTimer::timeout, this, &ServerClock::nowChanged);
}

qint64 ServerClock::now() const
{
    return m_source ? m_source() : QDateTime::currentMSecsSinceEpoch() + m_aheadMs;
}

void ServerClock::setTicking(bool on)
{
    m_ticking = on;
    run();
}

void ServerClock::setPaused(bool paused)
{
    if (m_paused == paused)
        return;
    m_paused = paused;
    run();
    tell();
}

void ServerClock::tell()
{
    if (!m_paused)
        emit nowChanged();
}

void ServerClock::run()
{
    if (m_ticking && !m_paused)
        m_tick.start();
    else
        m_tick.stop();
}

} // namespace muster
