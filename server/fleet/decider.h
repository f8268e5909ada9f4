// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/auditstore.h"

#include <QDateTime>

namespace muster::fleet {

/// Who asked for a decision; goes into the audit with it.
struct Decider
{
    QString name;
    QString session;
    QString address;
};

/// What is written of something that was done. @param time ms since 1970
[[nodiscard]] inline store::AuditEntry auditOf(const Decider &by, const QString &method, const QString &target,
                                               const QJsonObject &detail = {}, qint64 time = QDateTime::currentMSecsSinceEpoch())
{
    return {.time = time,
            .actor = by.name,
            .session = by.session,
            .address = by.address,
            .method = method,
            .target = target,
            .outcome = QStringLiteral("ok"),
            .detail = detail};
}

} // namespace muster::fleet
