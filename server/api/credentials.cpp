// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/credentials.h"

#include "server/operators/tokens.h"

#include <QUrlQuery>

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

namespace {

/// True where an address is of the host that was called.
bool isOwn(const QByteArray &address, const QByteArray &host, bool secure)
{
    const QUrl url(QString::fromLatin1(address));
    // A default port may be written or not (RFC 6454 section 4); which one it is, the page's scheme says.
    const QUrl called(url.scheme() + "://"_L1 + QString::fromLatin1(host));
    const int standard = url.scheme() == "https"_L1 ? 443 : 80;
    return !url.host().isEmpty() && url.host() == called.host() && url.port(standard) == called.port(standard)
           && (!secure || url.scheme() == "https"_L1);
}

/// What follows the name of a scheme in `Authorization`; none where it is another one.
std::optional<QByteArray> behind(QByteArrayView scheme, QByteArrayView authorization)
{
    if (authorization.size() <= scheme.size() || authorization.first(scheme.size()).compare(scheme, Qt::CaseInsensitive) != 0)
        return {};
    return authorization.sliced(scheme.size()).trimmed().toByteArray();
}

} // namespace

QByteArray sessionCookieName(bool secure, QByteArrayView host)
{
    if (secure)
        return "__Host-muster_session"_ba;
    return "muster_session_"_ba + QByteArray::number(QUrl("http://"_L1 + QString::fromLatin1(host)).port(80));
}

Credentials credentialsOf(QByteArrayView authorization, QByteArrayView cookie, const QByteArray &cookieName)
{
    if (const auto bearer = behind("Bearer ", authorization))
        return {.token = QString::fromLatin1(*bearer), .fromCookie = false};
    if (const auto basic = behind("Basic ", authorization)) {
        const auto decoded = QByteArray::fromBase64Encoding(*basic, QByteArray::AbortOnBase64DecodingErrors);
        const QString pair = decoded ? QString::fromUtf8(*decoded) : QString();
        const qsizetype colon = pair.indexOf(u':');
        return {.token = {}, .fromCookie = false, .basic = std::pair(pair.left(std::max<qsizetype>(colon, 0)), pair.sliced(colon + 1))};
    }
    const QList<QByteArray> pairs = cookie.toByteArray().split(';');
    for (const QByteArray &part : pairs) {
        const QByteArray pair = part.trimmed();
        if (pair.startsWith(cookieName + '='))
            return {.token = QString::fromLatin1(pair.sliced(cookieName.size() + 1)), .fromCookie = true};
    }
    return {};
}

Result<QString> takeAccessToken(QUrl &url, bool allowed)
{
    const QString name = u"access_token"_s;
    QUrlQuery query(url.query(QUrl::FullyEncoded));
    if (!query.hasQueryItem(name))
        return QString();
    if (!allowed)
        return failure(Unauthenticated,
                       u"keys in the address are not taken here, because logs keep addresses: use Authorization: Bearer, or "
                       "allow them (setting access_tokens)"_s);
    const QStringList tokens = query.allQueryItemValues(name, QUrl::FullyDecoded);
    QString token = tokens.constFirst();
    const auto kind = operators::kindOf(token);
    if (tokens.size() > 1 || (kind != operators::TokenKind::ApiKey && kind != operators::TokenKind::MdashKey))
        return failure(Unauthenticated, u"\"access_token\" takes one API key"_s);
    query.removeAllQueryItems(name);
    url.setQuery(query);
    return token;
}

Sender senderOf(const SenderHeaders &headers, bool secure)
{
    if (!headers.origin.isEmpty() && !isOwn(headers.origin, headers.host, secure))
        return Sender::Other;
    if (!headers.site.isEmpty())
        return headers.site == "same-origin" ? Sender::OwnPage : headers.site == "none" ? Sender::Reader : Sender::Other;
    if (!headers.origin.isEmpty())
        return Sender::OwnPage;
    if (headers.referer.isEmpty())
        return Sender::Unknown;
    return isOwn(headers.referer, headers.host, secure) ? Sender::OwnPage : Sender::Other;
}

} // namespace muster::api
