// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operators/contract.h"

#include <QLoggingCategory>

namespace muster::operators {

namespace {

Q_LOGGING_CATEGORY(logContract, "muster.contract", QtCriticalMsg)

} // namespace

void Contract::promise(const QString &name, const QJsonObject &promised)
{
    m_promised.insert(name, promised);
}

void Contract::check(const QString &name, const QJsonValue &answer)
{
    const auto promised = m_promised.constFind(name);
    if (!logContract().isWarningEnabled() || promised == m_promised.cend())
        return;
    auto &schema = m_compiled[name];
    if (!schema)
        schema = std::make_unique<Schema>(*promised);
    if (const auto kept = schema->validate(answer, QLatin1StringView("result")); !kept)
        qCWarning(logContract).noquote() << name << "answers otherwise than was promised:" << kept.error().message;
}

} // namespace muster::operators
