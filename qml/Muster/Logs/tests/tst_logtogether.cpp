// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Logs/logfilter.h"
#include "qml/Muster/Logs/tests/sayingbackend.h"
#include "tests/support/modeltest.h"

#include <QDateTime>
#include <QJsonObject>
#include <QSet>
#include <QSignalSpy>
#include <QTime>
#include <QTimeZone>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// Logs of several containers in one.
class TestLogTogether : public test::ModelTestCase
{
    Q_OBJECT

private:
    static QString line(int second, const QString &text) { return u"1 2026-03-14T09:41:%1Z %2\n"_s.arg(second, 2, 10, '0'_L1).arg(text); }
    static QStringList shown(const LogModel &model)
    {
        QStringList list;
        for (int row = 0; row < model.count(); ++row)
            list << model.containerAt(row) + u": "_s + model.data(model.index(row), LogModel::TextRole).toString();
        return list;
    }
    static void begin(LogModel &model, test::SayingBackend &backend, const QStringList &also = {u"db"_s})
    {
        model.setDeviceId(u"box"_s);
        model.setContainer(u"web"_s);
        model.setAlso(also);
        model.setBackend(&backend);
        QTRY_COMPARE(backend.link()->read().size() + backend.link()->refused.size(), model.containers().size());
    }

private slots:
    void linesStandInTheOrderOfTheirTimes()
    {
        test::SayingBackend backend;
        LogModel model;
        const QAbstractItemModelTester tester(&model);
        begin(model, backend);
        QCOMPARE(backend.link()->read().size(), 2);
        backend.link()->say(u"web"_s, line(1, u"a"_s) + line(3, u"c"_s) + line(5, u"e"_s));
        QTRY_COMPARE(model.count(), 3);
        backend.link()->say(u"db"_s, line(2, u"b"_s) + line(4, u"d"_s) + line(6, u"f"_s));
        QTRY_COMPARE(shown(model), (QStringList{u"web: a"_s, u"db: b"_s, u"web: c"_s, u"db: d"_s, u"web: e"_s, u"db: f"_s}));
        QVERIFY(model.textOf(1, 1).contains(" db out b"_L1));
        QVERIFY(model.data(model.index(0), LogModel::HueRole) != model.data(model.index(1), LogModel::HueRole));
    }

    void whatHasNoEndIsALineAtLast()
    {
        test::SayingBackend backend;
        LogModel model;
        begin(model, backend);
        backend.link()->say(u"web"_s, u"1 2026-03-14T09:41:02Z "_s + QString(100'000, u'x'));
        QTRY_COMPARE(model.count(), 1);
        QVERIFY(model.data(model.index(0), LogModel::TextRole).toString().startsWith("xxx"_L1));
    }

    void oneThatWasRefusedGoesOnWhenItsDeviceIsBack()
    {
        test::SayingBackend backend;
        LogModel model;
        backend.link()->refused.insert(u"db"_s, Error{DeviceOffline, u"away"_s});
        begin(model, backend);
        QTRY_VERIFY(std::ranges::any_of(shown(model), [](const QString &said) { return said.contains("could not be read"_L1); }));
        backend.link()->refused.clear();
        Container container;
        container.name = u"db"_s;
        container.id = u"db"_s; // what it is asked by
        container.state = u"running"_s;
        model.see(container);
        QTRY_VERIFY(backend.link()->read().contains(u"db"_s));
    }

    void manyLinesFallIntoTheirPlaces()
    {
        test::SayingBackend backend;
        LogModel model;
        LogFilter filter;
        const QAbstractItemModelTester tester(&filter);
        filter.setSource(&model);
        begin(model, backend);
        QString even;
        QString odd;
        for (int i = 0; i < 3'000; ++i)
            (i % 2 == 0 ? even : odd) += u"1 2026-03-14T%1Z %2\n"_s.arg(QTime(9, 41).addMSecs(i).toString(u"HH:mm:ss.zzz"_s)).arg(i);
        backend.link()->say(u"web"_s, even);
        QTRY_COMPARE(model.count(), 1'500);
        backend.link()->say(u"db"_s, odd);
        QTRY_COMPARE(filter.count(), 3'000);
        for (int row = 0; row < model.count(); ++row)
            QCOMPARE(model.lineAt(row).text, QString::number(row));
    }

    void aClockThatIsSetBackChangesNoOrder()
    {
        test::SayingBackend backend;
        LogModel model;
        begin(model, backend);
        backend.link()->say(u"web"_s, line(10, u"a"_s) + line(5, u"b"_s) + u"1 - c\n"_s + line(11, u"d"_s));
        QTRY_COMPARE(model.count(), 4);
        backend.link()->say(u"db"_s, line(7, u"x"_s));
        QTRY_COMPARE(shown(model), (QStringList{u"db: x"_s, u"web: a"_s, u"web: b"_s, u"web: c"_s, u"web: d"_s}));
    }

    void noMoreThanSixAtOnce()
    {
        test::SayingBackend backend;
        LogModel model;
        begin(model, backend, {u"a"_s, u"b"_s, u"a"_s, u"web"_s, u"c"_s, u"d"_s, u"e"_s, u"f"_s, u"g"_s});
        QCOMPARE(model.containers(), (QStringList{u"web"_s, u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s}));
        QCOMPARE(backend.link()->read().size(), model.mostContainers());
        QSet<int> hues;
        for (const QString &name : model.containers())
            hues << model.hueOf(name);
        QCOMPARE(hues.size(), 6);
    }

    void oneMoreAndOneLessLeaveTheOthersAlone()
    {
        test::SayingBackend backend;
        LogModel model;
        const QAbstractItemModelTester tester(&model);
        begin(model, backend, {});
        backend.link()->say(u"web"_s, line(1, u"a"_s) + line(3, u"c"_s));
        QTRY_COMPARE(model.count(), 2);
        const QString web = backend.link()->idOf(u"web"_s);
        const int hue = model.hueOf(u"db"_s);
        model.setAlso({u"db"_s});
        QCOMPARE(model.count(), 2); // still there to be read
        QCOMPARE(backend.link()->idOf(u"web"_s), web);
        QTRY_VERIFY(!backend.link()->idOf(u"db"_s).isEmpty());
        backend.link()->say(u"db"_s, line(2, u"b"_s));
        QTRY_COMPARE(model.count(), 3);
        model.setAlso({});
        QCOMPARE(shown(model), (QStringList{u"web: a"_s, u"web: c"_s}));
        model.setAlso({u"db"_s});
        QCOMPARE(model.hueOf(u"db"_s), hue); // a name keeps its colour
        backend.link()->say(u"web"_s, line(4, u"d"_s));
        QTRY_COMPARE(model.count(), 3);
    }

    void oneThatEndsSaysSoAndTheOthersGoOn()
    {
        test::SayingBackend backend;
        LogModel model;
        begin(model, backend);
        QSignalSpy ended(&model, &LogModel::streamEnded);
        backend.link()->say(u"web"_s, line(1, u"a"_s));
        backend.link()->say(u"db"_s, line(2, u"b"_s));
        QTRY_COMPARE(model.count(), 2);
        backend.link()->end(u"db"_s);
        QTRY_COMPARE(model.count(), 3);
        QCOMPARE(ended.count(), 1);
        QVERIFY(shown(model).last().startsWith("db: db has stopped"_L1));
        QVERIFY(!model.isEnded());
        backend.link()->say(u"web"_s, line(5, u"c"_s));
        QTRY_COMPARE(model.count(), 4);
        // It runs again: a line tells.
        Container container;
        container.name = u"db"_s;
        container.id = u"db"_s;
        container.state = u"running"_s;
        container.startedAt = 1'000;
        model.see(container);
        const QString before = backend.link()->idOf(u"db"_s);
        container.startedAt = backend.clock()->now() + 5'000;
        model.see(container);
        QTRY_VERIFY(shown(model).last().startsWith("db: db restarted"_L1));
        QTRY_VERIFY(backend.link()->idOf(u"db"_s) != before);
        backend.link()->end(u"web"_s, QJsonObject{{"code"_L1, -32010}, {"message"_L1, "the engine is gone"_L1}});
        QTRY_VERIFY(shown(model).last().contains("the engine is gone"_L1) || shown(model).join(u'\n').contains("the engine is gone"_L1));
        QVERIFY(!model.isEnded()); // db goes on
        backend.link()->end(u"db"_s);
        QTRY_VERIFY(model.isEnded());
    }

    void aRestartThatIsKnownLateStandsBeforeTheNewLines()
    {
        test::SayingBackend backend;
        LogModel model;
        const QAbstractItemModelTester tester(&model);
        begin(model, backend, {});
        Container container;
        container.name = u"web"_s;
        container.id = u"web"_s;
        container.state = u"running"_s;
        container.startedAt = 1'000;
        model.see(container);
        // This engine's log goes on over a restart, and is faster than the next look at the containers.
        backend.link()->say(u"web"_s, line(1, u"old"_s) + line(3, u"new"_s) + line(4, u"newer"_s));
        QTRY_COMPARE(model.count(), 3);
        container.startedAt = QDateTime(QDate(2026, 3, 14), QTime(9, 41, 2, 500), QTimeZone::UTC).toMSecsSinceEpoch();
        model.see(container);
        QTRY_COMPARE(model.count(), 4);
        QVERIFY2(shown(model).at(1).startsWith("web: restarted"_L1), qPrintable(shown(model).join(u'\n')));
        backend.link()->say(u"web"_s, line(5, u"newest"_s));
        QTRY_COMPARE(model.count(), 5);
        QCOMPARE(shown(model).last(), u"web: newest"_s);
    }

    void oneThatMayNotBeReadSaysSo()
    {
        test::SayingBackend backend;
        backend.link()->refused[u"db"_s] = Error{.code = -32004, .message = u"There is no container \"db\""_s};
        LogModel model;
        begin(model, backend);
        backend.link()->say(u"web"_s, line(1, u"a"_s));
        QTRY_COMPARE(model.count(), 2);
        QVERIFY(shown(model).join(u'\n').contains("There is no container"_L1));
        QCOMPARE(model.loading(), states::Loading::Loaded);
        QVERIFY(!model.isEnded());
    }

    void containersAreHidden()
    {
        test::SayingBackend backend;
        LogModel model;
        LogFilter filter;
        filter.setSource(&model);
        begin(model, backend);
        backend.link()->say(u"web"_s, line(1, u"a"_s));
        backend.link()->say(u"db"_s, line(2, u"b"_s));
        QTRY_COMPARE(filter.count(), 2);
        filter.setHidden({u"web"_s});
        QCOMPARE(filter.count(), 1);
        QVERIFY(filter.isFiltering());
        backend.link()->say(u"web"_s, line(3, u"c"_s));
        QTRY_COMPARE(model.count(), 3);
        QCOMPARE(filter.count(), 1);
        // Who is not read any more hides nothing.
        filter.setHidden({u"db"_s});
        model.setAlso({});
        QVERIFY(filter.hidden().isEmpty());
        QCOMPARE(filter.count(), 2);
    }

    void aPauseHoldsThemAll()
    {
        test::SayingBackend backend;
        LogModel model;
        begin(model, backend);
        model.setPaused(true);
        backend.link()->say(u"db"_s, line(2, u"b"_s));
        QVERIFY(model.isWaiting());
        QCOMPARE(model.count(), 0);
        model.setPaused(false);
        QTRY_COMPARE(model.count(), 1);
    }
};

MUSTER_TEST(TestLogTogether)
#include "tst_logtogether.moc"
