// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Audit/auditentry.h"

#include "client/values/values.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <QJsonDocument>

using namespace Qt::Literals::StringLiterals;

namespace muster {

AuditEntry AuditEntry::fromJson(const QJsonObject &object)
{
    const auto clean = [&object](QLatin1StringView name) { return cleanText(object[name].toString(), limits::textLength); };
    AuditEntry entry;
    entry.id = QString::number(object["id"_L1].toInteger());
    entry.time = timeFromJson(object["time"_L1]);
    entry.actor = clean("actor"_L1);
    entry.address = clean("address"_L1);
    entry.method = clean("method"_L1);
    entry.target = clean("target"_L1);
    entry.outcome = clean("outcome"_L1);
    if (const QJsonObject detail = object["detail"_L1].toObject(); !detail.isEmpty())
        entry.detailText = QString::fromUtf8(QJsonDocument(detail).toJson(QJsonDocument::Indented)).trimmed();
    return entry;
}

} // namespace muster
