// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

class QSslContext;
class QSslSocket;

namespace muster::listen {

/// One OpenSSL context for all TLS connections of a thread. Qt makes one for each, certificate, key and all, which costs more time than the
/// rest of the handshake and half of a connection's memory; its own HTTP client shares them in the same way.
class TlsContext
{
public:
    /// Lets a socket use the context that is there, if one is. Before its handshake begins.
    void lendTo(QSslSocket &socket) const;
    /// Takes the context of a socket whose handshake is over, if none is there yet.
    void takeFrom(QSslSocket &socket);

private:
    std::shared_ptr<QSslContext> m_context;
};

} // namespace muster::listen
