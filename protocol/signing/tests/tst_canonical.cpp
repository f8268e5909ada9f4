// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/message.h"
#include "protocol/signing/canonical.h"
#include "tests/support/testcase.h"

#include <QJsonArray>

#include <bit>
#include <limits>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class CanonicalTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void writesNumbersAsEcmaScript_data();
    void writesNumbersAsEcmaScript();
    void refusesNumbersThatAreNotFinite();
    void writesTheExampleOfTheRfc();
    void sortsByUtf16CodeUnits();
    void escapesOnlyWhatMustBe();
    void leavesOutOneMember();
    void refusesWhatIJsonExcludes();
};

// RFC 8785, appendix B.
void CanonicalTest::writesNumbersAsEcmaScript_data()
{
    QTest::addColumn<quint64>("bits");
    QTest::addColumn<QByteArray>("text");
    const std::pair<quint64, const char *> rows[] = {
        {0x0000000000000000, "0"},
        {0x8000000000000000, "0"},
        {0x0000000000000001, "5e-324"},
        {0x8000000000000001, "-5e-324"},
        {0x7fefffffffffffff, "1.7976931348623157e+308"},
        {0xffefffffffffffff, "-1.7976931348623157e+308"},
        {0x4340000000000000, "9007199254740992"},
        {0xc340000000000000, "-9007199254740992"},
        {0x4430000000000000, "295147905179352830000"},
        {0x44b52d02c7e14af5, "9.999999999999997e+22"},
        {0x44b52d02c7e14af6, "1e+23"},
        {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
        {0x444b1ae4d6e2ef4e, "999999999999999700000"},
        {0x444b1ae4d6e2ef4f, "999999999999999900000"},
        {0x444b1ae4d6e2ef50, "1e+21"},
        {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
        {0x3eb0c6f7a0b5ed8d, "0.000001"},
        {0x41b3de4355555553, "333333333.3333332"},
        {0x41b3de4355555554, "333333333.33333325"},
        {0x41b3de4355555555, "333333333.3333333"},
        {0x41b3de4355555556, "333333333.3333334"},
        {0x41b3de4355555557, "333333333.33333343"},
        {0xbecbf647612f3696, "-0.0000033333333333333333"},
        {0x43143ff3c1cb0959, "1424953923781206.2"},
    };
    for (const auto &[bits, text] : rows)
        QTest::newRow(text) << bits << QByteArray(text);
}

void CanonicalTest::writesNumbersAsEcmaScript()
{
    QFETCH(quint64, bits);
    QFETCH(QByteArray, text);
    QByteArray written;
    QVERIFY(appendEcmaScriptNumber(written, std::bit_cast<double>(bits)));
    QCOMPARE(written, text);
}

void CanonicalTest::refusesNumbersThatAreNotFinite()
{
    QByteArray written;
    QVERIFY(!appendEcmaScriptNumber(written, std::bit_cast<double>(quint64(0x7fffffffffffffff))));
    QVERIFY(!appendEcmaScriptNumber(written, std::numeric_limits<double>::infinity()));
    QVERIFY(written.isEmpty());
}

// RFC 8785, section 3.2.2 to 3.2.4; its number 1E30 is outside what this protocol takes.
void CanonicalTest::writesTheExampleOfTheRfc()
{
    const auto object = parseJsonObject(R"({
        "numbers": [333333333.33333329, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
    })");
    QVERIFY2(object, qPrintable(object ? QString() : object.error().message));
    const auto text = canonicalJson(*object);
    QVERIFY(text);
    QCOMPARE(text->toHex(),
             QByteArray::fromHex(
                 "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e33333333333333"
                 "2c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d")
                 .toHex());
}

// RFC 8785, section 3.2.3.
void CanonicalTest::sortsByUtf16CodeUnits()
{
    const auto object = parseJsonObject(R"({
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\ud83d\ude00": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis"
    })");
    QVERIFY(object);
    const auto text = canonicalJson(*object);
    QVERIFY(text);
    qsizetype at = 0;
    for (const char *value : {"Carriage Return", "One", "Control", "Latin Small", "Euro Sign", "Emoji", "Hebrew"}) {
        const qsizetype next = text->indexOf(value);
        QVERIFY2(next > at, value);
        at = next;
    }
}

void CanonicalTest::escapesOnlyWhatMustBe()
{
    QByteArray text;
    QVERIFY(appendCanonicalText(text, u"\b\t\n\f\r\"\\/\x7f\u0001\u001f\u2028é😀"));
    QCOMPARE(text, QByteArray(R"("\b\t\n\f\r\"\\/)"
                              "\x7f"
                              R"(\u0001\u001f)"
                              "\u2028é😀\""));
}

void CanonicalTest::leavesOutOneMember()
{
    const QJsonObject object{{u"b"_s, 1}, {u"signature"_s, u"stays"_s}, {u"meta"_s, QJsonObject{{u"a"_s, 2}, {u"signature"_s, u"goes"_s}}}};
    QByteArray text;
    QVERIFY(appendCanonicalWithout(text, object, "meta"_L1, "signature"_L1));
    QCOMPARE(text, QByteArray(R"({"b":1,"meta":{"a":2},"signature":"stays"})"));
}

void CanonicalTest::refusesWhatIJsonExcludes()
{
    const auto code = [](const QJsonValue &value) {
        const auto text = canonicalJson(value);
        return text ? 0 : text.error().code;
    };
    QCOMPARE(code(9007199254740991.0), 0);
    QCOMPARE(code(9007199254740992.0), int(InvalidRequest));
    QCOMPARE(code(-1e300), int(InvalidRequest));
    QCOMPARE(code(QString(QChar(0xd800))), int(InvalidRequest));
    QCOMPARE(code(QJsonArray{QString(QChar(0xdc00)) + u"x"_s}), int(InvalidRequest));
    QCOMPARE(code(QJsonObject{{QString(QChar(0xd800)), 1}}), int(InvalidRequest));
    QCOMPARE(code(QJsonValue(QJsonValue::Undefined)), int(InvalidRequest));
}

MUSTER_TEST(CanonicalTest)
#include "tst_canonical.moc"
