// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

namespace muster::listen {

/// Asks the system for as many file descriptors as this process may have. @return how many that is
[[nodiscard]] qint64 raiseDescriptorLimit();

} // namespace muster::listen
