// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/signing/keys.h"

#include <QJsonObject>

namespace muster::agent {

/// Who this device is, to itself and to its server.
struct Identity
{
    QString deviceId;
    QString bootId;
    QJsonObject agent;   ///< {name, version}
    QJsonObject machine; ///< see capabilities/system/machinefacts.h
    KeyPair key;
    PublicKey cloudKey; ///< pinned: nothing on the line can change it
};

/// An id for a device that was given none: its host name, and eight digits of its machine id, because images are copied with
/// the host name in them.
/// @param root the folder that holds /etc and /proc; "/" but for tests
[[nodiscard]] QString defaultDeviceId(const QString &root);

} // namespace muster::agent
