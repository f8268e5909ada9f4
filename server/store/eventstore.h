// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/telemetrystore.h"

#include <QJsonValue>

#include <optional>

namespace muster::store {

/// What can happen to a device.
enum class EventKind {
    Online,
    Offline,
    Created,  ///< people made it, or accepted its key
    Updated,  ///< it is called otherwise, or has another key
    Deleted,  ///< it was forgotten
    Called,   ///< somebody called a method of it: method and params
    Told,     ///< it told or asked something of its own accord: method and data
    Reported, ///< its reported state changed: the patch
    Wanted,   ///< what is wanted of it changed: the patch
};
[[nodiscard]] QLatin1StringView eventKindName(EventKind kind);
[[nodiscard]] std::optional<EventKind> eventKindFromName(QStringView name);
/// All there are.
[[nodiscard]] QStringList eventKindNames();

/// One thing that happened in the fleet.
struct FleetEvent
{
    qint64 id = 0;   ///< rises along them, and never comes again; 0: not kept yet
    qint64 time = 0; ///< ms since 1970, UTC
    QString deviceId;
    EventKind kind = EventKind::Told;
    QString method = {}; ///< of Called and Told
    QJsonValue data = QJsonValue::Undefined;
};

/// So many events are kept at most …
inline constexpr qint64 eventsKept = 200'000;
/// … of one device so many, so that it does not push out what others did …
inline constexpr int eventsPerDevice = 20'000;
/// … and none that is older, ms.
inline constexpr qint64 eventsKeptFor = 7LL * 24 * hour;

/// What happened in the fleet, in telemetry.db. TelemetryStore::forget() removes a device's. Thread-safe.
class EventStore
{
public:
    explicit EventStore(TelemetryStore &telemetry)
        : m_telemetry(telemetry)
    {
    }

    /// Keeps events, in their order. One that says that a device was forgotten takes away all that was kept of it before.
    /// @return them, with their ids
    [[nodiscard]] QFuture<Result<QList<FleetEvent>>> append(const QList<FleetEvent> &events);

    struct Filter
    {
        std::optional<QStringList> devices; ///< of these alone; none: of all
        QList<EventKind> kinds;             ///< these alone; empty: all
    };
    enum class Order { NewestFirst, OldestFirst };
    /// Events behind one, in an order. @param after its id, which need not be there any more; 0: from the beginning
    [[nodiscard]] QFuture<Result<QList<FleetEvent>>> list(const Filter &filter, Order order, int limit, qint64 after);
    struct Page
    {
        QList<FleetEvent> events;
        qint64 total = 0; ///< on all pages
        bool hasMore = false;
    };
    /// A page of the newest. @param after the id of the last one of the page before; 0: the first page
    [[nodiscard]] QFuture<Result<Page>> page(const Filter &filter, int limit, qint64 after);
    /// Removes some of what is too old. @return true when more is left to do
    [[nodiscard]] QFuture<Result<bool>> expire(qint64 now);

private:
    struct State
    {
        QHash<QString, int> sinceTrim; ///< events of a device since it was cut to its limit; the writer's thread alone
    };

    TelemetryStore &m_telemetry;
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace muster::store
