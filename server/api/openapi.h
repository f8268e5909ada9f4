// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/operators/methodtable.h"

namespace muster::api {

/// The OpenAPI 3.1 document of every method that REST has, made from the table; `x-live` lists what live sockets have besides.
/// @param cookieName of the session's cookie
[[nodiscard]] QJsonObject openApi(const operators::MethodTable &table, const QByteArray &cookieName);

} // namespace muster::api
