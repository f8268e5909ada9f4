// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/signing/keys.h"

#include "protocol/rpc/message.h"
#include "protocol/signing/canonical.h"
#include "protocol/signing/ed25519.h"
#include "protocol/signing/openssl.h"
#include "protocol/signing/rs256.h"

#include <QtCrypto>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// A key that guards nothing: it was made for this test and is public by being here.
constexpr char testRsaKey[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQDHFykEwBjx//mX\n"
    "FP1jE+zRxUlZ+bdiZVz4dt1lvld5fL4U3OVwFt2PzSSpwN02TlmFUaySnhu1uUwL\n"
    "VB6UlkwcNThIvR+pE/MrV0PvtAzCiVty6Sye4dsQp1oAWatucCYOPPz8lUCe/ZMs\n"
    "bDHQaWQ95krZqyV46veqZqe9h9Js0SpzSA3DXLqSO5R542jsY8GCXCQiqS2J5SPU\n"
    "8tu4L13zvmsG1uATGi6XpUsduaOaQcZOnJhbl0zpal5Pzwl6kmho2nxeWnJOhdUh\n"
    "6hEGSwnn9DzqBL7FkEN40DwLESReCviLiLYos7x2TTMxs6lzxOcWtv8W3v6Qe9UO\n"
    "KCy1G8Y7AgMBAAECggEAH4vfb4XCziHJ2jM0vUzMcybIKy4i7T/zfdlT1onVEYZ/\n"
    "Fg40etDctasDWrSZOMAsdjANYMQVzvM4BfmDyPaRw8x5CSmSiTeEigMPXD2S4gZi\n"
    "y6//5oMSM67Y14Jd5Cd4GDx4t8ssjKTQe7L/J69zd0104c25J9JPgRw4CxOo953b\n"
    "do+IYlPbOMeRHHNGtg6MnxZzfvxRT3VUrWFugkfzMMT8PywYv/z9h+SbLc3QQHTu\n"
    "Plk8YxMZcToF+V+cjrE4p1COVDhpOf4PWPv5Gt2c87kOrHhjysyyyQfg9UJyE6st\n"
    "6HXCQSJCXX/ugebg3GSU33Hvb3+vkG++9reKDOlhFQKBgQDsILTqUmF4E13jblYV\n"
    "mj7TOcOF4RDuZ9uato5tGj0iCV9D5qu7cwX7R2sCsGDLYIag/aInZkQ9ffp+zoet\n"
    "1YragQ7ZXXeE77s0fOInHlBD0dwCp8Pen6fiuMYCsDkGc2jkhEQbY7cpWUEs4gR2\n"
    "Mt0Msvt68+Y/WTpIIExSDzMnvQKBgQDX2H9eaaQ8jRIhHP8HiDMwCizZb2pP+dN+\n"
    "rF+griGg4p1ASqXjTrJBz8yN9e6tyuP9SWX0p5WVZVxxNsP9Dyy4oG9JTMWndZAh\n"
    "yKIMhZAbx/jJTVU+fLId04klUlRLLM4w+pe564rOHKhUzsf+Z69U332quyvAKXSe\n"
    "rfkF9owpVwKBgHJl2iCYLt6ky1zvTMeEhiGBn8eR5ckLCirnfRNAnhOKZNwZumPD\n"
    "c0dtL1wLJaoCptcCangaJL+B9EVRPAytI2t/ETmf/dKq7pCcXFjFZ++jkaq7qrqF\n"
    "sSm3iT8uL0J/0Xa82d5HLirbMidTjQPS2qNXZ10HIyrXyNO+yhsLgCYlAoGAGc7N\n"
    "C+Ddvk+vxz3MUH48gJX23tivgXiBjTfXB0NKyg3Od411YERck/ngn2i0bRtBP1uz\n"
    "URlojUBdWTwPGwbhdgHYzI7dYzRvU1rF5XFi1a+HU6pnct09/sr4Lvo1Eff9f2W3\n"
    "FofPRO2wQtOmngiPsjo2sF9Iz+UlCIQMrmXYRGkCgYBFpPJRSusSAD1WbSOLJXzq\n"
    "Z2OhQ/OnaDITZU+nV2PRgCiJfW2/Slf3MwGRZ2d/+vJiFhqL1C7LfRaVUBPK4PAo\n"
    "BS2u8xgY8eRLGXrwos4uh5xG8MVePqKKSKHinN+pfUACDqkldgc7JaKPBV3TS3HR\n"
    "upex2AXKwKBdeLMxCABsTw==\n"
    "-----END PRIVATE KEY-----\n";
constexpr char testText[] = "Muster self-test";
constexpr char testRsaSignature[] =
    "QjcLcmuF04te2tY0vTmZBS0yjapoUMZZOJSIWZpQGcFz+inEBsMim40hmCpx7/Gr8VKJJf6wHXETIAyPay3+qkkeaoijZxKVrpN7"
    "yQNHS079SsN/fFA63Z6naHHZHmj37sy44KDOk24YdTH82+qAOBX+1TVV1i/pLPnhJM8OdkvtezzqcTGFBNGIqSQwI87gPj0xNtFG"
    "lnv2yZMmTdPm5mhVQbuaKR3Yc6FDHGV0/L0UBLoszBzJl9yIcKN56eCZI4Uukpn91Qkgj9PN2w6guDRMIKSsMvtEzONOWk3QuwDg"
    "5BSWr11Imu7Q32A+xJLvJB55Oor7O0gEJ8IMLPL4aQ==";

// RFC 8032 section 7.1, test 2.
constexpr char testEdSecret[] = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
constexpr char testEdText[] = "72";
constexpr char testEdSignature[] =
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

std::unexpected<Error> fails(const QString &what)
{
    return failure(InternalError, u"The self-test of the crypto libraries failed: %1."_s.arg(what));
}

/// @return true when the signer makes this very signature (both algorithms are deterministic), the verifier takes it, and
/// refuses it with one bit changed
bool agree(const Signer &signer, const Verifier &verifier, const QByteArray &text, const QByteArray &signature)
{
    const Result<QByteArray> made = signer.sign(text);
    QByteArray changed = signature;
    changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
    return made && *made == signature && verifier.verify(text, signature) && !verifier.verify(text, changed)
           && !verifier.verify(text + "x", signature);
}

} // namespace

class CryptoLibrary::Private
{
public:
    // Practical: memory is locked where the system lets us, and a container that forbids it still works.
    QCA::Initializer qca{QCA::Practical, 64};
};

CryptoLibrary::CryptoLibrary()
    : d(std::make_unique<Private>())
{
}

CryptoLibrary::~CryptoLibrary() = default;

Result<void> CryptoLibrary::selfTest() const
{
    if (!QCA::isSupported("pkey", u"qca-ossl"_s))
        return fails(u"QCA's plug-in qca-ossl is missing (package libqca-qt6-plugins)"_s);

    const std::shared_ptr<const Signer> rsa = makeRs256Signer(testRsaKey);
    const QCA::PrivateKey rsaKey = QCA::PrivateKey::fromPEM(QString::fromLatin1(testRsaKey));
    const std::shared_ptr<const Verifier> rsaVerifier = rsaKey.isNull() ? nullptr : makeRs256Verifier(rsaKey.toPublicKey().toDER());
    if (!rsa || !rsaVerifier || !agree(*rsa, *rsaVerifier, testText, QByteArray::fromBase64(testRsaSignature)))
        return fails(u"RS256 does not work (QCA with qca-ossl)"_s);

    const QByteArray secret = QByteArray::fromHex(testEdSecret);
    const openssl::Key edKey(EVP_PKEY_new_raw_private_key(
        EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char *>(secret.constData()), static_cast<size_t>(secret.size())));
    if (!edKey
        || !agree(*makeEd25519Signer(edKey), *makeEd25519Verifier(edKey), QByteArray::fromHex(testEdText),
                  QByteArray::fromHex(testEdSignature)))
        return fails(u"EdDSA does not work (OpenSSL's Ed25519)"_s);

    // RFC 8785 section 3.2.2, without its number above 2^53.
    const Result<QJsonObject> sample = parseJsonObject(
        R"({"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","numbers":[333333333.33333329,4.50,2e-3,0.000000000000000000000000001],"literals":[null,true,false]})");
    const auto canonical = sample ? canonicalJson(*sample) : std::unexpected(sample.error());
    if (!canonical
        || *canonical
               != R"({"literals":[null,true,false],"numbers":[333333333.3333333,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"})")
        return fails(u"the canonical form of JSON is wrong"_s);
    return {};
}

} // namespace muster
