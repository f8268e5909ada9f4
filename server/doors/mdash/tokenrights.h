// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace muster::doors {

/// What devices may do that are trusted by a token: whoever holds it is taken for the device.
struct TokenRights
{
    bool calls = true;  ///< people may call its methods, and it learns what is wanted of it
    bool state = true;  ///< it reports its state, and asks for what is wanted
    bool events = true; ///< it tells what happened, and logs
    bool health = true; ///< it reports how it is
    bool operator==(const TokenRights &) const = default;
};

} // namespace muster::doors
