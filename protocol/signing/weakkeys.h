// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/signing/openssl.h"

#include <QString>

/// Public keys for which anybody can sign, though they look like any other: what such a key is said to have signed proves nothing.
namespace muster::weakkeys {

/// @param key Ed25519
/// @return what is wrong with it, in words for people; empty for nothing
[[nodiscard]] QString faultOfEd25519(const EVP_PKEY *key);

/// @param key RSA
/// @return as faultOfEd25519(). Finds what costs little to find: neither prime moduli, nor factors that two keys share, nor close ones
[[nodiscard]] QString faultOfRsa(const EVP_PKEY *key);

} // namespace muster::weakkeys
