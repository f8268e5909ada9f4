// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/logs.h"
#include "cli/terminal.h"
#include "client/format.h"
#include "client/values.h"

#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

/// Of a container that runs: since when. Of another: how it ended.
QString stateText(const QJsonObject &container, qint64 now)
{
    const QString state = container["state"_L1].toString();
    const qint64 started = timeFromJson(container["started_at"_L1]);
    if (state == "running"_L1)
        return started > 0 ? u"up %1"_s.arg(format::span(now - started)) : u"running"_s;
    const qint64 finished = timeFromJson(container["finished_at"_L1]);
    if (state == "exited"_L1 && finished > 0)
        return u"exited (%1) %2"_s.arg(container["exit_code"_L1].toInteger()).arg(format::ago(finished, now));
    return state;
}

Colour colourOf(const QString &state)
{
    if (state == "running"_L1)
        return Colour::Ok;
    return state == "restarting"_L1 || state == "dead"_L1 ? Colour::Failing : Colour::Dim;
}

} // namespace

void Commands::containers()
{
    ask(u"Containers.List"_s, {{"id"_L1, m_arguments.words[0]}}, [this](const QJsonValue &answer) {
        const QJsonArray items = answer["containers"_L1].toArray();
        if (m_arguments.json) {
            print(jsonText(answer, true));
            return done();
        }
        if (items.isEmpty()) {
            print(u"%1 runs there, and has no container."_s.arg(escaped(answer["engine"_L1]["name"_L1].toString())));
            return done();
        }
        Table table({{u"NAME"_s, true}, {u"STATE"_s}, {u"RESTARTS"_s, false, true}, {u"IMAGE"_s, true}, {u"ID"_s}});
        for (const auto &item : items) {
            const QJsonObject container = item.toObject();
            table.add({container["name"_L1].toString(), stateText(container, m_backend->now()),
                       container.contains("restarts"_L1) ? QString::number(container["restarts"_L1].toInteger()) : u"–"_s,
                       container["image"_L1].toString(), container["id"_L1].toString().left(12)},
                      colourOf(container["state"_L1].toString()));
        }
        print(table.text(terminalWidth(), wantsColour()).chopped(1));
        done();
    });
}

void Commands::actOnContainer(const QString &method)
{
    ask(method, {{"id"_L1, m_arguments.words[0]}, {"container"_L1, m_arguments.words[1]}}, [this](const QJsonValue &answer) {
        print(m_arguments.json ? jsonText(answer, true)
                               : u"%1 is %2"_s.arg(escaped(m_arguments.words[1]), escaped(answer["state"_L1].toString())));
        done();
    });
}

void Commands::logs()
{
    auto *follower = new Logs(m_backend, m_arguments, this);
    connect(follower, &Logs::printed, this, &Commands::printed);
    connect(follower, &Logs::failed, this, &Commands::fail);
    connect(follower, &Logs::ended, this, &Commands::done);
    follower->start();
}

} // namespace muster::cli
