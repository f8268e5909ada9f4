// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QFuture>
#include <QJsonObject>

#include <functional>

namespace muster::agent {

using Answer = Result<QJsonValue>;

/// One method that the server may call: the agent's own, or a worker's.
struct Method
{
    QString name;
    QByteArray summary; ///< UTF-8
    /// JSON Schemas (2020-12) as text: they are read only when somebody asks for them. `params` describes an object.
    QByteArray params;
    QByteArray result;
    /// Who answers it; empty: the agent itself.
    QString worker = {};
    /// Runs in the agent's thread and must not block.
    std::function<QFuture<Answer>(const QJsonObject &params)> call;
};

/// For handlers that have their answer at once.
[[nodiscard]] inline QFuture<Answer> ready(Answer answer)
{
    return QtFuture::makeReadyValueFuture(std::move(answer));
}

} // namespace muster::agent
