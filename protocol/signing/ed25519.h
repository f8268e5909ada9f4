// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/signing/keys.h"
#include "protocol/signing/openssl.h"

namespace muster {

/// Ed25519 (RFC 8032) through OpenSSL: QCA has none. Both share the key with their caller.
[[nodiscard]] std::shared_ptr<const Signer> makeEd25519Signer(const openssl::Key &key);
[[nodiscard]] std::shared_ptr<const Verifier> makeEd25519Verifier(const openssl::Key &key);

} // namespace muster
