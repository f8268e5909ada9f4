// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/signing/keys.h"

#include "protocol/rpc/limits.h"
#include "protocol/signing/ed25519.h"
#include "protocol/signing/openssl.h"
#include "protocol/signing/rs256.h"
#include "protocol/signing/weakkeys.h"
#include "protocol/signing/words.h"

#include <QCryptographicHash>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// An RSA key of 8,192 bits has 1.5 KiB of PEM.
constexpr qsizetype pemBytes = 16 * 1024;
constexpr int fingerprintWords = 6;
constexpr int bitsPerWord = 11;

std::unexpected<Error> badKey(const QString &message)
{
    return failure(BadKey, message);
}

openssl::Key readPublicPem(const QByteArray &pem)
{
    EVP_PKEY *key = nullptr;
    const openssl::DecoderContext decoder(
        OSSL_DECODER_CTX_new_for_pkey(&key, "PEM", nullptr, nullptr, EVP_PKEY_PUBLIC_KEY, nullptr, nullptr));
    const openssl::Bio bio = openssl::reader(pem);
    if (!decoder || !bio || OSSL_DECODER_from_bio(decoder.get(), bio.get()) != 1) {
        EVP_PKEY_free(key);
        key = nullptr;
    }
    ERR_clear_error();
    return openssl::Key(key);
}

openssl::Key readPublicDer(const QByteArray &spki)
{
    const auto *data = reinterpret_cast<const unsigned char *>(spki.constData());
    return openssl::Key(d2i_PUBKEY(nullptr, &data, spki.size()));
}

} // namespace

QString algorithmName(Algorithm algorithm)
{
    return algorithm == Algorithm::RS256 ? u"RS256"_s : u"EdDSA"_s;
}

Result<Algorithm> algorithmFromName(QStringView name)
{
    if (name == "RS256"_L1)
        return Algorithm::RS256;
    if (name == "EdDSA"_L1)
        return Algorithm::EdDSA;
    return failure(WrongAlgorithm, u"The algorithm must be RS256 or EdDSA."_s);
}

Result<PublicKey> PublicKey::fromPem(const QByteArray &pem)
{
    if (pem.size() > pemBytes)
        return badKey(u"The public key is longer than %1 bytes."_s.arg(pemBytes));
    if (pem.contains("PRIVATE KEY-----"))
        return badKey(u"This is a private key: give the public one, and make a new pair if this one left its machine."_s);
    if (pem.count("-----BEGIN ") != 1)
        return badKey(u"Not one public key in PEM (\"-----BEGIN PUBLIC KEY-----\")."_s);
    const openssl::Key key = readPublicPem(pem);
    if (!key)
        return badKey(u"The PEM text holds no public key that can be read."_s);
    return fromKey(key.get());
}

Result<PublicKey> PublicKey::fromSpki(const QByteArray &der)
{
    const openssl::Key key = readPublicDer(der);
    if (!key) {
        ERR_clear_error();
        return badKey(u"The bytes are no SubjectPublicKeyInfo that can be read."_s);
    }
    return fromKey(key.get());
}

Result<PublicKey> PublicKey::fromKey(EVP_PKEY *key)
{
    PublicKey result;
    const int kind = EVP_PKEY_get_base_id(key);
    result.m_bits = EVP_PKEY_get_bits(key);
    if (kind == EVP_PKEY_RSA) {
        result.m_algorithm = Algorithm::RS256;
        if (result.m_bits < limits::rsaBits)
            return badKey(u"The RSA key has %1 bits: at least %2 are needed."_s.arg(result.m_bits).arg(limits::rsaBits));
        if (result.m_bits > limits::rsaBitsMost)
            return badKey(u"The RSA key has %1 bits: at most %2 are taken."_s.arg(result.m_bits).arg(limits::rsaBitsMost));
        if (const QString fault = weakkeys::faultOfRsa(key); !fault.isEmpty())
            return badKey(fault);
    } else if (kind == EVP_PKEY_ED25519) {
        result.m_algorithm = Algorithm::EdDSA;
        result.m_bits = 256;
        if (const QString fault = weakkeys::faultOfEd25519(key); !fault.isEmpty())
            return badKey(fault);
    } else {
        const char *name = EVP_PKEY_get0_type_name(key);
        return badKey(
            u"A key of kind %1 is not supported: use Ed25519, or RSA of %2 bits and up."_s.arg(QString::fromLatin1(name ? name : "unknown"))
                .arg(limits::rsaBits));
    }

    unsigned char *der = nullptr;
    const int size = i2d_PUBKEY(key, &der);
    if (size > 0)
        result.m_spki = QByteArray(reinterpret_cast<const char *>(der), size);
    OPENSSL_free(der);
    if (result.m_spki.isEmpty())
        return badKey(u"The public key cannot be written as SubjectPublicKeyInfo."_s);
    return result;
}

QByteArray PublicKey::toPem() const
{
    const openssl::Key key = readPublicDer(m_spki);
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    if (!key || !bio || PEM_write_bio_PUBKEY(bio.get(), key.get()) != 1)
        return {};
    return openssl::contents(bio.get());
}

QByteArray PublicKey::id() const
{
    return QCryptographicHash::hash(m_spki, QCryptographicHash::Sha256);
}

QString PublicKey::fingerprint() const
{
    return "SHA256:"_L1 + QString::fromLatin1(id().toBase64(QByteArray::Base64Encoding | QByteArray::OmitTrailingEquals));
}

QStringList PublicKey::words() const
{
    const QByteArray bytes = id();
    QStringList words;
    for (int word = 0; word < fingerprintWords; ++word) {
        int index = 0;
        for (int bit = word * bitsPerWord; bit < (word + 1) * bitsPerWord; ++bit)
            index = index * 2 + ((static_cast<unsigned char>(bytes[bit / 8]) >> (7 - bit % 8)) & 1);
        words.append(fingerprintWord(index));
    }
    return words;
}

std::shared_ptr<const Verifier> PublicKey::verifier() const
{
    if (isNull())
        return nullptr;
    if (m_algorithm == Algorithm::RS256)
        return makeRs256Verifier(m_spki);
    const openssl::Key key = readPublicDer(m_spki);
    return key ? makeEd25519Verifier(key) : nullptr;
}

} // namespace muster
