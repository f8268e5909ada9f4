// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/account.h"
#include "client/link/fleetwatch.h"
#include "client/link/link.h"
#include "client/link/serverclock.h"

#include <QObject>

namespace muster {

/// One server, as programs, pages and models get it: the four that have to do with it, by their jobs. What needs the connection alone
/// takes the Link. LiveBackend is a real server, MockBackend an invented fleet; nobody else knows which it is.
/// All of it lives in the thread of the user interface and never blocks it.
class Backend : public QObject
{
    Q_OBJECT
    Q_PROPERTY(muster::Link *link READ link CONSTANT FINAL)
    Q_PROPERTY(muster::Account *account READ account CONSTANT FINAL)
    Q_PROPERTY(muster::ServerClock *clock READ clock CONSTANT FINAL)
    Q_PROPERTY(muster::FleetWatch *fleet READ fleet CONSTANT FINAL)

public:
    using QObject::QObject;

    /// The connection: how it stands, calls and subscriptions.
    [[nodiscard]] virtual Link *link() = 0;
    /// Who is signed in, and the ways in and out.
    [[nodiscard]] virtual Account *account() = 0;
    /// The server's time.
    [[nodiscard]] virtual ServerClock *clock() = 0;
    /// How many devices there are, and how they are.
    [[nodiscard]] virtual FleetWatch *fleet() = 0;
};

} // namespace muster
