// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QJsonObject>

#include <memory>

namespace muster::operators {

/// A compiled JSON Schema (draft 7).
class Schema
{
public:
    explicit Schema(const QJsonObject &schema);
    ~Schema();
    Q_DISABLE_COPY_MOVE(Schema)

    /// @param root what the value is called in the error
    /// @return InvalidParams naming the first thing that is wrong and where
    [[nodiscard]] Result<void> validate(const QJsonValue &value, QLatin1StringView root = QLatin1StringView("params")) const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace muster::operators
