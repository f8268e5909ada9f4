// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/listen/admission.h"

#include <QMutex>

namespace muster::listen {

/// From where operators and accepted devices came before, so that they come before strangers when many come at once. An address proves
/// nothing, so it gives nothing but an earlier turn. Thread-safe.
class KnownNetworks
{
public:
    void noteOperator(const QString &network) { note(network, Admission::Lane::Operators); }
    void noteDevice(const QString &network) { note(network, Admission::Lane::Devices); }
    [[nodiscard]] Admission::Lane laneOf(const QString &network) const;

private:
    void note(const QString &network, Admission::Lane lane);

    mutable QMutex m_mutex;
    QHash<QString, Admission::Lane> m_lanes;
};

} // namespace muster::listen
