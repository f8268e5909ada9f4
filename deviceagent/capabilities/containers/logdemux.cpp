// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/containers/logdemux.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <QUtf8StringView>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

/// The time that the engine puts before a line: "2025-06-15T15:06:40.123456789+02:00" is the longest form.
constexpr qsizetype timeBytes = 36;
constexpr int engineError = 3;

bool isTime(QByteArrayView text)
{
    return text.size() >= 20 && text.size() < timeBytes && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':'
           && std::ranges::all_of(
               text, [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '.' || c == '+' || c == 'T' || c == 'Z'; });
}

/// Takes away a character whose bytes were cut off.
QByteArrayView withoutHalfCharacter(QByteArrayView text)
{
    qsizetype start = text.size();
    while (start > 0 && text.size() - start < 4) {
        --start;
        const auto byte = static_cast<unsigned char>(text[start]);
        if (byte < 0x80)
            return text;
        if (byte >= 0xc0) {
            const qsizetype needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
            return text.size() - start < needed ? text.first(start) : text;
        }
    }
    return text;
}

} // namespace

LogDemux::LogDemux(Form form)
    : m_form(form)
{
}

Result<void> LogDemux::take(QByteArrayView bytes, QByteArray &lines)
{
    if (m_form == Form::Raw) {
        add(bytes, lines);
        return {};
    }
    while (!bytes.isEmpty()) {
        if (m_frameLeft == 0) {
            m_header[m_headerSize++] = static_cast<unsigned char>(bytes.front());
            bytes = bytes.sliced(1);
            if (m_headerSize < m_header.size())
                continue;
            m_headerSize = 0;
            if (const Result<void> opened = openFrame(); !opened)
                return opened;
            continue;
        }
        const auto part = bytes.first(std::min<qsizetype>(bytes.size(), m_frameLeft));
        bytes = bytes.sliced(part.size());
        m_frameLeft -= static_cast<quint32>(part.size());
        if (m_stream != engineError) {
            addFrame(part, lines);
            continue;
        }
        m_error += part.first(std::min(part.size(), limits::textLength - m_error.size()));
        if (m_frameLeft == 0)
            return failure(Unavailable,
                           u"The container engine says: %1"_s.arg(cleanText(QString::fromUtf8(m_error).trimmed(), limits::textLength)));
    }
    return {};
}

void LogDemux::finish(QByteArray &lines)
{
    for (m_stream = 1; m_stream <= 2; ++m_stream) {
        Line &line = m_lines[static_cast<size_t>(m_stream) - 1];
        if (!line.bytes.isEmpty())
            emitLine(line, lines);
    }
    m_stream = 1;
}

Result<void> LogDemux::openFrame()
{
    // 0 is what went into the container, which some engines tell as well.
    if (m_header[0] > engineError || m_header[1] != 0 || m_header[2] != 0 || m_header[3] != 0)
        return failure(InternalError, u"The container engine sent a log in a form that this agent does not know."_s);
    m_stream = std::max<int>(m_header[0], 1);
    m_frameLeft = static_cast<quint32>(m_header[4]) << 24U | static_cast<quint32>(m_header[5]) << 16U
                  | static_cast<quint32>(m_header[6]) << 8U | static_cast<quint32>(m_header[7]);
    m_start.clear();
    m_goesOn = m_stream != engineError && !m_lines[static_cast<size_t>(m_stream) - 1].bytes.isEmpty();
    return {};
}

/// Engines send a line that their programs wrote in pieces in as many frames, and put a time before each: but for the first,
/// that is no part of the line.
void LogDemux::addFrame(QByteArrayView part, QByteArray &lines)
{
    if (!m_goesOn)
        return add(part, lines);
    m_start += part;
    const qsizetype space = QByteArrayView(m_start).first(std::min(m_start.size(), timeBytes)).indexOf(' ');
    if (space < 0 && m_start.size() < timeBytes && m_frameLeft > 0)
        return;
    m_goesOn = false;
    const QByteArray start = std::exchange(m_start, {});
    add(space > 0 && isTime(QByteArrayView(start).first(space)) ? QByteArrayView(start).sliced(space + 1) : QByteArrayView(start), lines);
}

void LogDemux::add(QByteArrayView bytes, QByteArray &lines)
{
    Line &line = m_lines[static_cast<size_t>(m_stream) - 1];
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        append(line, end < 0 ? bytes : bytes.first(end));
        if (end < 0)
            return;
        emitLine(line, lines);
        bytes = bytes.sliced(end + 1);
    }
}

void LogDemux::append(Line &line, QByteArrayView bytes) const
{
    // What cannot be in the line any more, whatever stands before its text; one more byte may be a terminal's CR.
    const qsizetype room = timeBytes + lineBytes + 1 - line.bytes.size();
    line.isCut = line.isCut || bytes.size() > room;
    line.bytes += bytes.first(std::min(bytes.size(), room));
}

void LogDemux::emitLine(Line &line, QByteArray &lines) const
{
    QByteArrayView text = line.bytes;
    if (m_form == Form::Raw && !line.isCut && text.endsWith('\r'))
        text.chop(1);
    QByteArrayView time = "-";
    const qsizetype space = text.first(std::min(text.size(), timeBytes)).indexOf(' ');
    if (space > 0 && isTime(text.first(space))) {
        time = text.first(space);
        text = text.sliced(space + 1);
    }
    if (text.size() > lineBytes || line.isCut) {
        text = withoutHalfCharacter(text.first(std::min(text.size(), lineBytes)));
        line.isCut = true;
    }
    lines += static_cast<char>('0' + m_stream);
    if (line.isCut)
        lines += '+';
    lines += ' ';
    lines += time;
    lines += ' ';
    if (QUtf8StringView(text.data(), text.size()).isValidUtf8())
        lines += text;
    else
        lines += QString::fromUtf8(text).toUtf8();
    lines += '\n';
    line = {};
}

} // namespace muster::agent
