// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/tlscontext.h"

#include <QSslSocket>
#include <private/qsslsocket_p.h>

namespace muster::listen {

void TlsContext::lendTo(QSslSocket &socket) const
{
    if (m_context)
        QSslSocketPrivate::checkSettingSslContext(&socket, m_context);
}

void TlsContext::takeFrom(QSslSocket &socket)
{
    if (!m_context)
        m_context = QSslSocketPrivate::sslContext(&socket);
}

} // namespace muster::listen
