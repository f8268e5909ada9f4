// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/livebackend.h"
#include "mock/mockbackend.h"
#include "mock/server/fakeserver.h"
#include "qml/Muster/Approvals/approvalsmodel.h"
#include "qml/Muster/Commands/commandsmodel.h"
#include "qml/Muster/Containers/containersmodel.h"
#include "qml/Muster/Device/devicewatch.h"
#include "qml/Muster/Devices/devicesmodel.h"
#include "qml/Muster/Health/healthseries.h"
#include "qml/Muster/History/historymodel.h"
#include "qml/Muster/Logs/logmodel.h"
#include "tests/support/modeltest.h"

#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace std::chrono_literals;

namespace {

/// A connection that breaks while it is told something, and takes with it what was there to be told next.
class FragileLink : public Link
{
public:
    explicit FragileLink(ServerClock *clock)
        : Link(clock)
    {
        setState(State::Ready);
    }
    [[nodiscard]] QString serverAddress() const override { return {}; }
    void call(const QString &method, const QJsonObject &, QObject *, const Reply &reply) override
    {
        if (method == "Live.Subscribe"_L1)
            return reply(QJsonValue(QJsonObject{{"subscription"_L1, u"s%1"_s.arg(++lastId)}}));
        delete std::exchange(goesWithIt, nullptr);
    }
    void retryNow() override {}

    QObject *goesWithIt = nullptr;
    int lastId = 0;
};

} // namespace

/// A page that nobody looks at costs server and devices next to nothing, and is itself again at once.
class TestPause : public test::ModelTestCase
{
    Q_OBJECT

private:
    static LiveLink::Pace quick() { return {.firstPause = 20ms, .longestPause = 80ms, .ping = 50ms, .answer = 5s, .call = 5s}; }
    static inline const QStringList counts{u"fleet"_s};
    static inline const QString press = u"press-line-a"_s;

    /// Hears of a list that was emptied.
    struct Emptied
    {
        explicit Emptied(const QAbstractItemModel &model)
            : reset(&model, &QAbstractItemModel::modelReset)
            , removed(&model, &QAbstractItemModel::rowsRemoved)
        {
        }
        [[nodiscard]] qsizetype times() const { return reset.count() + removed.count(); }
        QSignalSpy reset;
        QSignalSpy removed;
    };

private slots:
    void whatEndsWhileOthersAreToldIsLeftAlone()
    {
        ServerClock clock;
        FragileLink link(&clock);
        Subscription *first = link.subscribe(u"approvals"_s, {}, &link);
        Subscription *second = link.subscribe(u"devices"_s, {}, &link);
        Subscription *third = link.subscribe(u"devices"_s, {}, &link);
        QTRY_VERIFY(first->isActive() && second->isActive() && third->isActive());
        link.goesWithIt = second;
        link.setPaused(true);
        QVERIFY(!first->isActive() && !third->isActive());
    }

    void whatNobodySeesIsNotSubscribedTo()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace(quick());
        DevicesModel devices;
        devices.setLink(backend.link());
        ApprovalsModel approvals;
        approvals.setLink(backend.link());
        CommandsModel commands;
        commands.setLink(backend.link());
        HistoryModel history;
        history.setLink(backend.link());
        history.setDeviceId(press);
        HealthSeries series;
        series.setBackend(&backend);
        series.setDeviceId(press);
        DeviceWatch watch;
        watch.setLink(backend.link());
        watch.setDeviceId(press);
        backend.open(server.url(), test::FakeServer::apiKey);
        const QStringList all = u"approvals commands device devices fleet health history"_s.split(u' ');
        QTRY_COMPARE(server.topics(), all);
        QTRY_VERIFY(devices.rowCount() == 1204 && approvals.rowCount() == 3 && commands.rowCount() > 0 && history.rowCount() > 0
                    && series.loading() == states::Loading::Loaded && watch.loading() == states::Loading::Loaded);
        const Emptied emptied[] = {Emptied(devices), Emptied(approvals), Emptied(commands), Emptied(history)};
        QSignalSpy states(backend.link(), &Link::stateChanged);

        backend.link()->setPaused(true);
        QVERIFY(backend.link()->isPaused());
        QTRY_COMPARE(server.topics(), counts);
        QVERIFY(backend.link()->isLive());
        // The counts go on: they stand in the title of a page that is hidden.
        const QJsonValue waiting = server.fleet.call(u"Approvals.List"_s, {}).value_or(QJsonValue());
        const QJsonValue first = waiting["items"_L1][0];
        QVERIFY(server.fleet.call(u"Approvals.Reject"_s, {{"id"_L1, first["id"_L1]}, {"fingerprint"_L1, first["fingerprint"_L1]}}));
        server.fleet.setNow(MockFleet::pictureTime + 20'000);
        server.tick();
        QTRY_COMPARE(backend.fleet()->counts().approvals, 2);
        QCOMPARE(approvals.rowCount(), 3);
        // What is opened meanwhile waits as well.
        DeviceWatch late;
        late.setLink(backend.link());
        late.setDeviceId(u"gate-01"_s);
        QTest::qWait(100);
        QCOMPARE(server.topics(), counts);
        for (const Emptied &list : emptied)
            QCOMPARE(list.times(), 0);

        server.called.clear();
        QSignalSpy windows(&devices, &DevicesModel::windowChanged);
        backend.link()->setPaused(false);
        QTRY_COMPARE(server.topics().size(), all.size() + 1);
        QTRY_COMPARE(approvals.rowCount(), 2);
        QTRY_VERIFY(windows.count() > 0);
        QTRY_COMPARE(late.device().id, u"gate-01"_s);
        QVERIFY(server.called.contains("Devices.Health"_L1)); // the hole is filled
        QTRY_COMPARE(series.loading(), states::Loading::Loaded);
        QCOMPARE(emptied[0].times(), 0);
        QCOMPARE(emptied[1].times(), 1); // the one that was decided on
        QCOMPARE(emptied[2].times(), 0);
        QCOMPARE(emptied[3].times(), 0);
        QCOMPARE(states.count(), 0);
    }

    void theHistoryHasNoHole_data()
    {
        QTest::addColumn<bool>("paused");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("fresh");
        QTest::addColumn<int>("shown");
        for (const bool paused : {true, false}) {
            const char *how = paused ? "pause" : "break";
            QTest::addRow("%s, few", how) << paused << QString() << 150 << 350;
            QTest::addRow("%s, more than come at once", how) << paused << QString() << 250 << 200;
            QTest::addRow("%s, one kind", how) << paused << u"key"_s << 250 << 1;
        }
    }
    void theHistoryHasNoHole()
    {
        QFETCH(const bool, paused);
        QFETCH(const QString, kind);
        QFETCH(const int, fresh);
        QFETCH(const int, shown);
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace(quick());
        HistoryModel model;
        const QAbstractItemModelTester tester(&model);
        model.setKind(kind);
        model.setLink(backend.link());
        model.setDeviceId(press);
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_COMPARE(model.count(), kind.isEmpty() ? 200 : 1);
        const qsizetype before = server.subscribed.size();
        const auto happen = [&server, fresh] {
            for (int i = 0; i < fresh; ++i)
                server.fleet.books().noteHistory(
                    press, {{"kind"_L1, "event"_L1}, {"name"_L1, "late"_L1}, {"time"_L1, timeToJson(server.fleet.now() + i)}});
        };
        if (paused) {
            backend.link()->setPaused(true);
            QTRY_COMPARE(server.topics(), counts);
            happen();
            backend.link()->setPaused(false);
        } else {
            happen();
            server.breakConnections();
        }
        QTRY_COMPARE(server.subscribed.size(), before + (paused ? 1 : 2));
        QTRY_COMPARE(model.at(0).name, kind.isEmpty() ? u"late"_s : u"accepted"_s);
        QTRY_COMPARE(model.count(), shown);
        QCOMPARE(model.hasMore(), kind.isEmpty());
        while (model.hasMore()) {
            const int here = model.count();
            model.loadMore();
            QTRY_VERIFY(model.count() > here);
        }
        // None missing, none twice.
        for (int row = 1; row < model.count(); ++row)
            QCOMPARE(model.at(row).row, model.at(row - 1).row - 1);
        if (kind.isEmpty())
            QCOMPARE(model.at(model.count() - 1).row, 1);
    }

    void aReconnectInThePauseSubscribesToTheCountsOnly()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace(quick());
        DevicesModel devices;
        devices.setLink(backend.link());
        HealthSeries series;
        series.setBackend(&backend);
        series.setDeviceId(press);
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_COMPARE(devices.rowCount(), 1204);
        QTRY_COMPARE(series.loading(), states::Loading::Loaded);
        backend.link()->setPaused(true);
        QTRY_COMPARE(server.topics(), counts);
        server.called.clear();
        server.breakConnections();
        QTRY_COMPARE(backend.link()->state(), Link::State::Reconnecting);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        QTRY_COMPARE(server.topics(), counts);
        QTest::qWait(100);
        server.called.removeAll(u"Live.Ping"_s);
        QCOMPARE(server.called, QStringList(u"Live.Subscribe"_s));
        QCOMPARE(devices.rowCount(), 1204);
        QCOMPARE(devices.loading(), states::Loading::Loaded);
        backend.link()->setPaused(false);
        QTRY_COMPARE(server.topics(), u"devices fleet health"_s.split(u' '));
    }

    void anAnswerThatComesIntoThePauseIsEnded_data()
    {
        QTest::addColumn<bool>("again");
        QTest::newRow("paused") << false;
        QTest::newRow("and looked at again") << true;
    }
    void anAnswerThatComesIntoThePauseIsEnded()
    {
        QFETCH(const bool, again);
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace(quick());
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_COMPARE(server.topics(), counts);
        ApprovalsModel approvals;
        approvals.setLink(backend.link());
        QCoreApplication::sendPostedEvents(); // the question is on its way, the answer is not
        backend.link()->setPaused(true);
        if (again)
            backend.link()->setPaused(false);
        QTRY_COMPARE(server.subscribed.size(), again ? 3 : 2);
        QTRY_COMPARE(server.topics(), again ? QStringList({u"approvals"_s, u"fleet"_s}) : counts);
        QTest::qWait(100);
        QCOMPARE(server.topics(), again ? QStringList({u"approvals"_s, u"fleet"_s}) : counts);
        QCOMPARE(approvals.rowCount(), again ? 3 : 0);
        server.fleet.setNow(MockFleet::pictureTime + 20'000);
        server.tick();
        QTRY_COMPARE(approvals.loading(), again ? states::Loading::Loaded : states::Loading::Underway);
    }

    void nothingIsAskedAgainInThePause()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        ContainersModel model;
        model.setDeviceId(press);
        model.setBackend(&backend);
        backend.start();
        QTRY_VERIFY(model.isMeasured());
        const auto points = [&model] { return model.data(model.index(0), ContainersModel::TrendRole).value<QList<double>>().size(); };
        QCOMPARE(points(), 1);
        backend.link()->setPaused(true);
        QSignalSpy stats(&model, &ContainersModel::statsChanged);
        for (int i = 0; i < 10; ++i)
            backend.step();
        QVERIFY(!stats.wait(50));
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        backend.link()->setPaused(false);
        QTRY_COMPARE(points(), 2);
        QVERIFY(!stats.wait(50)); // once
        QCOMPARE(removed.count(), 0);
    }

    void theClockOfThePageStandsStill()
    {
        MockBackend backend;
        backend.start();
        QSignalSpy moved(backend.clock(), &ServerClock::nowChanged);
        backend.link()->setPaused(true);
        QVERIFY(!moved.wait(2'300));
        backend.link()->setPaused(false);
        QCOMPARE(moved.count(), 1); // ages are right at once
        QVERIFY(moved.wait(1'500));
    }

    void aLogGoesOnWhereItWas()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace(quick());
        LogModel log;
        log.setTail(20'000); // several windows
        log.setDeviceId(press);
        log.setContainer(u"ui"_s);
        log.setBackend(&backend);
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_VERIFY(log.count() > 5'000);
        const Emptied emptied(log);
        // In the middle of it: what is not granted does not come.
        backend.link()->setPaused(true);
        QTRY_COMPARE(server.topics(), counts);
        const int held = log.count();
        server.called.clear();
        QTest::qWait(200);
        QCOMPARE(log.count(), held);
        QVERIFY(!server.called.contains("Live.Credit"_L1));
        server.fleet.setNow(server.fleet.now() + 60'000);
        backend.link()->setPaused(false);
        QTRY_COMPARE(log.count(), 20'000 + 58);
        QCOMPARE(emptied.times(), 0);
        // None twice, none missing, in order.
        QString before;
        for (int row = 0; row < log.count(); ++row) {
            const QString stamp = log.textOf(row, row).left(24);
            QVERIFY2(before < stamp, qPrintable(u"%1 after %2 in row %3"_s.arg(stamp, before).arg(row)));
            before = stamp;
        }
    }

    void signedOutInThePause()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace(quick());
        ApprovalsModel approvals;
        approvals.setLink(backend.link());
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_COMPARE(approvals.rowCount(), 3);
        backend.link()->setPaused(true);
        server.signOutAll(u"Somebody ended it"_s);
        QTRY_COMPARE(backend.link()->state(), Link::State::SignedOut);
        QCOMPARE(backend.fleet()->counts().approvals, 0);
        backend.link()->setPaused(false);
        QCOMPARE(backend.link()->state(), Link::State::SignedOut);
        backend.account()->signIn(u"admin"_s, u"correct horse"_s);
        QTRY_COMPARE(server.topics(), QStringList({u"approvals"_s, u"fleet"_s}));
    }
};

MUSTER_TEST(TestPause)
#include "tst_pause.moc"
