// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/signing/weakkeys.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <sodium/crypto_core_ed25519.h>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster::weakkeys {

namespace {

using Number = std::unique_ptr<BIGNUM, openssl::Deleter<BN_free>>;

/// FIPS 186-5 section A.1.1 wants 2^16 < e < 2^256; OpenSSL verifies with 64 bits at most where the modulus is a long one.
constexpr int exponentBits = 64;
constexpr BN_ULONG leastExponent = 65537;
/// NIST SP 800-89 section 5.3.3: no factor below 752.
constexpr BN_ULONG factorsBelow = 752;

Number parameter(const EVP_PKEY *key, const char *name)
{
    BIGNUM *number = nullptr;
    EVP_PKEY_get_bn_param(key, name, &number);
    return Number(number);
}

constexpr bool isPrime(BN_ULONG number)
{
    for (BN_ULONG factor = 2; factor * factor <= number; ++factor) {
        if (number % factor == 0)
            return false;
    }
    return number > 1;
}

bool isSquareModulo(BN_ULONG value, BN_ULONG prime)
{
    for (BN_ULONG root = 0; root <= prime / 2; ++root) {
        if (root * root % prime == value)
            return true;
    }
    return false;
}

} // namespace

QString faultOfEd25519(const EVP_PKEY *key)
{
    std::array<unsigned char, crypto_core_ed25519_BYTES> point{};
    size_t size = point.size();
    if (EVP_PKEY_get_raw_public_key(key, point.data(), &size) != 1 || size != point.size()
        || crypto_core_ed25519_is_valid_point(point.data()) != 1)
        return u"The Ed25519 key is no point of the group that signatures are made in (a point of small order, or not in its one form)."_s;
    return {};
}

QString faultOfRsa(const EVP_PKEY *key)
{
    const Number exponent = parameter(key, OSSL_PKEY_PARAM_RSA_E);
    if (!exponent || !BN_is_odd(exponent.get()) || BN_num_bits(exponent.get()) > exponentBits
        || BN_get_word(exponent.get()) < leastExponent)
        return u"The RSA key's public exponent is not an odd number of 65537 to 2^64: make one with 65537."_s;
    const Number modulus = parameter(key, OSSL_PKEY_PARAM_RSA_N);
    if (!modulus)
        return u"The RSA key has no modulus."_s;
    // A square is one modulo every prime; another number is one modulo half of them.
    bool isSquare = true;
    for (BN_ULONG prime = 2; prime < factorsBelow; ++prime) {
        if (!isPrime(prime))
            continue;
        const BN_ULONG rest = BN_mod_word(modulus.get(), prime);
        if (rest == 0)
            return u"The RSA key's modulus can be divided by %1."_s.arg(prime);
        isSquare = isSquare && isSquareModulo(rest, prime);
    }
    return isSquare ? u"The RSA key's modulus is a square."_s : QString();
}

} // namespace muster::weakkeys
