// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/settings.h"
#include "server/tests/bundlemaker.h"
#include "server/tests/selfsigned.h"
#include "tests/support/testcase.h"

#include <QFileInfo>
#include <QProcess>
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
        QTest::newRow("two lines") << u"auth_rpc_method"_s << u"a b\n"_s << u"method name"_s;
        QTest::newRow("url with a password") << u"url"_s << u"https://u:p@fleet.example"_s << u"without a user"_s;
        QTest::newRow("url of a page") << u"url"_s << u"https://fleet.example/#x"_s << u"without a user"_s;
        QTest::newRow("home") << u"data"_s << u"~/x"_s << u"without ~"_s;
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

    /// As everywhere: "all addresses" means those of IPv4, too.
    void allAddressesAreOfBothKinds()
    {
        const QTemporaryDir folder;
        const Settings tls = test::selfSigned(folder.path());
        for (const QString &all : {u"[::]:0"_s, u"*:0"_s}) {
            const auto settings =
                Settings::read({}, {{u"listen"_s, all}, {u"tls_certificate"_s, tls.tlsCertificate}, {u"tls_key"_s, tls.tlsKey}});
            QVERIFY2(settings, settings ? "" : qPrintable(settings.error().message));
            QCOMPARE(settings->address, QHostAddress(QHostAddress::Any));
        }
    }

    void whatAStartWouldStumbleOverIsFoundBefore()
    {
        const QTemporaryDir folder;
        Settings settings;
        settings.data = folder.filePath(u"new/deeper"_s);
        QVERIFY(settings.checkFolders());
        QVERIFY(!QFileInfo::exists(folder.filePath(u"new"_s)));
        settings.readyFile = folder.filePath(u"nowhere/ready"_s);
        QVERIFY(settings.checkFolders().error().message.contains("ready_file"_L1));
        settings.readyFile.clear();
        settings.data = u"/proc/nope"_s;
        QVERIFY(settings.checkFolders().error().message.contains("/proc"_L1));
        settings.data = folder.path();
        QVERIFY(QDir().mkpath(folder.filePath(u"keys"_s)));
        write(folder.filePath(u"keys/cloud_private.pem"_s), "");
        QVERIFY(settings.checkFolders().error().message.contains("cloud_private.pem"_L1));
    }

    void badFilesSayWhere_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("no JSON") << QByteArray("listen = 1") << QString();
        QTest::newRow("unknown") << QByteArray(R"({"lisssten": "127.0.0.1:1"})") << u"lisssten"_s;
        QTest::newRow("type") << QByteArray(R"({"listen": true})") << u"listen"_s;
        QTest::newRow("a fraction") << QByteArray(R"({"device_messages": 12.5})") << u"\"12.5\": it takes a whole number"_s;
        QTest::newRow("a list") << QByteArray("[]") << u"one JSON object"_s;
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

    void tlsFilesAreHeldAgainstEachOther_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("refused");
        QTest::addColumn<QString>("warned");
        QTest::newRow("good") << u"server"_s << u"server"_s << QString() << QString();
        QTest::newRow("good, RSA") << u"rsa"_s << u"rsa"_s << QString() << QString();
        QTest::newRow("with its chain") << u"server ca"_s << u"server"_s << QString() << QString();
        QTest::newRow("another one's key") << u"server"_s << u"ca"_s << u"is not the key of the certificate"_s << QString();
        QTest::newRow("key of another kind") << u"server"_s << u"rsa"_s << u"is not the key of the certificate"_s << QString();
        QTest::newRow("issuer first") << u"ca server"_s << u"server"_s << u"it must come first"_s << QString();
        QTest::newRow("wrong issuer behind") << u"server rsa"_s << u"server"_s << QString() << u"did not issue the one before"_s;
        QTest::newRow("passphrase") << u"server"_s << u"locked"_s << u"has a passphrase"_s << QString();
        QTest::newRow("Ed25519") << u"ed"_s << u"ed"_s << u"Ed25519"_s << QString();
        QTest::newRow("expired") << u"old"_s << u"old"_s << QString() << u"expired at"_s;
        QTest::newRow("not yet valid") << u"early"_s << u"early"_s << QString() << u"is not valid before"_s;
        QTest::newRow("no key") << u"server"_s << u"none"_s << u"no RSA or EC key"_s << QString();
    }

    void tlsFilesAreHeldAgainstEachOther()
    {
        QFETCH(const QString, certificate);
        QFETCH(const QString, key);
        QFETCH(const QString, refused);
        QFETCH(const QString, warned);
        QVERIFY(makeTlsFiles());
        const QString chain = m_tls.filePath(u"chain.pem"_s);
        QByteArray pem;
        for (const QString &name : certificate.split(' '_L1))
            pem += read(m_tls.filePath(name + ".pem"_L1));
        write(chain, pem);
        const QString keyFile = m_tls.filePath(key + ".key"_L1);
        const auto settings = Settings::read({}, {{u"tls_certificate"_s, chain}, {u"tls_key"_s, keyFile}});
        if (!refused.isEmpty()) {
            QVERIFY(!settings);
            const QString said = settings.error().message;
            QVERIFY2(said.contains(refused) && !said.contains('\n'_L1), qPrintable(said));
            QVERIFY2(said.contains(chain) || said.contains(keyFile), qPrintable(said));
            return;
        }
        QVERIFY2(settings.has_value(), qPrintable(settings.error_or(Error()).message));
        const QStringList warnings = settings->tls()->warnings;
        QCOMPARE(warnings.size(), warned.isEmpty() ? 0 : 1);
        if (!warned.isEmpty())
            QVERIFY2(warnings.first().contains(warned) && warnings.first().contains(chain), qPrintable(warnings.first()));
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
    QTemporaryDir m_tls;

    /// Certificates and keys of a small authority, once for all rows.
    bool makeTlsFiles() const
    {
        if (QFileInfo::exists(m_tls.filePath(u"done"_s)))
            return true;
        // openssl req alone makes no certificate of another time: x509 does, from OpenSSL 3.4 on.
        const QString script =
            uR"(set -e
ec="-algorithm EC -pkeyopt ec_paramgen_curve:prime256v1"
for name in ca server old early; do openssl genpkey $ec -out $name.key; done
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.key
openssl genpkey -algorithm ED25519 -out ed.key
openssl pkey -in server.key -aes256 -passout pass:secret -out locked.key
echo nothing >none.key
for name in ca rsa ed; do openssl req -x509 -key $name.key -subj /CN=$name -days 2 -out $name.pem; done
openssl req -new -key server.key -subj /CN=server | openssl x509 -req -CA ca.pem -CAkey ca.key -days 2 -out server.pem
openssl req -new -key old.key -subj /CN=old | openssl x509 -req -key old.key -not_before 20200101000000Z -not_after 20200201000000Z -out old.pem
openssl req -new -key early.key -subj /CN=early | openssl x509 -req -key early.key -not_before 20900101000000Z -not_after 20910101000000Z -out early.pem
touch done)"_s;
        QProcess shell;
        shell.setWorkingDirectory(m_tls.path());
        shell.start(u"sh"_s, {u"-c"_s, script});
        if (shell.waitForFinished() && shell.exitCode() == 0)
            return true;
        qInfo().noquote() << shell.readAllStandardError();
        return false;
    }

    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static void write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
};

MUSTER_TEST(SettingsTest)
#include "tst_settings.moc"
