// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/counters.h"
#include "server/store/eventstore.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <functional>

namespace muster::fleet {

using store::EventKind;
using store::FleetEvent;

/// What happens in the fleet, as it happens: collects what its parts note, writes it a few times a second, and tells it once it is
/// written and has its number. A disk that does not keep up, or a device that says too much, costs events, which are counted, and no
/// memory. Lives in the fleet's thread.
class EventStream : public QObject
{
    Q_OBJECT

public:
    /// What waits for the disk is bounded by both.
    static constexpr qsizetype mostWaiting = 20'000;
    static constexpr qsizetype mostWaitingBytes = 16 * 1024 * 1024;
    /// Data of one event, as JSON; more is replaced by {"cut": bytes}.
    static constexpr qsizetype dataBytes = 16 * 1024;
    /// Events of one device in a second …
    static constexpr int perSecond = 200;
    /// … of which so many are what it says itself: its end is heard of, whatever it says.
    static constexpr int saidPerSecond = 160;

    /// @param telemetry,counters must outlive this
    EventStream(store::TelemetryStore &telemetry, Counters &counters, QObject *parent);

    /// Kept soon; a crash may cost the last quarter of a second. @param event without an id; without a time it is now
    void note(FleetEvent event);
    /// Writes what waits; tells nobody. @return when it is written
    [[nodiscard]] QFuture<Result<QList<FleetEvent>>> flush();
    /// Begins to remove what is too old; in the fleet's thread.
    void start();
    void stop();
    /// See Fleet::setAging().
    void setAging(const std::function<qint64()> &clock) { m_aging = clock; }

    /// Thread-safe.
    [[nodiscard]] store::EventStore &store() { return m_store; }

signals:
    /// These are kept now. In the order of their ids, each once.
    void happened(const QList<muster::store::FleetEvent> &events);

private:
    struct Waiting
    {
        FleetEvent event;
        qsizetype bytes;
    };

    /// Whether the device may have one more in this second.
    [[nodiscard]] bool mayNote(const FleetEvent &event);
    /// Lets go of what waits of a device.
    void drop(const QString &deviceId);
    void countDropped(const QString &deviceId);
    void tellDropped();
    void write();
    void written(const Result<QList<FleetEvent>> &events, qsizetype count, qsizetype bytes);
    void expire();

    store::EventStore m_store;
    Counters &m_counters;
    std::function<qint64()> m_aging = QDateTime::currentMSecsSinceEpoch;
    QList<Waiting> m_waiting;
    qsizetype m_unwritten = 0; ///< those that wait and those that are being written
    qsizetype m_unwrittenBytes = 0;
    bool m_isWriting = false;
    QHash<QString, int> m_spent;      ///< by device, in m_second
    qint64 m_second = 0;              ///< as steadyNow() / 1000
    QHash<QString, qint64> m_dropped; ///< by device, since it was told last
    QTimer m_writes;
    QTimer m_tells;
    QTimer m_expiry;
};

} // namespace muster::fleet
