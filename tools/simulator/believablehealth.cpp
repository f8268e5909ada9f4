// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/simulator/believablehealth.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace muster::simulator {

namespace {

constexpr int fullDiskEvery = 50; // devices
constexpr int hotEvery = 70;
constexpr double day = 86'400'000;

} // namespace

BelievableHealth::BelievableHealth(int number)
    : m_random(static_cast<quint32>(number) * 2654435761U + 1)
    , m_homeCpu(number % hotEvery == hotEvery - 1 ? 960 : 30 + m_random.bounded(350.0))
    , m_cpu(m_homeCpu)
    , m_memory(200 + m_random.bounded(450.0))
    , m_disk(number % fullDiskEvery == fullDiskEvery - 1 ? 965 : 150 + m_random.bounded(550.0))
    , m_hasSensor(number % 4 != 3)
{
}

double BelievableHealth::wander(double value, double home, double step)
{
    return value + (home - value) * 0.1 + (m_random.generateDouble() - 0.5) * step;
}

HealthSample BelievableHealth::next(qint64 time)
{
    const double daylight = 0.75 + 0.25 * std::sin(static_cast<double>(time) / day * 2 * std::numbers::pi);
    m_cpu = std::clamp(wander(m_cpu, m_homeCpu * daylight, 60), 2.0, 1000.0);
    m_memory = std::clamp(m_memory + (m_random.generateDouble() - 0.48) * 3, 100.0, 880.0);
    m_disk = std::clamp(m_disk + (m_random.generateDouble() - 0.45) * 0.05, 0.0, 1000.0);
    m_load = std::max(0.0, wander(m_load, m_cpu / 1000 * 4, 0.3));
    // Quiet, with bursts.
    m_network = m_random.bounded(20) == 0 ? 200'000 + m_random.bounded(2'000'000.0) : m_network * 0.6 + m_random.bounded(2'000.0);

    HealthSample sample;
    sample.time = time;
    sample[HealthField::Cpu] = std::llround(m_cpu);
    sample[HealthField::Memory] = std::llround(m_memory);
    sample[HealthField::Disk] = std::llround(m_disk);
    if (m_hasSensor)
        sample[HealthField::Temperature] = std::llround(380 + m_cpu * 0.4 + m_random.bounded(6.0));
    sample[HealthField::NetworkIn] = std::llround(m_network);
    sample[HealthField::NetworkOut] = std::llround(m_network * 0.3);
    sample[HealthField::Load] = std::llround(m_load * 100);
    return sample;
}

} // namespace muster::simulator
