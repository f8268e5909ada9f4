// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockfeature.h"

namespace muster {

/// The methods of invented devices: those of the agent, and those of two workers, with schemas of every kind that a form
/// has to draw; and what a call answers.
class MockMethods : public MockFeature
{
public:
    explicit MockMethods(MockFleet &fleet);
};

} // namespace muster
