// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/health.h"

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr qint64 largestInteger = (1LL << 53) - 1;

struct FieldRange
{
    QLatin1StringView name;
    qint64 least;
    qint64 most;
};

// What a working device can say. Anything else would only stretch a chart until nothing can be read in it.
constexpr std::array<FieldRange, healthFieldCount> fields{{
    {QLatin1StringView("cpu"), 0, 1000},
    {QLatin1StringView("memory"), 0, 1000},
    {QLatin1StringView("disk"), 0, 1000},
    {QLatin1StringView("temperature"), -2732, 10'000},
    {QLatin1StringView("network_in"), 0, largestInteger},
    {QLatin1StringView("network_out"), 0, largestInteger},
    {QLatin1StringView("load"), 0, 10'000'000},
}};

constexpr qint64 lastTime = 7258118400000; // the year 2200: keeps every sum of times far from overflow

std::unexpected<Error> badTime()
{
    return failure(InvalidParams, u"\"time\" must be milliseconds since 1970, an integer."_s);
}

std::unexpected<Error> badValue(const FieldRange &field)
{
    return failure(InvalidParams, u"\"%1\" must be an integer from %2 to %3."_s.arg(field.name).arg(field.least).arg(field.most));
}

} // namespace

QLatin1StringView healthFieldName(HealthField field)
{
    return fields[static_cast<size_t>(field)].name;
}

std::optional<HealthField> healthFieldFrom(QStringView name)
{
    for (size_t i = 0; i < fields.size(); ++i) {
        if (name == fields[i].name)
            return static_cast<HealthField>(i);
    }
    return std::nullopt;
}

QJsonObject toJson(const HealthSample &sample)
{
    QJsonObject object{{"time"_L1, sample.time}};
    for (size_t i = 0; i < fields.size(); ++i) {
        if (sample.values[i] != HealthSample::missing)
            object.insert(fields[i].name, sample.values[i]);
    }
    return object;
}

Result<HealthSample> healthSampleFromJson(const QJsonObject &object)
{
    const auto integer = [](const QJsonValue &value) -> std::optional<qint64> {
        const double number = value.toDouble(std::nan(""));
        if (!(std::abs(number) <= static_cast<double>(largestInteger)) || number != std::trunc(number))
            return {};
        return value.toInteger();
    };

    HealthSample sample;
    const std::optional<qint64> time = integer(object.value("time"_L1));
    if (!time)
        return badTime();
    sample.time = *time;
    for (size_t i = 0; i < fields.size(); ++i) {
        const QJsonValue value = object.value(fields[i].name);
        if (value.isUndefined() || value.isNull())
            continue;
        const std::optional<qint64> number = integer(value);
        if (!number)
            return badValue(fields[i]);
        sample.values[i] = *number;
    }
    if (const Result<void> checked = checkHealthSample(sample); !checked)
        return std::unexpected(checked.error());
    return sample;
}

Result<void> checkHealthSample(const HealthSample &sample)
{
    if (sample.time <= 0 || sample.time > lastTime)
        return badTime();
    return checkHealthValues(sample);
}

Result<void> checkHealthValues(const HealthSample &sample)
{
    for (size_t i = 0; i < fields.size(); ++i) {
        const qint64 value = sample.values[i];
        if (value != HealthSample::missing && (value < fields[i].least || value > fields[i].most))
            return badValue(fields[i]);
    }
    return {};
}

} // namespace muster
