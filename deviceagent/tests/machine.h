// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace muster::test {

/// What a machine says of itself in /etc, /proc and /sys, as files in a folder of their own.
class Machine
{
public:
    [[nodiscard]] QString root() const { return m_folder.path(); }
    [[nodiscard]] QString path(const QString &file) const { return m_folder.filePath(file); }

    /// From now on the file says this.
    void say(const QString &file, const QByteArray &text) const
    {
        QFile written(path(file));
        if (!QDir().mkpath(QFileInfo(written).path()) || !written.open(QIODevice::WriteOnly) || written.write(text) != text.size())
            qFatal("%s cannot be written", qPrintable(file));
    }
    void link(const QString &file, const QString &target) const
    {
        if (!QDir().mkpath(QFileInfo(path(file)).path()) || !QFile::link(target, path(file)))
            qFatal("%s cannot be linked", qPrintable(file));
    }
    /// A file, or a folder and all that is in it.
    void remove(const QString &file) const
    {
        if (!QFile::remove(path(file)) && !QDir(path(file)).removeRecursively())
            qFatal("%s cannot be removed", qPrintable(file));
    }

private:
    QTemporaryDir m_folder;
};

} // namespace muster::test
