// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operators/shares.h"

#include "server/async.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::operators {

Result<void> Shares::load()
{
    const auto shares = m_store.loadShares().result();
    if (!shares)
        return std::unexpected(shares.error());
    for (auto share = shares->cbegin(); share != shares->cend(); ++share)
        put(share.key(), *share);
    return {};
}

void Shares::put(const QString &device, const QSet<qint64> &accounts)
{
    const QSet<qint64> before = m_accounts.value(device);
    for (const qint64 account : before - accounts) {
        if (const auto devices = m_devices.find(account); devices != m_devices.end() && devices->remove(device) && devices->isEmpty())
            m_devices.erase(devices);
    }
    for (const qint64 account : accounts - before)
        m_devices[account].insert(device);
    if (accounts.isEmpty())
        m_accounts.remove(device);
    else
        m_accounts.insert(device, accounts);
}

QFuture<Result<int>> Shares::set(const QString &device, const QSet<qint64> &accounts, const store::AuditEntry &entry)
{
    if (accounts.size() > mostAccounts)
        return ready<Result<int>>(failure(TooMany, u"a device is shared with %1 people at most"_s.arg(mostAccounts)));
    const QSet<qint64> before = accountsOf(device);
    for (const qint64 account : accounts - before) {
        if (m_devices.value(account).size() >= mostDevices)
            return ready<Result<int>>(failure(TooMany, u"one person has %1 shared devices at most"_s.arg(mostDevices)));
    }
    if (!(before - accounts).isEmpty()) {
        put(device, before & accounts);
        emit changed();
    }
    return m_store.share(device, accounts, entry).then(this, [this, device, accounts, before](const Result<int> &written) {
        put(device, written ? accounts : before);
        emit changed();
        return written;
    });
}

void Shares::forgetDevice(const QString &device)
{
    put(device, {});
    emit changed();
}

void Shares::forgetAccount(qint64 account)
{
    const QSet<QString> devices = devicesOf(account);
    for (const QString &device : devices)
        put(device, accountsOf(device) - QSet<qint64>{account});
    emit changed();
}

} // namespace muster::operators
