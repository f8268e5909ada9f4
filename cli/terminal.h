// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>
#include <QStringList>

namespace muster::cli {

/// A text made fit for a terminal, whoever wrote it: control characters, escape sequences, bidirectional overrides and
/// line separators are shown as \xNN or \u{NNNN}, and do nothing.
[[nodiscard]] QString escaped(const QString &text);

/// Indented JSON in which no character can act on a terminal: those are \u escapes inside of strings.
[[nodiscard]] QString jsonText(const QJsonValue &value, bool indented);

/// Cells that a text takes in a terminal: two for wide characters, none for combining ones.
[[nodiscard]] int cells(const QString &text);

/// The terminal's width, or 0 where the output is no terminal and nothing should be cut.
[[nodiscard]] int terminalWidth();
[[nodiscard]] bool wantsColour();

enum class Colour { None, Ok, Warning, Failing, Dim };

/// Rows under headings, as wide as they need to be and no wider than the terminal.
class Table
{
public:
    struct Column
    {
        QString title;
        bool shrinks = false; ///< may be cut with "…" where the terminal is too narrow
        bool right = false;   ///< figures stand at the right
    };

    explicit Table(const QList<Column> &columns)
        : m_columns(columns)
    {
    }

    /// @param row as many texts as there are columns; escaped here
    /// @param colour of the second column, the state
    void add(const QStringList &row, Colour colour = Colour::None);
    [[nodiscard]] bool isEmpty() const { return m_rows.isEmpty(); }
    /// @param width in cells; 0: as wide as it takes
    [[nodiscard]] QString text(int width, bool colours) const;

private:
    QList<Column> m_columns;
    QList<QStringList> m_rows;
    QList<Colour> m_colours;
};

[[nodiscard]] QString coloured(const QString &text, Colour colour, bool colours);
/// Bars for values in 0..1000; a space where one is missing (NaN).
[[nodiscard]] QString bars(const QList<double> &values, double low, double high);

} // namespace muster::cli
