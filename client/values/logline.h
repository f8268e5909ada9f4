// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/values/ansitext.h"
#include "client/values/states.h"

#include <QString>
#include <QStringView>

#include <array>
#include <utility>

namespace muster {

/// What became of a container, between its lines.
enum class LogNews : quint8 {
    None, ///< these are words of the container
    Restarted,
    MadeAnew,
    Ended,   ///< it has stopped
    Broke,   ///< its log broke off, and `text` says why
    Refused, ///< its log cannot be read, and `text` says why
};

/// One line of a container's log, fit to be shown: no escapes of a terminal, no control characters.
struct LogLine
{
    qint64 time = 0; ///< milliseconds since 1970, 0 where there is none
    int nanos = 0;   ///< nanoseconds beyond that millisecond
    QString stamp;   ///< the time as it came
    QString text;
    QList<AnsiSpan> spans; ///< where it is drawn otherwise
    states::LogLevel level = states::LogLevel::Unknown;
    bool fromStderr = false;
    bool cut = false; ///< it was longer than the device gives
    LogNews news = LogNews::None;

    /// Takes a line that stands alone, as Container.Logs gives it, docs/protocol.md "Containers". What has no such form is a text without a time.
    [[nodiscard]] static LogLine parse(QStringView line);
    /// When it was written, to be compared: how a time was spelt says nothing (engines leave out zeros at the end of a fraction).
    [[nodiscard]] std::pair<qint64, int> moment() const { return {time, nanos}; }
};

/// Reads the lines of one container, one after the other: colours stay on, and what belongs to the line before has its level. The two outputs
/// are apart in both.
class LogReader
{
public:
    [[nodiscard]] LogLine read(QStringView line);
    /// The program began anew: what it left on is off.
    void reset() { m_outputs = {}; }

private:
    struct Output
    {
        AnsiStyle style;
        int styledFor = 0; ///< lines that changed nothing of it
        states::LogLevel level = states::LogLevel::Unknown;
        bool indented = false;
    };
    std::array<Output, 2> m_outputs;
};

} // namespace muster
