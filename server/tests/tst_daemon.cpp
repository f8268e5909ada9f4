// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/signing/keys.h"
#include "server/store/accountstore.h"
#include "server/store/auditstore.h"
#include "tests/support/testcase.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>

#include <memory>

using namespace muster;
using namespace Qt::Literals::StringLiterals;

/// musterd on a data folder that nobody serves: what it does for who cannot sign in, and what it refuses to begin with.
class DaemonTest : public test::TestCase
{
    Q_OBJECT

    struct Ran
    {
        int code = -1;
        QString output;
    };

    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] QString data() const { return path(u"data"_s); }
    static Ran run(const QStringList &arguments)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(MUSTER_BIN_DIR "/musterd"), arguments);
        if (!process.waitForFinished())
            return {};
        return {.code = process.exitCode(), .output = QString::fromUtf8(process.readAll())};
    }
    [[nodiscard]] Ran add(const QStringList &more) const { return run(QStringList{u"user"_s, u"add"_s, u"--data"_s, data()} + more); }
    /// Starts it and stops it once it answers. @return what it said
    [[nodiscard]] Ran serve() const
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        const QString ready = path(u"ready"_s);
        process.start(QStringLiteral(MUSTER_BIN_DIR "/musterd"),
                      {u"run"_s, u"--data"_s, data(), u"--listen"_s, u"127.0.0.1:0"_s, u"--ready-file"_s, ready});
        (void)test::eventually([&] { return QFile::exists(ready) || process.state() == QProcess::NotRunning; });
        if (process.state() == QProcess::Running) {
            process.terminate();
            if (!process.waitForFinished())
                return {};
        }
        return {.code = process.exitCode(), .output = QString::fromUtf8(process.readAll())};
    }
    [[nodiscard]] QStringList audited() const
    {
        store::MusterDatabase database(data() + "/muster.db"_L1);
        if (!database.open())
            return {};
        store::AuditStore audit(database);
        QStringList entries;
        const auto page = audit.list({}, 100, 0).result();
        for (const auto &entry : page->entries)
            entries << entry.actor + u' ' + entry.method + u' ' + entry.target;
        return entries;
    }
    [[nodiscard]] QString roleOf(const QString &user) const
    {
        store::MusterDatabase database(data() + "/muster.db"_L1);
        if (!database.open())
            return {};
        store::AccountStore accounts(database);
        const auto people = accounts.load(0).result();
        const auto found = std::ranges::find(people->accounts, user, &store::AccountRecord::name);
        return found == people->accounts.end() ? QString() : found->role;
    }
    /// A folder of a server that has one device.
    void makeFleet() const
    {
        QCOMPARE(add({u"--name"_s, u"eva"_s, u"--link"_s}).code, 0);
        QCOMPARE(serve().code, 0);
        store::MusterDatabase database(data() + "/muster.db"_L1);
        QVERIFY(database.open());
        const PublicKey key = KeyPair::generate(Algorithm::EdDSA)->publicKey();
        const auto added = database.writer()
                               .run([&key](store::Sql &sql) {
                                   return sql.execute(
                                       u"INSERT INTO device_key (device_id, spki, key_id, algorithm, bits, state, first_seen, "
                                       "last_seen) VALUES ('pump', ?, ?, 'EdDSA', 255, 'accepted', 1, 1)"_s,
                                       {key.spki(), key.spki().first(8)});
                               })
                               .result();
        QVERIFY2(added, added ? "" : qPrintable(added.error().message));
    }

private slots:
    void init()
    {
        QTest::failOnWarning();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    /// The way back in at night: it says what it did, and the audit does.
    void givesTheRoleThatIsAskedFor()
    {
        Ran ran = add({u"--name"_s, u"vera"_s, u"--role"_s, u"viewer"_s, u"--link"_s});
        QCOMPARE(ran.code, 0);
        QVERIFY2(ran.output.contains("vera is made, as viewer"_L1) && ran.output.contains("#/sign-in/"_L1), qPrintable(ran.output));
        ran = add({u"--name"_s, u"VERA"_s, u"--role"_s, u"admin"_s, u"--link"_s});
        QVERIFY2(ran.output.contains("vera was there, as viewer, and is admin now"_L1), qPrintable(ran.output));
        QCOMPARE(roleOf(u"vera"_s), u"admin"_s);
        ran = add({u"--name"_s, u"vera"_s, u"--link"_s}); // without a role it keeps its own
        QVERIFY2(ran.output.contains("vera is there already, as admin"_L1), qPrintable(ran.output));
        const QStringList entries = audited();
        QVERIFY(entries.contains(u"musterd user add Users.Create vera"_s));
        QVERIFY(entries.contains(u"musterd user add Users.Update vera"_s));
        QCOMPARE(entries.count(u"musterd user add SignInLinks.Create vera"_s), 3);
        QCOMPARE(QFile::permissions(data()) & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther), QFile::Permissions());
    }

    void makesNobodyWhoCouldNotSignIn()
    {
        const Ran ran = add({u"--name"_s, u"rescue"_s, u"--role"_s, u"admin"_s});
        QCOMPARE(ran.code, 2);
        QVERIFY2(ran.output.contains("--link"_L1), qPrintable(ran.output));
        QVERIFY(!QFile::exists(data()));
        QCOMPARE(add({u"--name"_s, u"rescue"_s, u"--api-key-file"_s, path(u"nowhere/key"_s)}).code, 1);
        QCOMPARE(roleOf(u"rescue"_s), QString());
    }

    /// Devices trust one key: another one is a fleet that nobody reaches.
    void neverTakesAnotherIdentityByItself()
    {
        makeFleet();
        QCOMPARE(serve().code, 0);
        const QString key = data() + "/keys/cloud_private.pem"_L1;
        const QString pinned = data() + "/keys/cloud_public.pem"_L1;
        QFile trusted(pinned);
        QVERIFY(trusted.open(QIODevice::ReadOnly));
        const QByteArray before = trusted.readAll();

        QVERIFY(QFile::rename(key, path(u"kept"_s)));
        Ran ran = serve();
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.output.contains("cloud_private.pem is missing, and 1 devices trust no other key"_L1), qPrintable(ran.output));
        QVERIFY(!QFile::exists(key));

        // A key of another server.
        QVERIFY(KeyPair::loadOrCreate(key));
        ran = serve();
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.output.contains("is not the public half of cloud_private.pem"_L1), qPrintable(ran.output));
        QFile after(pinned);
        QVERIFY(after.open(QIODevice::ReadOnly));
        QCOMPARE(after.readAll(), before);

        // The whole folder, as a backup of the databases alone would have it.
        QVERIFY(QDir(data() + "/keys"_L1).removeRecursively());
        QCOMPARE(serve().code, 1);
        QVERIFY(QDir().mkpath(data() + "/keys"_L1));
        QVERIFY(QFile::rename(path(u"kept"_s), key));
        QCOMPARE(serve().code, 0); // the public half is made of it
    }

    void neverBeginsAnewBesideAFleetsSamples()
    {
        makeFleet();
        QVERIFY(QFile::rename(data() + "/muster.db"_L1, path(u"kept"_s)));
        Ran ran = serve();
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.output.contains("muster.db is missing"_L1), qPrintable(ran.output));
        QVERIFY(!QFile::exists(data() + "/muster.db"_L1));
        QFile empty(data() + "/muster.db"_L1);
        QVERIFY(empty.open(QIODevice::WriteOnly));
        empty.close();
        QCOMPARE(serve().code, 1);
        QVERIFY(QFile::remove(data() + "/muster.db"_L1));
        QVERIFY(QFile::rename(path(u"kept"_s), data() + "/muster.db"_L1));
        QCOMPARE(serve().code, 0);
    }

private:
    CryptoLibrary m_crypto;
};

MUSTER_TEST(DaemonTest)
#include "tst_daemon.moc"
