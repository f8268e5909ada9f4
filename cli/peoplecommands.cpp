// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/terminal.h"
#include "client/words/format.h"

#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

/// "2026-01-31T12:00:00.000Z" as "2026-01-31 12:00"; nothing for what has no time.
QString minute(const QJsonValue &time)
{
    return time.toString().left(16).replace(u'T', u' ');
}

} // namespace

void Commands::people()
{
    const QString &command = m_arguments.command;
    const QString first = m_arguments.words.value(0);
    if (command == "users"_L1)
        users();
    else if (command == "user add"_L1)
        addUser();
    else if (command == "user role"_L1)
        change(u"Users.Update"_s, {{"user"_L1, first}, {"role"_L1, m_arguments.words[1]}}, u"%1 is %2"_s.arg(first, m_arguments.words[1]));
    else if (command == "user remove"_L1)
        change(u"Users.Delete"_s, {{"user"_L1, first}}, u"removed %1"_s.arg(first));
    else if (command == "sessions"_L1)
        sessions();
    else if (command == "session end"_L1)
        change(u"Sessions.Revoke"_s, {{"id"_L1, first}}, u"ended"_s);
    else if (command == "keys"_L1)
        keys();
    else if (command == "key add"_L1)
        addKey();
    else if (command == "key remove"_L1)
        change(u"ApiKeys.Delete"_s, {{"id"_L1, first}}, u"removed %1"_s.arg(first));
}

void Commands::change(const QString &method, const QJsonObject &params, const QString &said)
{
    ask(method, params, [this, said](const QJsonValue &answer) {
        print(m_arguments.json ? jsonText(answer, true) : escaped(said));
        done();
    });
}

void Commands::showList(const QJsonArray &items, Table table, const std::function<QStringList(const QJsonObject &)> &row)
{
    if (m_arguments.json) {
        print(jsonText(items, true));
        return done();
    }
    for (const auto &item : items)
        table.add(row(item.toObject()));
    print(table.isEmpty() ? u"There is none."_s : table.text(terminalWidth(), wantsColour()).chopped(1));
    done();
}

void Commands::users()
{
    askAll(u"Users.List"_s, {}, [this](const QJsonArray &items) {
        showList(items, Table({{u"USER"_s, true}, {u"ROLE"_s}, {u"SIGNS IN WITH"_s}, {u"SINCE"_s}}), [](const QJsonObject &user) {
            return QStringList{user["user"_L1].toString(), user["role"_L1].toString(),
                               user["has_password"_L1].toBool() ? u"password"_s : u"links"_s, minute(user["created_at"_L1])};
        });
    });
}

void Commands::addUser()
{
    const QString name = m_arguments.words[0];
    QJsonObject params{{"user"_L1, name}, {"role"_L1, m_arguments.role}};
    if (m_arguments.takesPassword)
        params["password"_L1] = m_arguments.password;
    const QString how = m_arguments.takesPassword ? QString() : u"; musterctl sign-in-link %1 makes what signs in once"_s.arg(name);
    change(u"Users.Create"_s, params, u"added %1"_s.arg(name) + how);
}

void Commands::sessions()
{
    askAll(u"Sessions.List"_s, {}, [this](const QJsonArray &items) {
        const Table table({{u"ID"_s}, {u"USER"_s, true}, {u"FROM"_s, true}, {u"SINCE"_s}, {u"UNTIL"_s}, {u"WITH"_s, true}});
        showList(items, table, [](const QJsonObject &session) {
            return QStringList{session["id"_L1].toString(),      session["user"_L1].toString(),    session["address"_L1].toString(),
                               minute(session["created_at"_L1]), minute(session["expires_at"_L1]), session["client"_L1].toString()};
        });
    });
}

void Commands::keys()
{
    askAll(u"ApiKeys.List"_s, {}, [this](const QJsonArray &items) {
        const Table table({{u"ID"_s}, {u"NAME"_s, true}, {u"USER"_s, true}, {u"SINCE"_s}, {u"UNTIL"_s}});
        showList(items, table, [](const QJsonObject &key) {
            const QString until = minute(key["expires_at"_L1]);
            return QStringList{key["id"_L1].toString(), key["name"_L1].toString(), key["user"_L1].toString(), minute(key["created_at"_L1]),
                               until.isEmpty() ? u"–"_s : until};
        });
    });
}

void Commands::addKey()
{
    QJsonObject params{{"name"_L1, m_arguments.words[0]}};
    if (!m_arguments.user.isEmpty())
        params["user"_L1] = m_arguments.user;
    if (m_arguments.days > 0)
        params["expires_in_days"_L1] = m_arguments.days;
    ask(u"ApiKeys.Create"_s, params, [this](const QJsonValue &answer) {
        if (m_arguments.json) {
            print(jsonText(answer, true));
            return done();
        }
        // The key alone on standard output, for scripts; what a person should know goes beside it.
        print(escaped(answer["api_key"_L1].toString()));
        emit complained(u"this is key %1; the server shows it this once"_s.arg(answer["id"_L1].toString()));
        done();
    });
}

void Commands::signInLink()
{
    QJsonObject params;
    if (!m_arguments.words.isEmpty())
        params["user"_L1] = m_arguments.words[0];
    ask(u"SignInLinks.Create"_s, params, [this](const QJsonValue &answer) {
        print(m_arguments.json ? jsonText(answer, true) : escaped(answer["link"_L1].toString()));
        done();
    });
}

} // namespace muster::cli
