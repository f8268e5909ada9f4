// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/devicemethod.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr qsizetype descriptionLength = 1'000;

// OpenRPC lists params one by one; a form wants the object that they make.
QJsonObject schemaOf(const QJsonArray &descriptors)
{
    QJsonObject properties;
    QJsonArray required;
    QJsonArray order;
    for (const auto &value : descriptors) {
        const QJsonObject descriptor = value.toObject();
        const QString name = descriptor["name"_L1].toString();
        if (name.isEmpty())
            continue;
        QJsonObject schema = descriptor["schema"_L1].toObject();
        for (const QLatin1StringView said : {"description"_L1, "summary"_L1}) {
            if (!schema.contains("description"_L1) && descriptor[said].isString())
                schema["description"_L1] = descriptor[said];
        }
        properties[name] = schema;
        order << name;
        if (descriptor["required"_L1].toBool())
            required << name;
    }
    return {{"type"_L1, "object"_L1}, {"properties"_L1, properties}, {"required"_L1, required}, {"x-order"_L1, order}};
}

} // namespace

DeviceMethod DeviceMethod::fromJson(const QJsonObject &object)
{
    DeviceMethod m;
    m.name = cleanText(object["name"_L1].toString(), limits::textLength);
    m.group = m.name.contains(u'.') ? m.name.section(u'.', 0, 0) : QString();
    m.summary = cleanText(object["summary"_L1].toString(), limits::textLength);
    m.description = cleanText(object["description"_L1].toString(), descriptionLength);
    m.worker = cleanText(object["x-worker"_L1].toString(), limits::textLength);
    m.paramsSchema = object["params"_L1].isArray() ? schemaOf(object["params"_L1].toArray()) : object["params"_L1].toObject();
    return m;
}

} // namespace muster
