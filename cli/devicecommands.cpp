// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/terminal.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

void Commands::deviceRecords()
{
    const QString &command = m_arguments.command;
    const QString id = m_arguments.words.value(0);
    if (command == "device add"_L1) {
        QJsonObject params;
        if (!id.isEmpty())
            params["id"_L1] = id;
        if (!m_arguments.name.isEmpty())
            params["name"_L1] = m_arguments.name;
        return giveToken(u"Devices.Create"_s, params);
    }
    if (command == "device rename"_L1)
        return change(u"Devices.Update"_s, {{"id"_L1, id}, {"name"_L1, m_arguments.words[1]}},
                      u"%1 is called %2"_s.arg(id, m_arguments.words[1]));
    if (m_arguments.revoke)
        return change(u"Devices.RevokeToken"_s, {{"id"_L1, id}}, u"the token of %1 is taken back"_s.arg(id));
    giveToken(u"Devices.RenewToken"_s, {{"id"_L1, id}});
}

void Commands::giveToken(const QString &method, const QJsonObject &params)
{
    ask(method, params, [this](const QJsonValue &answer) {
        if (m_arguments.json) {
            print(jsonText(answer, true));
            return done();
        }
        // The token alone on standard output, for scripts; what a person should know goes beside it.
        print(escaped(answer["token"_L1].toString()));
        emit complained(u"this is the token of %1; the server shows it this once"_s.arg(escaped(answer["id"_L1].toString())));
        done();
    });
}

} // namespace muster::cli
