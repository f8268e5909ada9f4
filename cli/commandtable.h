// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace muster::cli {

/// What completion offers for a word or a value: kinds of ids as the server knows them now, or files.
enum class Offer { Nothing, Devices, Approvals, Containers, Methods, Commands, Users, Sessions, Keys, Files, CommandNames };

/// A word that stands behind a command.
struct Word
{
    QString shape; ///< "ID", as the help shows it
    Offer offer = Offer::Nothing;
    bool optional = false;
    QStringList choices = {}; ///< the only words that are taken; empty: any
};

/// An option of a command.
struct Option
{
    QString name;              ///< without its dashes
    QString value;             ///< the shape of its value; empty: a flag, or just its choices
    QString help;              ///< in half a sentence
    QStringList choices = {};  ///< the only values that are taken; empty: any
    QStringList examples = {}; ///< of values, for completion
    Offer offer = Offer::Nothing;
    bool required = false;
    QString letter = {}; ///< of a flag: its short name

    [[nodiscard]] bool isFlag() const { return value.isEmpty() && choices.isEmpty(); }
    /// "--state pending|rejected|all"
    [[nodiscard]] QString shape() const;
};

/// A command: all that parsing, help and completion know of it.
struct Command
{
    QString name; ///< of one word or two
    QList<Word> words;
    QList<Option> options;
    QString help;        ///< what it does, in a line
    QString more = {};   ///< for its own help: what else is good to know
    QString shapes = {}; ///< where words and options do not tell how it is used

    /// "accept ID": how it is used.
    [[nodiscard]] QString shape() const;
    [[nodiscard]] qsizetype fewestWords() const;
    /// @return its option of that name or letter, or null
    [[nodiscard]] const Option *option(const QString &name) const;
};

/// Commands that belong together, under the heading that the help gives them.
struct CommandGroup
{
    QString title;
    QList<Command> commands;
};

/// All commands that people may type, in the order of the help.
[[nodiscard]] const QList<CommandGroup> &commandTable();
/// Those that every command takes.
[[nodiscard]] const QList<Option> &commonOptions();
/// What completion asks; not for people.
[[nodiscard]] const Command &idsCommand();

/// @return the command of that name, the hidden one too; or null
[[nodiscard]] const Command *findCommand(const QString &name);
/// @return the commands whose name is `name`, or begins with it as a whole word
[[nodiscard]] QList<Command> commandsBelow(const QString &name);

} // namespace muster::cli
