// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include "cli/commandtable.h"
#include "client/values/shadow.h"
#include "protocol/rpc/message.h"

#include <QHash>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

constexpr int mostEntries = 500; // of one answer of the server
constexpr int mostLines = 100'000;
constexpr int mostDaysBack = 366;
constexpr int mostDaysAhead = 30;    // that a command may wait; the server's limit
constexpr int mostDaysOfAKey = 3650; // the server's limit
constexpr qint64 dayMs = 86'400'000;

std::unexpected<Error> wrong(const QString &message)
{
    return failure(InvalidParams, message);
}

/// @param mostDays the longest time that means something here
Result<qint64> parseSpan(const QString &option, const QString &text, int mostDays)
{
    static const QHash<QChar, qint64> units{{u's', 1000}, {u'm', 60'000}, {u'h', 3'600'000}, {u'd', dayMs}};
    bool number = false;
    const qint64 count = text.chopped(text.isEmpty() ? 0 : 1).toLongLong(&number);
    const qint64 unit = text.isEmpty() ? 0 : units.value(text.back());
    if (!number || unit == 0 || count < 1 || count > mostDays * (dayMs / unit))
        return wrong(u"--%1 takes a time as 30s, 10m, 24h or 7d, %2d at most, not \"%3\""_s.arg(option).arg(mostDays).arg(text));
    return count * unit;
}

Result<int> parseNumber(const QString &option, const QString &text, int least, int most)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber || number < least || number > most)
        return wrong(u"--%1 takes a number from %2 to %3, not \"%4\""_s.arg(option).arg(least).arg(most).arg(text));
    return number;
}

/// Puts what was read into its place.
template <typename T>
Result<void> store(const Result<T> &read, T &into)
{
    if (!read)
        return std::unexpected(read.error());
    into = *read;
    return {};
}

/// A value as a person types it: JSON as the server takes it, or a text.
Result<QJsonValue> readValue(const QString &said)
{
    static const QRegularExpression json(u"^(true|false|null|-?[0-9].*|[\\[{\"].*)\\z"_s, QRegularExpression::DotMatchesEverythingOption);
    if (!json.matchView(said).hasMatch())
        return said;
    const Result<QJsonObject> read = parseJsonObject((u"{\"value\":"_s + said + u'}').toUtf8());
    if (!read || read->size() != 1)
        return wrong(u"--set: %1 is no JSON that the server takes (a text stands in quotation marks, as '\"%1\"'): %2"_s.arg(
            said.left(80), read ? u"something follows it"_s : read.error().message));
    return read->value("value"_L1);
}

/// What --set says: light.on=true; or a merge patch, as an object.
Result<void> readWish(const QString &value, QJsonObject &patch)
{
    if (value.startsWith(u'{')) {
        const Result<QJsonObject> wish = parseJsonObject(value.toUtf8());
        if (!wish)
            return wrong(u"--set takes NAME=VALUE or a JSON object: %1"_s.arg(wish.error().message));
        patch = joined(patch, *wish);
        return {};
    }
    const qsizetype equals = value.indexOf(u'=');
    const QStringList path = value.left(equals).split(u'.');
    if (equals < 1 || path.contains(QString()))
        return wrong(u"--set takes NAME=VALUE, as light.on=true, not \"%1\""_s.arg(value.left(80)));
    const Result<QJsonValue> wished = readValue(value.sliced(equals + 1));
    if (!wished)
        return std::unexpected(wished.error());
    patch = joined(patch, patchOf(path, *wished));
    return {};
}

Result<void> readOption(Arguments &read, const Option &option, const QString &value)
{
    const QString &name = option.name;
    if (!option.choices.isEmpty() && !option.choices.contains(value))
        return wrong(u"--%1 takes %2, not \"%3\""_s.arg(name, option.choices.join(u", "_s), value));
    if (name == "range"_L1)
        return store(parseSpan(name, value, mostDaysBack), read.rangeMs);
    if (name == "later"_L1)
        return store(parseSpan(name, value, mostDaysAhead), read.laterMs);
    if (name == "since"_L1)
        return store(parseSpan(name, value, mostDaysBack), read.sinceMs);
    if (name == "limit"_L1)
        return store(parseNumber(name, value, 1, mostEntries), read.limit);
    if (name == "tail"_L1)
        return store(parseNumber(name, value, 0, mostLines), read.tail);
    if (name == "days"_L1)
        return store(parseNumber(name, value, 1, mostDaysOfAKey), read.days);
    if (name == "if-version"_L1)
        return store(parseNumber(name, value, 1, std::numeric_limits<int>::max()), read.ifVersion);
    if (name == "set"_L1)
        return readWish(value, read.set);
    if (name == "server"_L1)
        read.servers << value;
    static const QHash<QString, QString Arguments::*> texts{
        {u"profile"_s, &Arguments::profile}, {u"ca-certificate"_s, &Arguments::ca},
        {u"state"_s, &Arguments::state},     {u"text"_s, &Arguments::text},
        {u"from"_s, &Arguments::from},       {u"sort"_s, &Arguments::sort},
        {u"device"_s, &Arguments::device},   {u"fingerprint"_s, &Arguments::fingerprint},
        {u"role"_s, &Arguments::role},       {u"user"_s, &Arguments::user},
        {u"name"_s, &Arguments::name}};
    if (const auto text = texts.value(name))
        read.*text = value;
    return {};
}

void readFlag(Arguments &read, const Option &option)
{
    static const QHash<QString, bool Arguments::*> flags{
        {u"json"_s, &Arguments::json},   {u"help"_s, &Arguments::help},     {u"follow"_s, &Arguments::follow},
        {u"watch"_s, &Arguments::watch}, {u"revoke"_s, &Arguments::revoke}, {u"password-stdin"_s, &Arguments::takesPassword}};
    if (const auto flag = flags.value(option.name))
        read.*flag = true;
}

/// An option of the command, or of all of them; null for none.
const Option *optionOf(const Command *command, const QString &name)
{
    static const Command all{.name = {}, .words = {}, .options = commonOptions(), .help = {}};
    const Option *own = command ? command->option(name) : nullptr;
    return own ? own : all.option(name);
}

std::unexpected<Error> misused(const QString &name)
{
    QStringList shapes;
    for (const Command &command : commandsBelow(name))
        shapes << u"musterctl "_s + command.shape().replace(u" | "_s, u", or musterctl "_s);
    return wrong(u"It is used as: %1"_s.arg(shapes.join(u", or "_s)));
}

/// What the words say that their number does not.
Result<void> checkWords(Arguments &read, const Command &command)
{
    if (read.words.size() < command.fewestWords() || read.words.size() > command.words.size())
        return misused(command.name);
    for (qsizetype i = 0; i < read.words.size(); ++i) {
        if (read.words[i].isEmpty())
            return wrong(u"%1 of %2 is empty"_s.arg(command.words[i].shape, command.name));
        if (const QStringList &choices = command.words[i].choices; !choices.isEmpty() && !choices.contains(read.words[i]))
            return wrong(u"%1 takes %2, not \"%3\""_s.arg(command.name, choices.join(u", "_s), read.words[i]));
    }
    if (read.command == "shadow"_L1 && read.ifVersion > 0 && read.set.isEmpty())
        return wrong(u"--if-version is for a wish: it needs --set"_s);
    if (read.command == "reject"_L1 && read.words.isEmpty() == read.from.isEmpty())
        return misused(command.name);
    if (read.command == "call"_L1 && read.words.size() == 3) {
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(read.words[2].toUtf8(), &error);
        if (!document.isObject())
            return wrong(u"The parameters of %1 are not a JSON object: %2"_s.arg(
                read.words[1], error.error == QJsonParseError::NoError ? u"another value"_s : error.errorString()));
        read.params = document.object();
    }
    return {};
}

} // namespace

Result<Arguments> parseArguments(const QStringList &arguments)
{
    Arguments read;
    const Command *command = nullptr;
    QStringList given; // names of options
    bool onlyWords = false;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        // "-" alone and everything behind "--" are words.
        if (onlyWords || !argument.startsWith(u'-') || argument == "-"_L1) {
            if (command) {
                read.words << argument;
                continue;
            }
            // Some commands have names of two words.
            const QString name = read.command.isEmpty() ? argument : read.command + u' ' + argument;
            command = findCommand(name);
            if (!command && commandsBelow(name).isEmpty())
                return wrong(u"There is no command \"%1\"; musterctl help names them"_s.arg(name));
            read.command = name;
            continue;
        }
        if (argument == "--"_L1) {
            onlyWords = true;
            continue;
        }
        if (argument == "--version"_L1 && !command) {
            read.version = true;
            continue;
        }
        const bool isLong = argument.startsWith("--"_L1);
        const qsizetype equals = isLong ? argument.indexOf(u'=') : -1;
        const QString name = isLong ? argument.mid(2, equals < 0 ? -1 : equals - 2) : argument.mid(1);
        const Option *option = optionOf(command, name);
        // Its long name with two dashes, its letter with one.
        if (!option || (isLong ? option->name : option->letter) != name || (option->isFlag() && equals >= 0))
            return wrong(u"\"%1\" is not known here; see musterctl %2"_s.arg(argument, read.command.isEmpty() ? u"help"_s
                                                                                                              : u"help "_s + read.command));
        given << option->name;
        if (option->isFlag()) {
            readFlag(read, *option);
            continue;
        }
        if (equals < 0 && i + 1 >= arguments.size())
            return wrong(u"%1 needs a value"_s.arg(argument));
        const QString value = equals < 0 ? arguments[++i] : argument.mid(equals + 1);
        // Most often a variable that a script forgot to set: what is left out may mean all, or the caller.
        if (value.isEmpty())
            return wrong(u"%1 needs a value, and got an empty one"_s.arg(argument.left(equals < 0 ? -1 : equals)));
        if (const Result<void> good = readOption(read, *option, value); !good)
            return std::unexpected(good.error());
    }
    if (read.help || read.version)
        return read;
    if (read.command.isEmpty())
        return wrong(u"Say what to do; musterctl help names the commands"_s);
    if (read.command == "version"_L1)
        read.version = true;
    if (read.command == "help"_L1) {
        const QString about = read.words.join(u' ');
        if (!about.isEmpty() && commandsBelow(about).isEmpty())
            return wrong(u"There is no command \"%1\"; musterctl help names them"_s.arg(about));
        return Arguments{.command = about, .help = true};
    }
    if (!command)
        return misused(read.command);
    if (const Result<void> good = checkWords(read, *command); !good)
        return std::unexpected(good.error());
    for (const Option &option : command->options) {
        if (option.required && !given.contains(option.name))
            return misused(command->name);
    }
    return read;
}

} // namespace muster::cli
