// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/counters.h"
#include "server/operators/methodtable.h"
#include "server/store/auditstore.h"

namespace muster::operators {

/// The one way to a method: permission, params, scope, handler, audit, in that order. Denies by default. What changes a device is refused while
/// the audit cannot be written, unless it is told otherwise. Lives in the API's thread.
class Gate : public QObject
{
    Q_OBJECT

public:
    /// Refused calls of one actor that the audit keeps in one stretch of ten minutes: what somebody may not do must not push out what
    /// others did.
    static constexpr int refusalsWritten = 200;

    Gate(const MethodTable &table, store::AuditStore &audit, Counters &counters);

    /// Why the audit cannot be written now; nothing where it can. Without one, it is taken for writable.
    void setTrouble(std::function<std::optional<Error>()> trouble) { m_trouble = std::move(trouble); }

    /// Calls a method for somebody. Errors are the method's own, or MethodNotFound, Unauthenticated, Forbidden, InvalidParams.
    [[nodiscard]] QFuture<Result<QJsonValue>> invoke(const Caller &caller, const QString &method, const QJsonObject &params);
    /// The first half of invoke(), for methods that a live socket answers itself: permission and params are good.
    /// @return the method's row; errors as invoke()
    [[nodiscard]] const MethodTable &table() const { return m_table; }
    [[nodiscard]] Result<const Method *> admit(const Caller &caller, const QString &method, const QJsonObject &params);
    /// Whether the caller may use a method; for methods that are not invoked through the gate (metrics, subscriptions).
    [[nodiscard]] Result<void> check(const Caller &caller, QLatin1StringView permission);

private:
    /// Whether one who sees single devices has changed too much in a while: each change is an entry of the audit, which is everybody's.
    [[nodiscard]] Result<void> checkPace(const Caller &caller);
    /// What is not about devices that the caller sees is not there for who does not see all. Denies what does not say what it is about.
    [[nodiscard]] static Result<void> checkScope(const Caller &caller, const Method &method, const QJsonObject &params);
    void note(qint64 account, store::AuditEntry entry, const Result<void> &outcome);
    [[nodiscard]] bool mayNoteRefusal(qint64 account);

    const MethodTable &m_table;
    store::AuditStore &m_audit;
    Counters &m_counters;
    std::function<std::optional<Error>()> m_trouble;
    struct Pace
    {
        double left = 0;
        qint64 at = 0; ///< as steadyNow()
    };
    QHash<qint64, Pace> m_paces;   ///< by account
    QHash<qint64, int> m_refusals; ///< by account, 0 for all who are not signed in; since m_refusalsSince
    qint64 m_refusalsSince = 0;
};

} // namespace muster::operators
