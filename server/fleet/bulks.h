// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/commands.h"

namespace muster::fleet {

/// Orders to many devices: how far their commands are, and what follows of that. Lives in the fleet's thread, as the commands do.
class Bulks : public QObject
{
    Q_OBJECT

public:
    Bulks(Fleet &fleet, Commands &commands, store::CommandStore &store);

    /// {bulk, method, params, asked_by, asked_at, expires_at, total, states}: `states` has a figure for each state of a command.
    /// @return NotFound for an unknown one, or one whose commands are too old to be kept
    [[nodiscard]] QFuture<Result<QJsonObject>> get(const QString &bulk);
    /// Takes back what was not sent yet. @return {cancelled}; NotFound
    [[nodiscard]] QFuture<Result<QJsonObject>> cancel(const QString &bulk, const Asker &by);
    /// The same once more, for the devices where it failed or expired: they get as long as they had.
    /// @param count of how many commands that failed the person was told; where it is another number by now, nothing is made
    /// @return {bulk, total} of the new one; NotFound; Conflict; as Commands::create()
    [[nodiscard]] QFuture<Result<QJsonObject>> again(const QString &bulk, int count, const Asker &by);

private:
    Fleet &m_fleet;
    Commands &m_commands;
    store::CommandStore &m_store;
};

} // namespace muster::fleet
