// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testcase.h"
#include "tests/system/house.h"

#include <QJsonDocument>

using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// People, their sessions and their keys in the shell, on a real server.
class PeopleTest : public TestCase
{
    Q_OBJECT

    House m_house;

    [[nodiscard]] Ran ctl(const QStringList &arguments, const QByteArray &input = {}) const { return m_house.ctl(arguments, input); }
    [[nodiscard]] QString server() const { return u"http://127.0.0.1:%1"_s.arg(m_house.port()); }
    /// musterctl with a key alone.
    [[nodiscard]] Ran with(const QString &key, const QStringList &arguments) const
    {
        return run(u"musterctl"_s, arguments, {{u"MUSTER_SERVER"_s, server()}, {u"MUSTER_API_KEY"_s, key}});
    }
    /// The row of a list; empty where there is none.
    [[nodiscard]] QJsonObject row(const QString &list, const QString &member, const QString &value) const
    {
        for (const auto &one : m_house.list({list})) {
            if (one[member] == value)
                return one.toObject();
        }
        return {};
    }

private slots:
    void initTestCase()
    {
        QCOMPARE(m_house.prepare(), QString());
        QVERIFY(m_house.startServer());
    }

    void accountsComeChangeAndGo()
    {
        Ran r = ctl({u"user"_s, u"add"_s, u"jürgen…"_s, u"--role"_s, u"viewer"_s});
        QVERIFY2(r.code == 0, qPrintable(r.errors));
        QVERIFY2(r.output.startsWith(u"added jürgen…"_s) && r.output.contains("sign-in-link"_L1), qPrintable(r.output));
        QCOMPARE(row(u"users"_s, u"user"_s, u"jürgen…"_s)["role"_L1], "viewer"_L1);
        r = ctl({u"users"_s});
        QVERIFY2(r.output.contains(u"jürgen…"_s) && r.output.contains("links"_L1), qPrintable(r.output));
        r = ctl({u"user"_s, u"role"_s, u"jürgen…"_s, u"operator"_s});
        QVERIFY2(r.code == 0 && r.output.contains(u"jürgen… is operator"_s), qPrintable(r.errors));
        QCOMPARE(row(u"users"_s, u"user"_s, u"jürgen…"_s)["role"_L1], "operator"_L1);
        QCOMPARE(ctl({u"user"_s, u"remove"_s, u"jürgen…"_s}).code, 0);
        QVERIFY(row(u"users"_s, u"user"_s, u"jürgen…"_s).isEmpty());
        r = ctl({u"user"_s, u"remove"_s, u"jürgen…"_s});
        QCOMPARE(r.code, 1);
        QVERIFY2(r.errors.contains(u"jürgen…"_s), qPrintable(r.errors));
        // What is not ASCII stands in the books as it was said.
        QVERIFY2(ctl({u"audit"_s}).output.contains(u"{\"role\":\"viewer\",\"user\":\"jürgen…\"}"_s), qPrintable(ctl({u"audit"_s}).output));
    }

    void aPasswordComesFromStandardInput()
    {
        Ran r = ctl({u"user"_s, u"add"_s, u"rosa"_s, u"--role=admin"_s, u"--password-stdin"_s}, "correct hörse 7\nmore\n");
        QVERIFY2(r.code == 0, qPrintable(r.errors));
        QVERIFY(!r.output.contains("sign-in-link"_L1));
        QVERIFY(!(r.output + r.errors).contains(u"hörse"_s));
        QVERIFY(row(u"users"_s, u"user"_s, u"rosa"_s)["has_password"_L1].toBool());
        r = ctl({u"user"_s, u"add"_s, u"nobody"_s, u"--role=admin"_s, u"--password-stdin"_s});
        QCOMPARE(r.code, 2);
        QVERIFY2(r.errors.contains("--password-stdin"_L1), qPrintable(r.errors));
        r = ctl({u"user"_s, u"add"_s, u"nobody"_s, u"--role=admin"_s, u"--password-stdin"_s}, "short\n");
        QCOMPARE(r.code, 1);
        QVERIFY(row(u"users"_s, u"user"_s, u"nobody"_s).isEmpty());
    }

    void aKeyIsShownOnce()
    {
        Ran r = ctl({u"key"_s, u"add"_s, u"night script"_s, u"--user"_s, u"rosa"_s, u"--days"_s, u"30"_s});
        QVERIFY2(r.code == 0, qPrintable(r.errors));
        const QString key = r.output.trimmed();
        QVERIFY2(!key.isEmpty() && !key.contains(u' '), qPrintable(r.output)); // nothing else: for scripts
        QVERIFY(r.errors.contains("this once"_L1));
        const QJsonObject listed = row(u"keys"_s, u"name"_s, u"night script"_s);
        QCOMPARE(listed["user"_L1], "rosa"_L1);
        QVERIFY(listed["expires_at"_L1].isString());
        r = ctl({u"keys"_s});
        QVERIFY2(r.output.contains("night script"_L1) && !r.output.contains(key), qPrintable(r.output));
        QCOMPARE(with(key, {u"users"_s}).code, 0);
        QCOMPARE(ctl({u"key"_s, u"remove"_s, listed["id"_L1].toString()}).code, 0);
        QCOMPARE(with(key, {u"users"_s}).code, 1);
        QVERIFY(row(u"keys"_s, u"name"_s, u"night script"_s).isEmpty());
    }

    void sessionsAreSeenAndEnded()
    {
        QProcess curl;
        curl.start(u"curl"_s,
                   {u"-sf"_s, u"-H"_s, u"Content-Type: application/json"_s, u"-d"_s,
                    u"{\"user\":\"rosa\",\"password\":\"correct hörse 7\",\"want_token\":true}"_s, server() + "/api/v2/session"_L1});
        QVERIFY(curl.waitForFinished() && curl.exitCode() == 0);
        const QString token = QJsonDocument::fromJson(curl.readAllStandardOutput())["token"_L1].toString();
        QCOMPARE(with(token, {u"users"_s}).code, 0);
        const QString id = row(u"sessions"_s, u"user"_s, u"rosa"_s)["id"_L1].toString();
        QVERIFY(!id.isEmpty());
        const Ran shown = ctl({u"sessions"_s});
        QVERIFY2(shown.output.contains(id) && shown.output.contains("127.0.0.1"_L1), qPrintable(shown.output));
        QCOMPARE(ctl({u"session"_s, u"end"_s, id}).code, 0);
        QCOMPARE(with(token, {u"users"_s}).code, 1);
        QCOMPARE(ctl({u"session"_s, u"end"_s, id}).code, 1);
    }

    void completionKnowsThem()
    {
        QVERIFY(ctl({u"__ids"_s, u"users"_s}).output.split(u'\n').contains(u"rosa"_s));
        QCOMPARE(ctl({u"key"_s, u"add"_s, u"x"_s}).code, 0);
        QVERIFY(ctl({u"__ids"_s, u"keys"_s}).output.split(u'\n').contains(row(u"keys"_s, u"name"_s, u"x"_s)["id"_L1].toString()));
    }
};

MUSTER_TEST(PeopleTest)
#include "tst_people.moc"
