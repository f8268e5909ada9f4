// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/boottime.h"
#include "deviceagent/capabilities/health/healthcapability.h"
#include "deviceagent/capabilities/system/machinefacts.h"
#include "deviceagent/tests/testserver.h"
#include "protocol/rpc/methods.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace muster;
using namespace muster::agent;
using muster::test::TestServer;

class AgentHealthTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void readsAMachine();
    void leavesOutWhatItCannotRead();
    void readsTheMachineItRunsOn();
    void tellsWhatTheMachineIs();
    void keepsSamplesInARing();
    void survivesDamage();
    void noticesThresholds();
    void reportsBatches();
    void sendsLaterWhatItTookWhileAway();
    void timesWhatItTookBeforeTheFirstContact();
    void dropsWhatTheServerWillNeverTake();
    void streamsWhileSomebodyLooks();

private:
    struct Device;
    QTemporaryDir m_folder;
    int m_rings = 0;
    CryptoLibrary m_crypto;
};

namespace {

const QString fixtures = QStringLiteral(MUSTER_SOURCE_DIR "/deviceagent/tests/fixtures/");
const QString thisBoot = u"0b7c9a52-6f2e-4c57-9a0e-2f6d7e1c3b11"_s;

HealthReader readerOf(const QString &fixture)
{
    const auto measure = [](const QString &mount) -> std::optional<qint64> {
        if (mount == "/"_L1)
            return 431;
        if (mount == "/mnt/usb stick"_L1)
            return 702;
        if (mount == "/boot/firmware"_L1)
            return 120;
        return 999; // nothing else may be asked for
    };
    return {fixtures + fixture, {.temperatureExclude = {}, .diskExclude = {}, .measureDisk = measure}};
}

/// A reading with what took its time.
Reading readingOf(const QString &fixture, qint64 bootTime)
{
    HealthReader reader = readerOf(fixture);
    Reading reading;
    if (!muster::test::eventually([&] {
            reading = reader.read(bootTime);
            return reading.disk != HealthSample::missing;
        }))
        qFatal("no disk");
    return reading;
}

HealthSample sampleWith(qint64 cpu)
{
    HealthSample sample;
    sample[HealthField::Cpu] = cpu;
    return sample;
}

QList<HealthSample> reported(const TestServer &server)
{
    QList<HealthSample> all;
    for (const Request &request : server.requests) {
        const auto batch = decodeHealthBatch(request.params);
        if (request.method != methods::healthReport || !batch)
            qFatal("not a batch");
        all.append(*batch);
    }
    return all;
}

} // namespace

/// A link and a reporter that does not wait.
struct AgentHealthTest::Device
{
    Device(const TestServer &server, const QString &ringPath, const QString &bootId = thisBoot)
        : link(
              {.deviceId = u"device-1"_s,
               .bootId = bootId,
               .agent = {},
               .machine = {},
               .key = *KeyPair::generate(Algorithm::EdDSA),
               .cloudKey = server.publicKey()},
              {.url = server.url(), .authMethod = methods::authenticate, .tls = {}},
              [](const QString &, const QJsonObject &) { return ready(QJsonValue()); }, Delays([] { return 0.0; }))
        , reporter(link, bootId, {.ringPath = ringPath, .ringCapacity = 2500, .every = 50ms, .urgentEvery = 0ms, .backlogWithin = 0ms})
    {
    }

    ServerLink link;
    HealthReporter reporter;
};

void AgentHealthTest::readsAMachine()
{
    const Reading earlier = readingOf(u"pi"_s, 1000);
    const Reading later = readingOf(u"pi-later"_s, 11'000);
    const HealthSample sample = sampleBetween(earlier, later);
    QCOMPARE(sample[HealthField::Cpu], 250);
    QCOMPARE(sample[HealthField::Memory], 300); // (3884372 - 2719060) / 3884372
    QCOMPARE(sample[HealthField::Disk], 702);
    QCOMPARE(sample[HealthField::Temperature], 511);
    QCOMPARE(sample[HealthField::NetworkIn], 40'000);
    QCOMPARE(sample[HealthField::NetworkOut], 5'000);
    QCOMPARE(sample[HealthField::Load], 107);

    // Counters that began anew say nothing.
    const HealthSample backwards = sampleBetween(later, earlier);
    QCOMPARE(backwards[HealthField::Cpu], HealthSample::missing);
    QCOMPARE(backwards[HealthField::NetworkIn], HealthSample::missing);
    QCOMPARE(backwards[HealthField::Memory], 300);
}

void AgentHealthTest::leavesOutWhatItCannotRead()
{
    HealthReader reader(m_folder.filePath(u"nothing"_s), {});
    const HealthSample sample = sampleBetween(reader.read(0), reader.read(10'000));
    for (const qint64 value : sample.values)
        QCOMPARE(value, HealthSample::missing);
}

void AgentHealthTest::readsTheMachineItRunsOn()
{
    HealthReader reader({}, {});
    const Reading earlier = reader.read(bootTime());
    QTRY_VERIFY(reader.read(bootTime()).cpuTotal > earlier.cpuTotal + 10);
    QTRY_VERIFY(reader.read(bootTime()).disk != HealthSample::missing);
    const Reading later = reader.read(bootTime());
    HealthSample sample = sampleBetween(earlier, later);
    sample.time = QDateTime::currentMSecsSinceEpoch();
    QVERIFY(checkHealthSample(sample));
    QVERIFY(sample[HealthField::Cpu] >= 0);
    QVERIFY(sample[HealthField::Memory] > 0);
    QVERIFY(sample[HealthField::Disk] > 0);
    QVERIFY(sample[HealthField::Load] >= 0);
}

void AgentHealthTest::tellsWhatTheMachineIs()
{
    const QJsonObject facts = machineFacts(fixtures + u"pi"_s);
    QCOMPARE(facts.value(u"os"_s).toString(), u"Debian GNU/Linux 13 (trixie)"_s);
    QCOMPARE(facts.value(u"model"_s).toString(), u"Raspberry Pi 4 Model B Rev 1.4"_s);
    QCOMPARE(facts.value(u"kernel"_s).toString(), u"6.12.41+rpt-rpi-v8"_s);
    QCOMPARE(facts.value(u"hostname"_s).toString(), u"greenhouse-7"_s);
    QCOMPARE(facts.value(u"cpus"_s).toInt(), 4);
    QCOMPARE(facts.value(u"memory_kib"_s).toInt(), 3884372);
    QVERIFY(facts.value(u"disk_kib"_s).toInteger() > 0);
    QCOMPARE(bootId(fixtures + u"pi"_s), thisBoot);
    QVERIFY(machineFacts(m_folder.filePath(u"nothing"_s)).size() <= 2);
}

void AgentHealthTest::keepsSamplesInARing()
{
    const QString path = m_folder.filePath(u"ring"_s);
    const auto stored = [](int number) {
        StoredSample sample{.sample = sampleWith(number % 1000), .bootTime = number, .boot = 7, .isServerTime = number % 2 == 0};
        sample.sample.time = 1'750'000'000'000 + number;
        return sample;
    };
    QList<StoredSample> samples;
    for (int i = 0; i < 25; ++i)
        samples.append(stored(i));
    {
        SampleRing ring(path, 10);
        QVERIFY(ring.isUsable());
        QCOMPARE(ring.count(), 0);
        ring.append(samples.first(4));
        QCOMPARE(ring.count(), 4);
    }
    SampleRing ring(path, 10);
    QCOMPARE(ring.count(), 4);
    qsizetype taken = 0;
    QCOMPARE(ring.oldest(100, &taken), samples.first(4));
    QCOMPARE(taken, 4);
    ring.drop(1);
    QCOMPARE(ring.oldest(2, &taken), samples.sliced(1, 2));
    ring.append(samples.sliced(4));
    QCOMPARE(ring.count(), 10);
    QCOMPARE(ring.oldest(100, &taken), samples.last(10));
    QVERIFY(QFileInfo(path).size() < 1500);
    QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    ring.drop(100);
    QCOMPARE(ring.count(), 0);
}

void AgentHealthTest::survivesDamage()
{
    const QString path = m_folder.filePath(u"damaged"_s);
    QList<StoredSample> samples(5, StoredSample{.sample = sampleWith(1), .bootTime = 5, .boot = 7, .isServerTime = true});
    {
        SampleRing ring(path, 10);
        ring.append(samples);
    }
    const auto damage = [&](qint64 at) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(at);
        file.write("damage");
    };
    damage(40 + 96 * 2 + 20);
    {
        SampleRing ring(path, 10);
        qsizetype taken = 0;
        QCOMPARE(ring.oldest(10, &taken).size(), 4);
        QCOMPARE(taken, 5);
    }
    damage(8);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is damaged or of another version: begun anew"_s));
    {
        SampleRing ring(path, 10);
        QCOMPARE(ring.count(), 0);
        ring.append(samples);
    }
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"begun anew"_s));
    SampleRing other(path, 20);
    QCOMPARE(other.count(), 0);

    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be used"_s));
    SampleRing nowhere(m_folder.filePath(u"no/such/folder"_s));
    QVERIFY(!nowhere.isUsable());
    nowhere.append(samples);
    QCOMPARE(nowhere.count(), 0);
}

void AgentHealthTest::noticesThresholds()
{
    Thresholds thresholds;
    const auto crossed = [&thresholds](qint64 disk) {
        HealthSample sample;
        sample[HealthField::Disk] = disk;
        return thresholds.crossedBy(sample);
    };
    QVERIFY(!crossed(500));
    QVERIFY(crossed(850));
    QVERIFY(!crossed(851));
    QVERIFY(!crossed(845)); // wavers
    QVERIFY(!crossed(855));
    QVERIFY(crossed(950));
    QVERIFY(!crossed(HealthSample::missing));
    QVERIFY(!crossed(941));
    QVERIFY(crossed(939));
    QVERIFY(crossed(700));
    QVERIFY(!crossed(700));
}

void AgentHealthTest::reportsBatches()
{
    TestServer server;
    server.answer = [](const Request &) { return Result<QJsonValue>(QJsonObject{{u"stored"_s, 1}}); };
    Device device(server, m_folder.filePath(u"ring%1"_s.arg(++m_rings)));
    device.link.start();
    QTRY_COMPARE(device.link.state(), ServerLink::State::Accepted);
    const qint64 now = bootTime();
    for (int i = 0; i < 3; ++i)
        device.reporter.add(sampleWith(i), now + i * 10'000);
    QTRY_COMPARE(reported(server).size(), 3);
    const QList<HealthSample> samples = reported(server);
    QCOMPARE(samples[2][HealthField::Cpu], 2);
    QCOMPARE(samples[2].time - samples[0].time, 20'000);
    QVERIFY(std::abs(samples[0].time - server.now().toMSecsSinceEpoch()) < 5000);

    // What was answered is not sent again.
    device.reporter.add(sampleWith(9), now + 30'000);
    QTRY_COMPARE(reported(server).size(), 4);
}

void AgentHealthTest::sendsLaterWhatItTookWhileAway()
{
    TestServer server;
    const QString path = m_folder.filePath(u"ring%1"_s.arg(++m_rings));
    const qint64 begin = bootTime();
    {
        Device device(server, path);
        device.link.start();
        QTRY_COMPARE(device.link.state(), ServerLink::State::Accepted);
        // The server does not answer: not one sample may be lost, however often that happens.
        for (int i = 0; i < 100; ++i)
            device.reporter.add(sampleWith(i), begin + i * 10'000);
        QTRY_VERIFY(!server.requests.isEmpty());
        server.cut();
        QTRY_COMPARE(device.link.state(), ServerLink::State::Accepted);
        server.cut();
    }
    {
        // The agent starts again, without a server for a while: more than one batch comes together.
        server.firstStatus = u"pending"_s;
        Device device(server, path);
        device.link.start();
        QTRY_COMPARE(device.link.state(), ServerLink::State::Pending);
        for (int i = 100; i < 1500; ++i)
            device.reporter.add(sampleWith(i % 1000), begin + i * 10'000);
        server.requests.clear();
        server.answer = [](const Request &) { return Result<QJsonValue>(QJsonObject{{u"stored"_s, 1}}); };
        server.sendStatus(u"accepted"_s);
        QTRY_COMPARE(reported(server).size(), 1500);
        QVERIFY(server.requests.size() >= 2);
    }
    const QList<HealthSample> samples = reported(server);
    for (int i = 0; i < 1500; ++i)
        QCOMPARE(samples[i][HealthField::Cpu], i % 1000);
    // Times of one run keep their distances.
    QCOMPARE(samples[1499].time - samples[100].time, 1399 * 10'000);
    QVERIFY(server.refused.isEmpty());
}

void AgentHealthTest::timesWhatItTookBeforeTheFirstContact()
{
    TestServer server;
    server.clockAhead = 3'600'000;
    server.answer = [](const Request &) { return Result<QJsonValue>(QJsonObject{{u"stored"_s, 1}}); };
    const QString path = m_folder.filePath(u"ring%1"_s.arg(++m_rings));
    {
        // An earlier boot, never in contact: its times are those of its own clock.
        Device device(server, path, u"11111111-6f2e-4c57-9a0e-2f6d7e1c3b11"_s);
        device.reporter.add(sampleWith(1), bootTime());
    }
    Device device(server, path);
    device.reporter.add(sampleWith(2), bootTime());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"clock skew"_s));
    device.link.start();
    QTRY_COMPARE(reported(server).size(), 2);
    const QList<HealthSample> samples = reported(server);
    QVERIFY(std::abs(samples[0].time - QDateTime::currentMSecsSinceEpoch()) < 10'000);
    QVERIFY(std::abs(samples[1].time - server.now().toMSecsSinceEpoch()) < 10'000);
}

void AgentHealthTest::dropsWhatTheServerWillNeverTake()
{
    TestServer server;
    server.answer = [](const Request &) { return Result<QJsonValue>(failure(InvalidParams, u"no"_s)); };
    Device device(server, m_folder.filePath(u"ring%1"_s.arg(++m_rings)));
    device.link.start();
    QTRY_COMPARE(device.link.state(), ServerLink::State::Accepted);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"the server does not take 1 samples: no"_s));
    device.reporter.add(sampleWith(1), bootTime());
    QTRY_COMPARE(server.requests.size(), 1);
    QTRY_COMPARE(server.sent.size(), 3);
    server.answer = [](const Request &) { return Result<QJsonValue>(QJsonObject{{u"stored"_s, 1}}); };
    server.requests.clear();
    device.reporter.add(sampleWith(2), bootTime());
    QTRY_COMPARE(reported(server).size(), 1);
    QCOMPARE(reported(server)[0][HealthField::Cpu], 2);
}

void AgentHealthTest::streamsWhileSomebodyLooks()
{
    TestServer server;
    Registry registry{Policy()};
    Device device(server, m_folder.filePath(u"ring%1"_s.arg(++m_rings)));
    HealthCapability health(device.link, thisBoot, readerOf(u"pi"_s),
                            {.sampleEvery = 10s, .report = {.ringPath = m_folder.filePath(u"ring%1"_s.arg(++m_rings))}});
    health.addMethods(registry);
    health.start();
    QCOMPARE(health.temperatureSensor(), u"cpu_thermal/temp1"_s);
    device.link.start();
    QTRY_COMPARE(device.link.state(), ServerLink::State::Accepted);

    const auto call = [&registry](const QString &method, const QJsonObject &params) { return registry.call(method, params).result(); };
    const auto sample = healthSampleFromJson(call(methods::healthGet, {})->toObject());
    QVERIFY(sample);

    QCOMPARE(*call(methods::healthStream, {{u"every_ms"_s, 500}, {u"for_s"_s, 60}}),
             (QJsonValue(QJsonObject{{u"every_ms"_s, 500}, {u"for_s"_s, 60}})));
    QTRY_VERIFY(server.notifications.size() >= 2);
    QCOMPARE(server.notifications[0].method, QString(methods::healthSample));
    const auto streamed = healthSampleFromJson(server.notifications[0].params);
    QVERIFY(streamed);
    QCOMPARE((*streamed)[HealthField::Memory], 300);

    QVERIFY(call(methods::healthStream, {{u"for_s"_s, 0}}));
    server.notifications.clear();
    QSignalSpy received(&server, &TestServer::received);
    QVERIFY(!received.wait(700));

    for (const QJsonObject &params :
         {QJsonObject{{u"every_ms"_s, 10}}, QJsonObject{{u"every_ms"_s, u"500"_s}}, QJsonObject{{u"for_s"_s, 0.5}},
          QJsonObject{{u"for_s"_s, 999999}}, QJsonObject{{u"every_ms"_s, QJsonValue::Null}}, QJsonObject{{u"for_s"_s, QJsonValue::Null}}})
        QCOMPARE(call(methods::healthStream, params).error().code, int(InvalidParams));
}

MUSTER_TEST(AgentHealthTest)
#include "tst_agenthealth.moc"
