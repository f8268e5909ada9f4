// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>

struct evp_pkey_st;

namespace muster {

/// The names of RFC 7518 section 3.1 and RFC 8037 section 3.1.
enum class Algorithm { RS256, EdDSA };
[[nodiscard]] QString algorithmName(Algorithm algorithm);
[[nodiscard]] Result<Algorithm> algorithmFromName(QStringView name);

/// Makes signatures with one private key. Thread-safe: `sign` may be called from several threads at once.
class Signer
{
public:
    virtual ~Signer() = default;
    [[nodiscard]] virtual Algorithm algorithm() const = 0;
    /// @return the raw signature, or InternalError when the crypto library refuses.
    [[nodiscard]] virtual Result<QByteArray> sign(QByteArrayView data) const = 0;
};

/// Checks signatures of one public key. Thread-safe.
class Verifier
{
public:
    virtual ~Verifier() = default;
    [[nodiscard]] virtual Algorithm algorithm() const = 0;
    [[nodiscard]] virtual bool verify(QByteArrayView data, QByteArrayView signature) const = 0;
};

/// A public key of a supported kind: RSA of limits::rsaBits and up, or Ed25519. A cheap value.
class PublicKey
{
public:
    PublicKey() = default;
    /// Reads a PEM SubjectPublicKeyInfo (RFC 7468) or a PKCS#1 RSA PUBLIC KEY; both normalise to the same key.
    /// @return the key, or BadKey saying what is wrong with it.
    [[nodiscard]] static Result<PublicKey> fromPem(const QByteArray &pem);
    /// Reads the DER of a SubjectPublicKeyInfo, as spki() gives it. @return the key, or BadKey.
    [[nodiscard]] static Result<PublicKey> fromSpki(const QByteArray &der);

    [[nodiscard]] bool isNull() const { return m_spki.isEmpty(); }
    [[nodiscard]] Algorithm algorithm() const { return m_algorithm; }
    [[nodiscard]] int bits() const { return m_bits; }
    /// DER of SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7).
    [[nodiscard]] const QByteArray &spki() const { return m_spki; }
    [[nodiscard]] QByteArray toPem() const;
    /// SHA-256 of the SubjectPublicKeyInfo, 32 bytes: the key's id.
    [[nodiscard]] QByteArray id() const;
    /// `SHA256:` and the id in base64 without padding, as OpenSSH prints it.
    [[nodiscard]] QString fingerprint() const;
    /// Six words of the BIP-39 English list: the first 66 bits of the id.
    [[nodiscard]] QStringList words() const;
    /// A verifier bound to this key; null for a null key.
    [[nodiscard]] std::shared_ptr<const Verifier> verifier() const;

    bool operator==(const PublicKey &other) const { return m_spki == other.m_spki; }

private:
    friend class KeyPair;
    [[nodiscard]] static Result<PublicKey> fromKey(evp_pkey_st *key);

    QByteArray m_spki;
    Algorithm m_algorithm = Algorithm::EdDSA;
    int m_bits = 0;
};

/// A private key and its public half.
class KeyPair
{
public:
    /// Makes a new key. RSA keys have `rsaBits` bits (2048 to 4096).
    [[nodiscard]] static Result<KeyPair> generate(Algorithm algorithm, int rsaBits = 3072);
    /// Reads an unencrypted PKCS#8 PEM file. Refuses one that others than its owner can read.
    /// @return BadKey naming the file, what is wrong, and what to do.
    [[nodiscard]] static Result<KeyPair> load(const QString &path);
    /// Reads the file, or makes a key and writes it with mode 0600 through a temporary file when there is none.
    [[nodiscard]] static Result<KeyPair> loadOrCreate(const QString &path, Algorithm algorithm = Algorithm::EdDSA);

    [[nodiscard]] const PublicKey &publicKey() const { return m_public; }
    [[nodiscard]] std::shared_ptr<const Signer> signer() const { return m_signer; }
    [[nodiscard]] QByteArray toPem() const { return m_pem; }

private:
    QByteArray m_pem;
    PublicKey m_public;
    std::shared_ptr<const Signer> m_signer;
};

/// Keeps QCA initialised; make one first in main(), before any other thread. Nested use is fine.
class CryptoLibrary
{
public:
    CryptoLibrary();
    ~CryptoLibrary();
    Q_DISABLE_COPY_MOVE(CryptoLibrary)

    /// Signs and verifies fixed data with both algorithms and a fixed canonical form.
    /// @return what does not work here and what is probably missing; programs refuse to start on it.
    [[nodiscard]] Result<void> selfTest() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace muster
