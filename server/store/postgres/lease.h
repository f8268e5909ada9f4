// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/postgres/postgresaddress.h"
#include "server/store/sql.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

namespace muster::store {

class Connection;
class PostgresDialect;

/// Which of several servers on one database leads: a row with an epoch and an end, by the clock of the database alone. Who leads renews it;
/// each transaction that writes looks, within itself, whether its epoch still holds (PostgresDialect), so that a leader that was stopped and
/// wakes up writes nothing. Belongs to the thread that opens it; renewing has a thread of its own.
class Lease
{
public:
    static constexpr std::chrono::seconds length{10};
    static constexpr std::chrono::seconds renewed{3};

    /// What the others and the devices are told of a server.
    struct Holder
    {
        QString name;
        QString url;
        QString key;      ///< fingerprint of the key that the devices trust: servers of one database have the same
        QString instance; ///< the same for all lives of one server, and for no other; empty: of nobody who would come back
    };
    struct State
    {
        qint64 epoch = 0; ///< rises with each change
        Holder holder;    ///< key alone where nobody has led yet
        bool isHeld = false;
    };
    /// Where a lease stands still for so long, by the clock of who looks, nobody renews it: the database's clock was set back.
    static constexpr std::chrono::seconds standsStill{13};

    explicit Lease(PostgresAddress address);
    /// Gives it back where it is ours.
    ~Lease();
    Q_DISABLE_COPY_MOVE(Lease)

    /// Connects, and makes its table where there is none. Call first; blocks for some seconds where the database is away.
    /// @return what is wrong with the database, or with its being newer than this program
    [[nodiscard]] Result<void> open();
    /// How it stands now. Connects again where it has to. Blocks as open() does.
    [[nodiscard]] Result<State> look();
    /// Says that a server is there, whether it leads or not; see members(). Blocks as open() does.
    [[nodiscard]] Result<void> announce(const Holder &own);
    /// The addresses of all servers that were there within a day, those seen last first. Blocks as open() does.
    [[nodiscard]] Result<QStringList> members();
    /// Takes it where nobody holds it. @return the new epoch; 0: somebody was faster; Conflict: the database is another fleet's, or a newer
    /// program has changed it
    /// @param back takes it from the life of this server before as well, which is known to be over
    [[nodiscard]] Result<qint64> take(const Holder &own, bool back = false);
    /// Begins to renew it. After take().
    void keep();
    /// It is not ours any more, or may not be: neither the database nor anybody else said so for as long as it lasts. From any thread.
    [[nodiscard]] bool isLost() const;
    /// Gives it back, so that another one may lead at once.
    void giveBack();

private:
    [[nodiscard]] Result<void> connect();
    /// Asks over a connection; once more with all tables made anew where somebody removed one.
    template <typename Ask>
    [[nodiscard]] auto asked(Ask ask) -> std::invoke_result_t<Ask, Sql &>;
    [[nodiscard]] Result<qint64> takeOnce(Sql &sql, const Holder &own, bool back);
    /// Whether somebody has it, as a row of the table says.
    [[nodiscard]] bool isHeld(bool isCurrent, const QString &until) const;
    void renewLoop(qint64 epoch, const std::stop_token &stop);

    PostgresAddress m_address;
    std::unique_ptr<PostgresDialect> m_dialect;
    std::unique_ptr<Connection> m_connection;
    qint64 m_epoch = 0;
    QString m_seenUntil;    ///< the end that it had when it was looked at
    qint64 m_seenSince = 0; ///< when that was seen first, ms of a clock that nobody sets
    std::jthread m_renewing;
    std::atomic<qint64> m_renewedAt = 0; ///< ms of a clock that nobody sets, before it was asked for
    std::atomic<bool> m_isTaken = false; ///< the database said that somebody else has it
};

} // namespace muster::store
