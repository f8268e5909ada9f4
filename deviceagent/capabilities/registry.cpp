// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/registry.h"

#include "protocol/rpc/message.h"

#include <QLoggingCategory>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

Q_LOGGING_CATEGORY(logPolicy, "muster.agent.policy", QtInfoMsg)

} // namespace

Registry::Registry(const Policy &policy)
    : m_policy(policy)
{
}

void Registry::add(Method method)
{
    const QString name = method.name;
    m_methods.insert_or_assign(name, std::move(method));
}

void Registry::removeWorker(const QString &worker)
{
    std::erase_if(m_methods, [&worker](const auto &entry) { return !worker.isEmpty() && entry.second.worker == worker; });
}

std::optional<QString> Registry::ownerOf(const QString &name) const
{
    const auto it = m_methods.find(name);
    return it == m_methods.end() ? std::nullopt : std::optional(it->second.worker);
}

QFuture<Answer> Registry::call(const QString &name, const QJsonObject &params) const
{
    const Result<const Method *> method = find(name);
    return method ? (*method)->call(params) : ready(std::unexpected(method.error()));
}

Result<const Method *> Registry::find(const QString &name) const
{
    const QString shown = cleanText(name, 64);
    if (!m_policy.permits(name)) {
        qCInfo(logPolicy).noquote() << "forbade" << shown;
        return failure(PolicyForbids, u"The policy of this device forbids %1."_s.arg(shown));
    }
    const auto it = m_methods.find(name);
    if (it == m_methods.end())
        return failure(MethodNotFound, u"This device has no method %1."_s.arg(shown));
    return &it->second;
}

QList<const Method *> Registry::methods() const
{
    QList<const Method *> list;
    for (const auto &[name, method] : m_methods) {
        if (m_policy.permits(name))
            list.append(&method);
    }
    return list;
}

} // namespace muster::agent
