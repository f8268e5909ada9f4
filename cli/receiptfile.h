// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

namespace muster::cli {

/// Checks a receipt that `musterctl receipt` wrote, with nothing but the file: signature, signer, and that it answers just the
/// request that the file names.
/// @param fingerprint of the device's key, from a source that is trusted; empty: the caller compares what is shown
/// @param json whether the account is for a program
/// @return an account of what the receipt proves; or in one sentence why it proves nothing
[[nodiscard]] Result<QString> verifyReceiptFile(const QString &path, const QString &fingerprint, bool json);

} // namespace muster::cli
