// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/link/toldservers.h"

#include "protocol/rpc/message.h"
#include "protocol/rpc/serveraddresses.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QSaveFile>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

Q_LOGGING_CATEGORY(logTold, "muster.agent.link", QtInfoMsg)

/// More than the longest list that keep() writes.
constexpr qint64 fileBytes = 8192;
constexpr auto member = "servers"_L1;

} // namespace

QList<QUrl> ToldServers::load()
{
    QFile file(m_path);
    // No pipe, which would be waited for.
    if (m_path.isEmpty() || !QFileInfo(m_path).isFile())
        return {};
    const Result<QJsonObject> object = file.open(QIODevice::ReadOnly) ? parseJsonObject(file.read(fileBytes))
                                                                      : failure(Unavailable, file.errorString());
    if (!object || !object->value(member).isArray())
        qCWarning(logTold).noquote() << m_path << "is damaged, and left out: the server tells again where the others are:"
                                     << (object ? u"it has no list of \"%1\""_s.arg(member) : object.error().message);
    else
        m_kept = ServerAddresses::parse(object->value(member).toArray());
    return m_kept;
}

void ToldServers::keep(const QList<QUrl> &servers)
{
    if (m_path.isEmpty() || servers == m_kept)
        return;
    m_kept = servers;
    QJsonArray list;
    for (const QUrl &url : servers)
        list.append(url.toString());
    QSaveFile file(m_path);
    const QByteArray text = QJsonDocument(QJsonObject{{member, list}}).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        qCWarning(logTold).noquote() << m_path << "cannot be written:" << file.errorString()
                                     << "- after the next start this device knows only the servers that it is configured with";
}

} // namespace muster::agent
