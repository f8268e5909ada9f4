// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/signed/devicecalls.h"
#include "server/tests/fleethouse.h"
#include "server/tests/fulldisk.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace muster;
using namespace muster::fleet;
using namespace muster::test;
using store::KeyState;
using namespace Qt::Literals::StringLiterals;

class FleetTest : public test::TestCase
{
    Q_OBJECT

    static KeyPair newKey() { return *KeyPair::generate(Algorithm::EdDSA); }
    static store::KeyRecord keyFrom(qint64 id, const QString &address, qint64 lastSeen = 0, KeyState state = KeyState::Pending)
    {
        return {.id = id,
                .deviceId = u"device-%1"_s.arg(id),
                .spki = {},
                .keyId = QByteArray::number(id),
                .algorithm = {},
                .bits = 0,
                .state = state,
                .firstSeen = 0,
                .lastSeen = lastSeen,
                .address = address,
                .machine = {},
                .agent = {},
                .decidedAt = {},
                .decidedBy = {}};
    }

private slots:
    void initTestCase() { QLoggingCategory::setFilterRules(u"muster.*.info=false"_s); }

    void waitsForAPerson()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        const auto link = house.connectDevice(u"pump"_s, key);
        QCOMPARE(link->told, {Standing::Pending});
        QVERIFY(!house.fleet->registry().device(u"pump"_s));
        const QJsonObject approval = house.newestApproval();
        QCOMPARE(approval["kind"_L1], "new"_L1);
        QCOMPARE(approval["connected"_L1], true);
        QCOMPARE(approval["words"_L1].toArray().size(), 6);
        QCOMPARE(approval["fingerprint"_L1].toString(), key.publicKey().fingerprint());

        // Another key than the one compared is refused, and nothing happens.
        const auto wrong = house.decide(approval, KeyState::Accepted, u"SHA256:other"_s);
        QCOMPARE(wrong.error().code, int(Conflict));
        QCOMPARE(link->told.size(), 1);

        QVERIFY(house.decide(approval, KeyState::Accepted, key.publicKey().fingerprint()));
        QCOMPARE(link->told.last(), Standing::Accepted);
        const auto device = house.fleet->registry().device(u"pump"_s);
        QVERIFY(device);
        QCOMPARE((*device)["presence"_L1]["state"_L1], "online"_L1);
        QCOMPARE((*device)["boot_id"_L1], "b1"_L1);
        QCOMPARE((*device)["booted_at"_L1], "2025-06-15T15:06:40.000Z"_L1);
        QCOMPARE((*device)["key"_L1]["accepted_by"_L1], "me"_L1);
        // Once accepted, it is not decided again.
        QCOMPARE(house.decide(approval, KeyState::Rejected).error().code, int(Conflict));
        QCOMPARE(house.fleet->registry().counts().approvals, 0);
    }

    void rejectsAndReconsiders()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        const auto link = house.connectDevice(u"pump"_s, key);
        QVERIFY(house.decide(house.newestApproval(), KeyState::Rejected));
        QCOMPARE(link->told.last(), Standing::Rejected);
        link->drop(u"told"_s);
        const auto again = house.connectDevice(u"pump"_s, key);
        QCOMPARE(again->told, {Standing::Rejected});
        QVERIFY(again->reasons.last().contains("me"_L1));
        const QJsonObject rejected = house.fleet->enrolment().list({.states = {KeyState::Rejected}, .text = {}, .network = {}, .after = 0});
        QCOMPARE(rejected["total"_L1], 1);
        QVERIFY(house.decide(rejected["items"_L1][0].toObject(), KeyState::Accepted));
        QCOMPARE(house.connectDevice(u"pump"_s, key)->told, {Standing::Accepted});
    }

    void shoutsAtANewKeyOfAKnownDevice()
    {
        FleetHouse house;
        const KeyPair old = newKey();
        const KeyPair fresh = newKey();
        const auto link = house.acceptedDevice(u"pump"_s, old);
        const auto other = house.connectDevice(u"pump"_s, fresh);
        QCOMPARE(other->told, {Standing::Pending});
        const QJsonObject approval = house.newestApproval();
        QCOMPARE(approval["kind"_L1], "new_key"_L1);
        QCOMPARE(approval["replaces"_L1]["fingerprint"_L1].toString(), old.publicKey().fingerprint());
        QCOMPARE((*house.fleet->registry().device(u"pump"_s))["pending_key"_L1], true);
        // The accepted key goes on working meanwhile.
        QVERIFY(!link->closedNow);
        QCOMPARE((*house.fleet->registry().device(u"pump"_s))["presence"_L1]["state"_L1], "online"_L1);
        QVERIFY(house.decide(approval, KeyState::Accepted));
        QCOMPARE(link->told.last(), Standing::Rejected);
        QCOMPARE(other->told.last(), Standing::Accepted);
        const auto device = house.fleet->registry().device(u"pump"_s);
        QCOMPARE((*device)["key"_L1]["fingerprint"_L1].toString(), fresh.publicKey().fingerprint());
        QCOMPARE((*device)["presence"_L1]["state"_L1], "online"_L1);
        // The replaced key has to be approved again.
        QCOMPARE(house.connectDevice(u"pump"_s, old)->told, {Standing::Pending});
    }

    void keepsOneConnectionADevice()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        const auto first = house.acceptedDevice(u"pump"_s, key);
        const auto second = house.connectDevice(u"pump"_s, key);
        QVERIFY(first->closedNow);
        QVERIFY(first->closeReason.contains("newer"_L1));
        const auto device = house.fleet->registry().device(u"pump"_s);
        QCOMPARE((*device)["presence"_L1]["generation"_L1], 2);
        // The old one's late end does not take the new one down.
        QTRY_COMPARE((*house.fleet->registry().device(u"pump"_s))["presence"_L1]["state"_L1], "online"_L1);
        second->drop(u"2 pings stayed unanswered"_s);
        QCOMPARE((*house.fleet->registry().device(u"pump"_s))["presence"_L1]["state"_L1], "offline"_L1);
        QCOMPARE((*house.fleet->registry().device(u"pump"_s))["presence"_L1]["reason"_L1], "2 pings stayed unanswered"_L1);
    }

    void ignoresALinkThatIsGone()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        house.acceptedDevice(u"pump"_s, key)->drop(u"gone"_s);
        auto link = std::make_shared<FakeLink>();
        link->closedNow = true;
        house.fleet->introduce(
            link, {.deviceId = u"pump"_s, .key = key.publicKey(), .door = {}, .address = {}, .bootId = {}, .machine = {}, .agent = {}});
        QCOMPARE((*house.fleet->registry().device(u"pump"_s))["presence"_L1]["state"_L1], "offline"_L1);
    }

    void namesTwins()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        house.acceptedDevice(u"pump-1"_s, key);
        house.connectDevice(u"pump-2"_s, key);
        QCOMPARE(house.newestApproval()["twins"_L1].toArray(), QJsonArray{u"pump-1"_s});
    }

    void forgets()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        const auto link = house.acceptedDevice(u"pump"_s, key);
        auto future = house.fleet->enrolment().forget(u"pump"_s, {u"me"_s, {}, {}});
        QTRY_VERIFY(future.isFinished());
        QVERIFY(future.result());
        // It is to come back soon, and as a stranger.
        QCOMPARE(link->told.last(), Standing::Pending);
        QVERIFY(link->closedNow);
        QVERIFY(link->closeReason.contains("forgotten by me"_L1));
        QVERIFY(!house.fleet->registry().device(u"pump"_s));
        QCOMPARE(house.connectDevice(u"pump"_s, key)->told, {Standing::Pending});
    }

    void whoTakesAForgottenIdInheritsNothing()
    {
        FleetHouse house;
        const qint64 time = QDateTime::currentMSecsSinceEpoch();
        HealthSample sample;
        sample.time = time;
        sample[HealthField::Cpu] = 500;
        const auto first = house.acceptedDevice(u"pump"_s, newKey());
        QVERIFY(house.telemetry.append(u"pump"_s, {sample}).result());
        QVERIFY(FleetHouse::wait(house.fleet->shadows().report(u"pump"_s, {{"owner"_L1, u"first"_s}})));
        const Asker alice{{.name = u"alice"_s, .session = {}, .address = {}}, 7};
        const Commands::Order order{.devices = {u"pump"_s}, .method = u"Sys.Reboot"_s, .params = {}, .expiresAt = time + 60'000};
        const auto asked = FleetHouse::wait(house.commands->create(order, alice));
        QVERIFY(asked);
        QVERIFY(FleetHouse::wait(house.commands->call(u"pump"_s, u"Any.Method"_s, {}, std::chrono::seconds(1), alice, true)));
        QTRY_COMPARE(house.commandStore.list({.device = u"pump"_s, .states = {}}, {}, 10).result()->size(), 2);
        const QString selection = house.commands->selections().make(7, {u"pump"_s}, time)->id;

        auto forgetting = house.fleet->enrolment().forget(u"pump"_s, {u"me"_s, {}, {}});
        // While it is being written, nothing new begins.
        QCOMPARE(FleetHouse::wait(house.commands->create(order, alice)).error().code, int(NotFound));
        QCOMPARE(FleetHouse::wait(house.fleet->enrolment().forget(u"pump"_s, {u"me"_s, {}, {}})).error().code, int(Conflict));
        QVERIFY(FleetHouse::wait(forgetting));
        // What was under way comes in late.
        QVERIFY(!house.telemetry.append(u"pump"_s, {sample}).result());
        house.fleet->history().note({.deviceId = u"pump"_s, .time = time, .kind = store::historykind::event, .name = u"late"_s});
        (void)house.fleet->history().flush().result();
        QTRY_COMPARE(house.commands->counts().queued + house.commands->counts().sent + house.commands->counts().running, 0);

        const auto second = house.acceptedDevice(u"pump"_s, newKey());
        QVERIFY(second->calls.isEmpty());
        QCOMPARE((*house.fleet->registry().device(u"pump"_s))["reported"_L1].toObject(), QJsonObject());
        QVERIFY(house.telemetry.range(u"pump"_s, time - 1000, time + 1000, 10, time).result()->points.isEmpty());
        (void)house.fleet->history().flush().result();
        const auto rows = house.fleet->history().store().list(u"pump"_s, {}, 100, 0).result();
        QVERIFY(rows);
        for (const store::HistoryRow &row : *rows)
            QVERIFY2(row.time >= time && (row.name == "accepted"_L1 || row.name == "online"_L1), qPrintable(row.name));
        QVERIFY(house.commandStore.list({.device = u"pump"_s, .states = {}}, {}, 10).result()->isEmpty());
        QCOMPARE(house.commands->selections().find(selection, 7, time).error().code, int(Conflict));
        // What was asked of the first one can still be looked up, and says whose it was.
        const auto kept = FleetHouse::wait(house.commands->get(asked->first()["id"_L1].toString()));
        QVERIFY(kept);
        QCOMPARE((*kept)["device_forgotten"_L1], true);
        QCOMPARE(FleetHouse::wait(house.commands->list({.device = {}, .states = {}}))->value("items"_L1).toArray().size(), 2);
    }

    void aDeviceThatCannotBeForgottenStaysWhole()
    {
        if (onPostgres())
            QSKIP("what is full here is the disk of the data folder");
        FleetHouse house;
        const auto link = house.acceptedDevice(u"pump"_s, newKey());
        QVERIFY(FleetHouse::wait(house.fleet->shadows().report(u"pump"_s, {{"owner"_L1, u"me"_s}}))); // all before it is on the disk too
        {
            const FullDisk full;
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"telemetry.db cannot be written"_s));
            QCOMPARE(FleetHouse::wait(house.fleet->enrolment().forget(u"pump"_s, {u"me"_s, {}, {}})).error().code, int(Unavailable));
        }
        QVERIFY(house.fleet->registry().device(u"pump"_s));
        QVERIFY(!link->closedNow);
        QCOMPARE(house.telemetry.loadReported(10).result()->size(), 1);
        QVERIFY(FleetHouse::wait(house.fleet->enrolment().forget(u"pump"_s, {u"me"_s, {}, {}})));
    }

    void remembersAcrossRestart()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        house.acceptedDevice(u"pump"_s, key);
        house.connectDevice(u"new"_s, newKey());
        house.restart();
        const auto device = house.fleet->registry().device(u"pump"_s);
        QVERIFY(device);
        QCOMPARE((*device)["presence"_L1]["state"_L1], "offline"_L1);
        QCOMPARE((*device)["presence"_L1]["reason"_L1], "the server was stopped"_L1);
        QVERIFY(!(*device)["presence"_L1]["evidence_at"_L1].isNull());
        QCOMPARE((*device)["machine"_L1]["os"_L1], "Debian"_L1);
        QCOMPARE(house.newestApproval()["device_id"_L1], "new"_L1);
        QCOMPARE(house.newestApproval()["connected"_L1], false);
        QCOMPARE(house.connectDevice(u"pump"_s, key)->told, {Standing::Accepted});
    }

    void judgesHealth()
    {
        FleetHouse house;
        house.acceptedDevice(u"pump"_s, newKey());
        HealthSample sample;
        sample.time = QDateTime::currentMSecsSinceEpoch();
        sample[HealthField::Cpu] = 120;
        sample[HealthField::Disk] = 970;
        QSignalSpy live(&house.fleet->health(), &HealthBoard::sample);
        house.fleet->health().note(u"pump"_s, {sample}, false);
        QCOMPARE(live.size(), 0);
        auto device = house.fleet->registry().device(u"pump"_s);
        QCOMPARE((*device)["condition"_L1]["level"_L1], "failing"_L1);
        QCOMPARE((*device)["condition"_L1]["text"_L1], "Disk 97 %"_L1);
        QCOMPARE((*device)["trend"_L1]["cpu"_L1].toArray().last(), 120);
        QCOMPARE(house.fleet->registry().counts().failing, 1);
        sample[HealthField::Disk] = 200;
        house.fleet->health().note(u"pump"_s, {sample}, true);
        QCOMPARE(live.size(), 1);
        QCOMPARE((*house.fleet->registry().device(u"pump"_s))["condition"_L1]["level"_L1], "ok"_L1);
    }

    void streamsWhileWatched()
    {
        FleetHouse house;
        const auto link = house.acceptedDevice(u"pump"_s, newKey());
        house.fleet->health().watch(u"pump"_s);
        house.fleet->health().watch(u"pump"_s);
        QCOMPARE(link->calls, {u"Health.Stream"_s});
        house.fleet->health().unwatch(u"pump"_s);
        QCOMPARE(link->calls.size(), 1);
        house.fleet->health().unwatch(u"pump"_s);
        QCOMPARE(link->calls.size(), 2);
    }

    void listsSortedAndWindowed()
    {
        FleetHouse house;
        for (const char *id : {"b", "C", "a", "d"}) {
            const auto link = house.acceptedDevice(QString::fromLatin1(id), newKey());
            HealthSample sample;
            sample.time = QDateTime::currentMSecsSinceEpoch();
            sample[HealthField::Cpu] = QChar::fromLatin1(id[0]).unicode();
            house.fleet->health().note(QString::fromLatin1(id), {sample}, false);
            if (id[0] == 'd')
                link->drop(u"away"_s);
        }
        const auto ids = [&](const QJsonObject &params) {
            return house.fleet->registry().window(*ListQuery::fromJson(params), 0, 10, {}).ids;
        };
        QCOMPARE(ids({}), QStringList({u"a"_s, u"b"_s, u"C"_s, u"d"_s}));
        QCOMPARE(ids({{"sort"_L1, u"-name"_s}}), QStringList({u"d"_s, u"C"_s, u"b"_s, u"a"_s}));
        QCOMPARE(ids({{"sort"_L1, u"cpu"_s}}), QStringList({u"C"_s, u"a"_s, u"b"_s, u"d"_s}));
        QCOMPARE(ids({{"state"_L1, u"offline"_s}}), QStringList({u"d"_s}));
        QCOMPARE(ids({{"text"_L1, u"c"_s}}), QStringList({u"C"_s}));
        QCOMPARE(ids({{"level"_L1, u"ok"_s}}), QStringList({u"a"_s, u"b"_s, u"C"_s}));
        QCOMPARE(ListQuery::fromJson({{"sort"_L1, u"colour"_s}}).error().code, int(InvalidParams));
        QCOMPARE(ListQuery::fromJson({{"state"_L1, u"lost"_s}}).error().code, int(InvalidParams));

        // Pages follow each other without a gap, and a window sends only what the client does not have.
        const ListQuery byName;
        const Window page = house.fleet->registry().page(byName, u"b"_s, 1);
        QCOMPARE(page.ids, {u"C"_s});
        QCOMPARE(page.total, 4);
        const Window first = house.fleet->registry().window(byName, 1, 2, {});
        QCOMPARE(first.ids, QStringList({u"b"_s, u"C"_s}));
        QCOMPARE(first.rows.size(), 2);
        QVERIFY(house.fleet->registry().window(byName, 1, 2, first.versions).rows.isEmpty());
        QVERIFY(house.fleet->registry().window(byName, 99, 2, {}).ids.isEmpty());
    }

    void whatNeedsAPersonComesFirst()
    {
        FleetHouse house;
        const QHash<QString, qint64> disks{
            {u"well-10"_s, 300}, {u"well-9"_s, 300}, {u"full"_s, 970}, {u"filling"_s, 880}, {u"away"_s, 300}};
        for (auto it = disks.begin(); it != disks.end(); ++it) {
            const auto link = house.acceptedDevice(it.key(), newKey());
            HealthSample sample;
            sample.time = QDateTime::currentMSecsSinceEpoch();
            sample[HealthField::Disk] = *it;
            house.fleet->health().note(it.key(), {sample}, false);
            if (it.key() == "away"_L1)
                link->drop(u"away"_s);
        }
        const auto ids = [&](const QJsonObject &params) {
            return house.fleet->registry().window(*ListQuery::fromJson(params), 0, 10, {}).ids;
        };
        const QStringList worstFirst{u"full"_s, u"filling"_s, u"away"_s, u"well-9"_s, u"well-10"_s};
        QCOMPARE(ids({{"sort"_L1, u"state"_s}}), worstFirst);
        QCOMPARE(ids({{"sort"_L1, u"-state"_s}}), QStringList({u"well-9"_s, u"well-10"_s, u"away"_s, u"filling"_s, u"full"_s}));
        // A page goes on where its last device would be, though that was forgotten.
        QCOMPARE(house.fleet->registry().page({}, u"gone-1"_s, 10).ids, QStringList({u"well-9"_s, u"well-10"_s}));
    }

    void answersDevices()
    {
        FleetHouse house;
        doors::DeviceCalls &calls = *house.calls;
        house.acceptedDevice(u"pump"_s, newKey());
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        HealthSample good;
        good.time = now - 1000;
        good[HealthField::Cpu] = 10;
        HealthSample fromTheFuture = good;
        fromTheFuture.time = now + 3'600'000;
        HealthSample ancient = good;
        ancient.time = 1;
        auto future = calls.call(u"pump"_s, u"Health.Report"_s, encodeHealthBatch({ancient, good, fromTheFuture}));
        QTRY_VERIFY(future.isFinished());
        QCOMPARE((*future.result())["stored"_L1], 1);
        QCOMPARE((*future.result())["dropped"_L1], 2);
        QTRY_VERIFY(!(*house.fleet->registry().device(u"pump"_s))["latest"_L1].isNull());
        QCOMPARE(calls.call(u"pump"_s, u"Health.Report"_s, {{"data"_L1, u"???"_s}}).result().error().code, int(InvalidParams));
        QCOMPARE(calls.call(u"pump"_s, u"Devices.List"_s, {}).result().error().code, int(MethodNotFound));
        QVERIFY(calls.call(u"pump"_s, u"Time.Now"_s, {}).result());
    }

    void whoeverCrowdsTheApprovalsMakesRoom()
    {
        Approvals approvals;
        qint64 last = 0;
        const auto show = [&](const QString &address) {
            approvals.add(keyFrom(++last, address));
            return last;
        };
        const qint64 honest = show(u"192.0.2.1"_s);
        for (qsizetype i = 0; i < Approvals::mostPendingPerNetwork; ++i)
            show(u"2001:db8:0:1::%1"_s.arg(i + 1, 0, 16)); // one subscriber, however many addresses
        QCOMPARE(approvals.crowdedOut(u"192.0.2.9"_s), QList<qint64>());
        QCOMPARE(approvals.crowdedOut(u"2001:db8:0:1::/64"_s), QList<qint64>{honest + 1});
        // One that waits on the line goes after those that do not.
        approvals.setWaiting(honest + 1, std::make_shared<FakeLink>());
        QCOMPARE(approvals.crowdedOut(u"2001:db8:0:1::/64"_s), QList<qint64>{honest + 2});
        // Full: the most crowded network gives way to anybody, and not the one that was there first.
        for (int network = 0; approvals.pendingCount() < Approvals::mostPending; ++network) {
            for (int i = 0; i < Approvals::mostPendingPerNetwork - 1 && approvals.pendingCount() < Approvals::mostPending; ++i)
                show(u"10.0.0.%1"_s.arg(network));
        }
        QCOMPARE(approvals.crowdedOut(u"192.0.2.9"_s), QList<qint64>{honest + 2});
        // However many wait, one is found.
        const auto found = approvals.list({.states = {KeyState::Pending}, .text = u"device-1"_s, .network = u"192.0.2.1"_s, .after = 0});
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first()->id, honest);
    }

    void keysThatComeNoMoreExpire()
    {
        Approvals approvals;
        approvals.add(keyFrom(1, u"192.0.2.1"_s, 100));
        approvals.add(keyFrom(2, u"192.0.2.1"_s, 200));
        approvals.add(keyFrom(3, u"192.0.2.1"_s, 100, KeyState::Rejected));
        approvals.add(keyFrom(4, u"192.0.2.1"_s, 100, KeyState::Accepted));
        approvals.add(keyFrom(5, u"192.0.2.1"_s, 100));
        approvals.setWaiting(5, std::make_shared<FakeLink>());
        QList<qint64> expired = approvals.expired(150, 50);
        QCOMPARE(expired, QList<qint64>{1});
        expired = approvals.expired(150, 150);
        std::ranges::sort(expired);
        QCOMPARE(expired, (QList<qint64>{1, 3}));
        approvals.seen(*approvals.find(1), 300, u"198.51.100.1"_s); // it came again, from elsewhere
        QCOMPARE(approvals.expired(150, 50), QList<qint64>());
        QCOMPARE(approvals.pendingOf(u"192.0.2.1"_s), 2);
        QCOMPARE(approvals.pendingOf(u"198.51.100.1"_s), 1);
        approvals.remove(1);
        QCOMPARE(approvals.pendingOf(u"198.51.100.1"_s), 0);
    }

    void allKeysOfAnAddressAreRejectedAtOnce()
    {
        FleetHouse house;
        for (const QString &id : {u"a"_s, u"b"_s})
            (void)house.connectDevice(id, newKey(), u"2001:db8:0:1::7"_s);
        const auto other = house.connectDevice(u"c"_s, newKey(), u"192.0.2.1"_s);
        const auto tooFew =
            house.wait(house.fleet->enrolment().rejectFrom(u"2001:db8:0:1::9"_s, 1, {.name = u"me"_s, .session = {}, .address = {}}));
        QCOMPARE(tooFew.error().code, int(Conflict)); // more than the person saw
        const auto done =
            house.wait(house.fleet->enrolment().rejectFrom(u"2001:db8:0:1::/64"_s, 2, {.name = u"me"_s, .session = {}, .address = {}}));
        QVERIFY(done);
        QCOMPARE((*done)["rejected"_L1], 2);
        QCOMPARE(house.fleet->registry().counts().approvals, 1);
        QCOMPARE(other->told, {Standing::Pending});
        const auto none =
            house.wait(house.fleet->enrolment().rejectFrom(u"2001:db8:0:1::9"_s, 9, {.name = u"me"_s, .session = {}, .address = {}}));
        QCOMPARE(none.error().code, int(NotFound));
    }
};

MUSTER_TEST(FleetTest)
#include "tst_fleet.moc"
