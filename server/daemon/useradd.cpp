// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/daemon/useradd.h"

#include "server/daemon/leadfornow.h"
#include "server/daemon/secretfile.h"
#include "server/datafolder.h"
#include "server/operators/accounts.h"
#include "server/operators/tokens.h"
#include "server/store/auditstore.h"
#include "server/store/place.h"

#include <QCommandLineParser>
#include <QTextStream>

#include <optional>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

constexpr auto linkLength = 1h;

/// What is done here nobody else sees: each in the audit, under the name of the program.
store::AuditEntry entryOf(QLatin1StringView method, const QString &target, const QJsonObject &detail)
{
    return {.time = QDateTime::currentMSecsSinceEpoch(),
            .actor = u"musterd user add"_s,
            .session = {},
            .address = {},
            .method = method,
            .target = target,
            .outcome = u"ok"_s,
            .detail = detail};
}

struct Account
{
    qint64 id = 0;
    QString name;
};

/// The account of that name, made where it is missing, with the role that is wanted.
/// @param role none: an account that is there keeps its own, a new one is an admin
Result<Account> accountOf(store::AccountStore &accounts, store::AuditStore &audit, const QString &user, std::optional<operators::Role> role,
                          QTextStream &out)
{
    const auto people = accounts.load(QDateTime::currentMSecsSinceEpoch()).result();
    if (!people)
        return std::unexpected(people.error());
    const auto found =
        std::ranges::find_if(people->accounts, [&user](const auto &one) { return one.name.compare(user, Qt::CaseInsensitive) == 0; });
    if (found == people->accounts.end()) {
        const QString name = operators::roleName(role.value_or(operators::Role::Admin));
        const auto added =
            accounts.addAccount({.name = user, .role = name, .password = {}, .createdAt = QDateTime::currentMSecsSinceEpoch()}).result();
        if (!added)
            return std::unexpected(added.error());
        if (const auto noted = audit.add(entryOf("Users.Create"_L1, user, {{"user"_L1, user}, {"role"_L1, name}})).result(); !noted)
            return std::unexpected(noted.error());
        out << user << " is made, as " << name << Qt::endl;
        return Account{.id = *added, .name = user};
    }
    store::AccountRecord account = *found;
    if (role && account.role != operators::roleName(*role)) {
        const QString before = std::exchange(account.role, operators::roleName(*role));
        if (const auto updated = accounts.updateAccount(account, false).result(); !updated)
            return std::unexpected(updated.error());
        if (const auto noted =
                audit.add(entryOf("Users.Update"_L1, account.name, {{"user"_L1, account.name}, {"role"_L1, account.role}})).result();
            !noted)
            return std::unexpected(noted.error());
        out << account.name << " was there, as " << before << ", and is " << account.role << " now" << Qt::endl;
    } else {
        out << account.name << " is there already, as " << account.role << Qt::endl;
    }
    return Account{.id = account.id, .name = account.name};
}

} // namespace

void UserAdd::addOptions(QCommandLineParser &parser)
{
    parser.addOption({u"name"_s, u"user add: the account's name."_s, u"name"_s});
    parser.addOption({u"role"_s, u"user add: customer, viewer, operator or admin (the default of a new account)."_s, u"role"_s});
    parser.addOption({u"api-key-file"_s, u"user add: make an API key and write it there, for its owner alone."_s, u"file"_s});
    parser.addOption({u"link"_s, u"user add: print a token that signs in once, within an hour."_s});
}

Result<void> UserAdd::run(const QCommandLineParser &parser, const Settings &settings)
{
    const QString user = parser.value(u"name"_s);
    if (const auto good = operators::checkUser(user); !good)
        return failure(InvalidParams, u"--name: %1"_s.arg(good.error().message));
    std::optional<operators::Role> role;
    if (parser.isSet(u"role"_s)) {
        const auto named = operators::roleFromName(parser.value(u"role"_s));
        if (!named)
            return failure(InvalidParams, u"--role: %1"_s.arg(named.error().message));
        role = *named;
    }
    const QString keyFile = parser.value(u"api-key-file"_s);
    if (parser.isSet(u"api-key-file"_s) && keyFile.isEmpty())
        return failure(InvalidParams, u"--api-key-file needs the name of a file"_s);
    if (keyFile.isEmpty() && !parser.isSet(u"link"_s))
        return failure(InvalidParams, u"nobody could sign in so: give --link, which prints what signs in once, or --api-key-file"_s);
    const auto lock = takeDataFolder(settings.data);
    if (!lock)
        return failure(lock.error().code,
                       lock.error().code == Conflict
                           ? u"a Muster server uses %1: ask it (POST /api/v2/users), or stop it first"_s.arg(settings.data)
                           : lock.error().message);
    std::unique_ptr<store::Lease> lease;
    store::Place place{.folder = settings.data, .address = settings.database};
    if (settings.database) {
        lease = std::make_unique<store::Lease>(*settings.database);
        const auto epoch = leadForNow(*lease, u"musterd user add"_s);
        if (!epoch)
            return std::unexpected(epoch.error());
        place.epoch = *epoch;
    }
    store::MusterDatabase database(place.muster());
    if (auto opened = database.open(); !opened)
        return opened;

    store::AccountStore accounts(database);
    store::AuditStore audit(database);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    // A file that cannot be written is found out before anything is made.
    const QString key = operators::newToken(operators::TokenKind::ApiKey);
    if (!keyFile.isEmpty()) {
        if (auto written = writeSecretFile(keyFile, key, "api-key-file"_L1); !written)
            return written;
    }
    QTextStream out(stdout);
    const auto account = accountOf(accounts, audit, user, role, out);
    if (!account)
        return std::unexpected(account.error());
    if (!keyFile.isEmpty()) {
        const QString name = u"musterd user add"_s;
        const auto added = accounts
                               .addApiKey({.id = operators::newId(),
                                           .name = name,
                                           .tokenHash = operators::tokenHash(key),
                                           .account = account->id,
                                           .createdAt = now,
                                           .expiresAt = {}})
                               .result();
        if (!added)
            return std::unexpected(added.error());
        if (const auto noted = audit.add(entryOf("ApiKeys.Create"_L1, name, {{"name"_L1, name}, {"user"_L1, account->name}})).result();
            !noted)
            return std::unexpected(noted.error());
        out << "The API key of " << account->name << " is in " << keyFile << Qt::endl;
    }
    if (parser.isSet(u"link"_s)) {
        const QString token = operators::newToken(operators::TokenKind::Link);
        const auto added = accounts
                               .addLink({.tokenHash = operators::tokenHash(token),
                                         .account = account->id,
                                         .expiresAt = now + std::chrono::milliseconds(linkLength).count()})
                               .result();
        if (!added)
            return std::unexpected(added.error());
        if (const auto noted = audit.add(entryOf("SignInLinks.Create"_L1, account->name, {{"user"_L1, account->name}})).result(); !noted)
            return std::unexpected(noted.error());
        out << "Start the server, then open its address with #/sign-in/" << token << " behind it, within an hour" << Qt::endl;
    }
    return {};
}

} // namespace muster
