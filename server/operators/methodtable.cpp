// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operators/methodtable.h"

#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace muster::operators {

MethodTable::MethodTable() = default;
MethodTable::~MethodTable() = default;

void MethodTable::add(Method method)
{
    const QString name = method.name;
    Q_ASSERT(!m_methods.contains(name) && !method.permission.isEmpty() && (method.handler || method.verbs.isEmpty()));
    m_schemas.emplace(name, std::make_unique<Schema>(paramsSchema(method)));
    if (!method.fromDevice)
        m_contract.promise(name, method.result);
    m_methods.emplace(name, std::move(method));
}

const Method *MethodTable::find(const QString &name) const
{
    const auto found = m_methods.find(name);
    return found == m_methods.end() ? nullptr : &found->second;
}

QJsonObject MethodTable::paramsSchema(const Method &method)
{
    return {{"type"_L1, "object"_L1},
            {"properties"_L1, method.params},
            {"required"_L1, QJsonArray::fromStringList(method.required)},
            {"additionalProperties"_L1, false}};
}

Result<void> MethodTable::validate(const Method &method, const QJsonObject &params) const
{
    return m_schemas.at(method.name)->validate(params);
}

MethodTable::Match MethodTable::match(const QByteArray &verb, const QByteArray &path, Form form) const
{
    Match match;
    const QList<QByteArray> segments = path.split('/');
    for (const auto &[name, method] : m_methods) {
        if (method.verbs.isEmpty())
            continue;
        const QList<QByteArray> pattern = method.path.toLatin1().split('/');
        if (pattern.size() != segments.size())
            continue;
        QJsonObject params;
        bool fits = true;
        for (qsizetype i = 0; fits && i < pattern.size(); ++i) {
            if (pattern.at(i).startsWith('{')) {
                const QString value = QUrl::fromPercentEncoding(segments.at(i));
                fits = !value.isEmpty();
                params.insert(QString::fromLatin1(pattern.at(i).sliced(1).chopped(1)), value);
            } else {
                fits = pattern.at(i) == segments.at(i);
            }
        }
        if (!fits)
            continue;
        for (const QByteArray &known : method.verbs) {
            if (!match.verbs.contains(known))
                match.verbs.append(known);
        }
        if (method.verbs.contains(verb) && (!match.method || method.form == form)) {
            match.method = &method;
            match.params = params;
        }
    }
    return match;
}

} // namespace muster::operators
