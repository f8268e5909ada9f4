// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completion.h"

#include "cli/commandtable.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

/// All that is typed as a command's first word.
QStringList firstWords()
{
    QStringList words;
    for (const CommandGroup &group : commandTable()) {
        for (const Command &command : group.commands)
            words << command.name.section(u' ', 0, 0);
    }
    words.removeDuplicates();
    return words;
}

/// First words that a second one belongs to, with all of those.
QList<std::pair<QString, QStringList>> pairs()
{
    QList<std::pair<QString, QStringList>> found;
    for (const QString &first : firstWords()) {
        QStringList seconds;
        for (const Command &command : commandsBelow(first)) {
            if (command.name.contains(u' '))
                seconds << command.name.section(u' ', 1);
        }
        if (!seconds.isEmpty())
            found.append({first, seconds});
    }
    return found;
}

/// What the script does to offer it: sets `choices`, or `offer`, which is asked of musterctl.
QString offering(Offer offer)
{
    switch (offer) {
    case Offer::Devices: return u"offer=(devices)"_s;
    case Offer::Approvals: return u"offer=(approvals)"_s;
    // Of the device that stands before it.
    case Offer::Containers: return u"offer=(containers \"${words[0]}\")"_s;
    case Offer::Methods: return u"offer=(methods \"${words[0]}\")"_s;
    case Offer::Commands: return u"offer=(commands)"_s;
    case Offer::Users: return u"offer=(users)"_s;
    case Offer::Sessions: return u"offer=(sessions)"_s;
    case Offer::Keys: return u"offer=(keys)"_s;
    case Offer::Files: return u"offer=(files)"_s;
    case Offer::CommandNames: return u"choices='%1'"_s.arg(firstWords().join(u' '));
    case Offer::Nothing: break;
    }
    return u"return"_s;
}

QString offering(const QStringList &values, Offer offer)
{
    return values.isEmpty() ? offering(offer) : u"choices='%1'"_s.arg(values.join(u' '));
}

/// The branches of a `case`, a line each.
class Branches
{
public:
    explicit Branches(int indent)
        : m_indent(indent, u' ')
    {
    }
    void add(const QString &pattern, const QString &action) { m_text += m_indent + pattern + u") "_s + action + u" ;;\n"_s; }
    [[nodiscard]] QString text() const { return m_text.chopped(1); }

private:
    QString m_indent;
    QString m_text;
};

QString optionNames(const QList<Option> &options)
{
    QStringList names;
    for (const Option &option : options)
        names << u"--"_s + option.name;
    return names.join(u' ');
}

/// What stands behind options. @param command whose they are; empty: everybody's
void addValues(Branches &values, QStringList &taking, const QString &command, const QList<Option> &options)
{
    for (const Option &option : options) {
        if (option.isFlag())
            continue;
        taking << u"--"_s + option.name;
        values.add(command.isEmpty() ? u"*' --%1'"_s.arg(option.name) : u"'%1 --%2'"_s.arg(command, option.name),
                   offering(option.choices.isEmpty() ? option.examples : option.choices, option.offer));
    }
}

} // namespace

QString bashCompletion()
{
    QStringList taking; // options that a value follows
    Branches values(8);
    Branches options(24);
    Branches words(20);
    addValues(values, taking, {}, commonOptions());
    taking.clear(); // those are passed on
    for (const CommandGroup &group : commandTable()) {
        for (const Command &command : group.commands) {
            addValues(values, taking, command.name, command.options);
            if (!command.options.isEmpty())
                options.add(u'\'' + command.name + u'\'', u"choices+=' %1'"_s.arg(optionNames(command.options)));
            for (qsizetype i = 0; i < command.words.size(); ++i)
                words.add(u"'%1:%2'"_s.arg(command.name).arg(i), offering(command.words[i].choices, command.words[i].offer));
        }
    }
    taking.removeDuplicates();
    QStringList firsts;
    for (const auto &[first, seconds] : pairs()) {
        words.add(u"'%1:0'"_s.arg(first), offering(seconds, Offer::Nothing));
        firsts << first;
    }
    return uR"BASH(# bash completion of musterctl: source <(musterctl completion bash)
_musterctl() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= i words=() profile=() choices= offer=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --profile | --server | --ca-certificate) profile+=("${COMP_WORDS[i]}" "${COMP_WORDS[i+1]}"); ((i++)) ;;
            %1) ((i++)) ;;
            -*) ;;
            *)
                case $command in
                    '') command=${COMP_WORDS[i]} ;;
                    %2) command+=" ${COMP_WORDS[i]}" ;;
                    *) words+=("${COMP_WORDS[i]}") ;;
                esac ;;
        esac
    done
    case "$command $previous" in
%3
        *)
            case $current in
                -*)
                    choices='%4'
                    case $command in
                        '') choices+=' --version' ;;
%5
                    esac ;;
                *)
                    case "$command:${#words[@]}" in
                    ':0') choices='%6' ;;
%7
                    esac ;;
            esac ;;
    esac
    if [ "${offer[0]}" = files ]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
    fi
    [ ${#offer[@]} -eq 0 ] || choices=$("${COMP_WORDS[0]}" "${profile[@]}" __ids "${offer[@]}" 2>/dev/null)
    mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$current")
}
complete -F _musterctl musterctl
)BASH"_s.arg(taking.join(u" | "_s), firsts.join(u" | "_s), values.text(), optionNames(commonOptions()), options.text(),
             firstWords().join(u' '), words.text());
}

} // namespace muster::cli
