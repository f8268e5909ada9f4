// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tlsadvice.h"

#include <QDateTime>

using namespace Qt::Literals::StringLiterals;

namespace muster::transport {

namespace {

QString remedyFor(const QSslError &error)
{
    switch (error.error()) {
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::CertificateUntrusted: return u"--ca-certificate names the file of the authority that signed it"_s;
    case QSslError::CertificateNotYetValid:
        return u"it is good from %1 on, and here it is %2: set the clock"_s.arg(
            error.certificate().effectiveDate().toUTC().toString(Qt::ISODate), QDateTime::currentDateTimeUtc().toString(Qt::ISODate));
    case QSslError::CertificateExpired:
        return u"it was good until %1, and here it is %2: renew it, or set the clock"_s.arg(
            error.certificate().expiryDate().toUTC().toString(Qt::ISODate), QDateTime::currentDateTimeUtc().toString(Qt::ISODate));
    case QSslError::HostNameMismatch: {
        const QStringList names = QStringList(error.certificate().subjectAlternativeNames().values()).mid(0, 5);
        return names.isEmpty() ? u"it names no host: make one with the server's name in subjectAltName"_s
                               : u"it is of %1: use that as the server's address, or make one for this address"_s.arg(names.join(", "_L1));
    }
    default: return {};
    }
}

} // namespace

QString tlsAdvice(const QSslError &error)
{
    const QString remedy = remedyFor(error);
    return remedy.isEmpty() ? error.errorString() : u"%1 (%2)"_s.arg(error.errorString(), remedy);
}

} // namespace muster::transport
