// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/commandstore.h"

/// Commands and receipts as the operator API shows them.
namespace muster::fleet {

[[nodiscard]] QJsonObject commandJson(const store::CommandRecord &record);
/// The record without params and result that are too long for a list.
[[nodiscard]] store::CommandRecord listed(store::CommandRecord record);
/// A receipt with the request and the key that it is checked against, so that it proves something without the server. Works for as
/// long as the kept message is there. @return InternalError for a kept key that is none
[[nodiscard]] Result<QJsonObject> receiptJson(const store::CommandProof &proof);

} // namespace muster::fleet
