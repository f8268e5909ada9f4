// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/profile.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

/// More than anybody writes by hand, and few enough to be tried one after the other.
constexpr qsizetype mostServers = 16;

Result<Address> parseOne(const QString &text)
{
    QString given = text.trimmed();
    if (!given.contains("://"_L1))
        given.prepend("http://"_L1);
    QUrl url(given, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "http"_L1 && url.scheme() != "https"_L1))
        return failure(InvalidParams,
                       u"\"%1\" is no address of a server: give http://HOST:PORT, https://HOST or a link that the server printed"_s.arg(
                           text.left(200)));
    Address address;
    const QStringList parts = url.fragment().split(u'/', Qt::SkipEmptyParts);
    if (parts.size() == 2 && (parts[0] == "sign-in"_L1 || parts[0] == "setup"_L1)) {
        address.kind = parts[0] == "setup"_L1 ? Address::Kind::Setup : Address::Kind::SignIn;
        address.token = parts[1];
    }
    url = url.adjusted(QUrl::RemoveFragment | QUrl::RemoveQuery | QUrl::RemoveUserInfo | QUrl::StripTrailingSlash);
    if (url.path() == "/"_L1)
        url.setPath({});
    address.servers = {url};
    return address;
}

/// What "server" of a profile says: a text, or a list of texts. @return empty where it says nothing
QString serverOf(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    QStringList servers;
    for (const auto &one : value.toArray())
        servers << one.toString();
    return servers.join(u',');
}

} // namespace

bool Profile::isKeyFor(const QList<QUrl> &named) const
{
    return servers.isEmpty() || std::ranges::all_of(named, [this](const QUrl &url) { return servers.contains(url); });
}

Result<Address> parseAddress(const QString &text)
{
    const QStringList parts = text.split(u',');
    if (parts.size() == 1)
        return parseOne(text);
    Address address;
    for (const QString &part : parts) {
        const Result<Address> one = parseOne(part);
        if (!one)
            return one;
        if (one->kind != Address::Kind::Plain)
            return failure(InvalidParams, u"\"%1\" is a link for one server: give it alone"_s.arg(part.trimmed().left(200)));
        if (!address.servers.contains(one->servers.first()))
            address.servers << one->servers.first();
    }
    if (address.servers.size() > mostServers)
        return failure(InvalidParams,
                       u"%1 servers are named, and %2 at most are looked for"_s.arg(address.servers.size()).arg(mostServers));
    return address;
}

Result<QList<QUrl>> parseServers(const QString &text)
{
    const Result<Address> address = parseAddress(text);
    return address ? Result<QList<QUrl>>(address->servers) : std::unexpected(address.error());
}

Result<Profile> loadProfile(const QString &file)
{
    Profile profile;
    const QString path = file.isEmpty() ? qEnvironmentVariable("MUSTER_PROFILE") : file;
    QString server;
    if (!path.isEmpty()) {
        QFile source(path);
        if (!source.open(QIODevice::ReadOnly))
            return failure(InvalidParams, u"The profile %1 cannot be read: %2"_s.arg(path, source.errorString()));
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(source.read(64 * 1024), &error);
        if (!document.isObject())
            return failure(InvalidParams, u"The profile %1 is not a JSON object: %2"_s.arg(path, error.errorString()));
        server = serverOf(document["server"_L1]);
        profile.apiKey = document["api_key"_L1].toString();
        profile.caCertificate = document["ca_certificate"_L1].toString();
        if (server.isEmpty())
            return failure(InvalidParams, u"The profile %1 names no \"server\""_s.arg(path));
    }
    server = qEnvironmentVariable("MUSTER_SERVER", server);
    profile.apiKey = qEnvironmentVariable("MUSTER_API_KEY", profile.apiKey);
    profile.caCertificate = qEnvironmentVariable("MUSTER_CA_CERTIFICATE", profile.caCertificate);
    if (server.isEmpty())
        return profile;
    const Result<QList<QUrl>> servers = parseServers(server);
    if (!servers)
        return std::unexpected(servers.error());
    profile.servers = *servers;
    return profile;
}

} // namespace muster
