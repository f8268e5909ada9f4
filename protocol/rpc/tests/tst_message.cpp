// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class MessageTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void aTextMayBeginWithAByteOrderMark()
    {
        const auto read = parseJsonObject("{\"a\":\"\xef\xbb\xbf!\",\"\xef\xbb\xbf\":[\"\xef\xbb\xbf\"],\"b\":\"\\ufeffy\"}");
        QVERIFY(read);
        QCOMPARE(read->value("a"_L1).toString(), u"\ufeff!"_s);
        QCOMPARE(read->value(u"\ufeff"_s)[0].toString(), u"\ufeff"_s);
        QCOMPARE(read->value("b"_L1).toString(), u"\ufeffy"_s);
    }

    void parsesWhatQtParses_data();
    void parsesWhatQtParses();
    void refusesWhatIsNotStrict_data();
    void refusesWhatIsNotStrict();
    void saysWhere();
    void readsMessages();
    void refusesWhatIsNoMessage_data();
    void refusesWhatIsNoMessage();
    void writesWhatItReads();
    void carriesErrors();
};

void MessageTest::parsesWhatQtParses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray("{}");
    QTest::newRow("blanks") << QByteArray(" \t\r\n{ \"a\" : [ ] }\n ");
    QTest::newRow("literals") << QByteArray(R"({"a":[null,true,false]})");
    QTest::newRow("integers") << QByteArray(R"({"a":[0,-1,42,9007199254740991,-9007199254740991]})");
    QTest::newRow("fractions") << QByteArray(R"({"a":[0.5,-1.25,1e3,1E-7,123456789012345.678,0.1,3.141592653589793]})");
    QTest::newRow("texts") << QByteArray(R"({"a":"plain","b":"\"\\\/\b\f\n\r\t\u00e9","c":"\ud83d\ude00"})"
                                         "\n");
    QTest::newRow("other scripts") << QByteArray(R"({"ключ":"значение","鍵":"値","😀":"é"})");
    QTest::newRow("nested") << QByteArray(R"({"a":{"b":{"c":[[],{},[{"d":1}]]}}})");
    QTest::newRow("members like each other") << QByteArray(R"({"a":1,"A":2,"a ":3,"":4})");
    QTest::newRow("deepest") << QByteArray(R"({"a":)") + QByteArray(limits::jsonDepth - 1, '[') + QByteArray(limits::jsonDepth - 1, ']')
                                    + "}";
}

void MessageTest::parsesWhatQtParses()
{
    QFETCH(QByteArray, text);
    const auto object = parseJsonObject(text);
    QVERIFY2(object, qPrintable(object ? QString() : object.error().message));
    QCOMPARE(*object, QJsonDocument::fromJson(text).object());
}

void MessageTest::refusesWhatIsNotStrict_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    const auto bad = [](const char *name, const QByteArray &text, int code = ParseError) { QTest::newRow(name) << text << code; };
    bad("nothing", "");
    bad("blanks only", "  ");
    bad("byte order mark", "\xef\xbb\xbf{}");
    bad("UTF-16", QByteArray("{\0}\0", 4));
    bad("trailing text", "{}x");
    bad("trailing NUL", QByteArray("{}\0", 3));
    bad("NUL and more", QByteArray("{}\0{}", 5));
    bad("comma at the end", R"({"a":1,})");
    bad("single quotes", "{'a':1}");
    bad("no quotes", "{a:1}");
    bad("comment", "{}/**/");
    bad("leading zero", R"({"a":01})");
    bad("plus sign", R"({"a":+1})");
    bad("point first", R"({"a":.5})");
    bad("point last", R"({"a":1.})");
    bad("hexadecimal", R"({"a":0x10})");
    bad("NaN", R"({"a":NaN})");
    bad("infinity", R"({"a":Infinity})");
    bad("too large", R"({"a":9007199254740992})");
    bad("too small", R"({"a":-9007199254740992})");
    bad("rounds to too large", R"({"a":9007199254740991.9})");
    bad("beyond 64 bits", R"({"a":18446744073709551616})");
    bad("beyond a double", R"({"a":1e400})");
    bad("below a double", R"({"a":1e-400})");
    bad("twice", R"({"a":1,"a":2})");
    bad("twice the same", R"({"a":1,"b":{"c":1,"c":1}})");
    bad("twice, escaped", R"({"a":1,"\u0061":2})");
    bad("twice, both escaped", R"({"\u00e9":1,"é":2})");
    bad("high surrogate", R"({"a":"\ud800"})");
    bad("low surrogate", R"({"a":"\udc00"})");
    bad("surrogates the wrong way round", R"({"a":"\udc00\ud800"})");
    bad("surrogate in a name", R"({"\udc00":1})");
    bad("surrogate as UTF-8", "{\"a\":\"\xed\xa0\x80\"}");
    bad("overlong UTF-8", "{\"a\":\"\xc0\xaf\"}");
    bad("half of a UTF-8 character", "{\"a\":\"\xc3\"}");
    bad("line feed in a text", "{\"a\":\"\n\"}");
    bad("unknown escape", R"({"a":"\x"})");
    bad("too deep", R"({"a":)" + QByteArray(limits::jsonDepth, '[') + QByteArray(limits::jsonDepth, ']') + "}");
    bad("far too deep", R"({"a":)" + QByteArray(500'000, '['));
    bad("batch", "[{}]", InvalidRequest);
    bad("empty batch", "[]", InvalidRequest);
    bad("text", R"("a")", InvalidRequest);
    bad("number", "1", InvalidRequest);
    bad("null", "null", InvalidRequest);
}

void MessageTest::refusesWhatIsNotStrict()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    const auto object = parseJsonObject(text);
    QVERIFY(!object);
    QCOMPARE(object.error().code, code);
    QVERIFY(!object.error().message.isEmpty() && object.error().message.size() < 400);
}

void MessageTest::saysWhere()
{
    QCOMPARE(parseJsonObject(R"({"a":1,"a":2})").error().message,
             u"Not JSON as this protocol takes it: the member \"a\" stands there twice, at byte 13."_s);
    QVERIFY(parseJsonObject(R"({"a" 1})").error().message.endsWith(u"at byte 5."_s));
    // A stranger's text comes back cleaned and cut.
    const QString message =
        parseJsonObject("{\"\u202e\\n" + QByteArray(5000, 'x') + "\":1,\"\u202e\\n" + QByteArray(5000, 'x') + "\":2}").error().message;
    QVERIFY(!message.contains(u'\u202e') && !message.contains(u'\n') && message.size() < 400);
}

void MessageTest::readsMessages()
{
    const auto read = [](const char *text) { return *messageFromJson(*parseJsonObject(text)); };
    const Message request = read(R"({"jsonrpc":"2.0","id":"1","method":"M","params":{"a":1},"meta":{}})");
    QCOMPARE(std::get<Request>(request).id, u"1"_s);
    QCOMPARE(std::get<Request>(request).method, u"M"_s);
    QCOMPARE(std::get<Request>(request).params, (QJsonObject{{u"a"_s, 1}}));
    const Message notification = read(R"({"jsonrpc":"2.0","method":"M"})");
    QCOMPARE(std::get<Notification>(notification).method, u"M"_s);
    QVERIFY(std::get<Notification>(notification).params.isEmpty());
    const Message response = read(R"({"jsonrpc":"2.0","id":"1","result":null})");
    QVERIFY(std::get<Response>(response).result->isNull());
    const Message error = read(R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"m","data":[1]}})");
    QVERIFY(std::get<Response>(error).id.isEmpty());
    QCOMPARE(std::get<Response>(error).result.error(), (Error{ParseError, u"m"_s, QJsonArray{1}}));
}

void MessageTest::refusesWhatIsNoMessage_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no version") << QByteArray(R"({"method":"M"})");
    QTest::newRow("version as number") << QByteArray(R"({"jsonrpc":2.0,"method":"M"})");
    QTest::newRow("nothing else") << QByteArray(R"({"jsonrpc":"2.0"})");
    QTest::newRow("id only") << QByteArray(R"({"jsonrpc":"2.0","id":"1"})");
    QTest::newRow("numeric id") << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":"M"})");
    QTest::newRow("null id") << QByteArray(R"({"jsonrpc":"2.0","id":null,"method":"M"})");
    QTest::newRow("empty id") << QByteArray(R"({"jsonrpc":"2.0","id":"","method":"M"})");
    QTest::newRow("long id") << QByteArray(R"({"jsonrpc":"2.0","id":")") + QByteArray(129, 'i') + R"(","method":"M"})";
    QTest::newRow("long id of a response") << QByteArray(R"({"jsonrpc":"2.0","id":")") + QByteArray(129, 'i') + R"(","result":1})";
    QTest::newRow("null method") << QByteArray(R"({"jsonrpc":"2.0","method":null})");
    QTest::newRow("long method") << QByteArray(R"({"jsonrpc":"2.0","method":")") + QByteArray(129, 'm') + R"("})";
    QTest::newRow("params array") << QByteArray(R"({"jsonrpc":"2.0","method":"M","params":[]})");
    QTest::newRow("params null") << QByteArray(R"({"jsonrpc":"2.0","method":"M","params":null})");
    QTest::newRow("method and error") << QByteArray(R"({"jsonrpc":"2.0","method":"M","error":{"code":1,"message":""}})");
    QTest::newRow("result and error") << QByteArray(R"({"jsonrpc":"2.0","id":"1","result":1,"error":{"code":1,"message":""}})");
    QTest::newRow("result without id") << QByteArray(R"({"jsonrpc":"2.0","result":1})");
    QTest::newRow("result with null id") << QByteArray(R"({"jsonrpc":"2.0","id":null,"result":1})");
    QTest::newRow("error as text") << QByteArray(R"({"jsonrpc":"2.0","id":"1","error":"no"})");
    QTest::newRow("error without code") << QByteArray(R"({"jsonrpc":"2.0","id":"1","error":{"message":"no"}})");
    QTest::newRow("error with fraction") << QByteArray(R"({"jsonrpc":"2.0","id":"1","error":{"code":1.5,"message":"no"}})");
    QTest::newRow("error with large code") << QByteArray(R"({"jsonrpc":"2.0","id":"1","error":{"code":4294967296,"message":"no"}})");
    QTest::newRow("error without message") << QByteArray(R"({"jsonrpc":"2.0","id":"1","error":{"code":1}})");
}

void MessageTest::refusesWhatIsNoMessage()
{
    QFETCH(QByteArray, text);
    const auto message = messageFromJson(*parseJsonObject(text));
    QVERIFY(!message);
    QCOMPARE(message.error().code, int(InvalidRequest));
}

void MessageTest::writesWhatItReads()
{
    for (const char *text : {R"({"id":"1","jsonrpc":"2.0","method":"M","params":{"a":[1,"x"]}})",
                             R"({"jsonrpc":"2.0","method":"M","params":{}})", R"({"id":"1","jsonrpc":"2.0","result":{"a":null}})",
                             R"({"error":{"code":-1,"data":{"a":1},"message":"m"},"id":null,"jsonrpc":"2.0"})"}) {
        const QJsonObject object = *parseJsonObject(text);
        QCOMPARE(toJson(*messageFromJson(object)), object);
    }
    QCOMPARE(toJson(Message(Response{u"1"_s, QJsonValue(QJsonValue::Undefined)})).value(u"result"_s), QJsonValue(QJsonValue::Null));
}

void MessageTest::carriesErrors()
{
    const Error error{Forbidden, u"no"_s, QJsonObject{{u"a"_s, 1}}};
    QCOMPARE(errorFromJson(errorToJson(error)), error);
    const Error plain{Forbidden, u"no"_s};
    QVERIFY(!errorToJson(plain).contains(u"data"_s));
    QCOMPARE(errorFromJson(errorToJson(plain)), plain);
    // A device's own words.
    const Error hostile = errorFromJson({{u"code"_s, 1}, {u"message"_s, u"\u001b[31m\u202e"_s + QString(1000, u'x')}});
    QCOMPARE(hostile.message.size(), limits::textLength);
    QVERIFY(!hostile.message.contains(u'\u001b') && !hostile.message.contains(u'\u202e'));
}

MUSTER_TEST(MessageTest)
#include "tst_message.moc"
