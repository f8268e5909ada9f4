// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"

#include "cli/terminal.h"
#include "cli/watch.h"
#include "client/values/values.h"
#include "client/words/format.h"

#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

constexpr int pageSize = 500; // the server's limit
constexpr int auditEntries = 50;

QString figure(HealthField field, double value)
{
    return format::health(field, value);
}

} // namespace

Colour colourOf(const Device &device)
{
    if (device.presence != states::Presence::Online)
        return Colour::Dim;
    return device.level == states::Level::Failing ? Colour::Failing : device.level == states::Level::Warning ? Colour::Warning : Colour::Ok;
}

Commands::Commands(Backend *backend, const Arguments &arguments, QObject *parent)
    : QObject(parent)
    , m_backend(backend)
    , m_arguments(arguments)
{
}

void Commands::fail(const QString &message)
{
    emit complained(message);
    emit finished(Failed);
}

void Commands::ask(const QString &method, const QJsonObject &params, const Then &then)
{
    m_backend->link()->call(method, params, this, [this, then](const Result<QJsonValue> &answer) {
        if (answer)
            then(*answer);
        else
            fail(answer.error().message);
    });
}

void Commands::askAll(const QString &method, const QJsonObject &params, const std::function<void(const QJsonArray &)> &then,
                      const QString &list, qsizetype most, const QJsonArray &before)
{
    ask(method, params, [=, this](const QJsonValue &answer) {
        QJsonArray items = before;
        for (const auto &item : answer[list].toArray())
            items << item;
        const QString next = answer["next"_L1].toString();
        // A page that brings nothing ends it too, whatever it says: this would go on for ever.
        if (next.isEmpty() || items.size() == before.size() || (most > 0 && items.size() >= most))
            return then(items);
        QJsonObject more = params;
        more["after"_L1] = next;
        askAll(method, more, then, list, most, items);
    });
}

void Commands::run()
{
    const QString &command = m_arguments.command;
    if (command == "approvals"_L1)
        approvals();
    else if (command == "accept"_L1 || command == "reject"_L1)
        decide();
    else if (command == "devices"_L1)
        devices();
    else if (command == "health"_L1)
        health();
    else if (command == "containers"_L1)
        containers();
    else if (command == "start"_L1)
        actOnContainer(u"Containers.Start"_s);
    else if (command == "stop"_L1)
        actOnContainer(u"Containers.Stop"_s);
    else if (command == "restart"_L1)
        actOnContainer(u"Containers.Restart"_s);
    else if (command == "logs"_L1)
        logs();
    else if (command == "shadow"_L1)
        shadow();
    else if (command == "methods"_L1)
        methods();
    else if (command == "call"_L1)
        callDevice();
    else if (command == "commands"_L1)
        commands();
    else if (command == "command"_L1)
        showCommand(u"Commands.Get"_s);
    else if (command == "cancel"_L1)
        showCommand(u"Commands.Cancel"_s);
    else if (command == "receipt"_L1)
        receipt();
    else if (command == "history"_L1)
        history();
    else if (command == "sign-in-link"_L1)
        signInLink();
    else if (command == "forget"_L1)
        change(u"Devices.Forget"_s, {{"id"_L1, m_arguments.words[0]}}, u"%1 is forgotten"_s.arg(m_arguments.words[0]));
    else if (command == "backup"_L1)
        backUp();
    else if (command == "bulk"_L1 || command.startsWith("bulk "_L1))
        bulk();
    else if (command.startsWith("device "_L1))
        deviceRecords();
    else if (command == "users"_L1 || command == "sessions"_L1 || command == "keys"_L1 || command.contains(u' '))
        people();
    else if (command == "audit"_L1)
        audit();
    else if (command == "__ids"_L1)
        ids();
    else if (command == "watch"_L1) {
        auto *watch = new Watch(m_backend, m_arguments.words.value(0), m_arguments.json, this);
        connect(watch, &Watch::printed, this, &Commands::printed);
        connect(watch, &Watch::complained, this, &Commands::complained);
        connect(watch, &Watch::failed, this, &Commands::fail);
        watch->start();
    }
}

// --- approvals -----------------------------------------------------------------------------------------------------

void Commands::approvals()
{
    const QString state = m_arguments.state.isEmpty() ? u"pending"_s : m_arguments.state;
    QJsonObject params{{"state"_L1, state}, {"limit"_L1, pageSize}};
    if (!m_arguments.text.isEmpty())
        params.insert("text"_L1, m_arguments.text);
    ask(u"Approvals.List"_s, params, [this, state](const QJsonValue &answer) {
        const QJsonArray items = answer["items"_L1].toArray();
        if (m_arguments.json) {
            print(jsonText(items, true));
            return done();
        }
        if (items.isEmpty()) {
            print(state == "pending"_L1 ? u"No key waits."_s : u"There is none."_s);
            return done();
        }
        Table table(
            {{u"ID"_s}, {u"KIND"_s}, {u"DEVICE"_s, true}, {u"WORDS"_s}, {u"FINGERPRINT"_s, true}, {u"FROM"_s, true}, {u"FIRST SEEN"_s}});
        for (const auto &item : items) {
            const Approval a = Approval::fromJson(item.toObject());
            const QString kind = a.newKey ? u"NEW KEY"_s : u"new"_s;
            table.add({a.id, a.state == "pending"_L1 ? kind : a.state, a.deviceId, a.words.join(u' '), a.fingerprint, a.address,
                       format::ago(a.firstSeen, m_backend->clock()->now())},
                      a.newKey ? Colour::Failing : Colour::None);
        }
        print(table.text(terminalWidth(), wantsColour()).chopped(1));
        if (const qint64 total = answer["total"_L1].toInteger(); total > items.size())
            print(u"%1 of %2 are shown: --text PART finds others"_s.arg(items.size()).arg(total));
        done();
    });
}

void Commands::rejectFrom()
{
    const QString network = m_arguments.from;
    ask(u"Approvals.List"_s, {{"network"_L1, network}, {"limit"_L1, 1}}, [this, network](const QJsonValue &answer) {
        // As many as there are at this moment: more that come meanwhile are not meant.
        ask(u"Approvals.RejectFrom"_s, {{"address"_L1, network}, {"count"_L1, std::max<qint64>(answer["total"_L1].toInteger(), 1)}},
            [this](const QJsonValue &rejected) {
                print(m_arguments.json ? jsonText(rejected, true)
                                       : u"rejected %1 from %2"_s.arg(rejected["rejected"_L1].toInteger())
                                             .arg(escaped(rejected["network"_L1].toString())));
                done();
            });
    });
}

void Commands::decide()
{
    if (!m_arguments.from.isEmpty())
        return rejectFrom();
    // A key that was rejected may be accepted after all.
    const bool accept = m_arguments.command == "accept"_L1;
    QJsonObject params{{"state"_L1, accept ? u"all"_s : u"pending"_s}, {"limit"_L1, pageSize}};
    // However many wait: an approval's number is the newest below the next one, and a device is found by its id.
    bool isNumber = false;
    if (const qint64 number = m_arguments.words[0].toLongLong(&isNumber); isNumber)
        params.insert("after"_L1, QString::number(number + 1));
    else
        params.insert("text"_L1, m_arguments.words[0]);
    ask(u"Approvals.List"_s, params, [this](const QJsonValue &answer) {
        const QString wanted = m_arguments.words[0];
        QList<QJsonObject> found;
        for (const auto &item : answer["items"_L1].toArray()) {
            const QJsonObject approval = item.toObject();
            if (approval["state"_L1] == "accepted"_L1)
                continue;
            if (approval["id"_L1] == wanted) {
                found = {approval};
                break;
            }
            if (approval["device_id"_L1] == wanted)
                found << approval;
        }
        // Of several keys of one device the one that waits is meant, if only one does.
        if (found.size() > 1) {
            const QList<QJsonObject> all = found;
            found.removeIf([](const QJsonObject &approval) { return approval["state"_L1] != "pending"_L1; });
            if (found.size() != 1) {
                QStringList named;
                for (const QJsonObject &approval : all)
                    named << u"%1 (%2)"_s.arg(escaped(approval["id"_L1].toString()), escaped(approval["fingerprint"_L1].toString()));
                return fail(u"%1 has asked with several keys; name the approval: %2"_s.arg(escaped(wanted), named.join(u", "_s)));
            }
        }
        if (found.isEmpty())
            return fail(u"No key of \"%1\" waits; musterctl approvals names those that do"_s.arg(escaped(wanted)));
        decideOn(found.first());
    });
}

void Commands::decideOn(const QJsonObject &object)
{
    const bool accept = m_arguments.command == "accept"_L1;
    const Approval approval = Approval::fromJson(object);
    if (!m_arguments.json) {
        QString text = u"%1\n  words        %2\n  fingerprint  %3"_s.arg(escaped(approval.deviceId), escaped(approval.words.join(u' ')),
                                                                         escaped(approval.fingerprint));
        if (approval.newKey)
            text += u"\n  replaces     %1\n               %2"_s.arg(escaped(approval.replacesWords.join(u' ')),
                                                                    escaped(approval.replacesFingerprint));
        if (!approval.twins.isEmpty())
            text += u"\n  the same key is held by %1"_s.arg(escaped(approval.twins.join(u", "_s)));
        print(text);
    }
    // With the fingerprint that was shown: another key that came meanwhile is not accepted by mistake.
    ask(accept ? u"Approvals.Accept"_s : u"Approvals.Reject"_s, {{"id"_L1, approval.id}, {"fingerprint"_L1, object["fingerprint"_L1]}},
        [this, accept](const QJsonValue &answer) {
            print(m_arguments.json ? jsonText(answer, true) : accept ? u"accepted"_s : u"rejected"_s);
            done();
        });
}

// --- devices -------------------------------------------------------------------------------------------------------

void Commands::devices()
{
    QJsonObject params{{"limit"_L1, pageSize}, {"sort"_L1, m_arguments.sort.isEmpty() ? u"name"_s : m_arguments.sort}};
    if (!m_arguments.text.isEmpty())
        params["text"_L1] = m_arguments.text;
    const QString &state = m_arguments.state;
    if (state == "ok"_L1 || state == "warning"_L1 || state == "failing"_L1)
        params["level"_L1] = state;
    else if (!state.isEmpty())
        params["state"_L1] = state;
    askAll(u"Devices.List"_s, params, [this](const QJsonArray &items) { showDevices(items); });
}

void Commands::showDevices(const QJsonArray &items)
{
    if (m_arguments.json) {
        print(jsonText(items, true));
        return done();
    }
    if (items.isEmpty()) {
        const bool isNarrowed = !m_arguments.text.isEmpty() || !m_arguments.state.isEmpty();
        print(isNarrowed ? u"No device is like that."_s : u"There is no device yet: musterctl approvals names those that wait."_s);
        return done();
    }
    Table table({{u"DEVICE"_s, true},
                 {u"STATE"_s, true},
                 {u"CPU"_s, false, true},
                 {u"MEMORY"_s, false, true},
                 {u"DISK"_s, false, true},
                 {u"VERSION"_s},
                 {u"LAST EVIDENCE"_s}});
    for (const auto &item : items) {
        const Device d = Device::fromJson(item.toObject());
        // The id is what other commands take.
        table.add({d.name == d.id ? d.id : u"%1 (%2)"_s.arg(d.id, d.name),
                   format::deviceState(d, m_backend->clock()->now()) + (d.pendingKey ? u", NEW KEY"_s : QString()),
                   figure(HealthField::Cpu, d.cpu()), figure(HealthField::Memory, d.memory()), figure(HealthField::Disk, d.disk()),
                   d.agentVersion, format::ago(d.evidenceAt, m_backend->clock()->now())},
                  d.pendingKey ? Colour::Failing : colourOf(d));
    }
    print(table.text(terminalWidth(), wantsColour()).chopped(1));
    done();
}

// --- people --------------------------------------------------------------------------------------------------------

void Commands::audit()
{
    ask(u"Audit.List"_s, {{"limit"_L1, m_arguments.limit > 0 ? m_arguments.limit : auditEntries}}, [this](const QJsonValue &answer) {
        const QJsonArray items = answer["items"_L1].toArray();
        if (m_arguments.json) {
            print(jsonText(items, true));
            return done();
        }
        Table table({{u"TIME"_s}, {u"OUTCOME"_s, true}, {u"WHO"_s, true}, {u"METHOD"_s}, {u"ON"_s, true}, {u"DETAIL"_s, true}});
        for (const auto &item : items) {
            const QString outcome = item["outcome"_L1].toString();
            const QJsonValue detail = item["detail"_L1];
            table.add({item["time"_L1].toString(), outcome, item["actor"_L1].toString(), item["method"_L1].toString(),
                       item["target"_L1].toString(),
                       detail.isString()                                   ? detail.toString()
                       : detail.isObject() && !detail.toObject().isEmpty() ? jsonText(detail, false)
                                                                           : QString()},
                      outcome == "ok"_L1 ? Colour::None : Colour::Warning);
        }
        print(table.isEmpty() ? u"Nothing yet."_s : table.text(terminalWidth(), wantsColour()).chopped(1));
        done();
    });
}

} // namespace muster::cli
