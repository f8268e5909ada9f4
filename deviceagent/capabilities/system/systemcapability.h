// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/capabilities/registry.h"
#include "deviceagent/identity.h"
#include "deviceagent/link/serverclock.h"

namespace muster::agent {

/// Adds Sys.GetInfo, RPC.List, RPC.Describe and rpc.discover. All arguments must outlive the registry's last call.
void addSystemMethods(Registry &registry, const Identity &identity, std::function<const ServerClock &()> clock);

} // namespace muster::agent
