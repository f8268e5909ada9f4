// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tlsfiles.h"

#include "protocol/rpc/message.h"

#include <QDateTime>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

template <auto free>
struct Freed
{
    void operator()(auto *object) const { free(object); }
};
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;

/// A passphrase is asked for at a terminal, which a server has not.
int noPassphrase(char *, int, int, void *wanted)
{
    *static_cast<bool *>(wanted) = true;
    return -1;
}

Result<QByteArray> contents(const QString &path, QLatin1StringView what)
{
    constexpr qint64 largestFile = 1024 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(InvalidParams, u"%1: %2 cannot be read: %3"_s.arg(what, path, file.errorString()));
    return file.read(largestFile);
}

Result<QSslKey> readKey(const QString &path, const QByteArray &pem, Key &key)
{
    bool hasPassphrase = false;
    const Bio reader(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    key.reset(PEM_read_bio_PrivateKey(reader.get(), nullptr, noPassphrase, &hasPassphrase));
    if (hasPassphrase)
        return failure(InvalidParams,
                       u"tls_key: %1 has a passphrase, which nobody can give at a start: take it off with openssl pkey"_s.arg(path));
    const int kind = key ? EVP_PKEY_get_base_id(key.get()) : EVP_PKEY_NONE;
    if (kind == EVP_PKEY_ED25519 || kind == EVP_PKEY_ED448)
        return failure(InvalidParams,
                       u"tls_key: %1 holds an Ed25519 or Ed448 key, which browsers do not take: make one of RSA or EC (P-256)"_s.arg(path));
    QSslKey read(pem, kind == EVP_PKEY_EC ? QSsl::Ec : QSsl::Rsa);
    if (read.isNull())
        return failure(InvalidParams, u"tls_key: %1 holds no RSA or EC key in PEM"_s.arg(path));
    return read;
}

bool fits(const QSslCertificate &certificate, EVP_PKEY *key)
{
    const QByteArray der = certificate.toDer();
    const auto *data = reinterpret_cast<const unsigned char *>(der.constData());
    const Certificate x509(d2i_X509(nullptr, &data, der.size()));
    return x509 && X509_check_private_key(x509.get(), key) == 1;
}

QString nameOf(const QSslCertificate &certificate)
{
    return cleanText(certificate.subjectDisplayName(), 80);
}

QStringList warningsAbout(const QString &path, const QList<QSslCertificate> &chain)
{
    QStringList warnings;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const QSslCertificate &one : chain) {
        if (one.expiryDate() < now)
            warnings.append(u"tls_certificate: the certificate of %1 in %2 expired at %3: clients will refuse it"_s.arg(
                nameOf(one), path, one.expiryDate().toString(Qt::ISODate)));
        else if (one.effectiveDate() > now)
            warnings.append(u"tls_certificate: the certificate of %1 in %2 is not valid before %3: clients will refuse it until then"_s.arg(
                nameOf(one), path, one.effectiveDate().toString(Qt::ISODate)));
    }
    for (qsizetype i = 0; i + 1 < chain.size(); ++i) {
        if (chain[i].issuerInfo(QSslCertificate::CommonName) == chain[i + 1].subjectInfo(QSslCertificate::CommonName)
            && chain[i].issuerInfo(QSslCertificate::Organization) == chain[i + 1].subjectInfo(QSslCertificate::Organization))
            continue;
        warnings.append(
            u"tls_certificate: in %1, certificate %2 (%3) did not issue the one before it: each must be followed by its issuer, or "
            "some clients will refuse the chain"_s.arg(path)
                .arg(i + 2)
                .arg(nameOf(chain[i + 1])));
        break;
    }
    return warnings;
}

} // namespace

Result<TlsFiles> readTlsFiles(const QString &certificatePath, const QString &keyPath)
{
    const auto certificatePem = contents(certificatePath, "tls_certificate"_L1);
    if (!certificatePem)
        return std::unexpected(certificatePem.error());
    const auto keyPem = contents(keyPath, "tls_key"_L1);
    if (!keyPem)
        return std::unexpected(keyPem.error());
    const QList<QSslCertificate> chain = QSslCertificate::fromData(*certificatePem, QSsl::Pem);
    if (chain.isEmpty())
        return failure(InvalidParams, u"tls_certificate: %1 holds no certificate in PEM"_s.arg(certificatePath));
    Key native;
    const auto key = readKey(keyPath, *keyPem, native);
    if (!key)
        return std::unexpected(key.error());
    const auto fitting = std::ranges::find_if(chain, [&native](const QSslCertificate &one) { return fits(one, native.get()); });
    if (fitting == chain.end())
        return failure(InvalidParams, u"tls_key: %1 is not the key of the certificate in %2: give the two that were made together"_s.arg(
                                          keyPath, certificatePath));
    if (fitting != chain.begin())
        return failure(InvalidParams,
                       u"tls_certificate: in %1 the server's own certificate is number %2: it must come first, its issuers after it"_s
                           .arg(certificatePath)
                           .arg(fitting - chain.begin() + 1));
    TlsFiles files{.configuration = QSslConfiguration::defaultConfiguration(), .warnings = warningsAbout(certificatePath, chain)};
    files.configuration.setLocalCertificateChain(chain);
    files.configuration.setPrivateKey(*key);
    files.configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    files.configuration.setProtocol(QSsl::TlsV1_2OrLater);
    return files;
}

} // namespace muster
