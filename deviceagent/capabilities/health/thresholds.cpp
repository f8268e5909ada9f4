// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/health/thresholds.h"

namespace muster::agent {

namespace {

struct Marks
{
    HealthField field;
    qint64 warning;
    qint64 failing;
    /// How far a value must fall below a mark to count as back: one that wavers around it is not news each time.
    qint64 slack;
};

// The marks at which the server calls a device's condition a warning or failing.
constexpr std::array marks{
    Marks{HealthField::Disk, 850, 950, 10},
    Marks{HealthField::Memory, 900, 970, 30},
    Marks{HealthField::Temperature, 800, 950, 50},
    Marks{HealthField::Cpu, 950, std::numeric_limits<qint64>::max(), 200},
};

int levelOf(const Marks &mark, qint64 value, int before)
{
    const auto isAt = [&](qint64 threshold, int level) { return value >= (before >= level ? threshold - mark.slack : threshold); };
    return isAt(mark.failing, 2) ? 2 : isAt(mark.warning, 1) ? 1 : 0;
}

} // namespace

bool Thresholds::crossedBy(const HealthSample &sample)
{
    bool crossed = false;
    for (const Marks &mark : marks) {
        const qint64 value = sample[mark.field];
        if (value == HealthSample::missing)
            continue;
        int &level = m_levels[static_cast<size_t>(mark.field)];
        const int now = levelOf(mark, value, level);
        crossed = crossed || now != level;
        level = now;
    }
    return crossed;
}

} // namespace muster::agent
