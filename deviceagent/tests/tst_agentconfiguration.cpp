// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/configuration.h"
#include "deviceagent/identity.h"
#include "deviceagent/tests/machine.h"
#include "tests/support/testcase.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QThreadPool>

#include <array>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::agent;
using muster::test::Machine;

class AgentConfigurationTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void hasDefaults();
    void flagsGoBeforeEnvironmentBeforeFile();
    void saysWhatIsWrongAndWhere_data();
    void saysWhatIsWrongAndWhere();
    void makesADeviceId();
    void takesNoMachineIdForOne_data();
    void takesNoMachineIdForOne();
    void keepsItsDeviceId();
    void tellsACopyFromItsOriginal();
    void goesOnWithADamagedDeviceId_data();
    void goesOnWithADamagedDeviceId();
    void agreesOnTheDeviceId();
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
    QCOMPARE(configuration.servers.first(), QUrl(u"ws://127.0.0.1:8420/device"_s));
    QCOMPARE(configuration.authMethod, u"Device.Authenticate"_s);
    QCOMPARE(configuration.algorithm, Algorithm::EdDSA);
    QVERIFY(configuration.dataPath == "/state/muster-agent"_L1 || configuration.dataPath == "/var/lib/muster-agent"_L1);
    QCOMPARE(configuration.keyPath, configuration.dataPath + u"/device_private.pem"_s);
    QCOMPARE(configuration.cloudKeyPath, configuration.dataPath + u"/cloud_public.pem"_s);
    QVERIFY(configuration.deviceId.isEmpty()); // the one in the data folder
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
    QCOMPARE(line->configuration.servers.first(), QUrl(u"wss://file.example/device"_s));
    QCOMPARE(line->configuration.deviceId, u"from-environment"_s);
    QCOMPARE(line->configuration.dataPath, u"/from/flag"_s);
    QCOMPARE(line->configuration.authMethod, u"From.File"_s);
    QCOMPARE(line->configuration.cloudKeyPath, QDir::current().absoluteFilePath(u"relative.pem"_s));
    // A key that is given itself is no path, whatever is in it.
    const auto inlined = readConfiguration({u"run"_s, u"--cloud-key"_s, u"spki:MCow/+=="_s}, environment, m_fixture);
    QVERIFY(inlined);
    QCOMPARE(inlined->configuration.cloudKeyPath, u"spki:MCow/+=="_s);

    environment.insert(u"MUSTER_NATS_URL"_s, u"tls://bus:4222"_s);
    environment.insert(u"MUSTER_NATS_PASSWORD"_s, u"hush"_s);
    const auto bus =
        readConfiguration({u"run"_s, u"--nats-user"_s, u"agent"_s, u"--container-socket"_s, u"/x.sock"_s}, environment, m_fixture);
    QVERIFY(bus);
    QCOMPARE(bus->configuration.nats.url, u"tls://bus:4222"_s);
    QCOMPARE(bus->configuration.nats.user, u"agent"_s);
    QCOMPARE(bus->configuration.nats.password, u"hush"_s);
    QCOMPARE(bus->configuration.containerSockets, QStringList{u"/x.sock"_s});

    const auto exclude = readConfiguration({u"run"_s, u"--temperature-exclude"_s, u" PMIC-Die, coretemp/Package id 0 ,,nct*"_s,
                                            u"--config"_s, fileWith(R"({"disk_exclude":"/recordings"})")},
                                           environment, m_fixture);
    QVERIFY2(exclude, qPrintable(exclude ? QString() : exclude.error().message));
    QCOMPARE(exclude->configuration.temperatureExclude, (QStringList{u"PMIC-Die"_s, u"coretemp/Package id 0"_s, u"nct*"_s}));
    QCOMPARE(exclude->configuration.diskExclude, QStringList{u"/recordings"_s});

    const auto page = readConfiguration({u"run"_s, u"--server"_s, u"http://127.0.0.1:8420"_s}, {}, m_fixture);
    QVERIFY(page);
    QCOMPARE(page->configuration.servers.first(), QUrl(u"ws://127.0.0.1:8420/device"_s));

    const auto several = readConfiguration(
        {u"run"_s, u"--server"_s, u"wss://a.example"_s, u"--server"_s, u"https://b.example:8420, wss://c.example"_s}, {}, m_fixture);
    QVERIFY2(several, qPrintable(several ? QString() : several.error().message));
    QCOMPARE(several->configuration.servers,
             (QList<QUrl>{QUrl(u"wss://a.example/device"_s), QUrl(u"wss://b.example:8420/device"_s), QUrl(u"wss://c.example/device"_s)}));
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
    QTest::newRow("empty device id") << QStringList{u"run"_s, u"--device-id"_s, u""_s} << QByteArray() << u"is not a device id"_s;
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
    QTest::newRow("a star in the middle") << QStringList{u"run"_s, u"--disk-exclude"_s, u"/a,/b*/c"_s} << QByteArray()
                                          << u"--disk-exclude: \"/a,/b*/c\" has a * elsewhere than at the end of a name"_s;
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

namespace {

const QByteArray oneMachine = "0b7c9a526f2e4c579a0e2f6d7e1c3b11\n";
const QByteArray otherMachine = "11111111111111111111111111111111\n";
const QByteArray oneBoard("10000000a1b2c3d4\0", 17);
const QByteArray otherBoard("10000000ffffffff\0", 17);

} // namespace

void AgentConfigurationTest::makesADeviceId()
{
    const QString id = newDeviceId(m_fixture);
    static const QRegularExpression form(u"^greenhouse-7-[0-9a-f]{8}$"_s);
    QVERIFY2(form.match(id).hasMatch(), qPrintable(id));
    QCOMPARE(newDeviceId(m_fixture), id);
}

void AgentConfigurationTest::takesNoMachineIdForOne_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("empty") << QByteArray("\n");
    QTest::newRow("of an image") << QByteArray("uninitialized\n");
    QTest::newRow("zeros") << QByteArray(32, '0');
    QTest::newRow("short") << QByteArray("0b7c9a52\n");
    QTest::newRow("something else") << QByteArray(32, 'x');
}

void AgentConfigurationTest::takesNoMachineIdForOne()
{
    QFETCH(QByteArray, id);
    const Machine machine;
    if (!id.isEmpty())
        machine.say(u"etc/machine-id"_s, id);
    // Two devices with the same image are two.
    const QString one = newDeviceId(machine.root());
    QVERIFY2(one.startsWith(u"device-"_s) && one.size() == 15, qPrintable(one));
    QVERIFY(newDeviceId(machine.root()) != one);
    // And it stays, once it was made.
    const QString data = machine.path(u"data"_s);
    const auto kept = keptDeviceId(data, machine.root());
    QVERIFY2(kept, qPrintable(kept ? QString() : kept.error().message));
    QCOMPARE(*keptDeviceId(data, machine.root()), *kept);
    // What systemd keeps elsewhere is as good.
    machine.say(u"var/lib/dbus/machine-id"_s, oneMachine);
    QCOMPARE(newDeviceId(machine.root()), newDeviceId(machine.root()));
}

void AgentConfigurationTest::keepsItsDeviceId()
{
    const Machine machine;
    const QString data = machine.path(u"var/lib/muster-agent"_s);
    machine.say(u"proc/sys/kernel/hostname"_s, "gate-1\n");
    machine.say(u"etc/machine-id"_s, oneMachine);
    machine.say(u"proc/device-tree/serial-number"_s, oneBoard);
    const QString first = *keptDeviceId(data, machine.root());
    QCOMPARE(first, newDeviceId(machine.root()));
    QCOMPARE(QFileInfo(data).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    // Another name, another installation around the same folder, a kernel that says nothing of the board: the same device.
    machine.say(u"proc/sys/kernel/hostname"_s, "renamed\n");
    QCOMPARE(*keptDeviceId(data, machine.root()), first);
    machine.say(u"etc/machine-id"_s, otherMachine);
    QCOMPARE(*keptDeviceId(data, machine.root()), first);
    machine.remove(u"proc/device-tree/serial-number"_s);
    QCOMPARE(*keptDeviceId(data, machine.root()), first);
    machine.say(u"sys/class/dmi/id/product_uuid"_s, "4c4c4544-0042\n"); // which a new kernel says beside the rest
    QCOMPARE(*keptDeviceId(data, machine.root()), first);
}

void AgentConfigurationTest::tellsACopyFromItsOriginal()
{
    const Machine machine;
    const QString data = machine.path(u"data"_s);
    machine.say(u"etc/machine-id"_s, oneMachine);
    machine.say(u"proc/device-tree/serial-number"_s, oneBoard);
    const QString original = *keptDeviceId(data, machine.root());
    // The card was copied for another board, whose first boot gave it a machine id of its own.
    machine.say(u"proc/device-tree/serial-number"_s, otherBoard);
    machine.say(u"etc/machine-id"_s, otherMachine);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"was copied from other hardware, where it is "_s + original));
    const QString copy = *keptDeviceId(data, machine.root());
    QVERIFY(copy != original);
    QCOMPARE(*keptDeviceId(data, machine.root()), copy);
}

void AgentConfigurationTest::goesOnWithADamagedDeviceId_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("zeros") << QByteArray(60, '\0');
    QTest::newRow("half") << QByteArray(R"({"device_id":"ga)");
    QTest::newRow("no id") << QByteArray(R"({"device_id":"a b"})");
    QTest::newRow("a number") << QByteArray(R"({"device_id":5})");
    QTest::newRow("endless") << QByteArray(100'000, 'x');
}

void AgentConfigurationTest::goesOnWithADamagedDeviceId()
{
    QFETCH(QByteArray, text);
    const Machine machine;
    machine.say(u"etc/machine-id"_s, oneMachine);
    const QString data = machine.path(u"data"_s);
    const QString first = *keptDeviceId(data, machine.root());
    machine.say(u"data/identity.json"_s, text);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"identity.json is damaged: this device is .* set device_id"_s));
    QCOMPARE(*keptDeviceId(data, machine.root()), first);
    QCOMPARE(*keptDeviceId(data, machine.root()), first); // and it is whole again
}

void AgentConfigurationTest::agreesOnTheDeviceId()
{
    const Machine machine;
    // Without a machine id each one would make another id.
    const QString data = machine.path(u"data"_s);
    QThreadPool pool;
    pool.setMaxThreadCount(8);
    std::array<QString, 8> ids;
    for (QString &id : ids)
        pool.start([&] { id = *keptDeviceId(data, machine.root()); });
    pool.waitForDone();
    for (const QString &id : ids)
        QCOMPARE(id, ids[0]);
    QCOMPARE(QDir(data).entryList(QDir::Files), QStringList{u"identity.json"_s});

    const auto nowhere = keptDeviceId(u"/proc/nowhere"_s, machine.root());
    QCOMPARE(nowhere.error().code, int(Unavailable));
    QVERIFY2(nowhere.error().message.startsWith(u"/proc/nowhere"_s), qPrintable(nowhere.error().message));
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
