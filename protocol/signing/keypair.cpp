// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/signing/keys.h"

#include "protocol/rpc/limits.h"
#include "protocol/signing/ed25519.h"
#include "protocol/signing/keyfile.h"
#include "protocol/signing/openssl.h"
#include "protocol/signing/rs256.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

QByteArray writePrivate(EVP_PKEY *key)
{
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return {};
    return openssl::contents(bio.get());
}

QByteArray writePublic(EVP_PKEY *key)
{
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || PEM_write_bio_PUBKEY(bio.get(), key) != 1)
        return {};
    return openssl::contents(bio.get());
}

/// Instead of OpenSSL's own, which asks at the terminal and waits.
int refusePassphrase(char *, int, int, void *)
{
    return -1;
}

struct Parts
{
    QByteArray pem;
    PublicKey publicKey;
    std::shared_ptr<const Signer> signer;
};

Result<Parts> partsOf(const openssl::Key &key)
{
    Result<PublicKey> publicKey = PublicKey::fromPem(writePublic(key.get()));
    if (!publicKey)
        return std::unexpected(publicKey.error());
    Parts parts{.pem = writePrivate(key.get()), .publicKey = *publicKey, .signer = {}};
    parts.signer = publicKey->algorithm() == Algorithm::RS256 ? makeRs256Signer(parts.pem) : makeEd25519Signer(key);
    if (parts.pem.isEmpty() || !parts.signer)
        return failure(BadKey, u"QCA cannot use the RSA key: its plug-in qca-ossl may be missing (package libqca-qt6-plugins)."_s);
    return parts;
}

} // namespace

Result<KeyPair> KeyPair::generate(Algorithm algorithm, int rsaBits)
{
    if (algorithm == Algorithm::RS256 && (rsaBits < limits::rsaBits || rsaBits > 4096))
        return failure(BadKey, u"An RSA key must have %1 to 4096 bits, not %2."_s.arg(limits::rsaBits).arg(rsaBits));
    const openssl::Key key(algorithm == Algorithm::RS256 ? EVP_RSA_gen(static_cast<unsigned int>(rsaBits))
                                                         : EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    if (!key)
        return failure(InternalError, u"OpenSSL did not make a %1 key."_s.arg(algorithmName(algorithm)));
    Result<Parts> parts = partsOf(key);
    if (!parts)
        return std::unexpected(parts.error());
    KeyPair pair;
    pair.m_pem = std::move(parts->pem);
    pair.m_public = std::move(parts->publicKey);
    pair.m_signer = std::move(parts->signer);
    return pair;
}

Result<KeyPair> KeyPair::load(const QString &path)
{
    const Result<QByteArray> pem = readSecretFile(path);
    if (!pem)
        return std::unexpected(pem.error());
    const openssl::Bio bio = openssl::reader(*pem);
    const openssl::Key key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, refusePassphrase, nullptr) : nullptr);
    ERR_clear_error();
    if (!key) {
        if (pem->contains("ENCRYPTED"))
            return failure(
                BadKey, u"%1: the private key is encrypted: keep it unencrypted with mode 0600 (openssl pkey -in … -out …)."_s.arg(path));
        return failure(BadKey, u"%1: holds no private key in PEM (PKCS#8)."_s.arg(path));
    }
    Result<Parts> parts = partsOf(key);
    if (!parts)
        return failure(parts.error().code, path + ": "_L1 + parts.error().message);
    KeyPair pair;
    pair.m_pem = std::move(parts->pem);
    pair.m_public = std::move(parts->publicKey);
    pair.m_signer = std::move(parts->signer);
    return pair;
}

Result<KeyPair> KeyPair::loadOrCreate(const QString &path, Algorithm algorithm)
{
    Result<KeyPair> loaded = load(path);
    if (loaded || loaded.error().code != NotFound)
        return loaded;
    Result<KeyPair> made = generate(algorithm);
    if (!made)
        return made;
    const Result<void> written = writeSecretFile(path, made->m_pem);
    if (written)
        return made;
    // Another process was quicker: both must use the one key that the file holds.
    if (written.error().code == Conflict)
        return load(path);
    return std::unexpected(written.error());
}

} // namespace muster
