// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/terminal.h"
#include "client/values/values.h"
#include "client/words/format.h"

#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

constexpr int usualEntries = 50;

Colour colourOf(const QString &state)
{
    if (state == "done"_L1)
        return Colour::Ok;
    if (state == "failed"_L1 || state == "expired"_L1)
        return Colour::Failing;
    return state == "cancelled"_L1 ? Colour::Dim : Colour::None;
}

/// What came of a command, in a few words.
QString outcomeOf(const QJsonObject &command)
{
    if (command.contains("error"_L1))
        return command["error"_L1]["message"_L1].toString();
    if (command["result_cut"_L1].toBool())
        return u"(long: musterctl command %1)"_s.arg(command["id"_L1].toString());
    if (command.contains("result"_L1))
        return jsonText(command["result"_L1], false);
    return command["reason"_L1].toString();
}

} // namespace

void Commands::methods()
{
    ask(u"Methods.List"_s, {{"id"_L1, m_arguments.words[0]}}, [this](const QJsonValue &answer) {
        if (m_arguments.json) {
            print(jsonText(answer, true));
            return done();
        }
        Table table({{u"METHOD"_s}, {u"PARAMETERS"_s, true}, {u"WHAT IT DOES"_s, true}});
        for (const auto &item : answer["methods"_L1].toArray()) {
            QStringList params;
            for (const auto &param : item["params"_L1].toArray()) {
                const QString name = param["name"_L1].toString();
                params << (param["required"_L1].toBool() ? name : u'[' + name + u']');
            }
            table.add({item["name"_L1].toString(), params.join(u' '), item["summary"_L1].toString()}, Colour::None);
        }
        const qint64 asOf = timeFromJson(answer["x-as-of"_L1]);
        const QString note = asOf > 0 ? u"The device is away. It offered this %1:\n"_s.arg(format::ago(asOf, m_backend->clock()->now()))
                                      : QString();
        print(table.isEmpty() ? u"It has none."_s : note + table.text(terminalWidth(), wantsColour()).chopped(1));
        done();
    });
}

void Commands::callDevice()
{
    const QString &id = m_arguments.words[0];
    const QString &method = m_arguments.words[1];
    if (m_arguments.laterMs > 0) {
        ask(u"Commands.Create"_s,
            {{"device"_L1, id},
             {"method"_L1, method},
             {"params"_L1, m_arguments.params},
             {"expires_at"_L1, timeToJson(m_backend->clock()->now() + m_arguments.laterMs)}},
            [this](const QJsonValue &answer) {
                const QJsonObject command = answer["items"_L1].toArray().at(0).toObject();
                print(m_arguments.json ? jsonText(command, true)
                                       : u"%1 is %2"_s.arg(escaped(command["id"_L1].toString()), escaped(command["state"_L1].toString())));
                done();
            });
        return;
    }
    QJsonObject params{{"id"_L1, id}, {"method"_L1, method}};
    if (!m_arguments.params.isEmpty())
        params["params"_L1] = m_arguments.params;
    ask(u"Devices.Call"_s, params, [this](const QJsonValue &answer) {
        print(jsonText(answer, true));
        done();
    });
}

void Commands::commands()
{
    QJsonObject params{{"limit"_L1, m_arguments.limit > 0 ? m_arguments.limit : usualEntries}};
    if (!m_arguments.state.isEmpty())
        params["state"_L1] = m_arguments.state;
    if (!m_arguments.device.isEmpty())
        params["device"_L1] = m_arguments.device;
    ask(u"Commands.List"_s, params, [this](const QJsonValue &answer) {
        const QJsonArray items = answer["items"_L1].toArray();
        if (m_arguments.json) {
            print(jsonText(items, true));
            return done();
        }
        Table table({{u"COMMAND"_s},
                     {u"STATE"_s},
                     {u"DEVICE"_s, true},
                     {u"METHOD"_s, true},
                     {u"ASKED BY"_s, true},
                     {u"ASKED"_s},
                     {u"OUTCOME"_s, true}});
        for (const auto &item : items) {
            const QJsonObject command = item.toObject();
            table.add({command["id"_L1].toString(), command["state"_L1].toString(), command["device"_L1].toString(),
                       command["method"_L1].toString(), command["asked_by"_L1].toString(),
                       format::ago(timeFromJson(command["asked_at"_L1]), m_backend->clock()->now()), outcomeOf(command)},
                      colourOf(command["state"_L1].toString()));
        }
        print(table.isEmpty() ? u"There is none."_s : table.text(terminalWidth(), wantsColour()).chopped(1));
        done();
    });
}

void Commands::showCommand(const QString &method)
{
    ask(method, {{"command"_L1, m_arguments.words[0]}}, [this](const QJsonValue &answer) {
        print(jsonText(answer, true));
        done();
    });
}

void Commands::bulk()
{
    const QString &id = m_arguments.words[0];
    if (m_arguments.command == "bulk again"_L1) {
        const QString count = m_arguments.words[1];
        change(u"Bulks.Again"_s, {{"bulk"_L1, id}, {"count"_L1, count.toInt()}}, u"called again on %1 devices"_s.arg(count));
    } else if (m_arguments.command == "bulk cancel"_L1) {
        ask(u"Bulks.Cancel"_s, {{"bulk"_L1, id}}, [this](const QJsonValue &answer) {
            print(m_arguments.json ? jsonText(answer, true) : u"%1 cancelled"_s.arg(answer["cancelled"_L1].toInt()));
            done();
        });
    } else {
        ask(u"Bulks.Get"_s, {{"bulk"_L1, id}}, [this](const QJsonValue &answer) {
            if (m_arguments.json) {
                print(jsonText(answer, true));
                return done();
            }
            QStringList states;
            const QJsonObject counts = answer["states"_L1].toObject();
            for (auto state = counts.begin(); state != counts.end(); ++state) {
                if (state->toInt() > 0)
                    states << u"%1 %2"_s.arg(state->toInt()).arg(state.key());
            }
            print(u"%1 on %2 devices: %3"_s.arg(escaped(answer["method"_L1].toString()), QString::number(answer["total"_L1].toInt()),
                                                states.join(u", "_s)));
            done();
        });
    }
}

void Commands::backUp()
{
    ask(u"Server.Backup"_s, {}, [this](const QJsonValue &answer) {
        if (m_arguments.json) {
            print(jsonText(answer, true));
            return done();
        }
        print(u"The server has written %1"_s.arg(escaped(answer["folder"_L1].toString())));
        done();
    });
}

void Commands::receipt()
{
    ask(u"Commands.Receipt"_s, {{"command"_L1, m_arguments.words[0]}}, [this](const QJsonValue &answer) {
        print(jsonText(answer, true));
        done();
    });
}

void Commands::history()
{
    ask(u"Devices.History"_s, {{"id"_L1, m_arguments.words[0]}, {"limit"_L1, m_arguments.limit > 0 ? m_arguments.limit : usualEntries}},
        [this](const QJsonValue &answer) {
            const QJsonArray items = answer["items"_L1].toArray();
            if (m_arguments.json) {
                print(jsonText(items, true));
                return done();
            }
            Table table({{u"TIME"_s}, {u"KIND"_s}, {u"WHAT"_s, true}, {u"WHO"_s, true}, {u"DETAIL"_s, true}});
            for (const auto &item : items) {
                const QJsonObject row = item.toObject();
                const QString who = row["by"_L1].toString(row["source"_L1].toString());
                table.add({row["time"_L1].toString(), row["kind"_L1].toString(), row["name"_L1].toString(), who,
                           row.contains("data"_L1) ? jsonText(row["data"_L1], false) : row["text"_L1].toString()},
                          Colour::None);
            }
            print(table.isEmpty() ? u"Nothing yet."_s : table.text(terminalWidth(), wantsColour()).chopped(1));
            done();
        });
}

} // namespace muster::cli
