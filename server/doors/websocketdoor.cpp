// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/websocketdoor.h"

#include "server/steadytime.h"

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace muster::doors {

namespace {

/// One timer for all links of a thread: deadlines and pings are judged to the second.
constexpr auto tick = 1s;

} // namespace

WebSocketDoor::WebSocketDoor()
    : m_ticks(this)
{
    connect(&m_ticks, &QTimer::timeout, this, [this] {
        const qint64 now = steadyNow();
        const auto links = m_links; // a link may leave while it is asked
        for (const auto &link : links)
            link->tick(now);
    });
    m_ticks.start(tick);
}

WebSocketDoor::~WebSocketDoor()
{
    const auto links = std::exchange(m_links, {});
    for (const auto &link : links)
        link->end(u"the server stops"_s);
}

void WebSocketDoor::hold(const std::shared_ptr<WebSocketLink> &link)
{
    m_links.insert(link);
    connect(link.get(), &WebSocketLink::closed, this, [this, weak = std::weak_ptr(link)] { m_links.erase(weak.lock()); });
}

} // namespace muster::doors
