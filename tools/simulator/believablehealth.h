// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/health.h"

#include <QRandomGenerator>

namespace muster::simulator {

/// Health that looks like a machine's: it wanders, has a day and a night, and a few machines are not well.
class BelievableHealth
{
public:
    /// @param number of the device: each has a character of its own, the same in every run
    explicit BelievableHealth(int number);

    /// The next sample. @param time ms since 1970, not before the last one's
    [[nodiscard]] HealthSample next(qint64 time);

private:
    double wander(double value, double home, double step);

    QRandomGenerator m_random;
    double m_homeCpu;
    double m_cpu;
    double m_memory;
    double m_disk;
    double m_load = 0;
    double m_network = 0;
    bool m_hasSensor;
};

} // namespace muster::simulator
