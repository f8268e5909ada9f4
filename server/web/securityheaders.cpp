// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/securityheaders.h"

namespace muster::web {

QHttpHeaders securityHeaders(bool secure, QByteArrayView contentSecurityPolicy)
{
    QHttpHeaders headers;
    headers.append(QHttpHeaders::WellKnownHeader::ContentSecurityPolicy, contentSecurityPolicy);
    headers.append(QHttpHeaders::WellKnownHeader::XContentTypeOptions, "nosniff");
    headers.append(QHttpHeaders::WellKnownHeader::XFrameOptions, "DENY");
    // Nobody else learns where a reader was; of browsers without Fetch Metadata we do, to know our own page by (api/credentials.h).
    headers.append("Referrer-Policy", "same-origin");
    headers.append("Cross-Origin-Opener-Policy", "same-origin");
    headers.append("Cross-Origin-Resource-Policy", "same-origin");
    // The dashboard copies and pastes; it needs nothing else of the machine.
    headers.append("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), serial=(), usb=()");
    // A year; of this host alone, because others below it may not speak TLS.
    if (secure)
        headers.append(QHttpHeaders::WellKnownHeader::StrictTransportSecurity, "max-age=31536000");
    return headers;
}

QByteArray securityLines(bool secure)
{
    QByteArray lines;
    const QHttpHeaders headers = securityHeaders(secure);
    for (qsizetype i = 0; i < headers.size(); ++i)
        lines.append(QByteArrayView(headers.nameAt(i))).append(": ").append(headers.valueAt(i)).append("\r\n");
    return lines;
}

} // namespace muster::web
