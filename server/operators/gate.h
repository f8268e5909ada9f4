// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/counters.h"
#include "server/operators/methodtable.h"
#include "server/store/auditstore.h"

namespace muster::operators {

/// The one way to a method: permission, params, handler, audit, in that order. Denies by default. Lives in the API's thread.
class Gate : public QObject
{
    Q_OBJECT

public:
    Gate(const MethodTable &table, store::AuditStore &audit, Counters &counters);

    /// Calls a method for somebody. Errors are the method's own, or MethodNotFound, Unauthenticated, Forbidden, InvalidParams.
    [[nodiscard]] QFuture<Result<QJsonValue>> invoke(const Caller &caller, const QString &method, const QJsonObject &params);
    /// The first half of invoke(), for methods that a live socket answers itself: permission and params are good.
    /// @return the method's row; errors as invoke()
    [[nodiscard]] Result<const Method *> admit(const Caller &caller, const QString &method, const QJsonObject &params);
    /// Whether the caller may use a method; for methods that are not invoked through the gate (metrics, subscriptions).
    [[nodiscard]] Result<void> check(const Caller &caller, QLatin1StringView permission);

private:
    void note(const Caller &caller, const Method &method, const QJsonObject &params, const Result<void> &outcome);

    const MethodTable &m_table;
    store::AuditStore &m_audit;
    Counters &m_counters;
};

} // namespace muster::operators
