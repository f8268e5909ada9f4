// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/doors/mdash/tokenrights.h"
#include "server/doors/websocketdoor.h"
#include "server/fleet/tokenbook.h"

namespace muster::doors {

/// Where mDash has it.
inline constexpr QByteArrayView mdashPath("/api/v2/rpc");

/// What all mDash doors share; everything in it is thread-safe and outlives them.
struct MdashContext : DoorContext
{
    const fleet::TokenBook &tokens;
    bool isOpen; ///< whether tokens are taken at all
    TokenRights rights;
};

/// The door of mDash devices: Mongoose OS, the mDash C library, and what speaks as they do. They are trusted by a token that they show.
class MdashDoor : public WebSocketDoor
{
    Q_OBJECT

public:
    explicit MdashDoor(std::shared_ptr<const MdashContext> context)
        : m_context(std::move(context))
    {
    }

    [[nodiscard]] std::optional<Refusal> refusalOf(const transport::HttpHead &request, const QString &network) override;
    /// The first that is offered, whatever its name: clients of each generation have another one.
    [[nodiscard]] QByteArray subProtocolOf(const transport::HttpHead &request) const override;
    void take(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn,
              const transport::HttpHead &request) override;
    void turnAway(listen::Connection &connection, transport::WebSocket &webSocket, std::chrono::seconds after) override;

private:
    std::shared_ptr<const MdashContext> m_context;
};

} // namespace muster::doors
