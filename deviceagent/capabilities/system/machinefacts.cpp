// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/system/machinefacts.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <QFile>
#include <QStorageInfo>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

// Files of /proc report a size of 0 and are read until they end; none that is read here is honestly longer.
constexpr qint64 fileBytes = 1024 * 1024;

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(fileBytes) : QByteArray();
}

QString text(const QByteArray &bytes)
{
    // The device tree ends its texts with a NUL.
    return cleanText(QString::fromUtf8(bytes.trimmed().split('\0').first()), limits::textLength);
}

QString operatingSystem(const QString &root)
{
    const QList<QByteArray> lines = contents(root + "/etc/os-release"_L1).split('\n');
    for (const QByteArray &line : lines) {
        if (!line.startsWith("PRETTY_NAME="))
            continue;
        QByteArray value = line.sliced(12).trimmed();
        if (value.size() >= 2 && (value.startsWith('"') || value.startsWith('\'')))
            value = value.sliced(1, value.size() - 2);
        return text(value);
    }
    return {};
}

QString model(const QString &root)
{
    QString tree = text(contents(root + "/proc/device-tree/model"_L1));
    if (!tree.isEmpty())
        return tree;
    const QString vendor = text(contents(root + "/sys/class/dmi/id/sys_vendor"_L1));
    const QString product = text(contents(root + "/sys/class/dmi/id/product_name"_L1));
    return product.startsWith(vendor) ? product : u"%1 %2"_s.arg(vendor, product).trimmed();
}

qint64 memoryKib(const QString &root)
{
    const QList<QByteArray> lines = contents(root + "/proc/meminfo"_L1).split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("MemTotal:"))
            return line.sliced(9).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

int processors(const QString &root)
{
    const QList<QByteArray> lines = contents(root + "/proc/stat"_L1).split('\n');
    return static_cast<int>(std::ranges::count_if(
        lines, [](const QByteArray &line) { return line.size() > 3 && line.startsWith("cpu") && line[3] >= '0' && line[3] <= '9'; }));
}

} // namespace

QJsonObject machineFacts(const QString &root)
{
    QJsonObject facts;
    const auto add = [&facts](QLatin1StringView name, const QJsonValue &value) {
        if (value.isString() ? !value.toString().isEmpty() : value.toInteger() > 0)
            facts.insert(name, value);
    };
    add("os"_L1, operatingSystem(root));
    add("model"_L1, model(root));
    add("arch"_L1, QSysInfo::currentCpuArchitecture());
    add("kernel"_L1, text(contents(root + "/proc/sys/kernel/osrelease"_L1)));
    add("hostname"_L1, text(contents(root + "/proc/sys/kernel/hostname"_L1)));
    add("cpus"_L1, processors(root));
    add("memory_kib"_L1, memoryKib(root));
    add("disk_kib"_L1, QStorageInfo(root.isEmpty() ? u"/"_s : root).bytesTotal() / 1024);
    return facts;
}

QString bootId(const QString &root)
{
    return text(contents(root + "/proc/sys/kernel/random/boot_id"_L1));
}

} // namespace muster::agent
