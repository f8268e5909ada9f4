// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/dialect.h"
#include "server/store/postgres/postgresaddress.h"

#include <memory>
#include <optional>

namespace muster::store {

/// Where a server keeps what it knows: two files of its data folder, or two schemas of one PostgreSQL database.
struct Place
{
    QString folder;
    std::optional<PostgresAddress> address;
    qint64 epoch = 0; ///< under which is written; see Lease

    /// For people: the folder, or the address without anything secret.
    [[nodiscard]] QString name() const { return address ? address->toString() : folder; }
    /// Keys, accounts, commands, audit.
    [[nodiscard]] std::shared_ptr<const Dialect> muster() const;
    /// Samples, history, presence.
    [[nodiscard]] std::shared_ptr<const Dialect> telemetry() const;
};

/// What a server would stumble over in a PostgreSQL database, without a change to it. Blocks.
[[nodiscard]] Result<void> checkDatabase(const PostgresAddress &address);

} // namespace muster::store
