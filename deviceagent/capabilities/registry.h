// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/capabilities/method.h"
#include "deviceagent/capabilities/policy.h"

#include <map>

namespace muster::agent {

/// All methods of this device, behind its policy.
class Registry
{
public:
    explicit Registry(const Policy &policy);

    void add(Method method);
    /// @return the answer, MethodNotFound, or PolicyForbids
    [[nodiscard]] QFuture<Answer> call(const QString &name, const QJsonObject &params) const;
    /// A permitted method. @return MethodNotFound or PolicyForbids
    [[nodiscard]] Result<const Method *> find(const QString &name) const;
    /// The permitted methods, sorted by name.
    [[nodiscard]] QList<const Method *> methods() const;

private:
    Policy m_policy;
    std::map<QLatin1StringView, Method> m_methods;
};

} // namespace muster::agent
