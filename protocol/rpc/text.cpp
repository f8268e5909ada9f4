// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

/// Marks that change the order in which the characters around them are shown (Unicode TR 9): with them a device could
/// make "exe.txt" out of "txt.exe", or swap parts of a line that is not even its own.
bool isBidirectionalMark(char16_t c)
{
    return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

bool isControl(char16_t c)
{
    // C0, DEL, C1, and the two separators that begin a new line.
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

bool isAsciiAlphanumeric(char16_t c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

} // namespace

QString cleanText(const QString &text, qsizetype length)
{
    QString cleaned;
    cleaned.reserve(qMin(text.size(), length));
    for (qsizetype i = 0; i < text.size() && cleaned.size() < length; ++i) {
        const QChar c = text[i];
        if (isBidirectionalMark(c.unicode()))
            continue;
        if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            if (cleaned.size() + 2 > length)
                break; // half a character is none
            cleaned += c;
            cleaned += text[++i];
        } else if (c.isSurrogate() || isControl(c.unicode())) {
            cleaned += QChar(QChar::ReplacementCharacter);
        } else {
            cleaned += c;
        }
    }
    return cleaned;
}

bool isDeviceId(QStringView id)
{
    if (id.isEmpty() || id.size() > limits::deviceIdLength || !isAsciiAlphanumeric(id.front().unicode()))
        return false;
    return std::ranges::all_of(
        id, [](QChar c) { return isAsciiAlphanumeric(c.unicode()) || c == u'.' || c == u'_' || c == u':' || c == u'@' || c == u'-'; });
}

} // namespace muster
