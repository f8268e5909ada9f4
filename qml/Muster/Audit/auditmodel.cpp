// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Audit/auditmodel.h"

#include "client/values/values.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

bool AuditModel::isFiltered() const
{
    return m_within > 0 || !(m_actor + m_what + m_target + m_outcome).isEmpty();
}

void AuditModel::clearFilters()
{
    if (!isFiltered())
        return;
    m_actor.clear();
    m_what.clear();
    m_target.clear();
    m_outcome.clear();
    m_within = 0;
    emit filterChanged();
    retry();
}

QJsonObject AuditModel::filter() const
{
    QJsonObject filter;
    for (const auto &[name, value] : {std::pair("actor"_L1, m_actor), std::pair("method"_L1, m_what), std::pair("target"_L1, m_target),
                                      std::pair("outcome"_L1, m_outcome)}) {
        if (!value.isEmpty())
            filter.insert(name, value);
    }
    if (m_within > 0 && m_clock)
        filter.insert("from"_L1, timeToJson(m_clock->now() - m_within));
    return filter;
}

PagedModel::Row AuditModel::read(const QJsonObject &item) const
{
    const AuditEntry entry = AuditEntry::fromJson(item);
    return {.id = entry.id, .entry = QVariant::fromValue(entry)};
}

} // namespace muster
