// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/connection.h"

#include "server/network.h"
#include "server/steadytime.h"
#include "transport/unsentbytes.h"

#include <QSslSocket>

using namespace std::chrono_literals;

namespace muster::listen {

namespace {

/// Nothing of what was sent is taken for so long: nobody reads there. Longer than lost packets on a bad line are sent again.
constexpr std::chrono::milliseconds unreadAtMost = 30s;
/// A peer that has it all may take so long to say goodbye.
constexpr std::chrono::milliseconds closeWithin = 5s;
/// What was said last may take so long to leave: the largest file on a slow line.
constexpr std::chrono::milliseconds readWithin = 15min;
/// A peer that is still sending has so long to read why it should not.
constexpr std::chrono::milliseconds lingerWithin = 2s;
/// What it sends meanwhile is thrown away, as far as a body may be that was on its way already.
constexpr qint64 drainedAtMost = 16LL * 1024 * 1024;
/// The rest of a frame or a request waits at the peer: what one socket may make us hold unread.
constexpr qint64 readBytes = 64 * 1024;

/// A proxy on this machine speaks for many; what it passes on has the address that it names.
QString shareOf(const QHostAddress &address)
{
    return address.isLoopback() ? QString() : networkOf(address);
}

} // namespace

Connection::Connection(QTcpSocket *socket, Rooms &rooms, ConnectionCounts &counts)
    : m_socket(socket)
    , m_rooms(rooms)
    , m_counts(counts)
    , m_address(plainAddress(socket->peerAddress()))
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(readBytes);
    ++m_counts.now[static_cast<size_t>(m_phase)];
    connect(m_socket, &QAbstractSocket::disconnected, this, [this] { end(Ending::Left); });
    connect(m_socket, &QAbstractSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        end(error == QAbstractSocket::RemoteHostClosedError ? Ending::Left : Ending::Failed);
    });
    watchSending();
}

Connection::~Connection()
{
    if (!m_hasEnded)
        --m_counts.now[static_cast<size_t>(m_phase)];
    m_socket->disconnect(this);
    m_place.release(); // while this can still be told that it lost it
}

void Connection::watchSending()
{
    const auto sent = [this] { m_stuckSince = 0; };
    if (auto *secure = qobject_cast<QSslSocket *>(m_socket))
        connect(secure, &QSslSocket::encryptedBytesWritten, this, sent);
    else
        connect(m_socket, &QIODevice::bytesWritten, this, sent);
}

void Connection::enter(Phase phase, std::optional<std::chrono::milliseconds> within)
{
    if (m_hasEnded)
        return;
    --m_counts.now[static_cast<size_t>(m_phase)];
    ++m_counts.now[static_cast<size_t>(phase)];
    m_phase = phase;
    m_deadline = within ? steadyNow() + within->count() : 0;
}

void Connection::extend(std::chrono::milliseconds within)
{
    m_deadline = steadyNow() + within.count();
}

bool Connection::setAddress(const QHostAddress &address)
{
    if (m_place.isTaken() && address == m_address)
        return true;
    m_address = address;
    m_place.release();
    if (moveInto(m_room))
        return true;
    end(Ending::Crowded);
    return false;
}

bool Connection::moveInto(Room room)
{
    if (m_place.isTaken() && room == m_room)
        return true;
    // Later, and in this connection's own thread: whoever takes the place may be in any.
    auto place =
        m_rooms.enter(room, shareOf(m_address), [this] { QMetaObject::invokeMethod(this, &Connection::giveWay, Qt::QueuedConnection); });
    if (!place)
        return false;
    m_place = std::move(*place);
    m_room = room;
    return true;
}

qint64 Connection::unsentBytes() const
{
    return transport::unsentBytes(*m_socket);
}

void Connection::giveWay()
{
    emit crowdedOut();
    if (m_phase != Phase::Closing)
        end(Ending::Crowded);
}

void Connection::end(Ending ending)
{
    if (std::exchange(m_hasEnded, true))
        return;
    --m_counts.now[static_cast<size_t>(m_phase)];
    // Whatever ends the closing: what counts is why it was begun.
    const bool wasClosing = m_phase == Phase::Closing;
    const Ending why = wasClosing ? m_ending : ending;
    ++m_counts.ended[static_cast<size_t>(wasClosing ? m_closedIn : m_phase)][static_cast<size_t>(why)];
    m_socket->disconnect(this);
    m_socket->abort();
    m_place.release();
    emit ended(why);
    deleteLater();
}

void Connection::close(Ending ending, std::chrono::milliseconds within)
{
    if (m_hasEnded || m_phase == Phase::Closing)
        return;
    m_closedIn = m_phase;
    m_ending = ending;
    enter(Phase::Closing, within);
}

void Connection::finish(Ending ending)
{
    if (m_hasEnded)
        return;
    // What is said last has to arrive: whoever reads slowly has as long as for an answer, and whoever does not read ends sooner (tick()).
    close(ending, unsentBytes() > 0 ? readWithin : closeWithin);
    m_socket->disconnectFromHost();
}

void Connection::finishReading(Ending ending)
{
    if (m_hasEnded || m_phase == Phase::Closing)
        return;
    close(ending, lingerWithin);
    connect(m_socket, &QIODevice::readyRead, this, &Connection::drain);
    drain();
}

void Connection::drain()
{
    m_drained += m_socket->skip(m_socket->bytesAvailable());
    if (m_drained > drainedAtMost)
        end(Ending::Refused);
}

void Connection::tick(qint64 now)
{
    if (m_hasEnded)
        return;
    if (m_deadline != 0 && now >= m_deadline)
        return end(Ending::Deadline);
    if (unsentBytes() == 0)
        m_stuckSince = 0;
    else if (m_stuckSince == 0)
        m_stuckSince = now;
    else if (now - m_stuckSince >= unreadAtMost.count())
        end(Ending::Unread);
}

} // namespace muster::listen
