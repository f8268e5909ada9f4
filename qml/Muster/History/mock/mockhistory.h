// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockfeature.h"
#include "mock/mockseed.h"

#include <QJsonObject>

namespace muster {

/// What happened to invented devices: what anybody noted, on top of an invented past.
class MockHistory : public MockFeature
{
public:
    explicit MockHistory(MockFleet &fleet);

private:
    /// {items, next?}, newest first; without commands for who may not read them
    [[nodiscard]] QJsonObject list(const mock::Device &device, const QJsonObject &params) const;

    MockFleet &m_fleet;
};

} // namespace muster
