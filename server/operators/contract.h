// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/operators/schema.h"

#include <QHash>

#include <map>

namespace muster::operators {

/// Holds answers against what was promised for them. Off unless the logging category muster.contract is on
/// (QT_LOGGING_RULES=muster.contract.warning=true), as it is in all tests: every answer that any of them gets is checked.
/// Used in one thread.
class Contract
{
public:
    /// @param promised JSON Schema of what is answered under that name
    void promise(const QString &name, const QJsonObject &promised);
    /// Warns when an answer is not as it was promised; a name without a promise may be answered anyhow.
    void check(const QString &name, const QJsonValue &answer);

private:
    QHash<QString, QJsonObject> m_promised;
    std::map<QString, std::unique_ptr<Schema>> m_compiled; ///< when first needed: nobody waits for this at a start
};

} // namespace muster::operators
