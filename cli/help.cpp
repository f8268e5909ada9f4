// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/help.h"

#include "cli/commandtable.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

constexpr qsizetype textWidth = 118;
constexpr qsizetype usageColumn = 47; // where the texts of usage() begin
constexpr qsizetype widestOption = 40;

/// A text in lines of `width`, each behind `indent` blanks but the first.
QString wrapped(const QString &text, qsizetype indent, qsizetype width)
{
    QString out;
    qsizetype used = indent;
    for (const QString &word : text.split(u' ')) {
        if (used + word.size() > width && used > indent) {
            out = out.trimmed() + u'\n' + QString(indent, u' ');
            used = indent;
        }
        out += word + u' ';
        used += word.size() + 1;
    }
    return out.trimmed();
}

/// "  shape      text": the text begins in its column, on the next line where the shape is too long.
QString row(const QString &shape, const QString &text, qsizetype column)
{
    const QString begins = u"  "_s + shape;
    const QString fill = begins.size() + 1 < column ? QString(column - begins.size(), u' ') : u'\n' + QString(column, u' ');
    return begins + fill + wrapped(text, column, textWidth) + u'\n';
}

QString optionShape(const Option &option)
{
    return option.letter.isEmpty() ? option.shape() : option.shape() + u", -"_s + option.letter;
}

QString optionText(const Option &option)
{
    // Where the shape has a name for them, the values themselves are told here.
    if (option.value.isEmpty() || option.choices.isEmpty())
        return option.help;
    QStringList plain = option.choices;
    plain.removeIf([&option](const QString &choice) { return choice.startsWith(u'-') && option.choices.contains(choice.sliced(1)); });
    return plain.join(u", "_s) + u"; "_s + option.help;
}

QString optionRows(const QList<Option> &options)
{
    qsizetype column = 0;
    for (const Option &option : options)
        column = std::clamp(optionShape(option).size() + 4, column, widestOption);
    QString text;
    for (const Option &option : options)
        text += row(optionShape(option), optionText(option), column);
    return text;
}

QString capitalized(const QString &text)
{
    return text.left(1).toUpper() + text.mid(1);
}

QString helpOf(const Command &command)
{
    QString text;
    for (const QString &shape : command.shape().split(u" | "_s))
        text += u"musterctl %1\n"_s.arg(shape);
    text += u'\n' + wrapped(capitalized(command.help) + u'.', 0, textWidth) + u'\n';
    if (!command.more.isEmpty())
        text += wrapped(command.more, 0, textWidth) + u'\n';
    if (!command.options.isEmpty())
        text += u'\n' + optionRows(command.options);
    return text;
}

} // namespace

QString usage()
{
    QString text =
        u"musterctl: the fleet from the shell\n\n"
        "  musterctl [--profile FILE] [--server URL]… [--ca-certificate FILE] [--json] COMMAND\n"_s;
    for (const CommandGroup &group : commandTable()) {
        text += u'\n' + group.title + u"\n\n"_s;
        for (const Command &command : group.commands)
            text += row(command.shape(), command.help, usageColumn);
    }
    return text + uR"(
The server and the API key are read from the profile, a JSON file {"server":"http://127.0.0.1:8420","api_key":"…"}
that --profile or MUSTER_PROFILE names; MUSTER_SERVER and MUSTER_API_KEY stand above it, and --server above both. Servers
that share a database are named together, "server":["https://a.example","https://b.example"] in the profile and with
commas elsewhere: the one that leads is found, and musterctl watch moves with it. Where the server's certificate is
of an authority of your own, --ca-certificate, MUSTER_CA_CERTIFICATE or "ca_certificate" names its certificate (PEM).

Exit codes: 0 done, 1 refused or failed, 2 wrong command line, 3 the server cannot be reached.
)"_s;
}

QString helpOf(const QString &name)
{
    const QList<Command> commands = commandsBelow(name);
    if (commands.isEmpty())
        return {};
    QStringList texts;
    for (const Command &command : commands)
        texts << helpOf(command);
    return texts.join(u'\n') + u"\nWith every command:\n\n"_s + optionRows(commonOptions());
}

} // namespace muster::cli
