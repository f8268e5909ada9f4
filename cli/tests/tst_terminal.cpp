// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminal.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

using namespace Qt::Literals::StringLiterals;
using namespace muster::cli;

class TestTerminal : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void nothingActsOnTheTerminal_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << u"gate-01 ü 世界"_s << u"gate-01 ü 世界"_s;
        QTest::newRow("escape") << u"\x1b[31mred\x1b[0m"_s << u"\\x1b[31mred\\x1b[0m"_s;
        QTest::newRow("C1 control") << u"a\u009bm"_s << u"a\\x9bm"_s;
        QTest::newRow("bell, backspace, carriage return") << u"\a\b\r"_s << u"\\x07\\x08\\x0d"_s;
        QTest::newRow("line break") << u"a\nb"_s << u"a\\x0ab"_s;
        QTest::newRow("line separator") << u"a\u2028b"_s << u"a\\u{2028}b"_s;
        QTest::newRow("bidirectional override") << u"abc\u202Egnp.exe"_s << u"abc\\u{202e}gnp.exe"_s;
        QTest::newRow("zero width joiner") << u"a\u200Db"_s << u"a\\u{200d}b"_s;
        QTest::newRow("lone surrogate") << QString(QChar(0xD800)) << QString(QChar::ReplacementCharacter);
    }
    void nothingActsOnTheTerminal()
    {
        QFETCH(const QString, text);
        QTEST(escaped(text), "shown");
    }

    void jsonIsHarmlessAndStillTheSame()
    {
        const QJsonObject object{{"a"_L1, u"\x1b[2J\u009b\u202E\u2028 \U0001F600"_s}, {"n"_L1, 3}};
        for (const bool indented : {true, false}) {
            const QString text = jsonText(object, indented);
            for (const QChar c : text)
                QVERIFY2(c == u'\n' || c.isSurrogate() || (c.category() != QChar::Other_Control && c.category() != QChar::Other_Format),
                         qPrintable(text));
            QCOMPARE(QJsonDocument::fromJson(text.toUtf8()).object(), object);
        }
        QCOMPARE(jsonText(u"x"_s, true), u"\"x\""_s);
        QCOMPARE(jsonText(5, true), u"5"_s);
        QCOMPARE(jsonText(QJsonValue::Null, true), u"null"_s);
        QCOMPARE(jsonText(QJsonArray{1, 2}, false), u"[1,2]"_s);
    }

    void cellsAreCounted()
    {
        QCOMPARE(cells(u"abc"_s), 3);
        QCOMPARE(cells(u"世界"_s), 4);
        QCOMPARE(cells(u"e\u0301"_s), 1);
        QCOMPARE(cells(u"\U0001F600"_s), 2);
    }

    void aTableFitsTheTerminal_data()
    {
        QTest::addColumn<int>("width");
        for (const int width : {40, 60, 80, 200})
            QTest::addRow("%d", width) << width;
    }
    void aTableFitsTheTerminal()
    {
        QFETCH(const int, width);
        Table table({{u"NAME"_s, true}, {u"STATE"_s}, {u"CPU"_s, false, true}});
        table.add({u"x"_s.repeated(200), u"Online"_s, u"3 %"_s});
        table.add({u"世"_s.repeated(50), u"Offline 3 h"_s, u"–"_s});
        table.add({u"a\x1b[31m"_s, u"Online"_s, u"100 %"_s});
        const QString text = table.text(width, false);
        QVERIFY(!text.contains(QChar(0x1b)));
        for (const QString &line : text.split(u'\n'))
            QVERIFY2(cells(line) <= width, qPrintable(line));
        QVERIFY(text.contains(u'…'));
    }

    void withoutATerminalNothingIsCut()
    {
        Table table({{u"NAME"_s, true}});
        table.add({u"x"_s.repeated(200)});
        QVERIFY(table.text(0, false).contains(u"x"_s.repeated(200)));
    }

    void barsRise()
    {
        QCOMPARE(bars({0, 500, 1000, std::nan("")}, 0, 1000), u"▁▅█ "_s);
        QCOMPARE(bars({5, 5}, 5, 5), u"  "_s);
    }
};

MUSTER_TEST(TestTerminal)
#include "tst_terminal.moc"
