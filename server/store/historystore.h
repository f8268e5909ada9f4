// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/telemetrystore.h"

#include <atomic>
#include <optional>

namespace muster::store {

/// One thing that happened to a device.
struct HistoryRow
{
    qint64 id = 0;
    QString deviceId;
    qint64 time = 0;          ///< ms since 1970, UTC
    QLatin1StringView kind{}; ///< one of historykind
    QString name;             ///< of the event; "online", "offline"; "accepted", …; the command's method
    QString text;             ///< for people
    QJsonValue data = QJsonValue::Undefined;
    QString source; ///< of an event: the program that told it
    QString by;     ///< the person who did it
};

namespace historykind {
inline constexpr QLatin1StringView event("event");
inline constexpr QLatin1StringView presence("presence");
inline constexpr QLatin1StringView key("key");
inline constexpr QLatin1StringView command("command");
} // namespace historykind

/// A device has at most this much history …
inline constexpr int historyPerDevice = 10'000;
/// … and none that is older, ms.
inline constexpr qint64 historyKept = 90LL * 24 * hour;

/// The history of devices in telemetry.db. Thread-safe.
class HistoryStore
{
public:
    explicit HistoryStore(TelemetryStore &telemetry);

    /// Keeps rows; an event of the same device, name, time and source is kept once. @return how many are new
    [[nodiscard]] QFuture<Result<int>> append(const QList<HistoryRow> &rows);
    struct Filter
    {
        QString kind;             ///< one of historykind; empty: all
        bool withCommands = true; ///< false: for who may not know what was asked
    };
    struct Page
    {
        QList<HistoryRow> rows;
        qint64 total = 0; ///< on all pages
        bool hasMore = false;
    };
    /// A page of a device's history, newest first. @param before only rows with a smaller id; 0: the newest
    [[nodiscard]] QFuture<Result<Page>> page(const QString &deviceId, const Filter &filter, int limit, qint64 before);
    [[nodiscard]] QFuture<Result<QList<HistoryRow>>> list(const QString &deviceId, const Filter &filter, int limit, qint64 before);
    /// Removes some of what is too old. @return true when more is left to do
    [[nodiscard]] QFuture<Result<bool>> expire(qint64 now);

    /// Rows written since the start. For /metrics.
    [[nodiscard]] quint64 written() const { return m_state->written; }

private:
    struct State
    {
        std::atomic<quint64> written{0};
        QHash<qint64, int> sinceTrim; ///< rows of a series since it was cut to its limit; the writer's thread alone
    };

    TelemetryStore &m_telemetry;
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace muster::store
