// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace muster::web {

/// A page of the server's own: all in one piece, with a policy that allows its own style and script and nothing else.
struct OwnPage
{
    QByteArray html;
    QByteArray policy; ///< for Content-Security-Policy
};

/// The pages that stand where the browser program does not; their texts are in server/web/pages/.
struct OwnPages
{
    OwnPages();

    OwnPage waiting; ///< the program is being built: shows how far it is, and gives way to it
    OwnPage none;    ///< this server carries none
    OwnPage damaged; ///< it is not what its manifest says
    OwnPage missing; ///< there is nothing at this address
};

} // namespace muster::web
