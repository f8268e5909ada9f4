// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/message.h"
#include "protocol/signing/keys.h"

#include <QDateTime>

namespace muster {

/// What a device says that it did for a command: its own signed Command.Done, kept as it came. docs/protocol.md, "Commands".
struct Receipt
{
    QString command;
    QString deviceId;
    QString method;
    QString requestHash;
    qint64 counter = 0; ///< of the device's journal: rises with each receipt, so that a missing one shows to who has them all
    QDateTime startedAt;
    QDateTime finishedAt;
    QDateTime signedAt; ///< by the device's clock
    Result<QJsonValue> outcome = QJsonValue();
};

/// What a receipt's `request_hash` must be: base64url without padding of the SHA-256 of the canonical form of
/// {command, device_id, method, params}. @return InvalidRequest for what has no canonical form
[[nodiscard]] Result<QString> requestHash(const QString &command, const QString &deviceId, const QString &method,
                                          const QJsonObject &params);

/// Reads the params of Command.Done, whoever sent them. @return InvalidParams saying which member is wrong
[[nodiscard]] Result<Receipt> receiptFromJson(const QString &deviceId, const QJsonObject &params);

/// Checks a Command.Done outside of its session: signature, signer, audience, direction and form. Needs no clock and no network.
/// @param text the message as the device signed it (any JSON text of the same value)
/// @return the receipt, or why it proves nothing
[[nodiscard]] Result<Receipt> verifyReceipt(QByteArrayView text, const PublicKey &key);

} // namespace muster
