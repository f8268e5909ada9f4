// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/listener.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::listen {

namespace {

/// A whole site comes back at once after a power cut; Qt's default of 50 drops most of it.
constexpr int backlog = 4096;

} // namespace

Listener::Listener(const QSslConfiguration &tls, std::vector<std::unique_ptr<IoThread>> &threads)
    : m_tls(tls)
    , m_threads(threads)
{
    setListenBacklogSize(backlog);
}

Result<void> Listener::open(const QHostAddress &address, quint16 port)
{
    if (m_tls.isNull() && !address.isLoopback()) {
        return failure(InvalidParams,
                       u"listen is %1, but plain text is for loopback only: give tls_certificate and tls_key, or listen on 127.0.0.1 "
                       "behind a reverse proxy"_s.arg(address.toString()));
    }
    if (!listen(address, port)) {
        const QString where = u"%1:%2"_s.arg(address.toString()).arg(port);
        if (serverError() == QAbstractSocket::AddressInUseError)
            return failure(Unavailable, u"%1 is in use by another program: stop it, or choose another port with --listen"_s.arg(where));
        return failure(Unavailable, u"cannot listen on %1: %2"_s.arg(where, errorString()));
    }
    return {};
}

void Listener::incomingConnection(qintptr descriptor)
{
    m_threads[m_next]->accept(descriptor, m_tls);
    m_next = (m_next + 1) % m_threads.size();
}

} // namespace muster::listen
