// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/counters.h"
#include "server/fleet/fleet.h"
#include "server/fleet/selections.h"
#include "server/store/commandstore.h"

namespace muster::fleet {

/// Who asks devices for something. What counts later is the account: sessions end, and the work goes on.
struct Asker : Decider
{
    qint64 account = 0;
};

/// Calls of devices that are kept, and those that somebody waits for. A command waits until its device is there, is written as sent
/// before the device hears of it, sent again until the device has said what became of it, and ends with the device's receipt.
/// Lives in the fleet's thread; use it from elsewhere through inThreadOf(&commands, …).
class Commands : public QObject
{
    Q_OBJECT

public:
    /// A device that is away for long must not come back to more than it can look through …
    static constexpr qsizetype mostOpenPerDevice = 100;
    /// … and all that waits is in memory: so many, and so many bytes of params.
    static constexpr qsizetype mostOpen = 50'000;
    static constexpr qsizetype mostOpenBytes = 64 * 1024 * 1024;
    /// The params of one command, as JSON.
    static constexpr qsizetype paramBytes = 64 * 1024;

    Commands(Fleet &fleet, store::CommandStore &store, Counters &counters);

    /// Loads what is open. Blocks; call before the fleet's thread starts.
    [[nodiscard]] Result<void> load();
    /// What is asked before a command is sent: may this account still call devices? The error says why not. Set before devices
    /// connect; without one nothing is sent.
    using Authorizer = std::function<QFuture<Result<void>>(qint64 account)>;
    void setAuthorizer(Authorizer authorizer) { m_authorizer = std::move(authorizer); }
    /// The time by which ended commands grow old; see Fleet::setAging().
    void setAging(const std::function<qint64()> &clock) { m_aging = clock; }

    struct Order
    {
        QStringList devices;
        QString method;
        QJsonObject params;
        qint64 expiresAt = 0; ///< ms since 1970
        QString bulk;         ///< what the commands of one order to many are found by; empty: for a single device
    };
    /// Keeps a command for each device, all or none. @return them once they are on the disk; NotFound for an unknown device, Conflict
    /// for one that left the selection, InvalidParams, TooLarge, TooMany
    [[nodiscard]] QFuture<Result<QList<QJsonObject>>> create(const Order &order, const Asker &by);
    /// Takes a command back. @return Conflict unless it is queued
    [[nodiscard]] QFuture<Result<QJsonObject>> cancel(const QString &name, const Asker &by);
    /// Takes back all commands of a bulk that are queued, with one audit entry. @return how many were
    [[nodiscard]] QFuture<Result<int>> cancelBulk(const QString &bulk, const Asker &by);
    /// Calls a device for somebody who waits; listed while it runs and afterwards. @param inHistory whether it is a thing that the
    /// device's history should tell. @return as Fleet::call()
    [[nodiscard]] QFuture<Result<QJsonValue>> call(const QString &device, const QString &method, const QJsonObject &params,
                                                   std::chrono::milliseconds timeout, const Asker &by, bool inHistory);
    /// Takes a device's Command.Done. @return {stored: true} once it is on the disk
    [[nodiscard]] QFuture<Result<QJsonValue>> takeReceipt(const Receipt &receipt, const QString &message, const QByteArray &spki);

    struct Query
    {
        QString device;                    ///< empty: all
        QList<store::CommandState> states; ///< empty: all
        QString bulk;                      ///< of one order to many; empty: all
        QString after;                     ///< id of the last one seen; empty: from the newest
        int limit = 100;
        bool wantsTotal = false; ///< counting takes as long as there are many
    };
    /// {items, counts, total?, next?}. @return NotFound for an unknown `after`
    [[nodiscard]] QFuture<Result<QJsonObject>> list(const Query &query);
    [[nodiscard]] QFuture<Result<QJsonObject>> get(const QString &name);
    /// The receipt with all that is needed to check it anywhere.
    [[nodiscard]] QFuture<Result<QJsonObject>> receipt(const QString &name);

    struct Open
    {
        qint64 queued = 0;
        qint64 sent = 0;
        qint64 running = 0;
        [[nodiscard]] QJsonObject toJson() const;
    };
    /// @param device empty: of all
    [[nodiscard]] Open counts(const QString &device = {}) const;
    [[nodiscard]] Selections &selections() { return m_selections; }

    /// Sends nothing any more; in the fleet's thread.
    void shutDown();

signals:
    /// Something about the commands of these devices has changed; at most four times a second.
    void changed(const QSet<QString> &devices);

private:
    using Record = store::CommandRecord;
    using State = store::CommandState;

    /// A command that is not through.
    struct Kept
    {
        Record record;
        qsizetype bytes = 0;      ///< of its params
        qint64 retryAt = 0;       ///< not sent again before, ms of steadyNow()
        bool ending = false;      ///< its end is being written
        bool mayBePassed = false; ///< the device could not begin it: those behind it need not wait
    };
    /// The open commands of one device, in the order in which they were asked for.
    struct Lane
    {
        QStringList names;
        QString busy; ///< the one that is on its way; the others wait behind it
    };

    [[nodiscard]] Result<void> check(const Order &order) const;
    void keep(const Record &record);
    void drop(const QString &name);
    void deliver(const QString &device);
    void authorized(const QString &name, const Result<void> &allowed);
    void send(const QString &name);
    void answered(const QString &name, const Result<QJsonValue> &answer);
    /// The same of a device that keeps no books: its answer is all that will ever be known.
    void answeredOnce(const QString &name, const Result<QJsonValue> &answer);
    void next(const QString &device);
    void pause(const QString &name, qint64 length);
    /// Writes an end without a receipt. @param mayBeSent false: only while it is queued
    [[nodiscard]] QFuture<Result<int>> end(const QString &name, State state, const QString &reason, bool mayBeSent,
                                           const std::optional<QJsonObject> &outcome = {},
                                           const std::optional<store::AuditEntry> &entry = {});
    void ended(const Record &record);
    void deviceForgotten(const QString &device, const QString &by);
    void endForgotten(const QString &name, const QString &reason);
    void tick();
    void expireOld();
    void touch(const QString &device);
    void noteHistory(const Record &record);
    [[nodiscard]] QJsonObject toJson(const Record &record) const;
    [[nodiscard]] bool matches(const Record &record, const Query &query) const;
    [[nodiscard]] QFuture<Result<QJsonObject>> listBefore(const Query &query, const store::CommandStore::Place &place);

    Fleet &m_fleet;
    store::CommandStore &m_store;
    Counters &m_counters;
    Authorizer m_authorizer;
    std::function<qint64()> m_aging = QDateTime::currentMSecsSinceEpoch;
    Selections m_selections;
    QHash<QString, Kept> m_open;
    QHash<QString, Lane> m_lanes;
    qsizetype m_openBytes = 0;
    /// What is being written and will be open: counts towards the limits already.
    QHash<QString, qsizetype> m_adding; ///< by device
    qsizetype m_addingInAll = 0;
    qsizetype m_addingBytes = 0;
    QHash<QString, Record> m_calls; ///< direct calls that wait for their answer
    QSet<QString> m_changed;
    QTimer m_changes;
    QTimer m_ticks;
    QTimer m_expiry;
    bool m_stopped = false;
};

} // namespace muster::fleet
