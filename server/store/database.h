// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/migrations.h"

#include <QFuture>
#include <QMutex>
#include <QPromise>
#include <QThread>
#include <QWaitCondition>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace muster::store {

/// How much a commit promises.
enum class Durability {
    Full,   ///< `synchronous=FULL`: a commit has reached the disk. For what was acknowledged.
    Normal, ///< `synchronous=NORMAL`: a power cut may lose the last moments, never the file. For telemetry.
};

/// One SQLite file behind one thread: all work goes through a queue and everything that waits is committed together (group
/// commit), each job in a savepoint of its own, so that one failure takes back that job alone. A second Database on the same
/// file, opened with `readOnly`, serves reads beside the writer. Thread-safe.
class Database
{
public:
    struct Options
    {
        QString path;
        std::span<const Migration> migrations;
        Durability durability = Durability::Full;
        bool readOnly = false;
    };

    explicit Database(Options options);
    /// Finishes what is queued, then closes.
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    /// Opens the file, checks it, and brings its schema up to date. Call once, before run(); blocks the caller.
    /// @return what is wrong with the file and what to do. A damaged or newer file is left as it is.
    [[nodiscard]] Result<void> open();

    /// Runs `work` in the database's thread. @return its result, after the commit that holds it.
    template <typename Work>
    [[nodiscard]] auto run(Work work) -> QFuture<std::invoke_result_t<Work, Sql &>>
    {
        using R = std::invoke_result_t<Work, Sql &>;
        struct State
        {
            QPromise<R> promise;
            std::optional<R> result;
        };
        auto state = std::make_shared<State>();
        state->promise.start();
        QFuture<R> future = state->promise.future();
        enqueue({[state, work = std::move(work)](Sql &sql) {
                     state->result.emplace(work(sql));
                     return state->result->has_value();
                 },
                 [state](const Result<void> &committed) {
                     if (!committed && (!state->result || state->result->has_value()))
                         state->result.emplace(std::unexpected(committed.error()));
                     state->promise.addResult(std::move(*state->result));
                     state->promise.finish();
                 }});
        return future;
    }

    /// Jobs that wait now. For /metrics.
    [[nodiscard]] qsizetype queued() const;

private:
    struct Job
    {
        std::function<bool(Sql &)> work; ///< false: take this job back
        std::function<void(const Result<void> &)> committed;
    };

    void enqueue(Job job);
    void loop();
    void runBatch(std::vector<Job> &batch);
    [[nodiscard]] Result<void> openHere();

    Options m_options;
    std::unique_ptr<QThread> m_thread;
    std::unique_ptr<Sql> m_sql;
    mutable QMutex m_mutex;
    QWaitCondition m_wake;
    std::vector<Job> m_jobs;
    bool m_stopping = false;
};

} // namespace muster::store
