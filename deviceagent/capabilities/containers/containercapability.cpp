// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/containers/containercapability.h"

#include "deviceagent/boottime.h"
#include "deviceagent/capabilities/containers/containerfacts.h"
#include "deviceagent/capabilities/containers/logreader.h"
#include "protocol/rpc/methods.h"

#include <QJsonDocument>
#include <QPromise>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::agent {

namespace {

/// Containers in one list, and those of which stats are asked at once: each is a request to the engine.
constexpr int mostListed = 200;
constexpr int mostMeasured = 64;
/// How long a container may take to stop by itself; engines wait 10 s where nobody says.
constexpr int longestStop = 300;
/// An engine takes its time to start and to kill.
constexpr auto forTheEngine = 25s;
constexpr qsizetype listBytes = 4 * 1024 * 1024;
/// Between two looks at what a container has had of the processors.
constexpr std::chrono::milliseconds secondLook = 1s;
constexpr std::chrono::milliseconds shortestLook = 500ms;
constexpr std::chrono::milliseconds longestLook = 1min;

constexpr char idParams[] =
    R"({"type":"object","properties":{"id":{"type":"string","description":"A container's name or id"}},"required":["id"]})";
constexpr char actParams[] =
    R"({"type":"object","properties":{"id":{"type":"string","description":"A container's name or id"},)"
    R"("timeout_s":{"type":"integer","minimum":0,"maximum":300,"description":"To stop by itself"}},"required":["id"]})";
constexpr char actResult[] =
    R"({"type":"object","properties":{"id":{"type":"string"},"state":{"type":"string"}},"required":["id","state"]})";
constexpr char listResult[] =
    R"({"type":"object","properties":{"engine":{"type":"object"},"containers":{"type":"array","items":{"type":"object","properties":)"
    R"({"stop_asked":{"type":"boolean","description":"It ended because a call asked for it"}}}}}})";
constexpr char logParams[] =
    R"({"type":"object","properties":{"id":{"type":"string","description":"A container's name or id"},)"
    R"("tail":{"type":"integer","minimum":0,"maximum":100000,"default":100,"description":"The last lines"},)"
    R"("since":{"type":"string","format":"date-time"},"until":{"type":"string","format":"date-time"},)"
    R"("stdout":{"type":"boolean","default":true},"stderr":{"type":"boolean","default":true},"follow":{"type":"boolean","default":false},)"
    R"("stream":{"type":"object","properties":{"id":{"type":"string"},"credit":{"type":"integer"}}}},"required":["id"]})";

bool isContainerId(const QString &id)
{
    const auto isPlain = [](QChar c) { return c.unicode() < 128 && c.isLetterOrNumber(); };
    return !id.isEmpty() && id.size() <= 128 && isPlain(id.front())
           && std::ranges::all_of(id, [&isPlain](QChar c) { return isPlain(c) || c == u'_' || c == u'.' || c == u'-'; });
}

Result<QString> containerId(const QJsonObject &params)
{
    QString id = params.value("id"_L1).toString();
    if (!isContainerId(id))
        return failure(InvalidParams, u"\"id\" must be a container's name or id: 1 to 128 letters, digits and _ . -"_s);
    return id;
}

/// A path below the containers. The id was checked, and is encoded all the same: nothing of a call may become another path.
QString containerPath(const QString &id, const QString &below)
{
    return "/containers/"_L1 + QString::fromLatin1(QUrl::toPercentEncoding(id)) + below;
}

} // namespace

ContainerCapability::ContainerCapability(ServerLink &link, const QStringList &sockets, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_engine(sockets)
{
}

void ContainerCapability::addMethods(Registry &registry)
{
    registry.add({.name = methods::containerList,
                  .summary = "The containers of this device",
                  .params = R"({"type":"object","properties":{}})",
                  .result = listResult,
                  .call = [this](const QJsonObject &) { return list(); }});
    registry.add({.name = methods::containerInspect,
                  .summary = "The engine's account of one container, of environment variables the names alone",
                  .params = idParams,
                  .result = R"({"type":"object"})",
                  .call = [this](const QJsonObject &params) { return inspect(params); }});
    for (const auto &[name, action, summary] : {std::tuple(methods::containerStart, "start", "Starts a container"),
                                                std::tuple(methods::containerStop, "stop", "Stops a container"),
                                                std::tuple(methods::containerRestart, "restart", "Stops and starts a container")}) {
        registry.add({.name = name,
                      .summary = summary,
                      .params = actParams,
                      .result = actResult,
                      .call = [this, verb = QString::fromLatin1(action)](const QJsonObject &params) { return act(verb, params); }});
    }
    registry.add({.name = methods::containerStats,
                  .summary = "What the running containers use",
                  .params = R"({"type":"object","properties":{}})",
                  .result = R"({"type":"object","properties":{"containers":{"type":"array"},"unavailable":{"type":"string"}}})",
                  .call = [this](const QJsonObject &) { return stats(); }});
    registry.add({.name = methods::containerLogs,
                  .summary = "Lines of a container's log; with `stream`, as they come",
                  .params = logParams,
                  .result = R"({"type":"object","properties":{"text":{"type":"string"},"cut":{"type":"boolean"}}})",
                  .call = [this](const QJsonObject &params) { return logs(params); }});
}

QFuture<Answer> ContainerCapability::list()
{
    const EngineRequest request{
        .path = u"/containers/json"_s, .query = {{u"all"_s, u"true"_s}, {u"limit"_s, QString::number(mostListed)}}, .mostBytes = listBytes};
    return m_engine.call(request)
        .then(this,
              [this](const Result<EngineReply> &reply) -> QFuture<Answer> {
                  if (!reply)
                      return ready(std::unexpected(reply.error()));
                  if (const auto error = engineError(*reply, {}))
                      return ready(std::unexpected(*error));
                  QJsonArray listed = QJsonDocument::fromJson(reply->body).array();
                  while (listed.size() > mostListed)
                      listed.removeLast();
                  QList<QFuture<Result<QJsonObject>>> details;
                  for (const QJsonValueConstRef container : std::as_const(listed)) {
                      const QString id = container.toObject().value("Id"_L1).toString();
                      details.append(isContainerId(id) ? inspected(id) : QtFuture::makeReadyValueFuture(Result<QJsonObject>()));
                  }
                  return QtFuture::whenAll(details.begin(), details.end())
                      .then(this,
                            [this, listed](const QList<QFuture<Result<QJsonObject>>> &answers) {
                                const QJsonArray containers = entries(listed, answers);
                                return m_engine.info().then(this, [containers](const Result<EngineInfo> &info) -> Answer {
                                    if (!info)
                                        return std::unexpected(info.error());
                                    return QJsonObject{
                                        {"engine"_L1,
                                         QJsonObject{{"name"_L1, info->name}, {"version"_L1, info->version}, {"api"_L1, info->api}}},
                                        {"containers"_L1, containers}};
                                });
                            })
                      .unwrap();
              })
        .unwrap();
}

QJsonArray ContainerCapability::entries(const QJsonArray &listed, const QList<QFuture<Result<QJsonObject>>> &details)
{
    QJsonArray containers;
    QList<QJsonObject> known;
    bool all = true;
    for (qsizetype i = 0; i < listed.size(); ++i) {
        const Result<QJsonObject> detail = details[i].result();
        // Gone since it was listed.
        if (!detail && detail.error().code == NotFound)
            continue;
        all = all && detail;
        const QJsonObject inspected = detail.value_or(QJsonObject());
        QJsonObject entry = containerEntry(listed[i].toObject(), inspected);
        if (m_askedStops.covers(listed[i].toObject(), inspected))
            entry.insert("stop_asked"_L1, true);
        containers.append(entry);
        known.append(inspected);
    }
    if (all)
        m_askedStops.keepOnly(known);
    return containers;
}

QFuture<Result<QJsonObject>> ContainerCapability::inspected(const QString &id)
{
    return m_engine.call({.path = containerPath(id, u"/json"_s)}).then(this, [id](const Result<EngineReply> &reply) -> Result<QJsonObject> {
        if (!reply)
            return std::unexpected(reply.error());
        if (auto error = engineError(*reply, id))
            return std::unexpected(*error);
        return QJsonDocument::fromJson(reply->body).object();
    });
}

QFuture<Answer> ContainerCapability::inspect(const QJsonObject &params)
{
    const Result<QString> id = containerId(params);
    if (!id)
        return ready(std::unexpected(id.error()));
    return inspected(*id).then(this, [](const Result<QJsonObject> &account) -> Answer {
        if (!account)
            return std::unexpected(account.error());
        return inspection(*account);
    });
}

QFuture<Answer> ContainerCapability::act(const QString &action, const QJsonObject &params)
{
    const Result<QString> id = containerId(params);
    if (!id)
        return ready(std::unexpected(id.error()));
    EngineRequest request{.verb = "POST", .path = containerPath(*id, u'/' + action), .silence = forTheEngine};
    if (const QJsonValue timeout = params.value("timeout_s"_L1); !timeout.isUndefined()) {
        const int seconds = timeout.toInt(-1);
        if (seconds < 0 || seconds > longestStop)
            return ready(failure(InvalidParams, u"\"timeout_s\" must be a number of seconds from 0 to %1."_s.arg(longestStop)));
        if (action != "start"_L1)
            request.query.addQueryItem(u"t"_s, QString::number(seconds));
        request.silence = std::chrono::seconds(seconds) + forTheEngine;
    }
    if (action != "start"_L1)
        m_askedStops.begin(*id);
    return m_engine.call(request)
        .then(this,
              [this, id = *id, action](const Result<EngineReply> &reply) -> QFuture<Answer> {
                  if (action != "start"_L1)
                      m_askedStops.end(id);
                  if (!reply)
                      return ready(std::unexpected(reply.error()));
                  if (const auto error = engineError(*reply, id))
                      return ready(std::unexpected(*error));
                  return inspected(id).then(this, [this, id, action](const Result<QJsonObject> &account) -> Answer {
                      if (!account)
                          return std::unexpected(account.error());
                      if (action == "stop"_L1)
                          m_askedStops.stopped(*account);
                      return QJsonObject{{"id"_L1, account->value("Id"_L1).toString(id)}, {"state"_L1, containerState(*account)}};
                  });
              })
        .unwrap();
}

QFuture<Answer> ContainerCapability::stats()
{
    const EngineRequest request{.path = u"/containers/json"_s, .mostBytes = listBytes};
    return m_engine.call(request)
        .then(this,
              [this](const Result<EngineReply> &reply) -> QFuture<Answer> {
                  if (!reply)
                      return ready(std::unexpected(reply.error()));
                  if (const auto error = engineError(*reply, {}))
                      return ready(std::unexpected(*error));
                  QStringList ids;
                  const QJsonArray listed = QJsonDocument::fromJson(reply->body).array();
                  for (const QJsonValueConstRef container : listed) {
                      const QString id = container.toObject().value("Id"_L1).toString();
                      if (isContainerId(id) && ids.size() < mostMeasured)
                          ids.append(id);
                  }
                  m_processorTimes.removeIf([&ids](const auto &known) { return !ids.contains(known.key()); });
                  return measure(ids)
                      .then(this, [this](const Measured &first) { return measureAgain(first); })
                      .unwrap()
                      .then(this, [](const Measured &measured) -> Answer {
                          QJsonArray containers;
                          for (const QJsonObject &entry : measured.entries)
                              containers.append(entry);
                          QJsonObject result{{"containers"_L1, containers}};
                          if (!measured.unavailable.isEmpty())
                              result.insert("unavailable"_L1, measured.unavailable);
                          return result;
                      });
              })
        .unwrap();
}

QFuture<ContainerCapability::Measured> ContainerCapability::measure(const QStringList &ids)
{
    QList<QFuture<Result<EngineReply>>> answers;
    for (const QString &id : ids)
        answers.append(m_engine.call({.path = containerPath(id, u"/stats"_s), .query = {{u"stream"_s, u"false"_s}}}));
    return QtFuture::whenAll(answers.begin(), answers.end()).then(this, [this, ids](const QList<QFuture<Result<EngineReply>>> &replies) {
        Measured measured;
        for (qsizetype i = 0; i < ids.size(); ++i) {
            const Result<EngineReply> reply = replies[i].result();
            const auto error = reply ? engineError(*reply, ids[i]) : reply.error();
            if (!error) {
                const QJsonObject stats = QJsonDocument::fromJson(reply->body).object();
                QJsonObject entry = statsEntry(ids[i], stats);
                if (!entry.contains("cpu"_L1))
                    addProcessorUse(entry, ids[i], stats);
                measured.entries.insert(ids[i], entry);
            } else if (error->code != NotFound && error->code != Conflict) {
                measured.unavailable = error->message;
            }
        }
        return measured;
    });
}

void ContainerCapability::addProcessorUse(QJsonObject &entry, const QString &id, const QJsonObject &stats)
{
    const std::optional<qint64> used = processorTime(stats);
    if (!used)
        return;
    const ProcessorTime now{.used = *used, .at = bootTime()};
    const auto before = m_processorTimes.constFind(id);
    const qint64 passed = before == m_processorTimes.constEnd() ? 0 : now.at - before->at;
    // A look a moment ago says little yet; one that was long ago, or of the container's earlier life, nothing of this moment.
    if (passed > 0 && passed < shortestLook.count() && now.used >= before->used)
        return;
    if (passed >= shortestLook.count() && passed <= longestLook.count() && now.used >= before->used)
        entry.insert("cpu"_L1, (now.used - before->used) / 1000 / passed); // permille, of ns and ms
    m_processorTimes.insert(id, now);
}

/// Docker takes a second for an answer, because it looks twice. For an engine that does not, this does.
QFuture<ContainerCapability::Measured> ContainerCapability::measureAgain(const Measured &first)
{
    QStringList again;
    for (auto it = first.entries.begin(); it != first.entries.end(); ++it) {
        if (!it->contains("cpu"_L1) && m_processorTimes.contains(it.key()))
            again.append(it.key());
    }
    if (again.isEmpty())
        return QtFuture::makeReadyValueFuture(first);
    const auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    QTimer::singleShot(secondLook, this, [promise] { promise->finish(); });
    return promise->future().then(this, [this, again] { return measure(again); }).unwrap().then(this, [first](const Measured &second) {
        Measured both = first;
        // One that has stopped meanwhile keeps what is known of it.
        for (auto it = second.entries.begin(); it != second.entries.end(); ++it)
            both.entries.insert(it.key(), *it);
        return both;
    });
}

QFuture<Answer> ContainerCapability::logs(const QJsonObject &params)
{
    const Result<QString> id = containerId(params);
    if (!id)
        return ready(std::unexpected(id.error()));
    const Result<LogRequest> request = LogRequest::fromJson(params);
    if (!request)
        return ready(std::unexpected(request.error()));
    // Whether a log has frames depends on the container: engines do not all say it with the log.
    return inspected(*id)
        .then(this,
              [this, id = *id, request = *request, offer = params.value("stream"_L1)](const Result<QJsonObject> &account) {
                  return account ? readLogs(id, *account, request, offer) : ready(std::unexpected(account.error()));
              })
        .unwrap();
}

QFuture<Answer> ContainerCapability::readLogs(const QString &id, const QJsonObject &inspected, const LogRequest &request,
                                              const QJsonValue &offer)
{
    const bool hasTerminal = inspected.value("Config"_L1).toObject().value("Tty"_L1).toBool();
    const LogDemux::Form form = hasTerminal ? LogDemux::Form::Raw : LogDemux::Form::Multiplexed;
    std::unique_ptr<OutgoingStream> stream;
    if (!offer.isUndefined()) {
        Result<std::unique_ptr<OutgoingStream>> opened = m_link.openStream(offer);
        if (!opened)
            return ready(std::unexpected(opened.error()));
        stream = std::move(*opened);
    }
    Result<std::unique_ptr<EngineStream>> log = m_engine.open(containerPath(id, u"/logs"_s), request.query());
    if (!log)
        return ready(std::unexpected(log.error()));
    return stream ? LogReader::stream(this, std::move(*log), form, id, std::move(stream))
                  : LogReader::collect(this, std::move(*log), form, id);
}

} // namespace muster::agent
