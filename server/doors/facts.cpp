// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/facts.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <QDateTime>

namespace muster::doors {

QJsonObject cleanFacts(const QJsonObject &facts)
{
    constexpr qsizetype mostFacts = 32;
    QJsonObject clean;
    for (auto it = facts.begin(); it != facts.end() && clean.size() < mostFacts; ++it) {
        const QString name = cleanText(it.key(), 64);
        if (it->isString())
            clean.insert(name, cleanText(it->toString(), limits::textLength));
        else if (it->isDouble() || it->isBool())
            clean.insert(name, *it);
    }
    return clean;
}

qint64 bootedAt(const QJsonValue &uptimeSeconds)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const double uptime = uptimeSeconds.toDouble(-1);
    return uptime < 0 || uptime > static_cast<double>(now) / 1000 ? 0 : now - static_cast<qint64>(uptime) * 1000;
}

} // namespace muster::doors
