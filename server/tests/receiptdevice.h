// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/methods.h"
#include "protocol/rpc/timestamp.h"
#include "protocol/signing/receipt.h"
#include "server/tests/testdevice.h"

namespace muster::test {

/// The params of Command.Done for a Command.Run that came, as a good device makes them.
[[nodiscard]] inline QJsonObject receiptFor(const QString &deviceId, const QJsonObject &run, const QJsonValue &result)
{
    const QString command = run[QLatin1StringView("command")].toString();
    const QString method = run[QLatin1StringView("method")].toString();
    const QString time = QString::fromLatin1(toTimestamp(QDateTime::currentDateTimeUtc()));
    return {{QStringLiteral("command"), command},
            {QStringLiteral("method"), method},
            {QStringLiteral("request_hash"),
             requestHash(command, deviceId, method, run[QLatin1StringView("params")].toObject()).value_or(QString())},
            {QStringLiteral("counter"), 1},
            {QStringLiteral("started_at"), time},
            {QStringLiteral("finished_at"), time},
            {QStringLiteral("result"), result}};
}

/// Has a device say `running` to every command, and send its receipt at once.
inline void runCommands(TestDevice &device, const QString &deviceId, const QJsonValue &result = QStringLiteral("done"))
{
    device.answerWith = [](const Request &request) -> Result<QJsonValue> {
        if (request.method == methods::commandRun)
            return QJsonObject{{QStringLiteral("state"), QStringLiteral("running")}};
        return QJsonObject{{QStringLiteral("echo"), request.params}};
    };
    device.afterwards = [&device, deviceId, result](const Request &request) {
        if (request.method == methods::commandRun)
            device.send(device.sealed(Request{.id = QStringLiteral("done-") + request.params[QLatin1StringView("command")].toString(),
                                              .method = methods::commandDone,
                                              .params = receiptFor(deviceId, request.params, result)}));
    };
}

} // namespace muster::test
