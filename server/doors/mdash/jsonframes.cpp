// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/mdash/jsonframes.h"

#include "protocol/rpc/message.h"

namespace muster::doors {

void JsonFrames::drop()
{
    m_dropped += m_text.size();
    m_text.clear();
    m_depth = 0;
    m_inString = false;
    m_escaped = false;
}

bool JsonFrames::mayBeginHere(QByteArrayView piece) const
{
    // Within a text, the quotes of an object are escaped: one that is whole without that is none of the text.
    if (m_inString)
        return !parseJsonObject(piece.toByteArray());
    const QByteArrayView before = QByteArrayView(m_text).trimmed();
    return before.endsWith(':') || before.endsWith(',') || before.endsWith('[');
}

QList<QByteArray> JsonFrames::take(QByteArrayView piece)
{
    QList<QByteArray> whole;
    // A new message, and where it stands it cannot be a part of the old one: that was cut off.
    if (m_depth > 0 && piece.startsWith('{') && !mayBeginHere(piece))
        drop();
    for (const char c : piece) {
        const bool opens = c == '{' || c == '[';
        if (m_depth == 0) {
            if (c != '{') {
                m_dropped += c != ' ' && c != '\t' && c != '\r' && c != '\n';
                continue;
            }
            m_depth = 1;
            m_text.append(c);
            continue;
        }
        m_text.append(c);
        if (m_escaped)
            m_escaped = false;
        else if (m_inString && c == '\\')
            m_escaped = true;
        else if (c == '"')
            m_inString = !m_inString;
        else if (!m_inString && opens)
            ++m_depth;
        else if (!m_inString && (c == '}' || c == ']'))
            --m_depth;
        if (m_depth == 0)
            whole.append(std::exchange(m_text, {}));
        else if (m_text.size() > m_most)
            drop();
    }
    return whole;
}

} // namespace muster::doors
