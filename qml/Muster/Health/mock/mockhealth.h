// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockfeature.h"

namespace muster {

/// What invented devices measured.
class MockHealth : public MockFeature
{
public:
    explicit MockHealth(MockFleet &fleet);
};

} // namespace muster
