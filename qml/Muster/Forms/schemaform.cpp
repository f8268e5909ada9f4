// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Forms/schemaform.h"

#include "client/values/jsontext.h"
#include "protocol/rpc/message.h"
#include "qml/Muster/Forms/patterncheck.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// A form that nobody can fill in is no form: what is more, or deeper, is written as JSON.
constexpr qsizetype mostFields = 200;
constexpr qsizetype deepest = 4;
constexpr qsizetype mostChoices = 200;
constexpr qsizetype descriptionLength = 500;
constexpr double largestWhole = 9'007'199'254'740'991.0; // 2^53 - 1, as JSON of this protocol has it

bool isSimple(const QJsonValue &value)
{
    return value.isString() || value.isDouble() || value.isBool();
}

QString typeOf(const QJsonObject &schema)
{
    // ["string", "null"] is a string that may be left out.
    if (schema["type"_L1].isArray()) {
        QStringList types;
        for (const auto &type : schema["type"_L1].toArray())
            types << type.toString();
        types.removeAll(u"null"_s);
        return types.size() == 1 ? types.constFirst() : QString();
    }
    return schema["type"_L1].toString();
}

QString number(double value)
{
    return std::abs(value) < largestWhole && value == std::floor(value) ? QString::number(qint64(value)) : QString::number(value, 'g', 12);
}

QString plain(const QJsonValue &value)
{
    return value.isString() ? value.toString() : jsontext::line(value, descriptionLength);
}

// The value that a text means, by the type of its schema. Undefined: none, with the reason in `error`.
QJsonValue valueOf(const QString &text, const QString &type, QString *error)
{
    if (type == "string"_L1)
        return text;
    const QString trimmed = text.trimmed();
    if (type == "integer"_L1) {
        bool ok = false;
        const qint64 whole = trimmed.toLongLong(&ok);
        if (ok && std::abs(double(whole)) <= largestWhole)
            return whole;
        *error = SchemaForm::tr("This must be a whole number");
    } else if (type == "number"_L1) {
        bool ok = false;
        const double value = trimmed.toDouble(&ok);
        if (ok && std::isfinite(value))
            return value;
        *error = SchemaForm::tr("This must be a number, with a point: 0.5");
    } else if (type == "boolean"_L1) {
        if (trimmed == "true"_L1 || trimmed == "false"_L1)
            return trimmed == "true"_L1;
        *error = SchemaForm::tr("This must be true or false");
    } else {
        const jsontext::Parsed parsed = jsontext::parse(text);
        *error = parsed.error;
        return parsed.value;
    }
    return QJsonValue::Undefined;
}

bool fits(const QJsonValue &value, const QString &type)
{
    if (type == "string"_L1)
        return value.isString();
    if (type == "integer"_L1)
        return value.isDouble() && value.toDouble() == std::floor(value.toDouble());
    if (type == "number"_L1)
        return value.isDouble();
    if (type == "boolean"_L1)
        return value.isBool();
    if (type == "array"_L1)
        return value.isArray();
    if (type == "object"_L1)
        return value.isObject();
    return type != "null"_L1 || value.isNull();
}

QString typeError(const QString &type)
{
    if (type == "string"_L1)
        return SchemaForm::tr("This must be a text");
    if (type == "integer"_L1)
        return SchemaForm::tr("This must be a whole number");
    if (type == "number"_L1)
        return SchemaForm::tr("This must be a number");
    if (type == "boolean"_L1)
        return SchemaForm::tr("This must be true or false");
    return type == "array"_L1 ? SchemaForm::tr("This must be a list") : SchemaForm::tr("This must be an object");
}

QString checkNumber(const QJsonObject &schema, double value)
{
    const auto limit = [&schema](QLatin1StringView name, double without) { return schema[name].toDouble(without); };
    const double infinity = std::numeric_limits<double>::infinity();
    if (value < limit("minimum"_L1, -infinity))
        return SchemaForm::tr("This must be at least %1").arg(number(limit("minimum"_L1, 0)));
    if (value > limit("maximum"_L1, infinity))
        return SchemaForm::tr("This must be at most %1").arg(number(limit("maximum"_L1, 0)));
    if (value <= limit("exclusiveMinimum"_L1, -infinity))
        return SchemaForm::tr("This must be more than %1").arg(number(limit("exclusiveMinimum"_L1, 0)));
    if (value >= limit("exclusiveMaximum"_L1, infinity))
        return SchemaForm::tr("This must be less than %1").arg(number(limit("exclusiveMaximum"_L1, 0)));
    const double step = limit("multipleOf"_L1, 0);
    if (step > 0 && std::abs(std::remainder(value, step)) > 1e-9 * std::max(1.0, std::abs(value)))
        return SchemaForm::tr("This must be a multiple of %1").arg(number(step));
    return {};
}

QString checkString(const QJsonObject &schema, const QString &value, PatternCheck &patterns)
{
    const int least = schema["minLength"_L1].toInt(0);
    const int most = schema["maxLength"_L1].toInt(-1);
    const qsizetype size = value.toUcs4().size();
    if (size < least)
        return least == 1 ? SchemaForm::tr("This must not be empty")
                          : SchemaForm::tr("This must have at least %Ln characters", nullptr, least);
    if (most >= 0 && size > most)
        return SchemaForm::tr("This must have at most %Ln characters", nullptr, most);
    const QString pattern = schema["pattern"_L1].toString();
    if (!pattern.isEmpty() && patterns.check(pattern, value) == PatternCheck::Verdict::Differs)
        return SchemaForm::tr("This must have the form %1").arg(cleanText(pattern, 100));
    return {};
}

QJsonValue withMember(const QJsonValue &in, const QStringList &path, qsizetype at, const QJsonValue &value)
{
    if (at == path.size())
        return value;
    QJsonObject object = in.toObject();
    const QJsonValue inner = withMember(object.value(path[at]), path, at + 1, value);
    // An object that nothing is left in goes as well, but for the outermost.
    if (inner.isUndefined() || (at + 1 < path.size() && value.isUndefined() && inner.toObject().isEmpty()))
        object.remove(path[at]);
    else
        object[path[at]] = inner;
    return object;
}

} // namespace

SchemaForm::Kind SchemaForm::kindOf(const QJsonObject &schema)
{
    const QJsonArray choices = schema["enum"_L1].toArray();
    if (!choices.isEmpty() && choices.size() <= mostChoices)
        return std::ranges::all_of(choices, [](const QJsonValue &v) { return isSimple(v) || v.isNull(); }) ? Choice : Json;
    for (const QLatin1StringView other : {"oneOf"_L1, "anyOf"_L1, "allOf"_L1, "not"_L1, "if"_L1, "$ref"_L1, "$dynamicRef"_L1}) {
        if (schema.contains(other))
            return Json;
    }
    const QString type = typeOf(schema);
    if (type == "string"_L1)
        return Line;
    if (type == "integer"_L1)
        return Whole;
    if (type == "number"_L1)
        return Decimal;
    if (type == "boolean"_L1)
        return Switch;
    if (type == "object"_L1 && !schema["properties"_L1].toObject().isEmpty())
        return Group;
    if (type == "array"_L1 && !schema.contains("prefixItems"_L1)) {
        const QString items = typeOf(schema["items"_L1].toObject());
        if (items == "string"_L1 || items == "integer"_L1 || items == "number"_L1 || items == "boolean"_L1)
            return List;
    }
    return Json;
}

void SchemaForm::addFields(const QJsonObject &schema, const QStringList &path)
{
    const QJsonObject properties = schema["properties"_L1].toObject();
    const QJsonArray required = schema["required"_L1].toArray();
    QStringList names;
    // A JSON object has no order in Qt; what is required comes first, unless the document itself had an order.
    for (const auto &name : schema["x-order"_L1].toArray()) {
        if (properties.contains(name.toString()) && !names.contains(name.toString()))
            names << name.toString();
    }
    if (names.isEmpty()) {
        for (const bool first : {true, false}) {
            for (auto it = properties.begin(); it != properties.end(); ++it) {
                if (required.contains(it.key()) == first)
                    names << it.key();
            }
        }
    }
    for (const QString &name : std::as_const(names)) {
        if (m_fields.size() >= mostFields)
            return;
        Field field;
        field.path = path + QStringList(name);
        field.schema = properties[name].toObject();
        field.kind = kindOf(field.schema);
        if (field.kind == Group && field.path.size() >= deepest)
            field.kind = Json;
        field.required = required.contains(name);
        if (field.kind == Choice)
            field.choices = field.schema["enum"_L1].toArray();
        m_fields << field;
        if (field.kind == Group)
            addFields(field.schema, field.path);
    }
}

void SchemaForm::setSchema(const QJsonObject &schema)
{
    beginResetModel();
    m_schema = schema;
    m_fields.clear();
    m_value = {};
    addFields(schema, {});
    for (const Field &field : std::as_const(m_fields)) {
        if (field.required && field.kind != Group && field.schema.contains("default"_L1))
            m_value = withMember(m_value, field.path, 0, field.schema["default"_L1]).toObject();
    }
    readValue();
    checkAll();
    endResetModel();
    m_jsonError.clear();
    writeJson();
    emit schemaChanged();
    emit jsonChanged();
}

QJsonValue SchemaForm::valueAt(const QStringList &path) const
{
    QJsonValue value = m_value;
    for (const QString &name : path)
        value = value.toObject().value(name); // undefined stays undefined
    return value;
}

QString SchemaForm::textFor(const Field &field, const QJsonValue &value) const
{
    if (value.isUndefined())
        return {};
    if (field.kind == List && value.isArray()) {
        const QJsonArray array = value.toArray();
        QStringList parts;
        for (const auto &item : array) {
            const QString part = plain(item);
            // What a comma would tear apart is written as JSON.
            if (!isSimple(item) || part.contains(u',') || part.trimmed() != part || part.isEmpty() || part.startsWith(u'['))
                return jsontext::line(value, std::numeric_limits<int>::max());
            parts << part;
        }
        return parts.join(u", "_s);
    }
    if (field.kind == Json || !fits(value, typeOf(field.schema)))
        return jsontext::pretty(value);
    return value.isDouble() ? number(value.toDouble()) : plain(value);
}

void SchemaForm::readValue()
{
    for (Field &field : m_fields)
        field.text = textFor(field, valueAt(field.path));
}

QString SchemaForm::check(const Field &field, const QJsonValue &value, PatternCheck &patterns) const
{
    // Members of an object that may be left out are needed only where the object is there.
    if (value.isUndefined()) {
        const bool wanted = field.path.size() == 1 || !valueAt(field.path.first(field.path.size() - 1)).isUndefined();
        return field.required && wanted && field.kind != Group ? tr("This is needed") : QString();
    }
    if (field.kind == Choice)
        return field.choices.contains(value) ? QString() : tr("This must be one of the choices");
    const QString type = typeOf(field.schema);
    if (!type.isEmpty() && !fits(value, type))
        return typeError(type);
    if (value.isDouble())
        return checkNumber(field.schema, value.toDouble());
    if (value.isString())
        return checkString(field.schema, value.toString(), patterns);
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        const int least = field.schema["minItems"_L1].toInt(0);
        const int most = field.schema["maxItems"_L1].toInt(-1);
        if (array.size() < least)
            return tr("At least %Ln are needed", nullptr, least);
        if (most >= 0 && array.size() > most)
            return tr("At most %Ln may be here", nullptr, most);
        const QJsonObject items = field.schema["items"_L1].toObject();
        const QString itemType = typeOf(items);
        for (const auto &item : array) {
            QString wrong;
            if (!itemType.isEmpty() && !fits(item, itemType))
                wrong = typeError(itemType);
            else if (items.contains("enum"_L1) && !items["enum"_L1].toArray().contains(item))
                wrong = tr("This must be one of the choices");
            else if (item.isDouble())
                wrong = checkNumber(items, item.toDouble());
            else if (item.isString())
                wrong = checkString(items, item.toString(), patterns);
            if (!wrong.isEmpty())
                return u"%1: %2"_s.arg(jsontext::line(item, 40), wrong);
        }
    }
    return {};
}

void SchemaForm::checkAll()
{
    PatternCheck patterns;
    for (Field &field : m_fields)
        field.error = check(field, valueAt(field.path), patterns);
}

void SchemaForm::store(Field &field, const QJsonValue &value)
{
    m_value = withMember(m_value, field.path, 0, value).toObject();
    writeJson();
}

void SchemaForm::writeJson()
{
    m_json = jsontext::pretty(m_value);
    m_jsonError.clear();
}

void SchemaForm::write(int row, const QString &text)
{
    if (row < 0 || row >= m_fields.size() || m_fields[row].kind == Group || m_fields[row].text == text)
        return;
    Field &field = m_fields[row];
    field.text = text;
    QString error;
    QJsonValue value = QJsonValue::Undefined;
    if (!text.trimmed().isEmpty() || (field.kind == Line && !text.isEmpty())) {
        if (field.kind == List && !text.trimmed().startsWith(u'[')) {
            const QString type = typeOf(field.schema["items"_L1].toObject());
            QJsonArray array;
            const QStringList parts = text.split(u',');
            for (const QString &part : parts) {
                if (part.trimmed().isEmpty())
                    continue; // a comma at the end: somebody is still writing
                const QJsonValue item = valueOf(part.trimmed(), type, &error);
                if (!item.isUndefined())
                    array << item;
            }
            if (error.isEmpty())
                value = array;
        } else {
            value = valueOf(text, field.kind == List || field.kind == Json ? QString() : typeOf(field.schema), &error);
        }
    }
    store(field, value);
    // Other fields of the same object may be needed now, or not any more.
    checkAll();
    if (!error.isEmpty())
        field.error = error;
    emit dataChanged(index(0), index(count() - 1), {FieldTextRole, ErrorTextRole, ChosenRole});
    emit jsonChanged();
}

void SchemaForm::choose(int row, int choice)
{
    if (row < 0 || row >= m_fields.size())
        return;
    Field &field = m_fields[row];
    QJsonValue value = QJsonValue::Undefined;
    if (field.kind == Choice && choice >= 0 && choice < field.choices.size())
        value = field.choices[choice];
    else if (field.kind == Switch && choice >= 0)
        value = choice == 0; // true stands first
    field.text = value.isUndefined() ? QString() : plain(value);
    store(field, value);
    checkAll();
    emit dataChanged(index(0), index(count() - 1), {FieldTextRole, ErrorTextRole, ChosenRole});
    emit jsonChanged();
}

void SchemaForm::setJson(const QString &json)
{
    if (m_json == json)
        return;
    m_json = json;
    m_jsonError.clear();
    const jsontext::Parsed parsed = json.trimmed().isEmpty() ? jsontext::Parsed{QJsonObject{}, {}} : jsontext::parse(json);
    if (!parsed.error.isEmpty())
        m_jsonError = parsed.error;
    else if (!parsed.value.isObject())
        m_jsonError = tr("Params are an object: { … }");
    if (m_jsonError.isEmpty()) {
        m_value = parsed.value.toObject();
        readValue();
        checkAll();
        if (!m_fields.isEmpty())
            emit dataChanged(index(0), index(count() - 1));
    }
    emit jsonChanged();
}

int SchemaForm::errors() const
{
    return int(std::ranges::count_if(m_fields, [](const Field &field) { return !field.error.isEmpty(); }));
}

QString SchemaForm::firstError() const
{
    if (!m_jsonError.isEmpty())
        return m_jsonError;
    const auto it = std::ranges::find_if(m_fields, [](const Field &field) { return !field.error.isEmpty(); });
    return it == m_fields.cend() ? QString() : cleanText(it->path.join(u'.'), 100) + u": "_s + it->error;
}

int SchemaForm::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant SchemaForm::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Field &field = m_fields[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole: return cleanText(field.path.constLast(), 100);
    case PathRole: return field.path.join(u'.');
    case DepthRole: return int(field.path.size()) - 1;
    case KindRole: return field.kind;
    case DescriptionRole: {
        const QString said = field.schema["description"_L1].toString();
        return cleanText(said.isEmpty() ? field.schema["title"_L1].toString() : said, descriptionLength);
    }
    case HintRole: {
        QStringList parts;
        if (field.kind == Whole)
            parts << tr("whole number");
        else if (field.kind == Decimal)
            parts << tr("number");
        else if (field.kind == List)
            parts << tr("separated by commas");
        else if (field.kind == Json)
            parts << u"JSON"_s;
        const QJsonValue least = field.schema["minimum"_L1];
        const QJsonValue most = field.schema["maximum"_L1];
        if (least.isDouble() && most.isDouble())
            parts << tr("%1 to %2").arg(number(least.toDouble()), number(most.toDouble()));
        else if (least.isDouble())
            parts << tr("from %1").arg(number(least.toDouble()));
        else if (most.isDouble())
            parts << tr("up to %1").arg(number(most.toDouble()));
        return parts.join(u", "_s);
    }
    case RequiredRole: return field.required;
    case FieldTextRole: return field.text;
    case ChoicesRole: {
        QStringList names;
        if (field.kind == Switch)
            names << u"true"_s << u"false"_s;
        for (const auto &choice : field.choices)
            names << cleanText(plain(choice), 100);
        return names;
    }
    case ErrorTextRole: return field.error;
    case MeantRole: return field.schema.contains("default"_L1) ? cleanText(plain(field.schema["default"_L1]), 100) : QString();
    case ChosenRole: {
        const QJsonValue value = valueAt(field.path);
        if (value.isUndefined())
            return -1;
        if (field.kind == Switch)
            return value.isBool() ? (value.toBool() ? 0 : 1) : -1;
        for (int i = 0; i < field.choices.size(); ++i) {
            if (field.choices[i] == value)
                return i;
        }
        return -1;
    }
    default: return {};
    }
}

QHash<int, QByteArray> SchemaForm::roleNames() const
{
    return {{PathRole, "path"_ba},
            {NameRole, "name"_ba},
            {DepthRole, "depth"_ba},
            {KindRole, "kind"_ba},
            {DescriptionRole, "description"_ba},
            {HintRole, "hint"_ba},
            {RequiredRole, "needed"_ba},
            {FieldTextRole, "fieldText"_ba},
            {ChoicesRole, "choices"_ba},
            {ErrorTextRole, "errorText"_ba},
            {MeantRole, "meant"_ba},
            {ChosenRole, "chosen"_ba}};
}

} // namespace muster
