// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/commands/commandcapability.h"
#include "deviceagent/tests/testserver.h"
#include "protocol/rpc/methods.h"
#include "protocol/signing/receipt.h"
#include "tests/support/testcase.h"

#include <QFile>
#include <QJsonArray>
#include <QPromise>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <csignal>
#include <sys/resource.h>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace muster;
using namespace muster::agent;
using muster::test::TestServer;

class AgentCommandsTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void runsOnceAndTellsWhatCameOfIt();
    void runsNothingTwice();
    void tellsUntilItIsAnswered();
    void tellsAfterAReconnect();
    void tellsAfterARestart();
    void saysWhatWasInterrupted();
    void judgesTheTimeByTheServersClock_data();
    void judgesTheTimeByTheServersClock();
    void refusesWhatIsNoCommand_data();
    void refusesWhatIsNoCommand();
    void cutsNoResultInTwo();
    void keepsAFullDiskFromLosingAnything();
    void toleratesWhatAPowerCutLeaves();
    void runsNothingTwiceAfterDamage_data();
    void runsNothingTwiceAfterDamage();
    void forgetsWhatIsOldAndTold();
    void keepsResultsWithinBounds();
    void runsNotTooManyAtOnce();
    void waitsForAWorkerThatMayStillCome();

private:
    CryptoLibrary m_crypto;
};

namespace {

/// A device with a journal. "Slow" is answered when the test says so; "Fail" fails; "Echo" echoes.
struct Device
{
    explicit Device(TestServer &testServer, const QString &journal, std::chrono::milliseconds retryEvery = 50ms)
        : server(testServer)
        , link(
              {.deviceId = u"device-1"_s,
               .bootId = u"boot"_s,
               .agent = {},
               .machine = {},
               .key = *KeyPair::generate(Algorithm::EdDSA),
               .cloudKey = server.publicKey()},
              {.url = server.url(), .authMethod = methods::authenticate, .tls = {}},
              [this](const QString &method, const QJsonObject &params) { return registry.call(method, params); }, Delays([] { return 0; }))
        , commands(link, registry, {.journalPath = journal, .deviceId = u"device-1"_s, .retryEvery = retryEvery, .isComplete = [this] {
                                        return isComplete;
                                    }})
    {
        add(u"Echo"_s, [this](const QJsonObject &params) {
            ++runs;
            return ready(QJsonValue(params));
        });
        add(u"Fail"_s, [this](const QJsonObject &) {
            ++runs;
            return ready(failure(NotFound, u"no such thing"_s));
        });
        add(u"Slow"_s, [this](const QJsonObject &) {
            ++runs;
            slow.push_back(std::make_shared<QPromise<Answer>>());
            slow.back()->start();
            return slow.back()->future();
        });
        commands.addMethods(registry);
        commands.start();
        link.start();
        if (!muster::test::eventually([this] { return link.state() == ServerLink::State::Accepted; }))
            qFatal("no link");
    }

    void add(const QString &name, std::function<QFuture<Answer>(const QJsonObject &)> call)
    {
        registry.add({.name = name, .summary = {}, .params = "{}", .result = "{}", .call = std::move(call)});
    }

    Result<QJsonValue> run(const QString &command, const QString &method, QJsonObject more = {})
    {
        more.insert(u"command"_s, command);
        more.insert(u"method"_s, method);
        return call(more);
    }

    Result<QJsonValue> call(const QJsonObject &params)
    {
        const QString id = u"run-%1"_s.arg(++asked);
        server.send(Request{id, methods::commandRun, params});
        const auto answer = [&] { return std::ranges::find(server.responses, id, &Response::id); };
        if (!muster::test::eventually([&] { return answer() != server.responses.end(); }))
            qFatal("no answer");
        return answer()->result;
    }

    TestServer &server;
    int runs = 0;
    int asked = 0;
    bool isComplete = true; ///< no worker is still to come
    std::vector<std::shared_ptr<QPromise<Answer>>> slow;
    Registry registry{Policy()};
    ServerLink link;
    CommandCapability commands;
};

QString stateIn(const Result<QJsonValue> &answer)
{
    return answer ? answer->toObject()[u"state"].toString() : answer.error().message;
}

/// The receipts that came, checked.
QList<Receipt> receiptsOf(const TestServer &server)
{
    QList<Receipt> receipts;
    for (const Request &request : server.requests) {
        if (request.method != methods::commandDone)
            continue;
        const auto receipt = receiptFromJson(u"device-1"_s, request.params);
        if (!receipt)
            qFatal("%s", qPrintable(receipt.error().message));
        receipts.append(*receipt);
    }
    return receipts;
}

void takeAll(TestServer &server)
{
    server.answer = [](const Request &) { return Result<QJsonValue>(QJsonObject{{u"stored"_s, true}}); };
}

void expectWarning(const char *pattern)
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QString::fromLatin1(pattern)));
}

} // namespace

void AgentCommandsTest::runsOnceAndTellsWhatCameOfIt()
{
    QTemporaryDir folder;
    TestServer server;
    server.clockAhead = 3'600'000;
    takeAll(server);
    expectWarning("clock skew");
    Device device(server, folder.filePath(u"journal"_s));
    const QJsonObject params{{u"a"_s, 1}};
    QCOMPARE(stateIn(device.run(u"c-1"_s, u"Echo"_s, {{u"params"_s, params}})), u"running"_s);
    QTRY_COMPARE(receiptsOf(server).size(), 1);
    const Receipt receipt = receiptsOf(server).first();
    QCOMPARE(receipt.command, u"c-1"_s);
    QCOMPARE(receipt.method, u"Echo"_s);
    QCOMPARE(receipt.requestHash, *requestHash(u"c-1"_s, u"device-1"_s, u"Echo"_s, params));
    QCOMPARE(receipt.counter, 1);
    QCOMPARE(*receipt.outcome, QJsonValue(params));
    QVERIFY(std::abs(receipt.startedAt.msecsTo(server.now())) < 30'000); // the server's clock, an hour ahead
    QVERIFY(receipt.finishedAt >= receipt.startedAt);

    QCOMPARE(stateIn(device.run(u"c-2"_s, u"Fail"_s)), u"running"_s);
    QCOMPARE(stateIn(device.run(u"c-3"_s, u"No.Such"_s)), u"running"_s);
    QTRY_COMPARE(receiptsOf(server).size(), 3);
    QCOMPARE(receiptsOf(server)[1].outcome.error(), (Error{NotFound, u"no such thing"_s}));
    QCOMPARE(receiptsOf(server)[2].outcome.error().code, int(MethodNotFound));
    QCOMPARE(receiptsOf(server)[2].counter, 3);
    QCOMPARE(device.runs, 2);
    // Nobody but the agent reads what a device was asked to do.
    QCOMPARE(QFile::permissions(folder.filePath(u"journal"_s)) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void AgentCommandsTest::runsNothingTwice()
{
    QTemporaryDir folder;
    TestServer server;
    takeAll(server);
    Device device(server, folder.filePath(u"journal"_s));
    QCOMPARE(stateIn(device.run(u"c"_s, u"Slow"_s)), u"running"_s);
    QTRY_COMPARE(device.runs, 1);
    QCOMPARE(stateIn(device.run(u"c"_s, u"Slow"_s)), u"running"_s);
    device.slow[0]->addResult(QJsonValue(7));
    device.slow[0]->finish();
    QTRY_COMPARE(receiptsOf(server).size(), 1);
    // Asked again, it is told again.
    QCOMPARE(stateIn(device.run(u"c"_s, u"Slow"_s)), u"done"_s);
    QTRY_COMPARE(receiptsOf(server).size(), 2);
    QCOMPARE(receiptsOf(server)[1].counter, 1);
    QCOMPARE(*receiptsOf(server)[1].outcome, QJsonValue(7));
    QCOMPARE(device.runs, 1);
    // Two at the same moment, before the first is on the disk.
    server.send(Request{u"x"_s, methods::commandRun, {{u"command"_s, u"twin"_s}, {u"method"_s, u"Echo"_s}}});
    server.send(Request{u"y"_s, methods::commandRun, {{u"command"_s, u"twin"_s}, {u"method"_s, u"Echo"_s}}});
    QTRY_COMPARE(device.runs, 2);
    QTRY_COMPARE(std::ranges::count_if(server.responses, [](const Response &r) { return r.id == u"x"_s || r.id == u"y"_s; }), 2);
    QCOMPARE(device.runs, 2);
}

void AgentCommandsTest::tellsUntilItIsAnswered()
{
    QTemporaryDir folder;
    TestServer server;
    int answers = 0;
    server.answer = [&answers](const Request &) -> Result<QJsonValue> {
        if (++answers < 4)
            return failure(Unavailable, u"the disk is full"_s);
        return QJsonObject{{u"stored"_s, true}};
    };
    Device device(server, folder.filePath(u"journal"_s));
    QCOMPARE(stateIn(device.run(u"c"_s, u"Echo"_s)), u"running"_s);
    QTRY_COMPARE(receiptsOf(server).size(), 4);
    QCOMPARE(stateIn(device.run(u"d"_s, u"Echo"_s)), u"running"_s);
    QTRY_COMPARE(receiptsOf(server).size(), 5);
    QCOMPARE(receiptsOf(server)[4].command, u"d"_s);

    // What the server will never take does not keep others waiting.
    server.answer = [](const Request &request) -> Result<QJsonValue> {
        if (request.params[u"command"] == u"bad"_s)
            return failure(InvalidParams, u"no"_s);
        return QJsonObject();
    };
    expectWarning("the server does not take the receipt of command \"?bad");
    QVERIFY(device.run(u"bad"_s, u"Echo"_s));
    QVERIFY(device.run(u"good"_s, u"Echo"_s));
    QTRY_COMPARE(receiptsOf(server).size(), 7);
}

void AgentCommandsTest::tellsAfterAReconnect()
{
    QTemporaryDir folder;
    TestServer server;
    takeAll(server);
    Device device(server, folder.filePath(u"journal"_s));
    QVERIFY(device.run(u"c"_s, u"Slow"_s));
    QTRY_COMPARE(device.runs, 1);
    server.firstStatus = u"pending"_s;
    server.cut();
    QTRY_COMPARE(device.link.state(), ServerLink::State::Pending);
    device.slow[0]->addResult(QJsonValue(true));
    device.slow[0]->finish();
    QVERIFY(receiptsOf(server).isEmpty());
    server.sendStatus(u"accepted"_s);
    QTRY_COMPARE(receiptsOf(server).size(), 1);
    QCOMPARE(*receiptsOf(server)[0].outcome, QJsonValue(true));
}

void AgentCommandsTest::tellsAfterARestart()
{
    QTemporaryDir folder;
    const QString journal = folder.filePath(u"journal"_s);
    {
        TestServer server; // it answers nothing
        Device device(server, journal);
        QVERIFY(device.run(u"c"_s, u"Echo"_s, {{u"params"_s, QJsonObject{{u"a"_s, u"ü"_s}}}}));
        QTRY_COMPARE(receiptsOf(server).size(), 1);
    }
    TestServer server;
    takeAll(server);
    {
        Device device(server, journal);
        QTRY_COMPARE(receiptsOf(server).size(), 1);
        QCOMPARE(receiptsOf(server)[0].outcome->toObject(), (QJsonObject{{u"a"_s, u"ü"_s}}));
        QCOMPARE(receiptsOf(server)[0].counter, 1);
        QVERIFY(device.run(u"d"_s, u"Echo"_s));
        QTRY_COMPARE(receiptsOf(server).size(), 2);
        QCOMPARE(receiptsOf(server)[1].counter, 2);
        QCOMPARE(stateIn(device.run(u"c"_s, u"Echo"_s)), u"done"_s);
        QTRY_COMPARE(receiptsOf(server).size(), 3);
        QCOMPARE(device.runs, 1);
    }
    Device again(server, journal);
    QVERIFY(again.run(u"e"_s, u"Echo"_s));
    QTRY_COMPARE(receiptsOf(server).size(), 4);
    QCOMPARE(receiptsOf(server)[3].counter, 3); // c and d were answered, and do not come again
}

void AgentCommandsTest::saysWhatWasInterrupted()
{
    QTemporaryDir folder;
    const QString journal = folder.filePath(u"journal"_s);
    {
        TestServer server;
        Device device(server, journal);
        QVERIFY(device.run(u"c"_s, u"Slow"_s, {{u"params"_s, QJsonObject{{u"x"_s, 1}}}}));
        QTRY_COMPARE(device.runs, 1);
    }
    TestServer server;
    takeAll(server);
    expectWarning("command \"?c\"? was interrupted");
    Device device(server, journal);
    QTRY_COMPARE(receiptsOf(server).size(), 1);
    const Receipt receipt = receiptsOf(server)[0];
    QCOMPARE(receipt.outcome.error().code, int(Interrupted));
    QCOMPARE(receipt.requestHash, *requestHash(u"c"_s, u"device-1"_s, u"Slow"_s, {{u"x"_s, 1}}));
    QVERIFY(receipt.finishedAt >= receipt.startedAt);
    QCOMPARE(stateIn(device.run(u"c"_s, u"Slow"_s)), u"done"_s);
    QCOMPARE(device.runs, 0);
    // A reconnect interrupts nothing.
    QVERIFY(device.run(u"d"_s, u"Slow"_s));
    QTRY_COMPARE(device.runs, 1);
    server.cut();
    QTRY_VERIFY(server.isConnected() && device.link.state() == ServerLink::State::Accepted);
    QCOMPARE(stateIn(device.run(u"d"_s, u"Slow"_s)), u"running"_s);
    device.slow[0]->addResult(QJsonValue(1));
    device.slow[0]->finish();
    QTRY_VERIFY(!receiptsOf(server).isEmpty() && receiptsOf(server).last().command == u"d"_s);
    QVERIFY(receiptsOf(server).last().outcome);
}

void AgentCommandsTest::judgesTheTimeByTheServersClock_data()
{
    QTest::addColumn<qint64>("clockAhead");
    QTest::newRow("the same") << 0LL;
    QTest::newRow("the device thinks it is 1970") << 50LL * 365 * 24 * 3600 * 1000;
    QTest::newRow("the device is a year ahead") << -365LL * 24 * 3600 * 1000;
}

void AgentCommandsTest::judgesTheTimeByTheServersClock()
{
    QFETCH(qint64, clockAhead);
    QTemporaryDir folder;
    TestServer server;
    server.clockAhead = clockAhead;
    takeAll(server);
    if (clockAhead != 0)
        expectWarning("clock skew");
    Device device(server, folder.filePath(u"journal"_s));
    const auto in = [&server](qint64 ms) { return QJsonObject{{u"expires_at"_s, server.now().addMSecs(ms).toString(Qt::ISODateWithMs)}}; };
    QCOMPARE(stateIn(device.run(u"late"_s, u"Echo"_s, in(-10'000))), u"expired"_s);
    QCOMPARE(stateIn(device.run(u"early"_s, u"Echo"_s, in(60'000))), u"running"_s);
    QTRY_COMPARE(receiptsOf(server).size(), 1);
    // Never begun means never, whatever the next one says.
    QCOMPARE(stateIn(device.run(u"late"_s, u"Echo"_s, in(60'000))), u"expired"_s);
    // What was begun is not over because its time is.
    QCOMPARE(stateIn(device.run(u"early"_s, u"Echo"_s, in(-10'000))), u"done"_s);
    QCOMPARE(device.runs, 1);
}

void AgentCommandsTest::refusesWhatIsNoCommand_data()
{
    QTest::addColumn<QJsonObject>("params");
    const QJsonObject good{{u"command"_s, u"c"_s}, {u"method"_s, u"Echo"_s}};
    const auto with = [&good](const QString &name, const QJsonValue &value) {
        QJsonObject params = good;
        params.insert(name, value);
        return params;
    };
    QTest::newRow("nothing") << QJsonObject();
    QTest::newRow("id with a slash") << with(u"command"_s, u"a/b"_s);
    QTest::newRow("long id") << with(u"command"_s, QString(65, u'a'));
    QTest::newRow("method number") << with(u"method"_s, 1);
    QTest::newRow("params array") << with(u"params"_s, QJsonArray());
    QTest::newRow("params null") << with(u"params"_s, QJsonValue::Null);
    QTest::newRow("expires never") << with(u"expires_at"_s, u"never"_s);
    QTest::newRow("expires null") << with(u"expires_at"_s, QJsonValue::Null);
    QTest::newRow("expires number") << with(u"expires_at"_s, 5);
    QTest::newRow("a command in a command") << with(u"method"_s, u"Command.Run"_s);
    QJsonObject logs = with(u"method"_s, u"Container.Logs"_s);
    logs.insert(u"params"_s, QJsonObject{{u"stream"_s, QJsonObject{{u"id"_s, u"s"_s}, {u"credit"_s, 1}}}});
    QTest::newRow("a stream") << logs;
}

void AgentCommandsTest::refusesWhatIsNoCommand()
{
    QFETCH(QJsonObject, params);
    QTemporaryDir folder;
    TestServer server;
    Device device(server, folder.filePath(u"journal"_s));
    QCOMPARE(device.call(params).error().code, int(InvalidParams));
    QCOMPARE(device.runs, 0);
}

void AgentCommandsTest::cutsNoResultInTwo()
{
    QTemporaryDir folder;
    TestServer server;
    takeAll(server);
    Device device(server, folder.filePath(u"journal"_s));
    device.add(u"Large"_s, [](const QJsonObject &params) { return ready(QJsonValue(QString(params[u"size"].toInt(), u'x'))); });
    device.add(u"Deep"_s, [](const QJsonObject &) {
        QJsonValue value = 1;
        for (int i = 0; i < 63; ++i)
            value = QJsonArray{value};
        return ready(value);
    });
    device.add(u"Odd"_s, [](const QJsonObject &) { return ready(QJsonValue(1e300 * 1e10)); });
    QVERIFY(device.run(u"fits"_s, u"Large"_s, {{u"params"_s, QJsonObject{{u"size"_s, limits::resultBytes - 2}}}}));
    QVERIFY(device.run(u"more"_s, u"Large"_s, {{u"params"_s, QJsonObject{{u"size"_s, limits::resultBytes - 1}}}}));
    QVERIFY(device.run(u"deep"_s, u"Deep"_s));
    QVERIFY(device.run(u"odd"_s, u"Odd"_s));
    QTRY_COMPARE(receiptsOf(server).size(), 4);
    QHash<QString, Receipt> byId;
    for (const Receipt &receipt : receiptsOf(server))
        byId.insert(receipt.command, receipt);
    QCOMPARE(byId[u"fits"_s].outcome->toString().size(), limits::resultBytes - 2);
    QCOMPARE(byId[u"more"_s].outcome.error().code, int(TooLarge));
    QCOMPARE(byId[u"deep"_s].outcome.error().code, int(InternalError));
    QCOMPARE(byId[u"odd"_s].outcome.error().code, int(InternalError));
    QVERIFY(server.refused.isEmpty());
}

void AgentCommandsTest::keepsAFullDiskFromLosingAnything()
{
    QTemporaryDir folder;
    const QString journal = folder.filePath(u"journal"_s);
    TestServer server;
    takeAll(server);
    Device device(server, journal, 1s);
    QVERIFY(device.run(u"before"_s, u"Slow"_s));
    QTRY_COMPARE(device.runs, 1);
    // No file may grow any more: writing fails as on a full disk, in the middle of a line.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit old = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &old), 0);
    const rlimit full{.rlim_cur = static_cast<rlim_t>(QFile(journal).size()) + 20, .rlim_max = old.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &full), 0);
    expectWarning("command \"?while\"? was not begun");
    const auto refused = device.run(u"while"_s, u"Echo"_s);
    const bool wasBegun = device.runs > 1;
    expectWarning("the outcome of command \"?before\"? waits for the disk");
    device.slow[0]->addResult(QJsonValue(u"kept"_s));
    device.slow[0]->finish();
    const bool wasTold = QTest::qWaitFor([&] { return !receiptsOf(server).isEmpty(); }, 40);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &old), 0);
    QCOMPARE(refused.error().code, int(Unavailable));
    QVERIFY(!wasBegun && !wasTold);
    // There is room again: what had been done is told, and the other may begin.
    QTRY_COMPARE(receiptsOf(server).size(), 1);
    QCOMPARE(*receiptsOf(server)[0].outcome, QJsonValue(u"kept"_s));
    QCOMPARE(stateIn(device.run(u"while"_s, u"Echo"_s)), u"running"_s);
    QTRY_COMPARE(receiptsOf(server).size(), 2);
    JournalFile file(journal);
    QVERIFY(file.open());
    QCOMPARE(file.entries().size(), 2);
}

void AgentCommandsTest::toleratesWhatAPowerCutLeaves()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"journal"_s);
    {
        JournalFile file(path);
        QVERIFY(file.open());
        QVERIFY(file.append({{u"begun"_s, u"a"_s}, {u"method"_s, u"M"_s}, {u"request_hash"_s, u"h"_s}, {u"at"_s, 5}}, true));
        QVERIFY(file.append({{u"done"_s, u"a"_s}, {u"at"_s, 6}, {u"receipt"_s, QJsonObject{{u"counter"_s, 1}}}}, true));
        QVERIFY(file.append({{u"begun"_s, u"b"_s}, {u"method"_s, u"M"_s}, {u"request_hash"_s, u"h"_s}, {u"at"_s, 7}}, true));
    }
    QFile whole(path);
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    const qsizetype lastLine = bytes.lastIndexOf('\n', -2) + 1;
    for (qsizetype size = 0; size <= bytes.size(); ++size) {
        const QString cut = folder.filePath(u"cut"_s);
        QFile::remove(cut);
        QFile torn(cut);
        QVERIFY(torn.open(QIODevice::WriteOnly));
        torn.write(bytes.first(size));
        // Some file systems leave zeros where data should have been.
        if (size % 2 == 0 && size > 0 && bytes[size - 1] != '\n')
            torn.write(QByteArray(100, 0));
        torn.close();
        JournalFile file(cut);
        QVERIFY(file.open());
        // A line that is whole but for its line feed counts.
        QCOMPARE(file.entries().contains("b"), size >= bytes.size() - 1);
        QCOMPARE(file.entries().contains("a"), size >= bytes.indexOf("\"M\",") && file.entries().contains("a"));
        if (size >= lastLine)
            QVERIFY(file.entries().value("a").state == JournalFile::State::Done);
        // And it goes on from there.
        QVERIFY(file.append({{u"expired"_s, u"z"_s}, {u"at"_s, 8}}, true));
        JournalFile again(cut);
        QVERIFY(again.open());
        QVERIFY(again.entries().contains("z"));
        QCOMPARE(again.entries().size(), file.entries().size());
    }
}

void AgentCommandsTest::runsNothingTwiceAfterDamage_data()
{
    QTest::addColumn<std::function<void(QByteArray &)>>("damage");
    QTest::addColumn<QString>("warning");
    using Damage = std::function<void(QByteArray &)>;
    QTest::newRow("the last line feed is gone") << Damage([](QByteArray &bytes) { bytes.chop(1); }) << QString();
    QTest::newRow("the last line feed is a zero") << Damage([](QByteArray &bytes) { bytes.back() = '\0'; }) << QString();
    QTest::newRow("a line feed between two is gone")
        << Damage([](QByteArray &bytes) { bytes.remove(bytes.lastIndexOf('\n', -2), 1); }) << u"what was begun there is not run again"_s;
    QTest::newRow("a flipped bit") << Damage([](QByteArray &bytes) { bytes[bytes.lastIndexOf("\"method\"") + 1] = 'M' + '\x80'; })
                                   << u"what was begun there is not run again"_s;
    QTest::newRow("a line longer than any is") << Damage([](QByteArray &bytes) {
        bytes.insert(bytes.lastIndexOf('{'), QByteArray(5'000'000, 'x'));
    }) << u"what was begun there is not run again"_s;
}

void AgentCommandsTest::runsNothingTwiceAfterDamage()
{
    QFETCH(const std::function<void(QByteArray &)>, damage);
    QFETCH(const QString, warning);
    QTemporaryDir folder;
    const QString journal = folder.filePath(u"journal"_s);
    TestServer server;
    takeAll(server);
    {
        Device device(server, journal);
        QCOMPARE(stateIn(device.run(u"first"_s, u"Slow"_s)), u"running"_s);
        QCOMPARE(stateIn(device.run(u"second"_s, u"Slow"_s)), u"running"_s);
    }
    QFile file(journal);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    damage(bytes);
    QVERIFY(file.resize(0) && file.seek(0) && file.write(bytes) == bytes.size());
    file.close();
    if (!warning.isEmpty())
        expectWarning(qPrintable(warning));
    for (int i = 0; i < 2; ++i)
        expectWarning("was interrupted, and is not run again");
    Device device(server, journal);
    QTRY_COMPARE(server.requests.size(), 2); // what came of them
    for (const QString &id : {u"first"_s, u"second"_s})
        QVERIFY(stateIn(device.run(id, u"Echo"_s)) != u"expired"_s);
    QCOMPARE(device.runs, 0);
}

void AgentCommandsTest::forgetsWhatIsOldAndTold()
{
    QTemporaryDir folder;
    const qint64 now = 1'800'000'000'000;
    const qint64 old = now - JournalFile::keptForMs - 1;
    JournalFile file(folder.filePath(u"journal"_s));
    QVERIFY(file.open());
    const auto begin = [&file](const QString &id, qint64 at) {
        QVERIFY(file.append({{u"begun"_s, id}, {u"method"_s, u"M"_s}, {u"request_hash"_s, u"h"_s}, {u"at"_s, at}}, false));
    };
    const auto finish = [&file](const QString &id, qint64 at, bool isTold) {
        const QJsonObject receipt{{u"counter"_s, file.lastCounter() + 1}, {u"result"_s, id}};
        QVERIFY(file.append({{u"done"_s, id}, {u"at"_s, at}, {u"receipt"_s, receipt}}, false));
        if (isTold)
            QVERIFY(file.append({{u"told"_s, id}}, false));
    };
    for (const auto &[name, at] : {std::pair(u"old"_s, old), std::pair(u"new"_s, now)}) {
        begin(name + "-begun"_L1, at);
        begin(name + "-done"_L1, at);
        finish(name + "-done"_L1, at, false);
        begin(name + "-told"_L1, at);
        finish(name + "-told"_L1, at, true);
        QVERIFY(file.append({{u"expired"_s, name + "-expired"_L1}, {u"at"_s, at}}, false));
    }
    QVERIFY(file.compact(now));
    QStringList left;
    for (auto it = file.entries().begin(); it != file.entries().end(); ++it)
        left.append(QString::fromLatin1(it.key()));
    left.sort();
    QCOMPARE(left, (QStringList{u"new-begun"_s, u"new-done"_s, u"new-expired"_s, u"new-told"_s, u"old-begun"_s, u"old-done"_s}));
    QCOMPARE(file.receipt("old-done")->value(u"result").toString(), u"old-done"_s);
    QCOMPARE(file.lastCounter(), 4);       // also where its receipts are gone
    QVERIFY(file.interrupted().isEmpty()); // none of them was begun before this run
    JournalFile next(folder.filePath(u"journal"_s));
    QVERIFY(next.open());
    QCOMPARE(next.interrupted().size(), 2);
    QCOMPARE(next.lastCounter(), 4);
}

void AgentCommandsTest::keepsResultsWithinBounds()
{
    QTemporaryDir folder;
    JournalFile file(folder.filePath(u"journal"_s));
    QVERIFY(file.open());
    for (int i = 0; i < 12; ++i) {
        const QString id = QString::number(i);
        const QJsonObject receipt{{u"counter"_s, i + 1}, {u"result"_s, QString(700'000, u'x')}};
        QVERIFY(file.append({{u"done"_s, id}, {u"at"_s, i}, {u"receipt"_s, receipt}}, false));
        QVERIFY(file.append({{u"told"_s, id}}, false));
    }
    QVERIFY(file.compact(100));
    QVERIFY(file.size() <= JournalFile::toldBytes + 100'000);
    QCOMPARE(file.entries().size(), 12);
    QCOMPARE(file.receipt("11")->value(u"result").toString().size(), 700'000);
    const auto oldest = file.receipt("0");
    QVERIFY(oldest);
    QCOMPARE(oldest->value(u"error").toObject()[u"code"].toInt(), int(Unavailable));
    QCOMPARE(oldest->value(u"counter").toInt(), 1);
}

void AgentCommandsTest::runsNotTooManyAtOnce()
{
    QTemporaryDir folder;
    TestServer server;
    Device device(server, folder.filePath(u"journal"_s));
    for (int i = 0; i < 32; ++i)
        QVERIFY(device.run(QString::number(i), u"Slow"_s));
    QTRY_COMPARE(device.runs, 32);
    expectWarning("was not begun: 32 commands run already");
    QCOMPARE(device.run(u"more"_s, u"Slow"_s).error().code, int(Unavailable));
    device.slow[0]->addResult(QJsonValue(1));
    device.slow[0]->finish();
    QTRY_COMPARE(stateIn(device.run(u"more"_s, u"Slow"_s)), u"running"_s);
    // The others are interrupted by the end of this test; nobody is asked for them any more.
}

void AgentCommandsTest::waitsForAWorkerThatMayStillCome()
{
    QTemporaryDir folder;
    TestServer server;
    takeAll(server);
    Device device(server, folder.filePath(u"journal"_s));
    device.isComplete = false;
    // An agent that has just started does not know its workers: what waits for them must not be lost.
    QCOMPARE(device.run(u"c-1"_s, u"Light.Set"_s).error().code, int(Unavailable));
    QCOMPARE(stateIn(device.run(u"c-2"_s, u"Echo"_s)), u"running"_s);
    int lit = 0;
    device.add(u"Light.Set"_s, [&lit](const QJsonObject &) {
        ++lit;
        return ready(QJsonValue(true));
    });
    QCOMPARE(stateIn(device.run(u"c-1"_s, u"Light.Set"_s)), u"running"_s);
    QTRY_COMPARE(lit, 1);
    // Nobody comes any more: then it is missing.
    device.isComplete = true;
    QCOMPARE(stateIn(device.run(u"c-3"_s, u"No.Such"_s)), u"running"_s);
    QTRY_COMPARE(receiptsOf(server).size(), 3);
    QCOMPARE(receiptsOf(server)[2].outcome.error().code, int(MethodNotFound));
}

MUSTER_TEST(AgentCommandsTest)
#include "tst_agentcommands.moc"
