// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>

namespace muster::api {

/// What the session's cookie is called. Over TLS with the prefix that keeps other hosts and plain text from setting it (RFC 6265bis
/// section 4.1.3.2). Without TLS, cookies do not tell ports of one host apart: each port has a name of its own.
/// @param host the request's Host header
[[nodiscard]] QByteArray sessionCookieName(bool secure, QByteArrayView host);

/// What a request carries that says whose it is: `Authorization: Bearer` or `Basic`, or the session cookie.
struct Credentials
{
    QString token;
    bool fromCookie = false;
    std::optional<std::pair<QString, QString>> basic = {}; ///< name and password (RFC 7617)
};
[[nodiscard]] Credentials credentialsOf(QByteArrayView authorization, QByteArrayView cookie, const QByteArray &cookieName);

/// Takes the API key (`access_token`) out of an address. @param allowed whether keys may stand there
/// @return it, empty where there is none; Unauthenticated where there is one that is not allowed
[[nodiscard]] Result<QString> takeAccessToken(QUrl &url, bool allowed);

/// Who made a browser send a request. A cookie comes along whoever it was, so it counts for the own page alone.
enum class Sender {
    OwnPage, ///< the browser says so
    Reader,  ///< typed or bookmarked: no page had a part in it
    Unknown, ///< not a browser, or one that says nothing
    Other    ///< another site's page, or another port's or host's of this site
};

/// The headers that tell; empty where they are missing.
struct SenderHeaders
{
    QByteArray host;
    QByteArray site;    ///< Sec-Fetch-Site (W3C Fetch Metadata)
    QByteArray origin;  ///< RFC 6454
    QByteArray referer; ///< of browsers that know no Fetch Metadata, the only one that a GET has
};
/// @param secure true where browsers come over TLS: a page without it is another one
[[nodiscard]] Sender senderOf(const SenderHeaders &headers, bool secure);

} // namespace muster::api
