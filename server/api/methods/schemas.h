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
    // Valijson takes "integer" for an int.
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

/// The params of a method that is about one device, and more.
inline QJsonObject ofDevice(QJsonObject more = {})
{
    more.insert("id"_L1, deviceId());
    return more;
}

inline QJsonObject limit(int most)
{
    return integer(u"Rows at most"_s, 1, most);
}

/// A filter of devices, as Devices.List and the live topic take it.
inline QJsonObject deviceFilter()
{
    return {{"text"_L1, text(u"Part of the id, model, system or address"_s)},
            {"state"_L1, choice(u"Only devices in this state"_s, {u"online"_s, u"offline"_s, u"never"_s})},
            {"level"_L1, choice(u"Only online devices in this condition"_s, {u"ok"_s, u"warning"_s, u"failing"_s, u"unknown"_s})}};
}

/// What of a container's log is asked for, as Container.Logs takes it.
inline QJsonObject logParams()
{
    return {{"tail"_L1, integer(u"The last so many lines"_s, 0, 100'000)},
            {"since"_L1, text(u"Lines from this time on (RFC 3339 with milliseconds, UTC)"_s, 32)},
            {"until"_L1, text(u"Lines up to this time (RFC 3339 with milliseconds, UTC)"_s, 32)},
            {"stdout"_L1, flag(u"Standard output; true without it"_s)},
            {"stderr"_L1, flag(u"Standard error; true without it"_s)}};
}

inline const QStringList &commandStates()
{
    static const QStringList states{u"open"_s, u"queued"_s, u"sent"_s, u"running"_s, u"done"_s, u"failed"_s, u"expired"_s, u"cancelled"_s};
    return states;
}

} // namespace muster::api::schema
