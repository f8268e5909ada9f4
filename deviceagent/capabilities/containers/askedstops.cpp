// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/containers/askedstops.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

/// As many as a list has; between two lists somebody may stop and remove one after the other.
constexpr qsizetype mostKept = 200;

QString idOf(const QJsonObject &inspected)
{
    return inspected.value("Id"_L1).toString();
}

/// An engine stamps each start to the nanosecond, so that it names one life of a container.
QString lifeOf(const QJsonObject &inspected)
{
    return inspected.value("State"_L1).toObject().value("StartedAt"_L1).toString();
}

bool hasEnded(const QJsonObject &inspected)
{
    const QString state = inspected.value("State"_L1).toObject().value("Status"_L1).toString();
    // Podman says "stopped" for a moment before "exited".
    return state == "exited"_L1 || state == "stopped"_L1 || state == "dead"_L1;
}

} // namespace

void AskedStops::stopped(const QJsonObject &inspected)
{
    if (!hasEnded(inspected))
        return;
    if (m_stopped.size() >= mostKept && !m_stopped.contains(idOf(inspected)))
        m_stopped.erase(m_stopped.begin());
    m_stopped.insert(idOf(inspected), lifeOf(inspected));
}

bool AskedStops::covers(const QJsonObject &listed, const QJsonObject &inspected) const
{
    if (!hasEnded(inspected))
        return false;
    const auto kept = m_stopped.constFind(idOf(inspected));
    if (kept != m_stopped.cend() && *kept == lifeOf(inspected))
        return true;
    const QJsonArray names = listed.value("Names"_L1).toArray();
    return std::ranges::any_of(m_underway, [&](const QString &asked) {
        return idOf(inspected).startsWith(asked) || names.contains(QString(u'/' + asked)) || names.contains(asked);
    });
}

void AskedStops::keepOnly(const QList<QJsonObject> &inspected)
{
    QHash<QString, QString> kept;
    for (const QJsonObject &one : inspected) {
        const auto it = m_stopped.constFind(idOf(one));
        if (it != m_stopped.cend() && *it == lifeOf(one))
            kept.insert(it.key(), it.value());
    }
    m_stopped = kept;
}

} // namespace muster::agent
