// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/identity.h"

#include "protocol/rpc/message.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QSaveFile>
#include <QUuid>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

Q_LOGGING_CATEGORY(logIdentity, "muster.agent.identity", QtInfoMsg)

constexpr qint64 fileBytes = 4096;
constexpr qsizetype nameLength = 100;
constexpr auto folderMode = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;

/// Where hardware says which one it is: a serial number of the board or its processor, and what virtual machines have for one.
/// Network addresses are none: cards are exchanged.
constexpr std::array serials{
    QLatin1StringView("/proc/device-tree/serial-number"),
    QLatin1StringView("/sys/devices/soc0/serial_number"),
    QLatin1StringView("/sys/class/dmi/id/product_uuid"),
};

QByteArray firstLine(const QString &path)
{
    QFile file(path);
    // The device tree ends its texts with a NUL.
    return file.open(QIODevice::ReadOnly) ? file.readLine(256).split('\0').first().trimmed() : QByteArray();
}

/// machine-id(5): 32 hexadecimal digits. An image that was never booted has none, or "uninitialized".
QByteArray machineId(const QString &root)
{
    for (const auto path : {"/etc/machine-id"_L1, "/var/lib/dbus/machine-id"_L1}) {
        const QByteArray id = firstLine(root + path);
        const bool isHex = std::ranges::all_of(id, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
        if (id.size() == 32 && isHex && id.count('0') < 32)
            return id;
    }
    return {};
}

/// What tells this hardware from another one: "<where it says so>:<a hash of it>", for every place that says something.
QStringList hardware(const QString &root)
{
    QStringList all;
    for (const QLatin1StringView path : serials) {
        const QByteArray serial = firstLine(root + path);
        // "0000000000000000", "To be filled by O.E.M.", "Default string": the same on all of a kind.
        const bool hasDigits = std::ranges::any_of(serial, [](char c) { return c >= '1' && c <= '9'; });
        if (hasDigits)
            all.append(path + u':' + QString::fromLatin1(QCryptographicHash::hash(serial, QCryptographicHash::Sha256).toHex().first(16)));
    }
    return all;
}

struct Kept
{
    QString deviceId;
    QString hardware; ///< empty: it says nothing of itself
};

/// @return nothing where there is no file; an empty id for one that cannot be read
std::optional<Kept> readKept(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return {};
    const Result<QJsonObject> object = file.open(QIODevice::ReadOnly) ? parseJsonObject(file.read(fileBytes)) : QJsonObject();
    const QString id = object ? object->value("device_id"_L1).toString() : QString();
    return Kept{.deviceId = isDeviceId(id) ? id : QString(), .hardware = object ? object->value("hardware"_L1).toString() : QString()};
}

/// Not the hardware of the file: a place that spoke then speaks now, and says something else.
bool isCopied(const Kept &kept, const QStringList &now)
{
    const QString place = kept.hardware.section(u':', 0, 0) + u':';
    return std::ranges::any_of(now, [&](const QString &one) { return one.startsWith(place) && one != kept.hardware; });
}

/// @param isFirst does not replace a file that another process has made meanwhile
bool write(const QString &path, const Kept &kept, bool isFirst)
{
    // A name of its own, so that two processes do not write into one file.
    const QString name = isFirst ? path + u'.' + QUuid::createUuid().toString(QUuid::Id128) : path;
    QSaveFile file(name);
    const QByteArray text = QJsonDocument(QJsonObject{{"device_id"_L1, kept.deviceId}, {"hardware"_L1, kept.hardware}}).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return false;
    if (!isFirst)
        return true;
    // Only where nobody has that name: QFile::rename() copies over it where another process makes it between its two looks.
    const QByteArray from = QFile::encodeName(name);
    const QByteArray to = QFile::encodeName(path);
    bool isDone = ::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_NOREPLACE) == 0;
    if (!isDone && (errno == EINVAL || errno == ENOSYS)) // a file system that cannot
        isDone = ::link(from.constData(), to.constData()) == 0;
    QFile::remove(name);
    return isDone || QFile::exists(path);
}

} // namespace

QString newDeviceId(const QString &root)
{
    QString name = QString::fromUtf8(firstLine(root + "/proc/sys/kernel/hostname"_L1)).left(nameLength);
    name.removeIf([](QChar c) { return !isDeviceId(QString(u'a') + c); });
    while (!name.isEmpty() && !isDeviceId(name))
        name.remove(0, 1);
    if (name.isEmpty())
        name = u"device"_s;
    const QByteArray machine = machineId(root);
    if (machine.isEmpty())
        return name + u'-' + QUuid::createUuid().toString(QUuid::Id128).first(8);
    // machine-id(5) asks not to show the id itself to anybody.
    const QByteArray hash = QCryptographicHash::hash("muster-agent:" + machine, QCryptographicHash::Sha256);
    return name + u'-' + QString::fromLatin1(hash.toHex().first(8));
}

Result<QString> keptDeviceId(const QString &dataPath, const QString &root)
{
    const QString path = dataPath + "/identity.json"_L1;
    const QStringList now = hardware(root);
    const std::optional<Kept> kept = readKept(path);
    if (kept && !kept->deviceId.isEmpty() && !isCopied(*kept, now))
        return kept->deviceId;

    const Kept made{.deviceId = newDeviceId(root), .hardware = now.value(0)};
    if (kept && kept->deviceId.isEmpty())
        qCWarning(logIdentity).noquote() << path << "is damaged: this device is" << made.deviceId
                                         << "now. If the server knows it by another id, set device_id to that";
    else if (kept)
        qCWarning(logIdentity).noquote() << dataPath << "was copied from other hardware, where it is" << kept->deviceId
                                         << "- this device is" << made.deviceId
                                         << "now. Remove device_private.pem and identity.json from images; after a change of the board, set"
                                         << "device_id to the old id";
    if (!QFileInfo(dataPath).isDir() && !(QDir().mkpath(dataPath) && QFile::setPermissions(dataPath, folderMode)))
        return failure(Unavailable, u"%1: the data folder cannot be made."_s.arg(dataPath));
    if (!write(path, made, !kept))
        return failure(Unavailable, u"%1: cannot be written, and without it the device would not keep its id."_s.arg(path));
    // Another process may have been first.
    const std::optional<Kept> written = readKept(path);
    return written && !written->deviceId.isEmpty() ? written->deviceId : made.deviceId;
}

} // namespace muster::agent
