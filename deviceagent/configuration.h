// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/bus/natsclient.h"
#include "protocol/signing/keys.h"

#include <QProcessEnvironment>
#include <QUrl>

namespace muster::agent {

/// Everything that can be set. Each value comes from the first of: flag, environment, file, default.
struct Configuration
{
    QList<QUrl> servers; ///< of one fleet, the first to be tried first
    QString deviceId;    ///< empty: the one that is kept in the data folder, see keptDeviceId()
    QString keyPath;
    /// What the server's public key begins with where it is given instead of a file: base64 of its SubjectPublicKeyInfo (RFC 5280 section 4.1).
    static constexpr QLatin1StringView inlineKey{"spki:"};
    QString cloudKeyPath; ///< or the key itself, see inlineKey
    QString dataPath;
    QString policyPath; ///< empty: everything is permitted
    QString authMethod;
    QStringList temperatureExclude; ///< sensors that nobody believes, see Thermometers
    QStringList diskExclude;        ///< mount points that nobody wants to hear of
    QStringList containerSockets;   ///< where to look for a container engine
    QString rebootCommand;          ///< what starts the machine anew, with its arguments; empty: the server cannot
    NatsClient::Options nats;       ///< the bus; an empty URL: none
    QString natsPrefix;
    QString caPath;                         ///< empty: the system's certificate authorities
    Algorithm algorithm = Algorithm::EdDSA; ///< of a key that has to be made
};

/// What was asked for on the command line.
struct CommandLine
{
    enum class Command { Run, Fingerprint, Help, Version };

    Command command = Command::Help;
    bool asJson = false;
    QString helpText;
    Configuration configuration;
};

/// Reads all sources and checks every value.
/// @param arguments without the program's name
/// @param root the folder that holds /etc; empty but for tests
/// @return InvalidParams: one line that says what is wrong and where it came from
[[nodiscard]] Result<CommandLine> readConfiguration(const QStringList &arguments, const QProcessEnvironment &environment,
                                                    const QString &root = {});

} // namespace muster::agent
