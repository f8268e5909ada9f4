// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/httphead.h"

namespace muster::transport {

bool HttpHead::hasToken(QByteArrayView name, QByteArrayView token) const
{
    const QList<QByteArray> values = headers.values(name);
    for (const QByteArray &value : values) {
        for (const QByteArray &part : value.split(',')) {
            if (part.trimmed().compare(token, Qt::CaseInsensitive) == 0)
                return true;
        }
    }
    return false;
}

QByteArray HttpHead::pathAndQuery() const
{
    if (target.startsWith('/') || target == "*")
        return target;
    const qsizetype authority = target.indexOf("://");
    if (authority < 0)
        return target;
    const qsizetype path = target.indexOf('/', authority + 3);
    return path < 0 ? QByteArray("/") : target.sliced(path);
}

QByteArray HttpHead::path() const
{
    const QByteArray whole = pathAndQuery();
    const qsizetype query = whole.indexOf('?');
    return query < 0 ? whole : whole.first(query);
}

} // namespace muster::transport
