// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Logs/logfilter.h"
#include "qml/Muster/Logs/tests/sayingbackend.h"
#include "tests/support/modeltest.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTime>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestLogFilter : public test::ModelTestCase
{
    Q_OBJECT

private:
    struct Log
    {
        test::SayingBackend backend;
        LogModel model;
        LogFilter filter;
        QAbstractItemModelTester tester{&filter};
        int said = 0;

        explicit Log(const QStringList &lines = {})
        {
            filter.setSource(&model);
            model.setDeviceId(u"box"_s);
            model.setContainer(u"web"_s);
            model.setBackend(&backend);
            if (muster::test::eventually([this] { return !backend.link()->idOf(u"web"_s).isEmpty(); }))
                say(lines);
        }
        void say(const QStringList &lines)
        {
            QString text;
            for (const QString &line : lines) {
                const QTime at = QTime(9, 0).addMSecs(said++);
                text += u"1 2026-03-14T%1Z %2\n"_s.arg(at.toString(u"HH:mm:ss.zzz"_s), line);
            }
            backend.link()->say(u"web"_s, text);
        }
        [[nodiscard]] QStringList shown() const
        {
            QStringList list;
            for (int row = 0; row < filter.count(); ++row)
                list << filter.data(filter.index(row), LogModel::TextRole).toString();
            return list;
        }
    };
    // What is said is there when this returns.
    static void settle(Log &log, int lines) { QTRY_COMPARE(log.model.count(), lines); }

private slots:
    void onlyMatchingLinesAreShown()
    {
        Log log({u"one cat"_s, u"a dog"_s, u"two CATS"_s});
        settle(log, 3);
        QCOMPARE(log.shown().size(), 3);
        log.model.setSearch(u"cat"_s);
        QCOMPARE(log.shown().size(), 3); // found, and nothing hidden
        QCOMPARE(log.filter.matches(), 2);
        QVERIFY(!log.filter.isFiltering());
        log.filter.setOnlyMatching(true);
        QVERIFY(log.filter.isFiltering());
        QCOMPARE(log.shown(), (QStringList{u"one cat"_s, u"two CATS"_s}));
        // What comes is judged as it comes.
        QSignalSpy resets(&log.filter, &QAbstractItemModel::modelReset);
        log.say({u"another dog"_s, u"last cat"_s});
        settle(log, 5);
        QTRY_COMPARE(log.shown(), (QStringList{u"one cat"_s, u"two CATS"_s, u"last cat"_s}));
        QCOMPARE(resets.count(), 0);
        QVERIFY(log.filter.allText().count(u'\n') == 3);
        // Nothing to search for hides nothing.
        log.model.setSearch({});
        QCOMPARE(log.shown().size(), 5);
    }

    void aPlaceIsFoundAgain()
    {
        Log log({u"a1"_s, u"b1"_s, u"a2"_s, u"b2"_s});
        settle(log, 4);
        log.model.setSearch(u"a"_s);
        const quint64 b1 = log.filter.markOf(1);
        const quint64 a2 = log.filter.markOf(2);
        log.filter.setOnlyMatching(true);
        QCOMPARE(log.filter.rowOf(a2), 1);
        QCOMPARE(log.filter.rowOf(b1), 1); // hidden: the next one
        log.filter.setOnlyMatching(false);
        QCOMPARE(log.filter.rowOf(b1), 1);
        log.model.setCapacity(4);
        log.say({u"c"_s, u"d"_s});
        QTRY_COMPARE(log.model.dropped(), 2);
        QCOMPARE(log.filter.rowOf(a2), 0);
        QCOMPARE(log.filter.rowOf(b1), -1); // it fell out
    }

    void linesFallOutOfTheFilterToo()
    {
        Log log({u"a"_s, u"b"_s, u"a"_s, u"b"_s});
        settle(log, 4);
        log.model.setCapacity(4);
        log.model.setSearch(u"a"_s);
        log.filter.setOnlyMatching(true);
        QSignalSpy fellOut(&log.filter, &LogFilter::fellOut);
        log.say({u"a3"_s, u"b"_s});
        QTRY_COMPARE(log.shown(), (QStringList{u"a"_s, u"a3"_s}));
        QCOMPARE(fellOut.count(), 1);
        QCOMPARE(fellOut[0][0].toInt(), 1);
        QCOMPARE(log.model.matches(), 2);
    }

    void levelsAreFiltered()
    {
        Log log({u"INFO a"_s, u"WARN b"_s, u"plain"_s, u"ERROR c"_s, u"    at d"_s, u"FATAL: e"_s});
        settle(log, 6);
        QCOMPARE(log.model.warnings(), 4);
        QCOMPARE(log.model.errors(), 3);
        log.filter.setLeastLevel(int(states::LogLevel::Error));
        QCOMPARE(log.shown(), (QStringList{u"ERROR c"_s, u"    at d"_s, u"FATAL: e"_s}));
        log.filter.setLeastLevel(int(states::LogLevel::Warning));
        QCOMPARE(log.filter.count(), 4);
        log.model.setSearch(u"at"_s);
        log.filter.setOnlyMatching(true);
        QCOMPARE(log.shown(), (QStringList{u"    at d"_s, u"FATAL: e"_s}));
        log.filter.setLeastLevel(0);
        log.filter.setOnlyMatching(false);
        QCOMPARE(log.filter.count(), 6);
        // Who falls out is not counted any more.
        log.model.setCapacity(2);
        log.say({u"x"_s, u"y"_s});
        QTRY_COMPARE(log.model.count(), 2);
        QCOMPARE(log.model.warnings(), 0);
    }

    void searchFindsAndGoesRound()
    {
        Log log({u"a1"_s, u"b"_s, u"A2"_s, u"b"_s, u"a3"_s});
        settle(log, 5);
        log.model.setSearch(u"a"_s);
        QCOMPARE(log.filter.findNext(-1, true), 0);
        QCOMPARE(log.filter.currentMatch(), 1);
        QCOMPARE(log.filter.findNext(0, true), 2);
        QCOMPARE(log.filter.findNext(2, false), 0);
        QCOMPARE(log.filter.findNext(0, false), 4); // around the beginning
        QCOMPARE(log.filter.currentMatch(), 3);
        QCOMPARE(log.filter.findNext(4, true), 0);
        QCOMPARE(log.filter.findNext(5, false), 4);
        log.model.setSearch(u"no such text"_s);
        QCOMPARE(log.filter.findNext(0, true), -1);
        log.model.setSearch({});
        QCOMPARE(log.filter.matches(), 0);
    }

    void aRegularExpressionIsOne()
    {
        Log log({u"a.b"_s, u"axb"_s, u"AXXB"_s});
        settle(log, 3);
        log.model.setSearch(u"a.b"_s);
        QCOMPARE(log.model.matches(), 1);
        log.model.setRegex(true);
        QCOMPARE(log.model.matches(), 2);
        log.filter.setOnlyMatching(true);
        log.model.setSearch(u"a(x"_s);
        QCOMPARE(log.model.searchFault(), LogModel::InvalidSearch);
        QVERIFY(!log.model.searchFaultText().isEmpty());
        QCOMPARE(log.filter.count(), 3); // and hides nothing
        log.model.setSearch(u"^ax+b$"_s);
        QCOMPARE(log.model.searchFault(), LogModel::SoundSearch);
        QCOMPARE(log.filter.count(), 2);
    }

    void aHeavyExpressionDoesNotHoldTheWindow()
    {
        QStringList lines;
        for (int i = 0; i < 2'000; ++i)
            lines << u"a"_s.repeated(200) + u'b';
        Log log(lines);
        settle(log, 2'000);
        log.model.setRegex(true);
        QElapsedTimer timer;
        timer.start();
        log.model.setSearch(u"(a+)+$"_s);
        QTRY_COMPARE(log.model.searchFault(), LogModel::HeavySearch);
        QVERIFY2(timer.elapsed() < 3'000, qPrintable(QString::number(timer.elapsed())));
        log.model.setSearch(u"ab$"_s);
        QTRY_COMPARE(log.model.matches(), 2'000);
    }

    void manyLinesAreLookedThroughALittleAtATime()
    {
        QStringList lines;
        for (int i = 0; i < 40'000; ++i)
            lines << (i % 10 == 0 ? u"encoder %1 is busy"_s : u"frame %1 is shown in 16 ms"_s).arg(i);
        Log log(lines);
        settle(log, 40'000);
        log.filter.setOnlyMatching(true);
        QElapsedTimer timer;
        timer.start();
        log.model.setSearch(u"encoder"_s);
#ifndef MUSTER_SLOW_TESTS
        // A key that is pressed goes on at once, though not all was looked at.
        QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
#endif
        QTRY_COMPARE(log.filter.count(), 4'000);
        // New lines are judged alone: the whole is not gone through again.
        QSignalSpy judged(&log.model, &QAbstractItemModel::dataChanged);
        log.say({u"encoder is back"_s});
        QTRY_COMPARE(log.filter.count(), 4'001);
        for (const QList<QVariant> &one : std::as_const(judged))
            QVERIFY(one[0].toModelIndex().row() >= 40'000);
    }
};

MUSTER_TEST(TestLogFilter)
#include "tst_logfilter.moc"
