// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockbackend.h"
#include "qml/Muster/Containers/mock/mockcontainers.h"
#include "qml/Muster/Logs/logmodel.h"
#include "qml/Muster/Logs/tests/sayingbackend.h"
#include "tests/support/modeltest.h"

#include <QJsonArray>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestLogModel : public test::ModelTestCase
{
    Q_OBJECT

private:
    static void begin(LogModel &model, MockBackend &backend, const QString &container = u"ui"_s)
    {
        model.setDeviceId(u"press-line-a"_s);
        model.setContainer(container);
        model.setBackend(&backend);
        backend.start();
    }
    static QString text(const LogModel &model, int row) { return model.data(model.index(row), LogModel::TextRole).toString(); }
    static QString time(const LogModel &model, int row) { return model.data(model.index(row), LogModel::TimeTextRole).toString(); }

    static Container container(MockBackend &backend, const QString &name = u"ui"_s)
    {
        const Result<QJsonValue> list = backend.invented().call(u"Containers.List"_s, {{"id"_L1, "press-line-a"_L1}});
        for (const auto &one : list.value_or(QJsonValue())["containers"_L1].toArray()) {
            if (one["name"_L1] == name)
                return Container::fromJson(one.toObject());
        }
        return {};
    }
    static int newsRow(const LogModel &model)
    {
        for (int row = model.rowCount() - 1; row >= 0; --row) {
            if (model.data(model.index(row), LogModel::NewsRole).toBool())
                return row;
        }
        return -1;
    }

private slots:
    void theNewestLinesCome()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        LogModel model;
        const QAbstractItemModelTester tester(&model);
        begin(model, backend);
        QTRY_COMPARE(model.rowCount(), 1000);
        QCOMPARE(model.loading(), states::Loading::Loaded);
        QVERIFY(!model.isEnded());
        QVERIFY(!text(model, 999).isEmpty());
        QVERIFY(!text(model, 0).contains(QChar(0x1B)));
        const int before = model.rowCount();
        for (int i = 0; i < 5; ++i)
            backend.step();
        QTRY_VERIFY(model.rowCount() >= before + 8);
    }

    void aHundredThousandLinesFlowThroughASmallWindow()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        LogModel model;
        model.setTail(100'000);
        begin(model, backend);
        // Far more than one window: it only goes on because lines that were taken in are granted anew.
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 100'000, 60'000);
        QCOMPARE(model.dropped(), 0);
        backend.step();
        QTRY_VERIFY(model.dropped() > 0);
        QCOMPARE(model.rowCount(), 100'000);
    }

    void oldLinesFallOut()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        LogModel model;
        const QAbstractItemModelTester tester(&model);
        model.setCapacity(200);
        begin(model, backend);
        QTRY_COMPARE(model.rowCount(), 200);
        QTRY_COMPARE(model.dropped(), 800);
        const QString tenth = time(model, 10) + text(model, 10);
        backend.step();
        QTRY_VERIFY(model.dropped() > 800);
        const int gone = int(model.dropped()) - 800;
        QCOMPARE(time(model, 10 - gone) + text(model, 10 - gone), tenth);
        QCOMPARE(model.rowCount(), 200);
    }

    void aPauseHoldsTheStream()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        LogModel model;
        begin(model, backend);
        QTRY_COMPARE(model.rowCount(), 1000);
        model.setPaused(true);
        for (int i = 0; i < 5; ++i)
            backend.step();
        QTRY_VERIFY(model.isWaiting());
        QCOMPARE(model.rowCount(), 1000);
        model.setPaused(false);
        QTRY_VERIFY(model.rowCount() > 1000);
        QVERIFY(!model.isWaiting());
    }

    void aBrokenConnectionIsTakenUpWhereItEnded()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        LogModel model;
        const QAbstractItemModelTester tester(&model);
        begin(model, backend);
        QTRY_COMPARE(model.rowCount(), 1000);
        const QString last = time(model, 999);
        backend.breakConnection();
        QCOMPARE(model.rowCount(), 1000); // still there to be read
        backend.invented().setNow(backend.invented().now() + 60'000);
        backend.link()->retryNow();
        QTRY_VERIFY(model.rowCount() > 1050);
        QCOMPARE(time(model, 999), last);
        // None twice, none left out: a line every 1,037 ms.
        for (int row = 1; row < model.rowCount(); ++row)
            QVERIFY2(time(model, row) > time(model, row - 1), qPrintable(time(model, row)));
        QCOMPARE(model.rowCount(), 1000 + 58);
    }

    void aCutStreamGoesOnByTheTimesAndNotByTheirSpelling_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QStringList>("after");
        QTest::addColumn<QStringList>("texts");
        // Engines leave out zeros at the end of a fraction.
        QTest::newRow("the same moment, spelt otherwise")
            << u"1 2026-03-14T09:41:02.5Z a\n"_s << QStringList{u"1 2026-03-14T09:41:02.500000000Z a\n"_s, u"1 2026-03-14T09:41:03Z b\n"_s}
            << QStringList{u"a"_s, u"b"_s};
        QTest::newRow("a nanosecond later") << u"1 2026-03-14T09:41:02.123Z a\n"_s
                                            << QStringList{u"1 2026-03-14T09:41:02.123Z a\n"_s, u"1 2026-03-14T09:41:02.123000001Z b\n"_s}
                                            << QStringList{u"a"_s, u"b"_s};
        QTest::newRow("a whole second") << u"1 2026-03-14T09:41:02.9Z a\n1 2026-03-14T09:41:03Z b\n"_s
                                        << QStringList{u"1 2026-03-14T09:41:03Z b\n"_s, u"1 2026-03-14T09:41:03.1Z c\n"_s}
                                        << QStringList{u"a"_s, u"b"_s, u"c"_s};
        QTest::newRow("another zone") << u"1 2026-03-14T09:41:02.5Z a\n"_s
                                      << QStringList{u"1 2026-03-14T10:41:02.5+01:00 a\n"_s, u"1 2026-03-14T10:41:02.6+01:00 b\n"_s}
                                      << QStringList{u"a"_s, u"b"_s};
        QTest::newRow("two at one moment") << u"1 2026-03-14T09:41:02.5Z a\n1 2026-03-14T09:41:02.50Z b\n"_s
                                           << QStringList{u"1 2026-03-14T09:41:02.5Z a\n"_s, u"1 2026-03-14T09:41:02.5Z b\n"_s,
                                                          u"1 2026-03-14T09:41:02.5Z c\n"_s}
                                           << QStringList{u"a"_s, u"b"_s, u"c"_s};
    }
    void aCutStreamGoesOnByTheTimesAndNotByTheirSpelling()
    {
        QFETCH(const QString, before);
        QFETCH(const QStringList, after);
        QFETCH(const QStringList, texts);
        test::SayingBackend backend;
        LogModel model;
        model.setDeviceId(u"box"_s);
        model.setContainer(u"web"_s);
        model.setBackend(&backend);
        QTRY_VERIFY(!backend.link()->idOf(u"web"_s).isEmpty());
        backend.link()->say(u"web"_s, before);
        QTRY_VERIFY(model.rowCount() > 0);
        const QString first = backend.link()->idOf(u"web"_s);
        backend.link()->breakAndMend();
        QTRY_VERIFY(backend.link()->idOf(u"web"_s) != first);
        QVERIFY(backend.link()->asked(u"web"_s)["since"_L1].toString().startsWith("2026-03-14T09:41:0"_L1));
        backend.link()->say(u"web"_s, after.join(QString()));
        QTRY_COMPARE(model.rowCount(), int(texts.size()));
        QStringList shown;
        for (int row = 0; row < model.rowCount(); ++row)
            shown << text(model, row);
        QCOMPARE(shown, texts);
    }

    void aRestartedContainersLogGoesOn()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        LogModel model;
        const QAbstractItemModelTester tester(&model);
        begin(model, backend);
        model.see(container(backend));
        QTRY_COMPARE(model.rowCount(), 1000);
        backend.step();
        QVERIFY(backend.invented().call(u"Containers.Restart"_s, {{"id"_L1, "press-line-a"_L1}, {"container"_L1, "ui"_L1}}));
        backend.step();
        QTRY_VERIFY(model.isEnded());
        // What was known before says nothing of now.
        Container stopped = container(backend);
        stopped.state = u"exited"_s;
        model.see(stopped);
        QVERIFY(model.isEnded());
        model.see(container(backend));
        QVERIFY(!model.isEnded());
        const int before = newsRow(model); // behind its last words
        QVERIFY(before >= 1000);
        QCOMPARE(model.rowCount(), before + 1);
        const QString at = QDateTime::fromMSecsSinceEpoch(container(backend).startedAt).toString(u"HH:mm:ss"_s);
        QCOMPARE(text(model, before), u"restarted "_s + at);
        for (int i = 0; i < 5; ++i)
            backend.step();
        QTRY_VERIFY(model.rowCount() > before + 5);
        for (int row = 1; row < model.rowCount(); ++row) {
            if (row != before && row != before + 1)
                QVERIFY2(time(model, row) > time(model, row - 1), qPrintable(time(model, row)));
        }
        QVERIFY(time(model, before + 1) > time(model, before - 1));
        QVERIFY(model.textOf(before, before).contains("restarted"_L1));
    }

    void aRestartIsKnownBeforeTheLogHasEnded()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        LogModel model;
        begin(model, backend);
        model.see(container(backend));
        QTRY_COMPARE(model.rowCount(), 1000);
        backend.step();
        QVERIFY(backend.invented().call(u"Containers.Restart"_s, {{"id"_L1, "press-line-a"_L1}, {"container"_L1, "ui"_L1}}));
        model.see(container(backend));
        QCOMPARE(newsRow(model), -1);
        backend.step();
        QTRY_VERIFY(newsRow(model) > 0);
        QVERIFY(!model.isEnded());
    }

    void aContainerThatWasMadeAnewGoesOnInItsLog()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        LogModel model;
        begin(model, backend);
        model.see(container(backend));
        QTRY_COMPARE(model.rowCount(), 1000);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const QString old = container(backend).id;
        backend.step();
        backend.invented().feature<MockContainers>().remake(u"press-line-a"_s, u"ui"_s, backend.invented().now());
        QVERIFY(container(backend).id != old);
        backend.step();
        QTRY_VERIFY(model.isEnded());
        model.see(container(backend));
        QVERIFY(!model.isEnded());
        QVERIFY(text(model, newsRow(model)).startsWith("made anew "_L1));
        const int before = model.rowCount();
        for (int i = 0; i < 5; ++i)
            backend.step();
        QTRY_VERIFY(model.rowCount() > before + 3);
        QCOMPARE(resets.count(), 0);
    }

    void anotherDevicesContainerOfThisNameIsAnother()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        LogModel model;
        begin(model, backend);
        model.see(container(backend));
        QTRY_COMPARE(model.rowCount(), 1000);
        model.setDeviceId(u"dock-03"_s);
        Container other = container(backend);
        other.id = u"0123"_s;
        model.see(other);
        QVERIFY(!model.isEnded());
        QCOMPARE(newsRow(model), -1);
    }

    void aStoppedContainersLogEnds()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        LogModel model;
        begin(model, backend, u"migrate"_s);
        QTRY_VERIFY(model.isEnded());
        QVERIFY(model.errorText().isEmpty());
        QTRY_VERIFY(model.rowCount() > 0);
        QVERIFY(model.isDated());
        QVERIFY2(time(model, 0).startsWith("03-"_L1), qPrintable(time(model, 0)));
    }

    void outputsAreChosen()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        LogModel model;
        model.setWantStdout(false);
        begin(model, backend);
        QTRY_VERIFY(model.rowCount() > 20);
        for (int row = 0; row < model.rowCount(); ++row)
            QVERIFY(model.data(model.index(row), LogModel::StderrRole).toBool());
    }

    void linesAreCopiedWhole()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        LogModel model;
        begin(model, backend);
        QTRY_COMPARE(model.rowCount(), 1000);
        const QString two = model.textOf(3, 4);
        QCOMPARE(two.count(u'\n'), 2);
        QVERIFY(two.contains(text(model, 3)));
        QVERIFY(two.contains(u"T"_s));
        QCOMPARE(model.textOf(5, 4), QString());
        QCOMPARE(model.allText().count(u'\n'), 1000);
    }

    void whatHindersIsTold_data()
    {
        QTest::addColumn<QString>("device");
        QTest::addColumn<int>("code");
        QTest::newRow("away") << u"meter-0114"_s << int(DeviceOffline);
        QTest::newRow("no permission") << u"gate-01"_s << int(Forbidden);
        QTest::newRow("no engine") << u"gate-02"_s << int(Unavailable);
    }
    void whatHindersIsTold()
    {
        QFETCH(const QString, device);
        QFETCH(const int, code);
        MockBackend backend(MockBackend::Mode::Default, false);
        LogModel model;
        model.setDeviceId(device);
        model.setContainer(u"ui"_s);
        model.setBackend(&backend);
        backend.start();
        QTRY_COMPARE(model.loading(), states::Loading::Failed);
        QCOMPARE(model.errorCode(), code);
        QVERIFY(!model.errorText().isEmpty());
    }
};

MUSTER_TEST(TestLogModel)
#include "tst_logmodel.moc"
