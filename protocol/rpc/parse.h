// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QByteArray>
#include <QJsonObject>

namespace muster {

/// What parseJsonObjectWithout() found.
struct ParsedObject
{
    QJsonObject object;
    /// Where the text is in the canonical form of RFC 8785 already: that text without the one member. Else null, which says
    /// nothing about the object: its canonical form has to be written then.
    QByteArray canonicalWithout;
};

/// parseJsonObject() for a signed message: most come in canonical form, and need not be written in it once more to be checked.
/// @param within a member of the object, an object itself, and @param leaveOut the text in it that is to be left out
/// @return as parseJsonObject()
[[nodiscard]] Result<ParsedObject> parseJsonObjectWithout(QByteArrayView text, QLatin1StringView within, QLatin1StringView leaveOut);

} // namespace muster
