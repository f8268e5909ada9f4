// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QJsonObject>
#include <QList>

#include <array>
#include <limits>
#include <optional>

namespace muster {

/// What one health sample measures. The order is the order of storage: add at the end only.
enum class HealthField : int {
    Cpu,         ///< busy, permille of all processors
    Memory,      ///< used, permille (MemTotal - MemAvailable)
    Disk,        ///< used of the fullest real file system, permille
    Temperature, ///< warmest sensor, tenths of a degree Celsius
    NetworkIn,   ///< bytes a second, all real interfaces
    NetworkOut,  ///< bytes a second
    Load,        ///< one-minute load average, hundredths
};
inline constexpr int healthFieldCount = 7;
/// The names in JSON, in the order of HealthField: cpu, memory, disk, temperature, network_in, network_out, load.
[[nodiscard]] QLatin1StringView healthFieldName(HealthField field);
[[nodiscard]] std::optional<HealthField> healthFieldFrom(QStringView name);

/// One reading. A value that the device cannot measure is `missing`.
struct HealthSample
{
    static constexpr qint64 missing = std::numeric_limits<qint64>::min();

    qint64 time = 0; ///< milliseconds since 1970, UTC, by the server's clock as the device knows it
    std::array<qint64, healthFieldCount> values{missing, missing, missing, missing, missing, missing, missing};

    [[nodiscard]] qint64 operator[](HealthField field) const { return values[static_cast<size_t>(field)]; }
    [[nodiscard]] qint64 &operator[](HealthField field) { return values[static_cast<size_t>(field)]; }
    bool operator==(const HealthSample &) const = default;
};

/// {time, cpu, …}: integers in the units above; missing values are left out.
[[nodiscard]] QJsonObject toJson(const HealthSample &sample);
[[nodiscard]] Result<HealthSample> healthSampleFromJson(const QJsonObject &object);
/// @return InvalidParams naming the value that no working device can have: shares above 1,000 permille, times before 1970, …
[[nodiscard]] Result<void> checkHealthSample(const HealthSample &sample);
/// The same for the values alone: whether its time can be is for its reader to judge, who has a clock.
[[nodiscard]] Result<void> checkHealthValues(const HealthSample &sample);

/// The params of Health.Report: {count, encoding: "zlib+delta", data}, where `data` is base64url of the zlib stream
/// (RFC 1950) of a JSON object that holds an array for `time` and for each field: the first value, then differences;
/// null where missing. At most healthBatchSamples samples.
inline constexpr int healthBatchSamples = 1000;
[[nodiscard]] QJsonObject encodeHealthBatch(const QList<HealthSample> &samples);
/// @return the samples, whatever their times are, or InvalidParams. Never inflates to more than a batch can honestly hold.
[[nodiscard]] Result<QList<HealthSample>> decodeHealthBatch(const QJsonObject &params);

} // namespace muster
