// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/postgres/postgresaddress.h"

#include <QFile>
#include <QFileInfo>
#include <QUrlQuery>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

constexpr QLatin1StringView form("postgresql://[USER@]HOST[:PORT]/DATABASE");

/// What may follow the question mark: all that concerns the way to the server, nothing that would change what Muster does there.
constexpr std::array allowed{"sslmode"_L1,         "sslrootcert"_L1,
                             "sslcert"_L1,         "sslkey"_L1,
                             "sslcrl"_L1,          "ssl_min_protocol_version"_L1,
                             "channel_binding"_L1, "gssencmode"_L1,
                             "connect_timeout"_L1, "target_session_attrs"_L1,
                             "passfile"_L1,        "keepalives_idle"_L1};

std::unexpected<Error> wrong(const QString &what)
{
    return failure(InvalidParams, u"%1 (it has the form %2)"_s.arg(what, form));
}

/// As libpq reads it within a list of options, and QSqlDatabase passes it on.
QString quoted(QString value)
{
    return u'\'' + value.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s) + u'\'';
}

} // namespace

bool PostgresAddress::isOne(const QString &text)
{
    return text.startsWith("postgresql:"_L1) || text.startsWith("postgres:"_L1);
}

Result<PostgresAddress> PostgresAddress::parse(const QString &uri)
{
    if (!isOne(uri))
        return wrong(u"\"%1\" is no address of PostgreSQL"_s.arg(uri.section(':'_L1, 0, 0).left(32)));
    const QUrl url(uri, QUrl::StrictMode);
    // Qt's words repeat the address, and with it a password.
    if (!url.isValid())
        return wrong(u"the address cannot be read"_s);
    if (!url.password().isEmpty())
        return wrong(
            u"take the password out of the address, where everybody on this machine may read it, and put it into a file "
            "(database_password_file, or PGPASSFILE)"_s);
    PostgresAddress address{.host = url.host(QUrl::FullyDecoded),
                            .port = url.port(0),
                            .database = url.path(QUrl::FullyDecoded).mid(1),
                            .user = url.userName(QUrl::FullyDecoded),
                            .password = {},
                            .options = {}};
    if (address.database.isEmpty())
        return wrong(u"the name of the database is missing"_s);
    // One within the name is written %2F.
    if (url.path(QUrl::FullyEncoded).count('/'_L1) > 1)
        return wrong(u"more follows the name of the database"_s);
    const QList<std::pair<QString, QString>> items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        if (name == "host"_L1) {
            address.host = value; // of a socket, which the address itself has no place for
        } else if (name == "port"_L1 && value.toUShort() > 0) {
            address.port = value.toUShort(); // of such a socket, as libpq takes it
        } else if (std::ranges::find(allowed, name) != allowed.end() && !value.isEmpty() && !value.contains(';'_L1)) {
            address.options += u"%1=%2;"_s.arg(name, quoted(value));
        } else {
            return wrong(u"\"%1\" is no option that is known here, or has no value"_s.arg(name.left(32)));
        }
    }
    return address;
}

Result<void> PostgresAddress::readPassword(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(InvalidParams, u"%1: %2"_s.arg(path, file.errorString()));
    if (QFileInfo(path).permissions().testAnyFlags(QFile::ReadGroup | QFile::ReadOther))
        return failure(InvalidParams, u"others may read %1: chmod 600 %1"_s.arg(path));
    password = QString::fromUtf8(file.readLine(4096)).trimmed();
    if (password.isEmpty())
        return failure(InvalidParams, u"%1 is empty"_s.arg(path));
    return {};
}

namespace {

/// A name as it stands in an address, readable where it may be.
QString encoded(QString name)
{
    return name.replace('%'_L1, "%25"_L1)
        .replace('/'_L1, "%2F"_L1)
        .replace('?'_L1, "%3F"_L1)
        .replace('#'_L1, "%23"_L1)
        .replace('@'_L1, "%40"_L1);
}

} // namespace

QString PostgresAddress::toString() const
{
    const QString name = host.contains(':'_L1) ? u'[' + host + u']' : host;
    const QString at = host.startsWith('/'_L1) ? QString() : name + (port > 0 ? u":%1"_s.arg(port) : QString());
    const QString who = user.isEmpty() ? QString() : encoded(user) + u'@';
    return u"postgresql://%1%2/%3%4"_s.arg(who, at, encoded(database),
                                           host.startsWith('/'_L1) ? u"?host="_s + host + (port > 0 ? u"&port=%1"_s.arg(port) : QString())
                                                                   : QString());
}

} // namespace muster::store
