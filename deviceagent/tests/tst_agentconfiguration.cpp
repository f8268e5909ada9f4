// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/configuration.h"
#include "deviceagent/identity.h"
#include "tests/support/testcase.h"

#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::agent;

class AgentConfigurationTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void hasDefaults();
    void flagsGoBeforeEnvironmentBeforeFile();
    void saysWhatIsWrongAndWhere_data();
    void saysWhatIsWrongAndWhere();
    void makesADeviceId();
    void knowsItsCommands();

private:
    [[nodiscard]] QString fileWith(const QByteArray &text) const;
    QTemporaryDir m_folder;
    const QString m_fixture = QStringLiteral(MUSTER_SOURCE_DIR "/deviceagent/tests/fixtures/pi");
};

QString AgentConfigurationTest::fileWith(const QByteArray &text) const
{
    const QString path = m_folder.filePath(u"agent.json"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("no file");
    file.write(text);
    return path;
}

void AgentConfigurationTest::hasDefaults()
{
    QProcessEnvironment environment;
    environment.insert(u"HOME"_s, u"/home/someone"_s);
    environment.insert(u"XDG_STATE_HOME"_s, u"/state"_s);
    const auto line = readConfiguration({u"run"_s}, environment, m_fixture);
    QVERIFY2(line, qPrintable(line ? QString() : line.error().message));
    QCOMPARE(line->command, CommandLine::Command::Run);
    const Configuration &configuration = line->configuration;
    QCOMPARE(configuration.server, QUrl(u"ws://127.0.0.1:8420/device"_s));
    QCOMPARE(configuration.authMethod, u"Device.Authenticate"_s);
    QCOMPARE(configuration.algorithm, Algorithm::EdDSA);
    QVERIFY(configuration.dataPath == "/state/muster-agent"_L1 || configuration.dataPath == "/var/lib/muster-agent"_L1);
    QCOMPARE(configuration.keyPath, configuration.dataPath + u"/device_private.pem"_s);
    QCOMPARE(configuration.cloudKeyPath, configuration.dataPath + u"/cloud_public.pem"_s);
    QVERIFY(configuration.policyPath.isEmpty());
    QVERIFY(configuration.nats.url.isEmpty());
    QCOMPARE(configuration.natsPrefix, u"muster"_s);
    QVERIFY(configuration.containerSockets.contains(u"/run/podman/podman.sock"_s));
}

void AgentConfigurationTest::flagsGoBeforeEnvironmentBeforeFile()
{
    const QString file =
        fileWith(R"({"server":"wss://file.example/device","device_id":"from-file","data":"/from/file","auth_method":"From.File"})");
    QProcessEnvironment environment;
    environment.insert(u"DEVICE_ID"_s, u"from-environment"_s);
    environment.insert(u"MUSTER_AGENT_DATA"_s, u"/from/environment"_s);
    environment.insert(u"CLOUD_PUBLIC_KEY_PATH"_s, u"relative.pem"_s);
    const auto line =
        readConfiguration({u"--config"_s, file, u"fingerprint"_s, u"--data"_s, u"/from/flag"_s, u"--json"_s}, environment, m_fixture);
    QVERIFY2(line, qPrintable(line ? QString() : line.error().message));
    QCOMPARE(line->command, CommandLine::Command::Fingerprint);
    QVERIFY(line->asJson);
    QCOMPARE(line->configuration.server, QUrl(u"wss://file.example/device"_s));
    QCOMPARE(line->configuration.deviceId, u"from-environment"_s);
    QCOMPARE(line->configuration.dataPath, u"/from/flag"_s);
    QCOMPARE(line->configuration.authMethod, u"From.File"_s);
    QCOMPARE(line->configuration.cloudKeyPath, QDir::current().absoluteFilePath(u"relative.pem"_s));

    environment.insert(u"MUSTER_NATS_URL"_s, u"tls://bus:4222"_s);
    environment.insert(u"MUSTER_NATS_PASSWORD"_s, u"hush"_s);
    const auto bus =
        readConfiguration({u"run"_s, u"--nats-user"_s, u"agent"_s, u"--container-socket"_s, u"/x.sock"_s}, environment, m_fixture);
    QVERIFY(bus);
    QCOMPARE(bus->configuration.nats.url, u"tls://bus:4222"_s);
    QCOMPARE(bus->configuration.nats.user, u"agent"_s);
    QCOMPARE(bus->configuration.nats.password, u"hush"_s);
    QCOMPARE(bus->configuration.containerSockets, QStringList{u"/x.sock"_s});

    const auto page = readConfiguration({u"run"_s, u"--server"_s, u"http://127.0.0.1:8420"_s}, {}, m_fixture);
    QVERIFY(page);
    QCOMPARE(page->configuration.server, QUrl(u"ws://127.0.0.1:8420/device"_s));
}

void AgentConfigurationTest::saysWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("says");
    QTest::newRow("plain text to another machine") << QStringList{u"run"_s, u"--server"_s, u"ws://muster.example/device"_s} << QByteArray()
                                                   << u"--server: \"ws://muster.example/device\" is not on this machine: use wss://"_s;
    QTest::newRow("another scheme") << QStringList{u"run"_s, u"--server"_s, u"ftp://x"_s} << QByteArray()
                                    << u"--server: \"ftp://x\" is not an address"_s;
    QTest::newRow("no host") << QStringList{u"run"_s, u"--server"_s, u"ws:///device"_s} << QByteArray() << u"is not an address"_s;
    QTest::newRow("user in the address") << QStringList{u"run"_s, u"--server"_s, u"wss://a:b@x/device"_s} << QByteArray()
                                         << u"neither a user nor"_s;
    QTest::newRow("device id") << QStringList{u"run"_s, u"--device-id"_s, u"a b"_s} << QByteArray()
                               << u"--device-id: \"a b\" is not a device id"_s;
    QTest::newRow("long device id") << QStringList{u"run"_s, u"--device-id"_s, QString(129, u'a')} << QByteArray()
                                    << u"is not a device id"_s;
    QTest::newRow("empty path") << QStringList{u"run"_s, u"--key"_s, u""_s} << QByteArray() << u"--key: \"\" is empty"_s;
    QTest::newRow("algorithm") << QStringList{u"run"_s, u"--algorithm"_s, u"HS256"_s} << QByteArray()
                               << u"--algorithm: \"HS256\" is neither"_s;
    QTest::newRow("unknown flag") << QStringList{u"run"_s, u"--sever"_s, u"x"_s} << QByteArray() << u"command line: Unknown option"_s;
    QTest::newRow("no command") << QStringList{} << QByteArray() << u"command line: \"\" is not a command"_s;
    QTest::newRow("unknown command") << QStringList{u"walk"_s} << QByteArray() << u"\"walk\" is not a command"_s;
    QTest::newRow("bus") << QStringList{u"run"_s, u"--nats-url"_s, u"http://x"_s} << QByteArray()
                         << u"--nats-url: \"http://x\" is not an address like nats://127.0.0.1:4222"_s;
    QTest::newRow("user in the bus's address") << QStringList{u"run"_s, u"--nats-url"_s, u"nats://a:hush@x"_s} << QByteArray()
                                               << u"\"nats://x\" must have no user"_s;
    QTest::newRow("prefix") << QStringList{u"run"_s, u"--nats-prefix"_s, u"a.>"_s} << QByteArray()
                            << u"is not the beginning of a subject"_s;
    QTest::newRow("half of a certificate") << QStringList{u"run"_s, u"--nats-key"_s, u"k.pem"_s} << QByteArray() << u"belong together"_s;
    QTest::newRow("value in the file") << QStringList{u"run"_s} << QByteArray(R"({"device_id":"a/b"})")
                                       << u"agent.json, \"device_id\": \"a/b\" is not a device id"_s;
    QTest::newRow("unknown member of the file")
        << QStringList{u"run"_s} << QByteArray(R"({"sever":"x"})") << u"agent.json: \"sever\" is not a setting"_s;
    QTest::newRow("number in the file") << QStringList{u"run"_s} << QByteArray(R"({"server":1})")
                                        << u"agent.json: \"server\" must be a text"_s;
    QTest::newRow("no JSON in the file") << QStringList{u"run"_s} << QByteArray("server=x") << u"agent.json: Not JSON"_s;
}

void AgentConfigurationTest::saysWhatIsWrongAndWhere()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, file);
    QFETCH(QString, says);
    if (!file.isEmpty())
        arguments << u"--config"_s << fileWith(file);
    const auto line = readConfiguration(arguments, {}, m_fixture);
    QVERIFY(!line);
    QVERIFY2(line.error().message.contains(says) && !line.error().message.contains(u'\n'), qPrintable(line.error().message));
}

void AgentConfigurationTest::makesADeviceId()
{
    const QString id = defaultDeviceId(m_fixture);
    static const QRegularExpression form(u"^greenhouse-7-[0-9a-f]{8}$"_s);
    QVERIFY2(form.match(id).hasMatch(), qPrintable(id));
    QCOMPARE(defaultDeviceId(m_fixture), id);
    QCOMPARE(defaultDeviceId(m_folder.filePath(u"nothing"_s)), u"device"_s);
}

void AgentConfigurationTest::knowsItsCommands()
{
    const auto help = readConfiguration({u"--help"_s}, {}, m_fixture);
    QVERIFY(help && help->command == CommandLine::Command::Help);
    QVERIFY(help->helpText.contains(u"AUTH_RPC_METHOD"_s));
    const auto version = readConfiguration({u"--version"_s}, {}, m_fixture);
    QVERIFY(version && version->command == CommandLine::Command::Version);
}

MUSTER_TEST(AgentConfigurationTest)
#include "tst_agentconfiguration.moc"
