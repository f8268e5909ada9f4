// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/migrations.h"

#include <QDeadlineTimer>
#include <QFuture>
#include <QMutex>
#include <QPromise>
#include <QThread>
#include <QWaitCondition>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace muster::store {

/// Work that many callers want at the same time, and that is cheaper for all of them than for each.
template <typename Item, typename T>
struct Together
{
    /// @return what each gets, in their order; where that is an error, nothing was written for it. An error for all: what was done is
    /// taken back, and each is tried by itself
    std::function<Result<QList<Result<T>>>(Sql &, const QList<Item> &)> work;
};

/// One connection to a database behind one thread: all work goes through a queue and everything that waits is committed together (group
/// commit), each job in a savepoint of its own, so that one failure takes back that job alone. What ends the transaction (a full
/// disk, a connection that breaks) takes back everything that waits for the same commit, and all are told. A connection that broke is
/// made anew by itself. A second Database on the same place, opened with `readOnly`, serves reads beside the writer. Thread-safe.
class Database
{
public:
    struct Options
    {
        std::shared_ptr<const Dialect> dialect;
        std::span<const Migration> migrations;
        bool readOnly = false;
        /// A disk that does not keep up must not fill the memory: more jobs, or more bytes in them, are refused.
        qsizetype mostJobs = 20'000;
        qsizetype mostBytes = 64 * 1024 * 1024;
        /// How often a small write finds out whether the file can be written, and how soon again once it could not.
        std::chrono::milliseconds probeEvery{30'000};
        std::chrono::milliseconds probeAgain{2'000};
        /// How long those who wait are kept waiting for a connection that broke, before they are told so.
        std::chrono::milliseconds reconnectWithin{3'000};
    };

    explicit Database(Options options);
    /// Finishes what is queued, then closes.
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    /// Opens the database, checks it, and brings its schema up to date. Call once, before run(); blocks the caller.
    /// @return what is wrong with it and what to do. A damaged or newer one is left as it is.
    [[nodiscard]] Result<void> open();

    /// Runs `work` in the database's thread. @param bytes about what it holds in memory until then, where that is much
    /// @return its result, after the commit that holds it; Unavailable, with `retry_after_s`, where too much waits already
    template <typename Work>
    [[nodiscard]] auto run(Work work, qsizetype bytes = 0) -> QFuture<std::invoke_result_t<Work, Sql &>>
    {
        using R = std::invoke_result_t<Work, Sql &>;
        auto state = std::make_shared<Promised<R>>();
        QFuture<R> future = state->begin();
        enqueue({.work =
                     [state, work = std::move(work)](Sql &sql, std::span<Job>) {
                         state->result.emplace(work(sql));
                         return state->result->has_value();
                     },
                 .committed = [state](const Result<void> &committed) { state->end(committed); },
                 .bytes = bytes,
                 .together = nullptr,
                 .state = {}});
        return future;
    }

    /// Does for all callers that wait what each of them gave. Those that stand together in the queue are done together.
    /// @param all outlives the database. @param bytes as above
    /// @return this caller's result, as above
    template <typename Item, typename T>
    [[nodiscard]] QFuture<Result<T>> run(const Together<Item, T> &all, Item item, qsizetype bytes = 0)
    {
        struct State : Promised<Result<T>>
        {
            Item item;
        };
        auto state = std::make_shared<State>();
        state->item = std::move(item);
        QFuture<Result<T>> future = state->begin();
        enqueue({.work =
                     [&all](Sql &sql, std::span<Job> jobs) {
                         QList<Item> items;
                         items.reserve(static_cast<qsizetype>(jobs.size()));
                         for (const Job &job : jobs)
                             items << static_cast<State *>(job.state.get())->item;
                         const auto done = all.work(sql, items);
                         for (size_t i = 0; i < jobs.size(); ++i)
                             static_cast<State *>(jobs[i].state.get())
                                 ->result.emplace(done ? done->at(static_cast<qsizetype>(i)) : std::unexpected(done.error()));
                         return done.has_value();
                     },
                 .committed = [state](const Result<void> &committed) { state->end(committed); },
                 .bytes = bytes,
                 .together = &all,
                 .state = state});
        return future;
    }

    /// What it is called where people read of it: its file's name, or its schema's.
    [[nodiscard]] QString name() const { return m_options.dialect->label(); }
    /// Jobs that wait now. For /metrics.
    [[nodiscard]] qsizetype queued() const;
    /// Jobs that were refused because too many waited. For /metrics.
    [[nodiscard]] quint64 refused() const;
    struct Batches
    {
        quint64 count = 0;
        std::chrono::microseconds time{};
        quint64 failures = 0;   ///< statements that failed
        quint64 reconnects = 0; ///< how often its connection was made anew
    };
    /// What was done so far, and how long it took. For /metrics.
    [[nodiscard]] Batches batches() const;
    /// Why the database cannot be used at this moment; none where it can. It is known from the last write and from a small one that is
    /// tried now and then; only the latter, when it succeeds, ends it.
    [[nodiscard]] std::optional<Error> trouble() const;

private:
    struct Job
    {
        std::function<bool(Sql &, std::span<Job>)> work; ///< for these, of which it is the first. false: take them back
        std::function<void(const Result<void> &)> committed;
        qsizetype bytes = 0;
        const void *together = nullptr; ///< its neighbours with the same may be done with it
        std::shared_ptr<void> state;    ///< of those
    };
    template <typename R>
    struct Promised
    {
        QPromise<R> promise;
        std::optional<R> result;

        QFuture<R> begin()
        {
            promise.start();
            return promise.future();
        }
        void end(const Result<void> &committed)
        {
            R told = result ? std::move(*result) : R(std::unexpected(committed.error()));
            if (!committed && told.has_value())
                told = std::unexpected(committed.error());
            promise.addResult(std::move(told));
            promise.finish();
        }
    };

    void enqueue(Job job);
    void loop();
    void runBatch(std::vector<Job> &batch);
    /// Does all of them in one transaction, again where that may help. @return whether it was committed
    [[nodiscard]] Result<void> transact(std::vector<Job> &batch);
    [[nodiscard]] Result<void> transactOnce(std::vector<Job> &batch);
    [[nodiscard]] Result<void> runJobs(std::span<Job> jobs);
    void probe();
    void noteTrouble(const std::optional<Error> &trouble);
    [[nodiscard]] Result<void> openHere();
    [[nodiscard]] Result<void> reconnect();

    Options m_options;
    std::unique_ptr<QThread> m_thread;
    std::unique_ptr<Sql> m_sql;
    mutable QMutex m_mutex;
    QWaitCondition m_wake;
    std::deque<Job> m_jobs;
    qsizetype m_bytes = 0; ///< of m_jobs
    quint64 m_refused = 0;
    Batches m_batches;
    std::optional<Error> m_trouble;
    // The database's thread alone:
    QDeadlineTimer m_nextProbe;
    QDeadlineTimer m_nextConnect; ///< until then a connection that broke is not tried again
    Error m_away;                 ///< why
    bool m_stopping = false;
};

} // namespace muster::store
