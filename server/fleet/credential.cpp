// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/credential.h"

#include "server/timetext.h"

#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster::fleet {

Credential Credential::of(const store::KeyRecord &record)
{
    return {.kind = CredentialKind::Signed,
            .key = PublicKey::fromSpki(record.spki).value_or(PublicKey()),
            .approval = record.id,
            .tokenHash = {},
            .since = record.decidedAt.value_or(0),
            .by = record.decidedBy};
}

Credential Credential::of(const store::DeviceRecord &record)
{
    return {.kind = record.credential, .key = {}, .tokenHash = record.tokenHash, .since = record.tokenAt, .by = record.tokenBy};
}

QJsonValue Credential::keyJson() const
{
    if (kind != CredentialKind::Signed)
        return QJsonValue::Null;
    return QJsonObject{{"fingerprint"_L1, key.fingerprint()},
                       {"words"_L1, QJsonArray::fromStringList(key.words())},
                       {"algorithm"_L1, algorithmName(key.algorithm())},
                       {"accepted_at"_L1, timeOrNull(since)},
                       {"accepted_by"_L1, by}};
}

QJsonValue Credential::tokenJson() const
{
    if (kind != CredentialKind::Token)
        return QJsonValue::Null;
    return QJsonObject{{"is_given"_L1, !tokenHash.isEmpty()}, {"changed_at"_L1, timeOrNull(since)}, {"changed_by"_L1, by}};
}

} // namespace muster::fleet
