// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/iothread.h"

#include "protocol/rpc/limits.h"
#include "server/listen/refusals.h"
#include "server/network.h"
#include "transport/websocket.h"

#include <QSslSocket>
#include <QtEndian>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::listen {

namespace {

/// A TLS handshake takes a few round trips, whatever the line.
constexpr std::chrono::milliseconds encryptWithin = limits::authenticateWithin;
/// Waiting ends by the turn, or by Admission; this is only the last word.
constexpr std::chrono::milliseconds waitWithin = 30s;
/// Who would wait longer is told when to come instead: devices give up after 30 s.
constexpr std::chrono::milliseconds waitWorthIt = 20s;

/// A TLS handshake costs over a millisecond in which nobody else of the thread is heard: few at once, and whoever waits for the line
/// makes room soon. At 60 ms a turn that is over a hundred a second in a thread, however far away the peers are.
constexpr Admission::Limits encryptingLimits{.atWork = 8, .turn = 60ms};
/// Verifying and signing cost a tenth of that.
constexpr Admission::Limits introducingLimits{.atWork = 32, .turn = 250ms};

/// RFC 8446 section 5.1: a record has at most 2^14 bytes behind a head of five. A hello in more of them is not waited for.
constexpr qint64 recordHead = 5;
constexpr qint64 helloBytesMost = recordHead + (1 << 14);

/// Whether what has come is a whole record, or already shows that it is none: then TLS itself says so.
bool isHelloThere(QTcpSocket &socket)
{
    constexpr char handshake = 22;
    const QByteArray head = socket.peek(recordHead);
    if (head.isEmpty())
        return false;
    if (head.front() != handshake)
        return true;
    if (head.size() < recordHead)
        return false;
    return socket.bytesAvailable() >= std::min(helloBytesMost, recordHead + qFromBigEndian<quint16>(head.constData() + 3));
}

} // namespace

IoThread::Inside::Inside()
    : encrypting(encryptingLimits)
    , introducing(introducingLimits)
{
}

IoThread::IoThread(int number, const IoContext &context)
    : m_context(context)
{
    m_thread.setObjectName(u"io-%1"_s.arg(number));
    moveToThread(&m_thread);
    connect(&m_thread, &QThread::started, this, [this] { m_inside = std::make_unique<Inside>(); });
    connect(&m_thread, &QThread::finished, this, [this] { m_inside.reset(); }, Qt::DirectConnection);
    m_thread.start();
}

IoThread::~IoThread()
{
    m_thread.quit();
    m_thread.wait();
}

void IoThread::accept(qintptr descriptor)
{
    QMetaObject::invokeMethod(this, [this, descriptor] { take(descriptor); }, Qt::QueuedConnection);
}

void IoThread::take(qintptr descriptor)
{
    auto *socket = m_context.tls.isNull() ? new QTcpSocket : new QSslSocket;
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    auto *connection = new Connection(socket, m_context.rooms, m_context.counts);
    m_inside->keeper.keep(connection);
    if (!connection->moveInto(Room::Arriving))
        return connection->end(Ending::Crowded);
    if (m_context.tls.isNull())
        listenTo(*connection);
    else
        encrypt(*connection);
}

Admission::Lane IoThread::laneOf(const Connection &connection) const
{
    return m_context.known.laneOf(networkOf(connection.address()));
}

void IoThread::encrypt(Connection &connection)
{
    // A turn is for work, and there is none before a whole hello has come: who says nothing takes nobody's.
    connection.enter(Phase::Encrypting, encryptWithin);
    QTcpSocket &socket = connection.socket();
    const auto looking = std::make_shared<QMetaObject::Connection>();
    *looking = connect(&socket, &QIODevice::readyRead, &connection, [this, &connection, &socket, looking] {
        if (!isHelloThere(socket))
            return;
        disconnect(*looking);
        waitToEncrypt(connection);
    });
}

void IoThread::waitToEncrypt(Connection &connection)
{
    connection.enter(Phase::Waiting, waitWithin);
    const auto begin = [this, &connection](Admission::Turn turn) {
        if (!connection.moveInto(Room::Strangers))
            return connection.end(Ending::Crowded);
        connection.enter(Phase::Encrypting, encryptWithin);
        auto *socket = static_cast<QSslSocket *>(&connection.socket());
        const auto held = std::make_shared<Admission::Turn>(std::move(turn));
        connect(&connection, &Connection::ended, &connection, [held] { held->release(); });
        connect(socket, &QSslSocket::encrypted, &connection, [this, held, &connection, socket] {
            held->release();
            m_inside->tls.takeFrom(*socket);
            listenTo(connection);
        });
        socket->setSslConfiguration(m_context.tls);
        m_inside->tls.lendTo(*socket);
        socket->startServerEncryption();
    };
    const auto dropped = [&connection] { connection.end(Ending::Deadline); };
    Admission &encrypting = m_inside->encrypting;
    const quint64 ticket = encrypting.wait(laneOf(connection), networkOf(connection.address()), begin, dropped);
    connect(&connection, &Connection::ended, &encrypting, [&encrypting, ticket] { encrypting.cancel(ticket); });
}

void IoThread::listenTo(Connection &connection)
{
    auto *front = new HttpFront(connection, m_context.securityLines);
    connect(front, &HttpFront::headCame, this, [this, front] { headCame(*front); });
    front->read();
}

void IoThread::headCame(HttpFront &front)
{
    switch (destinationOf(front.head(), [this](const QByteArray &path) { return m_context.doors.contains(path); })) {
    case Destination::Refused: return front.refuseUpgrade();
    case Destination::Door: return admit(front);
    case Destination::People:
    case Destination::Http: break;
    }
    front.hold();
    // Not from within the socket's own signal: it is not done here.
    QMetaObject::invokeMethod(
        &front.connection(),
        [this, &front] {
            if (front.connection().hasEnded())
                return;
            front.disconnect(this);
            m_inside->keeper.release(&front.connection());
            m_context.handOver(front);
        },
        Qt::QueuedConnection);
}

void IoThread::adopt(HttpFront &front)
{
    front.connection().moveToThread(&m_thread);
    QMetaObject::invokeMethod(
        this,
        [this, &front] {
            m_inside->keeper.keep(&front.connection());
            admit(front);
        },
        Qt::QueuedConnection);
}

void IoThread::admit(HttpFront &front)
{
    Connection &connection = front.connection();
    if (const auto refusal = doorOf(front).refusalOf(front.head(), networkOf(connection.address())))
        return front.refuse(refusal->status, refusal->message, refusal->moreHeaders);
    Admission &introducing = m_inside->introducing;
    const std::chrono::milliseconds wait = introducing.expectedWait();
    if (wait > 2 * waitWorthIt) {
        const auto later = introducing.promise();
        return front.refuse(503, u"too many devices come at once: try again in %1 s"_s.arg(later.count()),
                            "Retry-After: " + QByteArray::number(later.count()) + "\r\n");
    }
    front.handOver();
    if (wait > waitWorthIt)
        return openDoor(front, {}, introducing.promise());
    if (!connection.moveInto(Room::Arriving))
        return connection.end(Ending::Crowded);
    connection.enter(Phase::Waiting, waitWithin);
    const auto begin = [this, &front](Admission::Turn turn) { openDoor(front, std::move(turn), {}); };
    const auto dropped = [this, &front, &introducing] { openDoor(front, {}, introducing.promise()); };
    const quint64 ticket = introducing.wait(laneOf(connection), networkOf(connection.address()), begin, dropped);
    connect(&connection, &Connection::ended, &introducing, [&introducing, ticket] { introducing.cancel(ticket); });
}

doors::Door &IoThread::doorOf(const HttpFront &front)
{
    const QByteArray path = front.head().path();
    auto &door = m_inside->doors[path];
    if (!door)
        door = m_context.doors.at(path)();
    return *door;
}

void IoThread::openDoor(HttpFront &front, Admission::Turn turn, std::optional<std::chrono::seconds> turnAway)
{
    Connection &connection = front.connection();
    if (connection.hasEnded())
        return;
    if (!connection.moveInto(Room::Strangers))
        return connection.end(Ending::Crowded);
    doors::Door &door = doorOf(front);
    const transport::HttpHead request = front.head();
    connection.enter(Phase::Introducing, limits::authenticateWithin);
    front.write(transport::upgradeAnswer(request, door.subProtocolOf(request)));
    auto *webSocket = new transport::WebSocket(connection.socket(), transport::WebSocket::Role::Server, &connection);
    front.deleteLater();
    if (turnAway)
        door.turnAway(connection, *webSocket, *turnAway);
    else
        door.take(connection, *webSocket, std::move(turn), request);
}

} // namespace muster::listen
