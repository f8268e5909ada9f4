// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/database.h"

#include <QFileInfo>
#include <QSqlError>
#include <QUuid>

#include <future>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

/// A commit holds at most this many jobs, so that no caller waits for an endless batch.
constexpr size_t largestBatch = 512;

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
            QSqlDatabase handle = QSqlDatabase::addDatabase(u"QSQLITE"_s, connection);
            handle.setDatabaseName(m_options.path);
            handle.setConnectOptions(m_options.readOnly ? u"QSQLITE_OPEN_READONLY"_s : QString());
            m_sql = std::make_unique<Sql>(connection);
            const Result<void> result = openHere();
            good = result.has_value();
            opened.set_value(result);
            if (good)
                loop();
            m_sql.reset();
        }
        QSqlDatabase::database(connection, false).close();
        QSqlDatabase::removeDatabase(connection);
    }));
    m_thread->setObjectName(QFileInfo(m_options.path).completeBaseName() + (m_options.readOnly ? u"-read"_s : u"-write"_s));
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
    const auto wrong = [this](const QString &what) {
        return failure(Unavailable, u"the database %1 cannot be used: %2. It was left as it is; restore a backup or move it away"_s.arg(
                                        m_options.path, what));
    };
    QSqlDatabase handle = QSqlDatabase::database(m_sql->connection(), false);
    if (!handle.open())
        return wrong(handle.lastError().text());
    // Reads the header and the schema: a file that is no database, or a damaged one, shows here and before anything is written.
    // The whole check reads every page: fine for the keys, too slow at each start for gigabytes of samples.
    const bool whole = m_options.durability == Durability::Full && !m_options.readOnly;
    if (const auto rows = m_sql->query(whole ? u"PRAGMA quick_check(1)"_s : u"SELECT 'ok' FROM (SELECT count(*) FROM sqlite_schema)"_s);
        !rows)
        return wrong(rows.error().message);
    else if (const QString said = rows->value(0).value(0).toString(); said != "ok"_L1)
        return wrong(said);
    m_sql->clear();
    if (m_options.readOnly)
        return {};

    const auto version = m_sql->query(u"PRAGMA user_version"_s);
    if (version && version->value(0).value(0).toInt() > static_cast<int>(m_options.migrations.size()))
        return migrate(*m_sql, m_options.migrations, m_options.path);
    const QString synchronous = m_options.durability == Durability::Full ? u"FULL"_s : u"NORMAL"_s;
    for (const QString &pragma : {u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = %1"_s.arg(synchronous),
                                  u"PRAGMA foreign_keys = ON"_s, u"PRAGMA temp_store = MEMORY"_s, u"PRAGMA busy_timeout = 5000"_s}) {
        if (const auto done = m_sql->query(pragma); !done)
            return wrong(done.error().message);
    }
    m_sql->clear();
    return migrate(*m_sql, m_options.migrations, m_options.path);
}

void Database::enqueue(Job job)
{
    {
        const QMutexLocker lock(&m_mutex);
        if (!m_stopping && m_thread) {
            m_jobs.push_back(std::move(job));
            m_wake.wakeOne();
            return;
        }
    }
    job.committed(failure(Unavailable, u"the database is closed"_s));
}

qsizetype Database::queued() const
{
    const QMutexLocker lock(&m_mutex);
    return static_cast<qsizetype>(m_jobs.size());
}

void Database::loop()
{
    for (;;) {
        std::vector<Job> batch;
        {
            const QMutexLocker lock(&m_mutex);
            while (m_jobs.empty() && !m_stopping)
                m_wake.wait(&m_mutex);
            if (m_jobs.empty())
                return;
            const auto count = std::min(m_jobs.size(), largestBatch);
            batch.assign(std::make_move_iterator(m_jobs.begin()),
                         std::make_move_iterator(m_jobs.begin() + static_cast<std::ptrdiff_t>(count)));
            m_jobs.erase(m_jobs.begin(), m_jobs.begin() + static_cast<std::ptrdiff_t>(count));
        }
        runBatch(batch);
    }
}

void Database::runBatch(std::vector<Job> &batch)
{
    Result<void> committed;
    const auto tell = [&committed](const Result<int> &done) {
        if (!done && committed)
            committed = std::unexpected(done.error());
        return done.has_value();
    };
    // The writer takes the lock at once (BEGIN alone would fail later, with SQLITE_BUSY_SNAPSHOT); a reader needs one picture.
    if (tell(m_sql->execute(m_options.readOnly ? u"BEGIN"_s : u"BEGIN IMMEDIATE"_s))) {
        for (Job &job : batch) {
            if (!tell(m_sql->execute(u"SAVEPOINT job"_s)))
                break;
            if (!job.work(*m_sql))
                tell(m_sql->execute(u"ROLLBACK TO job"_s));
            tell(m_sql->execute(u"RELEASE job"_s));
        }
        if (!committed || !tell(m_sql->execute(u"COMMIT"_s)))
            (void)m_sql->execute(u"ROLLBACK"_s);
    }
    for (Job &job : batch)
        job.committed(committed);
}

} // namespace muster::store
