// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/stream.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr qsizetype idLength = 64;

bool isStreamId(const QString &id)
{
    return !id.isEmpty() && id.size() <= idLength
           && std::ranges::all_of(id, [](QChar c) { return (c.unicode() < 128 && c.isLetterOrNumber()) || c == u'-' || c == u'_'; });
}

/// A whole number of the params, or -1.
qint64 numberOf(const QJsonObject &params, QLatin1StringView name)
{
    return params.value(name).toInteger(-1);
}

} // namespace

QJsonObject StreamOffer::toJson() const
{
    return {{"id"_L1, id}, {"credit"_L1, credit}};
}

Result<StreamOffer> StreamOffer::fromJson(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    StreamOffer offer{.id = object.value("id"_L1).toString(), .credit = numberOf(object, "credit"_L1)};
    if (!isStreamId(offer.id))
        return failure(InvalidParams, u"\"stream\" needs an \"id\" of 1 to %1 letters, digits, - and _."_s.arg(idLength));
    if (offer.credit < 0 || offer.credit > limits::streamWindowBytes)
        return failure(InvalidParams, u"\"stream\" needs a \"credit\" of 0 to %1 bytes."_s.arg(limits::streamWindowBytes));
    return offer;
}

StreamSource::StreamSource(const StreamOffer &offer)
    : m_id(offer.id)
    , m_credit(offer.credit)
{
}

qint64 StreamSource::room() const
{
    return std::min(m_credit, limits::streamPieceBytes);
}

QJsonObject StreamSource::next(const QString &text)
{
    m_credit -= QStringView(text).toUtf8().size();
    Q_ASSERT(m_credit >= 0);
    return {{"stream"_L1, m_id}, {"seq"_L1, ++m_sent}, {"data"_L1, text}};
}

Result<void> StreamSource::grant(const QJsonObject &params)
{
    const qint64 bytes = numberOf(params, "bytes"_L1);
    if (bytes < 1)
        return failure(InvalidParams, u"Stream.Credit needs \"bytes\", a number above 0."_s);
    if (bytes > limits::streamWindowBytes - m_credit)
        return failure(TooLarge, u"Stream.Credit may not open the window beyond %1 bytes."_s.arg(limits::streamWindowBytes));
    m_credit += bytes;
    return {};
}

StreamSink::StreamSink(const QString &id, qint64 window)
    : m_id(id)
    , m_window(std::clamp(window, limits::streamPieceBytes, limits::streamWindowBytes))
    , m_credit(m_window)
{
}

StreamOffer StreamSink::offer() const
{
    return {.id = m_id, .credit = m_window};
}

Result<QString> StreamSink::take(const QJsonObject &params)
{
    if (!params.value("data"_L1).isString())
        return failure(InvalidParams, u"Stream.Data needs \"data\", a text."_s);
    if (numberOf(params, "seq"_L1) != m_received + 1)
        return failure(
            Replayed,
            u"Piece %1 of the stream should have come, not \"seq\" %2."_s.arg(m_received + 1).arg(params.value("seq"_L1).toInteger(-1)));
    QString text = params.value("data"_L1).toString();
    const qint64 bytes = text.toUtf8().size();
    if (bytes > m_credit)
        return failure(TooMany, u"A piece of %1 bytes came where %2 were granted."_s.arg(bytes).arg(m_credit));
    ++m_received;
    m_credit -= bytes;
    return text;
}

std::optional<QJsonObject> StreamSink::consumed(qint64 bytes)
{
    m_read += bytes;
    // Half a window at a time: one message for many pieces, and the sender never runs dry meanwhile.
    if (m_read < m_window / 2)
        return {};
    m_credit += m_read;
    return QJsonObject{{"stream"_L1, m_id}, {"bytes"_L1, std::exchange(m_read, 0)}};
}

QJsonObject streamCloseParams(const QString &id, const std::optional<Error> &error)
{
    QJsonObject params{{"stream"_L1, id}};
    if (error)
        params.insert("error"_L1, errorToJson(*error));
    return params;
}

std::optional<Error> streamCloseError(const QJsonObject &params)
{
    if (!params.value("error"_L1).isObject())
        return {};
    return errorFromJson(params.value("error"_L1).toObject());
}

} // namespace muster
