// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/values/command.h"
#include "client/values/container.h"
#include "client/values/values.h"

#include <QDateTime>
#include <QLocale>
#include <QString>
#include <QStringList>

/// How figures and times are written for people; one place, so that screens and shell say the same. No-break spaces
/// stand between figure and unit.
namespace muster::format {

/// The length of a time in its largest sensible unit: "2 s", "4 min", "3 h", "41 days". Negative counts as 0.
[[nodiscard]] QString span(qint64 msecs);
/// How long ago `time` was: "4 min ago", "just now" for less than a second, "never" for 0.
[[nodiscard]] QString ago(qint64 time, qint64 now);
/// "Online", "Offline 3 h", "Never seen", or the condition where that is worse than ok: the word of a device's state.
[[nodiscard]] QString deviceState(const Device &device, qint64 now);
/// Why a device is warned of, in the program's language: "Disk 97 %"; the server's own words where it names no measure.
[[nodiscard]] QString condition(const Device &device);
/// A health value in its unit ("73 %", "48.2 °C", "12.4 kB/s", "0.42"); an en dash for NaN. Shares are cut to whole figures, not rounded.
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
/// "Up 6 days", "Exited (0) 6 days ago", "Paused", "Unhealthy, up 12 min": the words of a container's state.
[[nodiscard]] QString containerState(const Container &container, qint64 now);
/// "Running", "Exited", "Paused": an engine's own word for a state, in the program's language; as it is where it is not known.
[[nodiscard]] QString engineWord(const QString &state);
/// "12.5 %" of a processor for permille; an en dash for NaN.
[[nodiscard]] QString share(double permille);
/// "115 %" for 1.15.
[[nodiscard]] QString percent(double share);
/// "84.0 MiB" for bytes; an en dash for NaN.
[[nodiscard]] QString bytes(double bytes);
/// "Waits for the device", "Sent", "Running", "Done", "Failed", "Expired", "Cancelled".
[[nodiscard]] QString commandState(const Command &command);
/// How long something took: "38 ms", "2.3 s", "4 min".
[[nodiscard]] QString took(qint64 msecs);
/// Local time of day: "09:37:02".
[[nodiscard]] QString clockTime(qint64 time);
/// "14 March 2026".
[[nodiscard]] QString day(qint64 time);
/// The whole of a moment: "Sat 14 Mar 2026, 10:41:02 UTC+01:00".
[[nodiscard]] QString fullTime(qint64 time);
/// How figures and dates are written from now on; English as in the United States before. For the whole program, from its one thread.
void setLocale(const QLocale &locale);
[[nodiscard]] const QLocale &locale();
/// A moment as times are told: in this machine's zone, or in UTC.
[[nodiscard]] QDateTime moment(qint64 time);
/// Whether times are told in UTC from now on, and not in this machine's time zone. For the whole program.
void setUtc(bool utc);
[[nodiscard]] bool isUtc();
/// A text that keeps its own direction, and leaves that of the words around it as it is (UAX #9, isolates).
[[nodiscard]] QString isolated(const QString &text);
/// "Ed25519", "RSA, 3072 bits".
[[nodiscard]] QString algorithm(const QString &name, int bits);

/// `text` with the values in the places of %1 to %9. A value is never read for places: a device may well be called "%1 50%2". QML's own
/// arg() takes one value at a time, and so would fill the second into the first.
[[nodiscard]] QString fill(const QString &text, const QStringList &values);

} // namespace muster::format
