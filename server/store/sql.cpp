// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sql.h"

#include <QJsonDocument>
#include <QSqlError>
#include <QSqlRecord>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

/// SQLite's result codes (https://sqlite.org/rescode.html). The low byte is the code; what stands above it only says more.
enum SqliteCode : int { Busy = 5, Locked = 6, NoMemory = 7, ReadOnly = 8, Interrupted = 9, IoError = 10, Full = 13, CannotOpen = 14 };

int primaryCode(const QSqlError &error)
{
    return error.nativeErrorCode().toInt() & 0xff;
}

/// It is not the statement that is wrong but the file, the disk or the machine: it may be well again later.
bool isOfTheFile(int code)
{
    return code == Busy || code == Locked || code == NoMemory || code == ReadOnly || code == IoError || code == Full || code == CannotOpen;
}

/// After these SQLite may have ended the transaction by itself (https://sqlite.org/lang_transaction.html, section 3).
bool mayEndTransaction(int code)
{
    return code == Busy || code == NoMemory || code == Interrupted || code == IoError || code == Full;
}

} // namespace

QString toColumn(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject objectFromColumn(const QVariant &column)
{
    return QJsonDocument::fromJson(column.toByteArray()).object();
}

Error Sql::errorOf(const QSqlQuery &query, const QString &text)
{
    const int code = primaryCode(query.lastError());
    const QString said = query.lastError().text();
    Error error{.code = InternalError, .message = u"database: %1"_s.arg(said), .detail = text};
    if (isOfTheFile(code)) {
        const QString hint = code == IoError || code == Full ? u" (is the disk full?)"_s : QString();
        error = {.code = Unavailable, .message = u"database: %1%2"_s.arg(said, hint)};
        m_fault = error;
    }
    if (m_inTransaction && mayEndTransaction(code))
        m_lost = error;
    return error;
}

Result<void> Sql::begin(bool toWrite)
{
    if (m_inTransaction)
        rollBack();
    if (const auto begun = execute(toWrite ? u"BEGIN IMMEDIATE"_s : u"BEGIN"_s); !begun)
        return std::unexpected(begun.error());
    m_inTransaction = true;
    return {};
}

Result<void> Sql::commit()
{
    const auto committed = execute(u"COMMIT"_s);
    if (committed) {
        m_inTransaction = false;
        return {};
    }
    rollBack();
    return std::unexpected(committed.error());
}

void Sql::rollBack()
{
    m_lost.reset();
    (void)execute(u"ROLLBACK"_s); // fails where SQLite did it already
    m_lost.reset();
    m_inTransaction = false;
}

Result<QSqlQuery *> Sql::run(const QString &text, const Row &values)
{
    // Without its transaction a statement would be committed at once, apart from all that was taken back.
    if (m_lost)
        return std::unexpected(*m_lost);
    auto found = m_prepared.find(text);
    if (found == m_prepared.end()) {
        QSqlQuery prepared(QSqlDatabase::database(m_connection, false));
        prepared.setForwardOnly(true);
        if (!prepared.prepare(text))
            return std::unexpected(errorOf(prepared, text)); // it reads the schema, and so the file
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
        Error error = errorOf(query, text);
        query.finish();
        return std::unexpected(std::move(error));
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
    // The rows may also have ended because the next one could not be read, or what RETURNING tells of not be written.
    if (query.lastError().isValid()) {
        Error error = errorOf(query, text);
        query.finish();
        return std::unexpected(std::move(error));
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
