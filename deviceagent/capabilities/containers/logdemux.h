// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QByteArray>

#include <array>

namespace muster::agent {

/// Makes lines of docs/protocol.md, "Containers", out of the log of a container engine, however it was cut on its way: frames of
/// the Docker API (an 8-byte header {stream, 0, 0, 0, length big-endian}), or the bare bytes of a container with a terminal.
/// Holds two lines at most. Knows no socket. Not thread-safe.
class LogDemux
{
public:
    enum class Form { Multiplexed, Raw };

    /// A longer line is cut and marked.
    static constexpr qsizetype lineBytes = 16 * 1024;

    explicit LogDemux(Form form);

    /// Takes what came, and appends the lines that it completes, in UTF-8.
    /// @return Unavailable where the engine reports an error of its own within the log, InternalError for what is no log at all
    [[nodiscard]] Result<void> take(QByteArrayView bytes, QByteArray &lines);
    /// At the end of the log: appends what had no line feed.
    void finish(QByteArray &lines);
    /// True between frames: a log that ends elsewhere was torn off.
    [[nodiscard]] bool isWhole() const { return m_headerSize == 0 && m_frameLeft == 0; }

private:
    struct Line
    {
        QByteArray bytes;
        bool isCut = false;
    };

    [[nodiscard]] Result<void> openFrame();
    void addFrame(QByteArrayView part, QByteArray &lines);
    void add(QByteArrayView bytes, QByteArray &lines);
    void append(Line &line, QByteArrayView bytes) const;
    void emitLine(Line &line, QByteArray &lines) const;

    const Form m_form;
    std::array<unsigned char, 8> m_header = {};
    size_t m_headerSize = 0;
    quint32 m_frameLeft = 0;
    bool m_goesOn = false;       ///< the frame goes on with a line that another one began
    QByteArray m_start;          ///< its first bytes, until it is known whether they are a time
    int m_stream = 1;            ///< 1 or 2, or 3: the engine's own error
    std::array<Line, 2> m_lines; ///< of the two outputs, still without their ends
    QByteArray m_error;
};

} // namespace muster::agent
