// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/health.h"

namespace muster::agent {

/// Finds the samples that a person should hear of at once instead of with the next batch.
class Thresholds
{
public:
    /// @return true when a value has crossed one of its marks since the last sample, upwards or well below it again
    [[nodiscard]] bool crossedBy(const HealthSample &sample);

private:
    std::array<int, healthFieldCount> m_levels = {};
};

} // namespace muster::agent
