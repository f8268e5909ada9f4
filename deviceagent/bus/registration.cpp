// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/bus/registration.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

constexpr int longestTimeout = 3600;
/// A schema stands some levels deeper in rpc.discover, and that in a message: limits::jsonDepth holds for all of it.
constexpr int schemaDepth = 40;

int depthOf(const QJsonValue &value)
{
    int deepest = 0;
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const QJsonValueConstRef entry : array)
            deepest = std::max(deepest, depthOf(entry));
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            deepest = std::max(deepest, depthOf(it.value()));
    } else {
        return 0;
    }
    return deepest + 1;
}

/// A schema is an object, or one of the two booleans (JSON Schema 2020-12, section 4.3).
Result<QJsonValue> schemaOf(const QJsonObject &descriptor, const QString &where)
{
    if (!descriptor.contains("schema"_L1))
        return QJsonValue(QJsonObject());
    QJsonValue schema = descriptor.value("schema"_L1);
    if (!schema.isObject() && !schema.isBool())
        return failure(InvalidParams, u"%1: \"schema\" must be a JSON Schema, an object."_s.arg(where));
    if (depthOf(schema) > schemaDepth)
        return failure(InvalidParams, u"%1: \"schema\" is nested deeper than %2 levels."_s.arg(where, QString::number(schemaDepth)));
    const QJsonValue type = schema.toObject().value("type"_L1);
    if (!type.isUndefined() && !type.isString() && !type.isArray())
        return failure(InvalidParams, u"%1: \"type\" of the schema must be a text."_s.arg(where));
    return schema;
}

QByteArray textOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// OpenRPC's content descriptors as one schema of the params object.
Result<QJsonObject> paramsOf(const QJsonValue &params, const QString &where)
{
    QJsonObject properties;
    QJsonArray required;
    if (!params.isUndefined() && !params.isArray())
        return failure(InvalidParams, u"%1: \"params\" must be an array of {name, schema}."_s.arg(where));
    const QJsonArray descriptors = params.toArray();
    for (const QJsonValueConstRef value : descriptors) {
        const QJsonObject descriptor = value.toObject();
        const QString name = cleanText(descriptor.value("name"_L1).toString(), 64);
        if (name.isEmpty())
            return failure(InvalidParams, u"%1: each of \"params\" needs a \"name\"."_s.arg(where));
        const Result<QJsonValue> schema = schemaOf(descriptor, u"%1, \"%2\""_s.arg(where, name));
        if (!schema)
            return std::unexpected(schema.error());
        properties.insert(name, *schema);
        if (descriptor.contains("required"_L1) && !descriptor.value("required"_L1).isBool())
            return failure(InvalidParams, u"%1, \"%2\": \"required\" must be true or false."_s.arg(where, name));
        if (descriptor.value("required"_L1).toBool())
            required.append(name);
    }
    QJsonObject schema{{"type"_L1, "object"_L1}, {"properties"_L1, properties}};
    if (!required.isEmpty())
        schema.insert("required"_L1, required);
    return schema;
}

Result<Registration::Entry> entryOf(const QJsonObject &described)
{
    const QString name = described.value("name"_L1).toString();
    if (!isWorkerMethod(name))
        return failure(InvalidParams,
                       u"\"%1\" is no name for a method: words of A-Z a-z 0-9 _ - with dots between them, "
                       "beginning with a letter, 128 characters at most."_s.arg(cleanText(name, 64)));
    Registration::Entry entry{.method = {.name = name, .summary = {}, .params = {}, .result = {}, .worker = {}, .call = {}},
                              .timeout = Registration::defaultTimeout};
    for (const auto member : {"summary"_L1, "description"_L1}) {
        if (described.contains(member) && !described.value(member).isString())
            return failure(InvalidParams, u"%1: \"%2\" must be a text."_s.arg(name, member));
    }
    const QString summary = described.value("summary"_L1).toString(described.value("description"_L1).toString());
    entry.method.summary = cleanText(summary, limits::textLength).toUtf8();
    const Result<QJsonObject> params = paramsOf(described.value("params"_L1), name);
    if (!params)
        return std::unexpected(params.error());
    entry.method.params = textOf(*params);
    const QJsonValue result = described.value("result"_L1);
    if (!result.isUndefined() && !result.isObject())
        return failure(InvalidParams, u"%1: \"result\" must be {name, schema}."_s.arg(name));
    const Result<QJsonValue> schema = schemaOf(result.toObject(), name + ", result"_L1);
    if (!schema)
        return std::unexpected(schema.error());
    entry.method.result = textOf(schema->toObject());
    if (const QJsonValue timeout = described.value("x-timeout-s"_L1); !timeout.isUndefined()) {
        const int seconds = timeout.toInt(0);
        if (seconds < 1 || seconds > longestTimeout)
            return failure(InvalidParams,
                           u"%1: \"x-timeout-s\" must be a number of seconds from 1 to %2."_s.arg(name, QString::number(longestTimeout)));
        entry.timeout = std::chrono::seconds(seconds);
    }
    return entry;
}

} // namespace

bool isWorkerMethod(const QString &name)
{
    static const QRegularExpression form(u"^[A-Za-z][A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+)*\\z"_s);
    return name.size() <= 128 && form.matchView(name).hasMatch();
}

Result<Registration> Registration::fromJson(const QByteArray &text)
{
    if (text.size() > mostBytes)
        return failure(TooLarge, u"The registration has %1 bytes; it may have %2."_s.arg(text.size()).arg(mostBytes));
    const Result<QJsonObject> object = parseJsonObject(text);
    if (!object)
        return failure(InvalidParams, u"The registration is not as JSON has to be: %1"_s.arg(object.error().message));
    Registration registration{.worker = object->value("worker"_L1).toString(), .methods = {}};
    static const QRegularExpression form(u"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\\z"_s);
    if (!form.matchView(registration.worker).hasMatch())
        return failure(InvalidParams, u"\"worker\" must be the worker's name: 1 to 64 of A-Z a-z 0-9 . _ -"_s);
    const QJsonValue list = object->value("openrpc"_L1).toObject().value("methods"_L1);
    if (!list.isArray())
        return failure(InvalidParams, u"\"openrpc\" must be an OpenRPC document: an object with an array \"methods\"."_s);
    const QJsonArray described = list.toArray();
    if (described.size() > mostMethods)
        return failure(TooLarge, u"A worker may have %1 methods, not %2."_s.arg(mostMethods).arg(described.size()));
    for (const QJsonValueConstRef value : described) {
        Result<Entry> entry = entryOf(value.toObject());
        if (!entry)
            return std::unexpected(entry.error());
        if (std::ranges::contains(registration.methods, entry->method.name, [](const Entry &one) { return one.method.name; }))
            return failure(InvalidParams, u"%1 stands there twice."_s.arg(entry->method.name));
        entry->method.worker = registration.worker;
        registration.methods.append(std::move(*entry));
    }
    return registration;
}

} // namespace muster::agent
