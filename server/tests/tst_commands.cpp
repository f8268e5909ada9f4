// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/timestamp.h"
#include "server/tests/fleethouse.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QLoggingCategory>

using namespace muster;
using namespace muster::fleet;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// Commands in the fleet: waiting, sending, ending; with devices that are no more than a link.
class CommandsTest : public TestCase
{
    Q_OBJECT

    static KeyPair newKey() { return *KeyPair::generate(Algorithm::EdDSA); }
    static Asker alice() { return {{.name = u"alice"_s, .session = u"s"_s, .address = u"::1"_s}, 7}; }
    static qint64 inAnHour() { return QDateTime::currentMSecsSinceEpoch() + 3'600'000; }

    static Commands::Order order(const QStringList &devices, const QString &method = u"Sys.Reboot"_s, qint64 expiresAt = inAnHour())
    {
        return {.devices = devices, .method = method, .params = {{"a"_L1, 1}}, .expiresAt = expiresAt, .bulk = {}};
    }
    static QString create(FleetHouse &house, const QString &device, const QString &method = u"Sys.Reboot"_s, qint64 expiresAt = inAnHour())
    {
        const auto made = FleetHouse::wait(house.commands->create(order({device}, method, expiresAt), alice()));
        return made ? made->first()["id"_L1].toString() : made.error().message;
    }
    static QJsonObject get(FleetHouse &house, const QString &name)
    {
        return FleetHouse::wait(house.commands->get(name)).value_or(QJsonObject());
    }
    static QString stateOf(FleetHouse &house, const QString &name) { return get(house, name)["state"_L1].toString(); }

    static Receipt receiptOf(const QString &command, const QString &device, const QString &method = u"Sys.Reboot"_s)
    {
        return {.command = command,
                .deviceId = device,
                .method = method,
                .requestHash = *requestHash(command, device, method, {{"a"_L1, 1}}),
                .counter = 1,
                .startedAt = {},
                .finishedAt = {},
                .signedAt = {},
                .outcome = QJsonValue(u"fine"_s)};
    }
    static Result<QJsonValue> done(FleetHouse &house, const Receipt &receipt, const QString &message = u"{\"params\":{\"a\":1}}"_s)
    {
        return FleetHouse::wait(house.commands->takeReceipt(receipt, message, "key"));
    }
    /// Answers Command.Run with a state, other calls with their params.
    static void answerWith(FakeLink &link, const Result<QJsonValue> &answer)
    {
        link.answer = [answer](const QString &method, const QJsonObject &params) {
            return method == "Command.Run"_L1 ? answer : Result<QJsonValue>(params);
        };
    }
    static Result<QJsonValue> runs() { return QJsonValue(QJsonObject{{"state"_L1, u"running"_s}}); }
    static QStringList sentTo(const FakeLink &link)
    {
        QStringList names;
        for (qsizetype i = 0; i < link.calls.size(); ++i) {
            if (link.calls.at(i) == "Command.Run"_L1)
                names.append(link.allParams.at(i)["command"_L1].toString());
        }
        return names;
    }

private slots:
    void initTestCase() { QLoggingCategory::setFilterRules(u"muster.*.info=false"_s); }

    void runsOnceOnAConnectedDevice()
    {
        FleetHouse house;
        const auto link = house.acceptedDevice(u"pump"_s, newKey());
        answerWith(*link, runs());
        const QString name = create(house, u"pump"_s);
        QTRY_COMPARE(stateOf(house, name), u"running"_s);
        QCOMPARE(sentTo(*link), QStringList({name}));
        const QJsonObject sent = link->allParams.last();
        QCOMPARE(sent["method"_L1], "Sys.Reboot"_L1);
        QCOMPARE(sent["params"_L1].toObject(), QJsonObject({{"a"_L1, 1}}));
        QVERIFY(timestampFromText(sent["expires_at"_L1].toString()));
        QCOMPARE(house.commands->counts().running, 1);
        // Nothing ends it but its receipt.
        QCOMPARE(FleetHouse::wait(house.commands->cancel(name, alice())).error().code, int(Conflict));
        const auto stored = done(house, receiptOf(name, u"pump"_s));
        QVERIFY(stored);
        QCOMPARE((*stored)["stored"_L1], true);
        const QJsonObject command = get(house, name);
        QCOMPARE(command["state"_L1], "done"_L1);
        QCOMPARE(command["result"_L1], "fine"_L1);
        QCOMPARE(command["receipt"_L1], true);
        QCOMPARE(command["asked_by"_L1], "alice"_L1);
        QCOMPARE(house.commands->counts().running, 0);
        QTRY_COMPARE(house.counters.commandsDone.load(), 1);
    }

    void waitsForADeviceThatIsAway()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        house.acceptedDevice(u"pump"_s, key)->drop(u"gone"_s);
        const QStringList names{create(house, u"pump"_s), create(house, u"pump"_s), create(house, u"pump"_s)};
        QCOMPARE(stateOf(house, names.first()), u"queued"_s);
        QCOMPARE(get(house, names.first())["waits_for"_L1], "device"_L1);
        // Once it is there, they come in the order in which they were asked for.
        const auto link = std::make_shared<FakeLink>();
        answerWith(*link, runs());
        house.introduce(link, u"pump"_s, key);
        QTRY_COMPARE(sentTo(*link), names);
        // And not again on the next connection: the device said that it has them.
        link->drop(u"gone"_s);
        const auto again = std::make_shared<FakeLink>();
        answerWith(*again, runs());
        house.introduce(again, u"pump"_s, key);
        const QString last = create(house, u"pump"_s);
        QTRY_COMPARE(sentTo(*again), QStringList({last}));
    }

    void isSentAgainUntilTheDeviceAnswers()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        const auto link = house.acceptedDevice(u"pump"_s, key);
        answerWith(*link, failure(DeviceOffline, u"gone"_s));
        const QString name = create(house, u"pump"_s);
        QTRY_COMPARE(sentTo(*link), QStringList({name}));
        QTRY_COMPARE(stateOf(house, name), u"sent"_s);
        link->drop(u"gone"_s);
        // It may have been begun: nobody takes it back, and time does not end it.
        QCOMPARE(FleetHouse::wait(house.commands->cancel(name, alice())).error().code, int(Conflict));
        house.restart();
        const auto again = std::make_shared<FakeLink>();
        answerWith(*again, QJsonValue(QJsonObject{{"state"_L1, u"expired"_s}}));
        house.introduce(again, u"pump"_s, key);
        QTRY_COMPARE(sentTo(*again), QStringList({name}));
        QTRY_COMPARE(stateOf(house, name), u"expired"_s);
        QTRY_COMPARE(house.counters.commandsExpired.load(), 1);
    }

    /// A server that is killed between any two steps has what it acknowledged, and sends it once more at most.
    void survivesACrash_data()
    {
        QTest::addColumn<int>("step");
        QTest::newRow("acknowledged") << 0;
        QTest::newRow("written as sent") << 1;
        QTest::newRow("sent, no answer") << 2;
        QTest::newRow("running") << 3;
        QTest::newRow("receipt kept") << 4;
    }

    void survivesACrash()
    {
        QFETCH(const int, step);
        FleetHouse house;
        const KeyPair key = newKey();
        const auto link = house.acceptedDevice(u"pump"_s, key);
        answerWith(*link, step >= 3 ? runs() : failure(DeviceOffline, u"killed"_s));
        if (step == 0)
            link->drop(u"gone"_s);
        const QString name = create(house, u"pump"_s);
        if (step == 1)
            QVERIFY(house.commandStore.setSent(name, 1).result());
        if (step == 2)
            QTRY_COMPARE(sentTo(*link).size(), 1);
        if (step >= 3)
            QTRY_COMPARE(stateOf(house, name), u"running"_s);
        if (step == 4)
            QVERIFY(done(house, receiptOf(name, u"pump"_s)));
        house.crash();
        const auto again = std::make_shared<FakeLink>();
        answerWith(*again, runs());
        house.introduce(again, u"pump"_s, key);
        if (step < 3)
            QTRY_COMPARE(sentTo(*again), QStringList({name}));
        // The device tells again what it was not answered for, and that is fine every time.
        QVERIFY(done(house, receiptOf(name, u"pump"_s)));
        QVERIFY(done(house, receiptOf(name, u"pump"_s)));
        QCOMPARE(stateOf(house, name), u"done"_s);
        house.crash();
        QCOMPARE(stateOf(house, name), u"done"_s);
        QCOMPARE(house.commands->counts().running + house.commands->counts().sent + house.commands->counts().queued, 0);
        QVERIFY(FleetHouse::wait(house.commandStore.proof(name)));
    }

    void takesOrdersBackInTime()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        house.acceptedDevice(u"pump"_s, key)->drop(u"gone"_s);
        const QString name = create(house, u"pump"_s);
        const auto cancelled = FleetHouse::wait(house.commands->cancel(name, alice()));
        QVERIFY(cancelled);
        QCOMPARE((*cancelled)["state"_L1], "cancelled"_L1);
        QCOMPARE((*cancelled)["reason"_L1], "cancelled by alice"_L1);
        QCOMPARE(FleetHouse::wait(house.commands->cancel(name, alice())).error().code, int(Conflict));
        QCOMPARE(FleetHouse::wait(house.commands->cancel(u"nothing"_s, alice())).error().code, int(NotFound));
        const auto link = std::make_shared<FakeLink>();
        house.introduce(link, u"pump"_s, key);
        const QString other = create(house, u"pump"_s);
        QTRY_COMPARE(sentTo(*link), QStringList({other}));
        // Who asked and who took it back stands in the audit.
        const auto entries = store::AuditStore(house.database).list({}, 10, 0).result();
        QStringList methods;
        for (const auto &entry : entries->entries)
            methods.append(entry.method);
        QVERIFY(methods.contains(u"Commands.Cancel"_s) && methods.count(u"Commands.Create"_s) == 2);
    }

    void expiresWhileItWaits()
    {
        FleetHouse house;
        house.acceptedDevice(u"pump"_s, newKey())->drop(u"gone"_s);
        const QString name = create(house, u"pump"_s, u"Sys.Reboot"_s, QDateTime::currentMSecsSinceEpoch() + 200);
        QTRY_COMPARE(stateOf(house, name), u"expired"_s);
        QVERIFY(get(house, name)["reason"_L1].toString().contains("not there"_L1));
        QCOMPARE(FleetHouse::wait(house.commands->create(order({u"pump"_s}, u"x"_s, 1), alice())).error().code, int(InvalidParams));
    }

    void whoLostThePermissionLosesTheCommand()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        house.acceptedDevice(u"pump"_s, key)->drop(u"gone"_s);
        const QString name = create(house, u"pump"_s);
        const QString second = create(house, u"pump"_s);
        house.mayCall = failure(Forbidden, u"alice (viewer) lacks the permission devices.call now"_s);
        const auto link = std::make_shared<FakeLink>();
        house.introduce(link, u"pump"_s, key);
        QTRY_COMPARE(stateOf(house, name), u"cancelled"_s);
        QTRY_COMPARE(stateOf(house, second), u"cancelled"_s);
        QVERIFY(get(house, name)["reason"_L1].toString().contains("alice (viewer) lacks"_L1));
        QVERIFY(sentTo(*link).isEmpty());
        QTRY_COMPARE(house.counters.commandsCancelled.load(), 2);
    }

    void refusalsOfTheDeviceEndIt()
    {
        FleetHouse house;
        const auto link = house.acceptedDevice(u"pump"_s, newKey());
        answerWith(*link, failure(PolicyForbids, u"this device's policy forbids Command.Run"_s));
        const QString name = create(house, u"pump"_s);
        QTRY_COMPARE(stateOf(house, name), u"failed"_s);
        QCOMPARE(get(house, name)["error"_L1]["code"_L1], int(PolicyForbids));
        QVERIFY(get(house, name)["reason"_L1].toString().contains("policy forbids"_L1));
        // A journal that cannot be written is no refusal: it was not begun, and comes again later.
        answerWith(*link, failure(Unavailable, u"disk full"_s));
        const QString later = create(house, u"pump"_s);
        QTRY_VERIFY(sentTo(*link).contains(later));
        QTRY_COMPARE(stateOf(house, later), u"queued"_s);
        QVERIFY(FleetHouse::wait(house.commands->cancel(later, alice())));
    }

    void whatCannotBeginHoldsNobodyUp()
    {
        FleetHouse house;
        const auto link = house.acceptedDevice(u"pump"_s, newKey());
        answerWith(*link, failure(Unavailable, u"no worker has registered it yet"_s));
        const QString waiting = create(house, u"pump"_s);
        QTRY_VERIFY(sentTo(*link).contains(waiting));
        QTRY_COMPARE(stateOf(house, waiting), u"queued"_s);
        answerWith(*link, runs());
        const QString other = create(house, u"pump"_s);
        QTRY_COMPARE(stateOf(house, other), u"running"_s);
        QCOMPARE(stateOf(house, waiting), u"queued"_s);
    }

    void receiptsHaveToFit()
    {
        FleetHouse house;
        const auto link = house.acceptedDevice(u"pump"_s, newKey());
        house.acceptedDevice(u"fan"_s, newKey());
        answerWith(*link, runs());
        const QString name = create(house, u"pump"_s);
        QTRY_COMPARE(stateOf(house, name), u"running"_s);
        QCOMPARE(done(house, receiptOf(u"cUnknown"_s, u"pump"_s)).error().code, int(NotFound));
        QCOMPARE(done(house, receiptOf(QString(128, 'x'_L1), u"pump"_s)).error().code, int(NotFound));
        QCOMPARE(done(house, receiptOf(name, u"fan"_s)).error().code, int(NotFound));
        QCOMPARE(done(house, receiptOf(name, u"pump"_s, u"Sys.Other"_s)).error().code, int(Conflict));
        Receipt other = receiptOf(name, u"pump"_s);
        other.requestHash = *requestHash(name, u"pump"_s, u"Sys.Reboot"_s, {{"a"_L1, 2}});
        QCOMPARE(done(house, other).error().code, int(Conflict));
        QCOMPARE(house.counters.receiptsRefused.load(), 5);
        QCOMPARE(stateOf(house, name), u"running"_s);
        QVERIFY(done(house, receiptOf(name, u"pump"_s), u"{\"params\":{\"a\":1},\"meta\":1}"_s));
        // The same, signed anew in another session: fine. Another one: no.
        QVERIFY(done(house, receiptOf(name, u"pump"_s), u"{\"params\":{\"a\":1},\"meta\":2}"_s));
        QCOMPARE(done(house, receiptOf(name, u"pump"_s), u"{\"params\":{\"a\":2}}"_s).error().code, int(Conflict));
        // A direct call leaves none.
        (void)FleetHouse::wait(house.commands->call(u"pump"_s, u"Sys.Reboot"_s, {{"a"_L1, 1}}, std::chrono::seconds(1), alice(), false));
        QTRY_COMPARE(house.commands->counts().running, 0);
        const auto list = FleetHouse::wait(house.commands->list({}));
        const QString call = (*list)["items"_L1][0]["id"_L1].toString();
        QCOMPARE((*list)["items"_L1][0]["kind"_L1], "call"_L1);
        QCOMPARE(done(house, receiptOf(call, u"pump"_s)).error().code, int(NotFound));
        QCOMPARE(FleetHouse::wait(house.commands->receipt(call)).error().code, int(NotFound));
    }

    void failuresArePartOfReceipts()
    {
        FleetHouse house;
        const auto link = house.acceptedDevice(u"pump"_s, newKey());
        answerWith(*link, runs());
        const QString name = create(house, u"pump"_s);
        QTRY_COMPARE(stateOf(house, name), u"running"_s);
        Receipt receipt = receiptOf(name, u"pump"_s);
        receipt.outcome = failure(Interrupted, u"the device stopped while it ran"_s);
        QVERIFY(done(house, receipt));
        const QJsonObject command = get(house, name);
        QCOMPARE(command["state"_L1], "failed"_L1);
        QCOMPARE(command["error"_L1]["code"_L1], int(Interrupted));
        QCOMPARE(command["receipt"_L1], true);
    }

    void isBounded()
    {
        FleetHouse house;
        house.acceptedDevice(u"pump"_s, newKey())->drop(u"gone"_s);
        const auto refusedWith = [&](const Commands::Order &wanted) {
            return FleetHouse::wait(house.commands->create(wanted, alice())).error().code;
        };
        QCOMPARE(refusedWith(order({u"nobody"_s})), int(NotFound));
        QCOMPARE(refusedWith(order({})), int(InvalidParams));
        QCOMPARE(refusedWith(order({u"pump"_s}, QString())), int(InvalidParams));
        QCOMPARE(refusedWith(order({u"pump"_s}, u"a\nb"_s)), int(InvalidParams));
        QCOMPARE(refusedWith(order({u"pump"_s}, u"Command.Run"_s)), int(InvalidParams));
        const auto asked = [&](const QString &method, const QJsonObject &params) {
            return FleetHouse::wait(house.commands->call(u"pump"_s, method, params, std::chrono::seconds(1), alice(), false)).error().code;
        };
        QCOMPARE(asked(u"Command.Run"_s, {}), int(InvalidParams));
        QCOMPARE(asked(u"Container.Logs"_s, {{"stream"_L1, QJsonObject{}}}), int(InvalidParams));
        auto big = order({u"pump"_s});
        big.params = {{"x"_L1, QString(Commands::paramBytes, 'x'_L1)}};
        QCOMPARE(refusedWith(big), int(TooLarge));
        auto unsendable = order({u"pump"_s});
        unsendable.params = {{"x"_L1, 1e300}};
        QCOMPARE(refusedWith(unsendable), int(InvalidParams));
        auto deep = order({u"pump"_s});
        QJsonObject inner;
        for (int i = 0; i < 63; ++i)
            inner = {{"x"_L1, inner}};
        deep.params = inner;
        QCOMPARE(refusedWith(deep), int(InvalidParams));
        for (qsizetype i = 0; i < Commands::mostOpenPerDevice; ++i)
            QVERIFY(!create(house, u"pump"_s).contains(' '_L1));
        QCOMPARE(refusedWith(order({u"pump"_s})), int(TooMany));
        // A page at a time, newest first, without a gap.
        QStringList seen;
        QString after;
        do {
            const auto page = FleetHouse::wait(
                house.commands->list({.device = {}, .states = {}, .bulk = {}, .after = after, .limit = 33, .wantsTotal = true}));
            QVERIFY(page);
            QCOMPARE((*page)["total"_L1], Commands::mostOpenPerDevice);
            const QJsonArray items = (*page)["items"_L1].toArray();
            for (const auto &item : items)
                seen.append(item["id"_L1].toString());
            after = (*page)["next"_L1].toString();
        } while (!after.isEmpty());
        QCOMPARE(seen.size(), Commands::mostOpenPerDevice);
        QCOMPARE(QSet<QString>(seen.begin(), seen.end()).size(), seen.size());
        QCOMPARE(FleetHouse::wait(house.commands->list({.device = {}, .states = {}, .bulk = {}, .after = u"x"_s})).error().code,
                 int(NotFound));
        // A forgotten device takes what waits for it along.
        QVERIFY(FleetHouse::wait(house.fleet->enrolment().forget(u"pump"_s, {u"me"_s, {}, {}})));
        QTRY_COMPARE(house.commands->counts().queued, 0);
        QVERIFY(get(house, seen.first())["reason"_L1].toString().contains("forgotten by me"_L1));
    }

    void limitsHoldForOrdersAtOnce()
    {
        FleetHouse house;
        house.acceptedDevice(u"pump"_s, newKey())->drop(u"away"_s);
        QList<QFuture<Result<QList<QJsonObject>>>> orders;
        for (qsizetype i = 0; i < Commands::mostOpenPerDevice + 20; ++i)
            orders.append(house.commands->create(order({u"pump"_s}), alice()));
        qsizetype made = 0;
        for (auto &one : orders) {
            const auto answer = FleetHouse::wait(one);
            made += answer.has_value();
            QVERIFY(answer || answer.error().code == TooMany);
        }
        QCOMPARE(made, Commands::mostOpenPerDevice);
        QCOMPARE(house.commands->counts().queued, Commands::mostOpenPerDevice);
    }

    void aForgottenDevicesCommandsEndWhenTheDiskAllows()
    {
        FleetHouse house;
        house.acceptedDevice(u"pump"_s, newKey())->drop(u"away"_s);
        const QString name = create(house, u"pump"_s);
        QVERIFY(house.keys.forget(u"pump"_s, {.time = 1, .actor = u"me"_s, .method = u"m"_s, .outcome = u"ok"_s}).result());
        house.restart(); // in between, so that nobody heard of it
        QTRY_COMPARE(stateOf(house, name), u"cancelled"_s);
        const auto next = house.acceptedDevice(u"pump"_s, newKey());
        QVERIFY(sentTo(*next).isEmpty());
    }

    void selectionsAreFrozenAndOnesOwn()
    {
        Selections selections;
        const auto mine = selections.make(1, {u"a"_s, u"b"_s}, 1000);
        QVERIFY(mine);
        QCOMPARE(selections.find(mine->id, 1, 1000)->devices, QStringList({u"a"_s, u"b"_s}));
        QCOMPARE(selections.find(mine->id, 2, 1000).error().code, int(NotFound));
        QCOMPARE(selections.find(mine->id, 1, 1000 + Selections::length).error().code, int(NotFound));
        const auto first = selections.make(1, {u"a"_s}, 2000);
        for (qsizetype i = 0; i < Selections::mostPerAccount; ++i)
            QVERIFY(selections.make(1, {u"a"_s}, 3000));
        QVERIFY(!selections.find(first->id, 1, 3000));
        QCOMPARE(selections.make(1, QStringList(Selections::mostDevices + 1, u"a"_s), 1).error().code, int(TooLarge));
    }

    void oneCommandForEachOfASelection()
    {
        FleetHouse house;
        house.acceptedDevice(u"a"_s, newKey());
        house.acceptedDevice(u"b"_s, newKey())->drop(u"gone"_s);
        auto wanted = order({u"a"_s, u"b"_s});
        wanted.bulk = u"s1"_s;
        const auto made = FleetHouse::wait(house.commands->create(wanted, alice()));
        QVERIFY(made);
        QCOMPARE(made->size(), 2);
        QCOMPARE(made->at(1)["bulk"_L1], "s1"_L1);
        wanted.devices.append(u"c"_s);
        QCOMPARE(FleetHouse::wait(house.commands->create(wanted, alice())).error().code, int(Conflict));
    }

    void tellsTheHistory()
    {
        FleetHouse house;
        const auto link = house.acceptedDevice(u"pump"_s, newKey());
        answerWith(*link, runs());
        const QString name = create(house, u"pump"_s);
        QTRY_COMPARE(stateOf(house, name), u"running"_s);
        QVERIFY(done(house, receiptOf(name, u"pump"_s)));
        link->drop(u"2 pings stayed unanswered"_s);
        const auto kinds = [&] {
            const auto rows = house.fleet->history().store().list(u"pump"_s, {}, 100, 0).result();
            QStringList all;
            for (const auto &row : *rows)
                all.append(u"%1 %2"_s.arg(row.kind, row.name));
            return all;
        };
        QTRY_COMPARE(kinds(), QStringList({u"presence offline"_s, u"command Sys.Reboot"_s, u"presence online"_s, u"key accepted"_s}));
        const auto row = house.fleet->history().store().list(u"pump"_s, {.kind = u"command"_s}, 1, 0).result()->first();
        QCOMPARE(row.by, u"alice"_s);
        QCOMPARE(row.data["command"_L1], name);
    }
};

MUSTER_TEST(CommandsTest)
#include "tst_commands.moc"
