// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockfeature.h"
#include "protocol/rpc/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>

namespace muster {

/// Who may use the invented server: accounts, sessions, API keys and sign-in links.
class MockPeople : public MockFeature
{
public:
    explicit MockPeople(MockFleet &fleet);

private:
    void invent(qint64 origin);
    [[nodiscard]] Result<QJsonValue> call(const QString &method, const QJsonObject &params);
    [[nodiscard]] Result<QJsonValue> users(const QString &method, const QJsonObject &params);
    [[nodiscard]] Result<QJsonValue> keys(const QString &method, const QJsonObject &params);
    [[nodiscard]] Result<QJsonValue> sessions(const QString &method, const QJsonObject &params);
    [[nodiscard]] Result<QJsonValue> link(const QJsonObject &params) const;
    [[nodiscard]] QList<QJsonObject>::iterator accountNamed(const QString &user);
    [[nodiscard]] QJsonObject shown(QJsonObject account) const;

    MockFleet &m_fleet;
    QList<QJsonObject> m_accounts;
    QList<QJsonObject> m_sessions; ///< newest first
    QList<QJsonObject> m_keys;     ///< newest first
    int m_lastKey = 0;
};

} // namespace muster
