// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "protocol/rpc/statetree.h"
#include "protocol/signing/keys.h"
#include "server/doors/signed/devicecalls.h"
#include "server/tests/fleethouse.h"

#include <QJsonDocument>
#include <QRandomGenerator>

using namespace muster;
using namespace muster::fleet;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

namespace {

KeyPair newKey()
{
    return *KeyPair::generate(Algorithm::EdDSA);
}

QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

QByteArray text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// State with few names, so that changes meet.
QJsonValue someValue(QRandomGenerator &random, int depth)
{
    switch (random.bounded(depth > 2 ? 4 : 6)) {
    case 0: return QJsonValue::Null;
    case 1: return random.bounded(3);
    case 2: return random.bounded(2) == 1;
    case 3: return QJsonArray{random.bounded(2), QJsonValue::Null};
    default: {
        QJsonObject object;
        for (int i = random.bounded(4); i > 0; --i)
            object.insert(QString(u"abc"_s[random.bounded(3)]), someValue(random, depth + 1));
        return object;
    }
    }
}

QJsonObject somePatch(QRandomGenerator &random)
{
    QJsonObject patch;
    for (int i = 1 + random.bounded(3); i > 0; --i)
        patch.insert(QString(u"abc"_s[random.bounded(3)]), someValue(random, 0));
    return patch;
}

/// As a tree of times has to look like its values.
bool areAlike(const QJsonObject &values, const QJsonObject &times)
{
    if (values.keys() != times.keys())
        return false;
    for (auto it = values.begin(); it != values.end(); ++it) {
        const QJsonValue time = times.value(it.key());
        if (it->isObject() ? !time.isObject() || !areAlike(it->toObject(), time.toObject()) : !time.isDouble())
            return false;
    }
    return true;
}

} // namespace

class ShadowTest : public TestCase
{
    Q_OBJECT

private:
    const Decider me{.name = u"eva"_s, .session = u"s"_s, .address = u"::1"_s};

    static Result<QJsonObject> desire(const FleetHouse &house, const QJsonObject &patch, qint64 version = 0)
    {
        return FleetHouse::wait(
            house.fleet->shadows().desire(u"lamp"_s, patch, version, {.name = u"eva"_s, .session = u"s"_s, .address = u"::1"_s}));
    }
    static QJsonObject shadowOf(const FleetHouse &house) { return house.fleet->shadows().document(u"lamp"_s).value_or(QJsonObject()); }
    static QList<QJsonObject> deltas(const FakeLink &link)
    {
        QList<QJsonObject> all;
        for (qsizetype i = 0; i < link.calls.size(); ++i) {
            if (link.calls.at(i) == methods::shadowDelta)
                all << link.allParams.at(i);
        }
        return all;
    }

private slots:
    void patchesAreMergedAsRfc7396Says_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("patch");
        QTest::addColumn<QByteArray>("after");
        // Those of its appendix A that are about objects.
        QTest::newRow("replaces") << R"({"a":"b"})"_ba << R"({"a":"c"})"_ba << R"({"a":"c"})"_ba;
        QTest::newRow("adds") << R"({"a":"b"})"_ba << R"({"b":"c"})"_ba << R"({"a":"b","b":"c"})"_ba;
        QTest::newRow("removes") << R"({"a":"b"})"_ba << R"({"a":null})"_ba << R"({})"_ba;
        QTest::newRow("removes one") << R"({"a":"b","b":"c"})"_ba << R"({"a":null})"_ba << R"({"b":"c"})"_ba;
        QTest::newRow("array to text") << R"({"a":["b"]})"_ba << R"({"a":"c"})"_ba << R"({"a":"c"})"_ba;
        QTest::newRow("text to array") << R"({"a":"c"})"_ba << R"({"a":["b"]})"_ba << R"({"a":["b"]})"_ba;
        QTest::newRow("below") << R"({"a":{"b":"c"}})"_ba << R"({"a":{"b":"d","c":null}})"_ba << R"({"a":{"b":"d"}})"_ba;
        QTest::newRow("arrays are leaves") << R"({"a":[{"b":"c"}]})"_ba << R"({"a":[1]})"_ba << R"({"a":[1]})"_ba;
        QTest::newRow("null stays") << R"({"e":null})"_ba << R"({"a":1})"_ba << R"({"a":1,"e":null})"_ba;
        QTest::newRow("null in the new") << R"({})"_ba << R"({"a":{"bb":{"ccc":null}}})"_ba << R"({"a":{"bb":{}}})"_ba;
        QTest::newRow("leaf to object") << R"({"a":7})"_ba << R"({"a":{"b":1}})"_ba << R"({"a":{"b":1}})"_ba;
    }
    void patchesAreMergedAsRfc7396Says()
    {
        QFETCH(const QByteArray, target);
        QFETCH(const QByteArray, patch);
        QFETCH(const QByteArray, after);
        const StateTree tree{.values = object(target.constData()), .times = {}};
        QCOMPARE(text(merged(tree, object(patch.constData()), 5).values), text(object(after.constData())));
    }

    void aLeafKnowsSinceWhenItIsAsItIs()
    {
        StateTree tree = merged({}, object(R"({"on":true,"colour":{"red":1,"blue":2}})"), 10);
        tree = merged(tree, object(R"({"on":true,"colour":{"red":3}})"), 20);
        QCOMPARE(tree.times, object(R"({"on":10,"colour":{"red":20,"blue":10}})"));
        tree = merged(tree, object(R"({"colour":null})"), 30);
        QCOMPARE(tree.times, object(R"({"on":10})"));
        QCOMPARE(metadataJson(merged({}, object(R"({"a":{"b":1}})"), 5999).times), object(R"({"a":{"b":{"timestamp":5}}})"));
    }

    void whatDiffersIsWhatIsWantedAndNotThere()
    {
        QCOMPARE(deltaOf(object(R"({"on":true})"), object(R"({"on":false,"ota":{"v":"1"}})")), object(R"({"on":true})"));
        QCOMPARE(deltaOf(object(R"({"a":{"b":1,"c":2}})"), object(R"({"a":{"b":1}})")), object(R"({"a":{"c":2}})"));
        QCOMPARE(deltaOf(object(R"({"a":{}})"), object(R"({"a":7})")), object(R"({"a":{}})"));
        QCOMPARE(deltaOf(object(R"({"a":{}})"), object(R"({"a":{"b":1}})")), QJsonObject());
        QCOMPARE(deltaOf(object(R"({"a":[1,2]})"), object(R"({"a":[2,1]})")), object(R"({"a":[1,2]})"));
        QCOMPARE(deltaOf({}, object(R"({"a":1})")), QJsonObject());
    }

    void whateverComesInWhateverOrderBothSidesEndEqual()
    {
        for (quint32 seed = 1; seed <= 500; ++seed) {
            QRandomGenerator random(seed);
            StateTree desired;
            StateTree reported;
            for (int step = 1; step <= 30; ++step) {
                StateTree &one = random.bounded(2) == 1 ? desired : reported;
                one = merged(one, somePatch(random), step);
                QVERIFY2(areAlike(one.values, one.times), text(one.values).constData());
            }
            // A device that does what it is told reports it.
            const QJsonObject delta = deltaOf(desired.values, reported.values);
            reported = merged(reported, delta, 100);
            QVERIFY2(deltaOf(desired.values, reported.values).isEmpty(),
                     qPrintable(u"seed %1: %2"_s.arg(seed).arg(QString::fromUtf8(text(delta)))));
        }
    }

    void aWishIsKeptAndTold()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        const auto link = house.acceptedDevice(u"lamp"_s, key);
        QVERIFY(FleetHouse::wait(house.fleet->shadows().report(u"lamp"_s, object(R"({"on":false})"))));
        QVERIFY(deltas(*link).isEmpty()); // nobody wants anything
        const auto after = desire(house, object(R"({"on":true})"));
        QVERIFY(after);
        QCOMPARE((*after)["version"_L1], 1);
        QCOMPARE((*after)["changed_by"_L1], "eva"_L1);
        QCOMPARE((*after)["state"_L1]["delta"_L1].toObject(), object(R"({"on":true})"));
        QCOMPARE(deltas(*link).size(), 1);
        QCOMPARE(deltas(*link).first()["state"_L1].toObject(), object(R"({"on":true})"));
        QCOMPARE(deltas(*link).first()["version"_L1], 1);
        QTRY_VERIFY(!shadowOf(house)["told"_L1]["at"_L1].isNull());
        // It does as it was told, and hears no more of it.
        QVERIFY(FleetHouse::wait(house.fleet->shadows().report(u"lamp"_s, object(R"({"on":true})"))));
        QVERIFY(shadowOf(house)["state"_L1]["delta"_L1].toObject().isEmpty());
        QCOMPARE(deltas(*link).size(), 1);
        // Somebody at its button: it is told again what is wanted.
        QVERIFY(FleetHouse::wait(house.fleet->shadows().report(u"lamp"_s, object(R"({"on":false})"))));
        QTRY_COMPARE(deltas(*link).size(), 2);
        // What has nothing to do with it has it told nothing again.
        QVERIFY(FleetHouse::wait(house.fleet->shadows().report(u"lamp"_s, object(R"({"lux":7})"))));
        QCOMPARE(deltas(*link).size(), 2);
        const auto rows = house.fleet->history().flush();
        QVERIFY(FleetHouse::wait(rows));
        const auto history = house.fleet->history().store().list(u"lamp"_s, {}, 100, 0).result();
        QVERIFY(std::ranges::any_of(*history,
                                    [](const store::HistoryRow &row) { return row.name == "state.desired"_L1 && row.by == "eva"_L1; }));
        // Who looks is told when something of it changes, and at no other time.
        quint64 seen = 0;
        QCOMPARE(house.fleet->shadows().documentSince(u"lamp"_s, seen).value_or(std::nullopt).value_or(QJsonObject())["version"_L1], 1);
        HealthSample sample;
        sample.time = QDateTime::currentMSecsSinceEpoch();
        house.fleet->health().note(u"lamp"_s, {sample}, true);
        QVERIFY(!house.fleet->shadows().documentSince(u"lamp"_s, seen)->has_value());
        QVERIFY(FleetHouse::wait(house.fleet->shadows().report(u"lamp"_s, object(R"({"lux":8})"))));
        QVERIFY(house.fleet->shadows().documentSince(u"lamp"_s, seen)->has_value());
        QVERIFY(!house.fleet->registry().device(u"lamp"_s)->contains("shadow"_L1));
    }

    void whoHasSeenAnotherVersionIsToldSo()
    {
        FleetHouse house;
        house.acceptedDevice(u"lamp"_s, newKey());
        QVERIFY(desire(house, object(R"({"on":true})")));
        QVERIFY(desire(house, object(R"({"level":5})"), 1));
        const auto late = desire(house, object(R"({"level":9})"), 1);
        QCOMPARE(late.error().code, int(Conflict));
        QCOMPARE(late.error().detail["version"_L1], 2);
        QCOMPARE(shadowOf(house)["state"_L1]["desired"_L1].toObject(), object(R"({"on":true,"level":5})"));
        // Many at once lose nothing and share no version.
        QList<QFuture<Result<QJsonObject>>> wishes;
        for (int i = 0; i < 50; ++i)
            wishes << house.fleet->shadows().desire(u"lamp"_s, {{u"k%1"_s.arg(i), i}}, 0, me);
        QSet<qint64> versions;
        for (auto &wish : wishes)
            versions << FleetHouse::wait(wish)->value("version"_L1).toInteger();
        QCOMPARE(versions.size(), 50);
        QCOMPARE(shadowOf(house)["version"_L1], 52);
        QCOMPARE(shadowOf(house)["state"_L1]["desired"_L1].toObject().size(), 52);
    }

    void whatIsTooMuchChangesNothing()
    {
        FleetHouse house;
        house.acceptedDevice(u"lamp"_s, newKey());
        QVERIFY(desire(house, object(R"({"on":true})")));
        const auto large = desire(house, {{"x"_L1, QString(limits::desiredBytes, 'x'_L1)}});
        QCOMPARE(large.error().code, int(TooLarge));
        QVERIFY2(large.error().message.contains("32768"_L1), qPrintable(large.error().message));
        QCOMPARE(shadowOf(house)["version"_L1], 1);
        QCOMPARE(FleetHouse::wait(house.fleet->shadows().desire(u"nobody"_s, {}, 0, me)).error().code, int(NotFound));
    }

    void whoWasAwayCatchesUp()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        const auto link = house.acceptedDevice(u"lamp"_s, key);
        link->drop(u"gone"_s);
        QVERIFY(desire(house, object(R"({"on":true})")));
        QVERIFY(desire(house, object(R"({"on":null,"level":3})")));
        QVERIFY(shadowOf(house)["told"_L1].isNull());
        // Also over a server that was killed.
        house.crash();
        QCOMPARE(shadowOf(house)["version"_L1], 2);
        QCOMPARE(shadowOf(house)["state"_L1]["desired"_L1].toObject(), object(R"({"level":3})"));
        QVERIFY(shadowOf(house)["metadata"_L1]["desired"_L1]["level"_L1]["timestamp"_L1].toInteger() > 1'700'000'000);
        const auto back = house.connectDevice(u"lamp"_s, key);
        QCOMPARE(deltas(*back).size(), 1);
        QCOMPARE(deltas(*back).first()["state"_L1].toObject(), object(R"({"level":3})"));
        QCOMPARE(deltas(*back).first()["version"_L1], 2);
    }

    void whoDoesNotTakeItIsSeen()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        const auto link = house.acceptedDevice(u"lamp"_s, key);
        link->answer = [](const QString &, const QJsonObject &) { return failure(MethodNotFound, u"no such method"_s); };
        QVERIFY(desire(house, object(R"({"on":true})")));
        QTRY_COMPARE(shadowOf(house)["told"_L1]["error"_L1], "it does not know Shadow.Delta"_L1);
        link->answer = [](const QString &, const QJsonObject &) { return failure(-7, u"\x1b[31mburnt"_s); };
        QVERIFY(desire(house, object(R"({"on":false})")));
        QTRY_VERIFY(shadowOf(house)["told"_L1]["error"_L1].toString().contains("burnt"_L1));
        QVERIFY(!shadowOf(house)["told"_L1]["error"_L1].toString().contains(u'\x1b'));
        QCOMPARE(deltas(*link).size(), 2); // once for each, and not for ever
        // What is behind it may be away while it is there itself.
        link->answer = [](const QString &, const QJsonObject &) { return failure(DeviceOffline, u"the pump is away"_s); };
        QVERIFY(desire(house, object(R"({"on":1})")));
        QTRY_COMPARE(shadowOf(house)["told"_L1]["error"_L1], "the pump is away"_L1);
        // Whatever is not an error will do.
        link->answer = [](const QString &, const QJsonObject &) { return Result<QJsonValue>(u"garbage"_s); };
        QVERIFY(desire(house, object(R"({"on":true})")));
        QTRY_VERIFY(shadowOf(house)["told"_L1]["error"_L1].isNull());
    }

    void whateverIsWantedCanBeReported()
    {
        FleetHouse house;
        house.acceptedDevice(u"lamp"_s, newKey());
        const QJsonObject nasty{{"text"_L1, u"a\nb\t\u202e\u2028 \U0001F600"_s}, {u"\ufeffname\n"_s, u"\ufeffmark"_s}};
        QVERIFY(desire(house, nasty));
        QVERIFY(FleetHouse::wait(house.fleet->shadows().report(u"lamp"_s, nasty)));
        QVERIFY(shadowOf(house)["state"_L1]["delta"_L1].toObject().isEmpty());
        house.crash();
        QCOMPARE(shadowOf(house)["state"_L1]["desired"_L1].toObject(), nasty);
        QCOMPARE(shadowOf(house)["state"_L1]["reported"_L1].toObject(), nasty);
    }

    void whatBecomesAgainWhileItIsToldIsTold()
    {
        FleetHouse house;
        const auto link = house.acceptedDevice(u"lamp"_s, newKey());
        link->answer = [&](const QString &, const QJsonObject &) -> Result<QJsonValue> {
            // There, and away from it again, before it answers.
            link->answer = {};
            (void)house.fleet->shadows().report(u"lamp"_s, object(R"({"on":true})"));
            (void)house.fleet->shadows().report(u"lamp"_s, object(R"({"on":false})"));
            return QJsonObject();
        };
        QVERIFY(desire(house, object(R"({"on":true})")));
        QTRY_COMPARE(deltas(*link).size(), 2);
    }

    void whatWasCutWasNotTold()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        const auto link = house.acceptedDevice(u"lamp"_s, key);
        link->answer = [&link](const QString &, const QJsonObject &) {
            link->drop(u"gone"_s);
            return failure(DeviceOffline, u"it is not connected"_s);
        };
        QVERIFY(desire(house, object(R"({"on":true})")));
        QTRY_VERIFY(shadowOf(house)["told"_L1].isNull());
        QCOMPARE(deltas(*house.connectDevice(u"lamp"_s, key)).size(), 1);
    }

    void whoAsksCountsAsTold()
    {
        FleetHouse house;
        const auto link = house.acceptedDevice(u"lamp"_s, newKey());
        link->answer = [](const QString &, const QJsonObject &) { return failure(Unavailable, u"the bus is away"_s); };
        QVERIFY(desire(house, object(R"({"on":true})")));
        QTRY_COMPARE(shadowOf(house)["told"_L1]["error"_L1], "the bus is away"_L1);
        doors::DeviceCalls &calls = *house.calls;
        QVERIFY(FleetHouse::wait(calls.call(u"lamp"_s, u"Shadow.Get"_s, {})));
        QVERIFY(shadowOf(house)["told"_L1]["error"_L1].isNull());
        QCOMPARE(shadowOf(house)["told"_L1]["version"_L1], 1);
        QCOMPARE(deltas(*link).size(), 1);
    }

    void whatIsTooDeepChangesNothing()
    {
        FleetHouse house;
        house.acceptedDevice(u"lamp"_s, newKey());
        QJsonObject deep{{"x"_L1, 1}};
        for (int level = 1; level < limits::stateDepth; ++level)
            deep = QJsonObject{{"x"_L1, deep}};
        QVERIFY(desire(house, deep));
        QVERIFY(FleetHouse::wait(house.fleet->shadows().report(u"lamp"_s, deep)));
        deep = QJsonObject{{"x"_L1, deep}};
        QCOMPARE(desire(house, deep).error().code, int(TooLarge));
        QCOMPARE(FleetHouse::wait(house.fleet->shadows().report(u"lamp"_s, deep)).error().code, int(TooLarge));
    }

    void whatIsForgottenIsInheritedByNobody()
    {
        FleetHouse house;
        const KeyPair key = newKey();
        house.acceptedDevice(u"lamp"_s, key);
        QVERIFY(desire(house, object(R"({"on":true})")));
        // Somebody wishes while somebody forgets: whoever comes first, nothing is left.
        auto forgotten = house.fleet->enrolment().forget(u"lamp"_s, me);
        auto late = house.fleet->shadows().desire(u"lamp"_s, object(R"({"on":false})"), 0, me);
        QVERIFY(FleetHouse::wait(forgotten));
        (void)FleetHouse::wait(late);
        QCOMPARE(desire(house, object(R"({"on":true})")).error().code, int(NotFound));
        house.acceptedDevice(u"lamp"_s, key);
        QCOMPARE(shadowOf(house)["version"_L1], 0);
        house.crash();
        QCOMPARE(shadowOf(house)["version"_L1], 0);
        QVERIFY(shadowOf(house)["state"_L1]["desired"_L1].toObject().isEmpty());
    }

    void devicesAskAndReport()
    {
        FleetHouse house;
        const auto link = house.acceptedDevice(u"lamp"_s, newKey());
        doors::DeviceCalls &calls = *house.calls;
        const auto call = [&](const QString &method, const QJsonObject &params) {
            return FleetHouse::wait(calls.call(u"lamp"_s, method, params));
        };
        QVERIFY(desire(house, object(R"({"on":true})")));
        QCOMPARE(call(u"Shadow.Update"_s, object(R"({"state":{"reported":{"on":true,"x":1}}})"))->toObject(), object(R"({"version":1})"));
        QVERIFY(call(u"State.Report"_s, object(R"({"state":{"x":null}})")));
        const auto document = call(u"Shadow.Get"_s, {});
        QVERIFY(document);
        QCOMPARE((*document)["state"_L1].toObject(), object(R"({"desired":{"on":true},"reported":{"on":true},"delta":{}})"));
        QCOMPARE((*document)["version"_L1], 1);
        for (const char *wrong : {R"({})", R"({"state":7})", R"({"state":{"desired":{"on":false}}})", R"({"state":{"reported":[]}})",
                                  R"({"state":{"reported":{},"desired":{}}})"})
            QCOMPARE(call(u"Shadow.Update"_s, object(wrong)).error().code, int(InvalidParams));
        QCOMPARE(call(u"Shadow.Update"_s, {{"state"_L1, QJsonObject{{"reported"_L1, QJsonObject{{"x"_L1, QString(70'000, 'x'_L1)}}}}}})
                     .error()
                     .code,
                 int(TooLarge));
    }
};

MUSTER_TEST(ShadowTest)
#include "tst_shadow.moc"
