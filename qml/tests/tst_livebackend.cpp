// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/livebackend.h"
#include "mock/server/fakeserver.h"
#include "qml/Muster/Devices/devicesmodel.h"
#include "qml/Muster/Logs/logmodel.h"
#include "tests/support/testcase.h"

#include <QSignalSpy>

#include <optional>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace std::chrono_literals;

namespace {

/// The socket of this platform, whose messages wait while the program that reads them sleeps.
class SleepySocket : public Socket
{
public:
    explicit SleepySocket(const bool &asleep)
        : m_asleep(asleep)
        , m_socket(makeSocket())
    {
        connect(m_socket.get(), &Socket::opened, this, &Socket::opened);
        connect(m_socket.get(), &Socket::closed, this, &Socket::closed);
        connect(m_socket.get(), &Socket::received, this, [this](const QString &text) {
            m_waiting << text;
            wake();
        });
    }

    void open(const QUrl &url, const QString &bearer) override { m_socket->open(url, bearer); }
    void send(const QString &text) override { m_socket->send(text); }
    void close() override { m_socket->close(); }
    void wake()
    {
        while (!m_asleep && !m_waiting.isEmpty())
            emit received(m_waiting.takeFirst());
    }

private:
    const bool &m_asleep;
    QStringList m_waiting;
    std::unique_ptr<Socket> m_socket;
};

} // namespace

class TestLiveBackend : public test::TestCase
{
    Q_OBJECT

private:
    static LiveLink::Pace quick() { return {.firstPause = 20ms, .longestPause = 80ms, .ping = 50ms, .answer = 300ms, .call = 2s}; }

private slots:
    void anApiKeyGoesStraightIn()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        QCOMPARE(backend.link()->state(), Link::State::Disconnected);
        backend.open(server.url(), test::FakeServer::apiKey);
        QCOMPARE(backend.link()->state(), Link::State::Connecting);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        QCOMPARE(backend.account()->session().user, u"admin"_s);
        QCOMPARE(backend.account()->session().serverName, u"workshop.local"_s);
        QTRY_COMPARE(backend.fleet()->counts().devices, 1204);
        QTRY_VERIFY(backend.link()->roundTripMs() >= 0);
        QCOMPARE(backend.link()->serverAddress(), u"127.0.0.1:%1"_s.arg(server.port()));
        // The server's clock is the one that counts.
        QTRY_VERIFY(std::abs(backend.clock()->now() - MockFleet::pictureTime) < 2'000);
    }

    void aPasswordSignsInAndOut()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.open(server.url());
        QTRY_COMPARE(backend.link()->state(), Link::State::SignedOut);
        QVERIFY(backend.link()->trouble().isEmpty());
        backend.account()->signIn(u"admin"_s, u"no"_s);
        QVERIFY(backend.account()->isSigningIn());
        QTRY_COMPARE(backend.account()->signInError(), u"Name or password is wrong"_s);
        QCOMPARE(backend.link()->state(), Link::State::SignedOut);
        backend.account()->signIn(u" admin "_s, u"correct horse"_s);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        QVERIFY(!backend.token().isEmpty());
        QVERIFY(backend.account()->signInError().isEmpty());
        QVERIFY(!backend.account()->isSigningIn());
        backend.account()->signOut();
        QCOMPARE(backend.link()->state(), Link::State::SignedOut);
        QVERIFY(backend.token().isEmpty());
        QTRY_COMPARE(server.connections(), 0);
    }

    void aLinkSignsIn()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        // As `muster --connect LINK` does it: without waiting for the first answer.
        backend.open(server.url());
        backend.account()->redeem(server.url().toString() + u"/#/sign-in/"_s + test::FakeServer::linkToken);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
    }

    void aUsedLinkIsRefusedInWords()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.open(server.url());
        backend.account()->redeem(u"old"_s);
        QTRY_COMPARE(backend.link()->state(), Link::State::SignedOut);
        QVERIFY(backend.account()->signInError().contains("too old"_L1));
    }

    void aBackupMayTakeLongerThanOtherCalls()
    {
        test::FakeServer server;
        server.unanswered = QStringList{u"Server.Backup"_s, u"Audit.List"_s};
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace({.firstPause = 20ms, .longestPause = 80ms, .ping = 50ms, .answer = 5s, .call = 200ms});
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        QList<Result<QJsonValue>> backup;
        QList<Result<QJsonValue>> audit;
        backend.link()->call(u"Server.Backup"_s, {}, this, [&](const Result<QJsonValue> &answer) { backup << answer; });
        backend.link()->call(u"Audit.List"_s, {}, this, [&](const Result<QJsonValue> &answer) { audit << answer; });
        QTRY_COMPARE(audit.size(), 1);
        QVERIFY(!audit.first());
        QCOMPARE(audit.first().error().code, int(TimedOut));
        QVERIFY2(backup.isEmpty(), "the backup was given up");
        // It ends with its line, all the same.
        server.breakConnections();
        QTRY_COMPARE(backup.size(), 1);
        QVERIFY(!backup.first());
    }

    void theFirstStartMakesAnAccount()
    {
        test::FakeServer server;
        server.setupNeeded = true;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.open(server.url());
        QTRY_VERIFY(backend.account()->isSetupNeeded());
        backend.account()->completeSetup(u"wrong"_s, u"eva"_s, u"pw"_s);
        QTRY_VERIFY(!backend.account()->signInError().isEmpty());
        backend.account()->completeSetup(test::FakeServer::setupToken, u"eva"_s, u"pw"_s);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        QVERIFY(!backend.account()->isSetupNeeded());
    }

    void aKeyThatIsNotKnownEndsAtTheSignInPage()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace(quick());
        QSignalSpy failures(backend.link(), &LiveLink::attemptFailed);
        backend.open(server.url(), u"unknown"_s);
        QTRY_COMPARE(backend.link()->state(), Link::State::SignedOut);
        QVERIFY(!backend.link()->trouble().isEmpty());
        QCOMPARE(failures.count(), 0);
    }

    void anUnreachableServerIsTriedAgain()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        const quint16 port = server.port();
        const QUrl url = server.url();
        server.stop();
        LiveBackend backend;
        backend.link()->setPace(quick());
        QSignalSpy failures(backend.link(), &LiveLink::attemptFailed);
        backend.open(url, test::FakeServer::apiKey);
        QTRY_VERIFY(failures.count() >= 2);
        QCOMPARE(backend.link()->state(), Link::State::Connecting);
        QVERIFY(!backend.link()->trouble().isEmpty());
        QVERIFY(server.listen(port));
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        QVERIFY(backend.link()->trouble().isEmpty());
    }

    void aServerThatIsUnwellIsNotTakenForASignOut()
    {
        test::FakeServer server;
        server.sessionStatus = 503;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace(quick());
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_VERIFY(server.sessionQuestions >= 2);
        QCOMPARE(backend.link()->state(), Link::State::Connecting);
        QCOMPARE(backend.link()->trouble(), u"The server is being looked after"_s);
        server.sessionStatus = 0;
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
    }

    void anAnswerThatOpensNothingIsToldInWords()
    {
        test::FakeServer server;
        server.noSockets = true;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace(quick());
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_COMPARE(backend.link()->trouble(), u"The server answered with HTTP status 403 instead of a live connection"_s);
        server.noSockets = false;
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
    }

    void afterABreakEverythingIsSubscribedAgain()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace(quick());
        DevicesModel model;
        model.setLink(backend.link());
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_COMPARE(model.rowCount(), 1204);
        server.subscribed.clear();

        bool answered = false;
        Result<QJsonValue> late;
        server.mute = true;
        backend.link()->call(u"Server.Info"_s, {}, this, [&](const Result<QJsonValue> &answer) {
            answered = true;
            late = answer;
        });
        server.breakConnections();
        QTRY_COMPARE(backend.link()->state(), Link::State::Reconnecting);
        QVERIFY(backend.link()->staleSince() > 0);
        QVERIFY(answered); // a call in flight does not hang
        QVERIFY(!late);
        QCOMPARE(late.error().code, int(Unavailable));
        QCOMPARE(model.rowCount(), 1204);
        server.mute = false;
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        QCOMPARE(backend.link()->staleSince(), 0);
        QTRY_COMPARE(server.subscribed.size(), 2);
        QVERIFY(server.subscribed.contains("fleet"_L1) && server.subscribed.contains("devices"_L1));
        // And they work.
        server.fleet.setNow(MockFleet::pictureTime + 20'000);
        QSignalSpy windows(&model, &DevicesModel::windowChanged);
        server.tick();
        QTRY_VERIFY(windows.count() > 0);
    }

    void aSilentServerCountsAsLost()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace(quick());
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        server.mute = true;
        QTRY_COMPARE(backend.link()->state(), Link::State::Reconnecting);
        server.mute = false;
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
    }

    void whoAsksSeldomHearsSeldomAndLives()
    {
        // As in a tab that nobody sees: browsers let its timers tick once a minute.
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        LiveLink::Pace seldom = quick();
        seldom.ping = 400ms;
        seldom.answer = 200ms;
        backend.link()->setPace(seldom);
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        QSignalSpy states(backend.link(), &Link::stateChanged);
        QTRY_VERIFY(server.called.count(u"Live.Ping"_s) >= 5);
        QCOMPARE(states.count(), 0);
    }

    void whoSleptJudgesNobody()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        qint64 time = 0;
        bool asleep = false;
        QPointer<SleepySocket> socket;
        LiveLink::Pace patient = quick();
        patient.answer = 2s;
        backend.link()->setPace(patient);
        backend.link()->setMonotonic([&time] { return time; });
        backend.link()->setSocketMaker([&] {
            auto made = std::make_unique<SleepySocket>(asleep);
            socket = made.get();
            return made;
        });
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        asleep = true;
        server.called.clear();
        QTRY_VERIFY(server.called.contains("Live.Ping"_L1));
        time += 600'000; // the lid was closed
        QTRY_VERIFY(server.called.count(u"Live.Ping"_s) >= 2);
        QCOMPARE(backend.link()->state(), Link::State::Ready);
        asleep = false;
        socket->wake();
        QCOMPARE(backend.link()->state(), Link::State::Ready);
        QVERIFY2(std::abs(backend.clock()->now() - MockFleet::pictureTime) < 10'000, "the clock took the sleep for the way of an answer");
        // Who does not answer after that is lost.
        asleep = true;
        server.called.clear();
        QTRY_VERIFY(server.called.contains("Live.Ping"_L1));
        time += 2'400;
        QTRY_COMPARE(backend.link()->state(), Link::State::Reconnecting);
    }

    void aRevokedSessionEndsAtOnce()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace(quick());
        backend.open(server.url());
        QTRY_COMPARE(backend.link()->state(), Link::State::SignedOut);
        backend.account()->signIn(u"admin"_s, u"correct horse"_s);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        server.signOutAll(u"An administrator has ended this session"_s);
        QTRY_COMPARE(backend.link()->state(), Link::State::SignedOut);
        QCOMPARE(backend.link()->trouble(), u"An administrator has ended this session"_s);
        QVERIFY(backend.token().isEmpty());
    }

    void aSessionThatEndedDuringABreakEndsAtTheSignInPage()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace(quick());
        backend.open(server.url());
        QTRY_COMPARE(backend.link()->state(), Link::State::SignedOut);
        backend.account()->signIn(u"admin"_s, u"correct horse"_s);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        const quint16 port = server.port();
        server.signOutAll({});
        server.stop();
        QVERIFY(server.listen(port));
        QTRY_COMPARE(backend.link()->state(), Link::State::SignedOut);
    }

    void errorsOfCallsKeepTheirCode()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        Result<QJsonValue> got;
        backend.link()->call(u"Devices.Get"_s, {{"id"_L1, "nobody"_L1}}, this, [&got](const Result<QJsonValue> &answer) { got = answer; });
        QTRY_VERIFY(!got);
        QCOMPARE(got.error().code, int(NotFound));
    }

    void callsOutsideOfReadyFailLater()
    {
        LiveBackend backend;
        int answers = 0;
        backend.link()->call(u"Server.Info"_s, {}, this, [&answers](const Result<QJsonValue> &answer) {
            ++answers;
            QVERIFY(!answer);
        });
        QCOMPARE(answers, 0);
        QTRY_COMPARE(answers, 1);
    }

    void aDeletedContextIsNotCalled()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        bool called = false;
        {
            QObject context;
            backend.link()->call(u"Server.Info"_s, {}, &context, [&called](const Result<QJsonValue> &) { called = true; });
        }
        bool second = false;
        backend.link()->call(u"Server.Info"_s, {}, this, [&second](const Result<QJsonValue> &) { second = true; });
        QTRY_VERIFY(second);
        QVERIFY(!called);
    }

    void closingEndsTheWish()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        backend.close();
        QCOMPARE(backend.link()->state(), Link::State::Disconnected);
        QTRY_COMPARE(server.connections(), 0);
    }

    void aLogFlowsOverTheSocketAndIsTakenUpAgain()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace(quick());
        LogModel log;
        log.setTail(20'000); // several windows: it goes on only by credit
        log.setDeviceId(u"press-line-a"_s);
        log.setContainer(u"ui"_s);
        log.setBackend(&backend);
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_COMPARE(log.count(), 20'000);
        const QString last = log.textOf(19'999, 19'999);
        server.breakConnections();
        QTRY_COMPARE(backend.link()->state(), Link::State::Reconnecting);
        QCOMPARE(log.count(), 20'000);
        server.fleet.setNow(server.fleet.now() + 60'000);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        QTRY_COMPARE(log.count(), 20'000 + 58);
        QCOMPARE(log.textOf(19'999, 19'999), last);
        QVERIFY(log.textOf(20'000, 20'000) != last);
    }
};

MUSTER_TEST(TestLiveBackend)
#include "tst_livebackend.moc"
