// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/commandjson.h"

#include "server/fleet/reported.h"
#include "server/secrets.h"
#include "server/timetext.h"

#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster::fleet {

namespace {

QJsonValue timeOrNull(const std::optional<qint64> &time)
{
    return time ? QJsonValue(timestampText(*time)) : QJsonValue::Null;
}

} // namespace

QJsonObject commandJson(const store::CommandRecord &record)
{
    QJsonObject object{{"id"_L1, record.name},
                       {"device"_L1, record.deviceId},
                       {"kind"_L1, record.kind == store::CommandKind::Call ? u"call"_s : u"command"_s},
                       {"method"_L1, record.method},
                       {"params"_L1, withoutSecrets(record.params, Hidden::Texts)}, // the device has them, and nobody else needs them
                       {"state"_L1, commandStateName(record.state)},
                       {"asked_by"_L1, record.askedBy},
                       {"asked_at"_L1, timestampText(record.askedAt)},
                       {"expires_at"_L1, timeOrNull(record.expiresAt)},
                       {"sent_at"_L1, timeOrNull(record.sentAt)},
                       {"finished_at"_L1, timeOrNull(record.finishedAt)},
                       {"receipt"_L1, record.receipt},
                       {"bulk"_L1, record.bulk.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(record.bulk)}};
    if (record.paramsCut)
        object.insert("params_cut"_L1, true);
    if (record.outcomeCut)
        object.insert("result_cut"_L1, true);
    for (const QLatin1StringView name : {"result"_L1, "error"_L1}) {
        if (record.outcome && record.outcome->contains(name))
            object.insert(name, record.outcome->value(name));
    }
    if (record.forgotten)
        object.insert("device_forgotten"_L1, true);
    if (!record.reason.isEmpty())
        object.insert("reason"_L1, record.reason);
    return object;
}

store::CommandRecord listed(store::CommandRecord record)
{
    if (record.outcome && jsonBytes(*record.outcome) > store::listedBytes) {
        record.outcome.reset();
        record.outcomeCut = true;
    }
    if (jsonBytes(record.params) > store::listedBytes) {
        record.params = {};
        record.paramsCut = true;
    }
    return record;
}

Result<QJsonObject> receiptJson(const store::CommandProof &proof)
{
    const auto key = PublicKey::fromSpki(proof.spki);
    if (!key)
        return failure(InternalError, u"the key that was kept with the receipt cannot be read: %1"_s.arg(key.error().message));
    const store::CommandRecord &command = proof.command;
    return QJsonObject{{"muster_receipt"_L1, 1},
                       {"command"_L1, QJsonObject{{"id"_L1, command.name},
                                                  {"device_id"_L1, command.deviceId},
                                                  {"method"_L1, command.method},
                                                  {"params"_L1, command.params},
                                                  {"asked_by"_L1, command.askedBy},
                                                  {"asked_at"_L1, timestampText(command.askedAt)}}},
                       {"public_key"_L1, QString::fromLatin1(key->toPem())},
                       {"fingerprint"_L1, key->fingerprint()},
                       {"words"_L1, QJsonArray::fromStringList(key->words())},
                       {"message"_L1, proof.message}};
}

} // namespace muster::fleet
