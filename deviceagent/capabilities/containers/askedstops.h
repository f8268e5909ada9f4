// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QStringList>

namespace muster::agent {

/// Which containers ended because a call asked for it: SIGKILL's 137 is then no failure. An engine does not keep who stopped one.
/// In memory: after a restart of the agent nothing is known of earlier calls.
class AskedStops
{
public:
    /// A call to stop or restart is on its way. @param asked as the call has it, a name or an id
    void begin(const QString &asked) { m_underway.append(asked); }
    void end(const QString &asked) { m_underway.removeOne(asked); }
    /// A stop was done. @param inspected of GET /containers/ID/json, after it
    void stopped(const QJsonObject &inspected);
    /// Whether it has ended, and that was asked for. @param listed of GET /containers/json; @param inspected as above
    [[nodiscard]] bool covers(const QJsonObject &listed, const QJsonObject &inspected) const;
    /// Forgets those that have run again since, and those that are gone. @param inspected of all that there are
    void keepOnly(const QList<QJsonObject> &inspected);

private:
    QStringList m_underway;
    QHash<QString, QString> m_stopped; // id -> when the life began that was ended
};

} // namespace muster::agent
