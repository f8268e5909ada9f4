// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/settings.h"

#include <QProcess>

namespace muster::test {

/// Settings of a server that speaks TLS with a certificate of its own, made in `folder`; without one where openssl is missing.
[[nodiscard]] inline Settings selfSigned(const QString &folder)
{
    Settings settings;
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"),
                   QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"),
                   QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"), QStringLiteral("/CN=localhost"),
                   QStringLiteral("-addext"), QStringLiteral("subjectAltName=IP:127.0.0.1"), QStringLiteral("-keyout"),
                   folder + QStringLiteral("/key.pem"), QStringLiteral("-out"), folder + QStringLiteral("/cert.pem")});
    if (openssl.waitForFinished() && openssl.exitCode() == 0) {
        settings.tlsCertificate = folder + QStringLiteral("/cert.pem");
        settings.tlsKey = folder + QStringLiteral("/key.pem");
    }
    return settings;
}

} // namespace muster::test
