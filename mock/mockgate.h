// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QJsonObject>

namespace muster {

/// Who is signed in at an invented server, and what their role allows.
class MockGate
{
public:
    /// Who is signed in from now on.
    void setSignedIn(const QString &user, const QString &role);
    [[nodiscard]] QString user() const { return m_user; }
    /// As Session.Get answers.
    [[nodiscard]] QJsonObject session(qint64 now) const;
    /// Whether the role of who is signed in allows it. @return the server's words where it does not
    [[nodiscard]] Result<void> mayDo(QLatin1StringView permission) const;
    /// Whether who is signed in may call a method. @return the server's words where not, or where there is no such method
    [[nodiscard]] Result<void> mayCall(const QString &method) const;
    /// Refuses params that the method table does not have.
    [[nodiscard]] static Result<void> fits(const QString &method, const QJsonObject &params);

private:
    QString m_user = QStringLiteral("admin");
    QString m_role = QStringLiteral("admin");
};

} // namespace muster
