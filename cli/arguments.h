// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QJsonObject>
#include <QStringList>

namespace muster::cli {

/// Exit codes, published in the help text.
enum ExitCode : int {
    Done = 0,
    Failed = 1,      ///< refused, or it did not work
    Misused = 2,     ///< the command line is wrong
    Unreachable = 3, ///< no server answered
};

/// What the command line asks for.
struct Arguments
{
    QString profile;            ///< --profile; empty: the environment says
    QStringList servers;        ///< --server, each as it was given; empty: the profile or the environment says
    QString ca;                 ///< --ca-certificate; empty: the profile or the environment says
    bool json = false;          ///< --json
    QString command;            ///< "approvals", …; with help what is asked about, empty for all
    QStringList words;          ///< what stands behind the command, options taken out
    QString state;              ///< --state of devices, approvals and commands
    QString text;               ///< --text of devices and approvals
    QString from;               ///< --from of reject: an address
    QString sort;               ///< --sort of devices
    qint64 rangeMs = 0;         ///< --range of health; 0: an hour
    int limit = 0;              ///< --limit of audit, commands and history; 0: 50
    QJsonObject params;         ///< of call
    qint64 laterMs = 0;         ///< --later of call: how long it may wait for the device; 0: not at all
    QString device;             ///< --device of commands
    bool follow = false;        ///< --follow of logs
    int tail = -1;              ///< --tail of logs, lines; -1: 100
    qint64 sinceMs = 0;         ///< --since of logs, how long ago; 0: as many as tail says
    QJsonObject set;            ///< --set of shadow: a merge patch
    int ifVersion = 0;          ///< --if-version of shadow; 0: whatever there is
    bool watch = false;         ///< --watch of shadow
    QString fingerprint;        ///< --fingerprint of verify-receipt
    QString name;               ///< --name of device add
    bool revoke = false;        ///< --revoke of device token
    QString role;               ///< --role of user add
    QString user;               ///< --user of key add
    int days = 0;               ///< --days of key add; 0: until it is removed
    bool takesPassword = false; ///< --password-stdin of user add
    QString password;           ///< what was read there (main.cpp)
    bool help = false;
    bool version = false;
};

/// By the table of commands (commandtable.h).
/// @param arguments without the program's name
/// @return what they ask for, or InvalidParams in one sentence.
[[nodiscard]] Result<Arguments> parseArguments(const QStringList &arguments);

} // namespace muster::cli
