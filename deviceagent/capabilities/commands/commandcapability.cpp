// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/commands/commandcapability.h"

#include "deviceagent/boottime.h"
#include "protocol/rpc/methods.h"
#include "protocol/rpc/timestamp.h"
#include "protocol/signing/canonical.h"
#include "protocol/signing/receipt.h"

#include <QLoggingCategory>
#include <QPromise>
#include <QTimeZone>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

Q_LOGGING_CATEGORY(logCommands, "muster.agent.commands", QtInfoMsg)

/// Commands at work at once: more wait at the server.
constexpr int mostRunning = 32;
constexpr qsizetype idLength = 64;
constexpr qsizetype methodLength = 128;
/// The journal's thread goes when there was nothing to write for so long.
constexpr int restAfterMs = 5000;
/// How often old commands are looked for, and from which size at once.
constexpr qint64 tidyEveryMs = 24LL * 3600 * 1000;
constexpr qint64 tidyFromBytes = 16LL * 1024 * 1024;

QDateTime at(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::UTC);
}

QString timestamp(qint64 ms)
{
    return QString::fromLatin1(toTimestamp(at(ms)));
}

bool isCommandId(const QString &id)
{
    return !id.isEmpty() && id.size() <= idLength
           && std::ranges::all_of(id, [](QChar c) { return (c.unicode() < 128 && c.isLetterOrNumber()) || c == u'-' || c == u'_'; });
}

QJsonObject stateAnswer(QLatin1StringView state)
{
    return {{"state"_L1, state}};
}

/// The server will never take this receipt: sending it again would only keep others waiting.
bool isFinal(int code)
{
    return code == InvalidParams || code == NotFound || code == MethodNotFound || code == Conflict || code == Forbidden || code == TooLarge;
}

} // namespace

CommandCapability::CommandCapability(ServerLink &link, Registry &registry, const Options &options, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_registry(registry)
    , m_options(options)
    , m_journal(std::make_shared<JournalFile>(options.journalPath))
{
    m_disk.setMaxThreadCount(1);
    m_disk.setExpiryTimeout(restAfterMs);
    m_retry.setSingleShot(true);
    m_retry.setTimerType(Qt::VeryCoarseTimer);
    m_retry.setInterval(options.retryEvery);
    connect(&m_retry, &QTimer::timeout, this, [this] {
        for (const Outcome &outcome : std::exchange(m_unwritten, {}))
            finish(outcome);
        tell();
    });
    // Only now the server's clock is known, in which outcomes are told.
    connect(&m_link, &ServerLink::accepted, this, [this] {
        finishInterrupted();
        tell();
        tidy();
    });
}

CommandCapability::~CommandCapability()
{
    m_disk.waitForDone();
}

template <typename T>
QFuture<T> CommandCapability::onDisk(std::function<T(JournalFile &)> job)
{
    const auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    m_disk.start([promise, journal = m_journal, job = std::move(job)] {
        promise->addResult(job(*journal));
        promise->finish();
    });
    return promise->future();
}

void CommandCapability::addMethods(Registry &registry)
{
    registry.add({.name = methods::commandRun,
                  .summary = "Runs a method once, and keeps what came of it until the server has it",
                  .params = R"({"type":"object","properties":{"command":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$"},)"
                            R"("method":{"type":"string"},"params":{"type":"object"},"expires_at":{"type":"string","format":"date-time"}},)"
                            R"("required":["command","method"]})",
                  .result = R"({"type":"object","properties":{"state":{"enum":["running","done","expired"]}},"required":["state"]})",
                  .call = [this](const QJsonObject &params) { return run(params); }});
}

void CommandCapability::start()
{
    using Owed = QList<std::pair<qint64, QByteArray>>;
    onDisk<Result<Owed>>([](JournalFile &journal) -> Result<Owed> {
        if (const Result<void> opened = journal.open(); !opened)
            return std::unexpected(opened.error());
        Owed owed;
        for (auto it = journal.entries().begin(); it != journal.entries().end(); ++it) {
            if (it->state == JournalFile::State::Done)
                owed.append({it->counter, it.key()});
        }
        return owed;
    }).then(this, [this](const Result<Owed> &owed) {
        if (!owed) {
            qCWarning(logCommands).noquote() << owed.error().message;
            return;
        }
        for (const auto &[counter, id] : *owed)
            m_owed.emplace(counter, id);
        tell();
    });
}

Result<CommandCapability::Command> CommandCapability::read(const QJsonObject &params) const
{
    Command command{.id = params.value("command"_L1).toString(),
                    .method = params.value("method"_L1).toString(),
                    .params = params.value("params"_L1).toObject()};
    if (!isCommandId(command.id))
        return failure(InvalidParams, u"\"command\" must have 1 to %1 letters, digits, - and _."_s.arg(idLength));
    if (command.method.isEmpty() || command.method.size() > methodLength)
        return failure(InvalidParams, u"\"method\" must be a method's name."_s);
    if (params.contains("params"_L1) && !params.value("params"_L1).isObject())
        return failure(InvalidParams, u"\"params\" must be an object."_s);
    // Nobody would be there to read it, or to give the inner one its receipt.
    if (command.method == methods::commandRun || (command.method == methods::containerLogs && command.params.contains("stream"_L1)))
        return failure(InvalidParams, u"A command can neither run a command nor open a stream."_s);
    const Result<QString> hash = requestHash(command.id, m_options.deviceId, command.method, command.params);
    if (!hash)
        return std::unexpected(hash.error());
    command.hash = *hash;
    return command;
}

QFuture<Answer> CommandCapability::run(const QJsonObject &params)
{
    Result<Command> command = read(params);
    if (!command)
        return ready(std::unexpected(command.error()));
    std::optional<qint64> expires;
    if (const QJsonValue value = params.value("expires_at"_L1); !value.isUndefined()) {
        const Result<QDateTime> time = timestampFromText(value.toString());
        if (!time)
            return ready(failure(InvalidParams, u"\"expires_at\": %1"_s.arg(time.error().message)));
        expires = time->toMSecsSinceEpoch();
    }
    command->startedAt = m_link.clock().now();
    const bool isExpired = expires && *expires <= command->startedAt;
    // What comes all at once counts before it has begun.
    const bool isBusy = m_running + m_beginning >= mostRunning;
    const Result<const Method *> method = m_registry.find(command->method);
    const bool isAwaited = !method && method.error().code == MethodNotFound && m_options.isComplete && !m_options.isComplete();
    // Looked up and written in one go, so that one id cannot begin twice.
    const auto job = [command = *command, isExpired, isBusy, isAwaited](JournalFile &journal) -> Result<Step> {
        if (!journal.isOpen()) {
            if (const Result<void> opened = journal.open(); !opened)
                return std::unexpected(opened.error());
        }
        if (const auto known = journal.entries().constFind(command.id.toLatin1()); known != journal.entries().constEnd()) {
            if (known->state == JournalFile::State::Expired)
                return Step::Expired;
            return known->state == JournalFile::State::Begun ? Step::Running : Step::Done;
        }
        if (isAwaited && !isExpired)
            return failure(Unavailable, u"No worker has registered %1 yet: it can begin when one has."_s.arg(command.method));
        if (isBusy && !isExpired)
            return failure(Unavailable, u"%1 commands run already: it can begin when one of them is done."_s.arg(mostRunning));
        const Result<void> written = journal.append(isExpired ? QJsonObject{{"expired"_L1, command.id}, {"at"_L1, command.startedAt}}
                                                              : QJsonObject{{"begun"_L1, command.id},
                                                                            {"method"_L1, command.method},
                                                                            {"request_hash"_L1, command.hash},
                                                                            {"at"_L1, command.startedAt}},
                                                    true);
        if (!written)
            return std::unexpected(written.error());
        return isExpired ? Step::Expired : Step::Begin;
    };
    ++m_beginning;
    return onDisk<Result<Step>>(job).then(this, [this, command = *command, isAwaited](const Result<Step> &step) -> Answer {
        --m_beginning;
        if (!step) {
            const QString said = u"command %1 was not begun: %2"_s.arg(command.id, step.error().message);
            if (isAwaited)
                qCInfo(logCommands).noquote() << said;
            else
                qCWarning(logCommands).noquote() << said;
            return std::unexpected(step.error());
        }
        switch (*step) {
        case Step::Expired: return stateAnswer("expired"_L1);
        case Step::Running: return stateAnswer("running"_L1);
        case Step::Done:
            onDisk<qint64>([id = command.id.toLatin1()](JournalFile &journal) {
                return journal.entries().value(id).counter;
            }).then(this, [this, id = command.id.toLatin1()](qint64 counter) { owe(counter, id); });
            return stateAnswer("done"_L1);
        case Step::Begin: break;
        }
        begin(command);
        return stateAnswer("running"_L1);
    });
}

void CommandCapability::begin(const Command &command)
{
    ++m_running;
    qCInfo(logCommands).noquote() << "command" << command.id << "runs" << command.method;
    m_registry.call(command.method, command.params).then(this, [this, command](const Answer &answer) {
        --m_running;
        Outcome outcome{.command = command, .finishedAt = m_link.clock().now(), .answer = fit(answer)};
        outcome.command.params = {};
        finish(outcome);
    });
}

Answer CommandCapability::fit(const Answer &answer) const
{
    const QJsonValue value = answer ? *answer : QJsonValue(errorToJson(answer.error()));
    const Result<QByteArray> text = canonicalJson(value);
    if (!text)
        return failure(InternalError, u"The result cannot be sent: %1"_s.arg(text.error().message));
    if (text->size() > limits::resultBytes)
        return failure(
            TooLarge,
            u"It was done; its result of %1 KiB is over the limit of %2."_s.arg(text->size() / 1024).arg(limits::resultBytes / 1024));
    // As deep as it will stand in the message: one that its reader refuses would be sent for ever.
    if (const Result<QJsonObject> read = parseJsonObject(R"({"params":{"result":)" + *text + "}}"); !read)
        return failure(InternalError, u"The result cannot be sent: %1"_s.arg(read.error().message));
    return answer;
}

void CommandCapability::finish(const Outcome &outcome)
{
    const auto job = [outcome](JournalFile &journal) -> Result<qint64> {
        // Told of once: what was interrupted may be found more than once before it is written.
        if (const auto known = journal.entries().value(outcome.command.id.toLatin1()); known.state != JournalFile::State::Begun)
            return known.counter;
        const qint64 counter = journal.lastCounter() + 1;
        QJsonObject receipt{{"command"_L1, outcome.command.id},
                            {"method"_L1, outcome.command.method},
                            {"request_hash"_L1, outcome.command.hash},
                            {"counter"_L1, counter},
                            {"started_at"_L1, timestamp(outcome.command.startedAt)},
                            // The server's clock may have been set back meanwhile; nothing ends before it began.
                            {"finished_at"_L1, timestamp(std::max(outcome.finishedAt, outcome.command.startedAt))}};
        if (outcome.answer)
            receipt.insert("result"_L1, outcome.answer->isUndefined() ? QJsonValue(QJsonValue::Null) : *outcome.answer);
        else
            receipt.insert("error"_L1, errorToJson(outcome.answer.error()));
        const Result<void> written =
            journal.append({{"done"_L1, outcome.command.id}, {"at"_L1, outcome.finishedAt}, {"receipt"_L1, receipt}}, true);
        if (!written)
            return std::unexpected(written.error());
        return counter;
    };
    onDisk<Result<qint64>>(job).then(this, [this, outcome](const Result<qint64> &counter) {
        if (counter)
            return owe(*counter, outcome.command.id.toLatin1());
        qCWarning(logCommands).noquote() << "the outcome of command" << outcome.command.id
                                         << "waits for the disk:" << counter.error().message;
        m_unwritten.append(outcome);
        m_retry.start();
    });
}

void CommandCapability::finishInterrupted()
{
    onDisk<QList<QJsonObject>>([](JournalFile &journal) {
        return journal.interrupted();
    }).then(this, [this](const QList<QJsonObject> &lines) {
        for (const QJsonObject &line : lines) {
            const QString id = line.value("begun"_L1).toString();
            qCWarning(logCommands).noquote() << "command" << id << "was interrupted, and is not run again";
            finish(
                {.command = {.id = id,
                             .method = line.value("method"_L1).toString(),
                             .params = {},
                             .hash = line.value("request_hash"_L1).toString(),
                             .startedAt = line.value("at"_L1).toInteger()},
                 .finishedAt = m_link.clock().now(),
                 .answer = failure(Interrupted, u"The device stopped while this ran: it may have run in part, and is not run again."_s)});
        }
    });
}

void CommandCapability::owe(qint64 counter, const QByteArray &id)
{
    m_owed.emplace(counter, id);
    tell();
}

void CommandCapability::tell()
{
    if (m_isTelling || m_owed.empty() || m_link.state() != ServerLink::State::Accepted)
        return;
    m_isTelling = true;
    const auto [counter, id] = *m_owed.begin();
    onDisk<Result<QJsonObject>>([id](JournalFile &journal) { return journal.receipt(id); })
        .then(this,
              [this](const Result<QJsonObject> &receipt) {
                  return receipt ? m_link.call(methods::commandDone, *receipt) : ready(std::unexpected(receipt.error()));
              })
        .unwrap()
        .then(this, [this, counter, id](const Answer &answer) { told(counter, id, answer); });
}

void CommandCapability::told(qint64 counter, const QByteArray &id, const Answer &answer)
{
    m_isTelling = false;
    if (!answer && !isFinal(answer.error().code)) {
        qCInfo(logCommands).noquote() << "the receipt of command" << id << "is sent again later:" << answer.error().message;
        if (!m_retry.isActive())
            m_retry.start();
        return;
    }
    if (!answer)
        qCWarning(logCommands).noquote() << "the server does not take the receipt of command" << id << "-" << answer.error().message;
    m_owed.erase(counter);
    // Not durable: if it is lost, the server hears of it once more.
    onDisk<Result<void>>([id](JournalFile &journal) {
        return journal.append({{"told"_L1, QString::fromLatin1(id)}}, false);
    }).then(this, [this](const Result<void> &) { tidy(); });
    tell();
}

void CommandCapability::tidy()
{
    const bool isDue = m_tidiedAt == 0 || bootTime() - m_tidiedAt > tidyEveryMs;
    onDisk<Result<void>>([isDue, now = m_link.clock().now()](JournalFile &journal) -> Result<void> {
        return journal.isOpen() && (isDue ? !journal.entries().isEmpty() : journal.size() > tidyFromBytes) ? journal.compact(now)
                                                                                                           : Result<void>();
    }).then(this, [](const Result<void> &done) {
        if (!done)
            qCWarning(logCommands).noquote() << done.error().message;
    });
    m_tidiedAt = isDue ? bootTime() : m_tidiedAt;
}

} // namespace muster::agent
