// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace muster {

class PatternCheck;

/// A JSON object as a form that its JSON Schema (2020-12) draws, and as text: two views of one value, in step.
/// A field each for texts, numbers, booleans, choices and lists of simple values; the fields of a nested object stand
/// below its name. What the schema says otherwise is a field of JSON. Members that the schema does not know stay.
class SchemaForm : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QJsonObject schema READ schema WRITE setSchema NOTIFY schemaChanged FINAL)
    Q_PROPERTY(QString json READ json WRITE setJson NOTIFY jsonChanged FINAL)
    Q_PROPERTY(QString jsonError READ jsonError NOTIFY jsonChanged FINAL)
    Q_PROPERTY(QJsonObject value READ value NOTIFY jsonChanged FINAL)
    Q_PROPERTY(int errors READ errors NOTIFY jsonChanged FINAL)
    Q_PROPERTY(bool valid READ isValid NOTIFY jsonChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY schemaChanged FINAL)
    Q_PROPERTY(bool nothing READ takesNothing NOTIFY schemaChanged FINAL)

public:
    enum Kind {
        Line,    ///< a text
        Whole,   ///< an integer
        Decimal, ///< any number
        Switch,  ///< true or false
        Choice,  ///< one of several values
        List,    ///< several simple values, separated by commas
        Group,   ///< the heading of a nested object
        Json,    ///< anything else, written as JSON
    };
    Q_ENUM(Kind)

    enum Role {
        PathRole = Qt::UserRole + 1, ///< "region.x"
        NameRole,
        DepthRole,
        KindRole,
        DescriptionRole,
        HintRole, ///< what may be written, in short: "1 to 100", "whole number"
        RequiredRole,
        FieldTextRole, ///< as it stands in the field; the name of the choice; "true"/"false"
        ChoicesRole,
        ErrorTextRole, ///< what is wrong with it, in words; empty: nothing
        MeantRole,     ///< the default that counts where nothing is written; empty: none
        ChosenRole,    ///< which of the choices, -1: none
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] QJsonObject schema() const { return m_schema; }
    /// Begins anew: the value is {}, with what is required and has a default.
    void setSchema(const QJsonObject &schema);
    /// The value as text, or what was typed where that is no JSON object (then jsonError() says why).
    [[nodiscard]] QString json() const { return m_json; }
    void setJson(const QString &json);
    [[nodiscard]] QString jsonError() const { return m_jsonError; }
    [[nodiscard]] QJsonObject value() const { return m_value; }
    /// Fields that are wrong.
    [[nodiscard]] int errors() const;
    [[nodiscard]] bool isValid() const { return m_jsonError.isEmpty() && errors() == 0; }
    [[nodiscard]] int count() const { return int(m_fields.size()); }
    /// The schema says that there is nothing to say.
    [[nodiscard]] bool takesNothing() const { return m_fields.isEmpty() && m_schema[QLatin1StringView("properties")].isObject(); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Somebody has written into a field; an empty text takes the member away.
    Q_INVOKABLE void write(int row, const QString &text);
    /// Chooses the `index`th of the choices; -1 takes the member away.
    Q_INVOKABLE void choose(int row, int index);
    /// What is wrong first, with its name; empty: nothing.
    Q_INVOKABLE [[nodiscard]] QString firstError() const;

signals:
    void schemaChanged();
    void jsonChanged();

private:
    struct Field
    {
        QStringList path;
        QJsonObject schema;
        Kind kind = Json;
        bool required = false;
        QJsonArray choices;
        QString text;  // as written
        QString error; // of the text or the value
    };

    void addFields(const QJsonObject &schema, const QStringList &path);
    void readValue(); // the texts from m_value
    void checkAll();
    void store(Field &field, const QJsonValue &value);
    void writeJson();
    [[nodiscard]] QJsonValue valueAt(const QStringList &path) const;
    [[nodiscard]] QString textFor(const Field &field, const QJsonValue &value) const;
    [[nodiscard]] QString check(const Field &field, const QJsonValue &value, PatternCheck &patterns) const;
    [[nodiscard]] static Kind kindOf(const QJsonObject &schema);

    QJsonObject m_schema;
    QList<Field> m_fields;
    QJsonObject m_value;
    QString m_json;
    QString m_jsonError;
};

} // namespace muster
