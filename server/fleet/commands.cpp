// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/commands.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "protocol/signing/canonical.h"
#include "server/deviceerror.h"
#include "server/fleet/commandjson.h"
#include "server/fleet/randomid.h"
#include "server/fleet/reported.h"
#include "server/secrets.h"
#include "server/steadytime.h"
#include "server/timetext.h"

#include <QJsonArray>
#include <QLoggingCategory>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::fleet {

using store::CommandKind;
using store::CommandState;

namespace {

Q_LOGGING_CATEGORY(logCommands, "muster.commands")

constexpr auto changesEvery = 250ms;
/// Ends are judged to the second.
constexpr auto ticksEvery = 1s;
constexpr auto expiredEvery = 60s;
/// A device that did not answer is asked again after this while it stays connected.
constexpr qint64 retryAfter = 30'000;
/// One that says it did not begin, sooner: its worker may register at any moment.
constexpr qint64 retryUnbegun = 5000;
constexpr qint64 reconnected = 1000;
/// Devices keep the ids of commands for 30 days: what was sent and is not told by then will not be told.
constexpr qint64 toldWithin = 30LL * 24 * 3'600'000;

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

/// What goes through other ways alone: a Command.Run that these books do not know would leave a receipt that nobody takes, and a
/// stream has to have a reader.
Result<void> mayBeAsked(const QString &method, const QJsonObject &params)
{
    // As messages count them (protocol/rpc/message.h): what is refused at the device would look like silence.
    if (method.isEmpty() || method.size() > limits::deviceIdLength || cleanText(method, method.size()) != method)
        return failure(InvalidParams, u"a method's name has 1 to 128 characters, and no control characters"_s);
    if (method == methods::commandRun)
        return failure(InvalidParams, u"%1 is what Commands.Create sends: ask for the method itself"_s.arg(method));
    if (method == methods::containerLogs && params.contains("stream"_L1))
        return failure(InvalidParams, u"a stream needs a reader: subscribe to the live topic \"logs\""_s);
    return {};
}

/// Whether params can go over the line, and be read there. @param inside how many objects they stand in
Result<void> canBeSent(QJsonObject params, int inside)
{
    for (int i = 0; i < inside; ++i)
        params = QJsonObject{{"params"_L1, params}};
    const auto canonical = canonicalJson(params);
    if (!canonical)
        return failure(InvalidParams, u"the params cannot be sent: %1"_s.arg(canonical.error().message));
    if (const auto read = parseJsonObject(*canonical); !read)
        return failure(InvalidParams, u"the params cannot be sent: %1"_s.arg(read.error().message));
    return {};
}

QString withoutTexts(QString text, const QJsonObject &params)
{
    for (const QString &secret : secretTexts(params))
        text.replace(secret, u"…"_s);
    return text;
}

/// What a device said to a call, as it is kept.
/// @param params of the call: an error that quotes their secrets does not get them kept
QJsonObject outcomeOf(const Result<QJsonValue> &answer, const QJsonObject &params)
{
    if (!answer) {
        Error error = answer.error();
        error.message = withoutTexts(error.message, params);
        return {{"error"_L1, errorToJson(error)}};
    }
    return {{"result"_L1, *answer}};
}

} // namespace

QJsonObject Commands::Open::toJson() const
{
    return {{"queued"_L1, queued}, {"sent"_L1, sent}, {"running"_L1, running}};
}

Commands::Commands(Fleet &fleet, store::CommandStore &store, Counters &counters)
    : m_fleet(fleet)
    , m_store(store)
    , m_counters(counters)
    , m_changes(this)
    , m_ticks(this)
    , m_expiry(this)
{
    m_changes.setSingleShot(true);
    m_changes.setInterval(changesEvery);
    connect(&m_changes, &QTimer::timeout, this, [this] { emit changed(std::exchange(m_changed, {})); });
    m_ticks.setInterval(ticksEvery);
    connect(&m_ticks, &QTimer::timeout, this, &Commands::tick);
    m_expiry.setInterval(expiredEvery);
    connect(&m_expiry, &QTimer::timeout, this, &Commands::expireOld);
    connect(&m_fleet, &Fleet::cameOnline, this, [this](const QString &device) {
        // Whatever was on its way over an older connection is asked about anew.
        const auto lane = m_lanes.constFind(device);
        if (lane == m_lanes.cend())
            return;
        const QStringList names = lane->names;
        for (const QString &name : names)
            m_open[name].retryAt = 0;
        deliver(device);
    });
    connect(&m_fleet.enrolment(), &Enrolment::forgotten, this, &Commands::deviceForgotten);
}

Result<void> Commands::load()
{
    const auto open = m_store.loadOpen().result();
    if (!open)
        return std::unexpected(open.error());
    for (const Record &record : *open)
        keep(record);
    // Timers belong to the thread that this object moves to; they start there.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_ticks.start();
            m_expiry.start();
        },
        Qt::QueuedConnection);
    return {};
}

void Commands::touch(const QString &device)
{
    m_changed.insert(device);
    if (!m_changes.isActive())
        m_changes.start();
}

void Commands::keep(const Record &record)
{
    const qsizetype bytes = jsonBytes(record.params);
    m_openBytes += bytes;
    m_open.insert(record.name, {.record = record, .bytes = bytes});
    m_lanes[record.deviceId].names.append(record.name);
    touch(record.deviceId);
}

void Commands::drop(const QString &name)
{
    const auto found = m_open.find(name);
    if (found == m_open.end())
        return;
    const QString device = found->record.deviceId;
    m_openBytes -= found->bytes;
    m_open.erase(found);
    Lane &lane = m_lanes[device];
    lane.names.removeOne(name);
    if (lane.names.isEmpty() && lane.busy.isEmpty())
        m_lanes.remove(device);
    touch(device);
}

// --- asking --------------------------------------------------------------------------------------------------------

Result<void> Commands::check(const Order &order) const
{
    if (order.devices.isEmpty())
        return failure(InvalidParams, u"no device was chosen"_s);
    if (const auto good = mayBeAsked(order.method, order.params); !good)
        return good;
    if (const qsizetype bytes = jsonBytes(order.params); bytes > paramBytes)
        return failure(TooLarge, u"the params have %1 bytes: a command takes %2"_s.arg(bytes).arg(paramBytes));
    // What the device could not read would come back to it for ever: Command.Run has them in its own.
    if (const auto good = canBeSent(order.params, 2); !good)
        return good;
    if (m_open.size() + m_addingInAll + order.devices.size() > mostOpen
        || m_openBytes + m_addingBytes + jsonBytes(order.params) * order.devices.size() > mostOpenBytes)
        return failure(TooMany, u"%1 commands wait already: cancel some, or wait"_s.arg(m_open.size() + m_addingInAll));
    QStringList missing;
    for (const QString &device : order.devices) {
        if (!m_fleet.registry().knows(device) || m_fleet.enrolment().isForgetting(device))
            missing.append(device);
        else if (const qsizetype open = m_lanes.value(device).names.size() + m_adding.value(device); open >= mostOpenPerDevice)
            return failure(TooMany, u"%1 commands wait for %2 already: cancel some, or wait"_s.arg(open).arg(device));
    }
    if (missing.isEmpty())
        return {};
    if (order.bulk.isEmpty())
        return failure(NotFound, u"there is no device \"%1\""_s.arg(cleanText(missing.first(), limits::deviceIdLength)));
    return failure(Conflict,
                   u"%1 of the chosen devices are gone since, %2 for one: choose them again"_s.arg(missing.size()).arg(missing.first()));
}

QFuture<Result<QList<QJsonObject>>> Commands::create(const Order &order, const Asker &by)
{
    using Answer = Result<QList<QJsonObject>>;
    if (const auto good = check(order); !good)
        return refused<QList<QJsonObject>>(good.error());
    const qint64 time = now();
    if (order.expiresAt <= time)
        return refused<QList<QJsonObject>>({.code = InvalidParams, .message = u"expires_at is over already"_s});
    QList<Record> records;
    records.reserve(order.devices.size());
    for (const QString &device : order.devices)
        records.append({.name = randomId('c'),
                        .deviceId = device,
                        .method = order.method,
                        .params = order.params,
                        .account = by.account,
                        .askedBy = by.name,
                        .askedAt = time,
                        .expiresAt = order.expiresAt,
                        .outcome = {},
                        .bulk = order.bulk});
    const bool isBulk = !order.bulk.isEmpty();
    QJsonObject detail{{"method"_L1, order.method}, {"params"_L1, order.params}};
    if (isBulk)
        detail.insert("devices"_L1, records.size());
    else
        detail.insert("command"_L1, records.first().name);
    const auto entry = auditOf(by, u"Commands.Create"_s, isBulk ? order.bulk : order.devices.first(), detail);
    const qsizetype bytes = jsonBytes(order.params) * records.size();
    for (const Record &record : records)
        ++m_adding[record.deviceId];
    m_addingInAll += records.size();
    m_addingBytes += bytes;
    return m_store.add(records, entry).then(this, [this, records, bytes](const Result<int> &added) -> Answer {
        for (const Record &record : records) {
            if (const auto adding = m_adding.find(record.deviceId); --*adding == 0)
                m_adding.erase(adding);
        }
        m_addingInAll -= records.size();
        m_addingBytes -= bytes;
        if (!added)
            return std::unexpected(added.error());
        QList<QJsonObject> made;
        made.reserve(records.size());
        for (const Record &record : records) {
            keep(record);
            made.append(toJson(record));
        }
        for (const Record &record : records)
            deliver(record.deviceId);
        return made;
    });
}

QFuture<Result<QJsonObject>> Commands::cancel(const QString &name, const Asker &by)
{
    using Answer = Result<QJsonObject>;
    const auto found = m_open.constFind(name);
    if (found == m_open.cend() || found->ending) {
        // Ended, or never there: the store knows which.
        return m_store.get(name).then(this, [](const Result<Record> &record) -> Answer {
            if (!record)
                return std::unexpected(record.error());
            return failure(Conflict,
                           u"the command is %1 already: only a queued one can be cancelled"_s.arg(commandStateName(record->state)));
        });
    }
    const Lane lane = m_lanes.value(found->record.deviceId);
    if (found->record.state != State::Queued || lane.busy == name)
        return refused<QJsonObject>(
            {.code = Conflict,
             .message = u"the command is on its way to %1: only a queued one can be cancelled"_s.arg(found->record.deviceId)});
    const auto entry =
        auditOf(by, u"Commands.Cancel"_s, found->record.deviceId, {{"command"_L1, name}, {"method"_L1, found->record.method}});
    return end(name, State::Cancelled, u"cancelled by %1"_s.arg(by.name), false, {}, entry)
        .then(this, [this, name](const Result<int> &) { return m_store.get(name); })
        .unwrap()
        .then(this, [this](const Result<Record> &now) -> Answer {
            if (!now)
                return std::unexpected(now.error());
            if (now->state != State::Cancelled)
                return failure(Conflict, u"the command is %1 already"_s.arg(commandStateName(now->state)));
            return toJson(*now);
        });
}

QFuture<Result<int>> Commands::cancelBulk(const QString &bulk, const Asker &by)
{
    QList<Record> records;
    for (auto &kept : m_open) {
        Record record = kept.record;
        if (record.bulk != bulk || record.state != State::Queued || kept.ending || m_lanes.value(record.deviceId).busy == record.name)
            continue;
        kept.ending = true;
        record.state = State::Cancelled;
        record.reason = u"cancelled by %1"_s.arg(by.name);
        record.finishedAt = now();
        records.append(record);
    }
    if (records.isEmpty())
        return ready<Result<int>>(0);
    const auto entry = auditOf(by, u"Bulks.Cancel"_s, bulk, {{"method"_L1, records.first().method}, {"commands"_L1, records.size()}});
    return m_store.finishQueued(records, entry).then(this, [this, records](const Result<QSet<QString>> &written) -> Result<int> {
        for (const Record &record : records) {
            const auto open = m_open.find(record.name);
            if (open == m_open.end())
                continue;
            open->ending = false; // where it was not written: its end is not this one
            if (written && written->contains(record.name))
                ended(record);
        }
        return written ? Result<int>(int(written->size())) : std::unexpected(written.error());
    });
}

QFuture<Result<QJsonValue>> Commands::call(const QString &device, const QString &method, const QJsonObject &params,
                                           std::chrono::milliseconds timeout, const Asker &by, bool inHistory)
{
    if (const auto good = mayBeAsked(method, params); !good)
        return refused<QJsonValue>(good.error());
    if (const auto good = canBeSent(params, 1); !good)
        return refused<QJsonValue>(good.error());
    if (!m_fleet.registry().knows(device))
        return m_fleet.call(device, method, params, timeout); // its error says it; there is nothing to list
    const Record record{.name = randomId('d'),
                        .deviceId = device,
                        .kind = CommandKind::Call,
                        .method = cleanText(method, limits::deviceIdLength),
                        .params = withoutSecrets(params, Hidden::Texts).toObject(), // the device has them; nobody else needs them again
                        .state = State::Running,
                        .account = by.account,
                        .askedBy = by.name,
                        .askedAt = now(),
                        .expiresAt = {},
                        .sentAt = now(),
                        .outcome = {}};
    m_calls.insert(record.name, record);
    touch(device);
    return m_fleet.call(device, method, params, timeout).then(this, [this, record, params, inHistory](const Result<QJsonValue> &answer) {
        Record call = record;
        call.forgotten = m_calls.value(record.name).forgotten;
        call.state = answer ? State::Done : State::Failed;
        call.finishedAt = now();
        call.outcome = outcomeOf(answer, params);
        call.reason = answer ? QString() : withoutTexts(answer.error().message, params);
        m_store.addCall(call).then(this, [this, call](const Result<int> &added) {
            // Listed from memory until the store has it.
            m_calls.remove(call.name);
            if (!added)
                qCWarning(logCommands).noquote()
                    << "the call of" << call.method << "on" << call.deviceId << "could not be kept:" << added.error().message;
            touch(call.deviceId);
        });
        if (inHistory)
            noteHistory(call);
        return answer;
    });
}

// --- delivering ----------------------------------------------------------------------------------------------------

void Commands::deliver(const QString &device)
{
    const auto lane = m_lanes.find(device);
    if (m_stopped || !m_authorizer || lane == m_lanes.end() || !lane->busy.isEmpty() || !m_fleet.registry().isOnline(device))
        return;
    const qint64 time = steadyNow();
    for (const QString &name : std::as_const(lane->names)) {
        const Kept &kept = *m_open.constFind(name);
        if (kept.ending || kept.record.forgotten || kept.record.state == State::Running)
            continue;
        if (kept.retryAt > time && kept.mayBePassed)
            continue; // its program is not there: that is no reason for others to wait
        if (kept.retryAt > time)
            return; // those behind it wait as well: a device is asked in order
        lane->busy = name;
        m_authorizer(kept.record.account).then(this, [this, name, device](const Result<void> &allowed) {
            if (m_open.contains(name))
                authorized(name, allowed);
            else
                next(device);
        });
        return;
    }
}

void Commands::next(const QString &device)
{
    const auto lane = m_lanes.find(device);
    if (lane == m_lanes.end())
        return;
    lane->busy.clear();
    if (lane->names.isEmpty())
        m_lanes.erase(lane);
    else
        deliver(device);
}

void Commands::pause(const QString &name, qint64 length)
{
    if (const auto kept = m_open.find(name); kept != m_open.end())
        kept->retryAt = steadyNow() + length;
}

void Commands::authorized(const QString &name, const Result<void> &allowed)
{
    const auto kept = m_open.constFind(name);
    const QString device = kept->record.deviceId;
    if (!allowed && allowed.error().code == Unavailable) {
        pause(name, retryAfter);
        return next(device);
    }
    if (!allowed) {
        const QString reason =
            kept->record.state == State::Queued
                ? allowed.error().message
                : u"%1. It was sent before; if the device has begun it, its receipt will say so"_s.arg(allowed.error().message);
        end(name, State::Cancelled, reason, true).then(this, [this, device](const Result<int> &) { next(device); });
        return;
    }
    if (const qint64 expires = kept->record.expiresAt.value_or(0); kept->record.state == State::Queued && expires && expires <= now()) {
        pause(name, retryAfter); // the next tick ends it
        return next(device);
    }
    if (kept->record.state == State::Sent && !m_fleet.can(device, Ability::DurableCommands)) {
        // It would run once more.
        end(name, State::Failed, u"it was sent before, and %1 keeps no books: nobody knows whether it ran"_s.arg(device), true)
            .then(this, [this, device](const Result<int> &) { next(device); });
        return;
    }
    // On the disk before the device hears of it: a server that dies in between must not take it for one that was never sent.
    m_store.setSent(name, now()).then(this, [this, name, device](const Result<int> &written) {
        if (!written || *written == 0 || !m_open.contains(name)) {
            pause(name, retryAfter);
            return next(device);
        }
        send(name);
    });
}

void Commands::send(const QString &name)
{
    Kept &kept = m_open[name];
    kept.record.state = State::Sent;
    kept.record.sentAt = now();
    const Record &record = kept.record;
    QJsonObject params{{"command"_L1, name}, {"method"_L1, record.method}, {"params"_L1, record.params}};
    if (record.expiresAt)
        params.insert("expires_at"_L1, timestampText(*record.expiresAt));
    touch(record.deviceId);
    if (!m_fleet.can(record.deviceId, Ability::DurableCommands)) {
        m_fleet.call(record.deviceId, record.method, record.params, limits::callTimeout)
            .then(this, [this, name, device = record.deviceId](const Result<QJsonValue> &answer) {
                answeredOnce(name, answer);
                next(device);
            });
        return;
    }
    m_fleet.call(record.deviceId, methods::commandRun, params, limits::callTimeout)
        .then(this, [this, name, device = record.deviceId](const Result<QJsonValue> &answer) {
            answered(name, answer);
            next(device);
        });
}

void Commands::answered(const QString &name, const Result<QJsonValue> &answer)
{
    const auto kept = m_open.find(name);
    if (kept == m_open.end())
        return; // its receipt was faster
    const auto noteWritten = [name](const Result<int> &written) {
        if (!written)
            qCWarning(logCommands).noquote() << "the state of command" << name << "could not be kept:" << written.error().message;
    };
    if (answer) {
        const QString state = (*answer)["state"_L1].toString();
        if (state == "expired"_L1) {
            end(name, State::Expired, u"the device had it too late: its time was over before it began"_s, true).then(this, noteWritten);
            return;
        }
        if (state == "running"_L1 || state == "done"_L1) {
            // Done, but not proven: the receipt comes by itself.
            kept->record.state = State::Running;
            touch(kept->record.deviceId);
            m_store.setRunning(name).then(this, noteWritten);
            return;
        }
        end(name, State::Failed, u"the device answered \"%1\", which is no state of a command"_s.arg(cleanText(state, 40)), true)
            .then(this, noteWritten);
        return;
    }
    // A device that is there and says so is neither away nor late.
    const bool saysSo = isDeviceError(answer.error());
    switch (const int code = answer.error().code; saysSo && (code == DeviceOffline || code == TimedOut) ? int(InternalError) : code) {
    case DeviceOffline: // it may be there again already, over a newer connection
        return pause(name, reconnected);
    case TimedOut:
    case TooMany: // nobody knows whether it was begun: the device is asked again, and its journal makes it run once
        return pause(name, retryAfter);
    case Unavailable: // the device says that it did not begin
        kept->record.state = State::Queued;
        kept->record.sentAt.reset();
        kept->mayBePassed = true;
        pause(name, retryUnbegun);
        touch(kept->record.deviceId);
        m_store.setQueued(name).then(this, noteWritten);
        return;
    default:
        end(name, State::Failed, u"the device refused it: %1"_s.arg(withoutTexts(answer.error().message, kept->record.params)), true,
            outcomeOf(answer, kept->record.params))
            .then(this, noteWritten);
    }
}

void Commands::answeredOnce(const QString &name, const Result<QJsonValue> &answer)
{
    const auto kept = m_open.constFind(name);
    if (kept == m_open.cend())
        return; // forgotten meanwhile
    const QString device = kept->record.deviceId;
    const QJsonObject params = kept->record.params;
    QString reason = answer ? u"%1 answered; it signs no receipts"_s.arg(device) : withoutTexts(answer.error().message, params);
    if (!answer && !isDeviceError(answer.error()) && (answer.error().code == DeviceOffline || answer.error().code == TimedOut))
        reason = u"%1. Nobody knows whether it ran: %2 keeps no books"_s.arg(reason, device);
    end(name, answer ? State::Done : State::Failed, reason, true, outcomeOf(answer, params)).then(this, [name](const Result<int> &written) {
        if (!written)
            qCWarning(logCommands).noquote() << "the end of command" << name << "could not be kept:" << written.error().message;
    });
}

// --- ending --------------------------------------------------------------------------------------------------------

QFuture<Result<int>> Commands::end(const QString &name, State state, const QString &reason, bool mayBeSent,
                                   const std::optional<QJsonObject> &outcome, const std::optional<store::AuditEntry> &entry)
{
    Kept &kept = m_open[name];
    kept.ending = true;
    Record record = kept.record;
    record.state = state;
    record.reason = reason;
    record.finishedAt = now();
    if (outcome)
        record.outcome = *outcome;
    return m_store.finish(record, mayBeSent, entry).then(this, [this, record](const Result<int> &written) {
        const auto open = m_open.find(record.name);
        if (open == m_open.end())
            return written; // its receipt came meanwhile
        if (!written || *written == 0) {
            // The disk is full, say: tried again at the next tick.
            open->ending = false;
            return written;
        }
        ended(record);
        return written;
    });
}

void Commands::ended(const Record &record)
{
    drop(record.name);
    switch (record.state) {
    case State::Done: ++m_counters.commandsDone; break;
    case State::Expired: ++m_counters.commandsExpired; break;
    case State::Cancelled: ++m_counters.commandsCancelled; break;
    default: ++m_counters.commandsFailed; break;
    }
    touch(record.deviceId);
    noteHistory(record);
    deliver(record.deviceId); // others may have waited behind it
}

QFuture<Result<QJsonValue>> Commands::takeReceipt(const Receipt &receipt, const QString &message, const QByteArray &spki)
{
    using Answer = Result<QJsonValue>;
    return m_store.keepReceipt(receipt, message, spki, now())
        .then(this, [this, receipt](const Result<store::CommandStore::Kept> &kept) -> Answer {
            if (!kept) {
                if (kept.error().code == NotFound || kept.error().code == Conflict)
                    ++m_counters.receiptsRefused;
                qCInfo(logCommands).noquote() << "a receipt of" << receipt.deviceId << "was refused:" << kept.error().message;
                return std::unexpected(kept.error());
            }
            if (kept->isNew)
                ended(kept->command);
            return QJsonObject{{"stored"_L1, true}};
        });
}

void Commands::deviceForgotten(const QString &device, const QString &by)
{
    m_selections.forget(device);
    for (Record &call : m_calls) {
        if (call.deviceId == device)
            call.forgotten = true;
    }
    const QStringList names = m_lanes.value(device).names;
    for (const QString &name : names) {
        m_open[name].record.forgotten = true;
        endForgotten(name, u"the device was forgotten by %1"_s.arg(by));
    }
}

void Commands::endForgotten(const QString &name, const QString &reason)
{
    const Kept &kept = m_open[name];
    if (!kept.ending)
        end(name, kept.record.state == State::Queued ? State::Cancelled : State::Failed, reason, true).then(this, [](const Result<int> &) {
        });
}

void Commands::tick()
{
    const qint64 time = now();
    const qint64 steady = steadyNow();
    QList<std::pair<QString, Record>> over;
    QSet<QString> waiting;
    for (auto kept = m_open.cbegin(); kept != m_open.cend(); ++kept) {
        const Record &record = kept->record;
        if (kept->ending || m_lanes.value(record.deviceId).busy == kept.key())
            continue;
        const qint64 expires = record.expiresAt.value_or(record.askedAt);
        if (record.forgotten) // its end could not be written then
            over.append({kept.key(), record});
        else if (record.state == State::Queued ? expires <= time : expires + toldWithin <= time)
            over.append({kept.key(), record});
        else if (record.state != State::Running && kept->retryAt != 0 && kept->retryAt <= steady)
            waiting.insert(record.deviceId);
    }
    for (const auto &[name, record] : std::as_const(over)) {
        if (record.forgotten)
            endForgotten(name, u"the device was forgotten"_s);
        else if (record.state == State::Queued)
            end(name, State::Expired, u"%1 was not there before its time was over"_s.arg(record.deviceId), false)
                .then(this, [](const Result<int> &) {});
        else
            end(name, State::Failed, u"%1 was sent it, and never said what became of it"_s.arg(record.deviceId), true)
                .then(this, [](const Result<int> &) {});
    }
    for (const QString &device : std::as_const(waiting))
        deliver(device);
}

void Commands::expireOld()
{
    m_store.expire(m_aging()).then(this, [this](const Result<bool> &more) {
        if (!more)
            qCWarning(logCommands).noquote() << "old commands could not be removed:" << more.error().message;
        else if (*more)
            expireOld();
    });
}

void Commands::shutDown()
{
    m_stopped = true;
    m_changes.stop();
    m_ticks.stop();
    m_expiry.stop();
}

void Commands::noteHistory(const Record &record)
{
    if (!m_fleet.registry().knows(record.deviceId))
        return; // forgotten: there is no history to stand in
    const QString state = commandStateName(record.state);
    QJsonObject data{{"command"_L1, record.name}, {"state"_L1, state}};
    // Which of a device's containers was meant, a person asks first.
    if (const QString container = record.params.value("id"_L1).toString();
        record.method.startsWith("Container."_L1) && !container.isEmpty())
        data.insert("container"_L1, cleanText(container, limits::deviceIdLength));
    m_fleet.history().note({.deviceId = record.deviceId,
                            .time = record.finishedAt.value_or(now()),
                            .kind = store::historykind::command,
                            .name = record.method,
                            .text = record.reason.isEmpty() ? state : u"%1: %2"_s.arg(state, cleanText(record.reason, limits::textLength)),
                            .data = data,
                            .source = {},
                            .by = record.askedBy});
}

// --- showing -------------------------------------------------------------------------------------------------------

Commands::Open Commands::counts(const QString &device) const
{
    Open open;
    const auto count = [&](const Record &record) {
        if (!device.isEmpty() && record.deviceId != device)
            return;
        ++(record.state == State::Queued ? open.queued : record.state == State::Sent ? open.sent : open.running);
    };
    for (const Kept &kept : m_open)
        count(kept.record);
    for (const Record &call : m_calls)
        count(call);
    return open;
}

QJsonObject Commands::toJson(const Record &record) const
{
    QJsonObject object = commandJson(record);
    if ((record.state == State::Queued || record.state == State::Sent) && !m_fleet.registry().isOnline(record.deviceId))
        object.insert("waits_for"_L1, u"device"_s);
    return object;
}

bool Commands::matches(const Record &record, const Query &query) const
{
    return (query.device.isEmpty() || (record.deviceId == query.device && !record.forgotten))
           && (query.states.isEmpty() || query.states.contains(record.state)) && (query.bulk.isEmpty() || record.bulk == query.bulk);
}

QFuture<Result<QJsonObject>> Commands::list(const Query &query)
{
    using Answer = Result<QJsonObject>;
    if (query.after.isEmpty())
        return listBefore(query, {});
    if (const auto call = m_calls.constFind(query.after); call != m_calls.cend())
        return listBefore(query, {.askedAt = call->askedAt, .id = 0});
    return m_store.get(query.after)
        .then(this,
              [this, query](const Result<Record> &last) -> QFuture<Answer> {
                  if (!last)
                      return ready<Answer>(std::unexpected(last.error()));
                  return listBefore(query, {.askedAt = last->askedAt, .id = last->id});
              })
        .unwrap();
}

QFuture<Result<QJsonObject>> Commands::listBefore(const Query &query, const store::CommandStore::Place &place)
{
    using Answer = Result<QJsonObject>;
    // One more tells whether there is another page.
    const store::CommandStore::Filter filter{.device = query.device, .states = query.states, .bulk = query.bulk};
    QFuture<Answer> found =
        m_store.list(filter, place, query.limit + 1).then(this, [this, query, place](const Result<QList<Record>> &stored) -> Answer {
            if (!stored)
                return std::unexpected(stored.error());
            QList<Record> records = *stored;
            for (const Record &call : std::as_const(m_calls)) {
                if (call.askedAt < place.askedAt && matches(call, query)
                    && std::ranges::find(records, call.name, &Record::name) == records.end())
                    records.append(call);
            }
            std::ranges::stable_sort(records, std::greater(), &Record::askedAt);
            const bool more = records.size() > query.limit;
            if (more)
                records.resize(query.limit);
            QJsonArray items;
            for (const Record &record : std::as_const(records))
                items.append(toJson(listed(record)));
            QJsonObject page{{"items"_L1, items}, {"counts"_L1, counts(query.device).toJson()}};
            if (more)
                page.insert("next"_L1, records.last().name);
            return page;
        });
    if (!query.wantsTotal)
        return found;
    return found
        .then(this,
              [this, query, filter](const Answer &listedPage) -> QFuture<Answer> {
                  if (!listedPage)
                      return ready(listedPage);
                  return m_store.count(filter).then(this, [this, query, listedPage](const Result<qint64> &stored) -> Answer {
                      if (!stored)
                          return std::unexpected(stored.error());
                      QJsonObject whole = *listedPage;
                      // Direct calls are written when they have ended.
                      const auto underWay = std::ranges::count_if(m_calls, [&](const Record &call) { return matches(call, query); });
                      whole.insert("total"_L1, *stored + underWay);
                      return whole;
                  });
              })
        .unwrap();
}

QFuture<Result<QJsonObject>> Commands::get(const QString &name)
{
    using Answer = Result<QJsonObject>;
    if (const auto call = m_calls.constFind(name); call != m_calls.cend())
        return ready<Answer>(toJson(*call));
    return m_store.get(name).then(this, [this](const Result<Record> &record) -> Answer {
        return record ? Answer(toJson(*record)) : Answer(std::unexpected(record.error()));
    });
}

QFuture<Result<QJsonObject>> Commands::receipt(const QString &name)
{
    return m_store.proof(name).then(this, [](const Result<store::CommandProof> &proof) -> Result<QJsonObject> {
        if (!proof)
            return std::unexpected(proof.error());
        return receiptJson(*proof);
    });
}

} // namespace muster::fleet
