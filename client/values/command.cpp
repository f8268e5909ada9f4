// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/command.h"

#include "client/values/jsontext.h"
#include "client/values/values.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

/// What lupdate knows the texts of this file by.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Command)
};

// What a row of a list shows of a result.
constexpr qsizetype outcomeLength = 160;
constexpr qsizetype reasonLength = 500;

QString text(const QJsonValue &value)
{
    return cleanText(value.toString(), limits::textLength);
}

} // namespace

bool Command::isOpen() const
{
    return state == "queued"_L1 || state == "sent"_L1 || state == "running"_L1;
}

QString Command::outcome() const
{
    if (!errorText.isEmpty())
        return errorText;
    if (!reason.isEmpty())
        return reason;
    if (resultCut)
        return Words::tr("A long result");
    return hasResult ? jsontext::line(result, outcomeLength) : QString();
}

QString Command::paramsText() const
{
    return jsontext::pretty(params);
}

QString Command::resultText() const
{
    return hasResult ? jsontext::pretty(result) : QString();
}

Command Command::fromJson(const QJsonObject &object)
{
    const QJsonObject error = object["error"_L1].toObject();
    Command c;
    c.id = object["id"_L1].toString();
    c.deviceId = text(object["device"_L1]);
    c.isCall = object["kind"_L1].toString() == "call"_L1;
    c.method = text(object["method"_L1]);
    c.params = object["params"_L1].toObject();
    c.state = text(object["state"_L1]);
    c.askedBy = text(object["asked_by"_L1]);
    c.askedAt = timeFromJson(object["asked_at"_L1]);
    c.expiresAt = timeFromJson(object["expires_at"_L1]);
    c.sentAt = timeFromJson(object["sent_at"_L1]);
    c.finishedAt = timeFromJson(object["finished_at"_L1]);
    c.hasResult = object.contains("result"_L1);
    c.result = object["result"_L1];
    c.resultCut = object["result_cut"_L1].toBool();
    c.errorCode = error["code"_L1].toInt();
    c.errorText = cleanText(error["message"_L1].toString(), reasonLength);
    c.reason = cleanText(object["reason"_L1].toString(), reasonLength);
    c.receipt = object["receipt"_L1].toBool();
    c.bulk = object["bulk"_L1].toString();
    c.forgotten = object["device_forgotten"_L1].toBool();
    return c;
}

CommandCounts CommandCounts::fromJson(const QJsonObject &object)
{
    return {.queued = object["queued"_L1].toInt(), .sent = object["sent"_L1].toInt(), .running = object["running"_L1].toInt()};
}

} // namespace muster
