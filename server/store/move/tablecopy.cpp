// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/move/tablecopy.h"

#include <QCryptographicHash>
#include <QSqlField>
#include <QSqlIndex>
#include <QSqlRecord>

#include <algorithm>
#include <ranges>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

/// A proof of a command has up to 1 MiB, and most rows some hundred bytes.
constexpr qsizetype pageBytes = 2 * 1024 * 1024;
constexpr qsizetype mostPageRows = 200;

qsizetype bytesOf(const QVariant &value)
{
    return value.typeId() == QMetaType::QByteArray ? value.toByteArray().size()
           : value.typeId() == QMetaType::QString  ? 2 * value.toString().size()
                                                   : qsizetype(sizeof(qint64));
}

QStringList namesIn(const QSqlRecord &record)
{
    QStringList names;
    for (int i = 0; i < record.count(); ++i)
        names << record.fieldName(i);
    return names;
}

QStringList sorted(QStringList names)
{
    names.sort();
    return names;
}

/// Each value with its kind and length before it, so that no two rows read the same.
void add(QCryptographicHash &hash, const QVariant &value)
{
    const auto put = [&hash](char kind, const QByteArray &bytes) { hash.addData(kind + QByteArray::number(bytes.size()) + ':' + bytes); };
    if (value.isNull())
        put('n', {});
    else if (value.typeId() == QMetaType::QByteArray)
        put('b', value.toByteArray());
    else if (value.typeId() == QMetaType::QString)
        put('t', value.toString().toUtf8());
    else
        put('i', QByteArray::number(value.toLongLong()));
}

} // namespace

TableCopy::TableCopy(Sql &from, Sql &to, QString table)
    : m_from(from)
    , m_to(to)
    , m_table(std::move(table))
{
    const QSqlDatabase source = QSqlDatabase::database(m_from.connection(), false);
    m_columns = namesIn(source.record(m_table));
    m_key = namesIn(source.primaryIndex(m_table));
}

Result<QList<Row>> TableCopy::page(Sql &sql, const Row &after)
{
    if (after.isEmpty())
        m_pageRows = 1;
    const QString key = m_key.join(", "_L1);
    QString text = u"SELECT %1 FROM %2"_s.arg(m_columns.join(", "_L1), m_table);
    if (!after.isEmpty())
        text += u" WHERE (%1) > (%2)"_s.arg(key, QStringList(m_key.size(), u"?"_s).join(", "_L1));
    Row values = after;
    auto rows = sql.query(text + u" ORDER BY %1 LIMIT ?"_s.arg(key), values << m_pageRows);
    if (rows && !rows->isEmpty()) {
        qsizetype bytes = 1;
        for (const QVariant &value : std::views::join(*rows))
            bytes += bytesOf(value);
        m_pageRows = std::clamp<qsizetype>(rows->size() * pageBytes / bytes, 1, std::min(mostPageRows, 4 * m_pageRows));
    }
    return rows;
}

Row TableCopy::keyOf(const Row &row) const
{
    Row key;
    for (const QString &column : m_key)
        key << row.at(m_columns.indexOf(column));
    return key;
}

Row TableCopy::fitted(Row row, qint64 &altered) const
{
    for (QVariant &value : row) {
        if (value.isNull())
            value = QVariant(); // a text that is null would be written as one that is empty
        if (value.typeId() != QMetaType::QString)
            continue;
        // Halves of characters become what UTF-8 has for them.
        QString text = QString::fromUtf8(value.toString().toUtf8());
        if (!m_to.dialect().takesNul() && text.contains(QChar::Null)) {
            text.replace(QChar(QChar::Null), QChar(QChar::ReplacementCharacter));
            ++altered;
        }
        value = text;
    }
    return row;
}

Result<void> TableCopy::write(const QList<Row> &rows)
{
    const QString one = u'(' + QStringList(m_columns.size(), u"?"_s).join(", "_L1) + u')';
    Row values;
    for (const Row &row : rows)
        values += row;
    const auto done = m_to.execute(
        u"INSERT INTO %1 (%2) VALUES %3"_s.arg(m_table, m_columns.join(", "_L1), QStringList(rows.size(), one).join(", "_L1)), values);
    return done ? Result<void>() : std::unexpected(done.error());
}

Result<MovedTable> TableCopy::run(const std::function<Result<void>()> &mayGoOn)
{
    const QSqlDatabase target = QSqlDatabase::database(m_to.connection(), false);
    if (m_key.isEmpty() || sorted(m_columns) != sorted(namesIn(target.record(m_table))))
        return failure(Conflict,
                       u"the table %1 has other columns in %2 than in %3"_s.arg(m_table, m_from.dialect().place(), m_to.dialect().place()));
    MovedTable moved{.name = m_table};
    QCryptographicHash went(QCryptographicHash::Sha256);
    for (Row last;;) {
        const auto rows = page(m_from, last);
        if (!rows)
            return std::unexpected(rows.error());
        if (rows->isEmpty())
            break;
        QList<Row> fit;
        for (const Row &row : *rows) {
            fit << fitted(row, moved.alteredTexts);
            for (const QVariant &value : fit.last())
                add(went, value);
        }
        if (const auto written = write(fit); !written)
            return std::unexpected(written.error());
        moved.rows += rows->size();
        last = keyOf(rows->last());
        if (const auto may = mayGoOn(); !may)
            return std::unexpected(may.error());
    }
    moved.hash = went.result().toHex();
    // Of numbers alone: what else is called id was given from outside.
    if (const QSqlField id = target.record(m_table).field(u"id"_s); id.isValid() && id.metaType().id() != QMetaType::QString) {
        const auto lastId = m_from.dialect().lastId(m_from, m_table);
        const auto set = !lastId       ? std::unexpected(lastId.error())
                         : *lastId > 0 ? m_to.dialect().setLastId(m_to, m_table, *lastId)
                                       : Result<void>();
        if (!set)
            return std::unexpected(set.error());
    }

    QCryptographicHash came(QCryptographicHash::Sha256);
    qint64 count = 0;
    for (Row last;;) {
        const auto rows = page(m_to, last);
        if (!rows)
            return std::unexpected(rows.error());
        if (rows->isEmpty())
            break;
        for (const QVariant &value : std::views::join(*rows))
            add(came, value);
        count += rows->size();
        last = keyOf(rows->last());
        if (const auto may = mayGoOn(); !may)
            return std::unexpected(may.error());
    }
    // Statements of many lengths were prepared.
    m_to.clear();
    if (count != moved.rows || came.result().toHex() != moved.hash)
        return failure(Conflict, u"the table %1 did not come as it went: %2 rows of %3"_s.arg(m_table).arg(count).arg(moved.rows));
    return moved;
}

} // namespace muster::store
