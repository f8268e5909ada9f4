// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/settings.h"

#include "protocol/rpc/message.h"
#include "protocol/signing/keys.h"
#include "server/web/bundle.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QSysInfo>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

std::unexpected<Error> badValue(const QString &value, const QString &takes)
{
    return failure(InvalidParams, u"is \"%1\": it takes %2"_s.arg(cleanText(value, 80), takes));
}

Result<int> number(const QString &value, int least, int most)
{
    bool good = false;
    const int read = value.toInt(&good);
    if (!good || read < least || read > most)
        return badValue(value, u"a whole number from %1 to %2"_s.arg(least).arg(most));
    return read;
}

Result<ListenAddress> listenAddress(const QString &value)
{
    const qsizetype colon = value.lastIndexOf(':'_L1);
    QString host = value.left(colon);
    if (host.startsWith('['_L1) && host.endsWith(']'_L1))
        host = host.sliced(1).chopped(1);
    QHostAddress address = host == "localhost"_L1 ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(host);
    // As everywhere else: all addresses of this machine, also those of IPv4.
    if (address == QHostAddress(QHostAddress::AnyIPv6) || host == "*"_L1)
        address = QHostAddress(QHostAddress::Any);
    const auto port = number(value.sliced(colon + 1), 0, 65535);
    if (colon < 1 || address.isNull() || !port)
        return badValue(value, u"an address and a port, like 127.0.0.1:8420 or [::1]:8420"_s);
    return ListenAddress{.address = address, .port = static_cast<quint16>(*port)};
}

/// @param value names of rights, separated by commas; "none" for none
Result<doors::TokenRights> tokenRightsOf(const QString &value)
{
    doors::TokenRights rights{.calls = false, .state = false, .events = false, .health = false};
    const QHash<QString, bool doors::TokenRights::*> known{{u"calls"_s, &doors::TokenRights::calls},
                                                           {u"state"_s, &doors::TokenRights::state},
                                                           {u"events"_s, &doors::TokenRights::events},
                                                           {u"health"_s, &doors::TokenRights::health}};
    const QStringList names = value == "none"_L1 ? QStringList() : value.split(u',');
    for (const QString &name : names) {
        const auto right = known.constFind(name.trimmed());
        if (right == known.cend())
            return badValue(value, u"calls, state, events and health, as many as wanted with commas between them, or none"_s);
        rights.*(*right) = true;
    }
    return rights;
}

Result<QByteArray> contents(const QString &path, QLatin1StringView what)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(InvalidParams, u"%1: %2 cannot be read: %3"_s.arg(what, path, file.errorString()));
    return file.readAll();
}

/// Where an installation has the browser program: with it, or later.
QString installedWeb()
{
    return QDir::cleanPath(QCoreApplication::applicationDirPath() + "/../share/muster/web"_L1);
}

QString textOf(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isBool())
        return value.toBool() ? u"yes"_s : u"no"_s;
    // As it stands there: 12.5 is no whole number, and has to be told so.
    return value.isDouble() ? QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest) : QString();
}

} // namespace

QList<Settings::Option> Settings::options()
{
    return {
        {.name = "data"_L1, .help = u"Folder of the databases and keys."_s, .standard = u"the user's data folder"_s},
        {.name = "database"_L1,
         .help = u"A PostgreSQL database in the place of files in the data folder: postgresql://USER@HOST/DATABASE, without a password."_s,
         .standard = u"files in the data folder"_s},
        {.name = "database_password_file"_L1, .help = u"File that holds the password for it."_s, .standard = u"PGPASSFILE, or ~/.pgpass"_s},
        {.name = "standby"_L1,
         .help = u"With a database: yes to lead only when another server has failed; no to lead where nobody does."_s,
         .standard = u"no"_s},
        {.name = "listen"_L1, .help = u"Address and port; plain text is for loopback only."_s, .standard = u"127.0.0.1:8420"_s},
        {.name = "tls_certificate"_L1, .help = u"PEM file of the certificate and its chain."_s, .standard = {}},
        {.name = "tls_key"_L1, .help = u"PEM file of the certificate's private key."_s, .standard = {}},
        {.name = "url"_L1, .help = u"Where people reach the server, for links."_s, .standard = u"as it listens"_s},
        {.name = "server_name"_L1, .help = u"The server's name in the dashboard."_s, .standard = u"the host's name"_s},
        {.name = "auth_rpc_method"_L1, .help = u"The method that devices authenticate with."_s, .standard = u"Device.Authenticate"_s},
        {.name = "key_algorithm"_L1, .help = u"Of the server's key when it is made: EdDSA or RS256."_s, .standard = u"EdDSA"_s},
        {.name = "io_threads"_L1, .help = u"Threads for device connections; 0 for one a processor."_s, .standard = u"0"_s},
        {.name = "session_hours"_L1, .help = u"How long a sign-in lasts."_s, .standard = u"12"_s},
        {.name = "device_messages"_L1,
         .help = u"Messages a second that an accepted device may send, on average; 0 for no limit."_s,
         .standard = u"100"_s},
        {.name = "device_kilobytes"_L1, .help = u"Kilobytes a second that it may send, on average."_s, .standard = u"512"_s},
        {.name = "access_tokens"_L1,
         .help = u"Take API keys in the address as well (?access_token=), as mDash's clients send them; logs of proxies keep addresses."_s,
         .standard = u"no"_s},
        {.name = "token_devices"_L1,
         .help = u"Take devices that a token is the only proof of (mDash, Mongoose OS): yes or no."_s,
         .standard = u"yes"_s},
        {.name = "token_rights"_L1,
         .help = u"What such devices may do: calls, state, events, health, with commas between them; or none."_s,
         .standard = u"calls,state,events,health"_s},
        {.name = "token_plain_listen"_L1,
         .help = u"Address and port where such devices, and nobody else, may come without TLS; whoever listens there reads their tokens."_s,
         .standard = u"none"_s},
        {.name = "pending_days"_L1, .help = u"How long a key waits for a decision after it was shown last."_s, .standard = u"7"_s},
        {.name = "audit_days"_L1, .help = u"How long the audit is kept."_s, .standard = u"400"_s},
        {.name = "audit_entries"_L1, .help = u"How many entries the audit holds at most; the oldest go."_s, .standard = u"200000"_s},
        {.name = "unrecorded_changes"_L1,
         .help = u"While the disk is full: refuse what changes a device and cannot be written down, or allow it."_s,
         .standard = u"refuse"_s},
        {.name = "ready_file"_L1, .help = u"Written with {url, pid} once the server answers."_s, .standard = {}},
        {.name = "web"_L1,
         .help = u"Folder of the dashboard for the browser; empty for none."_s,
         .standard = u"share/muster/web beside the program's folder"_s},
    };
}

Result<void> Settings::set(QLatin1StringView option, const QString &value)
{
    if (option == "data"_L1) {
        // A shell has made a folder of it; a file of settings has not.
        if (value.isEmpty() || value.startsWith('~'_L1))
            return badValue(value, u"a folder, without ~"_s);
        data = value;
    } else if (option == "database"_L1) {
        database.reset();
        if (value.isEmpty())
            return {};
        const auto read = store::PostgresAddress::parse(value);
        if (!read)
            return std::unexpected(read.error());
        database = *read;
    } else if (option == "database_password_file"_L1) {
        databasePasswordFile = value;
    } else if (option == "standby"_L1) {
        if (value != "yes"_L1 && value != "no"_L1)
            return badValue(value, u"yes or no"_s);
        standby = value == "yes"_L1;
    } else if (option == "listen"_L1) {
        const auto read = listenAddress(value);
        if (!read)
            return std::unexpected(read.error());
        address = read->address;
        port = read->port;
    } else if (option == "tls_certificate"_L1) {
        tlsCertificate = value;
    } else if (option == "tls_key"_L1) {
        tlsKey = value;
    } else if (option == "url"_L1) {
        const QUrl read(value, QUrl::StrictMode);
        if (!read.isValid() || read.host().isEmpty() || (read.scheme() != "http"_L1 && read.scheme() != "https"_L1)
            || !read.userInfo().isEmpty() || read.hasQuery() || read.hasFragment())
            return badValue(value, u"an address like https://muster.example, without a user, \"?\" or \"#\""_s);
        // StripTrailingSlash leaves the slash of a root, and links would have two.
        url = read.toString();
        while (url.endsWith('/'_L1))
            url.chop(1);
    } else if (option == "server_name"_L1) {
        serverName = cleanText(value, 64);
    } else if (option == "auth_rpc_method"_L1) {
        static const QRegularExpression name(u"^[A-Za-z][A-Za-z0-9_.-]{0,127}$"_s);
        if (!name.match(value).hasMatch())
            return badValue(value, u"a method name of letters, digits, \"_\", \".\" and \"-\", 128 at most"_s);
        authMethod = value;
    } else if (option == "key_algorithm"_L1) {
        const auto read = algorithmFromName(value);
        if (!read)
            return badValue(value, u"EdDSA or RS256"_s);
        keyAlgorithm = *read;
    } else if (option == "io_threads"_L1) {
        const auto read = number(value, 0, 64);
        if (!read)
            return std::unexpected(read.error());
        ioThreads = *read;
    } else if (option == "session_hours"_L1) {
        const auto read = number(value, 1, 24 * 365);
        if (!read)
            return std::unexpected(read.error());
        sessionLength = std::chrono::hours(*read);
    } else if (option == "device_messages"_L1) {
        const auto read = number(value, 0, 1'000'000);
        if (!read)
            return std::unexpected(read.error());
        deviceBudget.messages = *read;
    } else if (option == "device_kilobytes"_L1) {
        const auto read = number(value, 1, 1'000'000);
        if (!read)
            return std::unexpected(read.error());
        deviceBudget.bytes = *read * 1024.0;
    } else if (option == "access_tokens"_L1) {
        if (value != "yes"_L1 && value != "no"_L1)
            return badValue(value, u"yes or no"_s);
        accessTokens = value == "yes"_L1;
    } else if (option == "token_devices"_L1) {
        if (value != "yes"_L1 && value != "no"_L1)
            return badValue(value, u"yes or no"_s);
        tokenDevices = value == "yes"_L1;
    } else if (option == "token_rights"_L1) {
        const auto read = tokenRightsOf(value);
        if (!read)
            return std::unexpected(read.error());
        tokenRights = *read;
    } else if (option == "token_plain_listen"_L1) {
        tokenListen = {};
        if (value.isEmpty() || value == "none"_L1)
            return {};
        const auto read = listenAddress(value);
        if (!read)
            return std::unexpected(read.error());
        tokenListen = *read;
    } else if (option == "pending_days"_L1) {
        const auto read = number(value, 1, 3650);
        if (!read)
            return std::unexpected(read.error());
        pendingLength = std::chrono::hours(*read * 24);
    } else if (option == "audit_days"_L1) {
        const auto read = number(value, 1, 36'500);
        if (!read)
            return std::unexpected(read.error());
        auditLength = std::chrono::days(*read);
    } else if (option == "audit_entries"_L1) {
        const auto read = number(value, 1000, 100'000'000);
        if (!read)
            return std::unexpected(read.error());
        auditEntries = *read;
    } else if (option == "unrecorded_changes"_L1) {
        if (value != "refuse"_L1 && value != "allow"_L1)
            return badValue(value, u"refuse or allow"_s);
        unrecordedChanges = value == "allow"_L1;
    } else if (option == "ready_file"_L1) {
        readyFile = value;
    } else if (option == "web"_L1) {
        if (!value.isEmpty() && !QFileInfo(value).isDir())
            return badValue(value, u"a folder that is there, or nothing"_s);
        web = value;
    }
    return {};
}

Result<Settings> Settings::read(const QString &file, const QHash<QString, QString> &flags)
{
    Settings settings;
    settings.data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/muster"_L1;
    settings.web = installedWeb();
    const auto set = [&settings](QLatin1StringView option, const QString &value, const QString &where) -> Result<void> {
        if (const auto done = settings.set(option, value); !done)
            return failure(InvalidParams, u"%1: %2 %3"_s.arg(where, option, done.error().message));
        return {};
    };
    const QList<Option> known = options();
    if (!file.isEmpty()) {
        const auto text = contents(file, "config"_L1);
        if (!text)
            return std::unexpected(text.error());
        const auto object = parseJsonObject(*text);
        if (!object)
            return failure(InvalidParams, u"%1: it takes one JSON object in UTF-8, like {\"listen\": \"127.0.0.1:8420\"}: %2"_s.arg(
                                              file, object.error().message));
        for (auto it = object->begin(); it != object->end(); ++it) {
            const auto option = std::ranges::find(known, it.key(), &Option::name);
            if (option == known.end())
                return failure(InvalidParams, u"%1: there is no setting \"%2\""_s.arg(file, it.key().left(80)));
            if (!it->isString() && !it->isDouble() && !it->isBool())
                return failure(InvalidParams, u"%1: %2 must be a text, a number, true or false"_s.arg(file, option->name));
            if (const auto done = set(option->name, textOf(*it), file); !done)
                return std::unexpected(done.error());
        }
    }
    for (const Option &option : known) {
        const QString variable = "MUSTER_"_L1 + QString(option.name).toUpper();
        if (!qEnvironmentVariableIsSet(variable.toLatin1()))
            continue;
        if (const auto done = set(option.name, qEnvironmentVariable(variable.toLatin1()), u"environment variable %1"_s.arg(variable));
            !done)
            return std::unexpected(done.error());
    }
    for (const Option &option : known) {
        if (const auto flag = flags.constFind(option.name); flag != flags.cend()) {
            if (const auto done = set(option.name, *flag, u"flag --%1"_s.arg(QString(option.name).replace('_'_L1, '-'_L1))); !done)
                return std::unexpected(done.error());
        }
    }
    if (!settings.databasePasswordFile.isEmpty()) {
        if (!settings.database)
            return failure(InvalidParams, u"database_password_file is given without a database"_s);
        if (const auto password = settings.database->readPassword(settings.databasePasswordFile); !password)
            return failure(password.error().code, u"database_password_file: %1"_s.arg(password.error().message));
    }
    if (settings.standby && !settings.database)
        return failure(InvalidParams, u"standby is given without a database, which both servers share"_s);
    if (settings.tlsCertificate.isEmpty() != settings.tlsKey.isEmpty())
        return failure(InvalidParams, u"tls_certificate and tls_key go together: give both or none"_s);
    if (const auto tls = settings.tls(); !tls)
        return std::unexpected(tls.error());
    if (settings.tlsCertificate.isEmpty() && !settings.address.isLoopback()) {
        return failure(InvalidParams,
                       u"listen is %1, but plain text is for loopback only: give tls_certificate and tls_key, or listen on 127.0.0.1 "
                       "behind a reverse proxy"_s.arg(settings.address.toString()));
    }
    return settings;
}

Result<void> Settings::checkWeb() const
{
    QFile manifest(web + '/'_L1 + web::Bundle::manifestName);
    if (web.isEmpty() || (web == installedWeb() && !manifest.exists()))
        return {};
    if (!manifest.open(QIODevice::ReadOnly))
        return failure(InvalidParams, u"web: %1 holds no browser program: there is no %2"_s.arg(web, web::Bundle::manifestName));
    if (const auto loaded = web::Bundle::load(web, manifest.readAll()); !loaded)
        return failure(InvalidParams, u"web: the browser program in %1 is damaged: %2"_s.arg(web, loaded.error().message));
    return {};
}

Result<void> Settings::checkFolders() const
{
    // As far as it is there: the rest is made, below what has to be writable.
    QFileInfo nearest(QDir::cleanPath(QDir().absoluteFilePath(data)));
    while (!nearest.exists() && !nearest.isRoot())
        nearest = QFileInfo(nearest.path());
    if (!nearest.isDir() || !nearest.isWritable() || nearest.filePath().startsWith("/proc"_L1))
        return failure(InvalidParams, u"data: the folder %1 cannot be made or written to: %2 cannot"_s.arg(data, nearest.filePath()));
    if (const QString key = data + "/keys/cloud_private.pem"_L1; QFile::exists(key)) {
        if (const auto loaded = KeyPair::load(key); !loaded)
            return failure(InvalidParams, u"data: %1"_s.arg(loaded.error().message));
    }
    if (const QFileInfo ready(readyFile); !readyFile.isEmpty() && !QFileInfo(ready.absolutePath()).isWritable())
        return failure(InvalidParams, u"ready_file: nothing can be written into %1"_s.arg(ready.absolutePath()));
    return {};
}

QString Settings::publicUrl(quint16 listensOn) const
{
    if (!url.isEmpty())
        return url;
    const QString scheme = tlsCertificate.isEmpty() ? u"http"_s : u"https"_s;
    const bool isAny = address == QHostAddress::Any || address == QHostAddress::AnyIPv4 || address == QHostAddress::AnyIPv6;
    QString host = isAny ? QSysInfo::machineHostName() : address.toString();
    if (host.contains(':'_L1))
        host = u"[%1]"_s.arg(host);
    return u"%1://%2:%3"_s.arg(scheme, host, QString::number(listensOn));
}

Result<TlsFiles> Settings::tls() const
{
    if (tlsCertificate.isEmpty())
        return TlsFiles();
    return readTlsFiles(tlsCertificate, tlsKey);
}

} // namespace muster
