// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/profile.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace muster {

Result<Address> parseAddress(const QString &text)
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
    address.server = url.adjusted(QUrl::RemoveFragment | QUrl::RemoveQuery | QUrl::RemoveUserInfo | QUrl::StripTrailingSlash);
    if (address.server.path() == "/"_L1)
        address.server.setPath({});
    return address;
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
        server = document["server"_L1].toString();
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
    const Result<Address> address = parseAddress(server);
    if (!address)
        return std::unexpected(address.error());
    profile.server = address->server;
    return profile;
}

} // namespace muster
