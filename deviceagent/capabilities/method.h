// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QFuture>
#include <QJsonObject>

#include <functional>

namespace muster::agent {

using Answer = Result<QJsonValue>;

/// One method that the server may call.
struct Method
{
    QLatin1StringView name;
    const char *summary;
    /// JSON Schemas (2020-12) as text: they are read only when somebody asks for them. `params` describes an object.
    const char *params;
    const char *result;
    /// Runs in the agent's thread and must not block.
    std::function<QFuture<Answer>(const QJsonObject &params)> call;
};

/// For handlers that have their answer at once.
[[nodiscard]] inline QFuture<Answer> ready(Answer answer)
{
    return QtFuture::makeReadyValueFuture(std::move(answer));
}

} // namespace muster::agent
