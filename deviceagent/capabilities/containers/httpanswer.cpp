// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/containers/httpanswer.h"

#include <QList>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

constexpr qsizetype headBytes = 16 * 1024;
/// A chunk's size with an extension that nobody uses.
constexpr qsizetype lineBytes = 256;
/// No engine sends a log in larger pieces; a longer number would not fit.
constexpr qsizetype sizeDigits = 8;

std::unexpected<Error> noHttp()
{
    return failure(InternalError, u"What answers at the container engine's socket does not speak HTTP as it should."_s);
}

} // namespace

Result<void> HttpAnswer::take(QByteArrayView bytes, QByteArray &body)
{
    while (!bytes.isEmpty()) {
        if (m_part == Part::End)
            return {}; // nothing was asked for that could come
        if (m_part == Part::UntilClosed) {
            body += bytes;
            return {};
        }
        if (m_part == Part::Fixed || m_part == Part::Chunk) {
            const auto part = bytes.first(std::min<qint64>(bytes.size(), m_left));
            body += part;
            m_left -= part.size();
            bytes = bytes.sliced(part.size());
            if (m_left == 0)
                m_part = m_part == Part::Fixed ? Part::End : Part::ChunkEnd;
            continue;
        }
        // Everything else comes in lines; the head is one thing until its empty line.
        const qsizetype end = bytes.indexOf('\n');
        const auto part = end < 0 ? bytes : bytes.first(end + 1);
        m_line += part;
        bytes = bytes.sliced(part.size());
        if (m_line.size() > (m_part == Part::Head ? headBytes : lineBytes))
            return noHttp();
        if (end < 0)
            return {};
        if (m_part == Part::Head && m_line != "\r\n" && !m_line.endsWith("\r\n\r\n"))
            continue;
        if (const Result<void> read = m_part == Part::Head ? readHead() : readLine(); !read)
            return read;
        m_line.clear();
    }
    return {};
}

Result<void> HttpAnswer::readHead()
{
    const QList<QByteArray> lines = m_line.split('\n');
    const QList<QByteArray> first = lines.first().trimmed().split(' ');
    const int status = first.size() >= 2 ? first[1].toInt() : 0;
    if (!first.first().startsWith("HTTP/1.") || status < 100 || status > 999)
        return noHttp();
    if (status < 200)
        return {}; // the real one follows
    m_status = status;
    m_part = Part::UntilClosed;
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.first(std::max<qsizetype>(colon, 0)).trimmed().toLower();
        const QByteArray value = line.sliced(colon + 1).trimmed().toLower();
        if (name == "transfer-encoding" && value == "chunked") {
            m_part = Part::ChunkSize;
        } else if (name == "content-length" && m_part != Part::ChunkSize) {
            bool isNumber = false;
            m_left = value.toLongLong(&isNumber);
            if (!isNumber || m_left < 0)
                return noHttp();
            m_part = m_left > 0 ? Part::Fixed : Part::End;
        }
    }
    if (status == 204 || status == 304)
        m_part = Part::End;
    return {};
}

Result<void> HttpAnswer::readLine()
{
    const QByteArray line = m_line.trimmed();
    if (m_part == Part::ChunkEnd) {
        if (!line.isEmpty())
            return noHttp();
        m_part = Part::ChunkSize;
    } else if (m_part == Part::Trailer) {
        if (line.isEmpty())
            m_part = Part::End;
    } else {
        const QByteArray digits = line.split(';').first().trimmed();
        bool isNumber = false;
        m_left = digits.size() > sizeDigits ? 0 : digits.toLongLong(&isNumber, 16);
        if (!isNumber || m_left < 0)
            return noHttp();
        m_part = m_left > 0 ? Part::Chunk : Part::Trailer;
    }
    return {};
}

} // namespace muster::agent
