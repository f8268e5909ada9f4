// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/knownservers.h"

#include "client/contract/contract.h"
#include "protocol/rpc/serveraddresses.h"

#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

/// One that is set up meanwhile is known before it is needed.
constexpr auto askedEvery = 10min;

} // namespace

KnownServers::KnownServers(Link *link, QObject *parent)
    : QObject(parent)
    , m_link(link)
{
    m_again.setTimerType(Qt::VeryCoarseTimer);
    m_again.setInterval(askedEvery);
    connect(&m_again, &QTimer::timeout, this, &KnownServers::ask);
    connect(m_link, &Link::stateChanged, this, [this] {
        if (!m_link->isLive()) {
            m_again.stop();
            return;
        }
        m_again.start();
        ask();
    });
}

void KnownServers::ask()
{
    if (!m_link->isLive() || m_link->isPaused())
        return;
    m_link->call(contract::method::serverInfo, {}, this, [this](const Result<QJsonValue> &answer) {
        // Who may not ask, or asks an older server, knows those that were named by hand.
        if (const QList<QUrl> servers = answer ? ServerAddresses::parse((*answer)["servers"_L1].toArray()) : QList<QUrl>();
            !servers.isEmpty())
            emit told(servers);
    });
}

} // namespace muster
