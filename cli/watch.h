// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/backend.h"

#include <QHash>
#include <QObject>

namespace muster::cli {

/// Prints what changes in the fleet, or the live health of one device, a line each, until it is stopped.
class Watch : public QObject
{
    Q_OBJECT

public:
    /// @param deviceId empty: the whole fleet
    Watch(Backend *backend, const QString &deviceId, bool json, QObject *parent = nullptr);

    void start();

signals:
    void printed(const QString &line);
    void complained(const QString &line);
    void failed(const QString &why);

private:
    void watchFleet();
    void watchDevice();
    void addWindow(int offset);
    void takeDevices(const QJsonObject &news);
    void takeApprovals(const QJsonObject &news);
    void tell(const QString &what, const QString &id, const QString &text, const QJsonObject &detail);

    Backend *m_backend;
    QString m_deviceId;
    bool m_json;
    int m_windows = 0;
    QHash<QString, QString> m_states;    // of devices, as they were printed last
    QHash<QString, QString> m_approvals; // id -> device
    bool m_approvalsKnown = false;
};

} // namespace muster::cli
