// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completion.h"

#include "cli/arguments.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

QString bashCompletion()
{
    return uR"BASH(# bash completion of musterctl: source <(musterctl completion bash)
_musterctl() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= position=0 i profile=() choices=
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --profile | --ca-certificate) profile+=("${COMP_WORDS[i]}" "${COMP_WORDS[i+1]}"); ((i++)) ;;
            --state | --text | --sort | --range | --limit | --later | --device | --tail | --since | --fingerprint) ((i++)) ;;
            -*) ;;
            *) if [ -z "$command" ]; then command=${COMP_WORDS[i]}; else ((position++)); fi ;;
        esac
    done
    case $previous in
        --profile | --ca-certificate) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --state)
            case $command in
                approvals) choices='pending rejected all' ;;
                commands) choices='open queued sent running done failed expired cancelled' ;;
                *) choices='online offline never ok warning failing' ;;
            esac ;;
        --sort) choices='name state evidence cpu memory disk -name -state -evidence -cpu -memory -disk' ;;
        --range) choices='1h 24h 7d 90d' ;;
        --later) choices='1h 24h 7d' ;;
        --since) choices='10m 1h 24h' ;;
        --device) choices=$("${COMP_WORDS[0]}" "${profile[@]}" __ids devices 2>/dev/null) ;;
        --text | --limit | --tail | --fingerprint) return ;;
        *)
            case $current in
                -*)
                    choices='--json --profile --ca-certificate --help'
                    case $command in
                        '') choices+=' --version' ;;
                        approvals) choices+=' --state' ;;
                        devices) choices+=' --state --text --sort' ;;
                        health) choices+=' --range' ;;
                        audit | history) choices+=' --limit' ;;
                        call) choices+=' --later' ;;
                        logs) choices+=' --follow --tail --since' ;;
                        commands) choices+=' --state --device --limit' ;;
                        verify-receipt) choices+=' --fingerprint' ;;
                    esac ;;
                *)
                    case $command in
                        '') choices='%1' ;;
                        accept | reject) [ $position -gt 0 ] || choices=$("${COMP_WORDS[0]}" "${profile[@]}" __ids approvals 2>/dev/null) ;;
                        health | watch | call | containers | logs | start | stop | restart | methods | history)
                            [ $position -gt 0 ] || choices=$("${COMP_WORDS[0]}" "${profile[@]}" __ids devices 2>/dev/null) ;;
                        verify-receipt) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
                        completion) choices=bash ;;
                    esac ;;
            esac ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$current")
}
complete -F _musterctl musterctl
)BASH"_s.arg(commandNames().join(u' '));
}

} // namespace muster::cli
