// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sql.h"

#include <QJsonDocument>
#include <QSqlError>
#include <QSqlRecord>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

QString toColumn(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject objectFromColumn(const QVariant &column)
{
    return QJsonDocument::fromJson(column.toByteArray()).object();
}

Result<QSqlQuery *> Sql::run(const QString &text, const Row &values)
{
    auto found = m_prepared.find(text);
    if (found == m_prepared.end()) {
        QSqlQuery prepared(QSqlDatabase::database(m_connection, false));
        prepared.setForwardOnly(true);
        if (!prepared.prepare(text))
            return failure(InternalError, u"database: %1"_s.arg(prepared.lastError().text()), text);
        found = m_prepared.emplace(text, std::move(prepared)).first;
    }
    QSqlQuery &query = found->second;
    for (qsizetype i = 0; i < values.size(); ++i) {
        // QtSql binds a null QString as NULL; here only an invalid QVariant means NULL.
        const QVariant &value = values.at(i);
        const bool emptyText = value.typeId() == QMetaType::QString && value.toString().isNull();
        query.bindValue(static_cast<int>(i), emptyText ? QVariant(u""_s) : value);
    }
    if (!query.exec()) {
        const QString native = query.lastError().nativeErrorCode();
        const QString said = query.lastError().text();
        query.finish();
        // SQLITE_FULL and SQLITE_IOERR come and go with the disk; the caller may try again.
        if (native == "13"_L1 || native.startsWith("10"_L1))
            return failure(Unavailable, u"database: %1 (is the disk full?)"_s.arg(said));
        return failure(InternalError, u"database: %1"_s.arg(said), text);
    }
    return &query;
}

Result<QList<Row>> Sql::query(const QString &text, const Row &values)
{
    const auto ran = run(text, values);
    if (!ran)
        return std::unexpected(ran.error());
    QSqlQuery &query = **ran;
    QList<Row> rows;
    const int columns = query.record().count();
    while (query.next()) {
        Row row;
        row.reserve(columns);
        for (int i = 0; i < columns; ++i)
            row.append(query.value(i));
        rows.append(std::move(row));
    }
    query.finish();
    return rows;
}

Result<int> Sql::execute(const QString &text, const Row &values)
{
    const auto ran = run(text, values);
    if (!ran)
        return std::unexpected(ran.error());
    const int changed = (*ran)->numRowsAffected();
    m_lastInsertId = (*ran)->lastInsertId().toLongLong();
    (*ran)->finish();
    return changed;
}

} // namespace muster::store
