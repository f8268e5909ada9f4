// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/daemon/leadfornow.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

Result<qint64> leadForNow(store::Lease &lease, const QString &who)
{
    if (const auto opened = lease.open(); !opened)
        return std::unexpected(opened.error());
    const auto state = lease.look();
    if (!state)
        return std::unexpected(state.error());
    const auto epoch = state->isHeld ? Result<qint64>(0) : lease.take({.name = who, .url = {}, .key = state->holder.key, .instance = {}});
    if (epoch && *epoch == 0)
        return failure(Conflict, state->holder.url.isEmpty()
                                     ? u"\"%1\" is at work on this database: wait until it has ended"_s.arg(state->holder.name)
                                     : u"a Muster server (%1) leads with this database: stop it first"_s.arg(state->holder.url));
    if (epoch)
        lease.keep();
    return epoch;
}

} // namespace muster
