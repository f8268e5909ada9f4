// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rememberedservers.h"

#include "protocol/rpc/serveraddresses.h"

#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

/// A slash within would be a group of the file.
QString keyOf(const QUrl &server)
{
    return u"servers/"_s + QString::fromLatin1(QUrl::toPercentEncoding(server.toString()));
}

} // namespace

RememberedServers::RememberedServers(LiveLink *link, const QUrl &server, const QString &file, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_known(link)
    , m_settings(file, QSettings::IniFormat)
    , m_key(keyOf(server))
{
    m_link->setTold(ServerAddresses::parse(QJsonArray::fromStringList(m_settings.value(m_key).toStringList())));
    connect(&m_known, &KnownServers::told, this, [this](const QList<QUrl> &servers) {
        m_link->setTold(servers);
        QStringList taken;
        const QList<QUrl> told = m_link->told();
        for (const QUrl &url : told)
            taken << url.toString();
        m_settings.setValue(m_key, taken);
    });
}

} // namespace muster
