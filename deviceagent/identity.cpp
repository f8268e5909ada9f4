// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/identity.h"

#include "protocol/rpc/message.h"

#include <QCryptographicHash>
#include <QFile>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

QByteArray firstLine(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readLine(256).trimmed() : QByteArray();
}

} // namespace

QString defaultDeviceId(const QString &root)
{
    constexpr qsizetype nameLength = 100;
    QString name = QString::fromUtf8(firstLine(root + "/proc/sys/kernel/hostname"_L1)).left(nameLength);
    name.removeIf([](QChar c) { return !isDeviceId(QString(u'a') + c); });
    while (!name.isEmpty() && !isDeviceId(name))
        name.remove(0, 1);
    if (name.isEmpty())
        name = u"device"_s;
    const QByteArray machine = firstLine(root + "/etc/machine-id"_L1);
    if (machine.isEmpty())
        return name;
    // machine-id(5) asks not to show the id itself to anybody.
    const QByteArray hash = QCryptographicHash::hash("muster-agent:" + machine, QCryptographicHash::Sha256);
    return name + u'-' + QString::fromLatin1(hash.toHex().first(8));
}

} // namespace muster::agent
