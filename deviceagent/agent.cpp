// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/agent.h"

#include "deviceagent/capabilities/system/machinefacts.h"
#include "deviceagent/capabilities/system/systemcapability.h"
#include "protocol/rpc/methods.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSslCertificate>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

constexpr qint64 fileBytes = 1024 * 1024;
/// An engine that was installed or removed shows within this time.
constexpr auto lookEvery = std::chrono::minutes(1);

Result<QByteArray> readPublicFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(NotFound, u"%1: %2."_s.arg(path, file.errorString()));
    return file.read(fileBytes);
}

Result<PublicKey> loadCloudKey(const QString &path)
{
    // The key itself, as the dashboard's "Add a device" writes it: no file has to be carried.
    if (path.startsWith(Configuration::inlineKey)) {
        const auto spki = QByteArray::fromBase64Encoding(path.sliced(Configuration::inlineKey.size()).toLatin1(),
                                                         QByteArray::AbortOnBase64DecodingErrors);
        if (!spki)
            return failure(BadKey, u"--cloud-key: what follows %1 is no base64: copy the whole line of \"Add a device\"."_s.arg(
                                       Configuration::inlineKey));
        const Result<PublicKey> key = PublicKey::fromSpki(*spki);
        return key ? key : failure(key.error().code, u"--cloud-key: %1"_s.arg(key.error().message));
    }
    const Result<QByteArray> pem = readPublicFile(path);
    if (!pem)
        return failure(
            pem.error().code,
            u"%1 It is the server's public key: copy keys/cloud_public.pem of the server's data folder there."_s.arg(pem.error().message));
    const Result<PublicKey> key = PublicKey::fromPem(*pem);
    return key ? key : failure(key.error().code, u"%1: %2"_s.arg(path, key.error().message));
}

Result<QSslConfiguration> loadTls(const QString &caPath)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    if (caPath.isEmpty())
        return tls;
    const Result<QByteArray> pem = readPublicFile(caPath);
    if (!pem)
        return std::unexpected(pem.error());
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(*pem, QSsl::Pem);
    if (certificates.isEmpty())
        return failure(InvalidParams, u"%1: holds no certificate in PEM."_s.arg(caPath));
    tls.setCaCertificates(certificates);
    return tls;
}

HealthReader::Options readerOptions(const Configuration &configuration)
{
    return {.temperatureExclude = configuration.temperatureExclude, .diskExclude = configuration.diskExclude, .measureDisk = {}};
}

HealthCapability::Options healthOptions(const QString &dataPath)
{
    HealthCapability::Options options;
    options.report.ringPath = dataPath + "/samples.ring"_L1;
    return options;
}

} // namespace

Result<QString> deviceIdOf(const Configuration &configuration)
{
    return configuration.deviceId.isEmpty() ? keptDeviceId(configuration.dataPath) : configuration.deviceId;
}

Result<std::unique_ptr<Agent>> Agent::make(const Configuration &configuration)
{
    // The key first: it makes the folder, readable by its owner alone.
    const Result<KeyPair> key = KeyPair::loadOrCreate(configuration.keyPath, configuration.algorithm);
    if (!key)
        return std::unexpected(key.error());
    const Result<PublicKey> cloudKey = loadCloudKey(configuration.cloudKeyPath);
    if (!cloudKey)
        return std::unexpected(cloudKey.error());
    const Result<Policy> policy = configuration.policyPath.isEmpty() ? Policy() : Policy::load(configuration.policyPath);
    if (!policy)
        return std::unexpected(policy.error());
    const Result<QSslConfiguration> tls = loadTls(configuration.caPath);
    if (!tls)
        return std::unexpected(tls.error());

    if (!QDir().mkpath(configuration.dataPath))
        return failure(InvalidParams, u"%1: the data folder cannot be made."_s.arg(configuration.dataPath));
    auto lock = DataLock::take(configuration.dataPath + "/lock"_L1, u"muster-agent"_s);
    if (!lock)
        return failure(lock.error().code, u"data: %1."_s.arg(lock.error().message));

    const Result<QString> deviceId = deviceIdOf(configuration);
    if (!deviceId)
        return std::unexpected(deviceId.error());
    const QString root;
    const Identity identity{.deviceId = *deviceId,
                            .bootId = bootId(root),
                            .agent = {{"name"_L1, "muster-agent"_L1}, {"version"_L1, QStringLiteral(MUSTER_VERSION)}},
                            .machine = machineFacts(root),
                            .key = *key,
                            .cloudKey = *cloudKey};
    const ServerLink::Options options{.url = configuration.servers.first(),
                                      .others = configuration.servers.sliced(1),
                                      .toldPath = configuration.dataPath + "/servers.json"_L1,
                                      .authMethod = configuration.authMethod,
                                      .tls = *tls};
    return std::unique_ptr<Agent>(new Agent(identity, options, *policy, configuration, std::move(*lock)));
}

Agent::Agent(const Identity &identity, const ServerLink::Options &options, const Policy &policy, const Configuration &configuration,
             std::unique_ptr<DataLock> lock)
    : m_lock(std::move(lock))
    , m_identity(identity)
    , m_registry(policy)
    , m_link(m_identity, options, [this](const QString &method, const QJsonObject &params) { return m_registry.call(method, params); })
    , m_health(m_link, m_identity.bootId, HealthReader(QString(), readerOptions(configuration)), healthOptions(configuration.dataPath))
    , m_containers(m_link, configuration.containerSockets)
    , m_reboot(m_link, QProcess::splitCommand(configuration.rebootCommand))
    , m_commands(m_link, m_registry,
                 {.journalPath = configuration.dataPath + "/commands.journal"_L1,
                  .deviceId = m_identity.deviceId,
                  .isComplete = [this] { return !m_bus || m_bus->isSettled(); }})
    , m_report(m_link)
{
    addSystemMethods(m_registry, m_identity, [this]() -> const ServerClock & { return m_link.clock(); });
    m_health.addMethods(m_registry);
    m_containers.addMethods(m_registry);
    m_reboot.addMethods(m_registry);
    m_commands.addMethods(m_registry);

    m_report.add(u"engine"_s, [this] { return QJsonValue(m_registry.permits(methods::containerList) && m_containers.hasEngine()); });
    m_report.add(u"reboot"_s, [this] { return QJsonValue(m_reboot.isThere() && m_registry.permits(methods::reboot)); });
    m_report.add(u"temperature_sensor"_s, [this] {
        const QString &sensor = m_health.temperatureSensor();
        return sensor.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(sensor);
    });
    if (!configuration.nats.url.isEmpty()) {
        NatsClient::Options nats = configuration.nats;
        nats.name = "muster-agent "_L1 + m_identity.deviceId;
        m_bus = std::make_unique<BusBridge>(
            m_link, m_registry,
            BusBridge::Options{.nats = nats, .prefix = configuration.natsPrefix, .deviceId = m_identity.deviceId, .events = {}});
        QObject::connect(m_bus.get(), &BusBridge::stateChanged, &m_report, &SelfReport::update);
    }
    m_report.add(u"bus"_s, [this] { return QJsonValue(m_bus ? m_bus->state() : QJsonObject{{"state"_L1, "off"_L1}}); });
    m_look.setTimerType(Qt::VeryCoarseTimer);
    m_look.setInterval(lookEvery);
    QObject::connect(&m_look, &QTimer::timeout, &m_report, &SelfReport::update);
}

void Agent::start()
{
    m_health.start();
    m_commands.start();
    if (m_bus)
        m_bus->start();
    m_look.start();
    m_link.start();
}

} // namespace muster::agent
