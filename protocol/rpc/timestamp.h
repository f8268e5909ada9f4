// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QByteArray>
#include <QDateTime>

namespace muster {

/// The one form of time in every message: RFC 3339 in UTC with milliseconds, "2025-01-31T23:59:59.999Z".
/// @param time from year 0000 to 9999
[[nodiscard]] QByteArray toTimestamp(const QDateTime &time);

/// Reads that form and no other. @return the time in UTC, or InvalidParams.
[[nodiscard]] Result<QDateTime> timestampFromText(QStringView text);

} // namespace muster
