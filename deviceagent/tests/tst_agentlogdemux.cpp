// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/containers/logdemux.h"
#include "deviceagent/tests/fakeengine.h"
#include "tests/support/testcase.h"

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using muster::agent::LogDemux;
using muster::test::FakeEngine;
using Form = LogDemux::Form;

class AgentLogDemuxTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void makesLines_data();
    void makesLines();
    void cutsLongLines();
    void holdsLittle();
    void refusesWhatIsNoLog();
    void tellsWhatTheEngineSays();
    void knowsATornEnd();
};

namespace {

const QByteArray when = "2025-06-15T15:06:40.123456789Z";

/// All of it, cut into pieces of this size on its way.
QByteArray linesOf(Form form, const QByteArray &bytes, qsizetype piece)
{
    LogDemux demux(form);
    QByteArray lines;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        if (const auto taken = demux.take(QByteArrayView(bytes).sliced(at, std::min(piece, bytes.size() - at)), lines); !taken)
            return taken.error().message.toUtf8();
    }
    demux.finish(lines);
    return lines;
}

} // namespace

void AgentLogDemuxTest::makesLines_data()
{
    QTest::addColumn<Form>("form");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("lines");
    const auto frame = &FakeEngine::frame;
    QTest::newRow("nothing") << Form::Multiplexed << QByteArray() << QByteArray();
    QTest::newRow("both outputs") << Form::Multiplexed << frame(1, when + " hello\n") + frame(2, when + " oops\n")
                                  << "1 " + when + " hello\n2 " + when + " oops\n";
    QTest::newRow("of a real engine") << Form::Multiplexed << FakeEngine::recorded(u"web.log"_s)
                                      << QByteArray("1 2026-11-20T09:38:13Z hello\n2 2026-11-20T09:38:13Z oops\n");
    QTest::newRow("of a real terminal") << Form::Raw << FakeEngine::recorded(u"tty.log"_s) << QByteArray("1 2026-11-20T09:38:13Z hello\n");
    QTest::newRow("a line in two frames, another between them")
        << Form::Multiplexed << frame(1, when + " hel") + frame(2, when + " oops\n") + frame(1, "lo\n")
        << "2 " + when + " oops\n1 " + when + " hello\n";
    QTest::newRow("a line in pieces, each with a time")
        << Form::Multiplexed << frame(1, when + " hel") + frame(1, when + " l") + frame(1, when + " o\n") + frame(1, when + " next\n")
        << "1 " + when + " hello\n1 " + when + " next\n";
    QTest::newRow("a piece that is shorter than a time")
        << Form::Multiplexed << frame(1, when + " hel") + frame(1, "l") + frame(1, "o 2\n") << "1 " + when + " hello 2\n";
    QTest::newRow("two lines in a frame, and an empty frame")
        << Form::Multiplexed << frame(1, "a\nb\n") + frame(1, {}) + frame(1, "c\n") << QByteArray("1 - a\n1 - b\n1 - c\n");
    QTest::newRow("no line feed at the end") << Form::Multiplexed << frame(2, "x") + frame(1, "y") << QByteArray("1 - y\n2 - x\n");
    QTest::newRow("an empty line") << Form::Multiplexed << frame(1, "\n") << QByteArray("1 -  \n").replace("  ", " ");
    QTest::newRow("a character in two frames") << Form::Multiplexed << frame(1, "gr\xc3") + frame(1, "\xbc\xc3\x9f\n")
                                               << QByteArray("1 - grüß\n");
    QTest::newRow("not UTF-8") << Form::Multiplexed
                               << frame(1,
                                        "a\xff\xfe"
                                        "b\n")
                               << QByteArray(
                                      "1 - a\xef\xbf\xbd\xef\xbf\xbd"
                                      "b\n");
    QTest::newRow("a time zone") << Form::Multiplexed << frame(1, "2025-06-15T15:06:40.1+02:00 x\n")
                                 << QByteArray("1 2025-06-15T15:06:40.1+02:00 x\n");
    QTest::newRow("no time") << Form::Multiplexed << frame(1, "2025 was a year\n") << QByteArray("1 - 2025 was a year\n");
    QTest::newRow("what went in") << Form::Multiplexed << frame(0, "typed\n") << QByteArray("1 - typed\n");
    QTest::newRow("a terminal's line ends") << Form::Raw << QByteArray(when + " a\r\n" + when + " b\rc\r\n")
                                            << "1 " + when + " a\n1 " + when + " b\rc\n";
}

void AgentLogDemuxTest::makesLines()
{
    QFETCH(Form, form);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, lines);
    for (const qsizetype piece : {1, 2, 3, 7, 8, 9, 100'000})
        QCOMPARE(linesOf(form, bytes, piece), lines);
}

void AgentLogDemuxTest::cutsLongLines()
{
    const QByteArray longest(LogDemux::lineBytes, 'x');
    QCOMPARE(linesOf(Form::Multiplexed, FakeEngine::frame(1, when + ' ' + longest + "\n"), 1000), "1 " + when + ' ' + longest + '\n');
    QCOMPARE(linesOf(Form::Multiplexed, FakeEngine::frame(1, when + ' ' + longest + "y\nz\n"), 1000),
             "1+ " + when + ' ' + longest + "\n1 - z\n");
    // Engines send a long line in several frames, each with a time of its own.
    QCOMPARE(linesOf(Form::Multiplexed,
                     FakeEngine::frame(1, when + ' ' + longest) + FakeEngine::frame(1, when + " rest\n") + FakeEngine::frame(1, "z\n"),
                     777),
             "1+ " + when + ' ' + longest + "\n1 - z\n");
    // No half character at the cut.
    const QByteArray almost(LogDemux::lineBytes - 1, 'x');
    QCOMPARE(linesOf(Form::Raw, when + ' ' + almost + "ü\r\n", 5), "1+ " + when + ' ' + almost + '\n');
    QCOMPARE(linesOf(Form::Raw, longest + "\r\n", 5000), "1 - " + longest + '\n');
}

void AgentLogDemuxTest::holdsLittle()
{
    // A gigabyte without a line feed, which nobody may hold.
    LogDemux demux(Form::Raw);
    const QByteArray piece(1024 * 1024, 'x');
    QByteArray lines;
    for (int i = 0; i < 1024; ++i)
        QVERIFY(demux.take(piece, lines));
    QVERIFY(lines.isEmpty());
    demux.finish(lines);
    QVERIFY(lines.size() < LogDemux::lineBytes + 100);
}

void AgentLogDemuxTest::refusesWhatIsNoLog()
{
    for (const QByteArray &bytes :
         {QByteArray("{\"message\":\"no\"}"), QByteArray("\x04\0\0\0\0\0\0\1x", 9), QByteArray("\1\0\0\1\0\0\0\1x", 9)}) {
        LogDemux demux(Form::Multiplexed);
        QByteArray lines;
        const auto taken = demux.take(bytes, lines);
        QVERIFY(!taken);
        QCOMPARE(taken.error().code, int(InternalError));
    }
}

void AgentLogDemuxTest::tellsWhatTheEngineSays()
{
    LogDemux demux(Form::Multiplexed);
    QByteArray lines;
    const auto taken = demux.take(FakeEngine::frame(1, "a\n") + FakeEngine::frame(3, "disk\x1b broken\n"), lines);
    QCOMPARE(lines, QByteArray("1 - a\n"));
    QVERIFY(!taken);
    QCOMPARE(taken.error().code, int(Unavailable));
    QCOMPARE(taken.error().message, u"The container engine says: disk\ufffd broken"_s);
}

void AgentLogDemuxTest::knowsATornEnd()
{
    const QByteArray whole = FakeEngine::frame(1, "hello\n");
    for (qsizetype size = 0; size <= whole.size(); ++size) {
        LogDemux demux(Form::Multiplexed);
        QByteArray lines;
        QVERIFY(demux.take(QByteArrayView(whole).first(size), lines));
        QCOMPARE(demux.isWhole(), size == 0 || size == whole.size());
    }
}

MUSTER_TEST(AgentLogDemuxTest)
#include "tst_agentlogdemux.moc"
