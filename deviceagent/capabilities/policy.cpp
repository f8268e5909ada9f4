// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/policy.h"

#include "deviceagent/capabilities/patterns.h"
#include "protocol/rpc/message.h"

#include <QFile>
#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

constexpr qint64 fileBytes = 256 * 1024;

Result<QStringList> patterns(const QJsonObject &file, QLatin1StringView name)
{
    QStringList list;
    if (!file.contains(name))
        return list;
    if (!file.value(name).isArray())
        return failure(InvalidParams, u"\"%1\" must be an array of method names."_s.arg(name));
    const QJsonArray array = file.value(name).toArray();
    for (const QJsonValueConstRef value : array) {
        const QString pattern = value.toString();
        if (pattern.isEmpty() || QStringView(pattern).chopped(1).contains(u'*'))
            return failure(InvalidParams,
                           u"\"%1\": \"%2\" is not a method name, which may have one * at its end."_s.arg(name, cleanText(pattern, 64)));
        list.append(pattern);
    }
    return list;
}

} // namespace

Result<Policy> Policy::load(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(NotFound, u"%1: %2."_s.arg(path, file.errorString()));
    const QByteArray bytes = file.read(fileBytes + 1);
    const Result<QJsonObject> object = bytes.size() > fileBytes ? failure(TooLarge, u"The file is too long."_s) : parseJsonObject(bytes);
    if (!object)
        return failure(object.error().code, u"%1: %2"_s.arg(path, object.error().message));
    // A misspelt member must not leave a door open.
    for (auto it = object->begin(); it != object->end(); ++it) {
        if (it.key() != "allow"_L1 && it.key() != "forbid"_L1)
            return failure(InvalidParams,
                           u"%1: \"%2\" is unknown: a policy has \"allow\" and \"forbid\"."_s.arg(path, cleanText(it.key(), 64)));
    }
    const Result<QStringList> allow = patterns(*object, "allow"_L1);
    const Result<QStringList> forbid = patterns(*object, "forbid"_L1);
    for (const auto *list : {&allow, &forbid}) {
        if (!*list)
            return failure(InvalidParams, u"%1: %2"_s.arg(path, list->error().message));
    }
    Policy policy;
    policy.m_allowsAll = !object->contains("allow"_L1);
    policy.m_allow = *allow;
    policy.m_forbid = *forbid;
    return policy;
}

bool Policy::permits(QStringView method) const
{
    return (m_allowsAll || matchesOne(m_allow, method)) && !matchesOne(m_forbid, method);
}

} // namespace muster::agent
