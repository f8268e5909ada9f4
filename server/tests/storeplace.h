// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/postgres/postgresdialect.h"
#include "server/store/sqlite/sqlitedialect.h"
#include "tests/support/postgresserver.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QSet>

namespace muster::test {

/// Whether this run of a test is the one with PostgreSQL.
inline bool onPostgres()
{
    return qEnvironmentVariableIsSet("MUSTER_TEST_POSTGRES");
}

/// The address of a database for the stores of one folder: made when it is first asked for.
inline store::PostgresAddress addressFor(const QString &folder)
{
    static QSet<QString> made;
    const QString name = QStringLiteral("t")
                         + QString::fromLatin1(QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha1).toHex().first(12));
    PostgresServer &server = PostgresServer::shared();
    if (!made.contains(name))
        (void)server.makeDatabase(name);
    made << name;
    return store::PostgresAddress::parse(server.url(name)).value();
}

/// Where a store is that a test wants in a file of this name: in the file, or in PostgreSQL, where each folder is a database and each file a
/// schema.
inline std::shared_ptr<const store::Dialect> placeOf(const QString &path, store::Durability durability = store::Durability::Full)
{
    if (!onPostgres())
        return std::make_shared<store::SqliteDialect>(path, durability);
    const QFileInfo file(path);
    return std::make_shared<store::PostgresDialect>(addressFor(file.path()), file.completeBaseName(), durability);
}

} // namespace muster::test
