// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/statetree.h"
#include "server/store/database.h"
#include "server/store/healthpack.h"

#include <QHash>
#include <QJsonObject>

namespace muster::store {

/// How long health is kept, and how finely.
struct Tier
{
    qint64 step;  ///< ms between points
    qint64 keep;  ///< ms
    qint64 chunk; ///< ms of one packed row
};
inline constexpr qint64 hour = 3'600'000;
inline constexpr std::array<Tier, 3> tiers{{
    {.step = 10'000, .keep = 24 * hour, .chunk = hour},
    {.step = 60'000, .keep = 7 * 24 * hour, .chunk = 6 * hour},
    {.step = 600'000, .keep = 90 * 24 * hour, .chunk = 60 * hour},
}};
/// No query gives more points than a screen has room for.
inline constexpr int mostPoints = 1000;

/// What is remembered of a device across a restart, beside its keys.
struct Seen
{
    QString deviceId;
    qint64 evidenceAt = 0;
    QString state;
    QString reason;
    qint64 since = 0;
    QString bootId;
    QString address;
    QJsonObject machine;
    QJsonObject agent;
    qint64 clockAhead = 0;
};

/// A range of health for one device, in stretches of `step` ms.
struct HealthRange
{
    qint64 from = 0;
    qint64 to = 0;
    qint64 step = 0;
    QList<HealthPoint> points;
};

/// telemetry.db, or the schema of that name: health samples in tiers, when devices were last heard, what they report of
/// themselves, and what happened. Thread-safe.
class TelemetryStore
{
public:
    explicit TelemetryStore(const std::shared_ptr<const Dialect> &dialect);
    /// In an SQLite file.
    explicit TelemetryStore(const QString &path);

    /// The schema that this program writes.
    [[nodiscard]] static int newestSchema();
    /// The tables of what is to be kept, each after those that its rows belong to.
    [[nodiscard]] static QStringList tables();
    /// The steps of its schema.
    [[nodiscard]] static std::span<const Migration> steps();

    [[nodiscard]] Result<void> open();

    /// From now on, until forget(), something is kept of these devices. What comes of others (late, from a connection that is about to
    /// end) is dropped, so that whoever has their id next inherits nothing.
    [[nodiscard]] QFuture<Result<int>> admit(const QStringList &deviceIds);
    /// Stores samples; the future ends when they are committed. Samples of the same time replace each other.
    /// @return how many were stored; NotFound for a device that was not admitted
    [[nodiscard]] QFuture<Result<qsizetype>> append(const QString &deviceId, const QList<HealthSample> &samples);
    /// @param from,to ms since 1970; `points` at most mostPoints
    [[nodiscard]] QFuture<Result<HealthRange>> range(const QString &deviceId, qint64 from, qint64 to, int points, qint64 now);
    /// Packs what has arrived into chunks of all tiers and drops what is older than its tier keeps.
    /// @return true when more is left to do
    [[nodiscard]] QFuture<Result<bool>> rollUp(qint64 now);
    /// Removes all that is kept of a device: samples, history, what it reported, when it was seen, notifications.
    [[nodiscard]] QFuture<Result<int>> forget(const QString &deviceId);
    [[nodiscard]] QFuture<Result<int>> saveSeen(const QList<Seen> &devices);
    /// Everything that saveSeen() kept; for the start. @param most an upper bound
    [[nodiscard]] QFuture<Result<QList<Seen>>> loadSeen(int most);

    /// The whole reported state of a device takes the place of the one before.
    [[nodiscard]] QFuture<Result<int>> saveReported(const QString &deviceId, const StateTree &state);
    /// Everything that saveReported() kept, by device; for the start. @param most an upper bound
    [[nodiscard]] QFuture<Result<QHash<QString, StateTree>>> loadReported(int most);

    [[nodiscard]] qsizetype queued() const { return m_writer.queued(); }
    [[nodiscard]] Database &writer() { return m_writer; }
    [[nodiscard]] Database &reader() { return m_reader; }

private:
    struct Arrived
    {
        QString deviceId;
        QList<HealthSample> samples;
    };
    [[nodiscard]] static Result<QList<Result<qsizetype>>> appendAll(Sql &sql, const QList<Arrived> &arrived);

    Together<Arrived, qsizetype> m_append{&TelemetryStore::appendAll};
    Database m_writer;
    Database m_reader;
};

/// The small number that stands for a device in telemetry.db; 0 where nothing is kept of it.
[[nodiscard]] Result<qint64> seriesOf(Sql &sql, const QString &deviceId);
/// Those of many; of others there is none.
[[nodiscard]] Result<QHash<QString, qint64>> seriesOf(Sql &sql, const QStringList &deviceIds);

/// The step in ms that serves a range of `span` ms in at most `points` points, `age` ms back at its oldest.
[[nodiscard]] qint64 stepFor(qint64 span, int points, qint64 age);

} // namespace muster::store
