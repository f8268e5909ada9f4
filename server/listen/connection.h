// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/listen/phase.h"
#include "server/listen/rooms.h"

#include <QHostAddress>
#include <QObject>

#include <chrono>

class QTcpSocket;

namespace muster::listen {

/// Owns a socket from accept to close: its phase with the deadline, what it has not sent, whose it is, and its place among the others.
/// Whoever speaks on it (HttpFront, a door's link, a live session) hangs below it and goes with it. Lives in one thread at a time;
/// moveTo() takes it to another with all that hangs below.
class Connection : public QObject
{
    Q_OBJECT

public:
    /// @param socket is owned from now on
    Connection(QTcpSocket *socket, Rooms &rooms, ConnectionCounts &counts);
    ~Connection() override;

    [[nodiscard]] QTcpSocket &socket() { return *m_socket; }
    [[nodiscard]] Phase phase() const { return m_phase; }
    /// Begins a phase. @param within after this long it ends with Ending::Deadline; none for what its owner watches
    void enter(Phase phase, std::optional<std::chrono::milliseconds> within = {});
    /// More time for the phase, from now on.
    void extend(std::chrono::milliseconds within);
    /// Whether the phase's time is over within so long. @param now as steadyNow()
    [[nodiscard]] bool endsWithin(std::chrono::milliseconds time, qint64 now) const
    {
        return m_deadline != 0 && m_deadline - now <= time.count();
    }

    /// Whose it is: the peer's address, or the one that a proxy on this machine names.
    [[nodiscard]] const QHostAddress &address() const { return m_address; }
    /// Takes the address of a request that a proxy passes on, and a place for it. @return false where there is none: then it has ended
    bool setAddress(const QHostAddress &address);
    /// Takes a place in another room, and gives the one before up. @return false where that one is full; then nothing has changed
    [[nodiscard]] bool moveInto(Room room);
    [[nodiscard]] Room room() const { return m_room; }

    [[nodiscard]] qint64 unsentBytes() const;
    [[nodiscard]] bool hasEnded() const { return m_hasEnded; }

    /// Ends it at once; ended() follows, then it deletes itself.
    void end(Ending ending);
    /// Begins the closing, for which the peer has so long: whoever speaks on it has said goodbye.
    void close(Ending ending, std::chrono::milliseconds within);
    /// Lets what was written leave, for a moment, and ends it then.
    void finish(Ending ending);
    /// The same for a peer that is still sending: what comes is thrown away, because closing on it would take the answer away from the
    /// peer (RFC 9112 section 9.6).
    void finishReading(Ending ending);
    /// Judges the deadlines. @param now as steadyNow()
    void tick(qint64 now);

signals:
    /// Its place went to a newcomer: whoever speaks on it may still say goodbye, at once.
    void crowdedOut();
    /// It is over; nothing comes after it.
    void ended(muster::listen::Ending ending);

private:
    void watchSending();
    void drain();
    void giveWay();

    QTcpSocket *m_socket; ///< a child
    Rooms &m_rooms;
    ConnectionCounts &m_counts;
    Rooms::Place m_place;
    Room m_room = Room::Arriving;
    QHostAddress m_address;
    Phase m_phase = Phase::Waiting;
    qint64 m_deadline = 0;             ///< of the phase, as steadyNow(); 0: none
    qint64 m_stuckSince = 0;           ///< nothing was sent since, though something waits
    qint64 m_drained = 0;              ///< bytes thrown away since it is closing
    Phase m_closedIn = Phase::Closing; ///< the phase that a close ended
    Ending m_ending = Ending::Left;    ///< and why
    bool m_hasEnded = false;
};

} // namespace muster::listen
