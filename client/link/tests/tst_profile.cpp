// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/profile.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestProfile : public test::TestCase
{
    Q_OBJECT

private slots:
    void cleanup()
    {
        for (const char *name : {"MUSTER_PROFILE", "MUSTER_SERVER", "MUSTER_API_KEY", "MUSTER_CA_CERTIFICATE"})
            qunsetenv(name);
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("server");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("token");
        QTest::newRow("plain") << u"http://127.0.0.1:8420"_s << u"http://127.0.0.1:8420"_s << 0 << QString();
        QTest::newRow("without scheme") << u"fleet.example:8420/"_s << u"http://fleet.example:8420"_s << 0 << QString();
        QTest::newRow("sign-in link") << u" https://fleet.example/#/sign-in/abc "_s << u"https://fleet.example"_s << 1 << u"abc"_s;
        QTest::newRow("setup link") << u"http://127.0.0.1:8420/#/setup/xyz"_s << u"http://127.0.0.1:8420"_s << 2 << u"xyz"_s;
        QTest::newRow("below a path") << u"https://fleet.example/muster/#/setup/xyz"_s << u"https://fleet.example/muster"_s << 2
                                      << u"xyz"_s;
    }
    void addresses()
    {
        QFETCH(const QString, text);
        const Result<Address> address = parseAddress(text);
        QVERIFY(address);
        QCOMPARE(address->servers.size(), 1);
        QTEST(address->servers.first().toString(), "server");
        QTEST(int(address->kind), "kind");
        QTEST(address->token, "token");
    }

    void noAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("other scheme") << u"ftp://fleet.example"_s;
        QTest::newRow("no host") << u"http://"_s;
        QTest::newRow("nonsense") << u"not an address"_s;
    }
    void noAddresses()
    {
        QFETCH(const QString, text);
        const Result<Address> address = parseAddress(text);
        QVERIFY(!address);
        QCOMPARE(address.error().code, int(InvalidParams));
    }

    void aProfileIsReadAndTheEnvironmentStandsAboveIt()
    {
        const QTemporaryDir dir;
        QFile file(dir.filePath(u"p.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QJsonDocument(
                       QJsonObject{{"server"_L1, "http://127.0.0.1:8420"_L1}, {"api_key"_L1, "k1"_L1}, {"ca_certificate"_L1, "a.pem"_L1}})
                       .toJson());
        file.close();
        const Result<Profile> profile = loadProfile(file.fileName());
        QVERIFY(profile);
        QCOMPARE(profile->servers, QList<QUrl>{QUrl(u"http://127.0.0.1:8420"_s)});
        QCOMPARE(profile->apiKey, u"k1"_s);
        QCOMPARE(profile->caCertificate, u"a.pem"_s);

        qputenv("MUSTER_PROFILE", file.fileName().toUtf8());
        qputenv("MUSTER_API_KEY", "k2");
        qputenv("MUSTER_CA_CERTIFICATE", "b.pem");
        QCOMPARE(loadProfile()->apiKey, u"k2"_s);
        QCOMPARE(loadProfile()->caCertificate, u"b.pem"_s);
    }

    void severalServersMayBeNamed()
    {
        const QTemporaryDir dir;
        QFile file(dir.filePath(u"p.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QJsonArray named{"https://a.example"_L1, "https://b.example/"_L1, "https://a.example"_L1};
        file.write(QJsonDocument(QJsonObject{{"server"_L1, named}, {"api_key"_L1, "k"_L1}}).toJson());
        file.close();
        const QUrl a(u"https://a.example"_s);
        const QUrl b(u"https://b.example"_s);
        const QUrl c(u"https://c.example"_s);
        const Result<Profile> profile = loadProfile(file.fileName());
        QVERIFY(profile);
        QCOMPARE(profile->servers, (QList<QUrl>{a, b}));
        qputenv("MUSTER_SERVER", "https://b.example, https://c.example");
        QCOMPARE(loadProfile(file.fileName())->servers, (QList<QUrl>{b, c}));
        // A key is shown to nobody that it was not given for.
        QVERIFY(profile->isKeyFor({b}));
        QVERIFY(!profile->isKeyFor({b, c}));
        QVERIFY(Profile().isKeyFor({c}));

        QCOMPARE(parseAddress(u"https://a.example,https://b.example"_s)->servers, (QList<QUrl>{a, b}));
        QVERIFY(parseAddress(u"https://a.example,https://b.example/#/sign-in/x"_s).error().message.contains("give it alone"_L1));
        QVERIFY(!parseServers(u"https://a.example,,https://b.example"_s));
        QVERIFY(!parseServers(u"https://a.example,javascript:x"_s));
        QVERIFY(!parseServers(QStringList(10'000, u"https://a.example"_s).join(u',') + u",ftp://x"_s));
        QStringList many;
        for (int i = 0; i < 100; ++i)
            many << u"https://a%1.example"_s.arg(i);
        QVERIFY(parseServers(many.join(u',')).error().message.contains("at most"_L1));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QJsonDocument(QJsonObject{{"server"_L1, QJsonArray()}}).toJson());
        file.close();
        QVERIFY(loadProfile(file.fileName()).error().message.contains("names no"_L1));
    }

    void withoutAnythingItIsEmpty() { QVERIFY(loadProfile()->isEmpty()); }

    void whatIsWrongIsNamed()
    {
        const QTemporaryDir dir;
        QVERIFY(loadProfile(dir.filePath(u"none.json"_s)).error().message.contains("none.json"_L1));
        QFile file(dir.filePath(u"bad.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{");
        file.close();
        QVERIFY(loadProfile(file.fileName()).error().message.contains("not a JSON object"_L1));
    }
};

MUSTER_TEST(TestProfile)
#include "tst_profile.moc"
