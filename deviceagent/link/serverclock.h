// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <optional>

namespace muster::agent {

/// The server's clock as this device knows it: what the last hello said, plus what the boot clock counted since. The device's
/// own clock may be wrong by decades, or be set at any time.
class ServerClock
{
public:
    /// @param serverTime milliseconds since 1970, as the server said at @param atBootTime
    void set(qint64 serverTime, qint64 atBootTime) { m_offset = serverTime - atBootTime; }
    [[nodiscard]] bool isKnown() const { return m_offset.has_value(); }
    /// The server's time at a moment of this boot. Before isKnown(): the device's own clock, moved to that moment.
    [[nodiscard]] qint64 at(qint64 bootTime) const;
    [[nodiscard]] qint64 now() const;

private:
    std::optional<qint64> m_offset;
};

} // namespace muster::agent
