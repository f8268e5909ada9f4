// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/containers/enginestream.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

constexpr qint64 readAheadBytes = 32 * 1024;
constexpr qint64 stepBytes = 16 * 1024;

} // namespace

EngineStream::EngineStream(const QString &socket, const QByteArray &target, QObject *parent)
    : QObject(parent)
    , m_target(target)
{
    m_socket.setReadBufferSize(readAheadBytes);
    connect(&m_socket, &QLocalSocket::connected, this, [this] {
        m_socket.write("GET " + m_target
                       + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nUser-Agent: muster-agent/" MUSTER_VERSION "\r\n\r\n");
    });
    connect(&m_socket, &QLocalSocket::readyRead, this, &EngineStream::moved);
    connect(&m_socket, &QLocalSocket::disconnected, this, [this] {
        m_isClosed = true;
        emit moved();
    });
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this, socket](QLocalSocket::LocalSocketError error) {
        // The end of the connection is an error to Qt; whether it is one is known once all was read.
        if (error == QLocalSocket::PeerClosedError)
            return;
        fail({.code = Unavailable, .message = u"No container engine answers at %1: is its service running?"_s.arg(socket)});
        emit moved();
    });
    m_socket.setServerName(socket);
    // In the event loop, so that whoever made this can listen first.
    QMetaObject::invokeMethod(this, [this] { m_socket.connectToServer(); }, Qt::QueuedConnection);
}

EngineStream::~EngineStream()
{
    m_socket.disconnect(this); // it says goodbye when it goes
}

bool EngineStream::read(QByteArray &body)
{
    const QByteArray bytes = m_socket.bytesAvailable() > 0 ? m_socket.read(stepBytes) : QByteArray();
    if (bytes.isEmpty() || m_error) {
        if (m_isClosed && !m_answer.isWhole(true))
            fail({.code = Unavailable,
                  .message = u"The container engine ended the connection, perhaps because it was restarted: try again."_s});
        return false;
    }
    if (const Result<void> taken = m_answer.take(bytes, body); !taken)
        fail(taken.error());
    return true;
}

bool EngineStream::isAtEnd() const
{
    return m_error || (m_socket.bytesAvailable() == 0 && m_answer.isWhole(m_isClosed)) || m_answer.isWhole(false);
}

void EngineStream::fail(const Error &error)
{
    if (!m_error)
        m_error = error;
}

} // namespace muster::agent
