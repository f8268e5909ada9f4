// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/signed/signeddoor.h"

#include "server/doors/signed/signedlink.h"

namespace muster::doors {

void SignedDoor::take(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn,
                      const transport::HttpHead &)
{
    keep(new SignedLink(connection, webSocket, std::move(turn), m_context))->start({});
}

void SignedDoor::turnAway(listen::Connection &connection, transport::WebSocket &webSocket, std::chrono::seconds after)
{
    keep(new SignedLink(connection, webSocket, {}, m_context))->start(after);
}

} // namespace muster::doors
