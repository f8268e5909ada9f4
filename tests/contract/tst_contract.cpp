// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/contract/contract.h"
#include "mock/mockconnection.h"
#include "server/api/methods/results.h"
#include "server/operators/schema.h"
#include "server/tests/testserver.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::test;

/// The mock fleet answers as a server would: screens that are right with one are right with the other. What the server answers is held
/// against the same schemas by operators::Contract, in all of its own tests.
class ContractTest : public test::TestCase
{
    Q_OBJECT

private:
    TestServer m_server;
    QHash<QString, QString> m_tokens; ///< by role
    QHash<QString, QJsonObject> m_results;
    struct Rest
    {
        QByteArray verb;
        QString path;
        bool hasBody = false;
    };
    QHash<QString, Rest> m_rest;

    /// What the real server answers; its error's code where it refuses.
    Result<QJsonValue> ask(const QString &role, const QString &method, const QJsonObject &params)
    {
        const Rest rest = m_rest.value(method);
        QString path = rest.path;
        QJsonObject left = params;
        for (const QString &name : params.keys()) {
            if (path.contains(u'{' + name + u'}'))
                path.replace(u'{' + name + u'}', left.take(name).toString());
        }
        QByteArray body;
        if (rest.hasBody) {
            body = QJsonDocument(left).toJson();
        } else if (!left.isEmpty()) {
            QStringList query;
            for (auto it = left.begin(); it != left.end(); ++it)
                query.append(it.key() + u'=' + it->toVariant().toString());
            path += u'?' + query.join(u'&');
        }
        const HttpAnswer answer = m_server.http(rest.verb, u"/api/v2"_s + path, body, m_tokens.value(role));
        if (answer.status == 200)
            return answer.json;
        return failure(answer.errorCode(), answer.json["error"_L1]["message"_L1].toString());
    }

    /// Params with what only a fleet knows: "$container" of press-line-a, and "$command" with a receipt.
    static QJsonObject filled(MockFleet &fleet, QJsonObject params)
    {
        const auto first = [&fleet](const QString &method, const QJsonObject &asked, const QString &list, QLatin1StringView member,
                                    const auto &wanted) {
            for (const auto &item : fleet.call(method, asked).value_or(QJsonValue())[list].toArray()) {
                if (wanted(item))
                    return item[member];
            }
            return QJsonValue();
        };
        if (params.value("container"_L1) == "$container"_L1)
            params["container"_L1] =
                first(u"Containers.List"_s, {{"id"_L1, "press-line-a"_L1}}, u"containers"_s, "name"_L1, [](const auto &) { return true; });
        if (params.value("command"_L1) == "$command"_L1)
            params["command"_L1] =
                first(u"Commands.List"_s, {{"limit"_L1, 500}}, u"items"_s, "id"_L1, [](const auto &c) { return c["receipt"_L1].toBool(); });
        return params;
    }

    [[nodiscard]] QString fits(const QString &what, const QJsonObject &schema, const QJsonValue &answer) const
    {
        const auto good = operators::Schema(schema).validate(answer, "result"_L1);
        return good ? QString() : what + u": "_s + good.error().message;
    }

private slots:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(u"muster.*.info=false"_s);
        QCOMPARE(m_server.start(), QString());
        m_tokens = {{u"viewer"_s, m_server.signedIn(u"vera"_s, u"viewer"_s)},
                    {u"operator"_s, m_server.signedIn(u"otto"_s, u"operator"_s)},
                    {u"admin"_s, m_server.signedIn(u"anna"_s, u"admin"_s)}};
        const QJsonObject document = m_server.get(u"/api/v2/openapi.json"_s).json;
        const QJsonObject paths = document["paths"_L1].toObject();
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            const QJsonObject operations = path->toObject();
            for (auto operation = operations.begin(); operation != operations.end(); ++operation) {
                const QString name = operation.value()["operationId"_L1].toString().split(u'.').mid(0, 2).join(u'.');
                m_rest.insert(name, {.verb = operation.key().toUpper().toLatin1(),
                                     .path = path.key(),
                                     .hasBody = operation.key() != "get"_L1 && operation.key() != "delete"_L1});
                m_results.insert(name,
                                 operation.value()["responses"_L1]["200"_L1]["content"_L1]["application/json"_L1]["schema"_L1].toObject());
            }
        }
        for (const auto &method : document["x-live"_L1].toArray())
            m_results.insert(method["name"_L1].toString(), method["result"_L1].toObject());
    }

    void theMockAnswersEveryMethod_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QJsonObject>("params");
        const QString device = u"press-line-a"_s;
        const QHash<QString, QList<QJsonObject>> asked{
            {u"Devices.List"_s,
             {{}, {{"limit"_L1, 3}}, {{"state"_L1, "offline"_L1}, {"limit"_L1, 500}}, {{"text"_L1, "nothing-like-it"_L1}}}},
            {u"Devices.Get"_s, {{{"id"_L1, device}}, {{"id"_L1, "hall-light"_L1}}, {{"id"_L1, "porch-light"_L1}}}},
            {u"Devices.Health"_s, {{{"id"_L1, device}}}},
            {u"Devices.History"_s,
             {{{"id"_L1, device}}, {{"id"_L1, "porch-light"_L1}}, {{"id"_L1, device}, {"kind"_L1, "event"_L1}, {"limit"_L1, 2}}}},
            {u"Events.List"_s, {{}, {{"device"_L1, device}, {"name"_L1, "online"_L1}, {"limit"_L1, 2}}}},
            {u"Devices.Call"_s, {{{"id"_L1, device}, {"method"_L1, "Sys.GetInfo"_L1}}}},
            {u"Devices.Create"_s, {{}, {{"id"_L1, "desk-light"_L1}, {"name"_L1, "Desk light"_L1}}}},
            {u"Devices.RenewToken"_s, {{{"id"_L1, "hall-light"_L1}}}},
            {u"Devices.RevokeToken"_s, {{{"id"_L1, "hall-light"_L1}}}},
            {u"Devices.Update"_s, {{{"id"_L1, device}, {"name"_L1, "Press A"_L1}}, {{"id"_L1, "hall-light"_L1}, {"name"_L1, ""_L1}}}},
            {u"Devices.SharedWith"_s, {{{"id"_L1, device}}}},
            {u"Devices.Share"_s,
             {{{"id"_L1, device}, {"users"_L1, QJsonArray{"eva"_L1}}}, {{"id"_L1, device}, {"users"_L1, QJsonArray()}}}},
            {u"Devices.Forget"_s, {{{"id"_L1, device}}}},
            {u"Methods.List"_s, {{{"id"_L1, device}}, {{"id"_L1, "hall-light"_L1}}}},
            {u"Shadow.Get"_s, {{{"id"_L1, device}}}},
            {u"Shadow.Update"_s,
             {{{"id"_L1, device}, {"state"_L1, QJsonObject{{"desired"_L1, QJsonObject{{"on"_L1, true}}}}}},
              {{"id"_L1, device}, {"state"_L1, QJsonObject{{"desired"_L1, QJsonObject()}}}, {"version"_L1, 5}}}},
            {u"Containers.List"_s, {{{"id"_L1, device}}}},
            {u"Containers.Stats"_s, {{{"id"_L1, device}}}},
            {u"Containers.Inspect"_s, {{{"id"_L1, device}, {"container"_L1, "$container"_L1}}}},
            {u"Containers.Logs"_s, {{{"id"_L1, device}, {"container"_L1, "$container"_L1}}}},
            {u"Containers.Start"_s, {{{"id"_L1, device}, {"container"_L1, "$container"_L1}}}},
            {u"Containers.Stop"_s, {{{"id"_L1, device}, {"container"_L1, "$container"_L1}}}},
            {u"Containers.Restart"_s, {{{"id"_L1, device}, {"container"_L1, "$container"_L1}}}},
            {u"Commands.List"_s, {{}, {{"device"_L1, device}}, {{"state"_L1, "open"_L1}}, {{"limit"_L1, 5}}}},
            {u"Commands.Get"_s, {{{"command"_L1, "$command"_L1}}}},
            {u"Commands.Create"_s,
             {{{"device"_L1, device}, {"method"_L1, "selftest"_L1}}, {{"device"_L1, "greenhouse-07"_L1}, {"method"_L1, "x"_L1}}}},
            {u"Bulks.Get"_s, {{{"bulk"_L1, "bulk0"_L1}}}},
            {u"Bulks.Cancel"_s, {{{"bulk"_L1, "bulk0"_L1}}}},
            {u"Bulks.Again"_s, {{{"bulk"_L1, "bulk0"_L1}, {"count"_L1, 2}}}},
            {u"Commands.Receipt"_s, {{{"command"_L1, "$command"_L1}}}},
            {u"Selections.Create"_s, {{{"devices"_L1, QJsonArray{device}}}, {{"state"_L1, "online"_L1}}}},
            {u"Approvals.List"_s, {{}, {{"state"_L1, "all"_L1}}, {{"limit"_L1, 1}}}},
            {u"Approvals.Accept"_s, {{{"id"_L1, "33"_L1}}}},
            {u"Approvals.Reject"_s, {{{"id"_L1, "31"_L1}}}},
            {u"Approvals.RejectFrom"_s, {{{"address"_L1, "10.0.0.49"_L1}, {"count"_L1, 10}}}},
            {u"Users.List"_s, {{}, {{"text"_L1, "ev"_L1}, {"limit"_L1, 1}}}},
            {u"Users.Create"_s, {{{"user"_L1, "ida"_L1}, {"role"_L1, "viewer"_L1}}}},
            {u"Users.Update"_s, {{{"user"_L1, "eva"_L1}, {"role"_L1, "viewer"_L1}}}},
            {u"Users.Delete"_s, {{{"user"_L1, "eva"_L1}}}},
            {u"ApiKeys.List"_s, {{}, {{"user"_L1, "eva"_L1}}}},
            {u"ApiKeys.Create"_s, {{{"name"_L1, "x"_L1}}, {{"name"_L1, "y"_L1}, {"expires_in_days"_L1, 3}}}},
            {u"ApiKeys.Delete"_s, {{{"id"_L1, "k1"_L1}}}},
            {u"SignInLinks.Create"_s, {{}, {{"user"_L1, "eva"_L1}}}},
            {u"Sessions.List"_s, {{}, {{"user"_L1, "eva"_L1}, {"limit"_L1, 1}}}},
            {u"Session.Get"_s, {{}}},
            {u"Audit.List"_s, {{}, {{"actor"_L1, "eva"_L1}, {"outcome"_L1, "ok"_L1}}}},
            {u"Server.Info"_s, {{}}},
            {u"Server.Backup"_s, {{}}},
        };
        // What it answers elsewhere, or is asked by nobody whom it serves.
        const QStringList elsewhere{u"Session.Create"_s, u"Session.Redeem"_s,  u"Session.Delete"_s,  u"Setup.State"_s,
                                    u"Setup.Complete"_s, u"Sessions.Revoke"_s, u"Commands.Cancel"_s, u"Devices.GiveBack"_s};
        for (const contract::MethodFacts &facts : contract::methods) {
            const QString name = facts.name;
            // The window speaks no mDash.
            if (name.startsWith("Live."_L1) || name.startsWith("Mdash."_L1) || elsewhere.contains(name))
                continue;
            QVERIFY2(asked.contains(name), qPrintable(name + " is asked by no row here"_L1));
            int number = 0;
            for (const QJsonObject &params : asked[name])
                QTest::addRow("%s %d", qPrintable(name), ++number) << name << params;
        }
    }
    void theMockAnswersEveryMethod()
    {
        QFETCH(const QString, method);
        QFETCH(const QJsonObject, params);
        MockFleet fleet;
        const auto answer = fleet.call(method, filled(fleet, params));
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
        QCOMPARE(fits(method, m_results.value(method), *answer), QString());
    }

    void hostileTextsKeepTheShape()
    {
        MockFleet fleet(MockFleet::Kind::Hostile);
        for (const QString &method : {u"Devices.List"_s, u"Approvals.List"_s, u"Commands.List"_s, u"Users.List"_s, u"ApiKeys.List"_s,
                                      u"Sessions.List"_s, u"Audit.List"_s})
            QCOMPARE(fits(method, m_results.value(method), fleet.call(method, {}).value_or(QJsonValue())), QString());
    }

    void theMockShowsEveryTopic_data()
    {
        QTest::addColumn<QString>("topic");
        for (const contract::TopicFacts &facts : contract::topics)
            QTest::newRow(facts.name.data()) << QString(facts.name);
    }
    void theMockShowsEveryTopic()
    {
        QFETCH(const QString, topic);
        MockFleet fleet;
        MockConnection connection(&fleet);
        QJsonObject params{{"topic"_L1, topic}};
        if (topic == "device"_L1 || topic == "shadow"_L1 || topic == "health"_L1)
            params["id"_L1] = "press-line-a"_L1;
        if (topic == "history"_L1 || topic == "logs"_L1)
            params["device"_L1] = "press-line-a"_L1;
        if (topic == "logs"_L1) {
            params["container"_L1] = "$container"_L1;
            params["credit"_L1] = 65'536;
        }
        const auto picture = connection.call(u"Live.Subscribe"_s, filled(fleet, params));
        QVERIFY2(picture, picture ? "" : qPrintable(picture.error().message));
        QCOMPARE(fits(topic, api::result::picture(topic), *picture), QString());
        if (topic == "devices"_L1) {
            const auto moved =
                connection.call(u"Live.Move"_s, {{"subscription"_L1, (*picture)["subscription"_L1]}, {"offset"_L1, 50}, {"limit"_L1, 10}});
            QVERIFY(moved);
            QCOMPARE(fits(u"Live.Move"_s, m_results.value(u"Live.Move"_s), *moved), QString());
            QCOMPARE((*moved)["offset"_L1], 50);
        }
    }

    void bothRefuseTheSameRoles_data()
    {
        QTest::addColumn<QString>("role");
        for (const char *role : {"viewer", "operator", "admin"})
            QTest::newRow(role) << QString::fromLatin1(role);
    }
    void bothRefuseTheSameRoles()
    {
        QFETCH(const QString, role);
        // Both of nothing that there is: whoever may ask is told that, and the others that they may not.
        const QJsonObject every{{"id"_L1, "nobody"_L1},
                                {"user"_L1, "nobody"_L1},
                                {"command"_L1, "nobody"_L1},
                                {"container"_L1, "nobody"_L1},
                                {"method"_L1, "Nobody"_L1}};
        for (const contract::MethodFacts &facts : contract::methods) {
            const QString name = facts.name;
            if (!m_rest.contains(name) || name.startsWith("Session."_L1) || name.startsWith("Setup."_L1) || name == "Server.Backup"_L1)
                continue;
            QJsonObject params;
            for (const QString &member : every.keys()) {
                if (m_rest.value(name).path.contains(u'{' + member + u'}'))
                    params[member] = every[member];
            }
            MockFleet fleet;
            fleet.gate().setSignedIn(u"who"_s, role);
            const auto mocked = fleet.call(name, params);
            const auto real = ask(role, name, params);
            const bool refused = !real && real.error().code == Forbidden;
            const bool mockRefused = !mocked && mocked.error().code == Forbidden;
            QVERIFY2(refused == mockRefused,
                     qPrintable(u"%1 by %2: the server %3, the mock %4"_s.arg(name, role, refused ? u"refuses"_s : u"does not"_s,
                                                                              mockRefused ? u"refuses"_s : u"does not"_s)));
        }
    }

    void bothGiveTheSameErrors_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QJsonObject>("params");
        const auto row = [](const char *method, const QJsonObject &params) {
            QTest::newRow(method) << QString::fromLatin1(method) << params;
        };
        row("Devices.Get", {{"id"_L1, "nobody"_L1}});
        row("Devices.Health", {{"id"_L1, "nobody"_L1}});
        row("Devices.History", {{"id"_L1, "nobody"_L1}});
        row("Devices.Forget", {{"id"_L1, "nobody"_L1}});
        row("Devices.SharedWith", {{"id"_L1, "nobody"_L1}});
        row("Devices.Share", {{"id"_L1, "nobody"_L1}, {"users"_L1, QJsonArray()}});
        row("Devices.GiveBack", {{"id"_L1, "press-line-a"_L1}});
        row("Devices.Create", {{"id"_L1, "-no-id"_L1}});
        row("Devices.RenewToken", {{"id"_L1, "nobody"_L1}});
        row("Devices.RevokeToken", {{"id"_L1, "nobody"_L1}});
        row("Devices.Update", {{"id"_L1, "nobody"_L1}, {"name"_L1, "x"_L1}});
        for (const char *name : {"two\nlines", "\u202eturned"}) {
            QTest::addRow("Devices.Create with the name %s", name)
                << u"Devices.Create"_s << QJsonObject{{"name"_L1, QString::fromUtf8(name)}};
        }
        row("Devices.Call", {{"id"_L1, "nobody"_L1}, {"method"_L1, "Sys.GetInfo"_L1}});
        row("Methods.List", {{"id"_L1, "nobody"_L1}});
        row("Shadow.Get", {{"id"_L1, "nobody"_L1}});
        row("Shadow.Update", {{"id"_L1, "nobody"_L1}, {"state"_L1, QJsonObject{{"desired"_L1, QJsonObject()}}}});
        QTest::newRow("Shadow.Update of what is the agent's")
            << u"Shadow.Update"_s
            << QJsonObject{{"id"_L1, "nobody"_L1}, {"state"_L1, QJsonObject{{"desired"_L1, QJsonObject{{"muster"_L1, 1}}}}}};
        row("Containers.List", {{"id"_L1, "nobody"_L1}});
        row("Containers.Stop", {{"id"_L1, "nobody"_L1}, {"container"_L1, "x"_L1}});
        row("Commands.Get", {{"command"_L1, "nobody"_L1}});
        row("Commands.Receipt", {{"command"_L1, "nobody"_L1}});
        row("Commands.Cancel", {{"command"_L1, "nobody"_L1}});
        row("Bulks.Get", {{"bulk"_L1, "nobody"_L1}});
        row("Bulks.Cancel", {{"bulk"_L1, "nobody"_L1}});
        row("Bulks.Again", {{"bulk"_L1, "nobody"_L1}, {"count"_L1, 1}});
        row("Commands.Create", {{"device"_L1, "nobody"_L1}, {"method"_L1, "x"_L1}});
        row("Approvals.Accept", {{"id"_L1, "99999"_L1}});
        row("Approvals.RejectFrom", {{"address"_L1, "192.0.2.200"_L1}, {"count"_L1, 1}});
        row("Users.Create", {{"user"_L1, "admin"_L1}, {"role"_L1, "viewer"_L1}});
        row("Users.Update", {{"user"_L1, "nobody"_L1}, {"role"_L1, "viewer"_L1}});
        row("Users.Delete", {{"user"_L1, "nobody"_L1}});
        row("ApiKeys.List", {{"user"_L1, "nobody"_L1}});
        row("ApiKeys.Create", {{"name"_L1, "x"_L1}, {"user"_L1, "nobody"_L1}});
        row("ApiKeys.Delete", {{"id"_L1, "nobody"_L1}});
        row("SignInLinks.Create", {{"user"_L1, "nobody"_L1}});
        row("Sessions.Revoke", {{"id"_L1, "nobody"_L1}});
    }
    void bothGiveTheSameErrors()
    {
        QFETCH(const QString, method);
        QFETCH(const QJsonObject, params);
        MockFleet fleet;
        const auto mocked = fleet.call(method, params);
        const auto real = ask(u"admin"_s, method, params);
        QVERIFY(!mocked);
        QVERIFY(!real);
        QCOMPARE(mocked.error().code, real.error().code);
    }

    void bothMakeADeviceOnce()
    {
        MockFleet fleet;
        const QJsonObject params{{"id"_L1, "twice"_L1}, {"name"_L1, " A light "_L1}};
        QVERIFY(fleet.call(u"Devices.Create"_s, params) && ask(u"admin"_s, u"Devices.Create"_s, params));
        const auto mocked = fleet.call(u"Devices.Create"_s, params);
        const auto real = ask(u"admin"_s, u"Devices.Create"_s, params);
        QVERIFY(!mocked && !real);
        QCOMPARE(mocked.error().code, int(Conflict));
        QCOMPARE(real.error().code, int(Conflict));
        // Named without the blanks around it, trusted by a token, and away.
        for (const QJsonValue &device :
             {fleet.device(u"twice"_s), ask(u"admin"_s, u"Devices.Get"_s, {{"id"_L1, "twice"_L1}}).value_or(QJsonValue())}) {
            QCOMPARE(device["name"_L1], "A light"_L1);
            QCOMPARE(device["trust"_L1], "token"_L1);
            QVERIFY(device["key"_L1].isNull() && device["abilities"_L1].isNull() && device["token"_L1]["is_given"_L1].toBool());
            QCOMPARE(device["presence"_L1]["state"_L1], "never"_L1);
        }
        // A key needs no token.
        const auto signing = fleet.call(u"Devices.RenewToken"_s, {{"id"_L1, "press-line-a"_L1}});
        QVERIFY(!signing);
        QCOMPARE(signing.error().code, int(Conflict));
    }

    void pagesFollowEachOther_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<int>("limit");
        QTest::newRow("devices") << u"Devices.List"_s << 333;
        QTest::newRow("commands") << u"Commands.List"_s << 50;
        QTest::newRow("accounts") << u"Users.List"_s << 1;
        QTest::newRow("keys") << u"ApiKeys.List"_s << 1;
        QTest::newRow("sessions") << u"Sessions.List"_s << 1;
        QTest::newRow("approvals") << u"Approvals.List"_s << 2;
        QTest::newRow("audit") << u"Audit.List"_s << 100;
    }
    void pagesFollowEachOther()
    {
        QFETCH(const QString, method);
        QFETCH(const int, limit);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(m_server.post(u"/api/v2/api-keys"_s, {{"name"_L1, u"key %1"_s.arg(i)}}).status == 200);
            (void)m_server.http("POST", u"/api/v2/users"_s,
                                QJsonDocument(QJsonObject{{"user"_L1, u"Zoe %1"_s.arg(i)}, {"role"_L1, "viewer"_L1}}).toJson(),
                                m_server.admin);
        }
        MockFleet fleet;
        const auto throughAll = [&](const auto &askFor, int most) {
            QList<QJsonValue> seen;
            QJsonObject params{{"limit"_L1, most}};
            qint64 total = -1;
            do {
                const Result<QJsonValue> page = askFor(params);
                if (!page)
                    return page.error().message;
                for (const auto &item : (*page)["items"_L1].toArray()) {
                    const QJsonValue id = item[method == "Users.List"_L1 ? "user"_L1 : "id"_L1];
                    if (seen.contains(id))
                        return u"%1 came twice"_s.arg(id.toVariant().toString());
                    seen.append(id);
                }
                total = (*page)["total"_L1].toInteger(-1);
                params["after"_L1] = (*page)["next"_L1];
            } while (params["after"_L1].isString());
            return seen.size() == total ? QString() : u"%1 of %2 came"_s.arg(seen.size()).arg(total);
        };
        QCOMPARE(throughAll([&](const QJsonObject &params) { return fleet.call(method, params); }, limit), QString());
        QCOMPARE(throughAll([&](const QJsonObject &params) { return ask(u"admin"_s, method, params); }, 2), QString());
    }

    void theWorstComeFirstOnBoth()
    {
        // What the server does with devices of every condition stands in tst_fleet: this is the same order.
        const QJsonArray items =
            MockFleet().call(u"Devices.List"_s, {{"sort"_L1, "state"_L1}, {"limit"_L1, 500}}).value_or(QJsonValue())["items"_L1].toArray();
        QStringList conditions;
        for (const auto &item : items) {
            const QString state = item["presence"_L1]["state"_L1].toString();
            const QString condition = state == "online"_L1 ? item["condition"_L1]["level"_L1].toString() : state;
            if (conditions.isEmpty() || conditions.last() != condition)
                conditions.append(condition);
        }
        QCOMPARE(conditions, QStringList({u"failing"_s, u"warning"_s, u"offline"_s, u"never"_s, u"ok"_s}));
    }
};

MUSTER_TEST(ContractTest)
#include "tst_contract.moc"
