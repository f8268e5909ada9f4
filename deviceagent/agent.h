// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/bus/busbridge.h"
#include "deviceagent/capabilities/commands/commandcapability.h"
#include "deviceagent/capabilities/containers/containercapability.h"
#include "deviceagent/capabilities/health/healthcapability.h"
#include "deviceagent/capabilities/registry.h"
#include "deviceagent/capabilities/system/rebootcapability.h"
#include "deviceagent/capabilities/system/selfreport.h"
#include "deviceagent/configuration.h"
#include "deviceagent/link/serverlink.h"
#include "system/datalock.h"

#include <memory>

namespace muster::agent {

/// The id that was set, or else the one that is kept in the data folder. @return see keptDeviceId()
[[nodiscard]] Result<QString> deviceIdOf(const Configuration &configuration);

/// The whole agent: its identity, its methods, its link. Lives in one thread with an event loop.
class Agent
{
public:
    /// Loads keys and policy and takes the data folder. @return what is wrong, naming the file
    [[nodiscard]] static Result<std::unique_ptr<Agent>> make(const Configuration &configuration);

    void start();
    [[nodiscard]] ServerLink &link() { return m_link; }
    [[nodiscard]] const QString &deviceId() const { return m_identity.deviceId; }

private:
    Agent(const Identity &identity, const ServerLink::Options &options, const Policy &policy, const Configuration &configuration,
          std::unique_ptr<DataLock> lock);

    std::unique_ptr<DataLock> m_lock;
    Identity m_identity;
    Registry m_registry;
    ServerLink m_link;
    HealthCapability m_health;
    ContainerCapability m_containers;
    RebootCapability m_reboot;
    CommandCapability m_commands;
    SelfReport m_report;
    std::unique_ptr<BusBridge> m_bus; ///< null without one
    QTimer m_look;                    ///< at what changes without a word: whether there is an engine, which sensor is the warmest
};

} // namespace muster::agent
