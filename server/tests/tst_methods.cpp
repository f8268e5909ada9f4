// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/closecodes.h"
#include "server/api/livelimits.h"
#include "server/api/livetopics.h"
#include "server/api/methods/results.h"
#include "server/fleet/fleet.h"
#include "server/listen/rooms.h"
#include "server/operators/contract.h"
#include "server/tests/liveclient.h"
#include "server/tests/testserver.h"
#include "tests/support/testcase.h"
#include "transport/closecodes.h"

#include <QJsonArray>
#include <QLoggingCategory>
#include <QRegularExpression>

using namespace muster;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// Who may use a method: the matrix that people decided on, apart from the code. A method that is missing here fails.
static const QHash<QString, QStringList> allowed{
    {u"Session.Create"_s, {u"nobody"_s, u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Session.Redeem"_s, {u"nobody"_s, u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Setup.Complete"_s, {u"nobody"_s, u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Setup.State"_s, {u"nobody"_s, u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Session.Get"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Session.Delete"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Sessions.List"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Sessions.Revoke"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Devices.List"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Devices.Get"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Devices.Health"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Devices.Call"_s, {u"operator"_s, u"admin"_s}},
    {u"Devices.History"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Events.List"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Mdash.Logs"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Methods.List"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Shadow.Get"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Shadow.Update"_s, {u"customer"_s, u"operator"_s, u"admin"_s}},
    {u"Containers.List"_s, {u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Containers.Inspect"_s, {u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Containers.Stats"_s, {u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Containers.Logs"_s, {u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Containers.Start"_s, {u"operator"_s, u"admin"_s}},
    {u"Containers.Stop"_s, {u"operator"_s, u"admin"_s}},
    {u"Containers.Restart"_s, {u"operator"_s, u"admin"_s}},
    {u"Commands.List"_s, {u"operator"_s, u"admin"_s}},
    {u"Commands.Get"_s, {u"operator"_s, u"admin"_s}},
    {u"Commands.Create"_s, {u"operator"_s, u"admin"_s}},
    {u"Commands.Cancel"_s, {u"operator"_s, u"admin"_s}},
    {u"Commands.Receipt"_s, {u"operator"_s, u"admin"_s}},
    {u"Selections.Create"_s, {u"operator"_s, u"admin"_s}},
    {u"Devices.Create"_s, {u"operator"_s, u"admin"_s}},
    {u"Devices.RenewToken"_s, {u"operator"_s, u"admin"_s}},
    {u"Devices.RevokeToken"_s, {u"operator"_s, u"admin"_s}},
    {u"Devices.Update"_s, {u"customer"_s, u"admin"_s}},
    {u"Devices.Forget"_s, {u"admin"_s}},
    {u"Devices.SharedWith"_s, {u"admin"_s}},
    {u"Devices.Share"_s, {u"admin"_s}},
    {u"Devices.GiveBack"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Mdash.Devices.Set"_s, {u"customer"_s, u"operator"_s, u"admin"_s}},
    {u"Mdash.Keys.List"_s, {u"admin"_s}},
    {u"Mdash.Keys.Create"_s, {u"admin"_s}},
    {u"Mdash.Keys.Delete"_s, {u"admin"_s}},
    {u"Mdash.User.Add"_s, {u"admin"_s}},
    {u"Approvals.List"_s, {u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Approvals.Accept"_s, {u"operator"_s, u"admin"_s}},
    {u"Approvals.Reject"_s, {u"operator"_s, u"admin"_s}},
    {u"Approvals.RejectFrom"_s, {u"operator"_s, u"admin"_s}},
    {u"Users.List"_s, {u"admin"_s}},
    {u"Users.Create"_s, {u"admin"_s}},
    {u"Users.Update"_s, {u"admin"_s}},
    {u"Users.Delete"_s, {u"admin"_s}},
    {u"ApiKeys.List"_s, {u"admin"_s}},
    {u"ApiKeys.Create"_s, {u"admin"_s}},
    {u"ApiKeys.Delete"_s, {u"admin"_s}},
    {u"SignInLinks.Create"_s, {u"admin"_s}},
    {u"Bulks.Get"_s, {u"operator"_s, u"admin"_s}},
    {u"Bulks.Cancel"_s, {u"operator"_s, u"admin"_s}},
    {u"Bulks.Again"_s, {u"operator"_s, u"admin"_s}},
    {u"Audit.List"_s, {u"operator"_s, u"admin"_s}},
    {u"Server.Info"_s, {u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Server.Backup"_s, {u"admin"_s}},
    {u"Live.Ping"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Live.Subscribe"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Live.Move"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Live.Unsubscribe"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Live.Credit"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
};

/// The same for the topics of live sockets, with params that are good.
struct TopicExpectation
{
    QJsonObject params;
    QStringList roles;
};
static const QHash<QString, TopicExpectation> allowedTopics{
    {u"devices"_s, {{}, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}}},
    {u"device"_s, {{{"id"_L1, u"x"_s}}, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}}},
    {u"shadow"_s, {{{"id"_L1, u"x"_s}}, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}}},
    {u"approvals"_s, {{}, {u"viewer"_s, u"operator"_s, u"admin"_s}}},
    {u"fleet"_s, {{}, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}}},
    {u"health"_s, {{{"id"_L1, u"x"_s}}, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}}},
    {u"commands"_s, {{}, {u"operator"_s, u"admin"_s}}},
    {u"history"_s, {{{"device"_L1, u"x"_s}}, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}}},
    {u"events"_s, {{}, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}}},
    {u"logs"_s, {{{"device"_L1, u"x"_s}, {"container"_L1, u"y"_s}, {"credit"_L1, 65'536}}, {u"viewer"_s, u"operator"_s, u"admin"_s}}},
};

/// Every method, by every role and without sign-in, over REST, from the OpenAPI document that the table makes.
class MethodsTest : public test::TestCase
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(u"muster.*.info=false"_s);
        QCOMPARE(m_server.start(), QString());
        m_tokens = {{u"nobody"_s, {}},
                    {u"customer"_s, m_server.signedIn(u"carla"_s, u"customer"_s)},
                    {u"viewer"_s, m_server.signedIn(u"vera"_s, u"viewer"_s)},
                    {u"operator"_s, m_server.signedIn(u"otto"_s, u"operator"_s)},
                    {u"admin"_s, m_server.signedIn(u"anna"_s, u"admin"_s)}};
        m_paths = m_server.get(u"/api/v2/openapi.json"_s).json["paths"_L1].toObject();
        m_live = m_server.get(u"/api/v2/openapi.json"_s).json["x-live"_L1].toArray();
        QVERIFY(!m_paths.isEmpty());
    }

    void whatIsAnsweredIsHeldAgainstWhatWasPromised()
    {
        operators::Contract contract;
        contract.promise(u"Pumps.Get"_s, api::result::exactly(u"A pump"_s, {{"litres"_L1, api::result::count(u"So far"_s)}}));
        contract.check(u"Pumps.Get"_s, QJsonObject{{"litres"_L1, 3}});
        contract.check(u"Pumps.Other"_s, u"anything"_s);
        QTest::ignoreMessage(
            QtWarningMsg,
            QRegularExpression(uR"(^Pumps\.Get answers otherwise than was promised: result: there must be a member 'litres'.)"_s));
        contract.check(u"Pumps.Get"_s, QJsonObject{});
        QTest::ignoreMessage(
            QtWarningMsg, QRegularExpression(uR"(^Pumps\.Get answers otherwise than was promised: result: there is no member 'colour')"_s));
        contract.check(u"Pumps.Get"_s, QJsonObject{{"litres"_L1, 3}, {"colour"_L1, u"red"_s}});
    }

    void everyMethodByEveryRole()
    {
        QStringList seen;
        for (auto path = m_paths.begin(); path != m_paths.end(); ++path) {
            const QJsonObject verbs = path->toObject();
            for (auto verb = verbs.begin(); verb != verbs.end(); ++verb) {
                const QString id = (*verb)["operationId"_L1].toString();
                const QString method = id.section('.'_L1, 0, id.startsWith("Mdash."_L1) ? 2 : 1);
                QVERIFY2(allowed.contains(method), qPrintable(u"%1 is missing from the expectation"_s.arg(method)));
                seen.append(method);
                for (auto role = m_tokens.begin(); role != m_tokens.end(); ++role)
                    tryOne(method, path.key(), verb.key(), role.key(), *role);
            }
        }
        for (const auto &method : std::as_const(m_live))
            seen.append(method["name"_L1].toString()); // tried below, over live sockets
        for (const QString &method : allowed.keys())
            QVERIFY2(seen.contains(method), qPrintable(u"%1 is expected, but not in the table"_s.arg(method)));
    }

    void everyLiveMethodByEveryRole()
    {
        QVERIFY(!m_live.isEmpty());
        for (auto role = m_tokens.begin(); role != m_tokens.end(); ++role) {
            LiveClient live(m_server.server->url(), *role);
            if (role.key() == "nobody"_L1) {
                // Without sign-in there is no socket, and so no method.
                QTRY_COMPARE(int(live.socket.closeCode()), 4401);
                continue;
            }
            for (const auto &row : std::as_const(m_live)) {
                const QString method = row["name"_L1].toString();
                QVERIFY2(allowed.contains(method), qPrintable(u"%1 is missing from the expectation"_s.arg(method)));
                const int code = live.ask(method, {{"unexpected"_L1, 1}})["error"_L1]["code"_L1].toInt();
                QCOMPARE(code, allowed[method].contains(role.key()) ? int(InvalidParams) : int(Forbidden));
            }
            for (auto topic = allowedTopics.begin(); topic != allowedTopics.end(); ++topic) {
                QJsonObject params = topic->params;
                params.insert("topic"_L1, topic.key());
                const int code = live.ask(u"Live.Subscribe"_s, params)["error"_L1]["code"_L1].toInt();
                // What is allowed works, or finds that the device is not there.
                const bool fits = topic->roles.contains(role.key()) ? code == 0 || code == NotFound : code == Forbidden;
                QVERIFY2(fits, qPrintable(u"%1 as %2: %3"_s.arg(topic.key(), role.key()).arg(code)));
            }
        }
        // No topic is missing from the expectation.
        const auto subscribe = std::ranges::find_if(m_live, [](const QJsonValue &row) { return row["name"_L1] == "Live.Subscribe"_L1; });
        QVERIFY(subscribe != m_live.end());
        QCOMPARE((*subscribe)["params"_L1]["properties"_L1]["topic"_L1]["enum"_L1].toArray().size(), allowedTopics.size());
        // Over REST they are nowhere.
        QVERIFY(!m_paths.contains(u"/live"_s));
    }

    void pagesAskForPermissionToo()
    {
        QCOMPARE(m_server.http("GET", u"/metrics"_s, {}, {}).status, 401);
        QCOMPARE(m_server.http("GET", u"/metrics"_s, {}, m_tokens[u"viewer"_s]).status, 200);
        // It is of the program, and whoever writes a client needs no account.
        QCOMPARE(m_server.http("GET", u"/api/v2/openapi.json"_s, {}, {}).status, 200);
        QCOMPARE(m_server.http("GET", u"/healthz"_s, {}, {}).status, 200);
        QCOMPARE(m_server.http("POST", u"/healthz"_s, "{}", {}).status, 405);
    }

private:
    void tryOne(const QString &method, const QString &pattern, const QString &verb, const QString &role, const QString &token)
    {
        QString path = u"/api/v2"_s + pattern;
        // Names of things that are not there: what is allowed says "not found" or "wrong params", and changes nothing.
        for (const char *name : {"{id}", "{user}", "{method}", "{container}", "{command}"})
            path.replace(QLatin1StringView(name), "999999"_L1);
        if (method == "Session.Delete"_L1 && role != "nobody"_L1)
            return; // would end the test's own session; done with one of its own below
        const bool mayPost = verb == "post"_L1 || verb == "patch"_L1 || verb == "put"_L1;
        const int status =
            m_server.http(verb.toUpper().toLatin1(), path, mayPost ? QByteArray("{\"unexpected\":1}") : QByteArray(), token).status;
        const QString what = u"%1 as %2: %3"_s.arg(method, role).arg(status);
        if (allowed[method].contains(role))
            QVERIFY2(status != 401 && status != 403 && status != 0 && status != 500, qPrintable(what));
        else
            QVERIFY2(status == (role == "nobody"_L1 ? 401 : 403), qPrintable(what));
    }

private slots:
    void signsOut()
    {
        for (const QString &role : {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s}) {
            const QString token = m_server.signedIn(u"out-"_s + role, role);
            QCOMPARE(m_server.http("DELETE", u"/api/v2/session"_s, {}, token).status, 200);
            QCOMPARE(m_server.http("GET", u"/api/v2/session"_s, {}, token).status, 401);
        }
    }

    /// docs/live.md is for people; what it says of the code has to be so.
    void thePageAboutTheLiveSocketIsTrue()
    {
        const auto read = [](const QString &path) {
            QFile file(QStringLiteral(MUSTER_SOURCE_DIR "/") + path);
            return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
        };
        const QString page = read(u"docs/live.md"_s);
        const auto section = [&page](const QString &title) {
            return page.section(u"\n## %1\n"_s.arg(title), 1, 1).section("\n## "_L1, 0, 0);
        };
        /// What stands first in the rows of a section's tables.
        const auto firsts = [](const QString &text) {
            static const QRegularExpression row(u"^\\| `([^`]+)` \\|"_s, QRegularExpression::MultilineOption);
            QStringList names;
            for (const auto &match : row.globalMatch(text))
                names.append(match.captured(1));
            return names;
        };
        QStringList names;
        QStringList notifications{u"Live.LogEnd"_s, u"Live.SignedOut"_s};
        for (const api::TopicRow &row : api::topics) {
            const QString params = row.params.isEmpty() ? QString() : u"`%1` "_s.arg(row.params);
            const QString line = u"| `%1` | %2| `%3` | `%4` |"_s.arg(row.name, params, row.notification, row.permission);
            QVERIFY2(section(u"Topics"_s).contains(line), qPrintable(line));
            names.append(row.name);
            notifications.append(row.notification);
        }
        names += notifications;
        QStringList said = firsts(section(u"Topics"_s));
        QCOMPARE((QSet<QString>(said.begin(), said.end())), (QSet<QString>(names.begin(), names.end())));
        // And no notification goes out that it does not name.
        static const QRegularExpression told(u"notify\\(u\"([^\"]+)\"_s"_s);
        int count = 0;
        for (const auto &match : told.globalMatch(read(u"server/api/livesession.cpp"_s))) {
            QVERIFY2(notifications.contains(match.captured(1)), qPrintable(match.captured(1)));
            ++count;
        }
        QCOMPARE(count, 2);

        names.clear();
        for (const auto &method : std::as_const(m_live))
            names.append(method["name"_L1].toString());
        said = firsts(section(u"Methods"_s));
        QCOMPARE((QSet<QString>(said.begin(), said.end())), (QSet<QString>(names.begin(), names.end())));

        namespace most = api::livelimits;
        const listen::Rooms::Sizes rooms = listen::Rooms::sizesFor(1'000'000);
        for (const QString &limit :
             {u"| %1 KiB; then 1009 |"_s.arg(most::messageBytes / 1024),
              u"| %1, of them %2 logs; then `TooMany` |"_s.arg(most::subscriptions).arg(most::logs),
              u"| %1; then `TooMany` |"_s.arg(most::calls), u"| %1; %2 |"_s.arg(fleet::Registry::mostRows).arg(most::rows),
              u"| %1 in all, %2 from one address (IPv6: from one /64), of which the oldest gives way; then 1013 |"_s.arg(most::sessions)
                  .arg(rooms[size_t(listen::Room::Operators)].perNetwork),
              u"| every %1 s; when %2 stay unanswered, 1008 |"_s.arg(limits::pingEvery.count()).arg(most::missedPings),
              u"from %1 KiB on it gets no pictures but the newest one later; from %2 MiB on"_s.arg(most::unsentForPictures / 1024)
                  .arg(most::unsentAtMost / 1024 / 1024)})
            QVERIFY2(section(u"Limits"_s).contains(limit), qPrintable(limit));
        QVERIFY(section(u"Topics"_s).contains(u"(32,768 to 262,144 bytes at a time)"_s));

        static const QRegularExpression code(u"^\\| ([0-9, ]+) \\|"_s, QRegularExpression::MultilineOption);
        QSet<int> codes;
        for (const auto &match : code.globalMatch(section(u"Closing"_s))) {
            for (const QString &one : match.captured(1).split(','_L1))
                codes.insert(one.trimmed().toInt());
        }
        namespace closecode = transport::closecode;
        QCOMPARE(codes, (QSet<int>{closecode::goingAway, closecode::protocolError, closecode::badText, closecode::unsupportedData,
                                   closecode::policy, closecode::tooBig, closecode::tryAgainLater, api::liveclose::signedOut,
                                   api::liveclose::otherOrigin}));
    }

    void theDocumentIsWhole()
    {
        const QJsonObject document = m_server.get(u"/api/v2/openapi.json"_s).json;
        QCOMPARE(document["openapi"_L1], "3.1.0"_L1);
        QSet<QString> ids;
        for (const auto &method : document["x-live"_L1].toArray()) {
            QVERIFY(!method["summary"_L1].toString().isEmpty());
            QVERIFY(!method["x-permission"_L1].toString().isEmpty());
            QCOMPARE(method["params"_L1]["type"_L1], "object"_L1);
        }
        for (const auto &path : document["paths"_L1].toObject()) {
            for (const auto &operation : path.toObject()) {
                QVERIFY(!ids.contains(operation["operationId"_L1].toString()));
                ids.insert(operation["operationId"_L1].toString());
                QVERIFY(!operation["summary"_L1].toString().isEmpty());
                QVERIFY(!operation["x-permission"_L1].toString().isEmpty());
            }
        }
    }

private:
    test::TestServer m_server;
    QHash<QString, QString> m_tokens;
    QJsonObject m_paths;
    QJsonArray m_live;
};

MUSTER_TEST(MethodsTest)
#include "tst_methods.moc"
