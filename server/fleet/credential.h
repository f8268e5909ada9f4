// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/signing/keys.h"
#include "server/store/devicestore.h"
#include "server/store/keystore.h"

#include <QJsonObject>

namespace muster::fleet {

using store::CredentialKind;

/// What a device is trusted by: a person let it in with this and nothing else.
struct Credential
{
    CredentialKind kind = CredentialKind::Signed;
    PublicKey key;        ///< of one that signs
    qint64 approval = 0;  ///< by which that was accepted
    QByteArray tokenHash; ///< of one that shows a token; empty where that was taken back
    qint64 since = 0;     ///< when a person gave or accepted it, or took it back, ms since 1970
    QString by;           ///< that person

    [[nodiscard]] static Credential of(const store::KeyRecord &record);
    [[nodiscard]] static Credential of(const store::DeviceRecord &record);
    /// Of the key, as the operator API shows it; null for a device that has none.
    [[nodiscard]] QJsonValue keyJson() const;
    /// Of the token; null for a device that signs. Nobody is shown it a second time.
    [[nodiscard]] QJsonValue tokenJson() const;
};

} // namespace muster::fleet
