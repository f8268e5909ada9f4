// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

/// The words that client, models and screens share about what state a thing is in.
namespace muster::states {
Q_NAMESPACE

/// What a model holds of the data that somebody asked it for. No value has the name of its enum: QML, where it is
/// interpreted, finds the value and not the enum under such a name.
enum class Loading : quint8 {
    Idle,     ///< nothing was asked for
    Underway, ///< asked for, not here yet
    Loaded,   ///< here and kept up to date
    Failed,   ///< the server refused or could not; the model's errorText says why
};
Q_ENUM_NS(Loading)

enum class Presence : quint8 {
    Online,
    Offline,
    Never, ///< its key is accepted, it has not come yet
};
Q_ENUM_NS(Presence)

/// The health of a device as the server judges it.
enum class Level : quint8 {
    Ok,
    Warning,
    Failing,
    Unknown,
};
Q_ENUM_NS(Level)

/// What is measured of a device: the fields of protocol/rpc/health.h, for QML.
enum class Measure : quint8 { Cpu, Memory, Disk, Temperature, NetworkIn, NetworkOut, Load };
Q_ENUM_NS(Measure)

/// How grave a line of a log is, as it says itself. In order: what is worse is greater.
enum class LogLevel : quint8 {
    Unknown, ///< it does not say
    Debug,
    Info,
    Warning,
    Error,
    Fatal,
};
Q_ENUM_NS(LogLevel)

} // namespace muster::states
