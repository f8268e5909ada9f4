// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <array>
#include <atomic>

namespace muster::listen {

/// What a connection is at. Each has a deadline of its own, or an end that its owner watches.
enum class Phase {
    Waiting,     ///< for its turn
    Encrypting,  ///< the TLS handshake
    Requesting,  ///< a request is coming
    Answering,   ///< it is being answered
    Idle,        ///< kept for another request
    Introducing, ///< a device has still to say who it is
    Pending,     ///< its key waits for a person
    Accepted,    ///< a device at work
    Live,        ///< an operator's live socket
    Closing,     ///< what was said last is on its way
};
inline constexpr std::array<QByteArrayView, 10> phaseNames{"waiting",     "encrypting", "requesting", "answering", "idle",
                                                           "introducing", "pending",    "accepted",   "live",      "closing"};

/// Why it ended.
enum class Ending {
    Left,     ///< the peer went away
    Done,     ///< as it should: the answer was the last, or both said goodbye
    Deadline, ///< its phase took too long
    Unread,   ///< the peer read nothing of what was sent
    Refused,  ///< the peer broke a rule
    Crowded,  ///< its network had too many, or the room was full
    Failed,   ///< TLS or the network
    Stopped,  ///< the server stops, or ends it for a reason of its own
};
inline constexpr std::array<QByteArrayView, 8> endingNames{"left", "done", "deadline", "unread", "refused", "crowded", "failed", "stopped"};

/// How many connections are in each phase, and how they ended: for /metrics. Any thread may count.
struct ConnectionCounts
{
    std::array<std::atomic<qint64>, phaseNames.size()> now{};
    std::array<std::array<std::atomic<quint64>, endingNames.size()>, phaseNames.size()> ended{};
};

} // namespace muster::listen
