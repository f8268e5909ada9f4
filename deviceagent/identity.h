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

/// The id of a device that was given none. It is made once, and kept in `identity.json` of the data folder from then on: another
/// host name or machine id later makes no other device. On hardware with another serial number than the file's, the folder is a
/// copy, and an id is made anew. Any process may ask at any time: the first one to write decides. Waits for the disk.
/// @param root the folder that holds /etc, /proc and /sys; empty but for tests
/// @return Unavailable, naming the folder that cannot be written to
[[nodiscard]] Result<QString> keptDeviceId(const QString &dataPath, const QString &root = {});

/// A new id: the host name, and eight digits of the machine id (machine-id(5)), because images are copied with the host name in
/// them. Random digits where there is no machine id yet.
[[nodiscard]] QString newDeviceId(const QString &root);

} // namespace muster::agent
