// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/methodstore.h"

#include <QJsonDocument>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

QFuture<Result<int>> MethodStore::keep(const QString &deviceId, const QJsonObject &document, qint64 at)
{
    const QByteArray packed = qCompress(QJsonDocument(document).toJson(QJsonDocument::Compact));
    return m_database.writer().run(
        [=](Sql &sql) {
            return sql.execute(
                u"INSERT INTO device_methods (device_id, seen_at, document) VALUES (?, ?, ?) "
                "ON CONFLICT (device_id) DO UPDATE SET seen_at = excluded.seen_at, document = excluded.document"_s,
                {deviceId, at, packed});
        },
        packed.size());
}

QFuture<Result<MethodStore::Seen>> MethodStore::find(const QString &deviceId)
{
    return m_database.reader().run([deviceId](Sql &sql) -> Result<Seen> {
        const auto rows = sql.query(u"SELECT seen_at, document FROM device_methods WHERE device_id = ?"_s, {deviceId});
        if (!rows)
            return std::unexpected(rows.error());
        if (rows->isEmpty())
            return failure(NotFound, u"the methods of %1 were never asked for"_s.arg(deviceId));
        const Row &row = rows->first();
        return Seen{.document = QJsonDocument::fromJson(qUncompress(row.at(1).toByteArray())).object(), .at = row.at(0).toLongLong()};
    });
}

} // namespace muster::store
