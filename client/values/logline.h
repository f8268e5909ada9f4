// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/values/states.h"

#include <QString>
#include <QStringView>

namespace muster {

/// One line of a container's log, fit to be shown: no escapes of a terminal, no control characters.
struct LogLine
{
    qint64 time = 0; ///< milliseconds since 1970, 0 where there is none
    QString stamp;   ///< the time as it came, up to nanoseconds: what a stream is taken up from
    QString text;
    states::LogTone tone = states::LogTone::Plain;
    bool fromStderr = false;
    bool cut = false; ///< it was longer than the device gives

    /// Takes a line as Container.Logs gives it, docs/protocol.md "Containers". What has no such form is a text without a time.
    [[nodiscard]] static LogLine parse(QStringView line);
};

/// Takes out what would steer a terminal (ECMA-48: CSI, OSC and the other escapes), and makes other control characters visible.
[[nodiscard]] QString withoutEscapes(QStringView text);
/// Erred or Warned where a word of the line says so.
[[nodiscard]] states::LogTone toneOf(QStringView text);

} // namespace muster
