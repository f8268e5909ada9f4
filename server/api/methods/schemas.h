// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>

#include <limits>

/// Short ways to write the JSON Schemas of the method table.
namespace muster::api::schema {

using namespace Qt::Literals::StringLiterals;

inline QJsonObject text(const QString &description, int most = 256)
{
    return {{"type"_L1, "string"_L1}, {"maxLength"_L1, most}, {"description"_L1, description}};
}

inline QJsonObject choice(const QString &description, const QStringList &values)
{
    return {{"type"_L1, "string"_L1}, {"enum"_L1, QJsonArray::fromStringList(values)}, {"description"_L1, description}};
}

// Valijson takes a QJsonValue beyond 32 bits for a number and no integer, so that is what such a schema says.
inline QJsonObject integer(const QString &description, qint64 least, qint64 most)
{
    return {{"type"_L1, most > std::numeric_limits<int>::max() ? "number"_L1 : "integer"_L1},
            {"minimum"_L1, least},
            {"maximum"_L1, most},
            {"description"_L1, description}};
}

inline QJsonObject flag(const QString &description)
{
    return {{"type"_L1, "boolean"_L1}, {"description"_L1, description}};
}

inline QJsonObject object(const QString &description, const QJsonObject &properties = {})
{
    return {{"type"_L1, "object"_L1}, {"description"_L1, description}, {"properties"_L1, properties}};
}

inline QJsonObject listOf(const QString &description, const QJsonObject &items)
{
    return {{"type"_L1, "array"_L1}, {"description"_L1, description}, {"items"_L1, items}};
}

/// A moment: milliseconds since 1970, or RFC 3339.
inline QJsonObject moment(const QString &description)
{
    return {{"type"_L1, QJsonArray{"number"_L1, "string"_L1}}, {"description"_L1, description + u" (ms since 1970, or RFC 3339)"_s}};
}

inline QJsonObject deviceId()
{
    return text(u"The device's id"_s, 128);
}

} // namespace muster::api::schema
