// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/database.h"

#include <QFileInfo>
#include <QJsonObject>
#include <QLoggingCategory>
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
        // What is wrong with the disk is not wrong with the file, and a backup would not mend it.
        const QString advice = m_sql->takeFault() ? u"if its disk is full, make room, and start again"_s
                                                  : u"restore a backup or move it away"_s;
        return failure(Unavailable, u"the database %1 cannot be used: %2. It was left as it is; %3"_s.arg(m_options.path, what, advice));
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
    Result<void> committed = m_sql->begin(!m_options.readOnly);
    if (committed) {
        for (Job &job : batch) {
            committed = runJob(job);
            if (!committed)
                break;
        }
        if (committed)
            committed = m_sql->commit();
        else
            m_sql->rollBack();
    }
    if (const auto fault = m_sql->takeFault())
        noteTrouble(fault);
    for (Job &job : batch)
        job.committed(committed);
}

Result<void> Database::runJob(Job &job)
{
    if (const auto begun = m_sql->execute(u"SAVEPOINT job"_s); !begun)
        return std::unexpected(begun.error());
    if (!job.work(*m_sql)) {
        if (const auto undone = m_sql->execute(u"ROLLBACK TO job"_s); !undone)
            return std::unexpected(undone.error());
    }
    if (const auto ended = m_sql->execute(u"RELEASE job"_s); !ended)
        return std::unexpected(ended.error());
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
    const QString fill = u"INSERT INTO probe (data) VALUES (zeroblob(?))"_s;
    const QString clear = u"DELETE FROM probe"_s;
    // In one transaction it costs some pages; what has to show that there is room again is really written.
    Result<void> written = isAgain ? inTransaction({fill}, {probeBytesAgain}) : inTransaction({fill, clear}, {probeBytes});
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
        qCWarning(logStore).noquote() << m_options.path << "cannot be written:" << trouble->message;
    else if (before && !trouble)
        qCInfo(logStore).noquote() << m_options.path << "can be written again";
}

} // namespace muster::store
