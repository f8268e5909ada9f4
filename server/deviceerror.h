// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QJsonObject>

namespace muster {

/// Errors of devices go on to operators with the device's own code, which may be any, also one of ours. So each is marked where it
/// comes in: its `data` becomes {source: "device", data: what the device gave, if anything}.
[[nodiscard]] inline Error asDeviceError(Error error)
{
    QJsonObject detail{{QStringLiteral("source"), QStringLiteral("device")}};
    if (!error.detail.isUndefined())
        detail.insert(QLatin1StringView("data"), error.detail);
    error.detail = detail;
    return error;
}

[[nodiscard]] inline bool isDeviceError(const Error &error)
{
    return error.detail.toObject().value(QLatin1StringView("source")) == QLatin1StringView("device");
}

} // namespace muster
