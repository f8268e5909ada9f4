// SPDX-License-Identifier: GPL-3.0-or-later
// The bridge to workers, over a real nats-server.
#include "deviceagent/bus/busbridge.h"
#include "deviceagent/capabilities/system/selfreport.h"
#include "deviceagent/capabilities/system/systemcapability.h"
#include "deviceagent/tests/testserver.h"
#include "protocol/rpc/methods.h"
#include "tests/support/natsserver.h"
#include "tests/support/testcase.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QProcess>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <nats/nats.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace muster;
using namespace muster::agent;
using muster::test::NatsServer;
using muster::test::TestServer;

class AgentBusTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void aWorkerAnswersTheServer();
    void workersAreListedAndDescribed();
    void aWorkerThatIsSilentIsForgotten();
    void aWorkerMayNotTakeANameThatIsTaken();
    void badRegistrationsSayWhatIsWrong_data();
    void badRegistrationsSayWhatIsWrong();
    void badAnswersAreErrors_data();
    void badAnswersAreErrors();
    void theSecondAnswerIsIgnored();
    void aWorkerThatIsGoneIsNoticedAtOnce();
    void whatTheBusDoesNotTakeIsSaidAtOnce();
    void whatTheBusForbidsIsSaidAtOnce();
    void thePolicyHoldsBothWays();
    void workersHearWhatIsWanted();
    void workersCallTheServer();
    void workersMayCallNothingElse_data();
    void workersMayCallNothingElse();
    void eventsAreReported();
    void eventsWaitForTheServer();
    void tooManyEventsAreCounted();
    void aFloodFillsNoMemory();
    void theBusMayComeLateAndGo();
    void showsTheBusToTheServer();
    void signsInAtTheBus_data();
    void signsInAtTheBus();
    void speaksTlsWithTheBus();

private:
    CryptoLibrary m_crypto;
};

namespace {

QByteArray text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject json(const QByteArray &bytes)
{
    return QJsonDocument::fromJson(bytes).object();
}

void expectWarning(const char *pattern)
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QString::fromLatin1(pattern)));
}

/// A device with a bus.
struct Device
{
    explicit Device(const QString &natsUrl, const Policy &policy = {}, BusBridge::Options options = {})
        : registry(policy)
        , identity{.deviceId = u"device-1"_s,
                   .bootId = u"boot"_s,
                   .agent = {},
                   .machine = {},
                   .key = *KeyPair::generate(Algorithm::EdDSA),
                   .cloudKey = server.publicKey()}
        , link(
              identity, {.url = server.url(), .authMethod = methods::authenticate, .tls = {}},
              [this](const QString &method, const QJsonObject &params) { return registry.call(method, params); }, Delays([] { return 0; }))
        , report(link)
    {
        addSystemMethods(registry, identity, [this]() -> const ServerClock & { return link.clock(); });
        if (options.nats.url.isEmpty())
            options.nats.url = natsUrl;
        options.nats.reconnectWait = 50ms;
        options.deviceId = u"device-1"_s;
        options.events.gather = 20ms;
        options.events.retryEvery = 50ms;
        bridge = std::make_unique<BusBridge>(link, registry, options);
        report.add(u"bus"_s, [this] { return QJsonValue(bridge->state()); });
        QObject::connect(bridge.get(), &BusBridge::stateChanged, &report, &SelfReport::update);
        server.answer = [](const Request &) { return Result<QJsonValue>(QJsonObject{{u"ok"_s, true}}); };
    }

    void start()
    {
        bridge->start();
        link.start();
        if (!muster::test::eventually([this] { return link.state() == ServerLink::State::Accepted; }))
            qFatal("no link");
    }
    bool isOnBus() const { return bridge->state()[u"state"].toString() == u"connected"; }

    Result<QJsonValue> call(const QString &method, const QJsonObject &params = {})
    {
        const QString id = u"call-%1"_s.arg(++asked);
        server.send(Request{id, method, params});
        const auto answer = [&] { return std::ranges::find(server.responses, id, &Response::id); };
        if (!muster::test::eventually([&] { return answer() != server.responses.end(); }))
            qFatal("no answer");
        return answer()->result;
    }

    QStringList list()
    {
        QStringList names;
        const QJsonArray array = call(methods::rpcList)->toArray();
        for (const QJsonValueConstRef name : array)
            names.append(name.toString());
        return names;
    }

    /// What the server was told last of the bus.
    QJsonObject shownBus() const
    {
        const QList<QJsonObject> reports = asked_(methods::stateReport);
        return reports.isEmpty() ? QJsonObject() : reports.last()[u"state"][u"muster"][u"bus"].toObject();
    }
    QList<QJsonObject> asked_(QLatin1StringView method) const
    {
        QList<QJsonObject> params;
        for (const Request &request : server.requests) {
            if (request.method == method)
                params.append(request.params);
        }
        return params;
    }

    QList<QJsonObject> events() const
    {
        QList<QJsonObject> all;
        for (const QJsonObject &params : asked_(methods::eventReport)) {
            const QJsonArray array = params[u"events"].toArray();
            for (const QJsonValueConstRef event : array)
                all.append(event.toObject());
        }
        return all;
    }

    TestServer server;
    int asked = 0;
    Registry registry;
    Identity identity;
    ServerLink link;
    SelfReport report;
    std::unique_ptr<BusBridge> bridge;
};

/// A worker as the test wants it.
struct Worker
{
    explicit Worker(const QString &url, const QString &workerName = u"lamp"_s, NatsClient::Options options = {})
        : name(workerName)
        , client(
              [&] {
                  options.url = url;
                  options.name = name;
                  options.reconnectWait = 50ms;
                  return options;
              }(),
              {u"muster.rpc.>"_s, u"muster.hello"_s, u"muster.shadow.delta"_s, inbox + u".*"_s})
    {
        QObject::connect(&client, &NatsClient::received, &client, [this](const BusMessage &message) {
            if (message.subject == u"muster.hello")
                ++hellos;
            else if (message.subject == u"muster.shadow.delta")
                deltas << json(message.data);
            else if (message.subject.startsWith(u"muster.rpc."))
                answer(message);
            else
                answers.insert(message.subject, json(message.data));
        });
        client.start();
        if (!muster::test::eventually([this] { return client.isConnected(); }))
            qFatal("no bus");
    }

    /// Asks the agent, and waits for what it says.
    QJsonObject ask(const QString &subject, const QByteArray &data)
    {
        const QString reply = inbox + u"."_s + QString::number(++asked);
        publish(subject, data, reply);
        if (!muster::test::eventually([&] { return answers.contains(reply); }))
            qFatal("no answer on %s", qPrintable(subject));
        return answers.value(reply);
    }

    QJsonObject enrol(const QStringList &methodNames)
    {
        QJsonArray list;
        for (const QString &method : methodNames)
            list.append(QJsonObject{{u"name"_s, method}});
        return ask(u"muster.register"_s, text({{u"worker"_s, name}, {u"openrpc"_s, QJsonObject{{u"methods"_s, list}}}}));
    }

    void publish(const QString &subject, const QByteArray &data, const QString &reply = {})
    {
        if (const auto sent = client.publish(subject, data, reply); !sent)
            qFatal("%s", qPrintable(sent.error().message));
    }

    void say(const BusMessage &to, const Result<QJsonValue> &result)
    {
        publish(to.reply, text(toJson(Response{json(to.data)[u"id"].toString(), result})));
    }

    QString name;
    QString inbox = u"_INBOX.test%1"_s.arg(quintptr(this));
    int hellos = 0;
    int asked = 0;
    QHash<QString, QJsonObject> answers;
    QList<QJsonObject> deltas;
    std::function<void(const BusMessage &)> answer = [this](const BusMessage &message) { say(message, json(message.data)[u"params"]); };
    NatsClient client;
};

/// Publishes with the header that says who it is.
void publishAs(const QString &url, const QByteArray &worker, const QByteArray &subject, const QByteArray &data)
{
    natsConnection *connection = nullptr;
    natsMsg *message = nullptr;
    if (natsConnection_ConnectTo(&connection, qPrintable(url)) != NATS_OK
        || natsMsg_Create(&message, subject.constData(), nullptr, data.constData(), int(data.size())) != NATS_OK
        || natsMsgHeader_Set(message, "Muster-Worker", worker.constData()) != NATS_OK
        || natsConnection_PublishMsg(connection, message) != NATS_OK || natsConnection_Flush(connection) != NATS_OK)
        qFatal("the bus does not work");
    natsMsg_Destroy(message);
    natsConnection_Destroy(connection);
}

} // namespace

void AgentBusTest::aWorkerAnswersTheServer()
{
    NatsServer nats;
    QVERIFY(nats.start());
    Device device(nats.url());
    device.start();
    QTRY_VERIFY(device.isOnBus());
    Worker worker(nats.url());
    QCOMPARE(worker.enrol({u"Light.Set"_s}), (QJsonObject{{u"ok"_s, true}, {u"renew_s"_s, 30}}));
    const QJsonObject params{{u"on"_s, true}, {u"name"_s, u"<b>ü"_s}};
    const auto answer = device.call(u"Light.Set"_s, params);
    QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().message));
    QCOMPARE(*answer, QJsonValue(params));
    worker.answer = [&worker](const BusMessage &message) { worker.say(message, failure(-1, u"the\u202e bulb is broken"_s, 5)); };
    const auto error = device.call(u"Light.Set"_s);
    QCOMPARE(error.error(), (Error{-1, u"the bulb is broken"_s, 5}));
}

void AgentBusTest::workersAreListedAndDescribed()
{
    NatsServer nats;
    QVERIFY(nats.start());
    Device device(nats.url());
    device.start();
    QTRY_VERIFY(device.isOnBus());
    Worker worker(nats.url());
    const QByteArray registration =
        R"({"worker":"lamp","openrpc":{"openrpc":"1.3.2","methods":[{"name":"Light.Set","summary":"Turns it on",)"
        R"("params":[{"name":"on","required":true,"schema":{"type":"boolean"}},{"name":"level","schema":{"type":"integer"}}],)"
        R"("result":{"name":"r","schema":{"type":"object"}}}]}})";
    QVERIFY(worker.ask(u"muster.register"_s, registration)[u"ok"].toBool());
    QVERIFY(device.list().contains(u"Light.Set"_s));
    QCOMPARE(
        device.call(methods::rpcDescribe, {{u"name"_s, u"Light.Set"_s}})->toObject(),
        (QJsonObject{
            {u"name"_s, u"Light.Set"_s},
            {u"summary"_s, u"Turns it on"_s},
            {u"params"_s, json(R"({"type":"object","properties":{"on":{"type":"boolean"},"level":{"type":"integer"}},"required":["on"]})")},
            {u"result"_s, json(R"({"type":"object"})")}}));
    const QJsonArray discovered = device.call(methods::rpcDiscover)->toObject()[u"methods"].toArray();
    const auto found = std::ranges::find_if(discovered, [](const QJsonValue &m) { return m[u"name"] == u"Light.Set"_s; });
    QVERIFY(found != discovered.end());
    QCOMPARE((*found)[u"x-worker"].toString(), u"lamp"_s);
    QCOMPARE((*found)[u"params"].toArray().size(), 2);
    // What it registers next takes the place of what it had.
    QVERIFY(worker.enrol({u"Light.Blink"_s})[u"ok"].toBool());
    QVERIFY(device.list().contains(u"Light.Blink"_s) && !device.list().contains(u"Light.Set"_s));
    // And an empty list is a way to say goodbye.
    QVERIFY(worker.enrol({})[u"ok"].toBool());
    QCOMPARE(device.list(), (QStringList{u"RPC.Describe"_s, u"RPC.List"_s, u"Shadow.Delta"_s, u"Sys.GetInfo"_s, u"rpc.discover"_s}));
}

void AgentBusTest::aWorkerThatIsSilentIsForgotten()
{
    NatsServer nats;
    QVERIFY(nats.start());
    BusBridge::Options options;
    options.forget = 300ms;
    Device device(nats.url(), {}, options);
    device.start();
    QTRY_VERIFY(device.isOnBus());
    Worker worker(nats.url());
    QVERIFY(worker.enrol({u"Light.Set"_s})[u"ok"].toBool());
    QVERIFY(device.list().contains(u"Light.Set"_s));
    QTRY_VERIFY(!device.list().contains(u"Light.Set"_s));
    QCOMPARE(device.call(u"Light.Set"_s).error().code, int(MethodNotFound));
    QVERIFY(worker.enrol({u"Light.Set"_s})[u"ok"].toBool());
    QVERIFY(device.call(u"Light.Set"_s));
}

void AgentBusTest::aWorkerMayNotTakeANameThatIsTaken()
{
    NatsServer nats;
    QVERIFY(nats.start());
    Device device(nats.url());
    device.start();
    QTRY_VERIFY(device.isOnBus());
    Worker lamp(nats.url());
    Worker thief(nats.url(), u"thief"_s);
    QVERIFY(lamp.enrol({u"Light.Set"_s})[u"ok"].toBool());
    expectWarning("a worker was not registered: .* belongs to the worker lamp");
    const QJsonObject refused = thief.enrol({u"Mine"_s, u"Light.Set"_s});
    QCOMPARE(refused[u"error"][u"code"].toInt(), int(Conflict));
    QVERIFY(!device.list().contains(u"Mine"_s)); // all of it or nothing
    const QJsonObject builtIn = thief.enrol({u"Sys.GetInfo"_s});
    QCOMPARE(builtIn[u"error"][u"code"].toInt(), int(Conflict));
    QVERIFY(builtIn[u"error"][u"message"].toString().contains(u"the agent itself"_s));
    QCOMPARE(device.call(u"Sys.GetInfo"_s)->toObject()[u"device_id"].toString(), u"device-1"_s);
}

void AgentBusTest::badRegistrationsSayWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("registration");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const auto with = [](const QByteArray &method) { return R"({"worker":"w","openrpc":{"methods":[)" + method + "]}}"; };
    const int invalid = InvalidParams;
    QTest::newRow("no JSON") << QByteArray("hello") << invalid << u"Not JSON"_s;
    QTest::newRow("empty") << QByteArray() << invalid << u"JSON"_s;
    QTest::newRow("no worker") << QByteArray(R"({"openrpc":{"methods":[]}})") << invalid << u"\"worker\" must be"_s;
    QTest::newRow("worker with a line") << QByteArray(R"({"worker":"a\nb","openrpc":{"methods":[]}})") << invalid
                                        << u"\"worker\" must be"_s;
    QTest::newRow("no methods") << QByteArray(R"({"worker":"w","openrpc":{}})") << invalid << u"array \"methods\""_s;
    QTest::newRow("no name") << with("{}") << invalid << u"is no name for a method"_s;
    for (const char *name : {"a b", "a.*", "a..b", ".a", "a.", ">", "1a", "ä", "a\\u0000"})
        QTest::addRow("name %s", name) << with(R"({"name":")" + QByteArray(name) + R"("})") << invalid << u"is no name for a method"_s;
    QTest::newRow("long name") << with(R"({"name":")" + QByteArray(129, 'a') + R"("})") << invalid << u"is no name for a method"_s;
    QTest::newRow("twice") << with(R"({"name":"A"},{"name":"A"})") << invalid << u"A stands there twice"_s;
    QTest::newRow("params object") << with(R"({"name":"A","params":{"x":{}}})") << invalid << u"\"params\" must be an array"_s;
    QTest::newRow("param without a name") << with(R"({"name":"A","params":[{"schema":{}}]})") << invalid << u"needs a \"name\""_s;
    QTest::newRow("schema text") << with(R"({"name":"A","params":[{"name":"x","schema":"integer"}]})") << invalid
                                 << u"A, \"x\": \"schema\" must be a JSON Schema"_s;
    QTest::newRow("type number") << with(R"({"name":"A","params":[{"name":"x","schema":{"type":5}}]})") << invalid << u"\"type\""_s;
    QTest::newRow("result text") << with(R"({"name":"A","result":"x"})") << invalid << u"\"result\" must be"_s;
    QTest::newRow("result schema") << with(R"({"name":"A","result":{"schema":[]}})") << invalid << u"A, result: \"schema\""_s;
    QTest::newRow("timeout") << with(R"({"name":"A","x-timeout-s":0})") << invalid << u"x-timeout-s"_s;
    QTest::newRow("timeout null") << with(R"({"name":"A","x-timeout-s":null})") << invalid << u"x-timeout-s"_s;
    QTest::newRow("params null") << with(R"({"name":"A","params":null})") << invalid << u"\"params\" must be an array"_s;
    QTest::newRow("schema null") << with(R"({"name":"A","params":[{"name":"x","schema":null}]})") << invalid << u"JSON Schema"_s;
    QTest::newRow("required text") << with(R"({"name":"A","params":[{"name":"x","required":"yes"}]})") << invalid
                                   << u"A, \"x\": \"required\" must be true or false"_s;
    QTest::newRow("result null") << with(R"({"name":"A","result":null})") << invalid << u"\"result\" must be"_s;
    QTest::newRow("summary null") << with(R"({"name":"A","summary":null})") << invalid << u"\"summary\" must be a text"_s;
    QByteArray deep = "1";
    for (int i = 0; i < 45; ++i)
        deep = "{\"not\":" + deep + "}";
    QTest::newRow("deep schema") << with(R"({"name":"A","params":[{"name":"x","schema":)" + deep + "}]}") << invalid << u"nested deeper"_s;
    QByteArray many;
    for (int i = 0; i < 65; ++i)
        many += (i > 0 ? ",{\"name\":\"M" : "{\"name\":\"M") + QByteArray::number(i) + "\"}";
    QTest::newRow("many methods") << with(many) << int(TooLarge) << u"64 methods"_s;
    QTest::newRow("long") << with(R"({"name":"A","summary":")" + QByteArray(200'000, 'x') + R"("})") << int(TooLarge) << u"bytes"_s;
}

void AgentBusTest::badRegistrationsSayWhatIsWrong()
{
    QFETCH(QByteArray, registration);
    QFETCH(int, code);
    QFETCH(QString, says);
    const auto read = Registration::fromJson(registration);
    QVERIFY(!read);
    QCOMPARE(read.error().code, code);
    QVERIFY2(read.error().message.contains(says), qPrintable(read.error().message));
}

void AgentBusTest::badAnswersAreErrors_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    QTest::addColumn<bool>("warns");
    QTest::newRow("never") << QByteArray("-") << int(TimedOut) << u"did not answer Light.Set within 1 s"_s << false;
    QTest::newRow("5 MB") << R"({"jsonrpc":"2.0","id":"1","result":")" + QByteArray(5'000'000, 'x') + R"("})" << int(TooLarge)
                          << u"over the limit of 768 KiB"_s << false;
    QTest::newRow("900 KB") << R"({"jsonrpc":"2.0","id":"1","result":")" + QByteArray(900'000, 'x') + R"("})" << int(TooLarge)
                            << u"over the limit"_s << false;
    QTest::newRow("garbage") << QByteArray("\xff\x00garbage", 9) << int(InternalError) << u"no JSON-RPC response"_s << true;
    QTest::newRow("empty") << QByteArray() << int(InternalError) << u"no JSON-RPC response"_s << true;
    QTest::newRow("array") << QByteArray("[]") << int(InternalError) << u"no JSON-RPC response"_s << true;
    QTest::newRow("a request") << QByteArray(R"({"jsonrpc":"2.0","id":"1","method":"x"})") << int(InternalError) << u"It is no response"_s
                               << true;
    QTest::newRow("another id") << QByteArray(R"({"jsonrpc":"2.0","id":"no","result":1})") << int(InternalError) << u"\"id\""_s << true;
    QTest::newRow("both") << QByteArray(R"({"jsonrpc":"2.0","id":"1","result":1,"error":{"code":1,"message":""}})") << int(InternalError)
                          << u"either"_s << true;
    QTest::newRow("a number that no message can carry")
        << QByteArray(R"({"jsonrpc":"2.0","id":"1","result":9007199254740993})") << int(InternalError) << u"no JSON-RPC response"_s << true;
}

void AgentBusTest::badAnswersAreErrors()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, code);
    QFETCH(QString, says);
    QFETCH(bool, warns);
    NatsServer nats;
    QVERIFY(nats.start());
    Device device(nats.url());
    device.start();
    QTRY_VERIFY(device.isOnBus());
    Worker worker(nats.url());
    QVERIFY(worker.ask(u"muster.register"_s, R"({"worker":"lamp","openrpc":{"methods":[{"name":"Light.Set","x-timeout-s":1}]}})")[u"ok"]
                .toBool());
    worker.answer = [&](const BusMessage &message) {
        if (answer != "-")
            worker.publish(message.reply, answer);
    };
    if (warns)
        expectWarning("a worker answered Light.Set with what is no JSON-RPC response");
    const auto said = device.call(u"Light.Set"_s);
    QVERIFY(!said);
    QCOMPARE(said.error().code, code);
    QVERIFY2(said.error().message.contains(says), qPrintable(said.error().message));
    // It does better the next time.
    worker.answer = [&worker](const BusMessage &message) { worker.say(message, QJsonValue(1)); };
    QVERIFY(device.call(u"Light.Set"_s));
}

void AgentBusTest::theSecondAnswerIsIgnored()
{
    NatsServer nats;
    QVERIFY(nats.start());
    Device device(nats.url());
    device.start();
    QTRY_VERIFY(device.isOnBus());
    Worker worker(nats.url());
    QVERIFY(worker.enrol({u"Light.Set"_s})[u"ok"].toBool());
    worker.answer = [&worker](const BusMessage &message) {
        worker.say(message, QJsonValue(1));
        worker.say(message, QJsonValue(2));
    };
    QCOMPARE(*device.call(u"Light.Set"_s), QJsonValue(1));
    QCOMPARE(*device.call(u"Light.Set"_s), QJsonValue(1));
    QCOMPARE(std::ranges::count_if(device.server.responses, [](const Response &r) { return r.id.startsWith(u"call-"); }), 2);
}

void AgentBusTest::aWorkerThatIsGoneIsNoticedAtOnce()
{
    NatsServer nats;
    QVERIFY(nats.start());
    Device device(nats.url());
    device.start();
    QTRY_VERIFY(device.isOnBus());
    {
        Worker worker(nats.url());
        QVERIFY(worker.enrol({u"Light.Set"_s})[u"ok"].toBool());
        QVERIFY(device.call(u"Light.Set"_s));
    }
    QElapsedTimer timer;
    timer.start();
    const auto gone = device.call(u"Light.Set"_s);
    QCOMPARE(gone.error(), (Error{Unavailable, u"No worker listens for Light.Set: has it stopped?"_s}));
    QVERIFY(timer.elapsed() < 5000);
}

void AgentBusTest::whatTheBusDoesNotTakeIsSaidAtOnce()
{
    NatsServer nats("max_payload: 4096");
    QVERIFY(nats.start());
    Device device(nats.url());
    // A server may well say more than the bus takes.
    device.server.answer = [](const Request &) { return Result<QJsonValue>(QJsonObject{{u"x"_s, QString(10'000, u'x')}}); };
    device.start();
    QTRY_VERIFY(device.isOnBus());
    Worker worker(nats.url());
    QVERIFY(worker.enrol({u"Light.Set"_s})[u"ok"].toBool());
    QElapsedTimer timer;
    timer.start();
    const auto tooLarge = device.call(u"Light.Set"_s, {{u"x"_s, QString(10'000, u'x')}});
    QCOMPARE(tooLarge.error().code, int(TooLarge));
    QVERIFY2(tooLarge.error().message.contains(u"message bus takes 4096"_s), qPrintable(tooLarge.error().message));
    const QJsonObject upwards = worker.ask(u"muster.cloud.Time.Now"_s, R"({"id":"7"})");
    QCOMPARE(upwards[u"id"].toString(), u"7"_s);
    QCOMPARE(upwards[u"error"][u"code"].toInt(), int(TooLarge));
    QVERIFY(!upwards.contains(u"result"));
    QVERIFY2(timer.elapsed() < 5000, "it waited for what was never sent");
    // What fits goes on.
    QVERIFY(device.call(u"Light.Set"_s, {{u"x"_s, QString(1000, u'x')}}));
}

void AgentBusTest::whatTheBusForbidsIsSaidAtOnce()
{
    NatsServer nats(R"(authorization { users: [
        {user: "agent", password: "hush", permissions: {publish: {deny: "muster.rpc.Light.*"}}},
        {user: "lamp", password: "hush"}
    ] })");
    QVERIFY(nats.start());
    BusBridge::Options options;
    options.nats.user = u"agent"_s;
    options.nats.password = u"hush"_s;
    Device device(nats.url(), {}, options);
    device.start();
    QTRY_VERIFY(device.isOnBus());
    NatsClient::Options lamp;
    lamp.user = u"lamp"_s;
    lamp.password = u"hush"_s;
    Worker worker(nats.url(), u"lamp"_s, lamp);
    QVERIFY(worker.enrol({u"Light.Set"_s, u"Door.Open"_s})[u"ok"].toBool());
    QElapsedTimer timer;
    timer.start();
    const auto forbidden = device.call(u"Light.Set"_s);
    QCOMPARE(forbidden.error().code, int(Unavailable));
    QVERIFY2(forbidden.error().message.contains(u"does not let the agent's user publish on muster.rpc.Light.Set"_s),
             qPrintable(forbidden.error().message));
    QVERIFY2(timer.elapsed() < 5000, "it waited for what was never sent");
    QVERIFY(device.call(u"Door.Open"_s));
}

void AgentBusTest::thePolicyHoldsBothWays()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"policy.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"forbid":["Light.*","Time.Now","Event.Report"]})");
    file.close();
    NatsServer nats;
    QVERIFY(nats.start());
    Device device(nats.url(), *Policy::load(file.fileName()));
    device.start();
    QTRY_VERIFY(device.isOnBus());
    Worker worker(nats.url());
    QVERIFY(worker.enrol({u"Light.Set"_s, u"Door.Open"_s})[u"ok"].toBool());
    QCOMPARE(device.call(u"Light.Set"_s).error().code, int(PolicyForbids));
    QVERIFY(device.call(u"Door.Open"_s));
    QVERIFY(device.list().contains(u"Door.Open"_s) && !device.list().contains(u"Light.Set"_s));
    QCOMPARE(worker.ask(u"muster.cloud.Time.Now"_s, "{}")[u"error"][u"code"].toInt(), int(PolicyForbids));
    worker.publish(u"muster.event.door"_s, "1");
    QVERIFY(worker.ask(u"muster.cloud.State.Report"_s, R"({"params":{"state":{"door":"open"}}})").contains(u"result"));
    QVERIFY(device.events().isEmpty());
    QCOMPARE(device.bridge->events().count(), 0);
}

void AgentBusTest::workersHearWhatIsWanted()
{
    NatsServer nats;
    QVERIFY(nats.start());
    Device device(nats.url());
    const QJsonObject document = json(R"({"state":{"desired":{"on":true},"reported":{},"delta":{"on":true}},"version":7,"timestamp":5})");
    device.server.answer = [document](const Request &request) -> Result<QJsonValue> {
        return request.method == methods::shadowGet ? document : QJsonObject{{u"version"_s, 7}};
    };
    device.start();
    QTRY_VERIFY(device.isOnBus());
    Worker worker(nats.url());
    QVERIFY(device.call(u"Shadow.Delta"_s, json(R"({"state":{"on":false},"version":8,"timestamp":6})")));
    QTRY_COMPARE(worker.deltas, QList<QJsonObject>{json(R"({"state":{"on":false},"version":8,"timestamp":6})")});
    QCOMPARE(device.call(u"Shadow.Delta"_s, json(R"({"state":[]})")).error().code, int(InvalidParams));
    // A worker that starts asks, and says what it has done.
    QCOMPARE(worker.ask(u"muster.cloud.Shadow.Get"_s, {})[u"result"].toObject(), document);
    QCOMPARE(worker.ask(u"muster.cloud.Shadow.Update"_s, R"({"params":{"state":{"reported":{"on":true}}}})")[u"result"].toObject(),
             json(R"({"version":7})"));
    QTRY_VERIFY(device.asked_(methods::shadowUpdate).contains(json(R"({"state":{"reported":{"on":true}}})")));
    // What was told while the bus was away is asked for when it is back.
    nats.kill();
    QTRY_VERIFY(!device.isOnBus());
    QCOMPARE(device.call(u"Shadow.Delta"_s, json(R"({"state":{"on":true},"version":7})")).error().code, int(Unavailable));
    const auto asked = device.asked_(methods::shadowGet).size();
    QVERIFY(nats.start());
    QTRY_VERIFY_WITH_TIMEOUT(device.isOnBus(), 15'000);
    QTRY_COMPARE(device.asked_(methods::shadowGet).size(), asked + 1);
}

void AgentBusTest::workersCallTheServer()
{
    NatsServer nats;
    QVERIFY(nats.start());
    Device device(nats.url());
    device.server.answer = [](const Request &request) -> Result<QJsonValue> {
        if (request.method == methods::timeNow)
            return QJsonObject{{u"server_time"_s, u"2025-06-15T15:06:40.000Z"_s}};
        if (request.method == methods::eventReport)
            return failure(InvalidParams, u"no"_s);
        return QJsonObject();
    };
    device.start();
    QTRY_VERIFY(device.isOnBus());
    Worker worker(nats.url());
    QCOMPARE(worker.ask(u"muster.cloud.Time.Now"_s, R"({"jsonrpc":"2.0","id":"7","method":"Time.Now","params":{}})"),
             json(R"({"jsonrpc":"2.0","id":"7","result":{"server_time":"2025-06-15T15:06:40.000Z"}})"));
    // Without anything, and with a number for an id, as many libraries have them.
    QVERIFY(worker.ask(u"muster.cloud.Time.Now"_s, {})[u"result"].isObject());
    QCOMPARE(worker.ask(u"muster.cloud.Time.Now"_s, R"({"id":3})")[u"id"], QJsonValue(3));
    QCOMPARE(worker.ask(u"muster.cloud.Event.Report"_s, R"({"params":{"events":[]}})")[u"error"][u"code"].toInt(), int(InvalidParams));
    QVERIFY(worker.ask(u"muster.cloud.State.Report"_s, R"({"params":{"state":{"lamp":{"on":true}}}})").contains(u"result"));
    QTRY_VERIFY(device.asked_(methods::stateReport).contains(QJsonObject{{u"state"_s, json(R"({"lamp":{"on":true}})")}}));
    device.link.stop();
    QCOMPARE(worker.ask(u"muster.cloud.Time.Now"_s, {})[u"error"][u"code"].toInt(), int(DeviceOffline));
}

void AgentBusTest::workersMayCallNothingElse_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<int>("code");
    for (const QString &method : {u"Health.Report"_s, u"Command.Done"_s, u"Device.Authenticate"_s, u"time.now"_s, u"Time"_s, u"x"_s})
        QTest::newRow(qPrintable(method)) << method << QByteArray("{}") << int(MethodNotFound);
    QTest::newRow("no JSON") << u"Time.Now"_s << QByteArray("now") << int(ParseError);
    QTest::newRow("another method inside") << u"Time.Now"_s << QByteArray(R"({"method":"Health.Report"})") << int(InvalidRequest);
    QTest::newRow("params array") << u"Time.Now"_s << QByteArray(R"({"params":[]})") << int(InvalidParams);
    QTest::newRow("the agent's own state") << u"State.Report"_s << QByteArray(R"({"params":{"state":{"muster":null}}})") << int(Forbidden);
    QTest::newRow("the agent's own state, as a shadow")
        << u"Shadow.Update"_s << QByteArray(R"({"params":{"state":{"reported":{"muster":{"bus":"x"}}}}})") << int(Forbidden);
    QTest::newRow("2 MB") << u"State.Report"_s << R"({"params":{"state":{"x":")" + QByteArray(2'000'000, 'x') + R"("}}})" << int(TooLarge);
    QTest::newRow("500 KB that are 2 MB on the way")
        << u"State.Report"_s << R"({"params":{"state":{"x":[1e15)" + QByteArray(",1e15").repeated(100'000) + "]}}}" << int(TooLarge);
}

void AgentBusTest::workersMayCallNothingElse()
{
    QFETCH(QString, method);
    QFETCH(QByteArray, data);
    QFETCH(int, code);
    NatsServer nats;
    QVERIFY(nats.start());
    Device device(nats.url());
    device.start();
    QTRY_VERIFY(device.isOnBus());
    Worker worker(nats.url());
    QTRY_VERIFY(!device.server.requests.isEmpty()); // the agent's own report
    const qsizetype before = device.server.requests.size();
    const QJsonObject answer = worker.ask(u"muster.cloud."_s + method, data);
    QCOMPARE(answer[u"error"][u"code"].toInt(), code);
    QCOMPARE(device.server.requests.size(), before);
}

void AgentBusTest::eventsAreReported()
{
    NatsServer nats;
    QVERIFY(nats.start());
    Device device(nats.url());
    device.server.clockAhead = 3'600'000;
    expectWarning("clock skew");
    device.start();
    QTRY_VERIFY(device.isOnBus());
    publishAs(nats.url(), "lamp", "muster.event.door.opened", R"({"door":2})");
    publishAs(nats.url(), "", "muster.event.note", "it rains");
    publishAs(nats.url(), "bad\u202ename", "muster.event.empty", "");
    publishAs(nats.url(), "x", "muster.event.trick", R"(1},"name":{"a":1)");
    QTRY_COMPARE(device.events().size(), 4);
    const QList<QJsonObject> events = device.events();
    QCOMPARE(events[0][u"name"].toString(), u"door.opened"_s);
    QCOMPARE(events[0][u"data"].toObject(), json(R"({"door":2})"));
    QCOMPARE(events[0][u"source"].toString(), u"lamp"_s);
    QVERIFY(std::abs(events[0][u"time"].toInteger() - device.server.now().toMSecsSinceEpoch()) < 30'000);
    QCOMPARE(events[1][u"data"].toString(), u"it rains"_s);
    QVERIFY(!events[1].contains(u"source"));
    QVERIFY(!events[2].contains(u"data"));
    QVERIFY(events[3][u"data"].isString());
    // No name, or too much: said, and not reported.
    expectWarning("is no name for an event");
    publishAs(nats.url(), "x", "muster.event." + QByteArray(65, 'x'), "1");
    publishAs(nats.url(), "x", "muster.event.big", '"' + QByteArray(17'000, 'x') + '"');
    publishAs(nats.url(), "x", "muster.event.last", "1");
    QTRY_COMPARE(device.events().size(), 5);
    QCOMPARE(device.events().last()[u"name"].toString(), u"last"_s);
}

void AgentBusTest::eventsWaitForTheServer()
{
    NatsServer nats;
    QVERIFY(nats.start());
    Device device(nats.url());
    device.bridge->start();
    QTRY_VERIFY(device.isOnBus());
    Worker worker(nats.url());
    for (int i = 0; i < 250; ++i)
        worker.publish(u"muster.event.tick"_s, QByteArray::number(i));
    QTRY_COMPARE(device.bridge->events().count(), 250);
    bool isFull = true;
    device.server.answer = [&isFull](const Request &request) -> Result<QJsonValue> {
        if (request.method == methods::eventReport && isFull)
            return failure(Unavailable, u"the disk is full"_s);
        return QJsonObject();
    };
    device.link.start();
    QTRY_VERIFY(device.asked_(methods::eventReport).size() >= 2);
    isFull = false;
    QTRY_COMPARE(device.bridge->events().count(), 0);
    QSet<qint64> times;
    for (const QJsonObject &params : device.asked_(methods::eventReport))
        QVERIFY(params[u"events"].toArray().size() <= limits::eventsPerReport);
    QSet<int> numbers;
    for (const QJsonObject &event : device.events()) {
        numbers.insert(event[u"data"].toInt());
        times.insert(event[u"time"].toInteger());
    }
    QCOMPARE(numbers.size(), 250);
    QCOMPARE(times.size(), 250); // the same name at the same time would be one event to the server
}

void AgentBusTest::tooManyEventsAreCounted()
{
    NatsServer nats;
    QVERIFY(nats.start());
    BusBridge::Options options;
    options.events.most = 10;
    Device device(nats.url(), {}, options);
    device.bridge->start();
    QTRY_VERIFY(device.isOnBus());
    Worker worker(nats.url());
    for (int i = 0; i < 15; ++i)
        worker.publish(u"muster.event.tick"_s, QByteArray::number(i));
    QVERIFY(worker.enrol({})[u"ok"].toBool()); // all came before
    QCOMPARE(device.bridge->events().count(), 10);
    expectWarning("5 events of workers were dropped");
    device.link.start();
    QTRY_VERIFY(!device.events().isEmpty());
    QTRY_COMPARE(device.bridge->events().count(), 0);
    const QJsonObject last = device.events().last();
    QCOMPARE(last[u"name"].toString(), u"muster.dropped"_s);
    QVERIFY(last[u"data"][u"count"].toInt() >= 5);
}

void AgentBusTest::aFloodFillsNoMemory()
{
    NatsServer nats;
    QVERIFY(nats.start());
    Device device(nats.url());
    device.start();
    QTRY_VERIFY(device.isOnBus());
    // How often it is said depends on the machine.
    QLoggingCategory::setFilterRules(u"muster.agent.bus.warning=false"_s);
    const auto rules = qScopeGuard([] { QLoggingCategory::setFilterRules({}); });
    natsConnection *connection = nullptr;
    QCOMPARE(natsConnection_ConnectTo(&connection, qPrintable(nats.url())), NATS_OK);
    // Nothing of this thread runs meanwhile, as if the agent were busy.
    const QByteArray data = '"' + QByteArray(10'000, 'x') + '"';
    for (int i = 0; i < 20'000; ++i)
        QCOMPARE(natsConnection_Publish(connection, "muster.event.flood", data.constData(), int(data.size())), NATS_OK);
    QCOMPARE(natsConnection_Flush(connection), NATS_OK);
    natsConnection_Destroy(connection);
    QTRY_COMPARE(device.bridge->events().count(), 0);
    QVERIFY(device.events().size() < 5000);
    // And it still works.
    Worker worker(nats.url());
    QVERIFY(worker.enrol({u"Light.Set"_s})[u"ok"].toBool());
    QVERIFY(device.call(u"Light.Set"_s));
}

void AgentBusTest::theBusMayComeLateAndGo()
{
    NatsServer nats;
    QVERIFY(nats.start()); // it has a port now
    nats.kill();
    Device device(nats.url());
    device.start();
    QVERIFY(device.call(u"Sys.GetInfo"_s));
    QVERIFY(!device.isOnBus());
    QVERIFY(nats.start());
    QTRY_VERIFY(device.isOnBus());
    Worker worker(nats.url());
    QVERIFY(worker.enrol({u"Light.Set"_s})[u"ok"].toBool());
    worker.answer = [](const BusMessage &) {};
    device.server.send(Request{u"waiting"_s, u"Light.Set"_s, {}});
    QVERIFY(device.call(u"RPC.List"_s));
    nats.kill();
    QTRY_VERIFY(std::ranges::contains(device.server.responses, u"waiting"_s, &Response::id));
    QCOMPARE(std::ranges::find(device.server.responses, u"waiting"_s, &Response::id)->result.error().code, int(Unavailable));
    QTRY_VERIFY(!device.isOnBus());
    const auto away = device.call(u"Light.Set"_s);
    QCOMPARE(away.error().code, int(Unavailable));
    QVERIFY2(away.error().message.contains(u"bus"_s), qPrintable(away.error().message));
    QVERIFY(device.call(u"Sys.GetInfo"_s));
    const int hellos = worker.hellos;
    QVERIFY(nats.start());
    QTRY_VERIFY(device.isOnBus());
    worker.answer = [&worker](const BusMessage &message) { worker.say(message, QJsonValue(1)); };
    QTRY_VERIFY(worker.client.isConnected());
    QVERIFY(worker.enrol({u"Light.Set"_s})[u"ok"].toBool());
    QVERIFY(device.call(u"Light.Set"_s));
    Q_UNUSED(hellos) // which of the two was back first is nobody's business
}

void AgentBusTest::showsTheBusToTheServer()
{
    NatsServer nats;
    QVERIFY(nats.start());
    Device device(nats.url());
    device.start();
    QTRY_COMPARE(device.shownBus()[u"state"].toString(), u"connected"_s);
    QVERIFY(device.shownBus()[u"reason"].isNull());
    const QDateTime since = QDateTime::fromString(device.shownBus()[u"since"].toString(), Qt::ISODateWithMs);
    QVERIFY(since.isValid() && std::abs(since.msecsTo(device.server.now())) < 30'000);
    nats.kill();
    QTRY_COMPARE(device.shownBus()[u"state"].toString(), u"away"_s);
    // Told anew to every session.
    const qsizetype reports = device.asked_(methods::stateReport).size();
    device.server.cut();
    QTRY_VERIFY(device.asked_(methods::stateReport).size() > reports);
    QCOMPARE(device.shownBus()[u"state"].toString(), u"away"_s);
}

void AgentBusTest::signsInAtTheBus_data()
{
    QTest::addColumn<QByteArray>("configuration");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("token");
    QTest::addColumn<bool>("good");
    const QByteArray users = R"(authorization { users: [{user: "agent", password: "hush"}] })";
    QTest::newRow("password") << users << u"agent"_s << u"hush"_s << u""_s << true;
    QTest::newRow("wrong password") << users << u"agent"_s << u"loud"_s << u""_s << false;
    QTest::newRow("nobody") << users << u""_s << u""_s << u""_s << false;
    QTest::newRow("token") << QByteArray(R"(authorization { token: "sesame" })") << u""_s << u""_s << u"sesame"_s << true;
}

void AgentBusTest::signsInAtTheBus()
{
    QFETCH(QByteArray, configuration);
    QFETCH(QString, user);
    QFETCH(QString, password);
    QFETCH(QString, token);
    QFETCH(bool, good);
    NatsServer nats(configuration);
    QVERIFY(nats.start());
    BusBridge::Options options;
    options.nats.user = user;
    options.nats.password = password;
    options.nats.token = token;
    Device device(nats.url(), {}, options);
    if (good) {
        device.start();
        QTRY_VERIFY(device.isOnBus());
        return;
    }
    device.start();
    QVERIFY(device.call(u"Sys.GetInfo"_s));
    // A bus that hangs up at once leaves no reason at the first attempt.
    QTRY_VERIFY(device.shownBus()[u"reason"].toString().contains("uthorization"_L1));
    QCOMPARE(device.shownBus()[u"state"].toString(), u"away"_s);
    QVERIFY(!device.isOnBus());
}

void AgentBusTest::speaksTlsWithTheBus()
{
    QTemporaryDir folder;
    QProcess openssl;
    openssl.start(u"openssl"_s, {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s, u"-nodes"_s,
                                 u"-subj"_s, u"/CN=test"_s, u"-addext"_s, u"subjectAltName=IP:127.0.0.1"_s, u"-keyout"_s,
                                 folder.filePath(u"key.pem"_s), u"-out"_s, folder.filePath(u"cert.pem"_s)});
    QVERIFY(openssl.waitForFinished() && openssl.exitCode() == 0);
    const QByteArray at = folder.path().toUtf8();
    NatsServer nats("tls { cert_file: \"" + at + "/cert.pem\", key_file: \"" + at + "/key.pem\", ca_file: \"" + at
                    + "/cert.pem\", verify: true }");
    QVERIFY(nats.start());
    BusBridge::Options options;
    options.nats.url = u"tls://"_s + nats.address();
    options.nats.caPath = folder.filePath(u"cert.pem"_s);
    options.nats.certificatePath = folder.filePath(u"cert.pem"_s);
    options.nats.keyPath = folder.filePath(u"key.pem"_s);
    Device device({}, {}, options);
    device.start();
    QTRY_VERIFY(device.isOnBus());

    // Nobody it knows: it does not talk.
    options.nats.caPath.clear();
    Device stranger({}, {}, options);
    stranger.start();
    QTRY_VERIFY(!stranger.asked_(methods::stateReport).isEmpty());
    QVERIFY(!stranger.isOnBus());
}

MUSTER_TEST(AgentBusTest)
#include "tst_agentbus.moc"
