// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/jsontext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster::jsontext {

namespace {

/// What lupdate knows the texts of this file by.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(JsonText)
};

// The control pictures of Unicode: one visible sign for each of the 32 characters.
constexpr char16_t pictures = 0x2400;
constexpr char16_t deletePicture = 0x2421;

bool turnsDirection(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069) || u == 0x200E || u == 0x200F || u == 0x061C;
}

QByteArray written(const QJsonValue &value, QJsonDocument::JsonFormat format)
{
    if (value.isObject())
        return QJsonDocument(value.toObject()).toJson(format);
    if (value.isArray())
        return QJsonDocument(value.toArray()).toJson(format);
    // A bare value: written as the member of an array, without the brackets.
    const QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return text.mid(1, text.size() - 2);
}

} // namespace

QString harmless(const QString &text)
{
    QString out = text;
    for (QChar &c : out) {
        const char16_t u = c.unicode();
        if (turnsDirection(c))
            c = QChar::ReplacementCharacter;
        else if (u < 0x20 && u != u'\n')
            c = QChar(char16_t(pictures + u));
        else if (u == 0x7F)
            c = QChar(deletePicture);
        else if ((u >= 0x80 && u < 0xA0) || u == QChar::LineSeparator || u == QChar::ParagraphSeparator)
            c = QChar::ReplacementCharacter;
    }
    return out;
}

QString pretty(const QJsonValue &value)
{
    if (value.isUndefined())
        return {};
    return harmless(QString::fromUtf8(written(value, QJsonDocument::Indented)).trimmed());
}

QString line(const QJsonValue &value, qsizetype length)
{
    if (value.isUndefined())
        return {};
    // A long result is not written out for the few letters of it that are shown.
    QString text = harmless(QString::fromUtf8(written(value, QJsonDocument::Compact).left(length * 4)));
    text.replace(u'\n', u' ');
    return text.size() <= length ? text : text.left(length - 1) + u'…';
}

Parsed parse(const QString &text)
{
    const QByteArray bytes = text.trimmed().toUtf8();
    if (bytes.isEmpty())
        return {QJsonValue::Undefined, Words::tr("Nothing is written here")};
    // QJsonDocument knows objects and arrays alone.
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson('[' + bytes + ']', &error);
    if (error.error != QJsonParseError::NoError) {
        const qsizetype at = std::clamp<qsizetype>(error.offset - 1, 0, bytes.size());
        const auto row = bytes.left(at).count('\n') + 1;
        return {QJsonValue::Undefined, Words::tr("This is not JSON yet: line %1, %2").arg(QString::number(row), error.errorString())};
    }
    const QJsonArray array = document.array();
    if (array.size() != 1)
        return {QJsonValue::Undefined, Words::tr("This is more than one JSON value")};
    return {array.first(), {}};
}

} // namespace muster::jsontext
