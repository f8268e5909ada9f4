// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/logs.h"
#include "cli/terminal.h"
#include "client/words/format.h"

#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

Colour colourOf(const Container &container)
{
    switch (container.level()) {
    case states::Level::Ok: return Colour::Ok;
    case states::Level::Warning: return Colour::Warning;
    case states::Level::Failing: return Colour::Failing;
    case states::Level::Unknown: break;
    }
    return Colour::Dim;
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
            const Container container = Container::fromJson(item.toObject());
            table.add({container.name, format::containerState(container, m_backend->clock()->now()),
                       container.restarts >= 0 ? QString::number(container.restarts) : u"–"_s, container.image, container.id.left(12)},
                      colourOf(container));
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
    connect(follower, &Logs::complained, this, &Commands::complained);
    connect(follower, &Logs::failed, this, &Commands::fail);
    connect(follower, &Logs::ended, this, &Commands::done);
    follower->start();
}

} // namespace muster::cli
