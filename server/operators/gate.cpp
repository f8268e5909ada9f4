// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operators/gate.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "server/async.h"
#include "server/fleet/registry.h"
#include "server/steadytime.h"

#include <QLoggingCategory>

using namespace Qt::Literals::StringLiterals;

namespace muster::operators {

namespace {

Q_LOGGING_CATEGORY(logGate, "muster.gate")

/// What who is refused because of the disk is told, s.
constexpr int retryAfter = 5;
/// What a person does with a few devices, in a hurry and on average.
constexpr double changesAtOnce = 120;
constexpr qint64 msPerChange = 5000;
constexpr qint64 refusalsCountedFor = 10 * 60'000;

/// What is written of a question, before it is known what comes of it.
store::AuditEntry entryOf(const Caller &caller, const Method &method, const QJsonObject &params)
{
    return {.time = 0,
            .actor = caller.isSignedIn() ? caller.user : u"anonymous"_s,
            .session = caller.session,
            .address = caller.address,
            .method = method.name,
            .target = cleanText(method.targetOf ? method.targetOf(params) : params.value(method.target).toString(), limits::textLength),
            .outcome = {},
            .detail = params};
}

/// Who signs in is the one who did it: not nobody, and not whose session the same program had before.
store::AuditEntry ofWhoCame(store::AuditEntry entry, const QJsonValue &answer)
{
    entry.actor = answer["session"_L1]["user"_L1].toString();
    entry.session = answer["session"_L1]["id"_L1].toString();
    entry.target = entry.actor;
    return entry;
}

} // namespace

Gate::Gate(const MethodTable &table, store::AuditStore &audit, Counters &counters)
    : m_table(table)
    , m_audit(audit)
    , m_counters(counters)
{
}

Result<void> Gate::check(const Caller &caller, QLatin1StringView permission)
{
    if (caller.may(permission))
        return {};
    ++m_counters.requestsRefused;
    if (!caller.isSignedIn())
        return failure(Unauthenticated, u"sign in first"_s);
    return failure(Forbidden,
                   u"%1 (%2) lacks the permission %3: an admin can give it"_s.arg(caller.user, roleName(caller.role), permission));
}

Result<const Method *> Gate::admit(const Caller &caller, const QString &name, const QJsonObject &params)
{
    ++m_counters.requests;
    const Method *method = m_table.find(name);
    if (!method) {
        // Who is not signed in learns nothing, not even which methods there are.
        if (const auto allowed = check(caller, permission::signedIn); !allowed)
            return std::unexpected(allowed.error());
        return failure(MethodNotFound, u"there is no method \"%1\""_s.arg(name.left(80)));
    }
    const QByteArray permission = method->permission.toLatin1();
    if (const auto allowed = check(caller, QLatin1StringView(permission)); !allowed) {
        if (caller.isSignedIn() && method->audit != AuditClass::None)
            note(caller.account, entryOf(caller, *method, params), allowed);
        return std::unexpected(allowed.error());
    }
    if (const auto good = m_table.validate(*method, params); !good)
        return std::unexpected(good.error());
    if (const auto inside = checkScope(caller, *method, params); !inside) {
        ++m_counters.requestsRefused;
        return std::unexpected(inside.error());
    }
    return method;
}

Result<void> Gate::checkScope(const Caller &caller, const Method &method, const QJsonObject &params)
{
    const bool isOwnMatter = method.permission == permission::everyone || method.permission == permission::signedIn;
    if (!caller.devices || method.staysInScope)
        return {};
    if (!method.device.isEmpty()) {
        const QString device = params.value(method.device).toString();
        // Said as of one that is not there: whose it is, is nobody else's matter.
        return caller.sees(device) ? Result<void>() : Result<void>(std::unexpected(fleet::Registry::unknown(device)));
    }
    return isOwnMatter ? Result<void>()
                       : Result<void>(failure(
                             Forbidden, u"%1 (%2) sees single devices, and this is about more"_s.arg(caller.user, roleName(caller.role))));
}

QFuture<Result<QJsonValue>> Gate::invoke(const Caller &caller, const QString &name, const QJsonObject &params)
{
    using Answer = Result<QJsonValue>;
    const auto admitted = admit(caller, name, params);
    if (!admitted)
        return ready<Answer>(std::unexpected(admitted.error()));
    const Method *method = *admitted;
    if (!method->handler)
        return ready<Answer>(failure(MethodNotFound, u"%1 is for live sockets alone"_s.arg(name)));
    if (method->audit != AuditClass::None && caller.devices) {
        if (const auto slow = checkPace(caller); !slow)
            return ready<Answer>(std::unexpected(slow.error()));
    }
    if (const auto trouble = method->changesDevice && m_trouble ? m_trouble() : std::nullopt)
        return ready<Answer>(failure(Unavailable,
                                     u"what changes a device is refused while it cannot be written down: %1"_s.arg(trouble->message),
                                     QJsonObject{{"retry_after_s"_L1, retryAfter}}));
    const store::AuditEntry entry = method->audit == AuditClass::None ? store::AuditEntry() : entryOf(caller, *method, params);
    return method->handler(caller, params).then(this, [this, caller, method, entry](const Answer &answer) {
        if (answer)
            m_table.contract().check(method->name, *answer);
        if (method->audit == AuditClass::None)
            return answer;
        // A guesser who is stopped goes on asking: that is counted, or the audit would be theirs to fill.
        if (!answer && !caller.isSignedIn() && answer.error().code == TooMany)
            ++m_counters.attemptsLimited;
        else if (!answer)
            note(caller.account, entry, std::unexpected(answer.error()));
        else if (method->audit == AuditClass::Change)
            note(caller.account, method->opensSession ? ofWhoCame(entry, *answer) : entry, {});
        return answer;
    });
}

Result<void> Gate::checkPace(const Caller &caller)
{
    const qint64 now = steadyNow();
    Pace &pace = m_paces[caller.account];
    pace.left = pace.at == 0 ? changesAtOnce : std::min(changesAtOnce, pace.left + static_cast<double>(now - pace.at) / msPerChange);
    pace.at = now;
    if (pace.left < 1)
        return failure(TooMany, u"%1 changes too much: one change each %2 s, on average"_s.arg(caller.user).arg(msPerChange / 1000),
                       QJsonObject{{"retry_after_s"_L1, static_cast<qint64>((1 - pace.left) * msPerChange / 1000) + 1}});
    pace.left -= 1;
    return {};
}

bool Gate::mayNoteRefusal(qint64 account)
{
    if (const qint64 now = QDateTime::currentMSecsSinceEpoch(); qAbs(now - m_refusalsSince) > refusalsCountedFor) {
        m_refusals.clear();
        m_refusalsSince = now;
    }
    return ++m_refusals[account] <= refusalsWritten;
}

void Gate::note(qint64 account, store::AuditEntry entry, const Result<void> &outcome)
{
    if (!outcome && !mayNoteRefusal(account)) {
        ++m_counters.auditLeftOut;
        return;
    }
    entry.time = QDateTime::currentMSecsSinceEpoch();
    entry.outcome = outcome ? u"ok"_s : cleanText(outcome.error().message, limits::textLength);
    m_audit.add(entry).then(this, [this](const Result<int> &added) {
        if (!added && !(m_trouble && m_trouble())) // the database has said it once, and once is enough for the same disk
            qCWarning(logGate).noquote() << "the audit could not be written:" << added.error().message;
    });
}

} // namespace muster::operators
