// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/signing/ed25519.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr size_t signatureBytes = 64;

openssl::Key share(const openssl::Key &key)
{
    EVP_PKEY_up_ref(key.get());
    return openssl::Key(key.get());
}

const unsigned char *bytes(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

// A finished key never changes, so threads share it; the contexts, which do change, are made for each call.

class Ed25519Signer final : public Signer
{
public:
    explicit Ed25519Signer(const openssl::Key &key)
        : m_key(share(key))
    {
    }

    Algorithm algorithm() const override { return Algorithm::EdDSA; }

    Result<QByteArray> sign(QByteArrayView data) const override
    {
        const openssl::DigestContext context(EVP_MD_CTX_new());
        QByteArray signature(signatureBytes, Qt::Uninitialized);
        size_t size = signatureBytes;
        if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, m_key.get()) != 1
            || EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size, bytes(data),
                              static_cast<size_t>(data.size()))
                   != 1
            || size != signatureBytes)
            return failure(InternalError, u"OpenSSL did not sign with the Ed25519 key."_s);
        return signature;
    }

private:
    openssl::Key m_key;
};

class Ed25519Verifier final : public Verifier
{
public:
    explicit Ed25519Verifier(const openssl::Key &key)
        : m_key(share(key))
    {
    }

    Algorithm algorithm() const override { return Algorithm::EdDSA; }

    bool verify(QByteArrayView data, QByteArrayView signature) const override
    {
        const openssl::DigestContext context(EVP_MD_CTX_new());
        return signature.size() == signatureBytes && context
               && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, m_key.get()) == 1
               && EVP_DigestVerify(context.get(), bytes(signature), signatureBytes, bytes(data), static_cast<size_t>(data.size())) == 1;
    }

private:
    openssl::Key m_key;
};

} // namespace

std::shared_ptr<const Signer> makeEd25519Signer(const openssl::Key &key)
{
    return std::make_shared<Ed25519Signer>(key);
}

std::shared_ptr<const Verifier> makeEd25519Verifier(const openssl::Key &key)
{
    return std::make_shared<Ed25519Verifier>(key);
}

} // namespace muster
