// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/backup.h"

#include "server/store/sql.h"
#include "server/timetext.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPromise>
#include <QRegularExpression>
#include <QSaveFile>
#include <QSqlError>
#include <QStorageInfo>
#include <QThreadPool>
#include <QTimeZone>

#include <atomic>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

constexpr qint64 mebibyte = 1024LL * 1024;
/// A backup that just fits would leave the server a full disk.
constexpr qint64 reserve = 64 * mebibyte;
constexpr std::array databases{"muster.db"_L1, "telemetry.db"_L1};
constexpr QLatin1StringView keysFolder("keys");
constexpr QLatin1StringView manifest("backup.json");
/// What is not whole yet: no name of a backup.
constexpr QLatin1StringView unfinished(".unfinished");

std::unexpected<Error> unable(const QString &what)
{
    return failure(Unavailable, u"no backup was made: %1"_s.arg(what));
}

/// A connection of this thread alone; nothing of a file is changed through it.
class Connection
{
public:
    explicit Connection(const QString &path)
        : m_name(u"backup-%1"_s.arg(reinterpret_cast<quintptr>(this)))
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
        database.setDatabaseName(path);
        database.setConnectOptions(u"QSQLITE_OPEN_READONLY"_s);
        if (!database.open())
            m_trouble = database.lastError().text();
    }
    ~Connection() { QSqlDatabase::removeDatabase(m_name); }
    Q_DISABLE_COPY_MOVE(Connection)

    [[nodiscard]] Result<QVariant> first(const QString &text, const Row &values = {}) const
    {
        if (!m_trouble.isEmpty())
            return unable(m_trouble);
        QSqlQuery query(QSqlDatabase::database(m_name, false));
        query.prepare(text);
        for (const QVariant &value : values)
            query.addBindValue(value);
        if (!query.exec())
            return unable(query.lastError().text());
        return query.next() ? query.value(0) : QVariant();
    }

private:
    QString m_name;
    QString m_trouble;
};

Result<void> copyDatabase(const QString &from, const QString &to)
{
    const Connection source(from);
    if (const auto copied = source.first(u"VACUUM INTO ?"_s, {to}); !copied)
        return std::unexpected(copied.error());
    QFile::setPermissions(to, QFile::ReadOwner | QFile::WriteOwner);
    const Connection copy(to);
    const auto sound = copy.first(u"PRAGMA integrity_check"_s);
    if (!sound)
        return std::unexpected(sound.error());
    if (sound->toString() != "ok"_L1)
        return unable(u"the copy of %1 is damaged: %2"_s.arg(from, sound->toString()));
    return {};
}

Result<BackupReport::File> summed(const QDir &folder, const QString &name)
{
    QFile file(folder.filePath(name));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return unable(u"%1 cannot be read: %2"_s.arg(file.fileName(), file.errorString()));
    return BackupReport::File{.name = name, .bytes = file.size(), .sha256 = QString::fromLatin1(hash.result().toHex())};
}

Result<void> write(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return unable(u"%1 cannot be written: %2"_s.arg(path, file.errorString()));
    return {};
}

Result<void> copyAll(const QDir &data, const QDir &into)
{
    qint64 needed = reserve;
    for (const QLatin1StringView name : databases)
        needed += QFileInfo(data.filePath(name)).size() + QFileInfo(data.filePath(name + "-wal"_L1)).size();
    if (const qint64 there = QStorageInfo(into.path()).bytesAvailable(); there < needed)
        return unable(u"it needs %1 MiB, and the disk has %2 MiB free"_s.arg(needed / mebibyte + 1).arg(there / mebibyte));
    for (const QLatin1StringView name : databases) {
        if (const auto copied = copyDatabase(data.filePath(name), into.filePath(name)); !copied)
            return copied;
    }
    if (!into.mkdir(keysFolder))
        return unable(u"%1 cannot be made"_s.arg(into.filePath(keysFolder)));
    QFile::setPermissions(into.filePath(keysFolder), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QDir keys(data.filePath(keysFolder));
    for (const QString &name : keys.entryList(QDir::Files | QDir::NoSymLinks)) {
        QFile file(keys.filePath(name));
        if (!file.copy(into.filePath(keysFolder + "/"_L1 + name)))
            return unable(u"%1 cannot be copied: %2"_s.arg(file.fileName(), file.errorString()));
    }
    return {};
}

/// @param path where it will be
Result<BackupReport> proven(const QDir &folder, const QString &path, qint64 time)
{
    BackupReport report{.folder = path, .madeAt = time, .files = {}};
    QStringList names(databases.begin(), databases.end());
    for (const QString &key : QDir(folder.filePath(keysFolder)).entryList(QDir::Files))
        names.append(keysFolder + "/"_L1 + key);
    QByteArray sums;
    for (const QString &name : std::as_const(names)) {
        const auto file = summed(folder, name);
        if (!file)
            return std::unexpected(file.error());
        report.files.append(*file);
        sums += file->sha256.toLatin1() + "  " + name.toUtf8() + '\n';
    }
    const Connection copy(folder.filePath(databases.front()));
    // A folder that no server of this version has opened yet knows keys alone.
    const auto records = copy.first(u"SELECT count(*) FROM sqlite_master WHERE name = 'device'"_s);
    if (!records)
        return std::unexpected(records.error());
    const QString devices = records->toInt() > 0 ? u"SELECT count(*) FROM device"_s
                                                 : u"SELECT count(*) FROM device_key WHERE state = 'accepted'"_s;
    for (const auto &[text, into] : {std::pair(devices, &report.devices), std::pair(u"SELECT count(*) FROM account"_s, &report.accounts)}) {
        const auto counted = copy.first(text);
        if (!counted)
            return std::unexpected(counted.error());
        *into = counted->toLongLong();
    }
    if (const auto written = write(folder.filePath(u"SHA256SUMS"_s), sums); !written)
        return std::unexpected(written.error());
    if (const auto written = write(folder.filePath(manifest), QJsonDocument(report.toJson()).toJson()); !written)
        return std::unexpected(written.error());
    return report;
}

/// A folder that its owner alone sees into: keys are in it.
bool makePrivate(const QString &path)
{
    return QFileInfo(path).isDir()
           || (QDir().mkpath(path) && QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

Result<BackupReport> make(const QString &data)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDir all(QDir(data).absoluteFilePath(u"backups"_s));
    const QString path = all.filePath(now.toString(u"yyyy-MM-dd'T'hh-mm-ss-zzz'Z'"_s));
    // Half a backup would be taken for one: it has its name when it is whole. What an earlier one left behind goes.
    QDir folder(all.filePath(unfinished));
    folder.removeRecursively();
    if (!makePrivate(all.path()) || !makePrivate(folder.path()))
        return unable(u"%1 cannot be made"_s.arg(folder.path()));
    auto report = copyAll(QDir(data), folder).and_then([&] { return proven(folder, path, now.toMSecsSinceEpoch()); });
    if (report && !QDir().rename(folder.path(), path))
        report = unable(u"%1 cannot be renamed to %2"_s.arg(folder.path(), path));
    if (!report)
        folder.removeRecursively();
    return report;
}

/// Takes the oldest backups away, so that `kept` are left. @param newest the folder of the one that was just made, which stays
void removeOldBackups(const QString &data, int kept, const QString &newest)
{
    static const QRegularExpression isBackup(uR"(^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$)"_s);
    const QDir all(QDir(data).absoluteFilePath(u"backups"_s));
    // Their names are their times. What somebody else put there, or led there by a link, is none of ours.
    QStringList names = all.entryList(QDir::Dirs | QDir::NoSymLinks | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed).filter(isBackup);
    names.removeIf([&](const QString &name) {
        // A clock that went back makes the newest the first of all.
        return all.filePath(name) == newest || !QFile::exists(all.filePath(name + u'/' + manifest));
    });
    for (const QString &name : names.mid(kept - 1))
        QDir(all.filePath(name)).removeRecursively();
}

std::atomic_bool underWay{false};

} // namespace

QJsonObject BackupReport::toJson() const
{
    QJsonArray list;
    for (const File &file : files)
        list.append(QJsonObject{{"name"_L1, file.name}, {"bytes"_L1, file.bytes}, {"sha256"_L1, file.sha256}});
    return {{"folder"_L1, folder},
            {"made_at"_L1, timestampText(madeAt)},
            {"files"_L1, list},
            {"devices"_L1, devices},
            {"accounts"_L1, accounts}};
}

QFuture<Result<BackupReport>> makeBackup(const QString &data, int kept)
{
    auto promise = std::make_shared<QPromise<Result<BackupReport>>>();
    promise->start();
    QFuture<Result<BackupReport>> future = promise->future();
    const auto end = [promise](Result<BackupReport> report) {
        promise->addResult(std::move(report));
        promise->finish();
    };
    if (underWay.exchange(true)) {
        end(failure(Conflict, u"a backup is being made at this moment: wait for it"_s));
        return future;
    }
    QThreadPool::globalInstance()->start([data, kept, end] {
        Result<BackupReport> report = make(data);
        if (report)
            removeOldBackups(data, kept, report->folder);
        underWay = false;
        end(std::move(report));
    });
    return future;
}

} // namespace muster::store
