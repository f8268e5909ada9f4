// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/signing/keys.h"
#include "server/doors/door.h"

#include <functional>
#include <memory>

namespace muster::doors {

/// Where a server that stands by tells devices, in a signed hello, who leads, and closes.
class StandbyDoor : public Door
{
public:
    /// @param leader says where the one that leads is reached, at any time and in any thread; empty where nobody knows
    StandbyDoor(std::shared_ptr<const Signer> signer, std::function<QString()> leader)
        : m_signer(std::move(signer))
        , m_leader(std::move(leader))
    {
    }

    void take(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn,
              const transport::HttpHead &request) override;
    void turnAway(listen::Connection &connection, transport::WebSocket &webSocket, std::chrono::seconds after) override;

private:
    std::shared_ptr<const Signer> m_signer;
    std::function<QString()> m_leader;
};

} // namespace muster::doors
