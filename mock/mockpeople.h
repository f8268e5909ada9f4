// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>

namespace muster {

/// Who may use the invented server: accounts, sessions, API keys, sign-in links, and the audit of what they did.
class MockPeople
{
public:
    /// @param origin the moment from which ages count  @param isEmpty only who is signed in, and nothing done
    MockPeople(qint64 origin, bool isEmpty, bool isHostile);

    void setNow(qint64 now) { m_now = now; }
    /// Who is signed in from now on.
    void setSignedIn(const QString &user, const QString &role);
    /// As Session.Get answers.
    [[nodiscard]] QJsonObject session() const;
    /// What the role of who is signed in allows. @return the server's words where it does not
    [[nodiscard]] Result<void> may(QLatin1StringView permission) const;

    [[nodiscard]] static bool knows(const QString &method);
    [[nodiscard]] Result<QJsonValue> call(const QString &method, const QJsonObject &params);
    void note(const QString &method, const QString &target, const QString &outcome, const QJsonObject &detail = {});

private:
    [[nodiscard]] Result<QJsonValue> users(const QString &method, const QJsonObject &params);
    [[nodiscard]] Result<QJsonValue> keys(const QString &method, const QJsonObject &params);
    [[nodiscard]] Result<QJsonValue> sessions(const QString &method, const QJsonObject &params);
    [[nodiscard]] Result<QJsonValue> audit(const QJsonObject &params) const;
    [[nodiscard]] Result<QJsonValue> link(const QJsonObject &params) const;
    [[nodiscard]] QList<QJsonObject>::iterator accountNamed(const QString &user);
    [[nodiscard]] QJsonObject shown(QJsonObject account) const;

    qint64 m_now;
    QString m_user = QStringLiteral("admin");
    QString m_role = QStringLiteral("admin");
    QList<QJsonObject> m_accounts;
    QList<QJsonObject> m_sessions; ///< newest first
    QList<QJsonObject> m_keys;     ///< newest first
    QList<QJsonObject> m_audit;    ///< newest first
    int m_lastKey = 0;
};

} // namespace muster
