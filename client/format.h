// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/values.h"

#include <QString>

/// How figures and times are written for people; one place, so that screens and shell say the same. No-break spaces
/// stand between figure and unit.
namespace muster::format {

/// The length of a time in its largest sensible unit: "2 s", "4 min", "3 h", "41 days". Negative counts as 0.
[[nodiscard]] QString span(qint64 msecs);
/// How long ago `time` was: "4 min ago", "just now" for less than a second, "never" for 0.
[[nodiscard]] QString ago(qint64 time, qint64 now);
/// "Online", "Offline 3 h", "Never seen", or the condition where that is worse than ok: the word of a device's state.
[[nodiscard]] QString deviceState(const Device &device, qint64 now);
/// A health value in its unit ("73 %", "48.2 °C", "12.4 kB/s", "0.42"); an en dash for NaN.
[[nodiscard]] QString health(HealthField field, double value);
/// The same for the marks of an axis: no more digits than it takes ("50 °C", "25 kB/s").
[[nodiscard]] QString healthTick(HealthField field, double value);
/// "15.6 GiB".
[[nodiscard]] QString kibibytes(qint64 kib);
/// "1,204".
[[nodiscard]] QString count(qint64 number);
/// "in step with this server", "41 min behind this server", "3 s ahead of this server".
[[nodiscard]] QString clock(qint64 aheadMs);
/// True where a clock is far enough off to be pointed out: certificates and logs begin to lie.
[[nodiscard]] bool clockIsOff(qint64 aheadMs);
/// Local wall-clock time: "09:37:02" today, "12 Mar 09:37" else.
[[nodiscard]] QString wallTime(qint64 time, qint64 now);
/// "Ed25519", "RSA, 3072 bits".
[[nodiscard]] QString algorithm(const QString &name, int bits);

} // namespace muster::format
