// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/timestamp.h"

#include <QJsonValue>
#include <QTimeZone>

namespace muster {

/// Milliseconds since 1970 as RFC 3339, UTC.
[[nodiscard]] inline QString timestampText(qint64 time)
{
    return QString::fromLatin1(toTimestamp(QDateTime::fromMSecsSinceEpoch(time, QTimeZone::UTC)));
}

/// The same as a JSON value; null for 0, which is no moment.
[[nodiscard]] inline QJsonValue timeOrNull(qint64 time)
{
    return time > 0 ? QJsonValue(timestampText(time)) : QJsonValue(QJsonValue::Null);
}

} // namespace muster
