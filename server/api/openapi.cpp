// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/openapi.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::Method;

namespace {

QJsonObject jsonContent(const QJsonObject &schema)
{
    return {{"application/json"_L1, QJsonObject{{"schema"_L1, schema}}}};
}

QJsonObject parameter(const QString &name, QLatin1StringView in, const QJsonObject &schema, bool required)
{
    QJsonObject parameter{{"name"_L1, name}, {"in"_L1, in}, {"required"_L1, required}, {"schema"_L1, schema}};
    if (schema.contains("description"_L1))
        parameter.insert("description"_L1, schema.value("description"_L1));
    return parameter;
}

QJsonObject operation(const Method &method, const QByteArray &verb)
{
    QJsonArray parameters;
    QJsonObject bodyProperties;
    QJsonArray bodyRequired;
    const bool hasBody = verb != "GET" && verb != "DELETE";
    for (auto it = method.params.begin(); it != method.params.end(); ++it) {
        const bool required = method.required.contains(it.key());
        if (method.path.contains(u"{%1}"_s.arg(it.key()))) {
            parameters.append(parameter(it.key(), "path"_L1, it->toObject(), true));
        } else if (hasBody && (method.body.isEmpty() || method.body == it.key())) {
            bodyProperties.insert(it.key(), *it);
            if (required)
                bodyRequired.append(it.key());
        } else if (method.body != it.key()) {
            parameters.append(parameter(it.key(), "query"_L1, it->toObject(), required));
        }
    }
    const QJsonObject content = jsonContent({{"$ref"_L1, "#/components/schemas/Error"_L1}});
    const QJsonObject error{{"description"_L1, "An error: its code is one of docs/protocol.md"_L1}, {"content"_L1, content}};
    const QJsonObject deviceError{
        {"description"_L1, "The device answered with an error of its own, whose code may be any: data.source is \"device\""_L1},
        {"content"_L1, content}};
    const QString id = method.verbs.size() > 1 ? method.name + u'.' + QString::fromLatin1(verb.toLower()) : method.name;
    QJsonObject operation{
        {"operationId"_L1, id},
        {"summary"_L1, method.summary},
        {"tags"_L1, QJsonArray{method.name.section('.'_L1, 0, 0)}},
        {"x-permission"_L1, method.permission},
        {"x-params"_L1, QJsonArray::fromStringList(method.params.keys())},
        {"parameters"_L1, parameters},
        {"responses"_L1,
         QJsonObject{{"200"_L1, QJsonObject{{"description"_L1, "The result"_L1}, {"content"_L1, jsonContent(method.result)}}},
                     {"502"_L1, deviceError},
                     {"default"_L1, error}}},
    };
    if (method.permission == operators::permission::everyone)
        operation.insert("security"_L1, QJsonArray{});
    if (hasBody && !bodyProperties.isEmpty()) {
        const QJsonObject schema = method.body.isEmpty() ? QJsonObject{{"type"_L1, "object"_L1},
                                                                       {"properties"_L1, bodyProperties},
                                                                       {"required"_L1, bodyRequired},
                                                                       {"additionalProperties"_L1, false}}
                                                         : bodyProperties.value(method.body).toObject();
        operation.insert("requestBody"_L1, QJsonObject{{"required"_L1, !bodyRequired.isEmpty()}, {"content"_L1, jsonContent(schema)}});
    }
    return operation;
}

} // namespace

QJsonObject openApi(const operators::MethodTable &table, const QByteArray &cookieName)
{
    QJsonObject paths;
    QJsonArray live;
    for (const auto &[name, method] : table.all()) {
        if (method.verbs.isEmpty())
            live.append(QJsonObject{{"name"_L1, name},
                                    {"summary"_L1, method.summary},
                                    {"x-permission"_L1, method.permission},
                                    {"x-params"_L1, QJsonArray::fromStringList(method.params.keys())},
                                    {"params"_L1, operators::MethodTable::paramsSchema(method)},
                                    {"result"_L1, method.result}});
        for (const QByteArray &verb : method.verbs) {
            // Where mDash's clients get another answer, the document shows ours.
            if (table.match(verb, method.path.toLatin1()).method != &method)
                continue;
            QJsonObject path = paths.value(method.path).toObject();
            path.insert(QLatin1StringView(verb.toLower()), operation(method, verb));
            paths.insert(method.path, path);
        }
    }
    const QJsonObject source{
        {"source"_L1,
         QJsonObject{{"const"_L1, "device"_L1},
                     {"description"_L1, "The device itself said so, and not this server; `data` beside it is what the device gave"_L1}}},
        {"data"_L1, QJsonObject{}}};
    const QJsonObject error{
        {"type"_L1, "object"_L1},
        {"properties"_L1,
         QJsonObject{
             {"error"_L1, QJsonObject{{"type"_L1, "object"_L1},
                                      {"properties"_L1, QJsonObject{{"code"_L1, QJsonObject{{"type"_L1, "integer"_L1}}},
                                                                    {"message"_L1, QJsonObject{{"type"_L1, "string"_L1}}},
                                                                    {"data"_L1, QJsonObject{{"description"_L1, "More for a program"_L1},
                                                                                            {"properties"_L1, source}}}}},
                                      {"required"_L1, QJsonArray{"code"_L1, "message"_L1}}}}}},
        {"required"_L1, QJsonArray{"error"_L1}}};
    return {
        {"openapi"_L1, "3.1.0"_L1},
        {"info"_L1, QJsonObject{{"title"_L1, "Muster operator API"_L1}, {"version"_L1, QLatin1StringView(MUSTER_VERSION)}}},
        {"servers"_L1, QJsonArray{QJsonObject{{"url"_L1, "/api/v2"_L1}}}},
        {"security"_L1, QJsonArray{QJsonObject{{"bearer"_L1, QJsonArray{}}}, QJsonObject{{"cookie"_L1, QJsonArray{}}}}},
        {"paths"_L1, paths},
        // OpenAPI has no word for methods of a WebSocket: beside all those above, /live takes these.
        {"x-live"_L1, live},
        {"components"_L1,
         QJsonObject{{"schemas"_L1, QJsonObject{{"Error"_L1, error}}},
                     {"securitySchemes"_L1, QJsonObject{{"bearer"_L1, QJsonObject{{"type"_L1, "http"_L1}, {"scheme"_L1, "bearer"_L1}}},
                                                        {"cookie"_L1, QJsonObject{{"type"_L1, "apiKey"_L1},
                                                                                  {"in"_L1, "cookie"_L1},
                                                                                  {"name"_L1, QLatin1StringView(cookieName)}}}}}}},
    };
}

} // namespace muster::api
