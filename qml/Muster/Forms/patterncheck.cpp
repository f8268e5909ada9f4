// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Forms/patterncheck.h"

#include <QElapsedTimer>
#include <QRegularExpression>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// A person's own words for a form are shorter; compiling takes time with the length.
constexpr qsizetype longestPattern = 1'000;
// A step may look at the rest of the text once.
constexpr qsizetype longestText = 1'000;
// Three frames: who types does not notice. Shared by all fields of a form.
constexpr qint64 mostMicroseconds = 50'000;
// PCRE2 counts its steps back; 50,000 take some milliseconds, and an honest pattern needs a few for each letter. Qt has no way to say so,
// but patterns have: the lowest of several limits counts, so that a device cannot raise it. Without JIT, whose compiling costs more than
// one trial, and which counts otherwise.
constexpr QLatin1StringView limits("(*NO_JIT)(*LIMIT_MATCH=50000)(*LIMIT_HEAP=8192)");

} // namespace

PatternCheck::Verdict PatternCheck::check(const QString &pattern, const QString &text)
{
    if (pattern.size() > longestPattern || text.size() > longestText || m_spent >= mostMicroseconds)
        return Verdict::Unknown;
    QElapsedTimer timer;
    timer.start();
    const QRegularExpression form(limits + pattern, QRegularExpression::UseUnicodePropertiesOption);
    Verdict verdict = Verdict::Unknown;
    if (form.isValid()) {
        const QRegularExpressionMatch match = form.match(text); // clazy:exclude=use-static-qregularexpression
        if (match.isValid())
            verdict = match.hasMatch() ? Verdict::Fits : Verdict::Differs;
    }
    m_spent += timer.nsecsElapsed() / 1000;
    return verdict;
}

} // namespace muster
