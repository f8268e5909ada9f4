// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/link/serverlink.h"

#include <QHash>
#include <QTimer>

#include <deque>

namespace muster::agent {

/// Events of workers on their way to the server: they wait while it is away, the oldest are dropped when there are too many, and
/// that is an event too ("muster.dropped"). Kept in memory alone.
class EventQueue : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        int most = 1000;
        qsizetype mostBytes = 1024 * 1024;
        std::chrono::milliseconds gather = std::chrono::seconds(1); ///< before a report: several events, one message
        std::chrono::milliseconds retryEvery = std::chrono::seconds(30);
    };

    EventQueue(ServerLink &link, const Options &options, QObject *parent = nullptr);

    /// @param data any JSON value of at most limits::eventBytes; @param source who says so, may be empty
    /// @return InvalidParams, TooLarge
    [[nodiscard]] Result<void> add(const QString &name, const QJsonValue &data, const QString &source);
    [[nodiscard]] qsizetype count() const { return static_cast<qsizetype>(m_events.size()); }

private:
    struct Event
    {
        QString name;
        QJsonValue data;
        QString source;
        qint64 bootTime = 0; ///< rising, so that no two are taken for the same one
        qsizetype bytes = 0;
    };

    void append(Event event);
    void report();
    [[nodiscard]] QJsonObject toJson(const Event &event) const;

    ServerLink &m_link;
    const Options m_options;
    std::deque<Event> m_events;
    qsizetype m_bytes = 0;
    qint64 m_lastTime = 0;
    qint64 m_dropped = 0;
    bool m_isReporting = false;
    QTimer m_timer;
};

} // namespace muster::agent
