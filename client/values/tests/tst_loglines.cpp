// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/loglevel.h"
#include "client/values/logline.h"
#include "tests/support/testcase.h"

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using states::LogLevel;

class TestLogLines : public test::TestCase
{
    Q_OBJECT

private:
    static AnsiText read(QStringView line)
    {
        AnsiStyle style;
        return readAnsi(line, style);
    }

private slots:
    void stampsAreRead_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("time");
        QTest::addColumn<bool>("fromStderr");
        QTest::addColumn<bool>("cut");
        const qint64 at = 1'773'481'262'123;
        QTest::newRow("plain") << u"1 2026-03-14T09:41:02.123456789Z hello world"_s << u"hello world"_s << at << false << false;
        QTest::newRow("stderr, cut") << u"2+ 2026-03-14T09:41:02.123Z x"_s << u"x"_s << at << true << true;
        QTest::newRow("another zone") << u"1 2026-03-14T10:41:02.123+01:00 x"_s << u"x"_s << at << false << false;
        QTest::newRow("no fraction") << u"1 2026-03-14T09:41:02Z x"_s << u"x"_s << at - 123 << false << false;
        QTest::newRow("no time") << u"1 - x"_s << u"x"_s << qint64(0) << false << false;
        QTest::newRow("empty text") << u"1 - "_s << QString() << qint64(0) << false << false;
        QTest::newRow("no form at all") << u"what is this"_s << u"what is this"_s << qint64(0) << false << false;
        QTest::newRow("nothing") << QString() << QString() << qint64(0) << false << false;
    }
    void stampsAreRead()
    {
        QFETCH(const QString, line);
        const LogLine read = LogLine::parse(line);
        QTEST(read.text, "text");
        QTEST(read.time, "time");
        QTEST(read.fromStderr, "fromStderr");
        QTEST(read.cut, "cut");
    }

    void escapesAreHarmless_data()
    {
        QTest::addColumn<QString>("in");
        QTest::addColumn<QString>("out");
        QTest::newRow("colours") << u"\x1b[1;31mred\x1b[0m"_s << u"red"_s;
        QTest::newRow("cursor") << u"a\x1b[2J\x1b[Hb"_s << u"ab"_s;
        QTest::newRow("title") << u"\x1b]0;own me\x07z"_s << u"z"_s;
        QTest::newRow("link") << u"\x1b]8;;http://x\x1b\\here\x1b]8;;\x1b\\"_s << u"here"_s;
        QTest::newRow("unfinished") << u"a\x1b[31"_s << u"a"_s;
        QTest::newRow("unfinished string") << u"a\x1b]0;b"_s << u"a"_s;
        QTest::newRow("unfinished link") << u"a\x1b]8;;http://x"_s << u"a"_s;
        QTest::newRow("a string that another escape breaks off") << u"a\x1b]0;b\x1b[32mc"_s << u"ac"_s;
        QTest::newRow("charset") << u"\x1b(Bx"_s << u"x"_s;
        QTest::newRow("escape alone") << u"x\x1b"_s << u"x"_s;
        QTest::newRow("bell") << u"a\x07"_s << u"a\u2407"_s;
        QTest::newRow("C1") << u"a\u009b31mb"_s << u"a\uFFFD31mb"_s;
        QTest::newRow("direction") << u"abc\u202Egnp.exe"_s << u"abc\uFFFDgnp.exe"_s;
        QTest::newRow("windows line") << u"x\r"_s << u"x"_s;
        QTest::newRow("tab") << u"ab\tc"_s << u"ab      c"_s;
        QTest::newRow("markup") << u"\x1b[1m<b>&amp;</b>\x1b[m"_s << u"<b>&amp;</b>"_s;
    }
    void escapesAreHarmless()
    {
        QFETCH(const QString, in);
        QTEST(withoutEscapes(in), "out");
    }

    void noLetterIsCutInTwo()
    {
        // The escape takes the whole letter with it; half a letter is shown as one that is damaged.
        QCOMPARE(withoutEscapes(u"a\x1B🤖b"_s), u"ab"_s);
        QCOMPARE(withoutEscapes(QString(u'a') + QChar(0xD83E) + u'b'), QString(u'a') + QChar(QChar::ReplacementCharacter) + u'b');
        QCOMPARE(withoutEscapes(u"🤖"_s), u"🤖"_s);
    }

    void looksAreKept_data()
    {
        QTest::addColumn<QString>("in");
        QTest::addColumn<QList<AnsiSpan>>("spans");
        const auto one = [](qsizetype start, qsizetype length, const AnsiStyle &style) {
            return QList<AnsiSpan>{{.start = start, .length = length, .style = style}};
        };
        AnsiStyle red;
        red.ink = 1;
        QTest::newRow("plain") << u"x"_s << QList<AnsiSpan>();
        QTest::newRow("red") << u"a\x1b[31mbc\x1b[0md"_s << one(1, 2, red);
        QTest::newRow("empty parameters are a reset") << u"\x1b[31mb\x1b[mc"_s << one(0, 1, red);
        QTest::newRow("the default colour ends it") << u"\x1b[31mb\x1b[39mc"_s << one(0, 1, red);
        QTest::newRow("behind a tab") << u"\t\x1b[31mb"_s << one(8, 1, red);
        AnsiStyle bright;
        bright.ink = 12;
        bright.bold = bright.underlined = bright.inverse = true;
        QTest::newRow("bright, bold, underlined, inverse") << u"\x1b[94;1;4;7mx"_s << one(0, 1, bright);
        AnsiStyle cube;
        cube.ink = AnsiStyle::direct | 0xFF8700;
        QTest::newRow("256") << u"\x1b[38;5;208mx"_s << one(0, 1, cube);
        AnsiStyle grey;
        grey.ground = AnsiStyle::direct | 0x080808;
        QTest::newRow("grey ground") << u"\x1b[48;5;232mx"_s << one(0, 1, grey);
        AnsiStyle direct;
        direct.ink = AnsiStyle::direct | 0x0A141E;
        QTest::newRow("true colour") << u"\x1b[38;2;10;20;30mx"_s << one(0, 1, direct);
        QTest::newRow("with colons") << u"\x1b[38:2::10:20:30mx"_s << one(0, 1, direct);
        QTest::newRow("with colons, no space") << u"\x1b[38:2:10:20:30mx"_s << one(0, 1, direct);
        QTest::newRow("too few parts") << u"\x1b[38;2;10mx"_s << QList<AnsiSpan>();
        QTest::newRow("no such colour") << u"\x1b[38;5;999mx"_s << QList<AnsiSpan>();
        QTest::newRow("hidden text is to be read") << u"\x1b[8mx"_s << QList<AnsiSpan>();
        QTest::newRow("a private sequence") << u"\x1b[?31mx"_s << QList<AnsiSpan>();
    }
    void looksAreKept()
    {
        QFETCH(const QString, in);
        QTEST(read(in).spans, "spans");
    }

    void aPictureHasNoEnd()
    {
        const AnsiText text = read(u"\x1b[31ma\x1b[32mb"_s.repeated(5'000));
        QCOMPARE(text.text.size(), 10'000);
        QVERIFY(text.spans.size() <= 400);
    }

    void coloursStayOnUntilTheyAreReset()
    {
        LogReader reader;
        QVERIFY(reader.read(u"1 - a\x1b[31mb").spans.size() == 1);
        QCOMPARE(reader.read(u"1 - c").spans.size(), 1);
        QVERIFY(reader.read(u"2 - other output").spans.isEmpty());
        reader.reset(); // the program began anew
        QVERIFY(reader.read(u"1 - d").spans.isEmpty());
        // And not for ever.
        QCOMPARE(reader.read(u"1 - \x1b[31me").spans.size(), 1);
        int coloured = 0;
        while (coloured < 1'000 && !reader.read(u"1 - f").spans.isEmpty())
            ++coloured;
        QVERIFY2(coloured > 100 && coloured < 500, qPrintable(QString::number(coloured)));
    }

    void levelsAreRecognised_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<LogLevel>("level");
        const auto row = [](const QString &line, LogLevel level) { QTest::newRow(qPrintable(line.left(60))) << line << level; };
        // JSON.
        row(u"{\"level\":\"error\",\"msg\":\"x\"}"_s, LogLevel::Error);
        row(u"{\"msg\":\"level: error\",\"level\":\"info\"}"_s, LogLevel::Info);
        row(u"{\"severity\":\"WARNING\",\"message\":\"x\"}"_s, LogLevel::Warning);
        row(u"{\"lvl\":\"dbug\"}"_s, LogLevel::Debug);
        row(u"{\"log.level\":\"fatal\"}"_s, LogLevel::Fatal);
        row(u"{\"level\":30,\"time\":1,\"pid\":2}"_s, LogLevel::Info);
        row(u"{\"level\" : 50}"_s, LogLevel::Error);
        row(u"{\"level\":60}"_s, LogLevel::Fatal);
        row(u"{\"level\":3}"_s, LogLevel::Unknown);
        row(u"{\"inner\":{\"level\":\"error\"},\"msg\":\"x\"}"_s, LogLevel::Unknown);
        row(u"{\"level\":\"warn\",\"msg\":\"cut here"_s, LogLevel::Warning);
        row(u"{\"msg\":\"said \\\"level\\\":\\\"error\\\"\",\"level\":\"info\"}"_s, LogLevel::Info);
        // logfmt.
        row(u"time=\"2026-03-14T09:41:02Z\" level=warning msg=\"x\""_s, LogLevel::Warning);
        row(u"ts=1 lvl=eror msg=x"_s, LogLevel::Error);
        row(u"level=high water"_s, LogLevel::Unknown);
        // syslog.
        row(u"<3>disk is gone"_s, LogLevel::Error);
        row(u"<12>careful"_s, LogLevel::Warning);
        row(u"<191>last"_s, LogLevel::Debug);
        row(u"<999>no"_s, LogLevel::Unknown);
        row(u"<html>"_s, LogLevel::Unknown);
        // At the head.
        row(u"[ERROR] x"_s, LogLevel::Error);
        row(u"ERROR: x"_s, LogLevel::Error);
        row(u"error: frame dropped"_s, LogLevel::Error);
        row(u"Warning: x"_s, LogLevel::Warning);
        row(u"WARN  x"_s, LogLevel::Warning);
        row(u"ERROR:root:x"_s, LogLevel::Error);
        row(u"2026-03-14 09:41:02,123 [main] ERROR com.example - x"_s, LogLevel::Error);
        row(u"2026-03-14 09:41:02,123 - my.module - WARNING - x"_s, LogLevel::Warning);
        row(u"2026-03-14T09:41:02.123Z  INFO 1 --- [main] c.e.App : x"_s, LogLevel::Info);
        row(u"[2026-03-14T09:41:02Z WARN  app] x"_s, LogLevel::Warning);
        row(u"[09:41:02 ERR] x"_s, LogLevel::Error);
        row(u"[1] 2026/03/14 09:41:02.123456 [INF] Server is ready"_s, LogLevel::Info);
        row(u"2026/03/14 09:41:02 [error] 31#31: *1 open() failed"_s, LogLevel::Error);
        row(u"2026/03/14 09:41:02 [emerg] 1#1: bind() failed"_s, LogLevel::Fatal);
        row(u"[Sat Mar 14 09:41:02.123 2026] [core:warn] [pid 1] x"_s, LogLevel::Warning);
        row(u"fail: Microsoft.Hosting[0]"_s, LogLevel::Error);
        row(u"npm ERR! code 1"_s, LogLevel::Error);
        // PostgreSQL and MySQL.
        row(u"2026-03-14 09:41:02.123 UTC [31] LOG:  ready"_s, LogLevel::Info);
        row(u"2026-03-14 09:41:02.123 UTC [31] ERROR:  relation does not exist"_s, LogLevel::Error);
        row(u"2026-03-14 09:41:02.123 UTC [31] FATAL:  no such role"_s, LogLevel::Fatal);
        row(u"2026-03-14T09:41:02.123Z 0 [Warning] [MY-010068] [Server] x"_s, LogLevel::Warning);
        // glog, Android, Redis.
        row(u"E0314 09:41:02.123456  1 file.cc:12] x"_s, LogLevel::Error);
        row(u"I0314 09:41:02.123456  1 file.cc:12] x"_s, LogLevel::Info);
        row(u"W/Camera( 123): x"_s, LogLevel::Warning);
        row(u"03-14 09:41:02.123  1234  1250 E Camera: x"_s, LogLevel::Error);
        row(u"1:M 14 Mar 2026 09:41:02.123 # Warning: x"_s, LogLevel::Warning);
        row(u"1:M 14 Mar 2026 09:41:02.123 * Ready"_s, LogLevel::Info);
        // How runtimes end programs.
        row(u"Traceback (most recent call last):"_s, LogLevel::Error);
        row(u"panic: runtime error: index out of range"_s, LogLevel::Fatal);
        // Not guessed.
        row(u"GET /status 200 3 ms"_s, LogLevel::Unknown);
        row(u"no error was found"_s, LogLevel::Unknown);
        row(u"error rates are fine"_s, LogLevel::Unknown);
        row(u"retry camera in 2 s: error 5"_s, LogLevel::Unknown);
        row(u"2026-03-14 09:41:02 job ended without ERROR"_s, LogLevel::Unknown);
        row(u"terror in the mirror"_s, LogLevel::Unknown);
        row(u"E"_s, LogLevel::Unknown);
        row(u"["_s, LogLevel::Unknown);
        row(u"{"_s, LogLevel::Unknown);
        row(QString(), LogLevel::Unknown);
    }
    void levelsAreRecognised()
    {
        QFETCH(const QString, line);
        QTEST(levelOf(line).level, "level");
    }

    void aColouredWordAtTheHeadIsALevel()
    {
        QCOMPARE(LogReader().read(u"1 - \x1b[32minfo\x1b[0m worker 3 is back").level, LogLevel::Info);
        QCOMPARE(LogReader().read(u"1 - info worker 3 is back").level, LogLevel::Unknown);
    }

    void whatContinuesHasTheLevelOfTheLineBefore()
    {
        LogReader reader;
        QCOMPARE(reader.read(u"2 - ERROR: it broke").level, LogLevel::Error);
        QCOMPARE(reader.read(u"2 -     at main.js:12").level, LogLevel::Error);
        QCOMPARE(reader.read(u"1 - GET /").level, LogLevel::Unknown); // the other output
        QCOMPARE(reader.read(u"2 - \tat lib.js:1").level, LogLevel::Error);
        QCOMPARE(reader.read(u"2 - Caused by: x").level, LogLevel::Error);
        QCOMPARE(reader.read(u"2 - all is well").level, LogLevel::Unknown);
        QCOMPARE(reader.read(u"2 -   indented").level, LogLevel::Unknown);
        // Python.
        QCOMPARE(reader.read(u"2 - Traceback (most recent call last):").level, LogLevel::Error);
        QCOMPARE(reader.read(u"2 -   File \"a.py\", line 1, in <module>").level, LogLevel::Error);
        QCOMPARE(reader.read(u"2 - ValueError: no").level, LogLevel::Error);
        QCOMPARE(reader.read(u"2 - ValueError: no").level, LogLevel::Unknown);
        // PostgreSQL.
        QCOMPARE(reader.read(u"2 - 2026-03-14 09:41:02.123 UTC [31] ERROR:  x").level, LogLevel::Error);
        QCOMPARE(reader.read(u"2 - 2026-03-14 09:41:02.123 UTC [31] STATEMENT:  SELECT 1").level, LogLevel::Error);
    }
};

MUSTER_TEST(TestLogLines)
#include "tst_loglines.moc"
