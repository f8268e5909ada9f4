// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/commandstore.h"
#include "server/tests/storeplace.h"
#include "tests/support/testcase.h"

#include <QTemporaryDir>

using namespace muster;
using namespace muster::store;
using namespace Qt::Literals::StringLiterals;

class CommandStoreTest : public test::TestCase
{
    Q_OBJECT

    struct House
    {
        QTemporaryDir folder;
        MusterDatabase database{test::placeOf(folder.filePath(u"muster.db"_s))};
        CommandStore store{database};
        House()
        {
            if (!database.open())
                qFatal("no database");
        }
    };

    static CommandRecord command(const QString &name, qint64 askedAt = 1000)
    {
        return {.name = name,
                .deviceId = u"pump"_s,
                .method = u"Sys.Reboot"_s,
                .params = {{"a"_L1, 1}},
                .account = 1,
                .askedBy = u"alice"_s,
                .askedAt = askedAt,
                .outcome = {}};
    }
    static AuditEntry entry() { return {.time = 1, .actor = u"a"_s, .method = u"m"_s, .outcome = u"ok"_s}; }
    static Receipt receiptOf(const QString &name, const QJsonValue &result)
    {
        return {.command = name,
                .deviceId = u"pump"_s,
                .method = u"Sys.Reboot"_s,
                .requestHash = *requestHash(name, u"pump"_s, u"Sys.Reboot"_s, {{"a"_L1, 1}}),
                .counter = 1,
                .startedAt = {},
                .finishedAt = {},
                .signedAt = {},
                .outcome = result};
    }
    static QString messageOf(const QJsonValue &result)
    {
        return toColumn({{"params"_L1, QJsonObject{{"command"_L1, u"c1"_s},
                                                   {"method"_L1, u"Sys.Reboot"_s},
                                                   {"request_hash"_L1, u"x"_s},
                                                   {"counter"_L1, 1},
                                                   {"started_at"_L1, u"2025-06-15T15:06:40.000Z"_s},
                                                   {"finished_at"_L1, u"2025-06-15T15:06:40.000Z"_s},
                                                   {"result"_L1, result}}}});
    }

private slots:
    void lateNewsUndoNoEnd()
    {
        House house;
        QVERIFY(house.store.add({command(u"c1"_s)}, entry()).result());
        // Once sent, a cancellation comes too late; once ended, everything does.
        QCOMPARE(house.store.setSent(u"c1"_s, 5).result().value_or(-1), 1);
        CommandRecord cancelled = command(u"c1"_s);
        cancelled.state = CommandState::Cancelled;
        cancelled.finishedAt = 6;
        QCOMPARE(house.store.finish(cancelled, false, entry()).result().value_or(-1), 0);
        QCOMPARE(AuditStore(house.database).list({}, 10, 0).result()->entries.size(), 1); // nothing was done, so nothing is noted
        QVERIFY(house.store.keepReceipt(receiptOf(u"c1"_s, 1), messageOf(1), "key", 7).result());
        QCOMPARE(house.store.setRunning(u"c1"_s).result().value_or(-1), 0);
        QCOMPARE(house.store.setQueued(u"c1"_s).result().value_or(-1), 0);
        QCOMPARE(house.store.setSent(u"c1"_s, 8).result().value_or(-1), 0);
        QCOMPARE(house.store.finish(cancelled, true).result().value_or(-1), 0);
        QCOMPARE(house.store.get(u"c1"_s).result()->state, CommandState::Done);
        QVERIFY(house.store.loadOpen().result()->isEmpty());
    }

    void keepsAllOrNone()
    {
        House house;
        QVERIFY(house.store.add({command(u"c1"_s)}, entry()).result());
        QVERIFY(!house.store.add({command(u"c2"_s), command(u"c1"_s)}, entry()).result());
        QCOMPARE(house.store.get(u"c2"_s).result().error().code, int(NotFound));
        QCOMPARE(house.store.loadOpen().result()->size(), 1);
    }

    void longResultsAreReadOneAtATime()
    {
        House house;
        QVERIFY(house.store.add({command(u"c1"_s)}, entry()).result());
        const QString longText(10'000, 'x'_L1);
        QVERIFY(house.store.keepReceipt(receiptOf(u"c1"_s, longText), messageOf(longText), "key", 7).result());
        const auto listed = house.store.list({}, {}, 10).result()->first();
        QVERIFY(listed.outcomeCut && !listed.outcome && listed.receipt);
        const auto whole = house.store.get(u"c1"_s).result();
        QVERIFY(whole && whole->outcome && !whole->outcomeCut);
        QCOMPARE(whole->outcome.value_or(QJsonObject())["result"_L1].toString(), longText);
        QCOMPARE(house.store.proof(u"c1"_s).result()->message, messageOf(longText));
        // Direct calls keep what fits; nobody asked for more.
        CommandRecord call = command(u"d1"_s);
        call.kind = CommandKind::Call;
        call.state = CommandState::Done;
        call.finishedAt = 9;
        call.outcome = QJsonObject{{"result"_L1, longText}};
        QVERIFY(house.store.addCall(call).result());
        QCOMPARE(house.store.get(u"d1"_s).result()->outcome.value_or(QJsonObject())["result"_L1].toString(), longText);
        call.name = u"d2"_s;
        call.outcome = QJsonObject{{"result"_L1, QString(keptCallBytes, 'x'_L1)}};
        call.params = {{"p"_L1, QString(keptCallBytes, 'x'_L1)}};
        QVERIFY(house.store.addCall(call).result());
        const auto kept = house.store.get(u"d2"_s).result();
        QVERIFY(kept && kept->outcomeCut && kept->paramsCut && !kept->outcome && kept->params.isEmpty());
    }

    void forgetsWhatIsOldOrTooMuch()
    {
        House house;
        QList<CommandRecord> commands;
        constexpr int count = 700;
        for (int i = 0; i < count; ++i)
            commands.append(command(u"c%1"_s.arg(i), i));
        QVERIFY(house.store.add(commands, entry()).result());
        for (int i = 0; i < count - 1; ++i) {
            CommandRecord ended = commands.at(i);
            ended.state = CommandState::Cancelled;
            ended.finishedAt = i;
            QVERIFY(house.store.finish(ended, false).result());
        }
        // Nothing is old yet; then all but what is still open is, and goes in steps.
        QCOMPARE(house.store.expire(commandsKept).result().value_or(true), false);
        QCOMPARE(house.store.list({}, {}, 1000).result()->size(), count);
        QCOMPARE(house.store.expire(commandsKept + count).result().value_or(false), true);
        QCOMPARE(house.store.expire(commandsKept + count).result().value_or(true), false);
        const auto left = house.store.list({}, {}, 1000).result();
        QCOMPARE(left->size(), 1);
        QCOMPARE(left->first().name, u"c%1"_s.arg(count - 1));
    }

    void aScriptThatCallsAllDayPushesNoReceiptOut()
    {
        House house;
        QVERIFY(house.store.add({command(u"c1"_s)}, entry()).result());
        QVERIFY(house.store.keepReceipt(receiptOf(u"c1"_s, 1), messageOf(1), "key", 1).result());
        constexpr int tooMany = 600;
        QList<QFuture<Result<int>>> writes;
        for (int i = 0; i < mostCalls + tooMany; ++i) {
            CommandRecord call = command(u"d%1"_s.arg(i), 1000 + i);
            call.kind = CommandKind::Call;
            call.state = CommandState::Done;
            call.finishedAt = 1000 + i;
            writes.append(house.store.addCall(call));
            // No more than may wait at once.
            if (writes.size() == 10'000 || i + 1 == mostCalls + tooMany) {
                for (const auto &write : std::as_const(writes))
                    QVERIFY(write.result());
                writes.clear();
            }
        }
        while (house.store.expire(2000).result().value_or(false)) {}
        QVERIFY(house.store.proof(u"c1"_s).result());
        QVERIFY(!house.store.get(u"d%1"_s.arg(tooMany - 1)).result());
        QVERIFY(house.store.get(u"d%1"_s.arg(tooMany)).result());
        QCOMPARE(house.store.list({}, {}, mostCalls * 2).result()->size(), mostCalls + 1);
    }

    void filtersAndPages()
    {
        House house;
        QList<CommandRecord> commands;
        for (int i = 0; i < 6; ++i) {
            CommandRecord one = command(u"c%1"_s.arg(i), 1000 + i / 2); // pairs of the same time
            if (i % 2)
                one.deviceId = u"fan"_s;
            commands.append(one);
        }
        QVERIFY(house.store.add(commands, entry()).result());
        QVERIFY(house.store.setSent(u"c0"_s, 1).result());
        QCOMPARE(house.store.list({.device = u"fan"_s, .states = {}}, {}, 10).result()->size(), 3);
        QCOMPARE(house.store.list({.device = {}, .states = {CommandState::Sent}}, {}, 10).result()->first().name, u"c0"_s);
        const auto first = house.store.list({}, {}, 3).result();
        const auto second = house.store.list({}, {.askedAt = first->last().askedAt, .id = first->last().id}, 10).result();
        QCOMPARE(first->first().name, u"c5"_s);
        QCOMPARE(second->first().name, u"c2"_s);
        QCOMPARE(second->size(), 3);
    }
};

MUSTER_TEST(CommandStoreTest)
#include "tst_commandstore.moc"
