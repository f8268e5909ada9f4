// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace muster::store {

/// The longest detail of an audit entry, as JSON in UTF-8, bytes: who did what must stay readable, and a row small.
inline constexpr qsizetype auditDetailBytes = 2048;

/// What the audit keeps of a call's params: without the values of members that are secrets by their name, at whatever depth, and cut to
/// auditDetailBytes. What was cut says so: {"cut": its whole length in bytes, "begins": the start of its JSON}.
[[nodiscard]] QJsonObject auditDetail(const QJsonObject &params);

} // namespace muster::store
