// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/signing/receipt.h"
#include "server/store/auditstore.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace muster::store {

/// From Queued to Running a command is open; the others are its ends.
enum class CommandState { Queued, Sent, Running, Done, Failed, Expired, Cancelled };
[[nodiscard]] QString commandStateName(CommandState state);
[[nodiscard]] std::optional<CommandState> commandStateFromName(QStringView name);

/// Results and params longer than this (as JSON, bytes) are left out of lists: 500 of them must fit a message.
inline constexpr qsizetype listedBytes = 4096;
/// The longest result or params of a direct call that is kept: nobody asked for it to be.
inline constexpr qsizetype keptCallBytes = 64 * 1024;

/// Commands wait for their device and leave a receipt; calls were answered (or not) while somebody waited.
enum class CommandKind { Command, Call };

struct CommandRecord
{
    qint64 id = 0; ///< of the row
    QString name;  ///< what everybody else calls its id
    QString deviceId;
    CommandKind kind = CommandKind::Command;
    QString method;
    QJsonObject params;
    bool paramsCut = false; ///< the params were too long to be kept, or are left out here
    CommandState state = CommandState::Queued;
    qint64 account = 0; ///< whose permission counts
    QString askedBy;
    qint64 askedAt = 0; ///< this and the times below in ms since 1970, UTC
    std::optional<qint64> expiresAt;
    std::optional<qint64> sentAt;
    std::optional<qint64> finishedAt;
    std::optional<QJsonObject> outcome; ///< {result} or {error}
    bool outcomeCut = false;            ///< it is longer than what stands here
    QString reason;                     ///< why it was cancelled, has expired or failed, in words
    QString bulk;                       ///< what the commands of one order to many have in common; empty: for a single device
    bool receipt = false;
    bool forgotten = false; ///< its device was forgotten since: who has the id now is another one
};

/// The kept receipt of a command, and the key that signed it.
struct CommandProof
{
    CommandRecord command;
    QString message;
    QByteArray spki;
};

/// Commands and direct calls in muster.db. Thread-safe. Every change of a state says from which states it may come, so that late
/// news never undo an end.
class CommandStore
{
public:
    explicit CommandStore(MusterDatabase &database)
        : m_database(database)
    {
    }

    /// All open commands, oldest first.
    [[nodiscard]] QFuture<Result<QList<CommandRecord>>> loadOpen();
    /// Keeps commands, all or none, with the audit entry of who asked for them.
    [[nodiscard]] QFuture<Result<int>> add(const QList<CommandRecord> &commands, const AuditEntry &entry);
    /// Queued to sent; to be committed before the device hears of it.
    [[nodiscard]] QFuture<Result<int>> setSent(const QString &name, qint64 at);
    /// Sent to running.
    [[nodiscard]] QFuture<Result<int>> setRunning(const QString &name);
    /// Sent back to queued: the device said that it did not begin.
    [[nodiscard]] QFuture<Result<int>> setQueued(const QString &name);
    /// Ends an open command without a receipt; one that is not queued any more only where `mayBeSent`.
    /// @return how many rows changed: 0 where it has ended otherwise meanwhile
    [[nodiscard]] QFuture<Result<int>> finish(const CommandRecord &command, bool mayBeSent, const std::optional<AuditEntry> &entry = {});
    /// Ends commands that are queued, with one audit entry where there is one at least. @return the names of those that were
    [[nodiscard]] QFuture<Result<QSet<QString>>> finishQueued(const QList<CommandRecord> &commands, const AuditEntry &entry);
    /// Keeps a direct call that has ended.
    [[nodiscard]] QFuture<Result<int>> addCall(const CommandRecord &call);

    struct Kept
    {
        CommandRecord command; ///< as it is now
        bool isNew = false;    ///< false: the same receipt was kept before
    };
    /// Checks a receipt against its request, and keeps it. @param message the device's Command.Done as it was signed, @param spki the
    /// key that signed it
    /// @return NotFound for a command that this device was not given, Conflict for one that proves something else
    [[nodiscard]] QFuture<Result<Kept>> keepReceipt(const Receipt &receipt, const QString &message, const QByteArray &spki, qint64 now);

    struct Filter
    {
        QString device;             ///< empty: all; else without what was asked of one that was forgotten since
        QList<CommandState> states; ///< empty: all
        QString bulk;               ///< of one order to many; empty: all
    };
    /// A place in the order of lists: newest first.
    struct Place
    {
        qint64 askedAt = std::numeric_limits<qint64>::max();
        qint64 id = std::numeric_limits<qint64>::max();
    };
    /// The newest that fit, before a place. Long params and results are left out.
    [[nodiscard]] QFuture<Result<QList<CommandRecord>>> list(const Filter &filter, const Place &before, int limit);
    /// How many fit.
    [[nodiscard]] QFuture<Result<qint64>> count(const Filter &filter);
    struct Bulk
    {
        CommandRecord one; ///< of its commands, whole: they differ in their device and in what became of them
        QHash<CommandState, int> counts;
    };
    /// How far the commands of one order to many are. @return NotFound
    [[nodiscard]] QFuture<Result<Bulk>> bulk(const QString &name);
    /// The devices of those of its commands that ended so, without the ones that were forgotten since.
    [[nodiscard]] QFuture<Result<QStringList>> devicesOf(const QString &bulk, const QList<CommandState> &states);
    /// One command, whole. @return NotFound
    [[nodiscard]] QFuture<Result<CommandRecord>> get(const QString &name);
    /// @return NotFound where there is no command, or no receipt of it
    [[nodiscard]] QFuture<Result<CommandProof>> proof(const QString &name);

    /// Removes some of what has ended and is too old, or too much. @return true when more is left to do
    [[nodiscard]] QFuture<Result<bool>> expire(qint64 now);

private:
    [[nodiscard]] QFuture<Result<int>> write(const QString &text, const Row &values);

    MusterDatabase &m_database;
};

/// Ended commands are kept for so long, ms …
inline constexpr qint64 commandsKept = 90LL * 24 * 3'600'000;
/// … and so many of them. Direct calls count apart: a script that calls all day must not push receipts out.
inline constexpr int mostCommands = 100'000;
inline constexpr int mostCalls = 20'000;

} // namespace muster::store
