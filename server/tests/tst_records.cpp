// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tests/fleethouse.h"
#include "tests/support/testcase.h"

using namespace muster;
using namespace muster::fleet;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// Devices that people made, and that a token is the only proof of.
class RecordsTest : public test::TestCase
{
    Q_OBJECT

    const Decider me{.name = u"me"_s, .session = u"s"_s, .address = u"::1"_s};

    static QByteArray make(FleetHouse &house, const QString &id, const QString &name = {})
    {
        const auto made = FleetHouse::wait(
            house.fleet->records().make({.id = id, .name = name, .door = u"mdash"_s}, {.name = u"me"_s, .session = {}, .address = {}}));
        return made ? (*made)["token"_L1].toString().toLatin1() : QByteArray();
    }
    static std::shared_ptr<FakeLink> come(const FleetHouse &house, const QString &id, const QByteArray &token)
    {
        auto link = std::make_shared<FakeLink>();
        link->able = Ability::Calls;
        house.fleet->introduce(link, {.deviceId = id,
                                      .key = {},
                                      .tokenHash = TokenBook::hashOf(token),
                                      .door = u"mdash"_s,
                                      .address = u"10.0.0.9"_s,
                                      .bootId = {},
                                      .machine = {},
                                      .agent = {}});
        (void)eventually([&] { return !link->told.isEmpty() || link->closedNow; });
        return link;
    }
    static QStringList namesIn(FleetHouse &house, const QString &id)
    {
        (void)FleetHouse::wait(house.fleet->history().flush());
        QStringList names;
        const auto rows = FleetHouse::wait(house.fleet->history().store().list(id, {}, 100, 0));
        for (const auto &row : *rows)
            names.append(row.name);
        return names;
    }
    static store::CommandState stateOf(FleetHouse &house, const QString &command)
    {
        return FleetHouse::wait(house.commandStore.get(command))->state;
    }
    QString order(FleetHouse &house, const QString &device, const QString &method = u"Lamp.Toggle"_s)
    {
        const auto made = FleetHouse::wait(house.commands->create({.devices = {device},
                                                                   .method = method,
                                                                   .params = {{"n"_L1, 1}},
                                                                   .expiresAt = QDateTime::currentMSecsSinceEpoch() + 3'600'000,
                                                                   .bulk = {}},
                                                                  {{.name = u"me"_s, .session = {}, .address = {}}, 1}));
        return made ? made->first()["id"_L1].toString() : QString();
    }

private slots:
    void isMadeAndComes()
    {
        FleetHouse house;
        const QByteArray token = make(house, u"lamp"_s, u"Hall"_s);
        QCOMPARE(token.size(), 24);
        QCOMPARE(house.fleet->records().tokens().deviceOf(TokenBook::hashOf(token)), u"lamp"_s);
        const auto link = come(house, u"lamp"_s, token);
        QCOMPARE(link->told, QList{Standing::Accepted});
        const QJsonObject row = *house.fleet->registry().device(u"lamp"_s);
        QCOMPARE(row["trust"_L1].toString(), u"token"_s);
        QCOMPARE(row["name"_L1].toString(), u"Hall"_s);
        QCOMPARE(row["door"_L1].toString(), u"mdash"_s);
        QVERIFY(row["key"_L1].isNull());
        QVERIFY(row["token"_L1]["is_given"_L1].toBool());
        QCOMPARE(row["abilities"_L1].toArray(), QJsonArray{"calls"_L1});
    }

    void isThereAfterARestart()
    {
        FleetHouse house;
        const QByteArray token = make(house, u"lamp"_s);
        QVERIFY(FleetHouse::wait(house.fleet->records().rename(u"lamp"_s, u"Hall"_s, me)));
        house.crash();
        QCOMPARE((*house.fleet->registry().device(u"lamp"_s))["name"_L1].toString(), u"Hall"_s);
        QCOMPARE(come(house, u"lamp"_s, token)->told, QList{Standing::Accepted});
    }

    void aSignedOneKeepsItsName()
    {
        FleetHouse house;
        const auto key = KeyPair::generate(Algorithm::EdDSA);
        (void)house.acceptedDevice(u"pump"_s, *key);
        QVERIFY(FleetHouse::wait(house.fleet->records().rename(u"pump"_s, u"North"_s, me)));
        house.restart();
        (void)house.connectDevice(u"pump"_s, *key);
        const QJsonObject row = *house.fleet->registry().device(u"pump"_s);
        QCOMPARE(row["name"_L1].toString(), u"North"_s);
        QCOMPARE(row["trust"_L1].toString(), u"signed"_s);
        QCOMPARE(row["key"_L1]["fingerprint"_L1].toString(), key->publicKey().fingerprint());
    }

    void idsAreTakenOnce()
    {
        FleetHouse house;
        QVERIFY(!make(house, u"lamp"_s).isEmpty());
        const auto again = FleetHouse::wait(house.fleet->records().make({.id = u"lamp"_s, .name = {}, .door = u"mdash"_s}, me));
        QCOMPARE(again.error().code, int(Conflict));
        const auto bad = FleetHouse::wait(house.fleet->records().make({.id = u"a lamp"_s, .name = {}, .door = u"mdash"_s}, me));
        QCOMPARE(bad.error().code, int(InvalidParams));
        // Two at once.
        auto first = house.fleet->records().make({.id = u"twice"_s, .name = {}, .door = u"mdash"_s}, me);
        auto second = house.fleet->records().make({.id = u"twice"_s, .name = {}, .door = u"mdash"_s}, me);
        QCOMPARE(int(FleetHouse::wait(first).has_value()) + int(FleetHouse::wait(second).has_value()), 1);
    }

    void aNameMayNotDeceive()
    {
        FleetHouse house;
        QVERIFY(!make(house, u"lamp"_s).isEmpty());
        QCOMPARE(FleetHouse::wait(house.fleet->records().rename(u"lamp"_s, QString(300, u'x'), me)).error().code, int(InvalidParams));
        QCOMPARE(FleetHouse::wait(house.fleet->records().rename(u"lamp"_s, u"a\u202Eb"_s, me)).error().code, int(InvalidParams));
        QCOMPARE((*FleetHouse::wait(house.fleet->records().rename(u"lamp"_s, u" Flur "_s, me)))["name"_L1].toString(), u"Flur"_s);
        QCOMPARE((*FleetHouse::wait(house.fleet->records().rename(u"lamp"_s, {}, me)))["name"_L1].toString(), u"lamp"_s);
    }

    void aRenewedTokenEndsTheOldOne()
    {
        FleetHouse house;
        const QByteArray old = make(house, u"lamp"_s);
        const auto link = come(house, u"lamp"_s, old);
        const auto renewed = FleetHouse::wait(house.fleet->records().renewToken(u"lamp"_s, me));
        QVERIFY(renewed);
        QCOMPARE(link->told.last(), Standing::Rejected);
        QVERIFY(!house.fleet->registry().isOnline(u"lamp"_s));
        QVERIFY(!house.fleet->records().tokens().deviceOf(TokenBook::hashOf(old)));
        QCOMPARE(come(house, u"lamp"_s, old)->told, QList{Standing::Rejected});
        QCOMPARE(come(house, u"lamp"_s, (*renewed)["token"_L1].toString().toLatin1())->told, QList{Standing::Accepted});
        QVERIFY(namesIn(house, u"lamp"_s).contains(u"renewed"_s));
    }

    void aTokenThatWasTakenBackStaysSo()
    {
        FleetHouse house;
        const QByteArray token = make(house, u"lamp"_s);
        const auto link = come(house, u"lamp"_s, token);
        QVERIFY(FleetHouse::wait(house.fleet->records().takeTokenBack(u"lamp"_s, me)));
        QCOMPARE(link->told.last(), Standing::Rejected);
        house.crash();
        QVERIFY(!house.fleet->records().tokens().deviceOf(TokenBook::hashOf(token)));
        QCOMPARE(come(house, u"lamp"_s, token)->told, QList{Standing::Rejected});
        QVERIFY(!(*house.fleet->registry().device(u"lamp"_s))["token"_L1]["is_given"_L1].toBool(true));
        // Two devices without a token are two devices.
        QVERIFY(!make(house, u"second"_s).isEmpty());
        QVERIFY(FleetHouse::wait(house.fleet->records().takeTokenBack(u"second"_s, me)));
    }

    void aForgottenOneIsGone()
    {
        FleetHouse house;
        const QByteArray token = make(house, u"lamp"_s);
        const auto link = come(house, u"lamp"_s, token);
        QVERIFY(FleetHouse::wait(house.fleet->enrolment().forget(u"lamp"_s, me)));
        QVERIFY(link->closedNow);
        QVERIFY(!house.fleet->records().tokens().deviceOf(TokenBook::hashOf(token)));
        house.crash();
        QVERIFY(!house.fleet->registry().knows(u"lamp"_s));
        QVERIFY(!make(house, u"lamp"_s).isEmpty());
    }

    void aKeyDoesNotBecomeADeviceWithAToken()
    {
        FleetHouse house;
        QVERIFY(!make(house, u"lamp"_s).isEmpty());
        const auto link = house.connectDevice(u"lamp"_s, *KeyPair::generate(Algorithm::EdDSA));
        QCOMPARE(link->told, QList{Standing::Rejected});
        QVERIFY(link->reasons.last().contains("token"_L1));
        QCOMPARE(house.fleet->enrolment().list({})["total"_L1].toInt(), 0);
    }

    void aKeyThatWaitedIsNotAcceptedOverAToken()
    {
        FleetHouse house;
        (void)house.connectDevice(u"lamp"_s, *KeyPair::generate(Algorithm::EdDSA));
        QVERIFY(!make(house, u"lamp"_s).isEmpty());
        const auto decided = house.decide(house.newestApproval(), store::KeyState::Accepted);
        QCOMPARE(decided.error().code, int(Conflict));
        QCOMPARE((*house.fleet->registry().device(u"lamp"_s))["trust"_L1].toString(), u"token"_s);
    }

    void signedOnesHaveNoTokens()
    {
        FleetHouse house;
        (void)house.acceptedDevice(u"pump"_s, *KeyPair::generate(Algorithm::EdDSA));
        QCOMPARE(FleetHouse::wait(house.fleet->records().renewToken(u"pump"_s, me)).error().code, int(Conflict));
        QVERIFY(house.fleet->registry().isOnline(u"pump"_s));
    }

    void aTwinIsTold()
    {
        FleetHouse house;
        const QByteArray token = make(house, u"lamp"_s);
        const auto first = come(house, u"lamp"_s, token);
        const auto second = come(house, u"lamp"_s, token);
        QVERIFY(first->closedNow);
        QVERIFY(!second->closedNow);
        QVERIFY(namesIn(house, u"lamp"_s).contains(u"twin"_s));
        // One that has gone before is no twin.
        FleetHouse other;
        const QByteArray another = make(other, u"lamp"_s);
        come(other, u"lamp"_s, another)->drop(u"gone"_s);
        (void)come(other, u"lamp"_s, another);
        QVERIFY(!namesIn(other, u"lamp"_s).contains(u"twin"_s));
    }

    void aCommandIsCalledOnceAndEndsWithTheAnswer()
    {
        FleetHouse house;
        const QByteArray token = make(house, u"lamp"_s);
        const QString command = order(house, u"lamp"_s);
        QCOMPARE(stateOf(house, command), store::CommandState::Queued);
        const auto link = come(house, u"lamp"_s, token);
        QTRY_COMPARE(stateOf(house, command), store::CommandState::Done);
        QCOMPARE(link->calls.count(u"Lamp.Toggle"_s), 1);
        QVERIFY(!link->calls.contains(u"Command.Run"_s));
        const auto record = *FleetHouse::wait(house.commandStore.get(command));
        QCOMPARE(record.outcome.value_or(QJsonObject())["result"_L1]["n"_L1].toInt(), 1);
    }

    void aCommandThatMayHaveRunIsNotSentAgain()
    {
        FleetHouse house;
        const QByteArray token = make(house, u"lamp"_s);
        const QString command = order(house, u"lamp"_s);
        QVERIFY(FleetHouse::wait(house.commandStore.setSent(command, QDateTime::currentMSecsSinceEpoch())));
        house.crash(); // on its way when the server died
        const auto link = come(house, u"lamp"_s, token);
        QTRY_COMPARE(stateOf(house, command), store::CommandState::Failed);
        QVERIFY(!link->calls.contains(u"Lamp.Toggle"_s));
    }

    void aCommandWhoseDeviceWentAwayHasFailed()
    {
        FleetHouse house;
        const QByteArray token = make(house, u"lamp"_s);
        const auto link = come(house, u"lamp"_s, token);
        link->answer = [](const QString &, const QJsonObject &) -> Result<QJsonValue> {
            return failure(DeviceOffline, u"lamp went away"_s);
        };
        const QString command = order(house, u"lamp"_s);
        QTRY_COMPARE(stateOf(house, command), store::CommandState::Failed);
        QVERIFY(FleetHouse::wait(house.commandStore.get(command))->reason.contains("Nobody knows"_L1));
        QCOMPARE(link->calls.count(u"Lamp.Toggle"_s), 1);
    }

    void whatItCannotIsNotAskedOfIt()
    {
        FleetHouse house;
        const QByteArray token = make(house, u"lamp"_s);
        house.fleet->health().watch(u"lamp"_s);
        const auto link = come(house, u"lamp"_s, token);
        QVERIFY(!link->calls.contains(u"Health.Stream"_s));
        const auto stream = DeviceStream::make();
        const auto opened =
            FleetHouse::wait(house.fleet->openStream(u"lamp"_s, u"Container.Logs"_s, {}, 65536, std::chrono::seconds(5), stream));
        QCOMPARE(opened.error().code, int(MethodNotFound));
        QVERIFY(opened.error().message.contains("mdash"_L1));
        QVERIFY(link->streams.isEmpty());
    }
};

QTEST_GUILESS_MAIN(RecordsTest)
#include "tst_records.moc"
