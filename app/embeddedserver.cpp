// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/embeddedserver.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

EmbeddedServer::EmbeddedServer(QObject *parent)
    : QObject(parent)
{
}

EmbeddedServer::~EmbeddedServer() = default;

Result<EmbeddedServer::Access> EmbeddedServer::start()
{
    return failure(Unavailable, u"The server within this program cannot be started yet: start musterd, then muster --connect URL"_s);
}

} // namespace muster
