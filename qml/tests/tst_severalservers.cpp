// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/knownservers.h"
#include "client/link/livebackend.h"
#include "mock/server/fakeserver.h"
#include "tests/support/testcase.h"

#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace std::chrono_literals;

/// Servers that share a database, and a client that looks for the one that leads.
class TestSeveralServers : public test::TestCase
{
    Q_OBJECT

private:
    static constexpr LiveLink::Pace quick{.firstPause = 20ms, .longestPause = 80ms, .ping = 50ms, .answer = 300ms, .call = 2s};

    /// Where nobody listens.
    static QUrl nowhere()
    {
        test::FakeServer server;
        if (!server.listen())
            qFatal("no port");
        return server.url();
    }
    static QString placeOf(const test::FakeServer &server) { return u"127.0.0.1:%1"_s.arg(server.port()); }

private slots:
    void theOneThatLeadsIsFound()
    {
        test::FakeServer leader;
        test::FakeServer standby;
        QVERIFY(leader.listen());
        standby.leader = leader.url().toEncoded();
        QVERIFY(standby.listen());
        LiveBackend backend;
        backend.link()->setPace(quick);
        QSignalSpy failures(backend.link(), &LiveLink::attemptFailed);
        QSignalSpy moves(backend.link(), &Link::movedTo);
        // The first is away; the second names one that nobody else has.
        backend.open(QList<QUrl>{nowhere(), standby.url()}, test::FakeServer::apiKey);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        QCOMPARE(backend.link()->serverAddress(), placeOf(leader));
        QCOMPARE(failures.count(), 2);
        QCOMPARE(failures[0][2].toBool(), true); // another one was tried
        QCOMPARE(failures[1][1].toString(), placeOf(standby));
        QVERIFY2(moves.isEmpty(), "it was nowhere before");
    }

    void itMovesWithTheLead()
    {
        test::FakeServer first;
        test::FakeServer second;
        QVERIFY(first.listen());
        second.leader = first.url().toEncoded();
        QVERIFY(second.listen());
        const quint16 port = second.port();
        LiveBackend backend;
        backend.link()->setPace(quick);
        QSignalSpy moves(backend.link(), &Link::movedTo);
        backend.open(QList<QUrl>{first.url(), second.url()}, {});
        QTRY_COMPARE(backend.link()->state(), Link::State::SignedOut);
        backend.account()->signIn(u"admin"_s, u"correct horse"_s);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        const QString token = backend.token();
        // The other one's turn. What is kept is in the database: it knows the same sessions.
        second.stop();
        second.leader.reset();
        second.addToken(token);
        QVERIFY(second.listen(port));
        first.stop();
        QTRY_COMPARE(moves.count(), 1);
        QCOMPARE(moves[0][0].toString(), placeOf(second));
        QCOMPARE(backend.link()->state(), Link::State::Ready);
        QCOMPARE(backend.token(), token);
        QVERIFY(backend.link()->trouble().isEmpty());
        QTRY_COMPARE(backend.fleet()->counts().devices, 1204);
    }

    void whileItLooksItSaysWhereItWas()
    {
        test::FakeServer first;
        QVERIFY(first.listen());
        LiveBackend backend;
        backend.link()->setPace(quick);
        const QString place = placeOf(first);
        backend.open(QList<QUrl>{first.url(), nowhere()}, test::FakeServer::apiKey);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        QStringList said;
        connect(backend.link(), &Link::troubleChanged, this, [&] { said << backend.link()->trouble(); });
        first.stop();
        QTRY_COMPARE(backend.link()->state(), Link::State::Reconnecting);
        QTRY_VERIFY(!said.filter(place + u": "_s).isEmpty());
    }

    void whoSignsInIsSentOn()
    {
        test::FakeServer first;
        test::FakeServer second;
        QVERIFY(first.listen());
        QVERIFY(second.listen());
        LiveBackend backend;
        backend.link()->setPace(quick);
        backend.open(QList<QUrl>{first.url(), second.url()}, {});
        QTRY_COMPARE(backend.link()->state(), Link::State::SignedOut);
        // While somebody looks for their password the other one takes over, and the first comes back as one that stands by.
        const quint16 port = first.port();
        first.stop();
        first.leader = second.url().toEncoded();
        QVERIFY(first.listen(port));
        backend.account()->signIn(u"admin"_s, u"correct horse"_s);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        QCOMPARE(backend.link()->serverAddress(), placeOf(second));
        // And the same where it is away.
        backend.account()->signOut();
        QCOMPARE(backend.link()->state(), Link::State::SignedOut);
        first.stop();
        first.leader.reset();
        QVERIFY(first.listen(port));
        second.stop();
        backend.account()->signIn(u"admin"_s, u"correct horse"_s);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        QCOMPARE(backend.link()->serverAddress(), placeOf(first));
    }

    void aPasswordThatIsWrongIsAskedOfNobodyElse()
    {
        test::FakeServer first;
        test::FakeServer second;
        QVERIFY(first.listen());
        QVERIFY(second.listen());
        LiveBackend backend;
        backend.open(QList<QUrl>{first.url(), second.url()}, {});
        QTRY_COMPARE(backend.link()->state(), Link::State::SignedOut);
        backend.account()->signIn(u"admin"_s, u"no"_s);
        QTRY_COMPARE(backend.account()->signInError(), u"Name or password is wrong"_s);
        QCOMPARE(backend.link()->serverAddress(), placeOf(first));
    }

    void whatIsToldIsTriedWhenTheOthersAreGone()
    {
        test::FakeServer first;
        test::FakeServer second;
        QVERIFY(first.listen());
        QVERIFY(second.listen());
        first.servers = QStringList{first.url().toString(), second.url().toString(), u"javascript:alert(1)"_s, u"http://198.51.100.7"_s};
        LiveBackend backend;
        backend.link()->setPace(quick);
        KnownServers known(backend.link());
        connect(&known, &KnownServers::told, backend.link(), &LiveLink::setTold);
        QSignalSpy told(&known, &KnownServers::told);
        backend.open(first.url(), test::FakeServer::apiKey);
        QTRY_COMPARE(told.count(), 1);
        QCOMPARE(backend.link()->told(), QList<QUrl>{second.url()});
        first.stop();
        QTRY_COMPARE(backend.link()->serverAddress(), placeOf(second));
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
    }

    void twoThatNameEachOtherAreLeftAlone()
    {
        test::FakeServer first;
        test::FakeServer second;
        first.leader = QByteArray();
        QVERIFY(first.listen());
        second.leader = first.url().toEncoded();
        QVERIFY(second.listen());
        first.leader = second.url().toEncoded();
        LiveBackend backend;
        // A pause that shows: only what is sent on is asked soon.
        backend.link()->setPace({.firstPause = 1ms, .longestPause = 60s, .ping = 50ms, .answer = 300ms, .call = 2s});
        QSignalSpy failures(backend.link(), &LiveLink::attemptFailed);
        backend.open(QList<QUrl>{first.url(), second.url()}, test::FakeServer::apiKey);
        const auto pauses = [&failures] {
            return std::ranges::count_if(failures, [](const QList<QVariant> &failure) { return !failure[2].toBool(); });
        };
        QTRY_VERIFY(pauses() >= 4);
        QVERIFY2(failures.count() < 40, qPrintable(QString::number(failures.count())));
    }

    void nobodyIsFollowedWhoShouldNotBe_data()
    {
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("javascript") << "javascript:alert(1)"_ba;
        QTest::newRow("another scheme") << "ftp://127.0.0.1"_ba;
        QTest::newRow("no address") << "<leader>"_ba;
        QTest::newRow("plain text elsewhere") << "http://198.51.100.7"_ba;
        QTest::newRow("a user") << "https://eva:secret@127.0.0.1"_ba;
        QTest::newRow("10 kB") << "http://127.0.0.1/" + QByteArray(10 * 1024, 'a');
        QTest::newRow("no UTF-8") << "http://\xff\xfe"_ba;
    }
    void nobodyIsFollowedWhoShouldNotBe()
    {
        QFETCH(const QByteArray, named);
        test::FakeServer standby;
        standby.leader = named;
        QVERIFY(standby.listen());
        LiveBackend backend;
        backend.link()->setPace(quick);
        QSignalSpy failures(backend.link(), &LiveLink::attemptFailed);
        QSignalSpy addresses(backend.link(), &Link::serverAddressChanged);
        backend.open(standby.url(), test::FakeServer::apiKey);
        QTRY_VERIFY(failures.count() >= 2);
        QCOMPARE(addresses.count(), 1); // by open()
        QCOMPARE(backend.link()->serverAddress(), placeOf(standby));
    }

    void aRedirectWithoutALeaderIsNotFollowed()
    {
        // A key is shown to who was named, and not to wherever an HTTP server sends its visitors.
        test::FakeServer other;
        QVERIFY(other.listen());
        test::FakeServer server;
        server.sessionStatus = 307;
        QVERIFY(server.listen());
        LiveBackend backend;
        backend.link()->setPace(quick);
        QSignalSpy failures(backend.link(), &LiveLink::attemptFailed);
        backend.open(server.url(), test::FakeServer::apiKey);
        QTRY_VERIFY(failures.count() >= 2);
        QVERIFY(other.credentials.isEmpty());
    }
};

MUSTER_TEST(TestSeveralServers)
#include "tst_severalservers.moc"
