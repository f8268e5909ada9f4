// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockfeature.h"
#include "protocol/rpc/result.h"

#include <QJsonObject>

namespace muster {

/// The audit of an invented server: what anybody noted, on top of an invented past.
class MockAudit : public MockFeature
{
public:
    explicit MockAudit(MockFleet &fleet);

private:
    void invent();
    [[nodiscard]] Result<QJsonValue> list(const QJsonObject &params) const;

    MockFleet &m_fleet;
};

} // namespace muster
