// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace muster::vectors {

/// Public keys for which anybody can sign: name -> {public_pem}. @param rsaPem a sound RSA key, which the weak ones are made from
[[nodiscard]] QJsonObject weakKeys(const QString &rsaPem);

} // namespace muster::vectors
