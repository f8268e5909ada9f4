// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/embeddedserver.h"

#include "server/server.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

/// The account of the person at this machine: named as they are here.
QString localUser()
{
    const QString user = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    return user.isEmpty() ? u"local"_s : user;
}

} // namespace

EmbeddedServer::EmbeddedServer(QObject *parent)
    : QObject(parent)
{
}

EmbeddedServer::~EmbeddedServer() = default;

Result<EmbeddedServer::Access> EmbeddedServer::start()
{
    if (const auto tested = m_crypto.selfTest(); !tested)
        return std::unexpected(tested.error());
    const auto settings = Settings::read({}, {});
    if (!settings)
        return std::unexpected(settings.error());
    m_server = std::make_unique<Server>(*settings);
    if (const auto started = m_server->start(); !started)
        return std::unexpected(started.error());
    const auto token = m_server->signInLocally(localUser());
    if (!token)
        return std::unexpected(token.error());
    return Access{.url = QUrl(m_server->url()), .token = *token};
}

} // namespace muster
