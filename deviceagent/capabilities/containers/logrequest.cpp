// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/containers/logrequest.h"

#include "protocol/rpc/timestamp.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

constexpr int mostLines = 100'000;

QString seconds(const QDateTime &time)
{
    const qint64 ms = time.toMSecsSinceEpoch();
    return u"%1.%2"_s.arg(ms / 1000).arg(ms % 1000 * 1'000'000, 9, 10, QLatin1Char('0'));
}

} // namespace

Result<LogRequest> LogRequest::fromJson(const QJsonObject &params)
{
    LogRequest request;
    if (const QJsonValue tail = params.value("tail"_L1); !tail.isUndefined()) {
        request.tail = tail.toInt(-1);
        if (request.tail < 0 || request.tail > mostLines)
            return failure(InvalidParams, u"\"tail\" must be a number of lines from 0 to %1."_s.arg(mostLines));
    }
    for (const auto &[name, time] : {std::pair("since"_L1, &request.since), std::pair("until"_L1, &request.until)}) {
        if (!params.contains(name))
            continue;
        const Result<QDateTime> read = timestampFromText(params.value(name).toString());
        if (!read || read->toMSecsSinceEpoch() < 0)
            return failure(InvalidParams, u"\"%1\" must be a time since 1970 like 2025-06-15T15:06:40.000Z."_s.arg(name));
        *time = *read;
    }
    for (const auto &[name, flag] :
         {std::pair("stdout"_L1, &request.stdOut), std::pair("stderr"_L1, &request.stdErr), std::pair("follow"_L1, &request.follow)}) {
        const QJsonValue value = params.value(name);
        if (!value.isUndefined() && !value.isBool())
            return failure(InvalidParams, u"\"%1\" must be true or false."_s.arg(name));
        *flag = value.toBool(*flag);
    }
    if (!request.stdOut && !request.stdErr)
        return failure(InvalidParams, u"Without \"stdout\" and \"stderr\" there is nothing to show."_s);
    if (request.follow && !params.contains("stream"_L1))
        return failure(InvalidParams, u"\"follow\" needs a \"stream\": an answer has an end."_s);
    return request;
}

QUrlQuery LogRequest::query() const
{
    const auto flag = [](bool on) { return on ? u"true"_s : u"false"_s; };
    QUrlQuery query{{u"stdout"_s, flag(stdOut)},
                    {u"stderr"_s, flag(stdErr)},
                    {u"follow"_s, flag(follow)},
                    {u"timestamps"_s, u"true"_s},
                    {u"tail"_s, QString::number(tail)}};
    if (since.isValid())
        query.addQueryItem(u"since"_s, seconds(since));
    if (until.isValid())
        query.addQueryItem(u"until"_s, seconds(until));
    return query;
}

} // namespace muster::agent
