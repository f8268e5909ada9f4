// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/trust.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

/// Bundles of all the world's authorities have some hundred KiB.
constexpr qint64 largestFile = 4 * 1024 * 1024;

} // namespace

Result<void> trustCertificates(const QString &file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return failure(InvalidParams, u"The CA certificate %1 cannot be read: %2"_s.arg(file, source.errorString()));
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(source.read(largestFile), QSsl::Pem);
    if (certificates.isEmpty())
        return failure(InvalidParams, u"The CA certificate %1 holds no certificate in PEM"_s.arg(file));
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(certificates);
    QSslConfiguration::setDefaultConfiguration(configuration);
    return {};
}

} // namespace muster
