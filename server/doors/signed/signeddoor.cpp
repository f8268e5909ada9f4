// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/signed/signeddoor.h"

#include "server/doors/signed/signedlink.h"
#include "server/steadytime.h"

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace muster::doors {

namespace {

/// One timer for all links of a thread: deadlines and pings are judged to the second.
constexpr auto tick = 1s;

} // namespace

SignedDoor::SignedDoor(std::shared_ptr<const SignedContext> context)
    : m_context(std::move(context))
    , m_ticks(this)
{
    connect(&m_ticks, &QTimer::timeout, this, [this] {
        const qint64 now = steadyNow();
        const auto links = m_links; // a link may leave while it is asked
        for (const auto &link : links)
            link->tick(now);
    });
    m_ticks.start(tick);
}

SignedDoor::~SignedDoor()
{
    const auto links = std::exchange(m_links, {});
    for (const auto &link : links)
        link->end(u"the server stops"_s);
}

void SignedDoor::take(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn)
{
    // Shared with the fleet's thread; the last to let go must not destroy it in a thread that is not its own.
    const std::shared_ptr<SignedLink> link(new SignedLink(connection, webSocket, std::move(turn), m_context),
                                           [](SignedLink *gone) { gone->deleteLater(); });
    m_links.insert(link);
    connect(link.get(), &SignedLink::closed, this, [this, weak = std::weak_ptr(link)] { m_links.erase(weak.lock()); });
    link->start(link, {});
}

void SignedDoor::turnAway(listen::Connection &connection, transport::WebSocket &webSocket, std::chrono::seconds after)
{
    const std::shared_ptr<SignedLink> link(new SignedLink(connection, webSocket, {}, m_context),
                                           [](SignedLink *gone) { gone->deleteLater(); });
    m_links.insert(link);
    connect(link.get(), &SignedLink::closed, this, [this, weak = std::weak_ptr(link)] { m_links.erase(weak.lock()); });
    link->start(link, after);
}

} // namespace muster::doors
