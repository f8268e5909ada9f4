// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/shadow.h"
#include "client/values/values.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestClientValues : public test::TestCase
{
    Q_OBJECT

private slots:
    void timesComeAsTextOrNumber()
    {
        QCOMPARE(timeFromJson(u"2026-03-14T09:41:02.000Z"_s), 1'773'481'262'000);
        QCOMPARE(timeFromJson(1'773'481'262'000.0), 1'773'481'262'000);
        QCOMPARE(timeFromJson(u"yesterday"_s), 0);
        QCOMPARE(timeFromJson(QJsonValue::Null), 0);
        QCOMPARE(timeToJson(1'773'481'262'000), u"2026-03-14T09:41:02.000Z"_s);
    }

    void aRowIsRead()
    {
        const QJsonObject row = QJsonDocument::fromJson(R"({"id":"gate-01","name":"gate-01","door":"signed",
            "presence":{"state":"online","reason":"connected","since":"2026-03-14T09:00:00.000Z","evidence_at":"2026-03-14T09:41:00.000Z","generation":7,"round_trip_ms":12},
            "condition":{"level":"warning","text":"Disk 88 %"},
            "key":{"fingerprint":"SHA256:x","words":["a","b","c","d","e","f"],"algorithm":"EdDSA"},"pending_key":true,
            "agent":{"name":"muster-agent","version":"0.1.0"},"machine":{"os":"Debian 13","cpus":4,"memory_kib":3884928},
            "clock_ahead_ms":-2000,"latest":{"time":1773481260000,"cpu":123,"disk":880},"trend":{"cpu":[100,null,300]}})")
                                    .object();
        const Device d = Device::fromJson(row);
        QCOMPARE(d.id, u"gate-01"_s);
        QCOMPARE(d.presence, states::Presence::Online);
        QCOMPARE(d.level, states::Level::Warning);
        QCOMPARE(d.generation, 7);
        QCOMPARE(d.roundTripMs, 12);
        QCOMPARE(d.words.size(), 6);
        QVERIFY(d.pendingKey);
        QCOMPARE(d.machine.cpus, 4);
        QCOMPARE(d.cpu(), 123.0);
        QVERIFY(std::isnan(d.memory()));
        QCOMPARE(d.cpuTrend.size(), 3);
        QVERIFY(std::isnan(d.cpuTrend[1]));
    }

    void whatADeviceIsTrustedByIsRead()
    {
        const auto read = [](const QByteArray &json) { return Device::fromJson(QJsonDocument::fromJson(json).object()); };
        const Device light = read(R"({"id":"hall-light","name":"Hall light","trust":"token","key":null,"abilities":["calls"],
            "token":{"is_given":true,"changed_at":"2026-03-14T09:41:02.000Z","changed_by":"eva"}})");
        QVERIFY(light.isByToken() && light.tokenGiven && light.words.isEmpty());
        QCOMPARE(light.name, u"Hall light"_s);
        QCOMPARE(light.tokenChangedAt, 1'773'481'262'000);
        QCOMPARE(light.tokenChangedBy, u"eva"_s);
        QVERIFY(light.can(u"calls"_s) && !light.can(u"streams"_s));
        QVERIFY(read(R"({"id":"x","trend":{"cpu":[null,null]}})").cpuTrend.isEmpty());
        // While it is away its kind says it.
        const Device away =
            read(R"({"id":"x","trust":"token","abilities":null,"token":{"is_given":false,"changed_at":null,"changed_by":""}})");
        QVERIFY(!away.tokenGiven && away.can(u"calls"_s) && !away.can(u"live_health"_s) && !away.can(u"durable_commands"_s));
        // So it is with one that signs, and on a server that knows of nothing else.
        QVERIFY(read(R"({"id":"x","trust":"signed","abilities":null,"token":null})").can(u"streams"_s));
        QVERIFY(read(R"({"id":"x"})").can(u"streams"_s) && !read(R"({"id":"x"})").isByToken());
    }

    void whatIsMissingOrWrongDoesNotHurt()
    {
        for (const QByteArray &text : {"{}"_ba, R"({"id":5,"presence":"x","latest":[],"trend":{"cpu":"no"},"key":null})"_ba}) {
            const Device d = Device::fromJson(QJsonDocument::fromJson(text).object());
            QCOMPARE(d.presence, states::Presence::Never);
            QVERIFY(!d.measured);
            QVERIFY(Approval::fromJson(QJsonDocument::fromJson(text).object()).words.isEmpty());
        }
    }

    void nastyTextIsCleaned()
    {
        const QString nasty = u"a\u202Eb\x1b[31m"_s + u"x"_s.repeated(5000);
        const Device d = Device::fromJson({{"id"_L1, "x"_L1}, {"name"_L1, nasty}, {"machine"_L1, QJsonObject{{"os"_L1, nasty}}}});
        QVERIFY(!d.name.contains(QChar(0x202E)));
        QVERIFY(!d.name.contains(QChar(0x1b)));
        QVERIFY(d.name.size() <= 256);
        QVERIFY(d.machine.os.size() <= 256);
    }

    void aSessionKnowsItsPermissions()
    {
        const SessionInfo info =
            SessionInfo::fromJson({{"user"_L1, "eva"_L1}, {"role"_L1, "viewer"_L1}, {"permissions"_L1, QJsonArray{"devices.read"_L1}}});
        QVERIFY(info.may(u"devices.read"_s));
        QVERIFY(!info.may(u"approvals.decide"_s));
    }

    void aShadowIsItsLeaves()
    {
        const auto object = [](const char *json) { return QJsonDocument::fromJson(json).object(); };
        const Shadow shadow = Shadow::fromJson(object(
            R"({"state":{"desired":{"b":{"x":1},"on":true,"t":{}},"reported":{"on":true,"b":{"x":2,"y":[1]},"a10":1,"a2":1},"delta":{"b":{"x":1}}},)"
            R"("metadata":{"desired":{"b":{"x":{"timestamp":5}},"on":{"timestamp":6},"t":{}},"reported":{"on":{"timestamp":7}}},)"
            R"("version":3,"timestamp":6,"changed_at":"2026-03-14T09:41:02.000Z","changed_by":"eva",)"
            R"("told":{"version":3,"at":"2026-03-14T09:41:03.000Z","error":null}})"));
        QStringList names;
        for (const ShadowLeaf &leaf : shadow.leaves)
            names << leaf.name();
        QCOMPARE(names, QStringList({u"a2"_s, u"a10"_s, u"b.x"_s, u"b.y"_s, u"on"_s, u"t"_s}));
        QVERIFY(shadow.leaves[2].differs && !shadow.leaves[3].differs && !shadow.leaves[4].differs && shadow.leaves[5].differs);
        QCOMPARE(shadow.leaves[2].desiredSince, 5000);
        QCOMPARE(shadow.leaves[4].reportedSince, 7000);
        QVERIFY(shadow.differs && shadow.isTold && shadow.error.isEmpty());
        QVERIFY(Shadow::fromJson({}).leaves.isEmpty());
        // Nothing is wanted below it any more.
        const Shadow bare =
            Shadow::fromJson(object(R"({"state":{"desired":{"light":{}},"reported":{"light":{"on":true}},"delta":{}},"version":2,)"
                                    R"("told":{"version":1,"at":"2026-03-14T09:41:03.000Z","error":"burnt"}})"));
        QCOMPARE(bare.leaves.size(), 1);
        QVERIFY(bare.leaves[0].name() == "light.on"_L1 && !bare.leaves[0].differs && bare.leaves[0].desired.isUndefined());
        QVERIFY(!bare.isTold && bare.error.isEmpty()); // that was about the version before
        QCOMPARE(patchOf({u"a"_s, u"b"_s}, 1), object(R"({"a":{"b":1}})"));
        QCOMPARE(patchBetween(object(R"({"a":{"b":1,"c":2},"d":3})"), object(R"({"a":{"b":1,"c":5},"e":{"f":1}})")),
                 object(R"({"a":{"c":5},"d":null,"e":{"f":1}})"));
        QCOMPARE(valueText(u"a\nb"_s), u"\"a\\nb\""_s);
        QCOMPARE(valueText(QJsonValue::Undefined), QString());
        QCOMPARE(valueText(u"\u202eevil\u2028"_s), u"\"\\u202eevil\\u2028\""_s);
    }
};

MUSTER_TEST(TestClientValues)
#include "tst_clientvalues.moc"
