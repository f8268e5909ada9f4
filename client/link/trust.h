// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

namespace muster {

/// From now on this program trusts the certificates of `file` (PEM) and no others, as muster-agent does with --ca-certificate: for a
/// server whose certificate is of one's own authority. Call before the first connection. Not for the browser, which has its own.
/// @return InvalidParams saying what is wrong with the file
[[nodiscard]] Result<void> trustCertificates(const QString &file);

} // namespace muster
