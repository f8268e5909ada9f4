// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/devicestore.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QSet>

namespace muster::operators {

/// Which devices were shared with whom. All is in memory, so that a request is judged without a query. Lives in the API's thread.
class Shares : public QObject
{
    Q_OBJECT

public:
    /// Accounts that one device may be shared with, and devices that one account may have: a household, and not a fleet.
    static constexpr qsizetype mostAccounts = 100;
    static constexpr qsizetype mostDevices = 1000;

    explicit Shares(store::DeviceStore &store)
        : m_store(store)
    {
    }

    /// Blocks; call before the API's thread starts.
    [[nodiscard]] Result<void> load();
    [[nodiscard]] QSet<QString> devicesOf(qint64 account) const { return m_devices.value(account); }
    [[nodiscard]] QSet<qint64> accountsOf(const QString &device) const { return m_accounts.value(device); }
    /// The device is shared with these and nobody else. What gives a right is written before it counts; what ends one counts at once.
    /// @return TooMany; NotFound where the device is gone
    [[nodiscard]] QFuture<Result<int>> set(const QString &device, const QSet<qint64> &accounts, const store::AuditEntry &entry);
    /// The device, or the account, is gone, with all that it had.
    void forgetDevice(const QString &device);
    void forgetAccount(qint64 account);

signals:
    /// Somebody has another set of devices than before.
    void changed();

private:
    void put(const QString &device, const QSet<qint64> &accounts);

    store::DeviceStore &m_store;
    QHash<qint64, QSet<QString>> m_devices;  ///< by account
    QHash<QString, QSet<qint64>> m_accounts; ///< by device
};

} // namespace muster::operators
