// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/health.h"
#include "protocol/rpc/result.h"

#include <QJsonArray>
#include <QJsonObject>

/// What Mongoose OS and the mDash libraries say and mean (rpc-common, rpc-service-*, the documentation of mDash of 2018).
namespace muster::doors::mongoose {

/// An error of a device in our own terms: old firmware has HTTP's numbers, newer libraries those of JSON-RPC. What the device said stays
/// with it, see asDeviceError(). @param error {code, message}
[[nodiscard]] Error errorOf(const QJsonObject &error);
/// What an answer says. @param result,error members of its frame, undefined where they are not there
[[nodiscard]] Result<QJsonValue> answerOf(const QJsonValue &result, const QJsonValue &error);
/// An error of ours as such a device knows it. @return {code, message}
[[nodiscard]] QJsonObject errorFor(const Error &error);

/// What Sys.GetInfo says of the machine, flat and without secrets.
[[nodiscard]] QJsonObject machineOf(const QJsonObject &info);
/// … and of the program on it: {name, version}.
[[nodiscard]] QJsonObject agentOf(const QJsonObject &info);
/// The memory and disk of Sys.GetInfo, or of the `stats` that firmware reports; none where it says nothing of them.
[[nodiscard]] std::optional<HealthSample> healthOf(const QJsonObject &info);

/// A document as rpc.discover gives it (OpenRPC), of the names that RPC.List gives.
[[nodiscard]] QJsonObject openRpcOf(const QJsonArray &names);

/// Configuration without what signs in somewhere. @param key as it was asked for; empty: all
[[nodiscard]] QJsonValue masked(const QJsonValue &config, const QString &key);

/// A shadow as mDash's clients know it: without what we keep beside it.
[[nodiscard]] QJsonObject shadowFor(const QJsonObject &document);

} // namespace muster::doors::mongoose
