// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/capabilities/containers/engine.h"
#include "deviceagent/capabilities/containers/logrequest.h"
#include "deviceagent/capabilities/registry.h"
#include "deviceagent/link/serverlink.h"

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
    [[nodiscard]] QFuture<Result<QJsonObject>> inspected(const QString &id);

    ServerLink &m_link;
    Engine m_engine;
};

} // namespace muster::agent
