// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include <QHash>
#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

struct Command
{
    QLatin1StringView name;
    int least; // words behind it
    int most;
    QLatin1StringView options; // names of those it takes, with spaces around
    QLatin1StringView shape;   // for the message when it is used wrongly
};

constexpr std::array commands{
    Command{"approvals"_L1, 0, 0, " state text "_L1, "approvals [--state pending|rejected|all] [--text PART]"_L1},
    Command{"accept"_L1, 1, 1, ""_L1, "accept ID"_L1},
    Command{"reject"_L1, 0, 1, " from "_L1, "reject ID, or reject --from ADDRESS"_L1},
    Command{"devices"_L1, 0, 0, " state text sort "_L1, "devices [--state STATE] [--text PART] [--sort KEY]"_L1},
    Command{"health"_L1, 1, 1, " range "_L1, "health ID [--range 1h|24h|7d|90d]"_L1},
    Command{"watch"_L1, 0, 1, ""_L1, "watch [ID]"_L1},
    Command{"containers"_L1, 1, 1, ""_L1, "containers ID"_L1},
    Command{"logs"_L1, 2, 2, " follow tail since "_L1, "logs ID CONTAINER [--follow] [--tail LINES] [--since 10m]"_L1},
    Command{"start"_L1, 2, 2, ""_L1, "start ID CONTAINER"_L1},
    Command{"stop"_L1, 2, 2, ""_L1, "stop ID CONTAINER"_L1},
    Command{"restart"_L1, 2, 2, ""_L1, "restart ID CONTAINER"_L1},
    Command{"methods"_L1, 1, 1, ""_L1, "methods ID"_L1},
    Command{"call"_L1, 2, 3, " later "_L1, "call ID METHOD [JSON] [--later 24h]"_L1},
    Command{"commands"_L1, 0, 0, " state device limit "_L1, "commands [--state STATE] [--device ID] [--limit N]"_L1},
    Command{"command"_L1, 1, 1, ""_L1, "command COMMAND"_L1},
    Command{"cancel"_L1, 1, 1, ""_L1, "cancel COMMAND"_L1},
    Command{"receipt"_L1, 1, 1, ""_L1, "receipt COMMAND"_L1},
    Command{"verify-receipt"_L1, 1, 1, " fingerprint "_L1, "verify-receipt FILE [--fingerprint SHA256:…]"_L1},
    Command{"history"_L1, 1, 1, " limit "_L1, "history ID [--limit N]"_L1},
    Command{"sign-in-link"_L1, 0, 1, ""_L1, "sign-in-link [USER]"_L1},
    Command{"audit"_L1, 0, 0, " limit "_L1, "audit [--limit N]"_L1},
    Command{"completion"_L1, 1, 1, ""_L1, "completion bash"_L1},
    // What the completion asks; not for people.
    Command{"__ids"_L1, 1, 1, ""_L1, "__ids devices|approvals"_L1},
};

constexpr int mostEntries = 500; // of one answer of the server
constexpr int mostLines = 100'000;
constexpr int mostDaysBack = 366;
constexpr int mostDaysAhead = 30; // that a command may wait; the server's limit

std::unexpected<Error> wrong(const QString &message)
{
    return failure(InvalidParams, message);
}

constexpr qint64 dayMs = 86'400'000;

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

QStringList statesOf(const QString &command)
{
    if (command == "approvals"_L1)
        return {u"pending"_s, u"rejected"_s, u"all"_s};
    if (command == "commands"_L1)
        return {u"open"_s, u"queued"_s, u"sent"_s, u"running"_s, u"done"_s, u"failed"_s, u"expired"_s, u"cancelled"_s};
    return {u"online"_s, u"offline"_s, u"never"_s, u"ok"_s, u"warning"_s, u"failing"_s};
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

Result<void> readOption(Arguments &read, const QString &name, const QString &value)
{
    if (name == "state"_L1) {
        const QStringList known = statesOf(read.command);
        if (!known.contains(value))
            return wrong(u"--state takes %1, not \"%2\""_s.arg(known.join(u", "_s), value));
        read.state = value;
    } else if (name == "text"_L1) {
        read.text = value;
    } else if (name == "from"_L1) {
        read.from = value;
    } else if (name == "sort"_L1) {
        static const QStringList keys{u"name"_s, u"state"_s, u"evidence"_s, u"cpu"_s, u"memory"_s, u"disk"_s};
        if (!keys.contains(value.startsWith(u'-') ? value.mid(1) : value))
            return wrong(u"--sort takes %1, with - in front for the largest first, not \"%2\""_s.arg(keys.join(u", "_s), value));
        read.sort = value;
    } else if (name == "range"_L1) {
        return store(parseSpan(name, value, mostDaysBack), read.rangeMs);
    } else if (name == "later"_L1) {
        return store(parseSpan(name, value, mostDaysAhead), read.laterMs);
    } else if (name == "since"_L1) {
        return store(parseSpan(name, value, mostDaysBack), read.sinceMs);
    } else if (name == "limit"_L1) {
        return store(parseNumber(name, value, 1, mostEntries), read.limit);
    } else if (name == "tail"_L1) {
        return store(parseNumber(name, value, 0, mostLines), read.tail);
    } else if (name == "device"_L1) {
        read.device = value;
    } else if (name == "fingerprint"_L1) {
        read.fingerprint = value;
    }
    return {};
}

} // namespace

QStringList commandNames()
{
    QStringList names;
    for (const Command &command : commands) {
        if (!command.name.startsWith("__"_L1))
            names << command.name;
    }
    return names;
}

QString usage()
{
    return uR"(musterctl: the fleet from the shell

  musterctl [--profile FILE] [--ca-certificate FILE] [--json] COMMAND

  approvals [--state pending|rejected|all] [--text PART]
                                               keys that wait for a person
  accept ID                                    accept a key; ID is the approval's or the device's
  reject ID | reject --from ADDRESS            one key, or all that wait from an address
  devices [--state online|offline|never|ok|warning|failing] [--text PART] [--sort KEY]
  health ID [--range 1h|24h|7d|90d]            the health of a device
  watch [ID]                                   what changes in the fleet, or the live health of a device, until Ctrl+C
  containers ID                                what runs on a device
  start|stop|restart ID CONTAINER
  logs ID CONTAINER [--follow] [--tail LINES] [--since 10m]
  methods ID                                   what a device, and the workers on it, can be asked
  call ID METHOD [JSON] [--later 24h]          call a method of a device; with --later also one that is away: it is
                                               delivered when the device returns within that time, and runs once
  commands [--state open|queued|…] [--device ID] [--limit N]
  command COMMAND                              one command: who asked, what came back
  cancel COMMAND                               while it waits
  receipt COMMAND                              the device's signed answer, as a file for verify-receipt
  verify-receipt FILE [--fingerprint SHA256:…] check such a file; needs no server
  history ID [--limit N]                       what happened on a device
  sign-in-link [USER]                          make a link that signs in once
  audit [--limit N]                            who did what
  completion bash                              for  source <(musterctl completion bash)

The server and the API key are read from the profile, a JSON file {"server":"http://127.0.0.1:8420","api_key":"…"}
that --profile or MUSTER_PROFILE names; MUSTER_SERVER and MUSTER_API_KEY stand above it. Where the server's certificate is
of an authority of your own, --ca-certificate, MUSTER_CA_CERTIFICATE or "ca_certificate" names its certificate (PEM).

Exit codes: 0 done, 1 refused or failed, 2 wrong command line, 3 the server cannot be reached.
)"_s;
}

Result<Arguments> parseArguments(const QStringList &arguments)
{
    Arguments read;
    const Command *command = nullptr;
    bool onlyWords = false;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        // "-" alone and everything behind "--" are words.
        if (onlyWords || !argument.startsWith(u'-') || argument == "-"_L1) {
            if (command) {
                read.words << argument;
                continue;
            }
            const auto found = std::ranges::find(commands, argument, [](const Command &c) { return QString(c.name); });
            if (found == commands.end())
                return wrong(u"There is no command \"%1\"; musterctl --help names them"_s.arg(argument));
            command = found;
            read.command = argument;
            continue;
        }
        if (argument == "--"_L1) {
            onlyWords = true;
            continue;
        }
        if (argument == "--help"_L1 || argument == "-h"_L1) {
            read.help = true;
            continue;
        }
        if (argument == "--version"_L1) {
            read.version = true;
            continue;
        }
        if (argument == "--json"_L1) {
            read.json = true;
            continue;
        }
        if ((argument == "--follow"_L1 || argument == "-f"_L1) && command && QString(command->options).contains(" follow "_L1)) {
            read.follow = true;
            continue;
        }
        const qsizetype equals = argument.indexOf(u'=');
        const QString name = argument.mid(2, equals < 0 ? -1 : equals - 2);
        const bool known =
            argument.startsWith("--"_L1) && !name.isEmpty()
            && (name == "profile"_L1 || name == "ca-certificate"_L1 || (command && QString(command->options).contains(u' ' + name + u' ')));
        if (!known)
            return wrong(u"\"%1\" is not known here; see musterctl --help"_s.arg(argument));
        if (equals < 0 && i + 1 >= arguments.size())
            return wrong(u"%1 needs a value"_s.arg(argument));
        const QString value = equals < 0 ? arguments[++i] : argument.mid(equals + 1);
        if (name == "profile"_L1)
            read.profile = value;
        else if (name == "ca-certificate"_L1)
            read.ca = value;
        else if (const Result<void> good = readOption(read, name, value); !good)
            return std::unexpected(good.error());
    }
    if (read.help || read.version)
        return read;
    if (!command)
        return wrong(u"Say what to do; musterctl --help names the commands"_s);
    if (read.words.size() < command->least || read.words.size() > command->most)
        return wrong(u"It is used as: musterctl %1"_s.arg(command->shape));
    if (read.command == "reject"_L1 && read.words.isEmpty() == read.from.isEmpty())
        return wrong(u"It is used as: musterctl %1"_s.arg(command->shape));
    if (read.command == "completion"_L1 && read.words[0] != "bash"_L1)
        return wrong(u"There is a completion for bash only"_s);
    if (read.command == "call"_L1 && read.words.size() == 3) {
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(read.words[2].toUtf8(), &error);
        if (!document.isObject())
            return wrong(u"The parameters of %1 are not a JSON object: %2"_s.arg(
                read.words[1], error.error == QJsonParseError::NoError ? u"another value"_s : error.errorString()));
        read.params = document.object();
    }
    return read;
}

} // namespace muster::cli
