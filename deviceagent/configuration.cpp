// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/configuration.h"

#include "deviceagent/capabilities/system/rebootcapability.h"

#include "deviceagent/capabilities/containers/enginesocket.h"
#include "protocol/rpc/message.h"
#include "protocol/rpc/methods.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QRegularExpression>

#include <array>

#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

constexpr qint64 fileBytes = 256 * 1024;

enum Setting {
    Server,
    DeviceId,
    Key,
    CloudKey,
    Data,
    PolicyFile,
    AuthMethod,
    CaCertificate,
    KeyAlgorithm,
    ContainerSocket,
    TemperatureExclude,
    DiskExclude,
    RebootCommand,
    NatsUrl,
    NatsPrefix,
    NatsUser,
    NatsPassword,
    NatsToken,
    NatsCredentials,
    NatsCa,
    NatsCertificate,
    NatsKey
};

struct Source
{
    Setting setting;
    QLatin1StringView flag; ///< and, with "_" for "-", the member of the file
    QLatin1StringView environment;
    const char *value;
    const char *help;
};

constexpr std::array sources{
    Source{Server, QLatin1StringView("server"), QLatin1StringView("MUSTER_SERVER"), "URL",
           "The server's device address (ws://127.0.0.1:8420/device); of servers that share a database all, with commas or this once more"},
    Source{DeviceId, QLatin1StringView("device-id"), QLatin1StringView("DEVICE_ID"), "ID",
           "This device's id (made once from host name and machine id, and kept in the data folder)"},
    Source{Key, QLatin1StringView("key"), QLatin1StringView("DEVICE_PRIVATE_KEY_PATH"), "FILE",
           "Private key, made when missing (device_private.pem in the data folder)"},
    Source{CloudKey, QLatin1StringView("cloud-key"), QLatin1StringView("CLOUD_PUBLIC_KEY_PATH"), "FILE",
           "The server's public key (cloud_public.pem in the data folder), or spki: and the key itself"},
    Source{Data, QLatin1StringView("data"), QLatin1StringView("MUSTER_AGENT_DATA"), "DIR", "Data folder (/var/lib/muster-agent for root)"},
    Source{PolicyFile, QLatin1StringView("policy"), QLatin1StringView("MUSTER_AGENT_POLICY"), "FILE",
           "What servers may never do, as JSON: {\"forbid\": [\"Sys.*\"]}"},
    Source{AuthMethod, QLatin1StringView("auth-method"), QLatin1StringView("AUTH_RPC_METHOD"), "NAME",
           "Name of the authentication request (Device.Authenticate)"},
    Source{CaCertificate, QLatin1StringView("ca-certificate"), QLatin1StringView("MUSTER_CA_CERTIFICATE"), "FILE",
           "Certificate authorities for wss:// instead of the system's"},
    Source{KeyAlgorithm, QLatin1StringView("algorithm"), QLatin1StringView("MUSTER_KEY_ALGORITHM"), "NAME",
           "EdDSA or RS256, for a key that has to be made (EdDSA)"},
    Source{ContainerSocket, QLatin1StringView("container-socket"), QLatin1StringView("MUSTER_CONTAINER_SOCKET"), "FILE",
           "Socket of the container engine (DOCKER_HOST, else where Docker and Podman have theirs)"},
    Source{TemperatureExclude, QLatin1StringView("temperature-exclude"), QLatin1StringView("MUSTER_TEMPERATURE_EXCLUDE"), "NAMES",
           "Temperature sensors to leave out, with commas between them: PMIC-Die,nct6775/*"},
    Source{DiskExclude, QLatin1StringView("disk-exclude"), QLatin1StringView("MUSTER_DISK_EXCLUDE"), "PATHS",
           "Mount points whose use nobody wants to hear of: /recordings,/mnt/*"},
    Source{RebootCommand, QLatin1StringView("reboot-command"), QLatin1StringView("MUSTER_REBOOT_COMMAND"), "COMMAND",
           "What starts this machine anew when it is asked for; empty: nobody can (systemctl reboot, or reboot)"},
    Source{NatsUrl, QLatin1StringView("nats-url"), QLatin1StringView("MUSTER_NATS_URL"), "URL",
           "Message bus of this device: nats://127.0.0.1:4222 (none)"},
    Source{NatsPrefix, QLatin1StringView("nats-prefix"), QLatin1StringView("MUSTER_NATS_PREFIX"), "WORD",
           "What subjects of the bus begin with (muster)"},
    Source{NatsUser, QLatin1StringView("nats-user"), QLatin1StringView("MUSTER_NATS_USER"), "NAME", "User at the bus"},
    Source{NatsPassword, QLatin1StringView("nats-password"), QLatin1StringView("MUSTER_NATS_PASSWORD"), "TEXT",
           "Password at the bus; better in the file or the environment, where not everybody sees it"},
    Source{NatsToken, QLatin1StringView("nats-token"), QLatin1StringView("MUSTER_NATS_TOKEN"), "TEXT", "Token for the bus, likewise"},
    Source{NatsCredentials, QLatin1StringView("nats-credentials"), QLatin1StringView("MUSTER_NATS_CREDENTIALS"), "FILE",
           "Credentials for the bus (.creds: JWT and seed)"},
    Source{NatsCa, QLatin1StringView("nats-ca"), QLatin1StringView("MUSTER_NATS_CA"), "FILE",
           "Certificate authorities for a bus with TLS instead of the system's"},
    Source{NatsCertificate, QLatin1StringView("nats-certificate"), QLatin1StringView("MUSTER_NATS_CERTIFICATE"), "FILE",
           "The agent's own certificate for the bus"},
    Source{NatsKey, QLatin1StringView("nats-key"), QLatin1StringView("MUSTER_NATS_KEY"), "FILE", "Its private key"},
};

/// A value and where it came from, for the one line that says what is wrong with it.
struct Given
{
    QString value;
    QString where;
};

std::unexpected<Error> bad(const Given &given, const QString &problem)
{
    return failure(InvalidParams, u"%1: \"%2\" %3."_s.arg(given.where, cleanText(given.value, 128), problem));
}

QString memberName(const Source &source)
{
    return QString(source.flag).replace(u'-', u'_');
}

Result<QJsonObject> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(InvalidParams, u"%1: %2."_s.arg(path, file.errorString()));
    const Result<QJsonObject> object = parseJsonObject(file.read(fileBytes));
    if (!object)
        return failure(InvalidParams, u"%1: %2"_s.arg(path, object.error().message));
    for (auto it = object->begin(); it != object->end(); ++it) {
        const bool isKnown = std::ranges::any_of(sources, [&](const Source &source) { return memberName(source) == it.key(); });
        if (!isKnown)
            return failure(InvalidParams, u"%1: \"%2\" is not a setting."_s.arg(path, cleanText(it.key(), 64)));
        if (!it.value().isString())
            return failure(InvalidParams, u"%1: \"%2\" must be a text."_s.arg(path, it.key()));
    }
    return object;
}

Result<QUrl> checkServer(const Given &given)
{
    QUrl url(given.value, QUrl::StrictMode);
    // The address that people open in a browser names the same server.
    if (url.scheme() == "http"_L1 || url.scheme() == "https"_L1)
        url.setScheme(url.scheme() == "http"_L1 ? u"ws"_s : u"wss"_s);
    if (!url.isValid() || (url.scheme() != "ws"_L1 && url.scheme() != "wss"_L1) || url.host().isEmpty())
        return bad(given, u"is not an address like wss://muster.example:8420/device"_s);
    if (!url.userInfo().isEmpty() || url.hasFragment())
        return bad(given, u"must have neither a user nor a fragment"_s);
    if (url.path().isEmpty() || url.path() == "/"_L1)
        url.setPath(u"/device"_s);
    const bool isLoopback = url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
    if (url.scheme() == "ws"_L1 && !isLoopback)
        return bad(given, u"is not on this machine: use wss://, so that nobody on the way can read along"_s);
    return url;
}

/// The parts of a subject: words without what NATS gives a meaning.
bool isSubject(const QString &text)
{
    static const QRegularExpression form(u"^[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\z"_s);
    return text.size() <= 64 && form.matchView(text).hasMatch();
}

QString defaultData(const QProcessEnvironment &environment)
{
    if (::geteuid() == 0)
        return u"/var/lib/muster-agent"_s;
    const QString state = environment.value(u"XDG_STATE_HOME"_s);
    return (state.isEmpty() ? environment.value(u"HOME"_s, u"."_s) + "/.local/state"_L1 : state) + "/muster-agent"_L1;
}

class Settings
{
public:
    Settings(const QCommandLineParser &parser, const QProcessEnvironment &environment, const QJsonObject &file, const QString &filePath)
        : m_parser(parser)
        , m_environment(environment)
        , m_file(file)
        , m_filePath(filePath)
    {
    }

    [[nodiscard]] Given get(Setting setting, const QString &otherwise) const
    {
        const Source &source = *std::ranges::find(sources, setting, &Source::setting);
        if (m_parser.isSet(source.flag))
            return {setting == Server ? m_parser.values(source.flag).join(u',') : m_parser.value(source.flag), "--"_L1 + source.flag};
        if (m_environment.contains(source.environment))
            return {m_environment.value(source.environment), source.environment};
        if (const QJsonValue value = m_file.value(memberName(source)); value.isString())
            return {value.toString(), u"%1, \"%2\""_s.arg(m_filePath, memberName(source))};
        return {otherwise, notGiven + u" of --%1"_s.arg(source.flag)};
    }

    [[nodiscard]] bool has(Setting setting) const { return !get(setting, {}).where.startsWith(notGiven); }

private:
    static constexpr auto notGiven = "the default"_L1;
    const QCommandLineParser &m_parser;
    const QProcessEnvironment &m_environment;
    QJsonObject m_file;
    QString m_filePath;
};

/// Names with commas between them; each may end in "*".
Result<QStringList> checkPatterns(const Given &given)
{
    QStringList patterns;
    const QStringList parts = given.value.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const QString pattern = part.trimmed();
        if (QStringView(pattern).chopped(pattern.isEmpty() ? 0 : 1).contains(u'*'))
            return bad(given, u"has a * elsewhere than at the end of a name"_s);
        if (!pattern.isEmpty())
            patterns.append(pattern);
    }
    return patterns;
}

Result<void> checkBus(const Settings &settings, Configuration &configuration)
{
    const Given url = settings.get(NatsUrl, {});
    const QUrl parsed(url.value, QUrl::StrictMode);
    if (!url.value.isEmpty()
        && (!parsed.isValid() || (parsed.scheme() != "nats"_L1 && parsed.scheme() != "tls"_L1) || parsed.host().isEmpty()))
        return bad(url, u"is not an address like nats://127.0.0.1:4222"_s);
    if (!parsed.userInfo().isEmpty())
        return bad({.value = parsed.toString(QUrl::RemoveUserInfo), .where = url.where},
                   u"must have no user: --nats-user and MUSTER_NATS_PASSWORD are for that"_s);
    const Given prefix = settings.get(NatsPrefix, u"muster"_s);
    if (!isSubject(prefix.value))
        return bad(prefix, u"is not the beginning of a subject: words of A-Z a-z 0-9 _ - with dots between them"_s);
    configuration.natsPrefix = prefix.value;
    NatsClient::Options &nats = configuration.nats;
    nats.url = url.value;
    nats.user = settings.get(NatsUser, {}).value;
    nats.password = settings.get(NatsPassword, {}).value;
    nats.token = settings.get(NatsToken, {}).value;
    nats.credentialsPath = settings.get(NatsCredentials, {}).value;
    nats.caPath = settings.get(NatsCa, {}).value;
    nats.certificatePath = settings.get(NatsCertificate, {}).value;
    nats.keyPath = settings.get(NatsKey, {}).value;
    if (nats.certificatePath.isEmpty() != nats.keyPath.isEmpty())
        return failure(InvalidParams, u"--nats-certificate and --nats-key belong together."_s);
    return {};
}

Result<Configuration> check(const Settings &settings, const QProcessEnvironment &environment)
{
    Configuration configuration;
    const Given servers = settings.get(Server, u"ws://127.0.0.1:8420/device"_s);
    for (const QString &one : servers.value.split(u',')) {
        const Result<QUrl> server = checkServer({one.trimmed(), servers.where});
        if (!server)
            return std::unexpected(server.error());
        configuration.servers << *server;
    }

    const Given deviceId = settings.get(DeviceId, {});
    if (settings.has(DeviceId) && !isDeviceId(deviceId.value))
        return bad(deviceId, u"is not a device id: 1 to 128 characters of A-Z a-z 0-9 . _ : @ -, beginning with a letter or digit"_s);
    configuration.deviceId = deviceId.value;

    const auto path = [&settings](Setting setting, const QString &otherwise) -> Result<QString> {
        const Given given = settings.get(setting, otherwise);
        if (given.value.isEmpty() && !otherwise.isEmpty())
            return bad(given, u"is empty"_s);
        return given.value.isEmpty() ? QString() : QDir::cleanPath(QDir::current().absoluteFilePath(given.value));
    };
    const Result<QString> data = path(Data, defaultData(environment));
    if (!data)
        return std::unexpected(data.error());
    configuration.dataPath = *data;
    const Result<QString> key = path(Key, *data + "/device_private.pem"_L1);
    const QString inlined = settings.get(CloudKey, {}).value;
    const Result<QString> cloudKey = inlined.startsWith(Configuration::inlineKey) ? Result<QString>(inlined)
                                                                                  : path(CloudKey, *data + "/cloud_public.pem"_L1);
    const Result<QString> policy = path(PolicyFile, {});
    const Result<QString> ca = path(CaCertificate, {});
    const Result<QString> containerSocket = path(ContainerSocket, {});
    for (const auto *result : {&key, &cloudKey, &policy, &ca, &containerSocket}) {
        if (!*result)
            return std::unexpected(result->error());
    }
    configuration.keyPath = *key;
    configuration.cloudKeyPath = *cloudKey;
    configuration.policyPath = *policy;
    configuration.caPath = *ca;
    configuration.containerSockets = engineSockets(*containerSocket, environment);

    const Result<QStringList> sensors = checkPatterns(settings.get(TemperatureExclude, {}));
    const Result<QStringList> mounts = checkPatterns(settings.get(DiskExclude, {}));
    for (const auto *patterns : {&sensors, &mounts}) {
        if (!*patterns)
            return std::unexpected(patterns->error());
    }
    configuration.temperatureExclude = *sensors;
    configuration.diskExclude = *mounts;

    configuration.rebootCommand = settings.get(RebootCommand, RebootCapability::systemCommand({})).value;

    const Given method = settings.get(AuthMethod, methods::authenticate);
    if (method.value.isEmpty() || method.value.size() > 128)
        return bad(method, u"is not a method name of 1 to 128 characters"_s);
    configuration.authMethod = method.value;

    const Result<void> bus = checkBus(settings, configuration);
    if (!bus)
        return std::unexpected(bus.error());

    const Given algorithm = settings.get(KeyAlgorithm, u"EdDSA"_s);
    const Result<Algorithm> known = algorithmFromName(algorithm.value);
    if (!known)
        return bad(algorithm, u"is neither EdDSA nor RS256"_s);
    configuration.algorithm = *known;
    return configuration;
}

} // namespace

Result<CommandLine> readConfiguration(const QStringList &arguments, const QProcessEnvironment &environment, const QString &root)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Connects this device to a Muster server.\n\n"
        "  muster-agent run            connect, and stay connected\n"
        "  muster-agent fingerprint    print the six words and the fingerprint of this device's key"_s);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption json(u"json"_s, u"Print the fingerprint as JSON."_s);
    const QCommandLineOption config(
        u"config"_s, u"Settings as JSON: the names of the options below with _ for - (/etc/muster/agent.json where it exists)"_s,
        u"FILE"_s);
    parser.addOptions({json, config});
    for (const Source &source : sources)
        parser.addOption({QString(source.flag), u"%1 [%2]"_s.arg(QString::fromUtf8(source.help), source.environment),
                          QString::fromLatin1(source.value)});
    parser.addPositionalArgument(u"command"_s, u"run or fingerprint"_s);

    if (!parser.parse(QStringList{u"muster-agent"_s} + arguments))
        return failure(InvalidParams, u"command line: %1"_s.arg(parser.errorText()));
    CommandLine line;
    line.helpText = parser.helpText();
    line.asJson = parser.isSet(json);
    if (parser.isSet(version))
        line.command = CommandLine::Command::Version;
    if (parser.isSet(help) || parser.isSet(version))
        return line;
    const QStringList words = parser.positionalArguments();
    if (words == QStringList{u"run"_s})
        line.command = CommandLine::Command::Run;
    else if (words == QStringList{u"fingerprint"_s})
        line.command = CommandLine::Command::Fingerprint;
    else
        return failure(InvalidParams,
                       u"command line: \"%1\" is not a command: run or fingerprint."_s.arg(cleanText(words.join(u' '), 128)));

    const QString standardFile = root + "/etc/muster/agent.json"_L1;
    const QString filePath = parser.isSet(config) ? parser.value(config) : QFile::exists(standardFile) ? standardFile : QString();
    Result<QJsonObject> file = QJsonObject();
    if (!filePath.isEmpty())
        file = readFile(filePath);
    if (!file)
        return std::unexpected(file.error());
    Result<Configuration> configuration = check(Settings(parser, environment, *file, filePath), environment);
    if (!configuration)
        return std::unexpected(configuration.error());
    line.configuration = std::move(*configuration);
    return line;
}

} // namespace muster::agent
