// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sql.h"

#include "protocol/rpc/readjson.h"

#include <QJsonDocument>
#include <QLoggingCategory>
#include <QSqlError>
#include <QSqlRecord>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

Q_LOGGING_CATEGORY(logSql, "muster.store")

constexpr qsizetype mostTold = 100;

} // namespace

QString toColumn(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject objectFromColumn(const QVariant &column)
{
    return readJson(column.toByteArray()).object();
}

Error Sql::errorOf(const QSqlQuery &query, const QString &text)
{
    const Failure failure = m_dialect.judge(query.lastError());
    const QString &said = failure.said;
    Error error{.code = InternalError, .message = u"database: %1"_s.arg(said)};
    m_failures += failure.ofData ? 0 : 1;
    if (failure.ofStore) {
        error = {.code = Unavailable, .message = u"database: %1%2"_s.arg(said, failure.hint)};
        m_fault = error;
    } else if (!failure.ofData && m_tells && m_told.size() < mostTold && !m_told.contains(text) && !text.startsWith("ROLLBACK"_L1)) {
        // Nothing outside is wrong, so this program is: once for each statement, because a metric counts them. What is taken back may be gone.
        m_told.insert(text);
        qCWarning(logSql).noquote() << m_dialect.label() << "refused a statement:" << said << "in:" << text;
    }
    if (m_inTransaction && failure.endsTransaction)
        m_lost = error;
    m_isLost = m_isLost || failure.endsConnection;
    m_mayPassNow = m_mayPassNow || failure.mayPassNow;
    return error;
}

void Sql::clear()
{
    m_prepared.clear();
    m_direct.reset();
}

void Sql::reopened()
{
    clear();
    m_isLost = false;
    m_inTransaction = false;
    m_lost.reset();
}

Result<void> Sql::begin(bool toWrite)
{
    if (m_inTransaction)
        rollBack();
    m_mayPassNow = false;
    m_uncertain.clear();
    m_writes = toWrite;
    if (const auto begun = execute(m_dialect.begin(toWrite)); !begun)
        return std::unexpected(begun.error());
    m_inTransaction = true;
    if (auto mayGoOn = m_dialect.begun(*this, toWrite); !mayGoOn) {
        rollBack();
        return mayGoOn;
    }
    return {};
}

Result<void> Sql::commit()
{
    const auto transaction = m_writes ? m_dialect.transaction(*this) : Result<QString>(QString());
    if (!transaction) {
        rollBack();
        return std::unexpected(transaction.error());
    }
    const auto committed = execute(u"COMMIT"_s);
    if (committed) {
        m_inTransaction = false;
        return {};
    }
    if (m_isLost)
        m_uncertain = *transaction;
    rollBack();
    return std::unexpected(committed.error());
}

void Sql::rollBack()
{
    m_lost.reset();
    if (!m_isLost)
        (void)execute(u"ROLLBACK"_s); // fails where the database did it already
    m_lost.reset();
    m_inTransaction = false;
}

QVariant Sql::bound(const QVariant &value) const
{
    if (value.typeId() == QMetaType::Bool)
        return value.toBool() ? 1 : 0; // what its column holds
    if (value.typeId() != QMetaType::QString)
        return value;
    QString text = value.toString();
    if (text.isNull())
        return u""_s; // QtSql binds it as NULL; here only an invalid QVariant means NULL
    if (!m_dialect.takesNul() && text.contains(QChar::Null))
        text.replace(QChar(QChar::Null), QChar(QChar::ReplacementCharacter));
    return text;
}

Result<QSqlQuery *> Sql::run(const QString &text, const Row &values)
{
    // Without its transaction a statement would be committed at once, apart from all that was taken back.
    if (m_lost)
        return std::unexpected(*m_lost);
    if (values.isEmpty() && !m_dialect.preparesAll()) {
        m_direct = QSqlQuery(QSqlDatabase::database(m_connection, false));
        m_direct->setForwardOnly(true);
        if (!m_direct->exec(text))
            return std::unexpected(errorOf(*m_direct, text));
        return &*m_direct;
    }
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
        query.bindValue(static_cast<int>(i), bound(values.at(i)));
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

Result<qint64> Sql::insert(const QString &text, const Row &values)
{
    const auto rows = query(text, values);
    if (!rows)
        return std::unexpected(rows.error());
    return rows->value(0).value(0).toLongLong();
}

Result<int> Sql::execute(const QString &text, const Row &values)
{
    const auto ran = run(text, values);
    if (!ran)
        return std::unexpected(ran.error());
    const int changed = (*ran)->numRowsAffected();
    (*ran)->finish();
    return changed;
}

} // namespace muster::store
