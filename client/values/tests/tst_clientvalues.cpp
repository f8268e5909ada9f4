// SPDX-License-Identifier: GPL-3.0-or-later
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
};

MUSTER_TEST(TestClientValues)
#include "tst_clientvalues.moc"
