// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/capabilities/method.h"
#include "deviceagent/capabilities/policy.h"

#include <map>
#include <optional>

namespace muster::agent {

/// All methods of this device, behind its policy.
class Registry
{
public:
    explicit Registry(const Policy &policy);

    /// Takes the place of a method of that name.
    void add(Method method);
    /// Takes away all methods of a worker.
    void removeWorker(const QString &worker);
    /// Who answers a method, whatever the policy says of it: nothing where there is none, an empty text for the agent itself.
    [[nodiscard]] std::optional<QString> ownerOf(const QString &name) const;
    /// @return the answer, MethodNotFound, or PolicyForbids
    [[nodiscard]] QFuture<Answer> call(const QString &name, const QJsonObject &params) const;
    /// A permitted method. @return MethodNotFound or PolicyForbids
    [[nodiscard]] Result<const Method *> find(const QString &name) const;
    /// What the policy says, of any name.
    [[nodiscard]] bool permits(const QString &name) const { return m_policy.permits(name); }
    /// The permitted methods, sorted by name.
    [[nodiscard]] QList<const Method *> methods() const;

private:
    Policy m_policy;
    std::map<QString, Method> m_methods;
};

} // namespace muster::agent
