// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/httphead.h"

#include <QLocale>

using namespace Qt::Literals::StringLiterals;

namespace muster::transport {

namespace {

/// Where the authority of a whole address begins; -1 where the target is none.
qsizetype authorityAt(const QByteArray &target)
{
    constexpr QByteArrayView separator("://");
    if (target.startsWith('/'))
        return -1;
    const qsizetype found = target.indexOf(separator);
    return found < 0 ? -1 : found + separator.size();
}

/// Where an authority ends: a path or a query follows (RFC 3986 section 3.2), or nothing.
qsizetype authorityEnd(const QByteArray &target, qsizetype begin)
{
    qsizetype end = begin;
    while (end < target.size() && target.at(end) != '/' && target.at(end) != '?')
        ++end;
    return end;
}

} // namespace

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

QByteArray HttpHead::authority() const
{
    const qsizetype begin = authorityAt(target);
    return begin < 0 ? QByteArray() : target.sliced(begin, authorityEnd(target, begin) - begin);
}

QByteArray HttpHead::pathAndQuery() const
{
    const qsizetype begin = authorityAt(target);
    if (begin < 0)
        return target;
    const QByteArray rest = target.sliced(authorityEnd(target, begin));
    return rest.startsWith('/') ? rest : '/' + rest;
}

QByteArray HttpHead::path() const
{
    const QByteArray whole = pathAndQuery();
    const qsizetype query = whole.indexOf('?');
    return query < 0 ? whole : whole.first(query);
}

QByteArray httpDate(const QDateTime &time)
{
    return QLocale::c().toString(time.toUTC(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

} // namespace muster::transport
