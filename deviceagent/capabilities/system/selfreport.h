// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/link/serverlink.h"

#include <QJsonObject>

#include <functional>
#include <map>

namespace muster::agent {

/// What the agent reports of itself, as the member "muster" of State.Report: {bus, engine, temperature_sensor}. Told anew with each session, and when
/// it changes.
class SelfReport : public QObject
{
    Q_OBJECT

public:
    explicit SelfReport(ServerLink &link, QObject *parent = nullptr);

    /// @param value is asked for what to say
    void add(const QString &name, std::function<QJsonValue()> value);
    /// Tells the server, where what is to be said is not what was said last.
    void update();

private:
    ServerLink &m_link;
    std::map<QString, std::function<QJsonValue()>> m_values;
    QJsonObject m_said; ///< in this session
};

} // namespace muster::agent
