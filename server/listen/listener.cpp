// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/listener.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::listen {

namespace {

/// A whole site comes back at once after a power cut; Qt's default of 50 drops most of it.
constexpr int backlog = 4096;

} // namespace

Listener::Listener(std::vector<std::unique_ptr<IoThread>> &threads)
    : m_threads(threads)
{
    setListenBacklogSize(backlog);
}

Result<void> Listener::open(const QHostAddress &address, quint16 port)
{
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
    emit accepted();
    m_threads[m_next]->accept(descriptor);
    m_next = (m_next + 1) % m_threads.size();
}

} // namespace muster::listen
