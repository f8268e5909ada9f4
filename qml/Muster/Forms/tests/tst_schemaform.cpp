// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Forms/schemaform.h"
#include "tests/support/modeltest.h"

#include <QElapsedTimer>
#include <QJsonDocument>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestSchemaForm : public test::ModelTestCase
{
    Q_OBJECT

private:
    /// @param text JSON with ' for ": moc loses its way in raw texts
    static QJsonObject json(const QByteArray &text) { return QJsonDocument::fromJson(QByteArray(text).replace('\'', '"')).object(); }
    static int rowOf(const SchemaForm &form, const QString &path)
    {
        for (int row = 0; row < form.count(); ++row) {
            if (form.data(form.index(row), SchemaForm::PathRole) == path)
                return row;
        }
        return -1;
    }
    static QVariant get(const SchemaForm &form, const QString &path, int role) { return form.data(form.index(rowOf(form, path)), role); }
    static QString error(const SchemaForm &form, const QString &path) { return get(form, path, SchemaForm::ErrorTextRole).toString(); }

private slots:
    void aPatternThatTakesForeverHoldsUpNobody()
    {
        // One field costs a moment; a device may have hundreds, and lists of texts in each.
        QJsonObject properties;
        QJsonObject value;
        const QString text = QString(60, u'a') + u'!';
        const QJsonObject hostile{{"type"_L1, "string"_L1}, {"pattern"_L1, "(a+)+$"_L1}};
        for (int i = 0; i < 100; ++i) {
            properties.insert(u"f%1"_s.arg(i), hostile);
            value.insert(u"f%1"_s.arg(i), text);
        }
        properties.insert(u"list"_s, QJsonObject{{"type"_L1, "array"_L1}, {"items"_L1, hostile}});
        value.insert(u"list"_s, QJsonArray::fromStringList(QStringList(1000, text)));
        SchemaForm form;
        form.setSchema({{"type"_L1, "object"_L1}, {"properties"_L1, properties}});
        QElapsedTimer timer;
        timer.start();
        form.setJson(QString::fromUtf8(QJsonDocument(value).toJson()));
        form.write(rowOf(form, u"f0"_s), text + u'!');
        QVERIFY2(timer.elapsed() < 2'000, qPrintable(u"%1 ms"_s.arg(timer.elapsed())));
        // What could not be tried to the end is no mistake of the person's.
        QVERIFY2(form.isValid(), qPrintable(form.firstError()));
    }

    void aPatternMayNotRaiseItsOwnLimits()
    {
        SchemaForm form;
        form.setSchema(json("{'type':'object','properties':{'s':{'type':'string','pattern':'(*LIMIT_MATCH=4000000000)(a+)+$'}}}"));
        QElapsedTimer timer;
        timer.start();
        form.write(0, QString(60, u'a') + u'!');
        QVERIFY2(timer.elapsed() < 2'000, qPrintable(u"%1 ms"_s.arg(timer.elapsed())));
        QVERIFY(form.isValid());
        form.write(0, u"aaa"_s);
        QVERIFY(form.isValid());
        form.write(0, u"b"_s);
        QCOMPARE(form.errors(), 1);
    }

    void aSchemaDrawsFields()
    {
        SchemaForm form;
        const QAbstractItemModelTester tester(&form);
        form.setSchema(
            json("{'type':'object','required':['name'],'properties':{'name':{'type':'string','description':'Who'},'age"
                 "':{'type':['integer','null'],'minimum':0,'maximum':120},'share':{'type':'number'},'on':{'type':'bool"
                 "ean','default':true},'kind':{'enum':['a','b',3]},'tags':{'type':'array','items':{'type':'string'}},'"
                 "place':{'type':'object','required':['x'],'properties':{'x':{'type':'integer'},'y':{'type':'integer'}"
                 "}},'odd':{'oneOf':[{'type':'string'},{'type':'number'}]},'free':{'type':'object'},'pairs':{'type':'a"
                 "rray','items':{'type':'object'}}}}"));
        QCOMPARE(form.count(), 12);
        QCOMPARE(rowOf(form, u"name"_s), 0); // what is needed comes first
        const auto kind = [&form](const QString &path) { return get(form, path, SchemaForm::KindRole).toInt(); };
        QCOMPARE(kind(u"name"_s), int(SchemaForm::Line));
        QCOMPARE(kind(u"age"_s), int(SchemaForm::Whole));
        QCOMPARE(kind(u"share"_s), int(SchemaForm::Decimal));
        QCOMPARE(kind(u"on"_s), int(SchemaForm::Switch));
        QCOMPARE(kind(u"kind"_s), int(SchemaForm::Choice));
        QCOMPARE(kind(u"tags"_s), int(SchemaForm::List));
        QCOMPARE(kind(u"place"_s), int(SchemaForm::Group));
        QCOMPARE(kind(u"place.x"_s), int(SchemaForm::Whole));
        QCOMPARE(kind(u"odd"_s), int(SchemaForm::Json));
        QCOMPARE(kind(u"free"_s), int(SchemaForm::Json));
        QCOMPARE(kind(u"pairs"_s), int(SchemaForm::Json));
        QCOMPARE(get(form, u"place.x"_s, SchemaForm::DepthRole).toInt(), 1);
        QCOMPARE(get(form, u"age"_s, SchemaForm::HintRole).toString(), u"whole number, 0 to 120"_s);
        QCOMPARE(get(form, u"on"_s, SchemaForm::MeantRole).toString(), u"true"_s);
        QCOMPARE(error(form, u"name"_s), u"This is needed"_s);
        QVERIFY(error(form, u"place.x"_s).isEmpty()); // only where the place is given
        QVERIFY(!form.isValid());
    }

    void writingMakesTheValue()
    {
        SchemaForm form;
        const QAbstractItemModelTester tester(&form);
        form.setSchema(
            json("{'type':'object','required':['n'],'properties':{'n':{'type':'integer','minimum':1},'s':{'type':'stri"
                 "ng'},'l':{'type':'array','items':{'type':'integer'}},'b':{'type':'boolean'},'e':{'enum':['x','y']},'"
                 "o':{'type':'object','required':['a','b'],'properties':{'a':{'type':'number'},'b':{'type':'number'}}}"
                 ",'j':{}}}"));
        const auto write = [&form](const QString &path, const QString &text) { form.write(rowOf(form, path), text); };
        write(u"n"_s, u"7"_s);
        write(u"s"_s, u"text"_s);
        write(u"l"_s, u"1, 2,3,"_s);
        form.choose(rowOf(form, u"b"_s), 1);
        form.choose(rowOf(form, u"e"_s), 1);
        write(u"o.a"_s, u"1.5"_s);
        write(u"j"_s, u"[true]"_s);
        QCOMPARE(form.value(), json("{'n':7,'s':'text','l':[1,2,3],'b':false,'e':'y','o':{'a':1.5},'j':[true]}"));
        QCOMPARE(error(form, u"o.b"_s), u"This is needed"_s); // now that there is an o
        QCOMPARE(form.errors(), 1);
        write(u"o.a"_s, QString());
        QVERIFY(!form.value().contains("o"_L1)); // and an object that holds nothing goes
        QVERIFY(form.isValid());
        form.choose(rowOf(form, u"e"_s), -1);
        QVERIFY(!form.value().contains("e"_L1));
        QCOMPARE(QJsonDocument::fromJson(form.json().toUtf8()).object(), form.value());
    }

    void mistakesAreSaidInWords_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, const char *schema, const char *written, const char *said) {
            QTest::newRow(name) << QByteArray(schema) << QString::fromUtf8(written) << QString::fromUtf8(said);
        };
        row("no number", "{'type':'integer'}", "seven", "This must be a whole number");
        row("a fraction", "{'type':'integer'}", "1.5", "This must be a whole number");
        row("beyond JSON", "{'type':'integer'}", "9007199254740993", "This must be a whole number");
        row("no decimal", "{'type':'number'}", "1,5", "This must be a number, with a point: 0.5");
        row("infinite", "{'type':'number'}", "inf", "This must be a number, with a point: 0.5");
        row("small", "{'type':'integer','minimum':3}", "2", "This must be at least 3");
        row("large", "{'type':'number','maximum':0.5}", "0.75", "This must be at most 0.5");
        row("not more", "{'type':'number','exclusiveMinimum':0}", "0", "This must be more than 0");
        row("not less", "{'type':'number','exclusiveMaximum':1}", "1", "This must be less than 1");
        row("no multiple", "{'type':'integer','multipleOf':5}", "12", "This must be a multiple of 5");
        row("short", "{'type':'string','minLength':3}", "ab", "This must have at least 3 characters");
        row("long", "{'type':'string','maxLength':2}", "abc", "This must have at most 2 characters");
        row("pattern", "{'type':'string','pattern':'^[a-z]+$'}", "A1", "This must have the form ^[a-z]+$");
        row("a bad pattern checks nothing", "{'type':'string','pattern':'('}", "A1", "");
        row("no item", "{'type':'array','items':{'type':'integer'}}", "1, x", "This must be a whole number");
        row("an item too large", "{'type':'array','items':{'type':'integer','maximum':5}}", "1, 9", "9: This must be at most 5");
        row("too many", "{'type':'array','items':{'type':'string'},'maxItems':1}", "a, b", "At most 1 may be here");
        row("no JSON", "{}", "{", "This is not JSON yet: line 1, unterminated object");
        row("good", "{'type':'integer','minimum':3}", "3", "");
    }
    void mistakesAreSaidInWords()
    {
        QFETCH(const QByteArray, schema);
        QFETCH(const QString, written);
        SchemaForm form;
        form.setSchema({{"type"_L1, "object"_L1}, {"properties"_L1, QJsonObject{{"v"_L1, json(schema)}}}});
        form.write(0, written);
        QTEST(error(form, u"v"_s), "said");
        QCOMPARE(form.data(form.index(0), SchemaForm::FieldTextRole).toString(), written); // what is typed is never changed
        QCOMPARE(form.isValid(), error(form, u"v"_s).isEmpty());
    }

    void formAndTextStayInStep()
    {
        SchemaForm form;
        const QAbstractItemModelTester tester(&form);
        form.setSchema(json("{'type':'object','properties':{'n':{'type':'integer'},'l':{'type':'array','items':{'type':'string'}}}}"));
        form.setJson(u"{\"n\": 4, \"other\": {\"kept\": true}, \"l\": [\"a\", \"b\"]}"_s);
        QVERIFY(form.isValid());
        QCOMPARE(get(form, u"n"_s, SchemaForm::FieldTextRole).toString(), u"4"_s);
        QCOMPARE(get(form, u"l"_s, SchemaForm::FieldTextRole).toString(), u"a, b"_s);
        form.write(rowOf(form, u"n"_s), u"5"_s);
        QCOMPARE(form.value(), json("{'n':5,'other':{'kept':true},'l':['a','b']}"));
        form.setJson(u"{\"n\": "_s);
        QVERIFY(form.jsonError().startsWith("This is not JSON yet"_L1));
        QVERIFY(!form.isValid());
        QCOMPARE(form.json(), u"{\"n\": "_s); // nobody takes away what is being typed
        form.setJson(u"[1]"_s);
        QCOMPARE(form.jsonError(), u"Params are an object: { … }"_s);
        form.setJson(u"{\"n\": \"x\", \"l\": [\"a, b\"]}"_s);
        QCOMPARE(error(form, u"n"_s), u"This must be a whole number"_s);
        QCOMPARE(get(form, u"l"_s, SchemaForm::FieldTextRole).toString(), u"[\"a, b\"]"_s); // a comma within: as JSON
        form.setJson({});
        QVERIFY(form.isValid());
        QVERIFY(form.value().isEmpty());
    }

    void requiredDefaultsAreThereFromTheStart()
    {
        SchemaForm form;
        form.setSchema(
            json("{'type':'object','required':['a'],'properties':{'a':{'type':'string','default':'x'},'b':{'type':'int"
                 "eger','default':3}}}"));
        QCOMPARE(form.value(), json("{'a':'x'}"));
        QVERIFY(form.isValid());
    }

    void hostileSchemasEnd()
    {
        QJsonObject deep{{"type"_L1, "string"_L1}};
        for (int i = 0; i < 60; ++i)
            deep = {{"type"_L1, "object"_L1}, {"properties"_L1, QJsonObject{{"x"_L1, deep}}}};
        SchemaForm form;
        form.setSchema(deep);
        QVERIFY(form.count() <= 4);
        QJsonObject many;
        for (int i = 0; i < 5000; ++i)
            many[QString::number(i)] = QJsonObject{{"type"_L1, "string"_L1}};
        form.setSchema({{"type"_L1, "object"_L1}, {"properties"_L1, many}});
        QVERIFY(form.count() <= 200);
        form.setSchema({{"properties"_L1, 3}, {"required"_L1, "x"_L1}, {"x-order"_L1, QJsonObject{}}});
        QCOMPARE(form.count(), 0);
        QVERIFY(form.isValid());
    }
};

MUSTER_TEST(TestSchemaForm)
#include "tst_schemaform.moc"
