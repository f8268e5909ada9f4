// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/connection.h"

#include <QUuid>

namespace muster::store {

Connection::Connection(const Dialect &dialect, bool readOnly)
    : m_name(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_sql(m_name, dialect)
{
    QSqlDatabase handle = QSqlDatabase::addDatabase(dialect.driver(), m_name);
    dialect.configure(handle, readOnly);
}

Connection::~Connection()
{
    m_sql.clear();
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

Result<void> Connection::open()
{
    QSqlDatabase handle = QSqlDatabase::database(m_name, false);
    m_sql.clear();
    handle.close();
    m_sql.reopened();
    if (handle.open())
        return {};
    const Failure why = m_sql.dialect().judge(handle.lastError());
    return failure(why.refuses ? Conflict : Unavailable, why.said);
}

} // namespace muster::store
