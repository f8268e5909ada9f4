// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/move/filetarget.h"

#include "system/syncfolder.h"

#include <QDir>
#include <QFile>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

/// muster.db comes last: without it a folder has no store.
constexpr std::array files{"telemetry.db"_L1, "muster.db"_L1};

} // namespace

FileTarget::FileTarget(QString folder)
    : m_folder(std::move(folder))
{
}

FileTarget::~FileTarget()
{
    if (!m_hasBegun)
        return;
    QDir(unfinished()).removeRecursively();
    if (m_isNew)
        QDir().rmdir(m_folder); // nothing where it is not empty
}

QString FileTarget::unfinished() const
{
    return m_folder + "/moving"_L1;
}

Result<void> FileTarget::begin()
{
    for (const QLatin1StringView name : files) {
        if (const QString path = m_folder + u'/' + name; QFile::exists(path))
            return failure(Conflict, u"%1 is there already: move it away, or give another folder"_s.arg(path));
    }
    m_hasBegun = true;
    m_isNew = !QFile::exists(m_folder);
    QDir(unfinished()).removeRecursively();
    if (!QDir().mkpath(unfinished()))
        return failure(Unavailable, u"the folder %1 cannot be made"_s.arg(unfinished()));
    QFile::setPermissions(unfinished(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return {};
}

Result<void> FileTarget::finish()
{
    for (const QLatin1StringView name : files) {
        const QString from = unfinished() + u'/' + name;
        const QString to = m_folder + u'/' + name;
        QFile::setPermissions(from, QFile::ReadOwner | QFile::WriteOwner);
        if (!QFile::rename(from, to)) {
            QFile::remove(m_folder + u'/' + files.front());
            return failure(Unavailable, u"%1 could not be given its name"_s.arg(to));
        }
    }
    return syncFolder(m_folder) ? Result<void>() : failure(Unavailable, u"%1 could not be written to its disk"_s.arg(m_folder));
}

} // namespace muster::store
