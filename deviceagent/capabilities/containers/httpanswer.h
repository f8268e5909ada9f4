// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QByteArray>

namespace muster::agent {

/// Reads one answer of HTTP/1.1 (RFC 9112) as it comes, however it is cut: head, then a body in chunks, of a known length, or to the
/// end of the connection. Holds no more than a head. Knows no socket. Not thread-safe.
class HttpAnswer
{
public:
    /// Takes what came, and appends what of it is body. @return InternalError for what is no answer of HTTP
    [[nodiscard]] Result<void> take(QByteArrayView bytes, QByteArray &body);
    /// 0 until the head is whole.
    [[nodiscard]] int status() const { return m_status; }
    /// All of it has come. @param isClosed nothing will come any more
    [[nodiscard]] bool isWhole(bool isClosed) const { return m_part == Part::End || (isClosed && m_part == Part::UntilClosed); }

private:
    enum class Part { Head, Fixed, ChunkSize, Chunk, ChunkEnd, Trailer, UntilClosed, End };

    [[nodiscard]] Result<void> readHead();
    [[nodiscard]] Result<void> readLine();

    Part m_part = Part::Head;
    QByteArray m_line; ///< the head, or a line between chunks, as far as it has come
    qint64 m_left = 0; ///< of the body or the chunk
    int m_status = 0;
};

} // namespace muster::agent
