// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/musterdatabase.h"

#include <QJsonObject>

namespace muster::store {

/// Who did what, from where, and what came of it.
struct AuditEntry
{
    qint64 id = 0;
    qint64 time = 0; ///< ms since 1970, UTC
    QString actor;   ///< the account's name, or "anonymous"
    QString session; ///< id of the session or API key
    QString address;
    QString method;
    QString target;     ///< what it was done to: a device id, an account
    QString outcome;    ///< "ok", or the error's message
    QJsonObject detail; ///< as it was asked; kept as auditDetail() leaves it
};

/// Adds an entry within somebody else's transaction, so that a decision and its record stand or fall together.
[[nodiscard]] Result<int> addAudit(Sql &sql, const AuditEntry &entry);

/// The audit table. Thread-safe.
class AuditStore
{
public:
    explicit AuditStore(MusterDatabase &database)
        : m_database(database)
    {
    }

    [[nodiscard]] QFuture<Result<int>> add(const AuditEntry &entry);
    /// Which entries are looked for.
    struct Filter
    {
        QString actor;            ///< a part of who; empty: anybody
        QString method;           ///< a part of what; empty: anything
        QString target;           ///< a part of on what; empty: anything
        qint64 from = 0;          ///< ms since 1970; 0: from the oldest
        std::optional<qint64> to; ///< before this; none: to the newest
        std::optional<bool> ok;   ///< only what was done, or only what was refused
    };
    struct Page
    {
        QList<AuditEntry> entries;
        qint64 total = 0; ///< that match, on all pages
        bool hasMore = false;
    };
    /// The newest entries first. @param before only entries with a smaller id; 0 for the newest
    [[nodiscard]] QFuture<Result<Page>> list(const Filter &filter, int limit, qint64 before);
    /// Removes some of what is older than `since` (ms since 1970), or more than `most` entries. @return true when more is left to do
    [[nodiscard]] QFuture<Result<bool>> expire(qint64 since, qint64 most);

private:
    MusterDatabase &m_database;
};

} // namespace muster::store
