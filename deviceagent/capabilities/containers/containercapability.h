// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/capabilities/containers/askedstops.h"
#include "deviceagent/capabilities/containers/engine.h"
#include "deviceagent/capabilities/containers/logrequest.h"
#include "deviceagent/capabilities/registry.h"
#include "deviceagent/link/serverlink.h"

#include <QHash>
#include <QMap>

namespace muster::agent {

/// Containers of this device: docs/protocol.md, "Containers". Nothing but these methods reaches the engine, whose socket is as
/// good as root.
class ContainerCapability : public QObject
{
    Q_OBJECT

public:
    /// @param sockets see engineSockets()
    ContainerCapability(ServerLink &link, const QStringList &sockets, QObject *parent = nullptr);

    /// Adds Container.*. The registry must not outlive this object's last event.
    void addMethods(Registry &registry);
    /// True while there is an engine that may be used.
    [[nodiscard]] bool hasEngine() const { return m_engine.isThere(); }

private:
    [[nodiscard]] QFuture<Answer> list();
    [[nodiscard]] QFuture<Answer> inspect(const QJsonObject &params);
    [[nodiscard]] QFuture<Answer> act(const QString &action, const QJsonObject &params);
    [[nodiscard]] QFuture<Answer> stats();
    [[nodiscard]] QFuture<Answer> logs(const QJsonObject &params);
    [[nodiscard]] QFuture<Answer> readLogs(const QString &id, const QJsonObject &inspected, const LogRequest &request,
                                           const QJsonValue &offer);
    [[nodiscard]] QJsonArray entries(const QJsonArray &listed, const QList<QFuture<Result<QJsonObject>>> &details);
    [[nodiscard]] QFuture<Result<QJsonObject>> inspected(const QString &id);
    /// What running containers use, as far as one look tells.
    struct Measured
    {
        QMap<QString, QJsonObject> entries; ///< by id
        QString unavailable;                ///< why an engine gives none
    };
    [[nodiscard]] QFuture<Measured> measure(const QStringList &ids);
    void addProcessorUse(QJsonObject &entry, const QString &id, const QJsonObject &stats);
    [[nodiscard]] QFuture<Measured> measureAgain(const Measured &first);

    ServerLink &m_link;
    Engine m_engine;
    AskedStops m_askedStops;
    struct ProcessorTime
    {
        qint64 used = 0; ///< ns
        qint64 at = 0;   ///< of the boot clock
    };
    /// Of the look before, for engines that do not keep it.
    QHash<QString, ProcessorTime> m_processorTimes;
};

} // namespace muster::agent
