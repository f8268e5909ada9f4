// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/message.h"

#include "protocol/rpc/limits.h"

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// Ids and names are kept while a call waits; both are short in every honest message.
constexpr qsizetype idLength = 128;
constexpr qsizetype methodLength = 128;

std::unexpected<Error> invalid(const QString &message)
{
    return failure(InvalidRequest, message);
}

Result<Message> responseFromJson(const QJsonObject &object)
{
    const QJsonValue id = object.value("id"_L1);
    if (!id.isString() && !id.isNull())
        return invalid(u"\"id\" must be a string, or null where the request's id could not be read."_s);
    if (id.toString().size() > idLength)
        return invalid(u"\"id\" is longer than %1 characters."_s.arg(idLength));

    const QJsonValue result = object.value("result"_L1);
    const QJsonValue error = object.value("error"_L1);
    if (result.isUndefined() == error.isUndefined())
        return invalid(u"A response has either \"result\" or \"error\"."_s);
    if (!error.isUndefined()) {
        if (!isErrorObject(error))
            return invalid(u"\"error\" must be an object with an integer \"code\" of 32 bits and a text \"message\"."_s);
        return Response{id.toString(), std::unexpected(errorFromJson(error.toObject()))};
    }
    if (id.isNull())
        return invalid(u"A response with a result needs the \"id\" of its request."_s);
    return Response{id.toString(), result};
}

} // namespace

Result<Message> messageFromJson(const QJsonObject &object)
{
    if (object.value("jsonrpc"_L1) != QJsonValue("2.0"_L1))
        return invalid(u"\"jsonrpc\" must be \"2.0\"."_s);

    const QJsonValue method = object.value("method"_L1);
    if (method.isUndefined()) {
        if (!object.contains("result"_L1) && !object.contains("error"_L1))
            return invalid(u"A message has \"method\", \"result\" or \"error\"."_s);
        return responseFromJson(object);
    }
    if (object.contains("result"_L1) || object.contains("error"_L1))
        return invalid(u"A message with \"method\" has neither \"result\" nor \"error\"."_s);
    if (!method.isString())
        return invalid(u"\"method\" must be a text."_s);
    const QString name = method.toString();
    if (name.isEmpty() || name.size() > methodLength)
        return invalid(u"\"method\" must have 1 to %1 characters."_s.arg(methodLength));

    const QJsonValue params = object.value("params"_L1);
    if (!params.isUndefined() && !params.isObject())
        return invalid(u"\"params\" must be an object: this protocol passes parameters by name."_s);

    const QJsonValue id = object.value("id"_L1);
    if (id.isUndefined())
        return Notification{name, params.toObject()};
    if (!id.isString())
        return invalid(u"\"id\" must be a string."_s);
    const QString idText = id.toString();
    if (idText.isEmpty() || idText.size() > idLength)
        return invalid(u"\"id\" must have 1 to %1 characters."_s.arg(idLength));
    return Request{idText, name, params.toObject()};
}

QJsonObject toJson(const Message &message)
{
    QJsonObject object{{"jsonrpc"_L1, "2.0"_L1}};
    if (const auto *request = std::get_if<Request>(&message)) {
        object.insert("id"_L1, request->id);
        object.insert("method"_L1, request->method);
        object.insert("params"_L1, request->params);
    } else if (const auto *notification = std::get_if<Notification>(&message)) {
        object.insert("method"_L1, notification->method);
        object.insert("params"_L1, notification->params);
    } else if (const auto *response = std::get_if<Response>(&message)) {
        object.insert("id"_L1, response->id.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(response->id));
        if (response->result)
            object.insert("result"_L1, response->result->isUndefined() ? QJsonValue(QJsonValue::Null) : *response->result);
        else
            object.insert("error"_L1, errorToJson(response->result.error()));
    }
    return object;
}

QJsonObject errorToJson(const Error &error)
{
    QJsonObject object{{"code"_L1, error.code}, {"message"_L1, error.message}};
    if (!error.detail.isUndefined())
        object.insert("data"_L1, error.detail);
    return object;
}

bool isErrorObject(const QJsonValue &value)
{
    const double code = value["code"_L1].toDouble(std::nan(""));
    return value.isObject() && code == std::trunc(code) && code >= std::numeric_limits<qint32>::min()
           && code <= std::numeric_limits<qint32>::max() && value["message"_L1].isString();
}

Error errorFromJson(const QJsonObject &object)
{
    return Error{
        .code = object.value("code"_L1).toInt(InternalError),
        .message = cleanText(object.value("message"_L1).toString(), limits::textLength),
        .detail = object.value("data"_L1),
    };
}

} // namespace muster
