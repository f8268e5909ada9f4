// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/livetopics.h"
#include "server/tests/liveclient.h"
#include "server/tests/testserver.h"
#include "tests/support/testcase.h"

#include <QJsonArray>

using namespace muster;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// Who may see which device: a customer has "theirs" and not "other", and tries every way to it.
class ScopesTest : public test::TestCase
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QCOMPARE(m_server.start(), QString());
        for (const QString &id : {u"theirs"_s, u"other"_s})
            QCOMPARE(m_server.post(u"/api/v2/devices"_s, {{"id"_L1, id}}).status, 200);
        QTRY_COMPARE(m_server.get(u"/api/v2/events"_s).json["total"_L1].toInt(), 2);
        m_customer = m_server.signedIn(u"carla"_s, u"customer"_s);
        share(u"theirs"_s, {u"carla"_s});
        m_paths = m_server.get(u"/api/v2/openapi.json"_s).json["paths"_L1].toObject();
    }

    void everyMethodOfSomebodyElsesDevice()
    {
        int tried = 0;
        for (auto path = m_paths.begin(); path != m_paths.end(); ++path) {
            const QJsonObject verbs = path->toObject();
            for (auto verb = verbs.begin(); verb != verbs.end(); ++verb) {
                const QString permission = (*verb)["x-permission"_L1].toString();
                if (permission == "public"_L1 || permission == "session"_L1)
                    continue; // one's own matters, and nobody's device
                const QJsonObject properties =
                    (*verb)["requestBody"_L1]["content"_L1]["application/json"_L1]["schema"_L1]["properties"_L1].toObject();
                QJsonObject body;
                if (properties.contains("device"_L1))
                    body.insert("device"_L1, "other"_L1);
                if (properties.contains("devices"_L1))
                    body.insert("devices"_L1, QJsonArray{"other"_L1});
                if (properties.contains("state"_L1))
                    body.insert("state"_L1, QJsonObject{{"desired"_L1, QJsonObject{{"on"_L1, true}}}});
                if (properties.contains("name"_L1))
                    body.insert("name"_L1, "mine"_L1);
                QString where = u"/api/v2"_s + path.key();
                where.replace("{id}"_L1, "other"_L1).replace("{method}"_L1, "Sys.GetInfo"_L1).replace("{container}"_L1, "web"_L1);
                const QByteArray name = verb.key().toUpper().toLatin1();
                const QByteArray text = name == "GET" || name == "DELETE" ? QByteArray()
                                                                          : QJsonDocument(body).toJson(QJsonDocument::Compact);
                const HttpAnswer answer = m_server.http(name, where, text, m_customer);
                const QString operation = (*verb)["operationId"_L1].toString();
                // A list of devices is theirs alone; all else is not there, or not for them.
                if (operation == "Devices.List"_L1) {
                    QCOMPARE(answer.json["total"_L1].toInt(), 1);
                    QCOMPARE(answer.json["items"_L1][0]["id"_L1].toString(), u"theirs"_s);
                    continue;
                }
                if (operation == "Events.List"_L1 || operation == "Mdash.Logs"_L1) {
                    QCOMPARE(answer.status, 200);
                    QVERIFY(answer.body.contains("\"theirs\""));
                    QVERIFY2(!answer.body.contains("\"other\""), answer.body);
                    continue;
                }
                QVERIFY2(answer.status == 403 || answer.status == 404, qPrintable(u"%1: %2"_s.arg(operation).arg(answer.status)));
                QVERIFY2(!QJsonDocument(answer.json).toJson().contains("machine"), qPrintable(operation));
                ++tried;
            }
        }
        QVERIFY(tried > 40);
        QVERIFY(!wanted(u"other"_s).contains("on"_L1));
        QCOMPARE(m_server.get(u"/api/v2/devices/other"_s).json["name"_L1].toString(), u"other"_s);
    }

    void whatIsNotTheirsIsAsIfItWereNotThere()
    {
        const HttpAnswer other = m_server.http("GET", u"/api/v2/devices/other"_s, {}, m_customer);
        const HttpAnswer none = m_server.http("GET", u"/api/v2/devices/nowhere"_s, {}, m_customer);
        QCOMPARE(other.status, none.status);
        QCOMPARE(other.json["error"_L1]["message"_L1].toString().replace("other"_L1, "nowhere"_L1),
                 none.json["error"_L1]["message"_L1].toString());
    }

    void whatIsTheirsIsTheirs()
    {
        QCOMPARE(m_server.http("GET", u"/api/v2/devices/theirs"_s, {}, m_customer).status, 200);
        QCOMPARE(m_server.http("POST", u"/api/v2/devices/theirs/shadow"_s, R"({"state":{"desired":{"on":true}}})", m_customer).status, 200);
        QVERIFY(wanted(u"theirs"_s)["on"_L1].toBool());
        QCOMPARE(m_server.http("PATCH", u"/api/v2/devices/theirs"_s, R"({"name":"Hall"})", m_customer).status, 200);
        // … but not to be called, or forgotten, or handed on.
        QCOMPARE(m_server.http("POST", u"/api/v2/devices/theirs/rpc/Sys.Reboot"_s, "{}", m_customer).status, 403);
        QCOMPARE(m_server.http("DELETE", u"/api/v2/devices/theirs"_s, {}, m_customer).status, 403);
        QCOMPARE(m_server.http("PUT", u"/api/v2/devices/theirs/share"_s, R"({"users":[]})", m_customer).status, 403);
    }

    void everyTopicOfSomebodyElsesDevice()
    {
        LiveClient live(m_server.server->url(), m_customer);
        for (const api::TopicRow &topic : api::topics) {
            const QJsonObject answer = live.ask(
                u"Live.Subscribe"_s, {{"topic"_L1, topic.name}, {topic.params.contains("device"_L1) ? "device"_L1 : "id"_L1, "other"_L1}});
            if (topic.topic == api::Topic::Devices || topic.topic == api::Topic::Fleet) {
                QCOMPARE(live.ask(u"Live.Subscribe"_s, {{"topic"_L1, topic.name}})["result"_L1]["counts"_L1]["devices"_L1].toInt(), 1);
                continue;
            }
            const int code = answer["error"_L1]["code"_L1].toInt();
            QVERIFY2(code == NotFound || code == Forbidden || code == InvalidParams, qPrintable(u"%1: %2"_s.arg(topic.name).arg(code)));
        }
        // Without a device, a topic is about more than theirs.
        for (const QString &name : {u"commands"_s, u"approvals"_s})
            QCOMPARE(live.ask(u"Live.Subscribe"_s, {{"topic"_L1, name}})["error"_L1]["code"_L1].toInt(), int(Forbidden));
    }

    void whatIsTakenBackIsGoneAtOnce()
    {
        const QString second = m_server.signedIn(u"bert"_s, u"customer"_s);
        LiveClient live(m_server.server->url(), second);
        const QJsonObject empty = live.ask(u"Live.Subscribe"_s, {{"topic"_L1, "devices"_L1}})["result"_L1].toObject();
        QCOMPARE(empty["total"_L1].toInt(), 0);
        share(u"other"_s, {u"bert"_s});
        QTRY_COMPARE(live.lastOf(u"Live.Window"_s)["total"_L1].toInt(), 1);
        QCOMPARE(m_server.http("GET", u"/api/v2/devices/other"_s, {}, second).status, 200);
        share(u"other"_s, {});
        QTRY_COMPARE(live.lastOf(u"Live.Window"_s)["total"_L1].toInt(), 0);
        QCOMPARE(m_server.http("GET", u"/api/v2/devices/other"_s, {}, second).status, 404);
    }

    void whatWasShownIsTakenFromTheScreen()
    {
        const QString fourth = m_server.signedIn(u"fred"_s, u"customer"_s);
        share(u"other"_s, {u"fred"_s});
        LiveClient live(m_server.server->url(), fourth);
        for (const QString &topic : {u"device"_s, u"shadow"_s})
            QVERIFY(live.ask(u"Live.Subscribe"_s, {{"topic"_L1, topic}, {"id"_L1, "other"_L1}}).contains("result"_L1));
        share(u"other"_s, {});
        QTRY_VERIFY(live.lastOf(u"Live.Device"_s).contains("device"_L1) && live.lastOf(u"Live.Device"_s)["device"_L1].isNull());
        QTRY_VERIFY(live.lastOf(u"Live.Shadow"_s).contains("shadow"_L1) && live.lastOf(u"Live.Shadow"_s)["shadow"_L1].isNull());
    }

    void theAuditIsNotACustomersToFill()
    {
        const QString fifth = m_server.signedIn(u"gina"_s, u"customer"_s);
        share(u"other"_s, {u"gina"_s});
        int status = 200;
        for (int i = 0; i < 200 && status == 200; ++i)
            status = m_server.http("POST", u"/api/v2/devices/other/shadow"_s, R"({"state":{"desired":{"n":1}}})", fifth).status;
        QCOMPARE(status, 429);
        share(u"other"_s, {});
    }

    void givenBackByWhoHasIt()
    {
        const QString third = m_server.signedIn(u"dora"_s, u"customer"_s);
        share(u"other"_s, {u"dora"_s, u"carla"_s});
        QCOMPARE(m_server.http("DELETE", u"/api/v2/devices/other/share"_s, {}, third).status, 200);
        QCOMPARE(m_server.http("GET", u"/api/v2/devices/other"_s, {}, third).status, 404);
        QCOMPARE(m_server.get(u"/api/v2/devices/other/share"_s).json["users"_L1].toArray(), QJsonArray{"carla"_L1});
        share(u"other"_s, {});
    }

    void anAccountThatIsGoneHasNothing()
    {
        (void)m_server.signedIn(u"emil"_s, u"customer"_s);
        share(u"other"_s, {u"emil"_s});
        QCOMPARE(m_server.http("DELETE", u"/api/v2/users/emil"_s, {}, m_server.admin).status, 200);
        const QString again = m_server.signedIn(u"emil"_s, u"customer"_s);
        QCOMPARE(m_server.http("GET", u"/api/v2/devices/other"_s, {}, again).status, 404);
        QCOMPARE(m_server.get(u"/api/v2/devices/other/share"_s).json["users"_L1].toArray().size(), 0);
    }

    void mdashShowsTheSame()
    {
        const QHash<QByteArray, QByteArray> basic{{"Authorization", "Basic " + ("carla:"_L1 + QString(testPassword)).toUtf8().toBase64()}};
        const HttpAnswer list = m_server.http("GET", u"/api/v2/devices"_s, {}, {}, basic);
        QCOMPARE(list.status, 200);
        QVERIFY(list.body.startsWith('['));
        QVERIFY(list.body.contains("\"theirs\"") && !list.body.contains("\"other\""));
        QVERIFY(list.body.contains("\"shared_with\":\"email_carla\""));
        QCOMPARE(m_server.http("GET", u"/api/v2/devices/other"_s, {}, {}, basic).status, 404);
        QCOMPARE(m_server.http("POST", u"/api/v2/devices/theirs/shadow"_s, R"({"state":{"desired":{"on":false}}})", {}, basic).status, 200);
        QVERIFY(!wanted(u"theirs"_s)["on"_L1].toBool(true));
    }

    void aRestartForgetsNothing()
    {
        m_server.stop();
        QCOMPARE(m_server.start(), QString());
        QCOMPARE(m_server.get(u"/api/v2/devices/theirs/share"_s).json["users"_L1].toArray(), QJsonArray{"carla"_L1});
        QCOMPARE(m_server.http("GET", u"/api/v2/devices/theirs"_s, {}, m_customer).status, 200);
        QCOMPARE(m_server.http("GET", u"/api/v2/devices/other"_s, {}, m_customer).status, 404);
    }

private:
    void share(const QString &device, const QStringList &users)
    {
        const QJsonObject body{{"users"_L1, QJsonArray::fromStringList(users)}};
        QCOMPARE(m_server.http("PUT", u"/api/v2/devices/%1/share"_s.arg(device), QJsonDocument(body).toJson(), m_server.admin).status, 200);
    }
    QJsonObject wanted(const QString &device)
    {
        return m_server.get(u"/api/v2/devices/%1/shadow"_s.arg(device)).json["state"_L1]["desired"_L1].toObject();
    }

    TestServer m_server;
    QString m_customer;
    QJsonObject m_paths;
};

QTEST_GUILESS_MAIN(ScopesTest)
#include "tst_scopes.moc"
