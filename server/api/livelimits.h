// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/limits.h"

/// The limits of the live socket. Published in docs/live.md.
namespace muster::api::livelimits {

/// Params of methods, nothing more.
inline constexpr qsizetype messageBytes = 256 * 1024;
/// Browser tabs and programs at once; more is a fault of a script.
inline constexpr size_t sessions = 500;
inline constexpr size_t subscriptions = 50;
/// Each holds up to a window of text while its reader is slow.
inline constexpr int logs = 8;
/// Calls that wait for their answers.
inline constexpr int calls = limits::callsInFlight;
/// Whoever does not answer two pings in a row is gone, whatever TCP thinks.
inline constexpr int missedPings = 2;
/// With so much unsent a client gets the newest picture later instead of every picture now.
inline constexpr qint64 unsentForPictures = limits::queuedBytesPerConnection / 2;
/// With so much unsent it is cut: what it asked for itself piles up.
inline constexpr qint64 unsentAtMost = 4 * limits::queuedBytesPerConnection;
/// Rows of the lists that the topics `commands` and `history` show.
inline constexpr int rows = 200;

/// Of the socket of notifications, whose reader has nothing to say.
inline constexpr qsizetype notifyMessageBytes = 4 * 1024;
/// With so much unsent that one is cut: nothing of a stream can be left out for who is slow.
inline constexpr qint64 notifyUnsentAtMost = limits::queuedBytesPerConnection;

} // namespace muster::api::livelimits
