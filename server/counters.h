// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/listen/phase.h"

#include <QtTypes>

#include <atomic>

namespace muster {

/// Counts that live as long as the server, for /metrics. Any thread may add.
struct Counters
{
    using Count = std::atomic<quint64>;

    listen::ConnectionCounts byPhase;
    Count connectionsOpened{0};
    Count messagesIn{0};         ///< verified messages of devices
    Count messagesOut{0};        ///< signed messages to devices
    Count messagesRefused{0};    ///< of accepted devices' connections: failed verification
    Count strangersRefused{0};   ///< the same on connections that no accepted key was proven on
    Count messagesOverBudget{0}; ///< of accepted devices: more than they may send
    Count callsToDevices{0};
    Count callsFromDevices{0};
    Count samplesStored{0};
    Count samplesDropped{0};  ///< with times that cannot be
    Count receiptsRefused{0}; ///< of commands: unknown, of another device, or not of this request
    Count eventsStored{0};    ///< of the fleet, see fleet::EventStream
    Count eventsDropped{0};   ///< of a device that causes too many, or of a disk that does not keep up
    Count commandsDone{0};
    Count commandsFailed{0};
    Count commandsExpired{0};
    Count commandsCancelled{0};
    Count requests{0};                    ///< of operators, REST and live
    Count requestsRefused{0};             ///< of them: unauthenticated or forbidden
    Count attemptsLimited{0};             ///< to sign in, refused unseen: too many before, or at once
    Count auditLeftOut{0};                ///< refusals of who had caused many, counted here instead of written
    std::atomic<qint64> connections{0};   ///< open now, on device doors
    std::atomic<qint64> streamsOpen{0};   ///< of devices, now
    std::atomic<qint64> liveSockets{0};   ///< open now
    std::atomic<qint64> notifySockets{0}; ///< open now
};

} // namespace muster
