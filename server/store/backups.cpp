// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/backups.h"

#include "server/store/connection.h"
#include "server/timetext.h"

#include <QDateTime>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMutex>
#include <QPromise>
#include <QStorageInfo>
#include <QThreadPool>

#include <chrono>
#include <optional>
#include <vector>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::store {

namespace {

/// Sizes of a server change slowly, and a page asks every half minute.
constexpr std::chrono::milliseconds freshFor = 10s;
/// Of a backup's own account; one that is longer was not written here.
constexpr qint64 longestAccount = 1024LL * 1024;
constexpr QLatin1StringView account("/backup.json");

/// The folders of backups, the newest last: their names are their times.
QStringList foldersOf(const QString &data)
{
    const QDir all(data + "/backups"_L1);
    QStringList folders;
    for (const QString &name : all.entryList(QDir::Dirs | QDir::NoSymLinks | QDir::NoDotAndDotDot, QDir::Name)) {
        if (QFile::exists(all.filePath(name) + account))
            folders << all.filePath(name);
    }
    return folders;
}

qint64 bytesOf(const QString &folder)
{
    qint64 bytes = 0;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (files.hasNext())
        bytes += files.nextFileInfo().size();
    return bytes;
}

/// The size of both schemas, and how long the server takes to say so.
QJsonObject measuredDatabase(const PostgresAddress &address, QJsonArray &schemas)
{
    QJsonObject database{{"kind"_L1, "postgresql"_L1}, {"place"_L1, address.toString()}};
    const Place place{.folder = {}, .address = address};
    const auto dialect = place.muster();
    Connection connection(*dialect, true);
    QElapsedTimer timer;
    if (const auto opened = connection.open(); !opened) {
        database.insert("error"_L1, opened.error().message);
        return database;
    }
    timer.start();
    const auto there = connection.sql().query(u"SELECT 1"_s);
    if (there)
        database.insert("latency_us"_L1, timer.nsecsElapsed() / 1000);
    const auto sizes = connection.sql().query(
        u"SELECT n.nspname, sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname IN ('muster', 'telemetry') AND c.relkind = 'r' GROUP BY n.nspname ORDER BY n.nspname"_s);
    for (const Row &row : sizes.value_or(QList<Row>()))
        schemas.append(QJsonObject{{"name"_L1, row.at(0).toString()}, {"bytes"_L1, row.at(1).toLongLong()}});
    // Of its own replicas; none to see for who may not, or where there are none.
    const auto lag = connection.sql().query(
        u"SELECT (extract(epoch FROM max(coalesce(replay_lag, interval '0'))) * 1000)::bigint FROM pg_stat_replication"_s);
    if (lag && !lag->isEmpty() && !lag->first().first().isNull())
        database.insert("lag_ms"_L1, lag->first().first().toLongLong());
    return database;
}

QJsonObject measured(const Place &place)
{
    const QString &data = place.folder;
    QJsonArray files;
    QJsonObject database{{"kind"_L1, "sqlite"_L1}, {"place"_L1, data}};
    if (place.address)
        database = measuredDatabase(*place.address, files);
    for (const QLatin1StringView name : {"muster.db"_L1, "telemetry.db"_L1}) {
        if (place.address)
            break;
        // What is not yet in the file itself takes room as well.
        const QString path = data + u'/' + name;
        files.append(QJsonObject{{"name"_L1, name}, {"bytes"_L1, QFileInfo(path).size() + QFileInfo(path + "-wal"_L1).size()}});
    }
    const QStorageInfo disk(data);
    return {{"database"_L1, database},
            {"files"_L1, files},
            {"backups"_L1, QJsonObject{{"count"_L1, foldersOf(data).size()}, {"bytes"_L1, bytesOf(data + "/backups"_L1)}}},
            {"free"_L1, disk.bytesAvailable()},
            {"size"_L1, disk.bytesTotal()}};
}

QJsonObject newestReport(const QString &data)
{
    const QStringList folders = foldersOf(data);
    if (folders.isEmpty())
        return {};
    QFile file(folders.constLast() + account);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.read(longestAccount)).object() : QJsonObject();
}

QJsonObject madeOf(const QJsonObject &report)
{
    return {{"state"_L1, "made"_L1}, {"ended_at"_L1, report["made_at"_L1]}, {"report"_L1, report}};
}

} // namespace

struct Backups::State
{
    const Place place;
    QMutex mutex; // for all below
    std::optional<QJsonObject> storage;
    QElapsedTimer since; // it was measured
    bool measuring = false;
    std::vector<QPromise<QJsonObject>> waiting; // for the first one
    QJsonObject last{{"state"_L1, "none"_L1}};
};

Backups::Backups(const Place &place)
    : m_state(std::make_shared<State>(place))
{
}

void Backups::measure(const std::shared_ptr<State> &state)
{
    QThreadPool::globalInstance()->start([state] {
        const QJsonObject storage = measured(state->place);
        const QJsonObject report = newestReport(state->place.folder);
        const QMutexLocker locker(&state->mutex);
        state->measuring = false;
        state->storage = storage;
        state->since.start();
        if (state->last["state"_L1] == "none"_L1 && !report.isEmpty())
            state->last = madeOf(report);
        for (QPromise<QJsonObject> &promise : state->waiting) {
            promise.addResult(storage);
            promise.finish();
        }
        state->waiting.clear();
    });
}

QFuture<QJsonObject> Backups::storage() const
{
    const QMutexLocker locker(&m_state->mutex);
    if (!m_state->measuring && (!m_state->storage || m_state->since.durationElapsed() > freshFor)) {
        m_state->measuring = true;
        measure(m_state);
    }
    if (const auto measuredLast = m_state->storage)
        return QtFuture::makeReadyValueFuture(*measuredLast);
    QPromise<QJsonObject> &promise = m_state->waiting.emplace_back();
    promise.start();
    return promise.future();
}

QJsonObject Backups::last() const
{
    const QMutexLocker locker(&m_state->mutex);
    return m_state->last;
}

QFuture<Result<BackupReport>> Backups::make(int kept) const
{
    if (m_state->place.address)
        return QtFuture::makeReadyValueFuture(Result<BackupReport>(
            failure(Unavailable,
                    u"this server's data are in PostgreSQL, which has backups of its own: pg_dump, or what its host does; with "
                    "them belongs a copy of %1"_s.arg(m_state->place.folder + "/keys"_L1))));
    const QString begun = timestampText(QDateTime::currentMSecsSinceEpoch());
    {
        const QMutexLocker locker(&m_state->mutex);
        // The one that is under way goes on: makeBackup() refuses a second one.
        if (m_state->last["state"_L1] == "underway"_L1)
            return makeBackup(m_state->place.folder, kept);
        m_state->last = {{"state"_L1, "underway"_L1}, {"begun_at"_L1, begun}};
    }
    return makeBackup(m_state->place.folder, kept).then([state = m_state, begun](const Result<BackupReport> &report) {
        const QMutexLocker locker(&state->mutex);
        state->last = report ? madeOf(report->toJson()) : QJsonObject{{"state"_L1, "failed"_L1}, {"error"_L1, report.error().message}};
        state->last["begun_at"_L1] = begun;
        state->last["ended_at"_L1] = timestampText(QDateTime::currentMSecsSinceEpoch());
        state->storage.reset(); // it takes room now
        return report;
    });
}

} // namespace muster::store
