// SPDX-License-Identifier: GPL-3.0-or-later
// Containers as a recorded engine has them, and everything that can go wrong with one.
#include "deviceagent/capabilities/containers/enginesocket.h"
#include "deviceagent/tests/containerdevice.h"
#include "deviceagent/tests/fakeengine.h"
#include "tests/support/testcase.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QPointer>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using muster::test::ContainerDevice;
using muster::test::FakeEngine;
using muster::test::StreamReader;

class AgentContainersTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void listsThem();
    void inspectsWithoutSecrets();
    void startsStopsAndRestarts();
    void saysWhichStopsWereAskedFor();
    void saysWhyThereAreNoStats();
    void measures();
    void measuresWhereTheEngineKeepsNothing();
    void namesThemSoThatTheyCanBeAskedFor_data();
    void namesThemSoThatTheyCanBeAskedFor();
    void letsNothingThrough_data();
    void letsNothingThrough();
    void givesALog();
    void keepsTheNewestOfALongLog();
    void followsALog();
    void slowsTheEngineForASlowReader();
    void tellsOfAnEngineThatGoesInMidStream();
    void doesWithoutAnEngine();
    void saysWhenItMayNot();
    void negotiatesTheVersion_data();
    void negotiatesTheVersion();
    void choosesASocket();
    void takesNoEndlessAnswer();
    void opensNoStreamForNothing();

private:
    CryptoLibrary m_crypto;
};

void AgentContainersTest::listsThem()
{
    FakeEngine engine;
    QVERIFY(engine.listen());
    ContainerDevice device(engine.socket());
    const auto list = device.call(u"Container.List"_s);
    QVERIFY2(list, qPrintable(list ? QString() : list.error().message));
    QCOMPARE(list->toObject()["engine"_L1].toObject(),
             (QJsonObject{{u"name"_s, u"Podman"_s}, {u"version"_s, u"5.4.2"_s}, {u"api"_s, u"1.41"_s}}));
    QHash<QString, QJsonObject> byName;
    const QJsonArray containers = list->toObject()["containers"_L1].toArray();
    for (const QJsonValueConstRef container : containers)
        byName.insert(container.toObject()["name"_L1].toString(), container.toObject());
    QCOMPARE(byName.size(), 3);
    const QJsonObject web = byName[u"web"_s];
    QCOMPARE(web["state"_L1], "running"_L1);
    QCOMPARE(web["project"_L1], "shop"_L1);
    QCOMPARE(web["image"_L1], "localhost/box:latest"_L1);
    QCOMPARE(web["id"_L1].toString().size(), 64);
    QCOMPARE(web["created_at"_L1], "2026-11-20T09:38:13.000Z"_L1);
    QVERIFY(web.contains("started_at"_L1) && !web.contains("finished_at"_L1) && !web.contains("exit_code"_L1));
    const QJsonObject done = byName[u"done"_s];
    QCOMPARE(done["state"_L1], "exited"_L1);
    QCOMPARE(done["exit_code"_L1], 3);
    QCOMPARE(done["finished_at"_L1], "2026-11-20T09:38:13.541Z"_L1);
    QVERIFY(engine.asked.contains("GET /v1.41/containers/json?all=true&limit=200"));
}

void AgentContainersTest::inspectsWithoutSecrets()
{
    FakeEngine engine;
    QVERIFY(engine.listen());
    ContainerDevice device(engine.socket());
    const auto account = device.call(u"Container.Inspect"_s, {{u"id"_s, u"web"_s}});
    QVERIFY(account);
    const QJsonArray environment = account->toObject()["Config"_L1].toObject()["Env"_L1].toArray();
    QVERIFY(environment.contains("SECRET"_L1));
    QVERIFY(!QJsonDocument(account->toObject()).toJson().contains("hush"));
    QCOMPARE(device.call(u"Container.Inspect"_s, {{u"id"_s, u"none"_s}}).error(),
             (Error{NotFound, u"This device has no container none."_s}));

    // Numbers that no message can carry, and what would turn a line around.
    engine.answers["GET /containers/odd/json"] = [](QLocalSocket &socket, const QByteArray &) {
        FakeEngine::reply(socket, 200, R"({"Id":"1","Limit":9223372036854775807,"Name":"a\u202eb","Config":{"Env":["A=1=2"]}})");
    };
    const auto odd = device.call(u"Container.Inspect"_s, {{u"id"_s, u"odd"_s}});
    QVERIFY(odd);
    QCOMPARE(odd->toObject(), (QJsonObject{{u"Id"_s, u"1"_s},
                                           {u"Limit"_s, u"9223372036854775807"_s},
                                           {u"Name"_s, u"ab"_s},
                                           {u"Config"_s, QJsonObject{{u"Env"_s, QJsonArray{u"A"_s}}}}}));
}

void AgentContainersTest::startsStopsAndRestarts()
{
    FakeEngine engine;
    QVERIFY(engine.listen());
    ContainerDevice device(engine.socket());
    for (const auto &[method, asked] : {std::pair(u"Container.Start"_s, "POST /v1.41/containers/web/start"),
                                        std::pair(u"Container.Stop"_s, "POST /v1.41/containers/web/stop?t=3"),
                                        std::pair(u"Container.Restart"_s, "POST /v1.41/containers/web/restart?t=3")}) {
        const auto done = device.call(method, {{u"id"_s, u"web"_s}, {u"timeout_s"_s, 3}});
        QVERIFY2(done, qPrintable(done ? QString() : done.error().message));
        QCOMPARE(done->toObject()["state"_L1], "running"_L1); // as it was recorded
        QCOMPARE(done->toObject()["id"_L1].toString().size(), 64);
        QCOMPARE(engine.asked.count(asked), 1);
    }
    engine.answers["POST /containers/web/start"] = [](QLocalSocket &socket, const QByteArray &) { FakeEngine::reply(socket, 304, {}); };
    QVERIFY(device.call(u"Container.Start"_s, {{u"id"_s, u"web"_s}})); // it runs already
    engine.answers["POST /containers/web/start"] = [](QLocalSocket &socket, const QByteArray &) {
        FakeEngine::reply(socket, 500, R"({"message":"driver failed: \u001b[31mport is in use"})");
    };
    const auto failed = device.call(u"Container.Start"_s, {{u"id"_s, u"web"_s}});
    QCOMPARE(failed.error().code, int(Unavailable));
    QCOMPARE(failed.error().message, u"The container engine failed (status 500): driver failed: \ufffd[31mport is in use"_s);
    QCOMPARE(device.call(u"Container.Stop"_s, {{u"id"_s, u"none"_s}}).error().code, int(NotFound));
}

void AgentContainersTest::saysWhichStopsWereAskedFor()
{
    FakeEngine engine;
    QVERIFY(engine.listen());
    ContainerDevice device(engine.socket());
    const auto asked = [&device] {
        QHash<QString, bool> by;
        const QJsonArray containers = device.call(u"Container.List"_s).value_or(QJsonValue())["containers"_L1].toArray();
        for (const QJsonValueConstRef one : containers)
            by.insert(one["name"_L1].toString(), one["stop_asked"_L1].toBool());
        return by;
    };
    const auto isNow = [&engine](const QString &status, int code, const QString &startedAt) {
        QJsonObject account = QJsonDocument::fromJson(FakeEngine::recorded(u"web.json"_s)).object();
        QJsonObject state = account["State"_L1].toObject();
        state["Status"_L1] = status;
        state["ExitCode"_L1] = code;
        state["StartedAt"_L1] = startedAt;
        account["State"_L1] = state;
        const QByteArray body = QJsonDocument(account).toJson(QJsonDocument::Compact);
        const FakeEngine::Answer answer = [body](QLocalSocket &socket, const QByteArray &) { FakeEngine::reply(socket, 200, body); };
        engine.answers["GET /containers/web/json"] = answer;
        engine.answers["GET /containers/" + account["Id"_L1].toString().toLatin1() + "/json"] = answer;
    };
    const QString first = u"2026-11-20T09:38:13.478379873Z"_s;
    // One that ended by itself is no such stop, whatever its code says.
    isNow(u"exited"_s, 137, first);
    QVERIFY(!asked()[u"web"_s]);
    QVERIFY(device.call(u"Container.Stop"_s, {{u"id"_s, u"web"_s}}));
    QVERIFY(asked()[u"web"_s]);
    QVERIFY(!asked()[u"done"_s]);
    // It runs again, and what ends it then was not asked for; also where nobody looked meanwhile.
    isNow(u"exited"_s, 137, u"2026-11-20T10:00:00.000000001Z"_s);
    QVERIFY(!asked()[u"web"_s]);
    isNow(u"exited"_s, 137, first);
    QVERIFY2(!asked()[u"web"_s], "what is over was not forgotten");
}

void AgentContainersTest::saysWhyThereAreNoStats()
{
    FakeEngine engine;
    QVERIFY(engine.listen());
    ContainerDevice device(engine.socket());
    const auto stats = device.call(u"Container.Stats"_s);
    QVERIFY(stats);
    QVERIFY(stats->toObject()["containers"_L1].toArray().isEmpty());
    QVERIFY2(stats->toObject()["unavailable"_L1].toString().contains("cgroup"_L1),
             qPrintable(stats->toObject()["unavailable"_L1].toString()));
}

void AgentContainersTest::measures()
{
    FakeEngine engine;
    QVERIFY(engine.listen());
    ContainerDevice device(engine.socket());
    const QString id(64, u'a');
    engine.answers["GET /containers/json"] = [&id](QLocalSocket &socket, const QByteArray &) {
        FakeEngine::reply(socket, 200, R"([{"Id":")" + id.toUtf8() + R"("}])");
    };
    // What Docker 27 says: half of one of two processors.
    engine.answers["GET /containers/" + id.toUtf8() + "/stats"] = [](QLocalSocket &socket, const QByteArray &) {
        FakeEngine::reply(socket, 200,
                          R"({"cpu_stats":{"cpu_usage":{"total_usage":1500000000},"system_cpu_usage":20000000000,"online_cpus":2},)"
                          R"("precpu_stats":{"cpu_usage":{"total_usage":1000000000},"system_cpu_usage":18000000000,"online_cpus":2},)"
                          R"("memory_stats":{"usage":5000000,"limit":100000000,"stats":{"inactive_file":1000000}}})");
    };
    const auto stats = device.call(u"Container.Stats"_s);
    QVERIFY(stats);
    QCOMPARE(
        stats->toObject(),
        (QJsonObject{{u"containers"_s,
                      QJsonArray{QJsonObject{{u"id"_s, id}, {u"cpu"_s, 500}, {u"memory"_s, 4000000}, {u"memory_limit"_s, 100000000}}}}}));
}

void AgentContainersTest::measuresWhereTheEngineKeepsNothing()
{
    FakeEngine engine;
    QVERIFY(engine.listen());
    ContainerDevice device(engine.socket());
    const QString id(64, u'a');
    engine.answers["GET /containers/json"] = [&id](QLocalSocket &socket, const QByteArray &) {
        FakeEngine::reply(socket, 200, R"([{"Id":")" + id.toUtf8() + R"("}])");
    };
    // What Podman 5.4 says: zeros of before, and a time of the system without what it was idle. Half a processor is used.
    QElapsedTimer timer;
    timer.start();
    qint64 looks = 0;
    engine.answers["GET /containers/" + id.toUtf8() + "/stats"] = [&](QLocalSocket &socket, const QByteArray &) {
        ++looks;
        FakeEngine::reply(socket, 200,
                          R"({"cpu_stats":{"cpu_usage":{"total_usage":)" + QByteArray::number(7'000'000'000 + timer.nsecsElapsed() / 2)
                              + R"(,"usage_in_kernelmode":1},"system_cpu_usage":42099909994000,"online_cpus":8,"cpu":0},)"
                                R"("precpu_stats":{"cpu_usage":{"total_usage":0,"usage_in_kernelmode":0,"usage_in_usermode":0},"cpu":0},)"
                                R"("memory_stats":{"usage":5000000,"limit":100000000}})");
    };
    const auto cpu = [&]() -> QJsonValue {
        return device.call(u"Container.Stats"_s)->toObject()["containers"_L1].toArray()[0].toObject()["cpu"_L1];
    };
    const int first = cpu().toInt(-1);
    QVERIFY2(first > 400 && first < 600, qPrintable(QString::number(first)));
    QCOMPARE(looks, 2);
    // Whoever goes on looking is not kept waiting.
    QTRY_VERIFY(timer.elapsed() > 2500);
    looks = 0;
    const int next = cpu().toInt(-1);
    QVERIFY2(next > 400 && next < 600, qPrintable(QString::number(next)));
    QCOMPARE(looks, 1);
}

void AgentContainersTest::namesThemSoThatTheyCanBeAskedFor_data()
{
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<QString>("name");
    // Docker lists what links made of a container, in any order.
    QTest::newRow("a link first") << QByteArray(R"(["/st-flyway/db","/st-mysql"])") << u"st-mysql"_s;
    QTest::newRow("links after it") << QByteArray(R"(["/st-mysql","/a/db","/b/db"])") << u"st-mysql"_s;
    QTest::newRow("without a slash") << QByteArray(R"(["st-mysql"])") << u"st-mysql"_s;
    QTest::newRow("links alone") << QByteArray(R"(["/a/db"])") << u"aaaaaaaaaaaa"_s;
    QTest::newRow("none") << QByteArray("[]") << u"aaaaaaaaaaaa"_s;
    QTest::newRow("null") << QByteArray("null") << u"aaaaaaaaaaaa"_s;
}

void AgentContainersTest::namesThemSoThatTheyCanBeAskedFor()
{
    QFETCH(QByteArray, names);
    QFETCH(QString, name);
    FakeEngine engine;
    QVERIFY(engine.listen());
    engine.answers["GET /containers/json"] = [&names](QLocalSocket &socket, const QByteArray &) {
        FakeEngine::reply(socket, 200, R"([{"Id":")" + QByteArray(64, 'a') + R"(","Names":)" + names + "}]");
    };
    engine.answers["GET /containers/" + QByteArray(64, 'a') + "/json"] = [](QLocalSocket &socket, const QByteArray &) {
        FakeEngine::reply(socket, 200, R"({"State":{"Status":"running"}})");
    };
    ContainerDevice device(engine.socket());
    const auto list = device.call(u"Container.List"_s);
    QVERIFY2(list, qPrintable(list ? QString() : list.error().message));
    QCOMPARE(list->toObject()["containers"_L1].toArray()[0].toObject()["name"_L1].toString(), name);
    // The engine knows none of that name here, but it was asked.
    QCOMPARE(device.call(u"Container.Inspect"_s, {{u"id"_s, name}}).error().code, int(NotFound));
}

void AgentContainersTest::letsNothingThrough_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QJsonObject>("params");
    for (const QString &id : {u""_s, u"../images/json"_s, u"a/b"_s, u"a?b"_s, u"a%2fb"_s, u"-a"_s, u"."_s, u"a b"_s, u"a\r\nX: y"_s, u"ä"_s,
                              QString(129, u'a')})
        QTest::addRow("id %s", qPrintable(id.left(20))) << u"Container.Inspect"_s << QJsonObject{{u"id"_s, id}};
    QTest::newRow("no id") << u"Container.Start"_s << QJsonObject();
    QTest::newRow("a number") << u"Container.Stop"_s << QJsonObject{{u"id"_s, 5}};
    const auto with = [](const QString &name, const QJsonValue &value) { return QJsonObject{{u"id"_s, u"web"_s}, {name, value}}; };
    QTest::newRow("timeout text") << u"Container.Stop"_s << with(u"timeout_s"_s, u"1&signal=KILL"_s);
    QTest::newRow("timeout too long") << u"Container.Stop"_s << with(u"timeout_s"_s, 301);
    QTest::newRow("tail") << u"Container.Logs"_s << with(u"tail"_s, 100'001);
    QTest::newRow("tail all") << u"Container.Logs"_s << with(u"tail"_s, u"all"_s);
    QTest::newRow("since") << u"Container.Logs"_s << with(u"since"_s, u"yesterday"_s);
    QTest::newRow("stdout") << u"Container.Logs"_s << with(u"stdout"_s, 1);
    QTest::newRow("nothing to show") << u"Container.Logs"_s << QJsonObject{{u"id"_s, u"web"_s}, {u"stdout"_s, false}, {u"stderr"_s, false}};
    QTest::newRow("follow without a stream") << u"Container.Logs"_s << with(u"follow"_s, true);
    QTest::newRow("a bad stream") << u"Container.Logs"_s << with(u"stream"_s, u"x"_s);
    for (const QString &name : {u"id"_s, u"tail"_s, u"since"_s, u"until"_s, u"stdout"_s, u"stderr"_s, u"follow"_s, u"stream"_s})
        QTest::addRow("%s null", qPrintable(name)) << u"Container.Logs"_s << with(name, QJsonValue::Null);
    QTest::newRow("timeout null") << u"Container.Stop"_s << with(u"timeout_s"_s, QJsonValue::Null);
}

void AgentContainersTest::letsNothingThrough()
{
    QFETCH(QString, method);
    QFETCH(QJsonObject, params);
    FakeEngine engine;
    QVERIFY(engine.listen());
    ContainerDevice device(engine.socket());
    const auto answer = device.call(method, params);
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, int(InvalidParams));
    for (const QByteArray &asked : std::as_const(engine.asked))
        QVERIFY2(asked == "GET /version" || asked == "GET /v1.41/containers/web/json", asked.constData());
}

void AgentContainersTest::givesALog()
{
    FakeEngine engine;
    QVERIFY(engine.listen());
    ContainerDevice device(engine.socket());
    const auto log = device.call(u"Container.Logs"_s,
                                 {{u"id"_s, u"web"_s}, {u"tail"_s, 7}, {u"since"_s, u"2026-11-20T09:38:13.250Z"_s}, {u"stderr"_s, true}});
    QVERIFY2(log, qPrintable(log ? QString() : log.error().message));
    QCOMPARE(log->toObject(),
             (QJsonObject{{u"text"_s, u"1 2026-11-20T09:38:13Z hello\n2 2026-11-20T09:38:13Z oops\n"_s}, {u"cut"_s, false}}));
    QVERIFY2(engine.asked.last().contains("stdout=true&stderr=true&follow=false&timestamps=true&tail=7&since=1795167493.250000000"),
             engine.asked.last().constData());
    const auto terminal = device.call(u"Container.Logs"_s, {{u"id"_s, u"tty"_s}});
    QCOMPARE(terminal->toObject()["text"_L1], "1 2026-11-20T09:38:13Z hello\n"_L1);
    QCOMPARE(device.call(u"Container.Logs"_s, {{u"id"_s, u"none"_s}}).error().code, int(NotFound));
    // Another error of the engine, and with a stream.
    engine.answers["GET /containers/web/logs"] = [](QLocalSocket &socket, const QByteArray &) {
        FakeEngine::reply(socket, 501, R"({"message":"this log driver cannot read"})");
    };
    QVERIFY(device.call(u"Container.Logs"_s, {{u"id"_s, u"web"_s}}).error().message.contains("this log driver cannot read"_L1));
    StreamReader reader(device.server, u"s"_s);
    const auto streamed = device.call(u"Container.Logs"_s, {{u"id"_s, u"web"_s}, {u"stream"_s, reader.offer()}});
    QVERIFY(!streamed && streamed.error().message.contains("this log driver cannot read"_L1));
    QVERIFY(!reader.isClosed);
}

void AgentContainersTest::keepsTheNewestOfALongLog()
{
    FakeEngine engine;
    QVERIFY(engine.listen());
    ContainerDevice device(engine.socket());
    engine.answers["GET /containers/web/logs"] = [](QLocalSocket &socket, const QByteArray &) {
        FakeEngine::beginChunks(socket);
        for (int i = 0; i < 40'000; ++i)
            FakeEngine::chunk(socket,
                              FakeEngine::frame(1, QByteArray::number(i).rightJustified(6, '0') + " is a line with some text in it\n"));
        FakeEngine::endChunks(socket);
    };
    const auto log = device.call(u"Container.Logs"_s, {{u"id"_s, u"web"_s}, {u"tail"_s, 100'000}});
    QVERIFY2(log, qPrintable(log ? QString() : log.error().message));
    const QString text = log->toObject()["text"_L1].toString();
    QVERIFY(log->toObject()["cut"_L1].toBool());
    QVERIFY(text.size() <= 512 * 1024 && text.size() > 500 * 1024);
    QVERIFY(text.startsWith("1 - 0"_L1) && text.endsWith("1 - 039999 is a line with some text in it\n"_L1));

    // What becomes six times as long in JSON still fits a message.
    engine.answers["GET /containers/web/logs"] = [](QLocalSocket &socket, const QByteArray &) {
        FakeEngine::beginChunks(socket);
        for (int i = 0; i < 1000; ++i)
            FakeEngine::chunk(socket, FakeEngine::frame(1, QByteArray(1000, '\x01') + '\n'));
        FakeEngine::endChunks(socket);
    };
    const auto escapes = device.call(u"Container.Logs"_s, {{u"id"_s, u"web"_s}});
    QVERIFY2(escapes, qPrintable(escapes ? QString() : escapes.error().message));
    QVERIFY(escapes->toObject()["text"_L1].toString().size() > 50'000);
}

void AgentContainersTest::followsALog()
{
    FakeEngine engine;
    QVERIFY(engine.listen());
    ContainerDevice device(engine.socket());
    QLocalSocket *log = nullptr;
    engine.answers["GET /containers/web/logs"] = [&log](QLocalSocket &socket, const QByteArray &) {
        log = &socket;
        FakeEngine::beginChunks(socket);
        FakeEngine::chunk(socket, FakeEngine::frame(1, "one\n"));
    };
    StreamReader reader(device.server, u"s"_s);
    QVERIFY(device.call(u"Container.Logs"_s, {{u"id"_s, u"web"_s}, {u"follow"_s, true}, {u"stream"_s, reader.offer()}}));
    QTRY_COMPARE(reader.text, u"1 - one\n"_s);
    FakeEngine::chunk(*log, FakeEngine::frame(2, "two\n"));
    QTRY_COMPARE(reader.text, u"1 - one\n2 - two\n"_s);
    FakeEngine::chunk(*log, FakeEngine::frame(1, "without an end"));
    FakeEngine::endChunks(*log);
    QTRY_VERIFY(reader.isClosed);
    QCOMPARE(reader.text, u"1 - one\n2 - two\n1 - without an end\n"_s);
    QVERIFY(!reader.error && !reader.broken);

    // The reader has seen enough: the engine's connection goes too.
    StreamReader second(device.server, u"t"_s);
    QVERIFY(device.call(u"Container.Logs"_s, {{u"id"_s, u"web"_s}, {u"follow"_s, true}, {u"stream"_s, second.offer()}}));
    QTRY_VERIFY(!second.text.isEmpty());
    QPointer<QLocalSocket> open = log;
    device.server.send(Notification{methods::streamClose, streamCloseParams(u"t"_s)});
    QTRY_VERIFY(!open || open->state() == QLocalSocket::UnconnectedState);
}

void AgentContainersTest::slowsTheEngineForASlowReader()
{
    FakeEngine engine;
    QVERIFY(engine.listen());
    ContainerDevice device(engine.socket());
    QPointer<QLocalSocket> log;
    qint64 written = 0;
    constexpr qint64 all = 10 * 1024 * 1024;
    const QByteArray line = FakeEngine::frame(1, QByteArray(1023, 'x') + '\n');
    engine.answers["GET /containers/web/logs"] = [&](QLocalSocket &socket, const QByteArray &) {
        log = &socket;
        FakeEngine::beginChunks(socket);
        const auto write = [&written, &socket, &line] {
            while (socket.bytesToWrite() < 64 * 1024 && written < all) {
                FakeEngine::chunk(socket, line);
                written += line.size();
                if (written >= all)
                    FakeEngine::endChunks(socket);
            }
        };
        connect(&socket, &QLocalSocket::bytesWritten, &socket, write);
        write();
    };
    StreamReader reader(device.server, u"s"_s, 64 * 1024);
    reader.isReading = false;
    reader.keepsText = false;
    QVERIFY(device.call(u"Container.Logs"_s, {{u"id"_s, u"web"_s}, {u"follow"_s, true}, {u"stream"_s, reader.offer()}}));
    QTRY_COMPARE(reader.bytes, 64 * 1024);
    // Everything on the way has filled up, and nothing moves any more, however long it takes: the engine waits.
    qint64 before = -1;
    QTRY_VERIFY(std::exchange(before, written) == written);
    for (int i = 0; i < 20; ++i)
        QVERIFY(device.call(u"Container.List"_s));
    QVERIFY2(written < 1024 * 1024, qPrintable(QString::number(written)));
    reader.resume();
    QTRY_VERIFY_WITH_TIMEOUT(reader.isClosed, 60'000);
    QVERIFY2(!reader.error && !reader.broken, qPrintable(reader.trouble()));
    QCOMPARE(written, (all + line.size() - 1) / line.size() * line.size());
    QCOMPARE(reader.bytes, written / line.size() * (1024 + 4));
}

void AgentContainersTest::tellsOfAnEngineThatGoesInMidStream()
{
    FakeEngine engine;
    QVERIFY(engine.listen());
    ContainerDevice device(engine.socket());
    engine.answers["GET /containers/web/logs"] = [](QLocalSocket &socket, const QByteArray &) {
        FakeEngine::beginChunks(socket);
        FakeEngine::chunk(socket, FakeEngine::frame(1, "one\n"));
    };
    StreamReader reader(device.server, u"s"_s);
    QVERIFY(device.call(u"Container.Logs"_s, {{u"id"_s, u"web"_s}, {u"follow"_s, true}, {u"stream"_s, reader.offer()}}));
    QTRY_COMPARE(reader.text, u"1 - one\n"_s);
    engine.vanish();
    QTRY_VERIFY(reader.isClosed);
    QVERIFY(reader.error);
    QCOMPARE(reader.errorCode(), int(Unavailable));
    QVERIFY2(reader.trouble().contains("engine"_L1), qPrintable(reader.trouble()));
    QCOMPARE(device.call(u"Container.List"_s).error().code, int(Unavailable));
    // It comes back, and nobody has to be restarted.
    QVERIFY(engine.listen());
    QVERIFY(device.call(u"Container.List"_s));
}

void AgentContainersTest::doesWithoutAnEngine()
{
    ContainerDevice device(u"/no/such/socket"_s);
    QVERIFY(!device.containers.hasEngine());
    const auto list = device.call(u"Container.List"_s);
    QCOMPARE(
        list.error(),
        (Error{Unavailable, u"There is no container engine at /no/such/socket: start it, or name its socket with --container-socket."_s}));

    // A socket that nobody listens at any more.
    FakeEngine engine;
    QVERIFY(engine.listen());
    const QString moved = engine.socket() + ".old"_L1;
    QVERIFY(QFile::rename(engine.socket(), moved));
    engine.vanish();
    ContainerDevice stale(moved);
    const auto refused = stale.call(u"Container.List"_s);
    QCOMPARE(refused.error().code, int(Unavailable));
    QVERIFY2(refused.error().message.contains("is its service running"_L1), qPrintable(refused.error().message));
}

void AgentContainersTest::saysWhenItMayNot()
{
    if (::geteuid() == 0 && ::seteuid(65534) != 0)
        QSKIP("cannot become another user here");
    QTemporaryDir folder(u"/tmp/muster-XXXXXX"_s);
    const QString path = folder.filePath(u"engine.sock"_s);
    QLocalServer server;
    QVERIFY(server.listen(path));
    QVERIFY(::chmod(QFile::encodeName(path).constData(), 0) == 0);
    const auto usable = agent::usableEngineSocket({u"/no/such/socket"_s, path});
    // access() asks for the real user, who may be root.
    const bool isRoot = ::getuid() == 0;
    if (::getuid() == 0)
        QVERIFY(::seteuid(0) == 0);
    if (isRoot)
        QSKIP("root may use every socket");
    QCOMPARE(usable.error().code, int(Forbidden));
    QVERIFY(usable.error().message.contains("group"_L1));
}

void AgentContainersTest::negotiatesTheVersion_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QString>("api");
    QTest::addColumn<QString>("says");
    QTest::newRow("newer than us") << QByteArray(R"({"Version":"28.0","ApiVersion":"1.51","MinAPIVersion":"1.24"})") << u"1.47"_s
                                   << QString();
    QTest::newRow("between") << QByteArray(R"({"Version":"24.0","ApiVersion":"1.43","MinAPIVersion":"1.12"})") << u"1.43"_s << QString();
    QTest::newRow("too old") << QByteArray(R"({"Version":"19.3","ApiVersion":"1.40","MinAPIVersion":"1.12"})") << QString()
                             << u"upgrade the older of the two"_s;
    QTest::newRow("too new") << QByteArray(R"({"Version":"40","ApiVersion":"1.60","MinAPIVersion":"1.50"})") << QString()
                             << u"speaks versions 1.50 to 1.60"_s;
    QTest::newRow("no engine") << QByteArray("<html>") << QString() << u"is no container engine"_s;
}

void AgentContainersTest::negotiatesTheVersion()
{
    QFETCH(QByteArray, version);
    QFETCH(QString, api);
    QFETCH(QString, says);
    FakeEngine engine;
    QVERIFY(engine.listen());
    engine.answers["GET /version"] = [version](QLocalSocket &socket, const QByteArray &) { FakeEngine::reply(socket, 200, version); };
    ContainerDevice device(engine.socket());
    const auto list = device.call(u"Container.List"_s);
    if (says.isEmpty()) {
        QVERIFY(list);
        QCOMPARE(list->toObject()["engine"_L1].toObject()["api"_L1], api);
        QCOMPARE(list->toObject()["engine"_L1].toObject()["name"_L1], "Docker"_L1);
        QVERIFY(engine.asked.contains("GET /v" + api.toUtf8() + "/containers/json?all=true&limit=200"));
    } else {
        QCOMPARE(list.error().code, int(Unavailable));
        QVERIFY2(list.error().message.contains(says), qPrintable(list.error().message));
    }
}

void AgentContainersTest::choosesASocket()
{
    QProcessEnvironment environment;
    QCOMPARE(agent::engineSockets({}, environment),
             (QStringList{u"/run/docker.sock"_s, u"/var/run/docker.sock"_s, u"/run/podman/podman.sock"_s}));
    environment.insert(u"XDG_RUNTIME_DIR"_s, u"/run/user/1"_s);
    QCOMPARE(agent::engineSockets({}, environment).last(), u"/run/user/1/podman/podman.sock"_s);
    environment.insert(u"DOCKER_HOST"_s, u"tcp://elsewhere"_s);
    QCOMPARE(agent::engineSockets({}, environment).size(), 4);
    environment.insert(u"DOCKER_HOST"_s, u"unix:///x.sock"_s);
    QCOMPARE(agent::engineSockets({}, environment), QStringList{u"/x.sock"_s});
    QCOMPARE(agent::engineSockets(u"/mine"_s, environment), QStringList{u"/mine"_s});
}

void AgentContainersTest::takesNoEndlessAnswer()
{
    FakeEngine engine;
    QVERIFY(engine.listen());
    ContainerDevice device(engine.socket());
    engine.answers["GET /containers/web/json"] = [](QLocalSocket &socket, const QByteArray &) {
        FakeEngine::reply(socket, 200, QByteArray(5 * 1024 * 1024, ' '));
    };
    QCOMPARE(device.call(u"Container.Inspect"_s, {{u"id"_s, u"web"_s}}).error().code, int(TooLarge));
}

void AgentContainersTest::opensNoStreamForNothing()
{
    FakeEngine engine;
    QVERIFY(engine.listen());
    ContainerDevice device(engine.socket());
    engine.answers["GET /containers/web/logs"] = [](QLocalSocket &socket, const QByteArray &) {
        FakeEngine::beginChunks(socket);
        FakeEngine::chunk(socket, FakeEngine::frame(1, "x\n"));
    };
    std::vector<std::unique_ptr<StreamReader>> readers;
    for (int i = 0; i <= limits::streamsOpen; ++i) {
        readers.push_back(std::make_unique<StreamReader>(device.server, u"s%1"_s.arg(i)));
        const auto opened =
            device.call(u"Container.Logs"_s, {{u"id"_s, u"web"_s}, {u"follow"_s, true}, {u"stream"_s, readers.back()->offer()}});
        QCOMPARE(opened.has_value(), i < limits::streamsOpen);
        if (!opened)
            QCOMPARE(opened.error().code, int(TooMany));
    }
    // Calls go on beside as many logs as there may be.
    QVERIFY(device.call(u"Container.List"_s));
    for (int i = 0; i < limits::streamsOpen; ++i)
        QTRY_COMPARE(readers[static_cast<size_t>(i)]->text, u"1 - x\n"_s);
}

MUSTER_TEST(AgentContainersTest)
#include "tst_agentcontainers.moc"
