// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tests/liveclient.h"
#include "server/tests/receiptdevice.h"
#include "server/tests/testserver.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QLoggingCategory>

using namespace muster;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// What operators do with devices: containers, calls, commands, history; over REST and live sockets, with real signatures.
class OperationsTest : public TestCase
{
    Q_OBJECT

    static KeyPair newKey() { return *KeyPair::generate(Algorithm::EdDSA); }

    HttpAnswer send(const QByteArray &verb, const QString &path, const QJsonObject &body = {}, const QString &token = {})
    {
        return m_server.http(verb, u"/api/v2"_s + path,
                             verb == "GET" || verb == "DELETE" ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact),
                             token.isEmpty() ? m_server.admin : token);
    }
    HttpAnswer get(const QString &path) { return send("GET", path); }
    QJsonObject command(const QString &id) { return get(u"/commands/"_s + id).json; }
    QString create(const QJsonObject &body, const QString &token = {})
    {
        return send("POST", u"/commands"_s, body, token).json["items"_L1][0]["id"_L1].toString();
    }
    qint64 metric(const QByteArray &name)
    {
        const QByteArray text = m_server.get(u"/metrics"_s).body;
        const qsizetype at = text.indexOf("\n" + name + " ");
        return at < 0 ? -1 : text.mid(at + name.size() + 2, text.indexOf('\n', at + 1) - at - name.size() - 2).toLongLong();
    }

    TestServer m_server;

private slots:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(u"muster.*.info=false"_s);
        QCOMPARE(m_server.start(), QString());
    }

    void showsAndMovesContainers()
    {
        const auto device = m_server.acceptedDevice(u"box"_s, newKey());
        QVERIFY(device);
        QCOMPARE(get(u"/devices/box/containers"_s).json["echo"_L1].toObject(), QJsonObject());
        QCOMPARE(get(u"/devices/box/containers/web"_s).json["echo"_L1].toObject(), QJsonObject({{"id"_L1, u"web"_s}}));
        QCOMPARE(get(u"/devices/box/container-stats"_s).status, 200);
        QCOMPARE(get(u"/devices/box/containers/web/logs?tail=5&stderr=false"_s).json["echo"_L1].toObject(),
                 QJsonObject({{"id"_L1, u"web"_s}, {"tail"_L1, 5}, {"stderr"_L1, false}}));
        QCOMPARE(get(u"/devices/box/containers/web/logs?follow=true"_s).status, 400); // a live topic does that
        QCOMPARE(get(u"/devices/box/methods"_s).status, 200);
        QCOMPARE(device->requestsOf(u"rpc.discover"_s).size(), 1);
        // Pages that read leave no rows; what changes something does, in the list and in the history.
        QVERIFY(get(u"/commands?device=box"_s).json["items"_L1].toArray().isEmpty());
        const auto restarted = send("POST", u"/devices/box/containers/web/restart"_s, {{"timeout_s"_L1, 3}});
        QCOMPARE(restarted.json["echo"_L1].toObject(), QJsonObject({{"id"_L1, u"web"_s}, {"timeout_s"_L1, 3}}));
        QTRY_COMPARE(get(u"/commands?device=box&state=done"_s).json["items"_L1].toArray().size(), 1);
        const QJsonObject call = get(u"/commands?device=box"_s).json["items"_L1][0].toObject();
        QCOMPARE(call["kind"_L1], "call"_L1);
        QCOMPARE(call["method"_L1], "Container.Restart"_L1);
        QCOMPARE(call["asked_by"_L1], "admin"_L1);
        QTRY_COMPARE(get(u"/devices/box/history?kind=command"_s).json["items"_L1][0]["name"_L1], "Container.Restart"_L1);
        QVERIFY(!get(u"/devices/box/history?kind=command"_s).json["items"_L1][0]["data"_L1]["container"_L1].toString().isEmpty());
        QCOMPARE(send("POST", u"/devices/box/containers/web/stop"_s, {{"timeout_s"_L1, 300}}).status, 400);
        // A viewer looks, and touches nothing.
        const QString viewer = m_server.signedIn(u"vera"_s, u"viewer"_s);
        QCOMPARE(send("GET", u"/devices/box/containers"_s, {}, viewer).status, 200);
        QCOMPARE(send("POST", u"/devices/box/containers/web/stop"_s, {}, viewer).status, 403);
        QCOMPARE(send("GET", u"/commands"_s, {}, viewer).status, 403);
    }

    void errorsOfDevicesPassThrough_data()
    {
        QTest::addColumn<int>("code");
        QTest::newRow("bad params") << int(InvalidParams);
        QTest::newRow("policy") << int(PolicyForbids);
        QTest::newRow("no engine") << int(Unavailable);
        QTest::newRow("no container") << int(NotFound);
        QTest::newRow("interrupted") << int(Interrupted);
        QTest::newRow("expired") << int(Expired);
        QTest::newRow("its own") << 7;
    }

    void errorsOfDevicesPassThrough()
    {
        QFETCH(const int, code);
        const QString name = u"err-%1"_s.arg(qAbs(code));
        const auto device = m_server.acceptedDevice(name, newKey());
        QVERIFY(device);
        device->answerWith = [code](const Request &) { return failure(code, u"it is <b>so</b>\u0007"_s); };
        const auto answer = get(u"/devices/%1/containers"_s.arg(name));
        QCOMPARE(answer.status, 502);
        QCOMPARE(answer.errorCode(), code);
        QCOMPARE(answer.json["error"_L1]["message"_L1], u"it is <b>so</b>\uFFFD"_s);
        QCOMPARE(send("POST", u"/devices/%1/rpc/Any.Method"_s.arg(name), {{"a"_L1, u"b"_s}}).errorCode(), code);
    }

    void listsDirectCallsWhileTheyRun()
    {
        const auto device = m_server.acceptedDevice(u"caller"_s, newKey());
        QVERIFY(device);
        device->answersCalls = false;
        LiveClient live(m_server.server->url(), m_server.admin);
        live.socket.sendTextMessage(u""_s); // nothing that counts
        (void)live.ask(u"Live.Ping"_s);
        live.socket.sendTextMessage(
            uR"({"jsonrpc":"2.0","id":"call","method":"Devices.Call","params":{"id":"caller","method":"Sys.Wait","params":{"n":1},"timeout_ms":2000}})"_s);
        QTRY_COMPARE(get(u"/commands?device=caller&state=running"_s).json["items"_L1].toArray().size(), 1);
        const QJsonObject running = get(u"/commands?device=caller&state=open"_s).json;
        QCOMPARE(running["counts"_L1]["running"_L1], 1);
        const QString id = running["items"_L1][0]["id"_L1].toString();
        QCOMPARE(command(id)["state"_L1], "running"_L1);
        QCOMPARE(get(u"/commands?after="_s + id + u"&device=caller"_s).json["items"_L1].toArray().size(), 0);
        QTRY_COMPARE(command(id)["state"_L1], "failed"_L1);
        QCOMPARE(command(id)["error"_L1]["code"_L1], int(TimedOut));
        QCOMPARE(send("DELETE", u"/commands/"_s + id).status, 409);
        QCOMPARE(get(u"/commands/%1/receipt"_s.arg(id)).status, 404);
    }

    void aReceiptProvesItselfAnywhere()
    {
        const KeyPair key = newKey();
        const auto device = m_server.acceptedDevice(u"worker"_s, key);
        QVERIFY(device);
        runCommands(*device, u"worker"_s, QJsonObject{{"temperature"_L1, 21}});
        LiveClient live(m_server.server->url(), m_server.admin);
        QVERIFY(live.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"commands"_s}, {"device"_L1, u"worker"_s}}).contains("result"_L1));
        const QString id =
            create({{"device"_L1, u"worker"_s}, {"method"_L1, u"Sensor.Read"_s}, {"params"_L1, QJsonObject{{"which"_L1, u"ü"_s}}}});
        QTRY_COMPARE(command(id)["state"_L1], "done"_L1);
        QCOMPARE(command(id)["result"_L1]["temperature"_L1], 21);
        QTRY_COMPARE(live.lastOf(u"Live.Commands"_s)["items"_L1][0]["state"_L1], "done"_L1);
        QCOMPARE(live.lastOf(u"Live.Commands"_s)["counts"_L1]["running"_L1], 0);
        // The server answered the receipt once it had it.
        QTRY_VERIFY(std::ranges::any_of(device->received, [&id](const Message &message) {
            const auto *response = std::get_if<Response>(&message);
            return response && response->id == u"done-"_s + id && response->result && (*response->result)["stored"_L1] == true;
        }));
        const QJsonObject kept = get(u"/commands/%1/receipt"_s.arg(id)).json;
        QCOMPARE(kept["muster_receipt"_L1], 1);
        QCOMPARE(kept["fingerprint"_L1].toString(), key.publicKey().fingerprint());
        QCOMPARE(kept["words"_L1].toArray().size(), 6);
        const auto pem = PublicKey::fromPem(kept["public_key"_L1].toString().toLatin1());
        QVERIFY(pem && *pem == key.publicKey());
        const QByteArray message = kept["message"_L1].toString().toUtf8();
        const auto receipt = verifyReceipt(message, *pem);
        QVERIFY2(receipt, receipt ? "" : qPrintable(receipt.error().message));
        const QJsonObject asked = kept["command"_L1].toObject();
        QCOMPARE(receipt->requestHash, *requestHash(asked["id"_L1].toString(), asked["device_id"_L1].toString(),
                                                    asked["method"_L1].toString(), asked["params"_L1].toObject()));
        QByteArray spoiled = message;
        spoiled.replace("21", "22");
        QVERIFY(!verifyReceipt(spoiled, *pem));
    }

    void spoiledReceiptsAreRefused()
    {
        const auto device = m_server.acceptedDevice(u"liar"_s, newKey());
        const auto other = m_server.acceptedDevice(u"thief"_s, newKey());
        QVERIFY(device && other);
        device->answerWith = [](const Request &) { return Result<QJsonValue>(QJsonObject{{"state"_L1, u"running"_s}}); };
        const QString id = create({{"device"_L1, u"liar"_s}, {"method"_L1, u"Sys.Reboot"_s}});
        QTRY_COMPARE(command(id)["state"_L1], "running"_L1);
        const QJsonObject run = device->requestsOf(u"Command.Run"_s).last();
        const QJsonObject good = receiptFor(u"liar"_s, run, 1);
        const qint64 before = metric("muster_receipts_refused_total");
        const auto with = [&good](const QString &name, const QJsonValue &value) {
            QJsonObject changed = good;
            changed.insert(name, value);
            return changed;
        };
        QCOMPARE(device->ask(u"Command.Done"_s, with(u"request_hash"_s, QString(43, 'A'_L1))).error().code, int(Conflict));
        QCOMPARE(device->ask(u"Command.Done"_s, with(u"method"_s, u"Sys.Halt"_s)).error().code, int(Conflict));
        QCOMPARE(device->ask(u"Command.Done"_s, with(u"command"_s, u"c-unknown"_s)).error().code, int(NotFound));
        QCOMPARE(device->ask(u"Command.Done"_s, with(u"command"_s, QString(1000, 'c'_L1))).error().code, int(InvalidParams));
        QCOMPARE(device->ask(u"Command.Done"_s, with(u"error"_s, QJsonObject{})).error().code, int(InvalidParams));
        QCOMPARE(device->ask(u"Command.Done"_s, with(u"counter"_s, 0)).error().code, int(InvalidParams));
        // Another device cannot tell the end of this one's command, nor learn that there is one.
        const auto stolen = other->ask(u"Command.Done"_s, receiptFor(u"thief"_s, run, 1));
        QCOMPARE(stolen.error().code, int(NotFound));
        QVERIFY(stolen.error().message.contains("for this device"_L1));
        QCOMPARE(metric("muster_receipts_refused_total") - before, 7);
        QCOMPARE(command(id)["state"_L1], "running"_L1);
        // One byte changed on the way: the signature does not hold, and the connection ends.
        QString sealed = device->sealed(Request{.id = u"r"_s, .method = u"Command.Done"_s, .params = good});
        const qsizetype at = sealed.indexOf("\"result\":1"_L1);
        QVERIFY(at > 0);
        sealed[at + 9] = u'2';
        device->send(sealed);
        QCOMPARE(device->closeCode(), int(QWebSocketProtocol::CloseCodePolicyViolated));
        QCOMPARE(command(id)["state"_L1], "running"_L1);
    }

    void whoLostTheirRoleLosesWhatWaits()
    {
        const KeyPair key = newKey();
        m_server.acceptedDevice(u"asleep"_s, key).reset();
        QTRY_COMPARE(get(u"/devices/asleep"_s).json["presence"_L1]["state"_L1], "offline"_L1);
        const QString otto = m_server.signedIn(u"otto"_s, u"operator"_s);
        const QString paul = m_server.signedIn(u"paul"_s, u"operator"_s);
        const QString ottos = create({{"device"_L1, u"asleep"_s}, {"method"_L1, u"Sys.Reboot"_s}}, otto);
        const QString pauls = create({{"device"_L1, u"asleep"_s}, {"method"_L1, u"Sys.Reboot"_s}}, paul);
        const QString kept = create({{"device"_L1, u"asleep"_s}, {"method"_L1, u"Sys.Reboot"_s}});
        QCOMPARE(command(ottos)["waits_for"_L1], "device"_L1);
        QCOMPARE(m_server.http("PATCH", u"/api/v2/users/otto"_s, R"({"role":"viewer"})", m_server.admin).status, 200);
        QCOMPARE(m_server.http("DELETE", u"/api/v2/users/paul"_s, {}, m_server.admin).status, 200);
        const auto device = m_server.device(u"asleep"_s, key);
        runCommands(*device, u"asleep"_s);
        QCOMPARE(device->introduce(), u"accepted"_s);
        QTRY_COMPARE(command(kept)["state"_L1], "done"_L1);
        QCOMPARE(command(ottos)["state"_L1], "cancelled"_L1);
        QVERIFY(command(ottos)["reason"_L1].toString().contains("otto (viewer) lacks the permission devices.call"_L1));
        QVERIFY(command(pauls)["reason"_L1].toString().contains("removed"_L1));
        QCOMPARE(device->requestsOf(u"Command.Run"_s).size(), 1);
    }

    /// A call to many: followed by one question, taken back by one, and made again where it failed.
    void bulksAreFollowedToTheirEnd()
    {
        const auto good = m_server.acceptedDevice(u"bulk-1"_s, newKey());
        const KeyPair badKey = newKey();
        const auto bad = m_server.acceptedDevice(u"bulk-2"_s, badKey);
        m_server.acceptedDevice(u"bulk-3"_s, newKey()).reset();
        QTRY_COMPARE(get(u"/devices/bulk-3"_s).json["presence"_L1]["state"_L1], "offline"_L1);
        runCommands(*good, u"bulk-1"_s);
        bad->answerWith = [](const Request &) -> Result<QJsonValue> { return failure(MethodNotFound, u"no such method"_s); };
        const auto order = [this] {
            const QJsonObject selection = send("POST", u"/selections"_s, {{"text"_L1, u"bulk-"_s}}).json;
            return send("POST", u"/commands"_s,
                        {{"selection"_L1, selection["selection"_L1]},
                         {"count"_L1, 3},
                         {"method"_L1, u"Sys.Reboot"_s},
                         {"params"_L1, QJsonObject{{"delay_s"_L1, 3}}}})
                .json["bulk"_L1]
                .toString();
        };
        const QString bulk = order();
        const auto states = [this](const QString &of) { return get(u"/bulks/"_s + of).json["states"_L1].toObject(); };
        QTRY_COMPARE(states(bulk)["done"_L1], 1);
        QTRY_COMPARE(states(bulk)["failed"_L1], 1);
        QCOMPARE(states(bulk)["queued"_L1], 1);
        const QJsonObject told = get(u"/bulks/"_s + bulk).json;
        QCOMPARE(told["total"_L1], 3);
        QCOMPARE(told["method"_L1], "Sys.Reboot"_L1);
        QCOMPARE(told["params"_L1]["delay_s"_L1], 3);
        QCOMPARE(get(u"/bulks/unknown"_s).status, 404);
        QCOMPARE(send("DELETE", u"/bulks/unknown"_s, {}).status, 404);

        // Who may only look may not take back, nor make it again.
        const QString viewer = m_server.signedIn(u"bulkviewer"_s, u"viewer"_s);
        QCOMPARE(send("DELETE", u"/bulks/"_s + bulk, {}, viewer).status, 403);
        QCOMPARE(send("POST", u"/bulks/%1/again"_s.arg(bulk), {{"count"_L1, 1}}, viewer).status, 403);

        // Refused where more failed than the person was told.
        const auto wrong = send("POST", u"/bulks/%1/again"_s.arg(bulk), {{"count"_L1, 2}});
        QCOMPARE(wrong.status, 409);
        QVERIFY(wrong.json["error"_L1]["message"_L1].toString().contains("1 devices by now, not 2"_L1));
        runCommands(*bad, u"bulk-2"_s);
        const auto again = send("POST", u"/bulks/%1/again"_s.arg(bulk), {{"count"_L1, 1}});
        QCOMPARE(again.json["total"_L1], 1);
        const QString second = again.json["bulk"_L1].toString();
        QVERIFY(!second.isEmpty() && second != bulk);
        QTRY_COMPARE(states(second)["done"_L1], 1);
        QCOMPARE(states(bulk)["failed"_L1], 1); // what was is not rewritten
        QCOMPARE(get(u"/commands?bulk="_s + second).json["items"_L1][0]["params"_L1]["delay_s"_L1], 3);

        const auto cancelled = send("DELETE", u"/bulks/"_s + bulk, {});
        QCOMPARE(cancelled.json["cancelled"_L1], 1);
        QCOMPARE(states(bulk)["cancelled"_L1], 1);
        QCOMPARE(states(bulk)["queued"_L1], 0);
        QCOMPARE(send("DELETE", u"/bulks/"_s + bulk, {}).json["cancelled"_L1], 0);
        QCOMPARE(get(u"/audit?method=Bulks.Cancel&outcome=ok"_s).json["items"_L1].toArray().size(), 1);
        // Its device comes back to nothing.
        QCOMPARE(get(u"/commands?device=bulk-3&state=open"_s).json["total"_L1], 0);
    }

    /// What a device would refuse without a word is refused here, at once.
    void whatCannotBeSentIsSaidAtOnce()
    {
        const auto device = m_server.acceptedDevice(u"unsendable"_s, newKey());
        const auto call = [this](const QString &method, const QJsonObject &params) {
            return m_server
                .http("POST", u"/api/v2/devices/unsendable/rpc/%1"_s.arg(QString::fromLatin1(QUrl::toPercentEncoding(method))),
                      QJsonDocument(params).toJson(), m_server.admin)
                .status;
        };
        QCOMPARE(call(u"😀"_s.repeated(65), {}), 400); // 130 UTF-16 units, which is what messages count
        QJsonObject deep;
        for (int i = 0; i < 62; ++i)
            deep = {{u"a"_s, deep}};
        QCOMPARE(call(u"Sys.GetInfo"_s, QJsonObject{{"a"_L1, deep}}), 400);
        QVERIFY(device->requestsOf(u"Sys.GetInfo"_s).isEmpty());
    }

    /// What was asked of a device is for who may read commands, wherever it stands.
    void historyKeepsCommandsFromWhoMayNotReadThem()
    {
        const auto device = m_server.acceptedDevice(u"secretive"_s, newKey());
        runCommands(*device, u"secretive"_s);
        const QString id = create({{"device"_L1, u"secretive"_s}, {"method"_L1, u"Sys.Reboot"_s}});
        QTRY_COMPARE(command(id)["state"_L1], "done"_L1);
        const auto kinds = [this](const QString &token) {
            QSet<QString> found;
            const QJsonObject page = m_server.http("GET", u"/api/v2/devices/secretive/history"_s, {}, token).json;
            for (const auto &item : page["items"_L1].toArray())
                found.insert(item["kind"_L1].toString());
            return found;
        };
        QTRY_VERIFY(kinds(m_server.admin).contains(u"command"_s));
        const QString viewer = m_server.signedIn(u"historian"_s, u"viewer"_s);
        QVERIFY(!kinds(viewer).contains(u"command"_s));
        QVERIFY(kinds(viewer).contains(u"key"_s));
        QCOMPARE(m_server.http("GET", u"/api/v2/devices/secretive/history?kind=command"_s, {}, viewer).json["total"_L1], 0);
        LiveClient live(m_server.server->url(), viewer);
        const QJsonObject seen =
            live.ask(u"Live.Subscribe"_s, {{"topic"_L1, "history"_L1}, {"device"_L1, u"secretive"_s}})["result"_L1].toObject();
        QVERIFY(!seen["items"_L1].toArray().isEmpty());
        for (const auto &item : seen["items"_L1].toArray())
            QVERIFY(item["kind"_L1] != "command"_L1);
    }

    /// The audit names who came by a link, and whose session and key were ended.
    void theAuditNamesPeople()
    {
        const QString token = m_server.signedIn(u"linked"_s, u"viewer"_s);
        const QString link = send("POST", u"/sign-in-links"_s, {{"user"_L1, u"linked"_s}}).json["link"_L1].toString().section(u'/', -1);
        QCOMPARE(m_server.http("POST", u"/api/v2/session/redeem"_s, QJsonDocument(QJsonObject{{"token"_L1, link}}).toJson(), {}).status,
                 200);
        const auto last = [this](const QString &method) { return get(u"/audit?method=%1"_s.arg(method)).json["items"_L1][0].toObject(); };
        QTRY_COMPARE(last(u"Session.Redeem"_s)["actor"_L1], "linked"_L1);
        QCOMPARE(last(u"Session.Redeem"_s)["target"_L1], "linked"_L1);
        const QString session = m_server.http("GET", u"/api/v2/session"_s, {}, token).json["id"_L1].toString();
        QCOMPARE(send("DELETE", u"/sessions/"_s + session, {}).status, 200);
        QTRY_COMPARE(last(u"Sessions.Revoke"_s)["target"_L1], "linked"_L1);
        const QString key = send("POST", u"/api-keys"_s, {{"name"_L1, u"for the night"_s}}).json["id"_L1].toString();
        QCOMPARE(send("DELETE", u"/api-keys/"_s + key, {}).status, 200);
        QTRY_COMPARE(last(u"ApiKeys.Delete"_s)["target"_L1], "for the night"_L1);
    }

    /// Of a device that was forgotten since, another one may have the id.
    void bulksSpareWhoOnlyHasTheId()
    {
        const auto first = m_server.acceptedDevice(u"heir-1"_s, newKey());
        first->answerWith = [](const Request &) -> Result<QJsonValue> { return failure(MethodNotFound, u"no such method"_s); };
        const QJsonObject selection = send("POST", u"/selections"_s, {{"text"_L1, u"heir-"_s}}).json;
        const QString bulk =
            send("POST", u"/commands"_s, {{"selection"_L1, selection["selection"_L1]}, {"count"_L1, 1}, {"method"_L1, u"Sys.Reboot"_s}})
                .json["bulk"_L1]
                .toString();
        QTRY_COMPARE(get(u"/bulks/"_s + bulk).json["states"_L1]["failed"_L1], 1);
        QCOMPARE(m_server.http("DELETE", u"/api/v2/devices/heir-1"_s, {}, m_server.admin).status, 200);
        const auto heir = m_server.acceptedDevice(u"heir-1"_s, newKey());
        QVERIFY(heir);
        const auto again = send("POST", u"/bulks/%1/again"_s.arg(bulk), {{"count"_L1, 1}});
        QCOMPARE(again.status, 404);
        QVERIFY(heir->requestsOf(u"Command.Run"_s).isEmpty());
    }

    /// What a device can do is known while it is away, and says of when.
    void methodsOfADeviceThatIsAway()
    {
        const KeyPair key = newKey();
        auto device = m_server.acceptedDevice(u"away-methods"_s, key);
        const QJsonObject document{{"openrpc"_L1, "1.3.2"_L1}, {"methods"_L1, QJsonArray{QJsonObject{{"name"_L1, u"Press.Größe"_s}}}}};
        device->answerWith = [document](const Request &request) -> Result<QJsonValue> {
            return request.method == methods::rpcDiscover ? Result<QJsonValue>(document) : failure(MethodNotFound, u"no"_s);
        };
        const auto methods = [this] { return get(u"/devices/away-methods/methods"_s); };
        QCOMPARE(methods().json, document);
        device.reset();
        QTRY_COMPARE(get(u"/devices/away-methods"_s).json["presence"_L1]["state"_L1], "offline"_L1);
        const auto seen = methods();
        QCOMPARE(seen.status, 200);
        QCOMPARE(seen.json["methods"_L1], document["methods"_L1]);
        QVERIFY(seen.json["x-as-of"_L1].toString().startsWith("20"_L1));
        // The next one of its name begins with nothing.
        QCOMPARE(m_server.http("DELETE", u"/api/v2/devices/away-methods"_s, {}, m_server.admin).status, 200);
        m_server.acceptedDevice(u"away-methods"_s, newKey()).reset();
        QTRY_COMPARE(get(u"/devices/away-methods"_s).json["presence"_L1]["state"_L1], "offline"_L1);
        QCOMPARE(methods().status, 503);
    }

    void selectionsAreCounted()
    {
        const auto first = m_server.acceptedDevice(u"sel-1"_s, newKey());
        const KeyPair key = newKey();
        m_server.acceptedDevice(u"sel-2"_s, key).reset();
        QVERIFY(first);
        QTRY_COMPARE(get(u"/devices/sel-2"_s).json["presence"_L1]["state"_L1], "offline"_L1);
        runCommands(*first, u"sel-1"_s);
        const QJsonObject selection = send("POST", u"/selections"_s, {{"text"_L1, u"sel-"_s}}).json;
        QCOMPARE(selection["total"_L1], 2);
        QCOMPARE(selection["away"_L1], 1);
        QCOMPARE(selection["ids"_L1].toArray(), QJsonArray({u"sel-1"_s, u"sel-2"_s}));
        QJsonObject wanted{{"selection"_L1, selection["selection"_L1]}, {"count"_L1, 3}, {"method"_L1, u"Sys.Reboot"_s}};
        const auto wrong = send("POST", u"/commands"_s, wanted);
        QCOMPARE(wrong.status, 409);
        QVERIFY(wrong.json["error"_L1]["message"_L1].toString().contains("2 devices, not 3"_L1));
        QVERIFY(get(u"/commands?device=sel-1"_s).json["items"_L1].toArray().isEmpty());
        wanted["count"_L1] = 2;
        // It is nobody else's.
        const QString other = m_server.signedIn(u"olga"_s, u"operator"_s);
        QCOMPARE(send("POST", u"/commands"_s, wanted, other).status, 404);
        const auto made = send("POST", u"/commands"_s, wanted);
        QCOMPARE(made.json["items"_L1].toArray().size(), 2);
        const QString bulk = made.json["bulk"_L1].toString();
        QVERIFY(!bulk.isEmpty());
        QCOMPARE(made.json["items"_L1][1]["bulk"_L1], bulk);
        LiveClient live(m_server.server->url(), m_server.admin);
        const QJsonObject watched = live.ask(u"Live.Subscribe"_s, {{"topic"_L1, "commands"_L1}, {"bulk"_L1, bulk}});
        QCOMPARE(watched["result"_L1]["items"_L1].toArray().size(), 2);
        QCOMPARE(
            live.ask(u"Live.Subscribe"_s, {{"topic"_L1, "commands"_L1}, {"bulk"_L1, "none"_L1}})["result"_L1]["items"_L1].toArray().size(),
            0);
        QTRY_COMPARE(get(u"/commands?device=sel-1&state=done"_s).json["items"_L1].toArray().size(), 1);
        QCOMPARE(get(u"/commands?device=sel-2&state=queued"_s).json["items"_L1].toArray().size(), 1);
        // Once one of them is gone, the list is not what was looked at any more.
        QCOMPARE(m_server.http("DELETE", u"/api/v2/devices/sel-2"_s, {}, m_server.admin).status, 200);
        QCOMPARE(send("POST", u"/commands"_s, wanted).status, 409);
        QCOMPARE(send("POST", u"/selections"_s, {{"devices"_L1, QJsonArray{u"sel-1"_s, u"sel-1"_s}}}).json["total"_L1], 1);
        QCOMPARE(send("POST", u"/selections"_s, {{"devices"_L1, QJsonArray{u"nobody"_s}}}).status, 404);
        QCOMPARE(send("POST", u"/selections"_s, {{"devices"_L1, QJsonArray{u"sel-1"_s}}, {"text"_L1, u"x"_s}}).status, 400);
        QCOMPARE(send("POST", u"/selections"_s, {{"devices"_L1, QJsonArray{QString(1000, 'x'_L1)}}}).status, 400);
    }

    void badOrders_data()
    {
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<int>("status");
        const QString method = u"Sys.Reboot"_s;
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        QTest::newRow("unknown device") << QJsonObject{{"device"_L1, u"nobody"_s}, {"method"_L1, method}} << 404;
        QTest::newRow("long device") << QJsonObject{{"device"_L1, QString(1000, 'a'_L1)}, {"method"_L1, method}} << 400;
        QTest::newRow("no device") << QJsonObject{{"method"_L1, method}} << 400;
        QTest::newRow("both") << QJsonObject{{"device"_L1, u"a"_s}, {"selection"_L1, u"b"_s}, {"count"_L1, 1}, {"method"_L1, method}}
                              << 400;
        QTest::newRow("no method") << QJsonObject{{"device"_L1, u"a"_s}} << 400;
        QTest::newRow("empty method") << QJsonObject{{"device"_L1, u"a"_s}, {"method"_L1, u""_s}} << 400;
        QTest::newRow("over already") << QJsonObject{{"device"_L1, u"a"_s}, {"method"_L1, method}, {"expires_at"_L1, now - 1000}} << 400;
        QTest::newRow("too far") << QJsonObject{{"device"_L1, u"a"_s}, {"method"_L1, method}, {"expires_at"_L1, now + 31LL * 86'400'000}}
                                 << 400;
        QTest::newRow("no time") << QJsonObject{{"device"_L1, u"a"_s}, {"method"_L1, method}, {"expires_at"_L1, u"soon"_s}} << 400;
        QTest::newRow("unknown selection") << QJsonObject{{"selection"_L1, u"sGone"_s}, {"count"_L1, 1}, {"method"_L1, method}} << 404;
        QTest::newRow("long selection") << QJsonObject{{"selection"_L1, QString(1000, 's'_L1)}, {"count"_L1, 1}, {"method"_L1, method}}
                                        << 400;
        QTest::newRow("count of none") << QJsonObject{{"selection"_L1, u"sGone"_s}, {"count"_L1, 0}, {"method"_L1, method}} << 400;
        QTest::newRow("params of no object") << QJsonObject{{"device"_L1, u"a"_s}, {"method"_L1, method}, {"params"_L1, 5}} << 400;
    }

    void badOrders()
    {
        QFETCH(const QJsonObject, body);
        QFETCH(const int, status);
        const auto answer = send("POST", u"/commands"_s, body);
        QVERIFY2(answer.status == status, answer.body.constData());
    }

    void badQuestions_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::newRow("no limit") << u"/commands?limit=0"_s << 400;
        QTest::newRow("big limit") << u"/commands?limit=501"_s << 400;
        QTest::newRow("unknown after") << u"/commands?after=cNothing"_s << 404;
        QTest::newRow("long before") << u"/commands?after=%1"_s.arg(QString(1000, 'c'_L1)) << 400;
        QTest::newRow("no state") << u"/commands?state=lost"_s << 400;
        QTest::newRow("unknown command") << u"/commands/cNothing"_s << 404;
        QTest::newRow("long command") << u"/commands/%1"_s.arg(QString(1000, 'c'_L1)) << 400;
        QTest::newRow("unknown receipt") << u"/commands/cNothing/receipt"_s << 404;
        QTest::newRow("history of nobody") << u"/devices/nobody/history"_s << 404;
        QTest::newRow("history limit") << u"/devices/nobody/history?limit=501"_s << 400;
        QTest::newRow("history before") << u"/devices/nobody/history?after=-1"_s << 400;
        QTest::newRow("history kind") << u"/devices/nobody/history?kind=secret"_s << 400;
        QTest::newRow("containers of nobody") << u"/devices/nobody/containers"_s << 404;
        QTest::newRow("long container") << u"/devices/nobody/containers/%1"_s.arg(QString(1000, 'c'_L1)) << 400;
        QTest::newRow("methods of nobody") << u"/devices/nobody/methods"_s << 404;
    }

    void badQuestions()
    {
        QFETCH(const QString, path);
        QFETCH(const int, status);
        const auto answer = get(path);
        QVERIFY2(answer.status == status, answer.body.constData());
    }

    void showsWhatDevicesReport()
    {
        const auto device = m_server.acceptedDevice(u"talker"_s, newKey());
        QVERIFY(device);
        LiveClient live(m_server.server->url(), m_server.admin);
        const QJsonObject picture = live.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"history"_s}, {"device"_L1, u"talker"_s}});
        QVERIFY(picture.contains("result"_L1));
        QVERIFY(live.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"device"_s}, {"id"_L1, u"talker"_s}}).contains("result"_L1));
        const qint64 time = QDateTime::currentMSecsSinceEpoch();
        const auto stored =
            device->ask(u"Event.Report"_s,
                        {{"events"_L1, QJsonArray{QJsonObject{{"name"_L1, u"door.open"_s}, {"time"_L1, time}, {"source"_L1, u"gate"_s}}}}});
        QVERIFY(stored);
        QCOMPARE((*stored)["stored"_L1], 1);
        QTRY_COMPARE(live.lastOf(u"Live.History"_s)["items"_L1][0]["name"_L1], "door.open"_L1);
        QCOMPARE(live.lastOf(u"Live.History"_s)["items"_L1][0]["source"_L1], "gate"_L1);
        QVERIFY(device->ask(u"State.Report"_s,
                            {{"state"_L1, QJsonObject{{"muster"_L1, QJsonObject{{"bus"_L1, u"connected"_s}, {"engine"_L1, u"podman"_s}}},
                                                      {"gate"_L1, u"open"_s}}}}));
        QTRY_COMPARE(live.lastOf(u"Live.Device"_s)["device"_L1]["reported"_L1]["gate"_L1], "open"_L1);
        const QJsonObject row = get(u"/devices/talker"_s).json;
        QCOMPARE(row["bus"_L1]["state"_L1], "connected"_L1);
        QCOMPARE(row["containers"_L1], true);
        // History in pages, from the newest; what it is made of.
        QStringList kinds;
        QString after;
        do {
            const QJsonObject page =
                get(u"/devices/talker/history?limit=1"_s + (after.isEmpty() ? QString() : u"&after=%1"_s.arg(after))).json;
            kinds.append(page["items"_L1][0]["kind"_L1].toString());
            QCOMPARE(page["total"_L1], 3);
            after = page["next"_L1].toString();
        } while (!after.isEmpty());
        QCOMPARE(kinds, QStringList({u"event"_s, u"presence"_s, u"key"_s}));
    }

    void liveTopicsAskForTheirPermission()
    {
        LiveClient live(m_server.server->url(), m_server.signedIn(u"vito"_s, u"viewer"_s));
        const auto codeOf = [&](const QJsonObject &params) { return live.ask(u"Live.Subscribe"_s, params)["error"_L1]["code"_L1].toInt(); };
        QCOMPARE(codeOf({{"topic"_L1, u"commands"_s}}), int(Forbidden));
        QCOMPARE(codeOf({{"topic"_L1, u"history"_s}, {"device"_L1, u"any"_s}}), 0);
        QCOMPARE(codeOf({{"topic"_L1, u"history"_s}}), int(InvalidParams));
        LiveClient admin(m_server.server->url(), m_server.admin);
        QCOMPARE(admin.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"commands"_s}, {"limit"_L1, 201}})["error"_L1]["code"_L1],
                 int(InvalidParams));
        QCOMPARE(admin.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"commands"_s}, {"state"_L1, u"online"_s}})["error"_L1]["code"_L1],
                 int(InvalidParams));
        QCOMPARE(admin.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"commands"_s}, {"unknown"_L1, 1}})["error"_L1]["code"_L1],
                 int(InvalidParams));
        QVERIFY(admin.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"commands"_s}, {"state"_L1, u"open"_s}})["result"_L1]["items"_L1].isArray());
        QCOMPARE(admin.ask(u"Live.Nothing"_s)["error"_L1]["code"_L1], int(MethodNotFound));
    }

    void whoLosesTheirRoleSeesNoMoreCommands()
    {
        const auto device = m_server.acceptedDevice(u"watched"_s, newKey());
        QVERIFY(device);
        LiveClient live(m_server.server->url(), m_server.signedIn(u"odo"_s, u"operator"_s));
        QVERIFY(live.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"commands"_s}, {"device"_L1, u"watched"_s}}).contains("result"_L1));
        LiveClient other(m_server.server->url(), m_server.admin);
        QVERIFY(other.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"commands"_s}, {"device"_L1, u"watched"_s}}).contains("result"_L1));
        QCOMPARE(m_server.http("PATCH", u"/api/v2/users/odo"_s, R"({"role":"viewer"})", m_server.admin).status, 200);
        QCOMPARE(send("POST", u"/devices/watched/rpc/Any.Method"_s).status, 200);
        QTRY_VERIFY(!other.allOf(u"Live.Commands"_s).isEmpty());
        QVERIFY(live.ask(u"Live.Ping"_s).contains("result"_L1));
        QVERIFY(live.allOf(u"Live.Commands"_s).isEmpty());
    }

    void countsInMetrics()
    {
        QVERIFY(metric("muster_commands_finished_total{state=\"done\"}") >= 1);
        QVERIFY(metric("muster_commands_finished_total{state=\"cancelled\"}") >= 2);
        QVERIFY(metric("muster_commands{state=\"queued\"}") >= 0);
        QVERIFY(metric("muster_history_rows_total") > 0);
        QCOMPARE(metric("muster_streams"), 0);
        QVERIFY(metric("muster_receipts_refused_total") >= 7);
    }
};

MUSTER_TEST(OperationsTest)
#include "tst_operations.moc"
