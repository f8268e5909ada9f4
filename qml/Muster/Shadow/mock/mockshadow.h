// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockfeature.h"
#include "mock/mockseed.h"
#include "protocol/rpc/result.h"
#include "protocol/rpc/statetree.h"

#include <QHash>
#include <QSet>

namespace muster {

/// What is wanted of invented devices, and what they report. Those that are there do what they are told when time goes on.
class MockShadow : public MockFeature
{
public:
    explicit MockShadow(MockFleet &fleet);

    void setNow(qint64 now) override;

private:
    struct Kept
    {
        StateTree desired;
        StateTree reported;
        qint64 version = 0;
        qint64 changedAt = 0;
        QString changedBy;
        bool isTold = true; ///< of this version
    };

    [[nodiscard]] Kept &of(const mock::Device &device);
    [[nodiscard]] QJsonObject document(const mock::Device &device);
    [[nodiscard]] Result<QJsonValue> update(const QJsonObject &params);

    MockFleet &m_fleet;
    QHash<QString, Kept> m_kept;
    QSet<QString> m_changed; ///< since time went on
};

} // namespace muster
