// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/signing/keys.h"

#include <QStringList>
#include <QUrl>

namespace muster::simulator {

/// What was asked for on the command line.
struct Options
{
    int devices = 0;
    QUrl server;
    QList<QUrl> others; ///< of servers that share a database with that one
    PublicKey cloudKey;
    QString caPath;
    QString prefix;
    QString keysPath; ///< keeps keys over runs; empty: new ones each time
    Algorithm algorithm = Algorithm::EdDSA;
    int distinctKeys = 0;       ///< devices share keys above this
    double rate = 0;            ///< calls a second, all devices together
    bool isRateEndless = false; ///< each device calls again as soon as it has its answer
    double reportEvery = 300;   ///< seconds between a device's health batches; 0: none
    int batch = 0;              ///< samples in each; 0: one for every ten seconds
    double connectRate = 500;   ///< new connections a second
    double duration = 0;        ///< seconds after all are connected; 0: until a signal
    int threads = 1;
    QString profilePath; ///< accepts all keys through the operator API
    bool asJson = false;
    bool isVerbose = false;
};

/// @return the options, InvalidParams with one line that says what is wrong, or code 0 with the help text
[[nodiscard]] Result<Options> readOptions(const QStringList &arguments);

} // namespace muster::simulator
