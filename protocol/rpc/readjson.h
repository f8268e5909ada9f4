// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonDocument>

namespace muster {

/// QJsonDocument::fromJson(), which takes a U+FEFF for a byte order mark where a text or a name begins with it, and drops it, unless it is
/// escaped. Behind a quotation mark it can only stand in a text, where both spellings are the same.
[[nodiscard]] inline QJsonDocument readJson(const QByteArray &json, QJsonParseError *error = nullptr)
{
    if (!json.contains("\"\xef\xbb\xbf"))
        return QJsonDocument::fromJson(json, error);
    return QJsonDocument::fromJson(QByteArray(json).replace("\"\xef\xbb\xbf", "\"\\ufeff"), error);
}

} // namespace muster
