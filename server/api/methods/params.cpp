// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"

#include <QDateTime>

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using store::CommandState;

Result<qint64> momentOf(const QJsonObject &params, QLatin1StringView name, qint64 otherwise)
{
    const QJsonValue value = params.value(name);
    if (value.isUndefined())
        return otherwise;
    if (value.isDouble())
        return value.toInteger();
    bool isNumber = false;
    if (const qint64 number = value.toString().toLongLong(&isNumber); isNumber)
        return number;
    const QDateTime time = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    if (!time.isValid())
        return failure(InvalidParams, u"%1 is no moment: give milliseconds since 1970, or RFC 3339 as 2026-01-31T12:00:00Z"_s.arg(name));
    return time.toMSecsSinceEpoch();
}

QList<CommandState> statesOf(const QJsonObject &params)
{
    const QString wanted = params.value("state"_L1).toString();
    if (wanted == "open"_L1)
        return {CommandState::Queued, CommandState::Sent, CommandState::Running};
    const auto state = store::commandStateFromName(wanted);
    return state ? QList{*state} : QList<CommandState>();
}

} // namespace muster::api
