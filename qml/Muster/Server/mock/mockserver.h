// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockfeature.h"

namespace muster {

/// What an invented server says of itself.
class MockServer : public MockFeature
{
public:
    explicit MockServer(MockFleet &fleet);
};

} // namespace muster
