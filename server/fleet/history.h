// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/historystore.h"

#include <QDateTime>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>

namespace muster::fleet {

/// What happened to devices: collects what the fleet notes and writes it a few times a second, so that a fleet that comes back at once
/// costs one write and not thousands. Lives in the fleet's thread.
class History : public QObject
{
    Q_OBJECT

public:
    explicit History(store::TelemetryStore &telemetry);

    /// Kept soon; a crash may cost the last quarter of a second.
    void note(const store::HistoryRow &row);
    /// Kept at once, after all that was noted before. @return when it is written
    [[nodiscard]] QFuture<Result<int>> append(const QList<store::HistoryRow> &rows);
    /// Lets go of what waits of a device that was forgotten.
    void drop(const QString &deviceId);
    /// Writes what waits; tells nobody. @return when it is written
    [[nodiscard]] QFuture<Result<int>> flush();
    /// Begins to write and to remove what is too old; in the fleet's thread.
    void start();
    void stop();
    /// See Fleet::setAging().
    void setAging(const std::function<qint64()> &clock) { m_aging = clock; }

    /// Thread-safe.
    [[nodiscard]] store::HistoryStore &store() { return m_store; }

signals:
    /// There is news of these devices; at most four times a second.
    void changed(const QSet<QString> &devices);

private:
    void touch(const QString &deviceId);
    void write();
    void expire();

    store::HistoryStore m_store;
    std::function<qint64()> m_aging = QDateTime::currentMSecsSinceEpoch;
    QList<store::HistoryRow> m_waiting;
    QSet<QString> m_changed;
    QTimer m_flushes;
    QTimer m_expiry;
};

/// A row as the operator API shows it.
[[nodiscard]] QJsonObject historyJson(const store::HistoryRow &row);

} // namespace muster::fleet
