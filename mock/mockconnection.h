// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockfleet.h"

#include <QMap>
#include <QObject>

#include <map>
#include <memory>

namespace muster {

/// The server's side of one live socket on the mock fleet: answers calls and keeps subscriptions.
class MockConnection : public QObject
{
    Q_OBJECT

public:
    explicit MockConnection(MockFleet *fleet, QObject *parent = nullptr)
        : QObject(parent)
        , m_fleet(fleet)
    {
    }

    [[nodiscard]] Result<QJsonValue> call(const QString &method, const QJsonObject &params);
    /// Tells subscribers what has changed since the last time.
    void tick();
    /// The topics that are subscribed to now, sorted.
    [[nodiscard]] QStringList topics() const;

signals:
    void notified(const QString &method, const QJsonObject &params);

private:
    [[nodiscard]] Result<QJsonValue> subscribe(const QJsonObject &params);
    [[nodiscard]] Result<QJsonValue> credit(const QJsonObject &params);
    /// Sends what is due and granted of a stream.
    void pump(const QString &id);
    [[nodiscard]] QJsonObject picture(const QString &id, const QJsonObject &params) const;

    MockFleet *m_fleet;
    QMap<QString, QJsonObject> m_subscriptions;               // id -> params with `topic`
    std::map<QString, std::unique_ptr<MockStream>> m_streams; // those among them that flow
    int m_lastId = 0;
    qint64 m_told = 0;
};

} // namespace muster
