// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/simulator/options.h"

#include <QCommandLineParser>
#include <QFile>

#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace muster::simulator {

namespace {

/// RSA keys take a tenth of a second each to make: a fleet shares a few.
constexpr int rsaKeys = 16;

std::unexpected<Error> bad(const QString &flag, const QString &value, const QString &problem)
{
    return failure(InvalidParams, u"--%1: \"%2\" %3."_s.arg(flag, value, problem));
}

class Values
{
public:
    explicit Values(const QCommandLineParser &parser)
        : m_parser(parser)
    {
    }

    /// @return the number, or nothing with `problem` set
    double number(const QString &flag, double least, double most, std::optional<Error> &problem) const
    {
        bool isNumber = false;
        const QString value = m_parser.value(flag);
        const double result = value.toDouble(&isNumber);
        if (isNumber && result >= least && result <= most)
            return result;
        if (!problem)
            problem = bad(flag, value, u"is not a number from %1 to %2"_s.arg(least).arg(most)).error();
        return least;
    }

private:
    const QCommandLineParser &m_parser;
};

Result<PublicKey> readCloudKey(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return bad(u"cloud-key"_s, path, file.errorString());
    const Result<PublicKey> key = PublicKey::fromPem(file.read(64 * 1024));
    return key ? key : bad(u"cloud-key"_s, path, key.error().message);
}

} // namespace

Result<Options> readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Many devices in one process, through the server's real door. Prints what it counted."_s);
    const QCommandLineOption help = parser.addHelpOption();
    parser.addOptions({
        {u"devices"_s, u"How many"_s, u"N"_s, u"10"_s},
        {u"server"_s, u"Device address; several with commas between them"_s, u"URL"_s, u"ws://127.0.0.1:8420/device"_s},
        {u"cloud-key"_s, u"The server's public key (keys/cloud_public.pem of its data folder)"_s, u"FILE"_s},
        {u"ca-certificate"_s, u"Certificate authorities for wss://"_s, u"FILE"_s},
        {u"prefix"_s, u"Device ids are this and a number"_s, u"TEXT"_s, u"sim-"_s},
        {u"keys"_s, u"Folder that keeps the devices' keys over runs"_s, u"DIR"_s},
        {u"algorithm"_s, u"EdDSA or RS256"_s, u"NAME"_s, u"EdDSA"_s},
        {u"distinct-keys"_s, u"So many keys for all devices (all; 16 of RS256)"_s, u"N"_s},
        {u"rate"_s, u"Calls a second, all devices together, or \"max\": each again at once"_s, u"R"_s, u"0"_s},
        {u"report-every"_s, u"Seconds between a device's health batches, 0 for none"_s, u"S"_s, u"300"_s},
        {u"batch"_s, u"Samples in each batch (one for every ten seconds)"_s, u"N"_s, u"0"_s},
        {u"connect-rate"_s, u"New connections a second"_s, u"R"_s, u"500"_s},
        {u"duration"_s, u"End so many seconds after all are connected (and accepted, with --accept-with); 0: on a signal"_s, u"S"_s,
         u"0"_s},
        {u"threads"_s, u"Threads that share the devices"_s, u"N"_s, u"1"_s},
        {u"accept-with"_s, u"Accept all keys through the operator API; JSON: {\"server\", \"api_key\"}"_s, u"PROFILE"_s},
        {u"json"_s, u"Print the result as JSON, and nothing else to standard output"_s},
        {u"verbose"_s, u"Show what each device logs"_s},
    });
    if (!parser.parse(QStringList{u"muster-sim"_s} + arguments))
        return failure(InvalidParams, parser.errorText());
    if (parser.isSet(help))
        return failure(0, parser.helpText());
    if (const QStringList others = parser.positionalArguments(); !others.isEmpty())
        return failure(InvalidParams, u"\"%1\" is not an option: see --help."_s.arg(others.first()));

    const Values values(parser);
    std::optional<Error> problem;
    Options options;
    options.devices = static_cast<int>(values.number(u"devices"_s, 1, 1'000'000, problem));
    options.isRateEndless = parser.value(u"rate"_s) == "max"_L1;
    if (!options.isRateEndless)
        options.rate = values.number(u"rate"_s, 0, 1e6, problem);
    options.reportEvery = values.number(u"report-every"_s, 0, 86'400, problem);
    options.batch = static_cast<int>(values.number(u"batch"_s, 0, 1000, problem));
    options.connectRate = values.number(u"connect-rate"_s, 0.1, 1e6, problem);
    options.duration = values.number(u"duration"_s, 0, 1e7, problem);
    options.threads = static_cast<int>(values.number(u"threads"_s, 1, 64, problem));
    const Result<Algorithm> algorithm = algorithmFromName(parser.value(u"algorithm"_s));
    if (!algorithm)
        return bad(u"algorithm"_s, parser.value(u"algorithm"_s), u"is neither EdDSA nor RS256"_s);
    options.algorithm = *algorithm;
    options.distinctKeys = options.algorithm == Algorithm::RS256 ? qMin(options.devices, rsaKeys) : options.devices;
    if (parser.isSet(u"distinct-keys"_s))
        options.distinctKeys = qMin(options.devices, static_cast<int>(values.number(u"distinct-keys"_s, 1, 1'000'000, problem)));
    if (problem)
        return std::unexpected(*problem);

    for (const QString &text : parser.value(u"server"_s).split(u',')) {
        const QUrl server(text, QUrl::StrictMode);
        if (!server.isValid() || (server.scheme() != "ws"_L1 && server.scheme() != "wss"_L1))
            return bad(u"server"_s, text, u"is not a ws:// or wss:// address"_s);
        options.others << server;
    }
    options.server = options.others.takeFirst();
    if (!parser.isSet(u"cloud-key"_s))
        return failure(InvalidParams, u"--cloud-key is missing: keys/cloud_public.pem of the server's data folder."_s);
    const Result<PublicKey> cloudKey = readCloudKey(parser.value(u"cloud-key"_s));
    if (!cloudKey)
        return std::unexpected(cloudKey.error());
    options.cloudKey = *cloudKey;
    options.prefix = parser.value(u"prefix"_s);
    options.keysPath = parser.value(u"keys"_s);
    options.caPath = parser.value(u"ca-certificate"_s);
    options.profilePath = parser.value(u"accept-with"_s);
    options.asJson = parser.isSet(u"json"_s);
    options.isVerbose = parser.isSet(u"verbose"_s);
    return options;
}

} // namespace muster::simulator
