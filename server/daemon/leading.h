// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/settings.h"
#include "server/standby.h"
#include "server/store/postgres/lease.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <optional>

namespace muster {

/// Decides, for servers that share a PostgreSQL database, when this one leads. Until then it stands by at its port. Lives in the main thread;
/// what is asked of the database, which may not answer, is asked in a thread of its own.
class Leading : public QObject
{
    Q_OBJECT

public:
    /// @param settings outlive this; `epoch` is set in them when it leads
    explicit Leading(Settings &settings);
    /// Gives the lead to whoever waits for it, where that was not done yet. Waits for the database.
    ~Leading() override;

    /// Connects, and begins; waits for a database that is away. Tells by signals what comes of it.
    /// @param anew in the place of a process that led: its port answers from the start
    void begin(bool anew);
    /// Gives the lead to whoever waits for it. After the server has stopped. Waits for the database.
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
    /// The addresses of all servers of this database, this one's first.
    void membersKnown(const QStringList &urls);

private:
    using State = Result<store::Lease::State>;

    /// Asks the database, one question at a time. @param then in this object's thread
    template <typename Work, typename Then>
    void ask(Work work, Then then);
    void tick();
    void lookAsLeader();
    void heard(const State &state);
    void took(const Result<qint64> &epoch);
    /// @param trouble why it is not known who leads
    void standBy(const QString &leader, const QString &trouble = {});
    void noteTrouble(const QString &trouble);
    [[nodiscard]] QString keyFile() const;
    /// Reads who this server is over all its lives, or makes it up. Empty where that cannot be kept.
    [[nodiscard]] QString loadInstance() const;
    void opened(const State &state, bool anew);
    [[nodiscard]] Result<void> loadKey(const store::Lease::State &state);
    [[nodiscard]] store::Lease::Holder holder() const;

    Settings &m_settings;
    std::unique_ptr<store::Lease> m_lease; ///< used in m_thread alone, but for what any thread may
    QThread m_thread;
    QObject m_asker; ///< lives there
    std::unique_ptr<Standby> m_standby;
    std::shared_ptr<const Signer> m_signer;
    QString m_fingerprint;
    QString m_instance;
    bool m_isFirstLook = true; ///< of a process that has not led
    QTimer m_ticks;
    QString m_trouble;               ///< as it was said last
    std::optional<qint64> m_askedAt; ///< as steadyNow(); none: no question is open
    qint64 m_announcedAt = 0;        ///< as steadyNow()
    qint64 m_seenEpoch = -1;         ///< of the one that led last, while this one looked
    qint64 m_freeSince = 0;          ///< as steadyNow(); 0: somebody leads
    bool m_leads = false;
};

} // namespace muster
