// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/capabilities/commands/journalfile.h"
#include "deviceagent/capabilities/registry.h"
#include "deviceagent/link/serverlink.h"

#include <QThreadPool>
#include <QTimer>

#include <map>
#include <memory>

namespace muster::agent {

/// Runs commands once, whatever happens meanwhile, and tells the server what came of them until it has answered:
/// docs/protocol.md, "Commands". The disk is waited for in a thread of its own.
class CommandCapability : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QString journalPath;
        QString deviceId;
        std::chrono::milliseconds retryEvery = std::chrono::seconds(30); ///< for receipts that the server or the disk did not take
        /// False while workers may still register: a method that is missing is then waited for, not missed. Null: never.
        std::function<bool()> isComplete = {};
    };

    /// @param registry whose methods are run, policy and all
    CommandCapability(ServerLink &link, Registry &registry, const Options &options, QObject *parent = nullptr);
    ~CommandCapability() override;

    /// Adds Command.Run.
    void addMethods(Registry &registry);
    /// Reads the journal.
    void start();

private:
    enum class Step { Begin, Running, Done, Expired };
    struct Command
    {
        QString id;
        QString method;
        QJsonObject params;
        QString hash;
        qint64 startedAt = 0; ///< ms, server's clock
    };
    struct Outcome
    {
        Command command; ///< without params
        qint64 finishedAt = 0;
        Answer answer;
    };

    [[nodiscard]] QFuture<Answer> run(const QJsonObject &params);
    [[nodiscard]] Result<Command> read(const QJsonObject &params) const;
    void begin(const Command &command);
    void finish(const Outcome &outcome);
    void finishInterrupted();
    void owe(qint64 counter, const QByteArray &id);
    void tell();
    void told(qint64 counter, const QByteArray &id, const Answer &answer);
    void tidy();
    [[nodiscard]] Answer fit(const Answer &answer) const;
    /// Runs in the journal's thread, after all that was asked for before.
    template <typename T>
    [[nodiscard]] QFuture<T> onDisk(std::function<T(JournalFile &)> job);

    ServerLink &m_link;
    Registry &m_registry;
    const Options m_options;
    const std::shared_ptr<JournalFile> m_journal; ///< belongs to the thread of m_disk
    int m_running = 0;
    int m_beginning = 0;                 ///< asked for, and not yet in the journal
    QList<Outcome> m_unwritten;          ///< the disk did not take them
    std::map<qint64, QByteArray> m_owed; ///< receipts that the server has not answered, by counter
    bool m_isTelling = false;
    qint64 m_tidiedAt = 0; ///< of the boot clock
    QTimer m_retry;
    QThreadPool m_disk; ///< last: what it runs still uses the journal
};

} // namespace muster::agent
