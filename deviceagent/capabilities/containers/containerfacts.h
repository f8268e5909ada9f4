// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>

#include <optional>

/// What an engine tells of its containers, as docs/protocol.md, "Containers" has it. Whatever an engine says is data: texts are
/// cleaned and cut, numbers that a message cannot carry become texts.
namespace muster::agent {

/// An entry of Container.List. @param listed of GET /containers/json; @param inspected of GET /containers/ID/json, may be empty
[[nodiscard]] QJsonObject containerEntry(const QJsonObject &listed, const QJsonObject &inspected);
/// The engine's own account of a container, without what its environment variables hold.
[[nodiscard]] QJsonObject inspection(const QJsonObject &inspected);
/// `created`, `running`, … of what GET /containers/ID/json says.
[[nodiscard]] QString containerState(const QJsonObject &inspected);
/// An entry of Container.Stats, of GET /containers/ID/stats. Without `cpu` where the engine gives no earlier reading.
[[nodiscard]] QJsonObject statsEntry(const QString &id, const QJsonObject &stats);
/// Nanoseconds that a container has had of all processors, of the same.
[[nodiscard]] std::optional<qint64> processorTime(const QJsonObject &stats);

} // namespace muster::agent
