// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/signing/keys.h"
#include "server/doors/devicebudget.h"
#include "server/doors/mdash/tokenrights.h"
#include "server/store/postgres/postgresaddress.h"
#include "server/tlsfiles.h"

#include <QHostAddress>
#include <QStringList>

#include <chrono>
#include <optional>

namespace muster {

/// Where connections are taken.
struct ListenAddress
{
    QHostAddress address;
    quint16 port = 0; ///< 0: a free one
    [[nodiscard]] bool isNull() const { return address.isNull(); }
};

/// Everything that a server can be told. Read from a JSON file, the environment and flags; each later one wins.
struct Settings
{
    QString data;                                   ///< folder of the keys, and of the databases unless `database` is given
    std::optional<store::PostgresAddress> database; ///< none: SQLite files in `data`
    QString databasePasswordFile;
    qint64 epoch = 0;     ///< of the lease under which this server leads; of nobody's configuration. See store::Lease
    bool standby = false; ///< leads when another one has failed, and not before
    QHostAddress address{QHostAddress::LocalHost};
    quint16 port = 8420;                                        ///< 0: a free one
    QString tlsCertificate;                                     ///< PEM file, chain included
    QString tlsKey;                                             ///< PEM file
    QString url;                                                ///< where people reach the server, for links; empty: as it listens
    QString serverName;                                         ///< shown in the dashboard; empty: the host's
    QString authMethod = QStringLiteral("Device.Authenticate"); ///< AUTH_RPC_METHOD
    Algorithm keyAlgorithm = Algorithm::EdDSA;                  ///< of the server's key when it is made
    int ioThreads = 0;                                          ///< 0: one for each processor, 8 at most
    std::chrono::milliseconds sessionLength = std::chrono::hours(12);
    doors::DeviceBudget::Rates deviceBudget;
    bool accessTokens = false; ///< API keys may stand in the address, as `access_token`
    bool tokenDevices = true;  ///< devices that are trusted by a token are taken
    doors::TokenRights tokenRights;
    ListenAddress tokenListen;                ///< for them alone, without TLS; null: nowhere
    std::chrono::hours pendingLength{7 * 24}; ///< a key that nobody decided on, and that does not come any more
    std::chrono::days auditLength{400};       ///< the audit is kept for so long …
    int auditEntries = 200'000;               ///< … and holds so many entries, of 4 KiB at most each
    bool unrecordedChanges = false;           ///< devices may be changed while it cannot be written down
    QString readyFile;                        ///< written once the server answers; empty: none
    QString web;                              ///< folder of the browser program, which may come later; empty: none

    /// One setting's name in the file; its flag is "--name", its variable "MUSTER_NAME", with - and _ as usual there.
    struct Option
    {
        QLatin1StringView name;
        QString help;
        QString standard;
    };
    [[nodiscard]] static QList<Option> options();

    /// Reads all three sources. @param file empty for none; @param flags by option name
    /// @return InvalidParams: one line that says what is wrong and where it stands
    [[nodiscard]] static Result<Settings> read(const QString &file, const QHash<QString, QString> &flags);

    /// What is wrong with the browser program, for whoever checks a configuration: reads all of it. Nothing where none is asked for.
    [[nodiscard]] Result<void> checkWeb() const;
    /// What a start would stumble over in the file system, without a change to it: the data folder, the server's key, the ready file.
    [[nodiscard]] Result<void> checkFolders() const;

    /// Where people reach it. @param port that it listens on
    [[nodiscard]] QString publicUrl(quint16 port) const;
    /// The TLS configuration, null for plain text, and what some clients will not like about it. @return what is wrong with the files
    [[nodiscard]] Result<TlsFiles> tls() const;

private:
    [[nodiscard]] Result<void> set(QLatin1StringView name, const QString &value);
};

} // namespace muster
