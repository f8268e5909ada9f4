// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/daemon/useradd.h"

#include "server/daemon/secretfile.h"
#include "server/datafolder.h"
#include "server/operators/accounts.h"
#include "server/operators/tokens.h"
#include "server/timetext.h"

#include <QCommandLineParser>
#include <QDir>
#include <QTextStream>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

constexpr auto linkLength = 1h;

/// The account of that name, made when it is missing.
Result<qint64> accountId(store::AccountStore &accounts, const QString &user, operators::Role role, qint64 now)
{
    const auto people = accounts.load(now).result();
    if (!people)
        return std::unexpected(people.error());
    for (const auto &account : people->accounts) {
        if (account.name.compare(user, Qt::CaseInsensitive) == 0)
            return account.id;
    }
    return accounts.addAccount({.name = user, .role = operators::roleName(role), .password = {}, .createdAt = now}).result();
}

} // namespace

void UserAdd::addOptions(QCommandLineParser &parser)
{
    parser.addOption({u"name"_s, u"user add: the account's name."_s, u"name"_s});
    parser.addOption({u"role"_s, u"user add: viewer, operator or admin (the default)."_s, u"role"_s, u"admin"_s});
    parser.addOption({u"api-key-file"_s, u"user add: make an API key and write it there, for its owner alone."_s, u"file"_s});
    parser.addOption({u"link"_s, u"user add: print a token that signs in once, within an hour."_s});
}

Result<void> UserAdd::run(const QCommandLineParser &parser, const Settings &settings)
{
    const QString user = parser.value(u"name"_s);
    if (const auto good = operators::checkUser(user); !good)
        return failure(InvalidParams, u"--name: %1"_s.arg(good.error().message));
    const auto role = operators::roleFromName(parser.value(u"role"_s));
    if (!role)
        return failure(InvalidParams, u"--role: %1"_s.arg(role.error().message));
    const auto lock = takeDataFolder(settings.data);
    if (!lock)
        return failure(lock.error().code,
                       lock.error().code == Conflict
                           ? u"a Muster server uses %1: ask it (POST /api/v2/users), or stop it first"_s.arg(settings.data)
                           : lock.error().message);
    store::MusterDatabase database(settings.data + "/muster.db"_L1);
    if (auto opened = database.open(); !opened)
        return opened;

    store::AccountStore accounts(database);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto account = accountId(accounts, user, *role, now);
    if (!account)
        return std::unexpected(account.error());
    QTextStream out(stdout);
    if (const QString path = parser.value(u"api-key-file"_s); !path.isEmpty()) {
        const QString key = operators::newToken(operators::TokenKind::ApiKey);
        const auto added = accounts
                               .addApiKey({.id = operators::newId(),
                                           .name = u"musterd user add"_s,
                                           .tokenHash = operators::tokenHash(key),
                                           .account = *account,
                                           .createdAt = now,
                                           .expiresAt = {}})
                               .result();
        if (!added)
            return std::unexpected(added.error());
        if (auto written = writeSecretFile(path, key, "api-key-file"_L1); !written)
            return written;
        out << "The API key of " << user << " is in " << path << Qt::endl;
    }
    if (parser.isSet(u"link"_s)) {
        const QString token = operators::newToken(operators::TokenKind::Link);
        const auto added = accounts
                               .addLink({.tokenHash = operators::tokenHash(token),
                                         .account = *account,
                                         .expiresAt = now + std::chrono::milliseconds(linkLength).count()})
                               .result();
        if (!added)
            return std::unexpected(added.error());
        out << "Start the server, then open its address with #/sign-in/" << token << " behind it, within an hour" << Qt::endl;
    }
    return {};
}

} // namespace muster
