// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/doors/door.h"
#include "server/listen/httpfront.h"
#include "server/listen/keeper.h"
#include "server/listen/knownnetworks.h"
#include "server/listen/route.h"
#include "server/listen/tlscontext.h"

#include <QSslConfiguration>
#include <QThread>

#include <map>

namespace muster::listen {

/// Makes the door of one path for one I/O thread.
using DoorFactory = std::function<std::unique_ptr<doors::Door>()>;
using DoorFactories = std::map<QByteArray, DoorFactory>;

/// Where connections of operators go: called in the I/O thread, which does not keep them any more; they may move.
using HandOver = std::function<void(HttpFront &front)>;

/// What all I/O threads share; everything in it is thread-safe and outlives them.
struct IoContext
{
    Rooms &rooms;
    ConnectionCounts &counts;
    KnownNetworks &known;
    QSslConfiguration tls;    ///< null for plain text
    QByteArray securityLines; ///< fields of every refusal, as they go over the line
    DoorFactories doors;      ///< by path
    HandOver handOver;
};

/// One I/O thread: connections from their accept, TLS, their first request, and the doors with all that devices say.
class IoThread : public QObject
{
    Q_OBJECT

public:
    IoThread(int number, const IoContext &context);
    /// Ends the thread; doors and their connections go first.
    ~IoThread() override;

    /// Takes over a descriptor that was accepted. Thread-safe.
    void accept(qintptr descriptor);
    /// Takes in a connection whose request is for a door, and whose thread keeps it no more. Called in that thread.
    void adopt(HttpFront &front);

private:
    /// What lives in the thread and ends in it. What stands first goes last.
    struct Inside
    {
        Keeper keeper;
        TlsContext tls;
        Admission encrypting;  ///< TLS handshakes
        Admission introducing; ///< devices that will say who they are
        Inside();
        std::map<QByteArray, std::unique_ptr<doors::Door>> doors;
    };

    void take(qintptr descriptor);
    void encrypt(Connection &connection);
    void waitToEncrypt(Connection &connection);
    void listenTo(Connection &connection);
    void headCame(HttpFront &front);
    void admit(HttpFront &front);
    void openDoor(HttpFront &front, Admission::Turn turn, std::optional<std::chrono::seconds> turnAway);
    /// The one that a request is for; made here where it is the first.
    [[nodiscard]] doors::Door &doorOf(const HttpFront &front);
    [[nodiscard]] Admission::Lane laneOf(const Connection &connection) const;

    IoContext m_context;
    QThread m_thread;
    std::unique_ptr<Inside> m_inside;
};

} // namespace muster::listen
