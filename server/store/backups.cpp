// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/backups.h"

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

QJsonObject measured(const QString &data)
{
    QJsonArray files;
    for (const QLatin1StringView name : {"muster.db"_L1, "telemetry.db"_L1}) {
        // What is not yet in the file itself takes room as well.
        const QString path = data + u'/' + name;
        files.append(QJsonObject{{"name"_L1, name}, {"bytes"_L1, QFileInfo(path).size() + QFileInfo(path + "-wal"_L1).size()}});
    }
    const QStorageInfo disk(data);
    return {{"files"_L1, files},
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
    const QString data;
    QMutex mutex; // for all below
    std::optional<QJsonObject> storage;
    QElapsedTimer since; // it was measured
    bool measuring = false;
    std::vector<QPromise<QJsonObject>> waiting; // for the first one
    QJsonObject last{{"state"_L1, "none"_L1}};
};

Backups::Backups(const QString &data)
    : m_state(std::make_shared<State>(data))
{
}

void Backups::measure(const std::shared_ptr<State> &state)
{
    QThreadPool::globalInstance()->start([state] {
        const QJsonObject storage = measured(state->data);
        const QJsonObject report = newestReport(state->data);
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
    if (m_state->storage)
        return QtFuture::makeReadyValueFuture(*m_state->storage);
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
    const QString begun = timestampText(QDateTime::currentMSecsSinceEpoch());
    {
        const QMutexLocker locker(&m_state->mutex);
        // The one that is under way goes on: makeBackup() refuses a second one.
        if (m_state->last["state"_L1] == "underway"_L1)
            return makeBackup(m_state->data, kept);
        m_state->last = {{"state"_L1, "underway"_L1}, {"begun_at"_L1, begun}};
    }
    return makeBackup(m_state->data, kept).then([state = m_state, begun](const Result<BackupReport> &report) {
        const QMutexLocker locker(&state->mutex);
        state->last = report ? madeOf(report->toJson()) : QJsonObject{{"state"_L1, "failed"_L1}, {"error"_L1, report.error().message}};
        state->last["begun_at"_L1] = begun;
        state->last["ended_at"_L1] = timestampText(QDateTime::currentMSecsSinceEpoch());
        state->storage.reset(); // it takes room now
        return report;
    });
}

} // namespace muster::store
