// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QString>
#include <QUrl>

namespace muster::store {

/// Where a PostgreSQL database is and how to get in: a URI as libpq knows it
/// (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS), without a password.
struct PostgresAddress
{
    QString host; ///< name, address, or the folder of a socket; empty: libpq's own way (PGHOST)
    int port = 0; ///< 0: libpq's own (PGPORT, 5432)
    QString database;
    QString user;     ///< empty: libpq's own (PGUSER, the system's name)
    QString password; ///< of the file that the settings name; empty: libpq's own way (PGPASSFILE, ~/.pgpass)
    QString options;  ///< what else libpq is told (sslmode=…), in QSqlDatabase's form

    /// @param uri postgresql://[USER@][HOST[:PORT]]/DATABASE[?OPTION=VALUE&…]
    /// @return InvalidParams: what is wrong with it. A password in it is refused, since it would be seen in the list of processes
    [[nodiscard]] static Result<PostgresAddress> parse(const QString &uri);
    /// Reads `password` from a file whose first line is the password. @return InvalidParams: the file cannot be read, or others may read it
    [[nodiscard]] Result<void> readPassword(const QString &file);

    /// Whether both name the same database, as far as names tell.
    [[nodiscard]] bool isSame(const PostgresAddress &other) const
    {
        return host == other.host && port == other.port && database == other.database;
    }

    /// For people: without options.
    [[nodiscard]] QString toString() const;
    /// Whether a text begins as such a URI does.
    [[nodiscard]] static bool isOne(const QString &text);
};

} // namespace muster::store
