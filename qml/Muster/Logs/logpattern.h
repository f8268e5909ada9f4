// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QString>

#include <optional>

namespace muster {

/// What is searched for in a log: words as they stand, or a regular expression. It is tried in the thread of the window on each line, so a
/// trial ends after so many steps, and after some that did no other is begun.
class LogPattern
{
public:
    enum class Fault : quint8 {
        None,
        Invalid,  ///< it is no regular expression
        TooHeavy, ///< it takes too long on these lines
    };

    void set(const QString &text, bool regex);
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    /// @return nothing where it was not tried to the end
    [[nodiscard]] std::optional<bool> matches(const QString &line);
    [[nodiscard]] Fault fault() const { return m_fault; }
    /// What is wrong with it, in words; empty where nothing is.
    [[nodiscard]] QString faultText() const { return m_faultText; }

private:
    QString m_text;
    std::optional<QRegularExpression> m_form;
    Fault m_fault = Fault::None;
    QString m_faultText;
    int m_givenUp = 0;
};

} // namespace muster
