// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/database.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QRandomGenerator>
#include <QSqlError>
#include <QUuid>

#include <future>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

Q_LOGGING_CATEGORY(logStore, "muster.store")

/// What a refused job is told about when to come again, s.
constexpr int retryAfter = 5;
/// What the small write needs to find room for; and once there was none, room for real work, so that it is not said to be well
/// because a last page was free.
constexpr int probeBytes = 4096;
constexpr int probeBytesAgain = 256 * 1024;

/// A commit holds at most this many jobs, so that no caller waits for an endless batch.
constexpr size_t largestBatch = 512;
/// Bytes that no database makes smaller.
QByteArray noise(int bytes)
{
    QByteArray data(bytes, Qt::Uninitialized);
    QRandomGenerator::global()->generate(data.begin(), data.end());
    return data;
}

constexpr int mostAttempts = 5;
constexpr std::chrono::milliseconds reconnectPause{250};

} // namespace

Database::Database(Options options)
    : m_options(std::move(options))
{
}

Database::~Database()
{
    if (!m_thread)
        return;
    {
        const QMutexLocker lock(&m_mutex);
        m_stopping = true;
    }
    m_wake.wakeAll();
    m_thread->wait();
}

Result<void> Database::open()
{
    std::promise<Result<void>> opened;
    auto answer = opened.get_future();
    m_thread.reset(QThread::create([this, &opened] {
        const QString connection = QUuid::createUuid().toString(QUuid::WithoutBraces);
        bool good = false;
        {
            QSqlDatabase handle = QSqlDatabase::addDatabase(m_options.dialect->driver(), connection);
            m_options.dialect->configure(handle, m_options.readOnly);
            m_sql = std::make_unique<Sql>(connection, *m_options.dialect);
            const Result<void> result = openHere();
            good = result.has_value();
            opened.set_value(result);
            m_sql->tellRefusals();
            if (good)
                loop();
            m_sql.reset();
        }
        QSqlDatabase::database(connection, false).close();
        QSqlDatabase::removeDatabase(connection);
    }));
    m_thread->setObjectName(m_options.dialect->name() + (m_options.readOnly ? u"-read"_s : u"-write"_s));
    m_thread->start();
    Result<void> result = answer.get();
    if (!result) {
        m_thread->wait();
        m_thread.reset();
    }
    return result;
}

Result<void> Database::openHere()
{
    const Dialect &dialect = *m_options.dialect;
    const auto wrong = [&](const QString &what, bool ofStore) {
        return failure(Unavailable, u"the database %1 cannot be used: %2. %3"_s.arg(dialect.place(), what, dialect.advice(ofStore)));
    };
    QSqlDatabase handle = QSqlDatabase::database(m_sql->connection(), false);
    if (!handle.open())
        return wrong(dialect.judge(handle.lastError()).said, dialect.judge(handle.lastError()).endsConnection);
    const int newest = static_cast<int>(m_options.migrations.size());
    if (const auto prepared = dialect.prepare(*m_sql, m_options.readOnly, newest); !prepared)
        return wrong(prepared.error().message, m_sql->takeFault().has_value());
    m_sql->clear();
    return m_options.readOnly ? Result<void>() : migrate(*m_sql, m_options.migrations);
}

Result<void> Database::reconnect()
{
    if (!m_nextConnect.hasExpired())
        return std::unexpected(m_away);
    const QDeadlineTimer end(m_options.reconnectWithin);
    for (;;) {
        QSqlDatabase handle = QSqlDatabase::database(m_sql->connection(), false);
        m_sql->clear();
        handle.close();
        m_sql->reopened();
        if (const auto opened = openHere()) {
            qCInfo(logStore).noquote() << m_options.dialect->place() << "is connected again";
            const QMutexLocker lock(&m_mutex);
            ++m_batches.reconnects;
            return {};
        } else {
            m_away = opened.error();
        }
        if (end.hasExpired())
            break;
        QThread::sleep(reconnectPause);
    }
    m_sql->lose();
    m_nextConnect = QDeadlineTimer(m_options.probeAgain);
    return std::unexpected(m_away);
}

void Database::enqueue(Job job)
{
    Error refusal{.code = Unavailable, .message = u"the database is closed"_s};
    {
        const QMutexLocker lock(&m_mutex);
        const auto waiting = static_cast<qsizetype>(m_jobs.size());
        const bool isOpen = !m_stopping && m_thread;
        if (isOpen && waiting < m_options.mostJobs && (m_bytes == 0 || m_bytes + job.bytes <= m_options.mostBytes)) {
            m_bytes += job.bytes;
            m_jobs.push_back(std::move(job));
            m_wake.wakeOne();
            return;
        }
        if (isOpen) {
            ++m_refused;
            refusal = {
                .code = Unavailable,
                .message = u"the disk does not keep up, %1 jobs wait for the database: try again in %2 s"_s.arg(waiting).arg(retryAfter),
                .detail = QJsonObject{{"retry_after_s"_L1, retryAfter}}};
        }
    }
    job.committed(std::unexpected(std::move(refusal)));
}

qsizetype Database::queued() const
{
    const QMutexLocker lock(&m_mutex);
    return static_cast<qsizetype>(m_jobs.size());
}

quint64 Database::refused() const
{
    const QMutexLocker lock(&m_mutex);
    return m_refused;
}

Database::Batches Database::batches() const
{
    const QMutexLocker lock(&m_mutex);
    return m_batches;
}

std::optional<Error> Database::trouble() const
{
    const QMutexLocker lock(&m_mutex);
    return m_trouble;
}

void Database::loop()
{
    // At once: a server that starts on a disk that is full is to say so before anybody wants something kept.
    m_nextProbe = m_options.readOnly ? QDeadlineTimer(QDeadlineTimer::Forever) : QDeadlineTimer(0);
    std::vector<Job> batch;
    while (true) {
        {
            const QMutexLocker lock(&m_mutex);
            while (m_jobs.empty() && !m_stopping && !m_nextProbe.hasExpired())
                m_wake.wait(&m_mutex, m_nextProbe);
            if (m_jobs.empty() && m_stopping)
                return;
            batch.clear();
            while (!m_jobs.empty() && batch.size() < largestBatch) {
                m_bytes -= m_jobs.front().bytes;
                batch.push_back(std::move(m_jobs.front()));
                m_jobs.pop_front();
            }
        }
        if (!batch.empty())
            runBatch(batch);
        if (m_nextProbe.hasExpired())
            probe();
    }
}

void Database::runBatch(std::vector<Job> &batch)
{
    QElapsedTimer time;
    time.start();
    const Result<void> committed = transact(batch);
    {
        const QMutexLocker lock(&m_mutex);
        ++m_batches.count;
        m_batches.failures += m_sql->takeFailures();
        m_batches.time += std::chrono::duration_cast<std::chrono::microseconds>(time.durationElapsed());
    }
    if (const auto fault = m_sql->takeFault())
        noteTrouble(fault);
    else if (!committed && m_sql->isLost())
        noteTrouble(committed.error()); // it could not be reached again
    for (Job &job : batch)
        job.committed(committed);
}

Result<void> Database::transact(std::vector<Job> &batch)
{
    for (int attempt = 1;; ++attempt) {
        Result<void> done = m_sql->isLost() ? reconnect() : Result<void>();
        if (!done)
            return done;
        done = transactOnce(batch);
        // Of this batch, and asked now: what became of it must never be taken for what becomes of another.
        if (const QString uncertain = m_sql->takeUncertain(); !uncertain.isEmpty()) {
            if (const auto back = reconnect(); !back)
                return failure(Unavailable,
                               u"%1; whether this was kept is not known: look before you try it again"_s.arg(back.error().message));
            if (const auto was = m_options.dialect->wasCommitted(*m_sql, uncertain); !was)
                return std::unexpected(was.error());
            else if (*was)
                return {};
        } else if (done || !(m_sql->isLost() || m_sql->mayPassNow())) {
            return done;
        }
        if (attempt == mostAttempts)
            return done;
        (void)m_sql->takeFault(); // it may be over
    }
}

Result<void> Database::transactOnce(std::vector<Job> &batch)
{
    if (const auto begun = m_sql->begin(!m_options.readOnly); !begun)
        return begun;
    for (auto first = batch.begin(); first != batch.end();) {
        const auto last =
            std::find_if(first + 1, batch.end(), [&](const Job &job) { return !first->together || job.together != first->together; });
        auto done = runJobs({first, last});
        first = last;
        if (!done) {
            m_sql->rollBack();
            return done;
        }
        // A job that failed was taken back; not so where all of it has to be done once more.
        if (m_sql->mayPassNow()) {
            m_sql->rollBack();
            return failure(Unavailable, u"the database was busy with others; try again"_s);
        }
    }
    return m_sql->commit();
}

Result<void> Database::runJobs(std::span<Job> jobs)
{
    if (const auto begun = m_sql->execute(u"SAVEPOINT job"_s); !begun)
        return std::unexpected(begun.error());
    const bool isDone = jobs.front().work(*m_sql, jobs);
    if (!isDone) {
        if (const auto undone = m_sql->execute(u"ROLLBACK TO job"_s); !undone)
            return std::unexpected(undone.error());
    }
    if (const auto ended = m_sql->execute(u"RELEASE job"_s); !ended)
        return std::unexpected(ended.error());
    // One of them is wrong: the others must not fail with it.
    for (size_t i = 0; !isDone && jobs.size() > 1 && i < jobs.size(); ++i) {
        if (auto done = runJobs(jobs.subspan(i, 1)); !done)
            return done;
    }
    return {};
}

void Database::probe()
{
    const bool isAgain = trouble().has_value();
    const auto inTransaction = [this](std::initializer_list<QString> statements, const Row &values) -> Result<void> {
        if (const auto begun = m_sql->begin(true); !begun)
            return begun;
        for (const QString &text : statements) {
            if (const auto done = m_sql->execute(text, text.contains('?'_L1) ? values : Row()); !done) {
                m_sql->rollBack();
                return std::unexpected(done.error());
            }
        }
        return m_sql->commit();
    };
    const QString fill = u"INSERT INTO probe (data) VALUES (?)"_s;
    const QString clear = u"DELETE FROM probe"_s;
    // In one transaction it costs some pages; what has to show that there is room again is really written.
    Result<void> written = m_sql->isLost() ? reconnect() : Result<void>();
    if (written)
        written = isAgain ? inTransaction({fill}, {noise(probeBytesAgain)}) : inTransaction({fill, clear}, {noise(probeBytes)});
    if (written && isAgain)
        written = inTransaction({clear}, {});
    (void)m_sql->takeFault();
    m_nextProbe = QDeadlineTimer(written ? m_options.probeEvery : m_options.probeAgain);
    noteTrouble(written ? std::nullopt : std::optional(written.error()));
}

void Database::noteTrouble(const std::optional<Error> &trouble)
{
    if (m_options.readOnly)
        return;
    // Writes that go on failing must not put off what finds out that they need not.
    if (trouble)
        m_nextProbe = std::min(m_nextProbe, QDeadlineTimer(m_options.probeAgain));
    std::optional<Error> before;
    {
        const QMutexLocker lock(&m_mutex);
        before = std::exchange(m_trouble, trouble);
    }
    if (trouble && !before)
        qCWarning(logStore).noquote() << m_options.dialect->place() << "cannot be written:" << trouble->message;
    else if (before && !trouble)
        qCInfo(logStore).noquote() << m_options.dialect->place() << "can be written again";
}

} // namespace muster::store
