// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/settings.h"
#include "server/tests/bundlemaker.h"
#include "tests/support/testcase.h"

#include <QTemporaryDir>

using namespace muster;
using namespace Qt::Literals::StringLiterals;

class SettingsTest : public test::TestCase
{
    Q_OBJECT

private slots:
    void laterSourcesWin()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"muster.json"_s);
        write(file, R"({"listen": "127.0.0.1:1000", "session_hours": 5, "server_name": "file"})");
        qputenv("MUSTER_LISTEN", "127.0.0.1:2000");
        qputenv("MUSTER_SERVER_NAME", "environment");
        const auto clean = qScopeGuard([] {
            qunsetenv("MUSTER_LISTEN");
            qunsetenv("MUSTER_SERVER_NAME");
        });
        const auto settings = Settings::read(file, {{u"listen"_s, u"[::1]:3000"_s}});
        QVERIFY(settings);
        QCOMPARE(settings->port, 3000);
        QCOMPARE(settings->address, QHostAddress(QHostAddress::LocalHostIPv6));
        QCOMPARE(settings->serverName, u"environment"_s);
        QCOMPARE(settings->sessionLength, std::chrono::hours(5));
    }

    void badValuesSayWhatAndWhere_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("says");
        QTest::newRow("no port") << u"listen"_s << u"127.0.0.1"_s << u"127.0.0.1:8420"_s;
        QTest::newRow("port") << u"listen"_s << u"127.0.0.1:99999"_s << u"address and a port"_s;
        QTest::newRow("address") << u"listen"_s << u"everywhere:1"_s << u"address and a port"_s;
        QTest::newRow("plain text off loopback") << u"listen"_s << u"0.0.0.0:8420"_s << u"loopback only"_s;
        QTest::newRow("certificate alone") << u"tls_certificate"_s << u"/nowhere"_s << u"go together"_s;
        QTest::newRow("url") << u"url"_s << u"muster.example"_s << u"https://"_s;
        QTest::newRow("algorithm") << u"key_algorithm"_s << u"HS256"_s << u"EdDSA or RS256"_s;
        QTest::newRow("threads") << u"io_threads"_s << u"-1"_s << u"from 0 to 64"_s;
        QTest::newRow("hours") << u"session_hours"_s << u"0"_s << u"from 1 to"_s;
        QTest::newRow("web") << u"web"_s << u"/nowhere/web"_s << u"a folder"_s;
        QTest::newRow("method") << u"auth_rpc_method"_s << u""_s << u"method name"_s;
    }

    void badValuesSayWhatAndWhere()
    {
        QFETCH(const QString, option);
        QFETCH(const QString, value);
        QFETCH(const QString, says);
        const auto settings = Settings::read({}, {{option, value}});
        QVERIFY(!settings);
        QVERIFY2(settings.error().message.contains(says), qPrintable(settings.error().message));
        QVERIFY2(settings.error().message.contains(QString(option).replace('_'_L1, '-'_L1)) || settings.error().message.contains(option),
                 qPrintable(settings.error().message));
        QVERIFY(!settings.error().message.contains('\n'_L1));
    }

    void badFilesSayWhere_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("no JSON") << QByteArray("listen = 1") << QString();
        QTest::newRow("unknown") << QByteArray(R"({"lisssten": "127.0.0.1:1"})") << u"lisssten"_s;
        QTest::newRow("type") << QByteArray(R"({"listen": true})") << u"listen"_s;
        QTest::newRow("twice") << QByteArray(R"({"url": "a", "url": "b"})") << u"url"_s;
    }

    void badFilesSayWhere()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, says);
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"muster.json"_s);
        write(file, text);
        const auto settings = Settings::read(file, {});
        QVERIFY(!settings);
        QVERIFY2(settings.error().message.contains(file) && settings.error().message.contains(says), qPrintable(settings.error().message));
        QVERIFY(!Settings::read(folder.filePath(u"missing.json"_s), {}));
    }

    void badTlsFiles()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"a.pem"_s);
        write(file, "nothing");
        const auto settings = Settings::read({}, {{u"tls_certificate"_s, file}, {u"tls_key"_s, file}});
        QVERIFY(!settings);
        QVERIFY(settings.error().message.contains("no certificate"_L1));
    }

    void theBrowserProgramIsChecked()
    {
        const QTemporaryDir folder;
        // Beside the program where nothing else is said, whether it is there or not.
        const auto standard = Settings::read({}, {});
        QVERIFY(standard && standard->web.endsWith("/share/muster/web"_L1));
        QVERIFY(standard->checkWeb());
        QCOMPARE(Settings::read({}, {{u"web"_s, QString()}})->web, QString());
        const auto settings = Settings::read({}, {{u"web"_s, folder.path()}});
        QVERIFY(settings);
        QVERIFY2(settings->checkWeb().error().message.contains("no bundle.json"_L1), qPrintable(settings->checkWeb().error().message));
        test::BundleMaker bundle{.folder = folder.path()};
        bundle.add(u"index.html"_s, u"text/html"_s, "<!doctype html>");
        bundle.finish();
        QVERIFY(settings->checkWeb());
        write(folder.filePath(u"index.html"_s), "other");
        QVERIFY(settings->checkWeb().error().message.contains("index.html"_L1));
    }

private:
    static void write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
};

MUSTER_TEST(SettingsTest)
#include "tst_settings.moc"
