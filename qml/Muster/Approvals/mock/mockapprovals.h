// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockfeature.h"
#include "protocol/rpc/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>

namespace muster {

/// The keys that wait at an invented server, and what became of them.
class MockApprovals : public MockFeature
{
public:
    explicit MockApprovals(MockFleet &fleet);

    [[nodiscard]] QJsonArray pending(const QString &text = {}) const;

private:
    void invent();
    [[nodiscard]] Result<QJsonValue> rejectFrom(const QJsonObject &params);
    [[nodiscard]] Result<QJsonValue> decide(const QJsonObject &params, bool accept);
    [[nodiscard]] QJsonObject shown(QJsonObject approval) const;
    [[nodiscard]] QList<QJsonObject> found(const QString &state, const QString &text) const;

    MockFleet &m_fleet;
    QList<QJsonObject> m_approvals;
};

} // namespace muster
