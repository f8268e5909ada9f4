// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>

/// JSON as text that people read. What devices put into it is made harmless: no control characters, no marks that turn
/// the direction of writing.
namespace muster::jsontext {

/// Indented, any value. "" for undefined.
[[nodiscard]] QString pretty(const QJsonValue &value);
/// On one line, at most `length` characters, with an ellipsis where it was cut.
[[nodiscard]] QString line(const QJsonValue &value, qsizetype length);
/// Line feeds stay, all other control characters and direction marks become visible stand-ins.
[[nodiscard]] QString harmless(const QString &text);
/// The JSON value of a text, or where it is none: a sentence that says where.
struct Parsed
{
    QJsonValue value = QJsonValue::Undefined;
    QString error;
};
[[nodiscard]] Parsed parse(const QString &text);

} // namespace muster::jsontext
