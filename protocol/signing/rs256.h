// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/signing/keys.h"

namespace muster {

/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2, RFC 7518 section 3.3) through QCA.
/// @param pem PKCS#8, unencrypted; null when QCA cannot read it
[[nodiscard]] std::shared_ptr<const Signer> makeRs256Signer(const QByteArray &pem);
/// @param spki DER of SubjectPublicKeyInfo; null when QCA cannot read it
[[nodiscard]] std::shared_ptr<const Verifier> makeRs256Verifier(const QByteArray &spki);

} // namespace muster
