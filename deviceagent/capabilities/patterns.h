// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <algorithm>

namespace muster::agent {

/// Whether one of the patterns is this text, or its beginning where the pattern ends in "*".
[[nodiscard]] inline bool matchesOne(const QStringList &patterns, QStringView text)
{
    return std::ranges::any_of(patterns, [text](const QString &pattern) {
        return pattern.endsWith(u'*') ? text.startsWith(QStringView(pattern).chopped(1)) : text == pattern;
    });
}

} // namespace muster::agent
