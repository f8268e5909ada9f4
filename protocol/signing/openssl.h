// SPDX-License-Identifier: GPL-3.0-or-later
// OpenSSL's objects with owners. For the sources of this library alone.
#pragma once

#include <QByteArray>

#include <openssl/bio.h>
#include <openssl/decoder.h>
#include <openssl/evp.h>

#include <memory>

namespace muster::openssl {

template <auto free>
struct Deleter
{
    void operator()(auto *object) const { free(object); }
};

using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using DecoderContext = std::unique_ptr<OSSL_DECODER_CTX, Deleter<OSSL_DECODER_CTX_free>>;
using Bio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;

/// A BIO that reads bytes, which must outlive it.
[[nodiscard]] inline Bio reader(const QByteArray &bytes)
{
    return Bio(BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())));
}

/// What was written to a memory BIO.
[[nodiscard]] inline QByteArray contents(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? QByteArray(data, size) : QByteArray();
}

} // namespace muster::openssl
