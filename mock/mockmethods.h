// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockseed.h"
#include "protocol/rpc/result.h"

#include <QJsonObject>

/// The methods of invented devices: those of the agent, and those of two workers, with schemas of every kind that a form
/// has to draw.
namespace muster::mock {

/// The OpenRPC document.
[[nodiscard]] QJsonObject openRpc(const Device &device);
/// What a call answers. @param machine as in Sys.GetInfo
[[nodiscard]] Result<QJsonValue> answer(const Device &device, const QString &method, const QJsonObject &params, const QJsonObject &machine,
                                        qint64 now);

} // namespace muster::mock
