// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Logs/logpattern.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// Compiling takes time with the length; what people type is shorter.
constexpr qsizetype longestPattern = 1'000;
// Each step may look at the rest of the line once.
constexpr qsizetype longestLine = 8'000;
// Some milliseconds each.
constexpr int mostGivenUp = 10;
// PCRE2 counts its steps back, an honest pattern takes a few for each letter. Without JIT, which counts otherwise. As in Forms/patterncheck.
constexpr QLatin1StringView limits("(*NO_JIT)(*LIMIT_MATCH=50000)(*LIMIT_HEAP=8192)");

} // namespace

void LogPattern::set(const QString &text, bool regex)
{
    m_text = text;
    m_form.reset();
    m_fault = Fault::None;
    m_faultText.clear();
    m_givenUp = 0;
    if (!regex || text.isEmpty())
        return;
    if (text.size() > longestPattern) {
        m_fault = Fault::TooHeavy;
        return;
    }
    m_form.emplace(limits + text, QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    if (!m_form->isValid()) {
        m_fault = Fault::Invalid;
        m_faultText = m_form->errorString();
    }
}

std::optional<bool> LogPattern::matches(const QString &line)
{
    if (m_text.isEmpty())
        return false;
    if (m_fault != Fault::None)
        return std::nullopt;
    if (!m_form)
        return line.contains(m_text, Qt::CaseInsensitive);
    // Half a letter is no text to PCRE, which would count as given up.
    qsizetype whole = longestLine;
    if (whole < line.size() && line[whole].isLowSurrogate())
        --whole;
    const QRegularExpressionMatch match = m_form->matchView(QStringView(line).left(whole));
    if (match.isValid())
        return match.hasMatch();
    if (++m_givenUp >= mostGivenUp)
        m_fault = Fault::TooHeavy;
    return std::nullopt;
}

} // namespace muster
