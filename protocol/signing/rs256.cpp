// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/signing/rs256.h"

#include <QtCrypto>

#include <functional>
#include <mutex>
#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

/// QCA's keys hold the state of the operation under way, so one must not serve two threads at once. A pool has as many
/// as threads ever worked at the same time; each was read on its own, because QCA's copies share that state until written.
template <typename Key>
class KeyPool
{
public:
    using Make = std::function<std::unique_ptr<Key>()>;

    KeyPool(std::unique_ptr<Key> first, Make make)
        : m_make(std::move(make))
    {
        m_idle.push_back(std::move(first));
    }

    template <typename Use>
    auto with(Use &&use) const
    {
        std::unique_ptr<Key> key = take();
        auto result = use(*key);
        const std::lock_guard lock(m_mutex);
        m_idle.push_back(std::move(key));
        return result;
    }

private:
    std::unique_ptr<Key> take() const
    {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_idle.empty()) {
                std::unique_ptr<Key> key = std::move(m_idle.back());
                m_idle.pop_back();
                return key;
            }
        }
        return m_make();
    }

    Make m_make;
    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<Key>> m_idle;
};

std::unique_ptr<QCA::PrivateKey> readPrivate(const QByteArray &pem)
{
    auto key = std::make_unique<QCA::PrivateKey>(QCA::PrivateKey::fromPEM(QString::fromLatin1(pem)));
    return key->isNull() || !key->isRSA() ? nullptr : std::move(key);
}

std::unique_ptr<QCA::PublicKey> readPublic(const QByteArray &spki)
{
    auto key = std::make_unique<QCA::PublicKey>(QCA::PublicKey::fromDER(spki));
    return key->isNull() || !key->isRSA() ? nullptr : std::move(key);
}

class Rs256Signer final : public Signer
{
public:
    Rs256Signer(std::unique_ptr<QCA::PrivateKey> first, const QByteArray &pem)
        : m_keys(std::move(first), [pem] { return readPrivate(pem); })
    {
    }

    Algorithm algorithm() const override { return Algorithm::RS256; }

    Result<QByteArray> sign(QByteArrayView data) const override
    {
        QByteArray signature = m_keys.with(
            [data](QCA::PrivateKey &key) { return key.signMessage(QByteArray::fromRawData(data.data(), data.size()), QCA::EMSA3_SHA256); });
        if (signature.isEmpty())
            return failure(InternalError, u"QCA did not sign with the RSA key."_s);
        return signature;
    }

private:
    KeyPool<QCA::PrivateKey> m_keys;
};

class Rs256Verifier final : public Verifier
{
public:
    Rs256Verifier(std::unique_ptr<QCA::PublicKey> first, const QByteArray &spki)
        : m_keys(std::move(first), [spki] { return readPublic(spki); })
    {
    }

    Algorithm algorithm() const override { return Algorithm::RS256; }

    bool verify(QByteArrayView data, QByteArrayView signature) const override
    {
        return m_keys.with([data, signature](QCA::PublicKey &key) {
            return key.verifyMessage(QByteArray::fromRawData(data.data(), data.size()),
                                     QByteArray::fromRawData(signature.data(), signature.size()), QCA::EMSA3_SHA256);
        });
    }

private:
    KeyPool<QCA::PublicKey> m_keys;
};

} // namespace

std::shared_ptr<const Signer> makeRs256Signer(const QByteArray &pem)
{
    std::unique_ptr<QCA::PrivateKey> key = readPrivate(pem);
    return key ? std::make_shared<Rs256Signer>(std::move(key), pem) : nullptr;
}

std::shared_ptr<const Verifier> makeRs256Verifier(const QByteArray &spki)
{
    std::unique_ptr<QCA::PublicKey> key = readPublic(spki);
    return key ? std::make_shared<Rs256Verifier>(std::move(key), spki) : nullptr;
}

} // namespace muster
