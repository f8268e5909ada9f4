// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tests/testserver.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QLoggingCategory>

using namespace muster;
using namespace Qt::Literals::StringLiterals;

/// Who may use a method: the matrix that people decided on, apart from the code. A method that is missing here fails.
static const QHash<QString, QStringList> allowed{
    {u"Session.Create"_s, {u"nobody"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Session.Redeem"_s, {u"nobody"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Setup.Complete"_s, {u"nobody"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Setup.State"_s, {u"nobody"_s, u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Session.Get"_s, {u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Session.Delete"_s, {u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Sessions.List"_s, {u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Sessions.Revoke"_s, {u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Devices.List"_s, {u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Devices.Get"_s, {u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Devices.Health"_s, {u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Devices.Call"_s, {u"operator"_s, u"admin"_s}},
    {u"Devices.Forget"_s, {u"admin"_s}},
    {u"Approvals.List"_s, {u"viewer"_s, u"operator"_s, u"admin"_s}},
    {u"Approvals.Accept"_s, {u"operator"_s, u"admin"_s}},
    {u"Approvals.Reject"_s, {u"operator"_s, u"admin"_s}},
    {u"Users.List"_s, {u"admin"_s}},
    {u"Users.Create"_s, {u"admin"_s}},
    {u"Users.Update"_s, {u"admin"_s}},
    {u"Users.Delete"_s, {u"admin"_s}},
    {u"ApiKeys.List"_s, {u"admin"_s}},
    {u"ApiKeys.Create"_s, {u"admin"_s}},
    {u"ApiKeys.Delete"_s, {u"admin"_s}},
    {u"SignInLinks.Create"_s, {u"admin"_s}},
    {u"Audit.List"_s, {u"operator"_s, u"admin"_s}},
    {u"Server.Info"_s, {u"viewer"_s, u"operator"_s, u"admin"_s}},
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
                    {u"viewer"_s, m_server.signedIn(u"vera"_s, u"viewer"_s)},
                    {u"operator"_s, m_server.signedIn(u"otto"_s, u"operator"_s)},
                    {u"admin"_s, m_server.signedIn(u"anna"_s, u"admin"_s)}};
        m_paths = m_server.get(u"/api/v2/openapi.json"_s).json["paths"_L1].toObject();
        QVERIFY(!m_paths.isEmpty());
    }

    void everyMethodByEveryRole()
    {
        QStringList seen;
        for (auto path = m_paths.begin(); path != m_paths.end(); ++path) {
            const QJsonObject verbs = path->toObject();
            for (auto verb = verbs.begin(); verb != verbs.end(); ++verb) {
                const QString id = (*verb)["operationId"_L1].toString();
                const QString method = id.section('.'_L1, 0, 1);
                QVERIFY2(allowed.contains(method), qPrintable(u"%1 is missing from the expectation"_s.arg(method)));
                seen.append(method);
                for (auto role = m_tokens.begin(); role != m_tokens.end(); ++role)
                    tryOne(method, path.key(), verb.key(), role.key(), *role);
            }
        }
        for (const QString &method : allowed.keys())
            QVERIFY2(seen.contains(method), qPrintable(u"%1 is expected, but not in the table"_s.arg(method)));
    }

    void pagesAskForPermissionToo()
    {
        QCOMPARE(m_server.http("GET", u"/metrics"_s, {}, {}).status, 401);
        QCOMPARE(m_server.http("GET", u"/metrics"_s, {}, m_tokens[u"viewer"_s]).status, 200);
        QCOMPARE(m_server.http("GET", u"/api/v2/openapi.json"_s, {}, {}).status, 401);
        QCOMPARE(m_server.http("GET", u"/healthz"_s, {}, {}).status, 200);
        QCOMPARE(m_server.http("POST", u"/healthz"_s, "{}", {}).status, 405);
    }

private:
    void tryOne(const QString &method, const QString &pattern, const QString &verb, const QString &role, const QString &token)
    {
        QString path = u"/api/v2"_s + pattern;
        // Names of things that are not there: what is allowed says "not found" or "wrong params", and changes nothing.
        for (const char *name : {"{id}", "{user}", "{method}"})
            path.replace(QLatin1StringView(name), "999999"_L1);
        if (method == "Session.Delete"_L1 && role != "nobody"_L1)
            return; // would end the test's own session; done with one of its own below
        const bool mayPost = verb == "post"_L1 || verb == "patch"_L1;
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
        for (const QString &role : {u"viewer"_s, u"operator"_s, u"admin"_s}) {
            const QString token = m_server.signedIn(u"out-"_s + role, role);
            QCOMPARE(m_server.http("DELETE", u"/api/v2/session"_s, {}, token).status, 200);
            QCOMPARE(m_server.http("GET", u"/api/v2/session"_s, {}, token).status, 401);
        }
    }

    void theDocumentIsWhole()
    {
        const QJsonObject document = m_server.get(u"/api/v2/openapi.json"_s).json;
        QCOMPARE(document["openapi"_L1], "3.1.0"_L1);
        QSet<QString> ids;
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
};

MUSTER_TEST(MethodsTest)
#include "tst_methods.moc"
