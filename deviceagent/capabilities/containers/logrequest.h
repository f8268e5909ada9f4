// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QDateTime>
#include <QJsonObject>
#include <QUrlQuery>

namespace muster::agent {

/// The params of Container.Logs.
struct LogRequest
{
    int tail = 100; ///< last lines
    QDateTime since;
    QDateTime until;
    bool stdOut = true;
    bool stdErr = true;
    bool follow = false;

    /// @return InvalidParams naming the member that is wrong
    [[nodiscard]] static Result<LogRequest> fromJson(const QJsonObject &params);
    /// As GET /containers/ID/logs takes it.
    [[nodiscard]] QUrlQuery query() const;
};

} // namespace muster::agent
