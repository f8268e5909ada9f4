// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/health.h"

#include "protocol/rpc/message.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <zlib.h>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr QLatin1StringView encodingName("zlib+delta");

// Eight numbers a sample, each of at most 17 digits, a sign and a comma; and the names around them.
constexpr qsizetype inflatedBytes = healthBatchSamples * (healthFieldCount + 1) * 19 + 256;

std::unexpected<Error> bad(const QString &message)
{
    return failure(InvalidParams, message);
}

/// Inflates at most inflatedBytes. qUncompress() would take whatever a hostile stream grows to.
Result<QByteArray> inflateBounded(const QByteArray &packed)
{
    QByteArray text(inflatedBytes, Qt::Uninitialized);
    auto size = static_cast<uLongf>(text.size());
    auto taken = static_cast<uLong>(packed.size());
    const int code =
        uncompress2(reinterpret_cast<Bytef *>(text.data()), &size, reinterpret_cast<const Bytef *>(packed.constData()), &taken);
    if (code == Z_BUF_ERROR && size == static_cast<uLongf>(text.size()))
        return bad(u"\"data\" inflates to more than %1 samples can need."_s.arg(healthBatchSamples));
    if (code != Z_OK || taken != static_cast<uLong>(packed.size()))
        return bad(u"\"data\" is not a whole zlib stream (RFC 1950)."_s);
    text.truncate(static_cast<qsizetype>(size));
    return text;
}

QJsonArray differences(const QList<HealthSample> &samples, auto &&valueOf, bool *any)
{
    QJsonArray array;
    qint64 previous = 0;
    for (const HealthSample &sample : samples) {
        const qint64 value = valueOf(sample);
        if (value == HealthSample::missing) {
            array.append(QJsonValue(QJsonValue::Null));
            continue;
        }
        array.append(value - previous);
        previous = value;
        *any = true;
    }
    return array;
}

} // namespace

QJsonObject encodeHealthBatch(const QList<HealthSample> &samples)
{
    bool any = false;
    QJsonObject columns{{"time"_L1, differences(samples, [](const HealthSample &s) { return s.time; }, &any)}};
    for (int i = 0; i < healthFieldCount; ++i) {
        const auto field = static_cast<HealthField>(i);
        any = false;
        const QJsonArray column = differences(samples, [field](const HealthSample &s) { return s[field]; }, &any);
        if (any)
            columns.insert(healthFieldName(field), column);
    }
    const QByteArray packed = qCompress(QJsonDocument(columns).toJson(QJsonDocument::Compact), 9);
    // qCompress() puts four bytes of its own before the stream.
    const QByteArray data = packed.sliced(4).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return {{"count"_L1, samples.size()}, {"encoding"_L1, encodingName}, {"data"_L1, QString::fromLatin1(data)}};
}

Result<QList<HealthSample>> decodeHealthBatch(const QJsonObject &params)
{
    if (params.value("encoding"_L1) != QJsonValue(encodingName))
        return bad(u"\"encoding\" must be \"%1\"."_s.arg(encodingName));
    const int count = params.value("count"_L1).toInt(-1);
    if (count < 1 || count > healthBatchSamples)
        return bad(u"\"count\" must be an integer from 1 to %1."_s.arg(healthBatchSamples));
    const auto packed = QByteArray::fromBase64Encoding(params.value("data"_L1).toString().toLatin1(),
                                                       QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!packed || (*packed).isEmpty())
        return bad(u"\"data\" is not base64url without padding."_s);
    const Result<QByteArray> text = inflateBounded(*packed);
    if (!text)
        return std::unexpected(text.error());
    const Result<QJsonObject> columns = parseJsonObject(*text);
    if (!columns)
        return bad(u"What \"data\" inflates to is wrong. "_s + columns.error().message);

    QList<HealthSample> samples(count);
    // Column by column, so that each is looked up once; then the values of every sample pass the same check as those of a single one.
    const auto undo = [&](QLatin1StringView name, bool required, auto &&store) -> Result<void> {
        const QJsonValue column = columns->value(name);
        if (column.isUndefined() && !required)
            return {};
        const QJsonArray array = column.toArray();
        if (array.size() != count)
            return bad(u"The column \"%1\" does not have \"count\" values."_s.arg(name));
        qint64 value = 0;
        for (int i = 0; i < count; ++i) {
            const QJsonValue step = array[i];
            if (step.isNull() && !required)
                continue;
            if (!step.isDouble() || step.toDouble() != static_cast<double>(step.toInteger()))
                return bad(u"The column \"%1\" holds something that is no integer."_s.arg(name));
            value += step.toInteger(); // both within ±2^53, the limit of the sample's own check and of the parser
            if (value > (1LL << 53) || value < -(1LL << 53))
                return bad(u"The column \"%1\" leaves ±2^53."_s.arg(name));
            store(samples[i], value);
        }
        return {};
    };
    if (const auto done = undo("time"_L1, true, [](HealthSample &s, qint64 v) { s.time = v; }); !done)
        return std::unexpected(done.error());
    for (int i = 0; i < healthFieldCount; ++i) {
        const auto field = static_cast<HealthField>(i);
        if (const auto done = undo(healthFieldName(field), false, [field](HealthSample &s, qint64 v) { s[field] = v; }); !done)
            return std::unexpected(done.error());
    }
    for (const HealthSample &sample : std::as_const(samples)) {
        if (const Result<void> checked = checkHealthValues(sample); !checked)
            return std::unexpected(checked.error());
    }
    return samples;
}

} // namespace muster
