// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslError>
#include <QString>

namespace muster::transport {

/// What is wrong with a peer's certificate, and what who runs this end can do about it.
[[nodiscard]] QString tlsAdvice(const QSslError &error);

} // namespace muster::transport
