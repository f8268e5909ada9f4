// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandtable.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

Word optional(Word word)
{
    word.optional = true;
    return word;
}

Option limitOption()
{
    return {.name = u"limit"_s, .value = u"N"_s, .help = u"so many, 500 at most; 50 without it"_s};
}

QList<CommandGroup> makeTable()
{
    const Word device{.shape = u"ID"_s, .offer = Offer::Devices};
    const Word approval{.shape = u"ID"_s, .offer = Offer::Approvals};
    const Word container{.shape = u"CONTAINER"_s, .offer = Offer::Containers};
    const Word user{.shape = u"NAME"_s, .offer = Offer::Users};
    const QStringList roles{u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s};
    const Word command{.shape = u"COMMAND"_s, .offer = Offer::Commands};
    const Word bulk{.shape = u"BULK"_s};

    return {
        {u"Keys of devices"_s,
         {{.name = u"approvals"_s,
           .words = {},
           .options =
               {{.name = u"state"_s, .value = {}, .help = u"pending without it"_s, .choices = {u"pending"_s, u"rejected"_s, u"all"_s}},
                {.name = u"text"_s, .value = u"PART"_s, .help = u"of the id, the address or the fingerprint"_s}},
           .help = u"keys that wait for a person"_s},
          {.name = u"accept"_s, .words = {approval}, .options = {}, .help = u"accept a key; ID is the approval's or the device's"_s},
          {.name = u"reject"_s,
           .words = {optional(approval)},
           .options = {{.name = u"from"_s, .value = u"ADDRESS"_s, .help = u"all that wait from there; of IPv6 from its /64"_s}},
           .help = u"one key, or all that wait from an address"_s,
           .shapes = u"reject ID | reject --from ADDRESS"_s}}},
        {u"Devices"_s,
         {{.name = u"devices"_s,
           .words = {},
           .options = {{.name = u"state"_s,
                        .value = u"STATE"_s,
                        .help = u"only those"_s,
                        .choices = {u"online"_s, u"offline"_s, u"never"_s, u"ok"_s, u"warning"_s, u"failing"_s}},
                       {.name = u"text"_s, .value = u"PART"_s, .help = u"of the id, model, system or address"_s},
                       {.name = u"sort"_s,
                        .value = u"KEY"_s,
                        .help = u"with - in front the largest first"_s,
                        .choices = {u"name"_s, u"state"_s, u"evidence"_s, u"cpu"_s, u"memory"_s, u"disk"_s, u"-name"_s, u"-state"_s,
                                    u"-evidence"_s, u"-cpu"_s, u"-memory"_s, u"-disk"_s}}},
           .help = u"all devices that were accepted"_s},
          {.name = u"health"_s,
           .words = {device},
           .options = {{.name = u"range"_s,
                        .value = u"TIME"_s,
                        .help = u"so far back, as 1h, 24h or 7d; an hour without it"_s,
                        .examples = {u"1h"_s, u"24h"_s, u"7d"_s, u"90d"_s}}},
           .help = u"the health of a device"_s},
          {.name = u"watch"_s,
           .words = {optional(device)},
           .options = {},
           .help = u"what changes in the fleet, or the live health of a device, until Ctrl+C"_s},
          {.name = u"shadow"_s,
           .words = {device},
           .options =
               {{.name = u"set"_s, .value = u"NAME=VALUE"_s, .help = u"want that, as light.on=true; null takes it back; more than once"_s},
                {.name = u"if-version"_s, .value = u"N"_s, .help = u"only where nobody changed it since version N"_s},
                {.name = u"watch"_s, .value = {}, .help = u"show it again when it changes, until Ctrl+C"_s}},
           .help = u"what is wanted of a device, what it reports, and what differs"_s,
           .more = u"VALUE is JSON, or a text. A JSON object in the place of NAME=VALUE is a merge patch (RFC 7396), for names with dots "
                   u"in them too. "
                   "A device that is away is told when it is back."_s},
          {.name = u"history"_s, .words = {device}, .options = {limitOption()}, .help = u"what happened on a device"_s},
          {.name = u"device add"_s,
           .words = {{.shape = u"ID"_s, .optional = true}},
           .options = {{.name = u"name"_s, .value = u"NAME"_s, .help = u"what people call it; its id without it"_s}},
           .help = u"make a device that shows a token (mDash, Mongoose OS); the token is printed this once"_s,
           .more = u"Without ID it gets a random one. The token alone goes to standard output. It proves less than a key: whoever has it "
                   u"is taken for the device. The device takes it as dash.token, and ws(s)://HOST/api/v2/rpc as dash.server."_s},
          {.name = u"device token"_s,
           .words = {device},
           .options = {{.name = u"revoke"_s, .value = {}, .help = u"take it back and give none: the device cannot come any more"_s}},
           .help = u"give a device another token, printed this once; the old one ends at once"_s},
          {.name = u"device rename"_s,
           .words = {device, {.shape = u"NAME"_s}},
           .options = {},
           .help = u"call a device something else; its id stays"_s},
          {.name = u"forget"_s,
           .words = {device},
           .options = {},
           .help = u"take a device's key or token away, and all that was kept of it"_s,
           .more = u"Its commands and their receipts stay, and so does the audit. It comes back as one that was never seen."_s}}},
        {u"Containers"_s,
         {{.name = u"containers"_s, .words = {device}, .options = {}, .help = u"what runs on a device"_s},
          {.name = u"start"_s, .words = {device, container}, .options = {}, .help = u"start a container"_s},
          {.name = u"stop"_s, .words = {device, container}, .options = {}, .help = u"stop a container"_s},
          {.name = u"restart"_s, .words = {device, container}, .options = {}, .help = u"stop it and start it again"_s},
          {.name = u"logs"_s,
           .words = {device, container},
           .options = {{.name = u"follow"_s, .value = {}, .help = u"go on with what comes, until Ctrl+C"_s, .letter = u"f"_s},
                       {.name = u"tail"_s, .value = u"LINES"_s, .help = u"the last so many; 100 without it"_s},
                       {.name = u"since"_s,
                        .value = u"TIME"_s,
                        .help = u"from so long ago on, as 10m"_s,
                        .examples = {u"10m"_s, u"1h"_s, u"24h"_s}}},
           .help = u"what a container prints"_s}}},
        {u"Methods and commands"_s,
         {{.name = u"methods"_s, .words = {device}, .options = {}, .help = u"what a device, and the workers on it, can be asked"_s},
          {.name = u"call"_s,
           .words = {device, {.shape = u"METHOD"_s, .offer = Offer::Methods}, {.shape = u"JSON"_s, .optional = true}},
           .options = {{.name = u"later"_s,
                        .value = u"TIME"_s,
                        .help = u"deliver it within that time, as 24h; 30 days at most"_s,
                        .examples = {u"1h"_s, u"24h"_s, u"7d"_s}}},
           .help = u"call a method of a device; with --later also one that is away"_s,
           .more = u"JSON is an object of the method's parameters. With --later the call becomes a command: it is delivered when the "
                   "device returns within that time, runs once, and leaves a receipt."_s},
          {.name = u"commands"_s,
           .words = {},
           .options = {{.name = u"state"_s,
                        .value = u"STATE"_s,
                        .help = u"only those"_s,
                        .choices = {u"open"_s, u"queued"_s, u"sent"_s, u"running"_s, u"done"_s, u"failed"_s, u"expired"_s, u"cancelled"_s}},
                       {.name = u"device"_s, .value = u"ID"_s, .help = u"only those of one device"_s, .offer = Offer::Devices},
                       limitOption()},
           .help = u"what was asked, and what came of it"_s},
          {.name = u"command"_s, .words = {command}, .options = {}, .help = u"one command: who asked, what came back"_s},
          {.name = u"cancel"_s, .words = {command}, .options = {}, .help = u"take a command back while it waits"_s},
          {.name = u"bulk"_s,
           .words = {bulk},
           .options = {},
           .help = u"how far the commands of a call to many are"_s,
           .more = u"BULK stands with each of its commands (musterctl command COMMAND)."_s},
          {.name = u"bulk cancel"_s, .words = {bulk}, .options = {}, .help = u"take back those of its commands that were not sent yet"_s},
          {.name = u"bulk again"_s,
           .words = {bulk, {.shape = u"COUNT"_s}},
           .options = {},
           .help = u"the same call where it failed; COUNT says how many those are"_s},
          {.name = u"receipt"_s, .words = {command}, .options = {}, .help = u"the device's signed answer, as a file for verify-receipt"_s},
          {.name = u"verify-receipt"_s,
           .words = {{.shape = u"FILE"_s, .offer = Offer::Files}},
           .options = {{.name = u"fingerprint"_s, .value = u"SHA256:…"_s, .help = u"of the device's key, from a source that is trusted"_s}},
           .help = u"check the file of a receipt; needs no server"_s}}},
        {u"People"_s,
         {{.name = u"sign-in-link"_s,
           .words = {{.shape = u"USER"_s, .offer = Offer::Users, .optional = true}},
           .options = {},
           .help = u"make a link that signs in once, within an hour"_s},
          {.name = u"users"_s, .words = {}, .options = {}, .help = u"all accounts"_s},
          {.name = u"user add"_s,
           .words = {{.shape = u"NAME"_s}},
           .options = {{.name = u"role"_s, .value = {}, .help = u"what the account may do"_s, .choices = roles, .required = true},
                       {.name = u"password-stdin"_s, .value = {}, .help = u"the first line of standard input is the password"_s}},
           .help = u"add an account; without a password it signs in by link"_s},
          {.name = u"user role"_s,
           .words = {user, {.shape = u"ROLE"_s, .choices = roles}},
           .options = {},
           .help = u"give an account another role: customer, viewer, operator or admin"_s},
          {.name = u"user remove"_s, .words = {user}, .options = {}, .help = u"remove an account, its sessions and its API keys"_s},
          {.name = u"sessions"_s, .words = {}, .options = {}, .help = u"who is signed in; for those who do not manage people, their own"_s},
          {.name = u"session end"_s,
           .words = {{.shape = u"ID"_s, .offer = Offer::Sessions}},
           .options = {},
           .help = u"end a session at once"_s},
          {.name = u"keys"_s, .words = {}, .options = {}, .help = u"all API keys, without their secrets"_s},
          {.name = u"key add"_s,
           .words = {{.shape = u"NAME"_s}},
           .options = {{.name = u"user"_s, .value = u"USER"_s, .help = u"whose key; one's own without it"_s, .offer = Offer::Users},
                       {.name = u"days"_s,
                        .value = u"N"_s,
                        .help = u"good for so long; until it is removed without it"_s,
                        .examples = {u"30"_s, u"90"_s, u"365"_s}}},
           .help = u"make an API key; it is printed this once"_s,
           .more = u"The key alone goes to standard output. It may do what its account may."_s},
          {.name = u"key remove"_s,
           .words = {{.shape = u"ID"_s, .offer = Offer::Keys}},
           .options = {},
           .help = u"remove an API key; it ends at once"_s},
          {.name = u"audit"_s, .words = {}, .options = {limitOption()}, .help = u"who did what"_s}}},
        {u"The server"_s, {{.name = u"backup"_s, .words = {}, .options = {}, .help = u"have it write a backup, and say where"_s}}},
        {u"musterctl itself"_s,
         {{.name = u"help"_s,
           .words = {{.shape = u"COMMAND"_s, .offer = Offer::CommandNames, .optional = true}},
           .options = {},
           .help = u"this text, or the help of one command; so does COMMAND --help"_s},
          {.name = u"version"_s, .words = {}, .options = {}, .help = u"which one this is"_s},
          {.name = u"completion"_s,
           .words = {{.shape = u"bash"_s, .choices = {u"bash"_s}}},
           .options = {},
           .help = u"for  source <(musterctl completion bash)"_s}}},
    };
}

} // namespace

QString Option::shape() const
{
    if (isFlag())
        return u"--"_s + name;
    return u"--%1 %2"_s.arg(name, value.isEmpty() ? choices.join(u'|') : value);
}

QString Command::shape() const
{
    if (!shapes.isEmpty())
        return shapes;
    QString text = name;
    for (const Word &word : words)
        text += word.optional ? u" [%1]"_s.arg(word.shape) : u' ' + word.shape;
    for (const Option &option : options)
        text += option.required ? u' ' + option.shape() : u" [%1]"_s.arg(option.shape());
    return text;
}

qsizetype Command::fewestWords() const
{
    return std::ranges::count_if(words, [](const Word &word) { return !word.optional; });
}

const Option *Command::option(const QString &wanted) const
{
    const auto found = std::ranges::find_if(
        options, [&wanted](const Option &option) { return option.name == wanted || (!wanted.isEmpty() && option.letter == wanted); });
    return found == options.end() ? nullptr : &*found;
}

const QList<CommandGroup> &commandTable()
{
    static const QList<CommandGroup> table = makeTable();
    return table;
}

const QList<Option> &commonOptions()
{
    static const QList<Option> options{
        {.name = u"json"_s, .value = {}, .help = u"for programs, instead of tables"_s},
        {.name = u"profile"_s, .value = u"FILE"_s, .help = u"names the server and holds the API key"_s, .offer = Offer::Files},
        {.name = u"server"_s,
         .value = u"URL"_s,
         .help = u"instead of the profile's; several, with commas or this once more, are of one fleet"_s},
        {.name = u"ca-certificate"_s,
         .value = u"FILE"_s,
         .help = u"of the authority of the server's certificate (PEM)"_s,
         .offer = Offer::Files},
        {.name = u"help"_s, .value = {}, .help = u"what the command takes; nothing is done"_s, .letter = u"h"_s},
    };
    return options;
}

const Command &idsCommand()
{
    static const Command ids{.name = u"__ids"_s,
                             .words = {{.shape = u"KIND"_s,
                                        .choices = {u"devices"_s, u"approvals"_s, u"containers"_s, u"methods"_s, u"commands"_s, u"users"_s,
                                                    u"sessions"_s, u"keys"_s}},
                                       {.shape = u"DEVICE"_s, .optional = true}},
                             .options = {},
                             .help = {}};
    return ids;
}

const Command *findCommand(const QString &name)
{
    for (const CommandGroup &group : commandTable()) {
        const auto found = std::ranges::find(group.commands, name, &Command::name);
        if (found != group.commands.end())
            return &*found;
    }
    return name == idsCommand().name ? &idsCommand() : nullptr;
}

QList<Command> commandsBelow(const QString &name)
{
    QList<Command> below;
    for (const CommandGroup &group : commandTable()) {
        for (const Command &one : group.commands) {
            if (one.name == name || one.name.startsWith(name + u' '))
                below << one;
        }
    }
    return below;
}

} // namespace muster::cli
