// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/settings.h"
#include "server/standby.h"
#include "server/store/postgres/lease.h"

#include <QObject>
#include <QTimer>

namespace muster {

/// Decides, for servers that share a PostgreSQL database, when this one leads. Until then it stands by at its port. Lives in the main thread,
/// which asks the database each second; what is asked gives up by itself.
class Leading : public QObject
{
    Q_OBJECT

public:
    /// @param settings outlive this; `epoch` is set in them when it leads
    explicit Leading(Settings &settings);
    ~Leading() override;

    /// Connects, and begins. @return what is wrong with the database or the key
    [[nodiscard]] Result<void> begin();
    /// Gives the lead to whoever waits for it. After the server has stopped.
    void end();

signals:
    /// Nobody else leads, and the port is free for the server.
    void leads();
    /// It stands by from now on. @param url of the one that leads
    void standsBy(const QString &url);
    /// It cannot go on as it is.
    void failed(const QString &why);
    /// It led, and does not any more: nothing of what it holds is sure, and it begins anew.
    void lost();

private:
    void look();
    void lookAsLeader();
    [[nodiscard]] Result<void> standBy(const store::Lease::State &state);
    [[nodiscard]] Result<void> loadKey(const store::Lease::State &state);
    [[nodiscard]] store::Lease::Holder holder() const;

    Settings &m_settings;
    store::Lease m_lease;
    std::unique_ptr<Standby> m_standby;
    std::shared_ptr<const Signer> m_signer;
    QString m_fingerprint;
    QTimer m_looks;
    qint64 m_seenEpoch = -1; ///< of the one that led last, while this one looked
    qint64 m_freeSince = 0;  ///< as steadyNow(); 0: somebody leads
    bool m_leads = false;
};

} // namespace muster
