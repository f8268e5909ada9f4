// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/downloads.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// File systems take 255 bytes; a number and what comes behind the dot have room beside it.
constexpr qsizetype nameLength = 120;
constexpr int mostTries = 1'000;

} // namespace

Downloads::Downloads(const QString &folder, QObject *parent)
    : TextSaver(parent)
    , m_folder(folder)
{
    if (m_folder.isEmpty())
        m_folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    if (m_folder.isEmpty())
        m_folder = QDir::homePath();
}

QString Downloads::safeName(const QString &name)
{
    QString safe;
    for (const QChar c : name) {
        const bool plain = (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'_'
                           || c == u'.';
        safe += plain ? c : u'_';
    }
    // Neither hidden nor "..".
    while (safe.startsWith(u'.'))
        safe.remove(0, 1);
    const qsizetype dot = safe.lastIndexOf(u'.');
    const QString ending = dot > 0 && safe.size() - dot <= 8 ? safe.mid(dot) : QString();
    const QString base = safe.chopped(ending.size()).left(nameLength);
    return (base.isEmpty() ? u"muster"_s : base) + ending;
}

void Downloads::save(const QString &name, const QString &text)
{
    const QDir folder(m_folder);
    if (!folder.mkpath(u"."_s)) {
        emit failed(u"The folder %1 cannot be made: nothing was saved"_s.arg(m_folder));
        return;
    }
    const QFileInfo wish(folder.filePath(safeName(name)));
    QFile file;
    for (int number = 1; number <= mostTries; ++number) {
        file.setFileName(number == 1 ? wish.filePath()
                                     : folder.filePath(u"%1-%2.%3"_s.arg(wish.completeBaseName(), QString::number(number), wish.suffix())));
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
            if (file.exists())
                continue;
            break;
        }
        const QByteArray bytes = text.toUtf8();
        if (file.write(bytes) == bytes.size() && file.flush()) {
            file.close();
            emit saved(QDir::toNativeSeparators(file.fileName()));
            return;
        }
        const QString why = file.errorString();
        file.remove();
        emit failed(u"%1 cannot be written: %2"_s.arg(file.fileName(), why));
        return;
    }
    emit failed(u"Nothing can be saved in %1: %2"_s.arg(m_folder, file.errorString()));
}

} // namespace muster
