// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace muster::doors {

/// Cuts JSON objects out of text as it comes: one in many pieces, or many in one. Finds where each ends and judges nothing of it.
/// What stands between them is dropped. Not thread-safe.
class JsonFrames
{
public:
    /// @param most bytes of one object; a longer one is dropped
    explicit JsonFrames(qsizetype most)
        : m_most(most)
    {
    }
    void setMost(qsizetype most) { m_most = most; }

    /// @return the objects that end in this piece
    [[nodiscard]] QList<QByteArray> take(QByteArrayView piece);
    /// In the middle of an object.
    [[nodiscard]] bool isInside() const { return m_depth > 0; }
    /// Forgets the object that was begun.
    void drop();
    /// Bytes that belonged to no object, or to one that was too long, since this was asked last.
    [[nodiscard]] qsizetype takeDropped() { return std::exchange(m_dropped, 0); }

private:
    /// Whether a piece that begins an object may do so here, inside of the one that was begun.
    [[nodiscard]] bool mayBeginHere(QByteArrayView piece) const;

    QByteArray m_text; ///< of the object that was begun
    qsizetype m_most;
    qsizetype m_dropped = 0;
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
};

} // namespace muster::doors
