// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/values/states.h"

#include <QString>
#include <QStringView>

#include <utility>

namespace muster {

/// One line of a container's log, fit to be shown: no escapes of a terminal, no control characters.
struct LogLine
{
    qint64 time = 0; ///< milliseconds since 1970, 0 where there is none
    int nanos = 0;   ///< nanoseconds beyond that millisecond
    QString stamp;   ///< the time as it came
    QString text;
    states::LogTone tone = states::LogTone::Plain;
    bool fromStderr = false;
    bool cut = false;  ///< it was longer than the device gives
    bool news = false; ///< no words of the container, but what became of it

    /// Takes a line as Container.Logs gives it, docs/protocol.md "Containers". What has no such form is a text without a time.
    [[nodiscard]] static LogLine parse(QStringView line);
    /// When it was written, to be compared: how a time was spelt says nothing (engines leave out zeros at the end of a fraction).
    [[nodiscard]] std::pair<qint64, int> moment() const { return {time, nanos}; }
};

/// Takes out what would steer a terminal (ECMA-48: CSI, OSC and the other escapes), and makes other control characters visible.
[[nodiscard]] QString withoutEscapes(QStringView text);
/// Erred or Warned where a word of the line says so.
[[nodiscard]] states::LogTone toneOf(QStringView text);

} // namespace muster
