// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace muster {

/// Tries texts on the patterns that a device's schemas ask for (ECMA 262 by JSON Schema; what PCRE2 makes of them here).
///
/// Such a pattern is the device's, and may be made to take forever: (a+)+$ doubles its time with each letter. It is tried in the thread of
/// the window, at each key, so one trial ends after so many steps, and all trials of one object after so much time. What was not tried to
/// the end is no mistake of the person who types: the device has the last word.
class PatternCheck
{
public:
    enum class Verdict : quint8 { Fits, Differs, Unknown };

    [[nodiscard]] Verdict check(const QString &pattern, const QString &text);

private:
    qint64 m_spent = 0; // microseconds
};

} // namespace muster
