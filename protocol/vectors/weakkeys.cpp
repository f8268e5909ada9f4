// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/vectors/weakkeys.h"

#include "protocol/signing/openssl.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

using namespace Qt::Literals::StringLiterals;

namespace muster::vectors {

namespace {

using Number = std::unique_ptr<BIGNUM, openssl::Deleter<BN_free>>;
using Scratch = std::unique_ptr<BN_CTX, openssl::Deleter<BN_CTX_free>>;

/// The eight points whose order divides 8, each in every form that 32 bytes have for it, and a form of another point that is not its own.
constexpr std::array<std::pair<QLatin1StringView, QLatin1StringView>, 15> ed25519{{
    {"order 1"_L1, "0100000000000000000000000000000000000000000000000000000000000000"_L1},
    {"order 2"_L1, "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"_L1},
    {"order 4, 1st"_L1, "0000000000000000000000000000000000000000000000000000000000000000"_L1},
    {"order 4, 2nd"_L1, "0000000000000000000000000000000000000000000000000000000000000080"_L1},
    {"order 8, 1st"_L1, "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"_L1},
    {"order 8, 2nd"_L1, "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"_L1},
    {"order 8, 3rd"_L1, "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"_L1},
    {"order 8, 4th"_L1, "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"_L1},
    {"order 1, y + p"_L1, "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"_L1},
    {"order 1, negative zero"_L1, "0100000000000000000000000000000000000000000000000000000000000080"_L1},
    {"order 1, y + p, negative zero"_L1, "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"_L1},
    {"order 2, negative zero"_L1, "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"_L1},
    {"order 4, y + p, 1st"_L1, "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"_L1},
    {"order 4, y + p, 2nd"_L1, "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"_L1},
    {"another point, y + p"_L1, "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"_L1},
}};

QJsonObject vectorOf(const openssl::Key &key)
{
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    if (!key || PEM_write_bio_PUBKEY(bio.get(), key.get()) != 1)
        qFatal("a weak key cannot be written");
    return {{u"public_pem"_s, QString::fromLatin1(openssl::contents(bio.get()))}};
}

Number parameter(const openssl::Key &key, const char *name)
{
    BIGNUM *number = nullptr;
    EVP_PKEY_get_bn_param(key.get(), name, &number);
    return Number(number);
}

Number hex(const char *digits)
{
    BIGNUM *number = nullptr;
    BN_hex2bn(&number, digits);
    return Number(number);
}

QJsonObject rsa(const Number &modulus, const Number &exponent)
{
    const std::unique_ptr<OSSL_PARAM_BLD, openssl::Deleter<OSSL_PARAM_BLD_free>> builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    const std::unique_ptr<OSSL_PARAM, openssl::Deleter<OSSL_PARAM_free>> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const openssl::KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY *key = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) != 1 || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        qFatal("a weak RSA key cannot be made");
    return vectorOf(openssl::Key(key));
}

} // namespace

QJsonObject weakKeys(const QString &rsaPem)
{
    QJsonObject keys;
    for (const auto &[name, point] : ed25519) {
        const QByteArray raw = QByteArray::fromHex(QByteArray(point.data(), point.size()));
        keys.insert(u"weak-ed25519: "_s + name, vectorOf(openssl::Key(EVP_PKEY_new_raw_public_key(
                                                    EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char *>(raw.constData()),
                                                    static_cast<size_t>(raw.size())))));
    }

    const QByteArray pem = rsaPem.toLatin1();
    const openssl::Bio bio = openssl::reader(pem);
    const openssl::Key sound(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
    const Number modulus = parameter(sound, OSSL_PKEY_PARAM_RSA_N);
    const Number usual = hex("10001");
    for (const auto &[name, exponent] : {std::pair("exponent 1"_L1, "1"), std::pair("exponent 3"_L1, "3"),
                                         std::pair("exponent 65,536"_L1, "10000"), std::pair("exponent 2^64 + 1"_L1, "10000000000000001")})
        keys.insert(u"weak-rs256: "_s + name, rsa(modulus, hex(exponent)));

    const Scratch scratch(BN_CTX_new());
    Number other(BN_dup(modulus.get()));
    BN_clear_bit(other.get(), 0);
    keys.insert(u"weak-rs256: an even modulus"_s, rsa(other, usual));
    for (const BN_ULONG factor : {3UL, 751UL}) {
        other.reset(BN_dup(modulus.get()));
        BN_sub_word(other.get(), BN_mod_word(other.get(), factor));
        if (!BN_is_odd(other.get()))
            BN_sub_word(other.get(), factor);
        keys.insert(u"weak-rs256: a modulus with the factor %1"_s.arg(factor), rsa(other, usual));
    }
    // The upper half of the sound modulus, made odd, and without a small factor by being a prime.
    other.reset(BN_dup(modulus.get()));
    BN_rshift(other.get(), modulus.get(), BN_num_bits(modulus.get()) / 2);
    BN_set_bit(other.get(), 0);
    BN_set_bit(other.get(), BN_num_bits(other.get()) - 2);
    while (BN_check_prime(other.get(), scratch.get(), nullptr) != 1)
        BN_add_word(other.get(), 2);
    BN_sqr(other.get(), other.get(), scratch.get());
    keys.insert(u"weak-rs256: the square of a prime"_s, rsa(other, usual));
    return keys;
}

} // namespace muster::vectors
