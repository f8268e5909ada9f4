// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Commands/mock/mockcommands.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "mock/mockfleet.h"
#include "mock/mockpage.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster {

using namespace mock;

namespace {

constexpr qsizetype listedResult = 4096;
constexpr int firstIds = 500;
constexpr int manyOnce = 40;
constexpr std::array allStates{"queued"_L1, "sent"_L1, "running"_L1, "done"_L1, "failed"_L1, "expired"_L1, "cancelled"_L1};

bool isOpen(const QJsonObject &command)
{
    const QString state = command["state"_L1].toString();
    return state == "queued"_L1 || state == "sent"_L1 || state == "running"_L1;
}

QJsonValue time(qint64 msecs)
{
    return msecs > 0 ? QJsonValue(timeToJson(msecs)) : QJsonValue(QJsonValue::Null);
}

// As a list shows it: without a long result.
QJsonObject listed(QJsonObject command)
{
    const QJsonValue result = command.value("result"_L1); // [] would add it
    if ((result.isObject() || result.isArray()) && QJsonDocument(QJsonArray{result}).toJson(QJsonDocument::Compact).size() > listedResult) {
        command.remove("result"_L1);
        command["result_cut"_L1] = true;
    }
    return command;
}

} // namespace

MockCommands::MockCommands(MockFleet &fleet)
    : m_fleet(fleet)
{
    addMethods(fleet.table());
    fleet.table().topics[QString(contract::topic::commands)] = {.picture = [this](const QJsonObject &params) -> Result<QJsonObject> {
                                                                    // Nobody pages through what moves.
                                                                    QJsonObject picture = list(params);
                                                                    picture.remove("total"_L1);
                                                                    picture.remove("next"_L1);
                                                                    return picture;
                                                                },
                                                                .news = {}};
}

void MockCommands::addMethods(MockTable &table)
{
    const auto idOf = [](const QJsonObject &params) { return params["command"_L1].toString(); };
    const auto bulkOf = [](const QJsonObject &params) { return params["bulk"_L1].toString(); };
    table.add(contract::method::commandsList, [this](const QJsonObject &params) { return list(params); });
    table.add(contract::method::commandsGet, [this, idOf](const QJsonObject &params) { return get(idOf(params)); });
    table.add(contract::method::commandsReceipt, [this, idOf](const QJsonObject &params) { return receipt(idOf(params)); });
    table.addChanging(contract::method::commandsCancel,
                      [this, idOf](const QJsonObject &params) { return cancel(idOf(params), m_fleet.now()); });
    table.addChanging(contract::method::commandsCreate, [this](const QJsonObject &params) -> Result<QJsonValue> {
        if (!params.contains("selection"_L1))
            return create({params["device"_L1].toString()}, params, false, m_fleet.now());
        const Result<QStringList> devices = selected(params);
        return devices ? create(*devices, params, true, m_fleet.now()) : std::unexpected(devices.error());
    });
    table.add(contract::method::bulksGet, [this, bulkOf](const QJsonObject &params) { return bulk(bulkOf(params)); });
    table.addChanging(contract::method::bulksCancel,
                      [this, bulkOf](const QJsonObject &params) { return cancelBulk(bulkOf(params), m_fleet.now()); });
    table.addChanging(contract::method::bulksAgain, [this, bulkOf](const QJsonObject &params) {
        return again(bulkOf(params), params["count"_L1].toInt(), m_fleet.now());
    });
    table.add(contract::method::selectionsCreate, [this](const QJsonObject &params) { return select(params, m_fleet.now()); });
    table.addChanging(contract::method::devicesCall, [this](const QJsonObject &params) { return call(params); });
}

void MockCommands::begin()
{
    QStringList ids;
    for (const MockMembers::Member &m : m_fleet.members().all())
        ids << m.id;
    invent(ids, m_fleet.isHostile(), m_fleet.origin());
}

QJsonObject &MockCommands::make(const QString &device, const QString &kind, const QString &method, const QJsonObject &params,
                                const QString &by, qint64 at)
{
    m_commands.prepend({.json = {{"id"_L1, u"c%1"_s.arg(++m_last)},
                                 {"device"_L1, device},
                                 {"kind"_L1, kind},
                                 {"method"_L1, method},
                                 {"params"_L1, params},
                                 {"state"_L1, "queued"_L1},
                                 {"asked_by"_L1, by},
                                 {"asked_at"_L1, timeToJson(at)},
                                 {"expires_at"_L1, kind == "call"_L1 ? QJsonValue() : time(at + day)},
                                 {"sent_at"_L1, QJsonValue::Null},
                                 {"finished_at"_L1, QJsonValue::Null},
                                 {"receipt"_L1, false},
                                 {"bulk"_L1, QJsonValue::Null}}});
    return m_commands.first().json;
}

void MockCommands::finish(QJsonObject &command, const Result<QJsonValue> &answer, qint64 at)
{
    command["state"_L1] = answer ? "done"_L1 : "failed"_L1;
    command["finished_at"_L1] = timeToJson(at);
    command.remove("waits_for"_L1);
    if (answer)
        command["result"_L1] = *answer;
    else
        command["error"_L1] = QJsonObject{{"code"_L1, answer.error().code}, {"message"_L1, answer.error().message}};
    command["receipt"_L1] = command["kind"_L1] == "command"_L1 && !m_fleet.facts(command["device"_L1].toString()).byToken;
    m_fleet.books().noteHistory(command["device"_L1].toString(),
                                {{"time"_L1, timeToJson(at)},
                                 {"kind"_L1, "command"_L1},
                                 {"name"_L1, command["method"_L1]},
                                 {"data"_L1, QJsonObject{{"command"_L1, command["id"_L1]}, {"state"_L1, command["state"_L1]}}},
                                 {"text"_L1, answer ? u"done"_s : u"failed: "_s + answer.error().message},
                                 {"by"_L1, command["asked_by"_L1]}});
}

void MockCommands::invent(const QStringList &devices, bool hostile, qint64 origin)
{
    if (devices.isEmpty())
        return;
    const auto on = [&devices](qsizetype i) { return devices[i % devices.size()]; };
    const auto done = [this](const QString &device, const QString &method, const QJsonObject &params, const QString &by, qint64 at,
                             qint64 took) {
        QJsonObject &command = make(device, u"command"_s, method, params, by, at);
        command["sent_at"_L1] = timeToJson(at + 200);
        finish(command, m_fleet.ask(m_fleet.facts(device), method, params), at + took);
    };
    // Oldest first: each is put on top.
    for (int i = 0; i < 150; ++i)
        done(on(20 + i * 7),
             i % 3 == 0   ? u"Sys.GetInfo"_s
             : i % 3 == 1 ? u"Press.Counters"_s
                          : u"Config.Get"_s,
             {}, i % 4 == 0 ? u"eva"_s : u"admin"_s, origin - 3 * day - i * 11 * minute, 900);
    // The oldest were one call to many, and two of them failed.
    for (int i = 0; i < manyOnce; ++i) {
        QJsonObject &command = m_commands[m_commands.size() - 1 - i].json;
        command["bulk"_L1] = "bulk0"_L1;
        command["method"_L1] = "Config.Get"_L1;
        command["asked_by"_L1] = "eva"_L1;
        command["asked_at"_L1] = timeToJson(origin - 3 * day);
        if (i == 11 || i == 29) {
            command["state"_L1] = "failed"_L1;
            command.remove("result"_L1);
            command["error"_L1] = QJsonObject{{"code"_L1, int(TimedOut)}, {"message"_L1, "The worker did not answer"_L1}};
        }
    }
    std::ranges::reverse(m_commands);
    {
        QJsonObject &expired =
            make(on(9), u"command"_s, u"Config.Set"_s, {{"key"_L1, "ui.language"_L1}, {"value"_L1, "de"_L1}}, u"eva"_s, origin - 2 * day);
        expired["state"_L1] = "expired"_L1;
        expired["finished_at"_L1] = timeToJson(origin - day);
        expired["reason"_L1] = "The device did not come within 24 hours"_L1;
    }
    {
        QJsonObject &stopped = make(on(3), u"command"_s, u"selftest"_s, {}, u"admin"_s, origin - 20 * hour);
        stopped["sent_at"_L1] = timeToJson(origin - 20 * hour + 300);
        finish(stopped, failure(Interrupted, u"The device stopped while it ran: it may have run in part, and is not run again"_s),
               origin - 19 * hour);
    }
    done(on(2), u"Config.Get"_s, {}, u"admin"_s, origin - 5 * hour, 640);
    done(on(2), u"Press.SetSpeed"_s, {{"strokes_per_minute"_L1, 100}}, u"eva"_s, origin - 3 * hour, 410);
    {
        QJsonObject &cancelled = make(on(9), u"command"_s, u"Sys.Reboot"_s, {{"delay_s"_L1, 5}}, u"admin"_s, origin - 2 * hour);
        cancelled["state"_L1] = "cancelled"_L1;
        cancelled["finished_at"_L1] = timeToJson(origin - 100 * minute);
        cancelled["reason"_L1] = "Cancelled by admin before it was sent"_L1;
    }
    done(on(2), u"Camera.Snapshot"_s, {{"resolution"_L1, "1280x720"_L1}, {"tags"_L1, QJsonArray{"press"_L1, "north"_L1}}}, u"admin"_s,
         origin - 40 * minute, 2300);
    {
        QJsonObject &call = make(on(0), u"call"_s, u"Sys.GetInfo"_s, {}, u"admin"_s, origin - 22 * minute);
        call["sent_at"_L1] = timeToJson(origin - 22 * minute);
        finish(call, m_fleet.ask(m_fleet.facts(on(0)), u"Sys.GetInfo"_s, {}), origin - 22 * minute + 38);
    }
    {
        QJsonArray rows;
        for (int i = 0; i < 400; ++i)
            rows << QJsonObject{{"line"_L1, i}, {"force_kn"_L1, 12.4 + (i % 10) / 10.0}};
        QJsonObject &large = make(on(2), u"command"_s, u"Press.Counters"_s, {}, u"eva"_s, origin - 12 * minute);
        large["sent_at"_L1] = timeToJson(origin - 12 * minute);
        finish(large, QJsonValue(rows), origin - 12 * minute + 1200);
    }
    make(on(9), u"command"_s, u"Config.Set"_s, {{"key"_L1, "press.force_limit"_L1}, {"value"_L1, 13}}, u"admin"_s,
         origin - 6 * minute)["waits_for"_L1] = "device"_L1;
    {
        QJsonObject &sent = make(on(14), u"command"_s, u"Sys.GetInfo"_s, {}, u"eva"_s, origin - 8 * second);
        sent["state"_L1] = "sent"_L1;
        sent["sent_at"_L1] = timeToJson(origin - 7 * second);
    }
    {
        QJsonObject &running = make(on(2), u"command"_s, u"selftest"_s, {}, u"admin"_s, origin - 4 * second);
        running["state"_L1] = "running"_L1;
        running["sent_at"_L1] = timeToJson(origin - 3 * second);
    }
    if (hostile) {
        for (qsizetype i = 0; i < m_commands.size(); ++i) {
            QJsonObject &c = m_commands[i].json;
            c["method"_L1] = nasty(quint64(i));
            c["asked_by"_L1] = nasty(quint64(i + 2));
            c["params"_L1] = QJsonObject{{nasty(quint64(i + 3)), nasty(quint64(i + 1))}};
            if (c.contains("error"_L1))
                c["error"_L1] = QJsonObject{{"code"_L1, -1}, {"message"_L1, nasty(quint64(i + 1)).repeated(5)}};
            if (c.contains("result"_L1))
                c["result"_L1] = QJsonObject{{"a"_L1, nasty(quint64(i))}};
        }
    }
}

QJsonObject MockCommands::counts() const
{
    const auto of = [this](QLatin1StringView state) {
        return int(std::ranges::count_if(m_commands, [state](const Kept &kept) { return kept.json["state"_L1] == state; }));
    };
    return {{"queued"_L1, of("queued"_L1)}, {"sent"_L1, of("sent"_L1)}, {"running"_L1, of("running"_L1)}};
}

QJsonObject MockCommands::list(const QJsonObject &params) const
{
    const QString device = params["device"_L1].toString();
    const QString state = params["state"_L1].toString();
    const QString bulk = params["bulk"_L1].toString();
    QList<QJsonObject> found;
    for (const Kept &kept : m_commands) {
        if ((device.isEmpty() || kept.json["device"_L1] == device) && (bulk.isEmpty() || kept.json["bulk"_L1] == bulk)
            && (state.isEmpty() || kept.json["state"_L1] == state || (state == "open"_L1 && isOpen(kept.json))))
            found << listed(kept.json);
    }
    QJsonObject answer = page(found, params);
    answer["counts"_L1] = counts();
    return answer;
}

Result<QJsonValue> MockCommands::get(const QString &id) const
{
    const auto it = std::ranges::find_if(m_commands, [&id](const Kept &kept) { return kept.json["id"_L1] == id; });
    if (it == m_commands.cend())
        return failure(NotFound, u"There is no command \"%1\""_s.arg(id));
    return it->json;
}

Result<QJsonValue> MockCommands::bulk(const QString &bulk) const
{
    QJsonObject states;
    for (const QLatin1StringView state : allStates)
        states[state] = 0;
    QJsonObject one;
    int total = 0;
    for (const Kept &kept : m_commands) {
        if (kept.json["bulk"_L1] != bulk)
            continue;
        one = kept.json;
        const QString state = one["state"_L1].toString();
        states[state] = states[state].toInt() + 1;
        ++total;
    }
    if (total == 0)
        return failure(NotFound, u"There is no bulk \"%1\""_s.arg(bulk));
    return QJsonObject{{"bulk"_L1, bulk},
                       {"method"_L1, one["method"_L1]},
                       {"params"_L1, one["params"_L1]},
                       {"asked_by"_L1, one["asked_by"_L1]},
                       {"asked_at"_L1, one["asked_at"_L1]},
                       {"expires_at"_L1, one["expires_at"_L1]},
                       {"total"_L1, total},
                       {"states"_L1, states}};
}

Result<QJsonValue> MockCommands::cancelBulk(const QString &bulk, qint64 now)
{
    if (const Result<QJsonValue> found = this->bulk(bulk); !found)
        return found;
    int cancelled = 0;
    for (Kept &kept : m_commands) {
        if (kept.json["bulk"_L1] != bulk || kept.json["state"_L1] != "queued"_L1)
            continue;
        takeBack(kept, now);
        ++cancelled;
    }
    return QJsonObject{{"cancelled"_L1, cancelled}};
}

Result<QJsonValue> MockCommands::again(const QString &bulk, int count, qint64 now)
{
    const Result<QJsonValue> found = this->bulk(bulk);
    if (!found)
        return found;
    QStringList devices;
    for (const Kept &kept : std::as_const(m_commands)) {
        const QJsonValue state = kept.json["state"_L1];
        if (kept.json["bulk"_L1] == bulk && (state == "failed"_L1 || state == "expired"_L1))
            devices << kept.json["device"_L1].toString();
    }
    if (devices.size() != count)
        return failure(Conflict, u"It has failed on %1 devices by now, not %2"_s.arg(devices.size()).arg(count));
    const qint64 length = timeFromJson((*found)["expires_at"_L1]) - timeFromJson((*found)["asked_at"_L1]);
    const Result<QJsonValue> made = create(
        devices, {{"method"_L1, (*found)["method"_L1]}, {"params"_L1, (*found)["params"_L1]}, {"expires_at"_L1, timeToJson(now + length)}},
        true, now);
    return made ? Result<QJsonValue>(QJsonObject{{"bulk"_L1, (*made)["bulk"_L1]}, {"total"_L1, (*made)["total"_L1]}}) : made;
}

Result<QJsonValue> MockCommands::create(const QStringList &devices, const QJsonObject &params, bool isBulk, qint64 now)
{
    const QJsonValue bulk = isBulk ? QJsonValue(u"bulk%1"_s.arg(++m_bulks)) : QJsonValue(QJsonValue::Null);
    const QString method = params["method"_L1].toString();
    if (method.isEmpty())
        return failure(InvalidParams, u"\"method\" is missing"_s);
    QJsonArray items;
    for (const QString &id : devices) {
        const mock::Device device = m_fleet.facts(id);
        if (device.id.isEmpty())
            return failure(NotFound, u"There is no device \"%1\""_s.arg(id));
        QJsonObject &command = make(id, u"command"_s, method, params["params"_L1].toObject(), u"admin"_s, now);
        if (params.contains("expires_at"_L1))
            command["expires_at"_L1] = time(timeFromJson(params["expires_at"_L1]));
        command["bulk"_L1] = bulk;
        if (device.online)
            m_commands.first().stepAt = now;
        else
            command["waits_for"_L1] = "device"_L1;
        items << command;
    }
    const qsizetype total = items.size();
    while (items.size() > firstIds)
        items.removeLast();
    return QJsonObject{{"items"_L1, items}, {"total"_L1, total}, {"bulk"_L1, bulk}};
}

void MockCommands::takeBack(Kept &kept, qint64 now)
{
    kept.json["state"_L1] = "cancelled"_L1;
    kept.json["finished_at"_L1] = timeToJson(now);
    kept.json["reason"_L1] = "Cancelled by admin before it was sent"_L1;
    kept.json.remove("waits_for"_L1);
    kept.stepAt = 0;
}

Result<QJsonValue> MockCommands::cancel(const QString &id, qint64 now)
{
    const auto it = std::ranges::find_if(m_commands, [&id](const Kept &kept) { return kept.json["id"_L1] == id; });
    if (it == m_commands.end())
        return failure(NotFound, u"There is no command \"%1\""_s.arg(id));
    if (it->json["state"_L1] != "queued"_L1)
        return failure(Conflict, u"It was sent already, and the device may have begun: only what waits can be cancelled"_s);
    takeBack(*it, now);
    return it->json;
}

Result<QJsonValue> MockCommands::receipt(const QString &id) const
{
    const Result<QJsonValue> found = get(id);
    if (!found)
        return std::unexpected(found.error());
    const QJsonObject command = found->toObject();
    if (!command["receipt"_L1].toBool())
        return failure(NotFound, u"There is no receipt for this command yet"_s);
    return QJsonObject{
        {"muster_receipt"_L1, 1},
        {"command"_L1, QJsonObject{{"id"_L1, id},
                                   {"device_id"_L1, command["device"_L1]},
                                   {"method"_L1, command["method"_L1]},
                                   {"params"_L1, command["params"_L1]},
                                   {"asked_by"_L1, command["asked_by"_L1]},
                                   {"asked_at"_L1, command["asked_at"_L1]}}},
        {"public_key"_L1,
         "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAy/vLRlSFbgiYw9Aq38+/welDE9z9bKR+B8M+zk8nlvY=\n-----END PUBLIC KEY-----\n"_L1},
        {"fingerprint"_L1, "SHA256:8e2NyMl/A8apH3LueRIDybSuIWFmME6BOOBDpKBc2f4"_L1},
        {"words"_L1, QJsonArray{"vehicle"_L1, "hockey"_L1, "impulse"_L1, "napkin"_L1, "usual"_L1, "today"_L1}},
        {"message"_L1, u"{\"jsonrpc\":\"2.0\",\"method\":\"Command.Done\",\"params\":{\"command\":\"%1\"}}"_s.arg(id)}};
}

Result<QJsonValue> MockCommands::call(const QJsonObject &params)
{
    const auto device = m_fleet.known(params["id"_L1].toString());
    if (!device)
        return std::unexpected(device.error());
    if (!device->online)
        return failure(DeviceOffline, u"The device is not connected"_s);
    const QString method = params["method"_L1].toString();
    const QJsonObject asked = params["params"_L1].toObject();
    const Result<QJsonValue> answer = m_fleet.ask(*device, method, asked);
    // Calls that somebody waited for stand in the books, too.
    QJsonObject &noted = make(device->id, u"call"_s, method, asked, u"admin"_s, m_fleet.now());
    noted["sent_at"_L1] = timeToJson(m_fleet.now());
    finish(noted, answer, m_fleet.now() + 38);
    return answer;
}

Result<QJsonValue> MockCommands::select(const QJsonObject &params, qint64 now)
{
    QStringList devices;
    if (params.contains("devices"_L1)) {
        for (const auto &id : params["devices"_L1].toArray())
            devices << id.toString();
    } else {
        for (const MockMembers::Member *m : m_fleet.members().select(params))
            devices << m->id;
    }
    if (devices.isEmpty())
        return failure(InvalidParams, u"No device matches: there is nothing to choose"_s);
    const QString id = u"sel%1"_s.arg(m_selections.size() + 1);
    m_selections[id] = devices;
    const auto away = std::ranges::count_if(devices, [this](const QString &device) { return !m_fleet.facts(device).online; });
    return QJsonObject{{"selection"_L1, id},
                       {"total"_L1, devices.size()},
                       {"away"_L1, qint64(away)},
                       {"ids"_L1, QJsonArray::fromStringList(devices.first(std::min<qsizetype>(devices.size(), firstIds)))},
                       {"expires_at"_L1, timeToJson(now + 15 * minute)}};
}

Result<QStringList> MockCommands::selected(const QJsonObject &params) const
{
    const auto it = m_selections.constFind(params["selection"_L1].toString());
    if (it == m_selections.cend())
        return failure(NotFound, u"This list is not kept any more: choose again"_s);
    const int count = params["count"_L1].toInt(-1);
    if (count != it->size())
        return failure(Conflict, u"The list has %1 devices, not %2"_s.arg(it->size()).arg(count));
    return *it;
}

void MockCommands::setNow(qint64 now)
{
    for (Kept &kept : m_commands) {
        if (kept.stepAt == 0 || now < kept.stepAt + second)
            continue;
        QJsonObject &command = kept.json;
        const QString device = command["device"_L1].toString();
        if (command["state"_L1] == "queued"_L1) {
            command["state"_L1] = "running"_L1;
            command["sent_at"_L1] = timeToJson(now);
            kept.stepAt = now;
        } else {
            kept.stepAt = 0;
            finish(command, m_fleet.ask(m_fleet.facts(device), command["method"_L1].toString(), command["params"_L1].toObject()), now);
        }
    }
}

} // namespace muster
