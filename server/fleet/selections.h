// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QHash>
#include <QStringList>

namespace muster::fleet {

/// A list of devices as somebody saw it, frozen: what is then done to it is done to these and no others.
struct Selection
{
    QString id;
    qint64 account = 0; ///< whose it is
    QStringList devices;
    qint64 expiresAt = 0; ///< ms since 1970
    QString gone;         ///< one of the devices that was forgotten since
};

/// Selections that are good now; in memory alone. Belongs to the fleet's thread.
class Selections
{
public:
    /// Long enough to read a list and decide, short enough that the list still is what it says.
    static constexpr qint64 length = 15 * 60'000;
    /// Devices of one selection.
    static constexpr qsizetype mostDevices = 10'000;
    /// Of one account, the newest; and in all.
    static constexpr qsizetype mostPerAccount = 20;
    static constexpr qsizetype mostInAll = 500;

    /// @return the selection; TooMany where everybody together has too many
    [[nodiscard]] Result<Selection> make(qint64 account, const QStringList &devices, qint64 now);
    /// @return the account's own selection; NotFound where there is none, or not any more; Conflict once one of its devices was forgotten
    [[nodiscard]] Result<Selection> find(const QString &id, qint64 account, qint64 now);
    /// A device was forgotten: lists that name it are no longer what their makers saw.
    void forget(const QString &device);

private:
    void expire(qint64 now);

    QHash<QString, Selection> m_selections;
};

} // namespace muster::fleet
