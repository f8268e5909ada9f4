// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/containers/containerfacts.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "protocol/rpc/timestamp.h"

#include <QTimeZone>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

constexpr qint64 largestInteger = (1LL << 53) - 1;
/// Deeper than any engine's answer, and far below limits::jsonDepth.
constexpr int depth = 24;
/// Longest text of an inspection: a command line or a label may be long.
constexpr qsizetype longTextLength = 4096;
/// As much of an id as engines show.
constexpr qsizetype shortIdLength = 12;

QString text(const QJsonValue &value)
{
    return cleanText(value.toString(), limits::textLength);
}

/// The last second before "never" in Go's clock is the year 1.
void addTime(QJsonObject &to, QLatin1StringView name, const QDateTime &time)
{
    if (time.isValid() && time.date().year() >= 1970)
        to.insert(name, QString::fromLatin1(toTimestamp(time.toUTC())));
}

QDateTime timeOf(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

/// Podman has states of its own beside Docker's.
QString knownState(const QString &state)
{
    static const QStringList known{u"created"_s, u"running"_s, u"paused"_s, u"restarting"_s, u"removing"_s, u"exited"_s, u"dead"_s};
    if (known.contains(state))
        return state;
    if (state == "configured"_L1 || state == "initialized"_L1)
        return u"created"_s;
    if (state == "stopping"_L1)
        return u"running"_s;
    return state == "stopped"_L1 ? u"exited"_s : u"dead"_s;
}

QJsonValue fitForAMessage(const QJsonValue &value, int level)
{
    if (level > depth)
        return QJsonValue::Null;
    switch (value.type()) {
    case QJsonValue::String: return cleanText(value.toString(), longTextLength);
    case QJsonValue::Double:
        // Engines count in 64 bits ("no limit" is often the largest number).
        if (const qint64 integer = value.toInteger(0); integer > largestInteger || integer < -largestInteger)
            return QString::number(integer);
        if (const double number = value.toDouble(); std::abs(number) > static_cast<double>(largestInteger))
            return QString::number(number);
        return value;
    case QJsonValue::Array: {
        QJsonArray array;
        const QJsonArray from = value.toArray();
        for (const QJsonValueConstRef entry : from)
            array.append(fitForAMessage(entry, level + 1));
        return array;
    }
    case QJsonValue::Object: {
        QJsonObject object;
        const QJsonObject from = value.toObject();
        for (auto it = from.begin(); it != from.end(); ++it)
            object.insert(cleanText(it.key(), limits::textLength), fitForAMessage(it.value(), level + 1));
        return object;
    }
    default: return value;
    }
}

/// The name by which an engine can be asked. Docker lists the names that links gave, too: those have a second slash.
QString nameOf(const QJsonObject &listed)
{
    const QJsonArray names = listed.value("Names"_L1).toArray();
    for (const QJsonValueConstRef entry : names) {
        QString name = text(entry);
        if (name.startsWith(u'/'))
            name.remove(0, 1);
        if (!name.isEmpty() && !name.contains(u'/'))
            return name;
    }
    return text(listed.value("Id"_L1)).left(shortIdLength);
}

qint64 integerAt(const QJsonObject &object, QLatin1StringView one, QLatin1StringView two)
{
    return object.value(one).toObject().value(two).toInteger(-1);
}

} // namespace

QString containerState(const QJsonObject &inspected)
{
    return knownState(inspected.value("State"_L1).toObject().value("Status"_L1).toString());
}

QJsonObject containerEntry(const QJsonObject &listed, const QJsonObject &inspected)
{
    QJsonObject entry{{"id"_L1, text(listed.value("Id"_L1))},
                      {"name"_L1, nameOf(listed)},
                      {"image"_L1, text(listed.value("Image"_L1))},
                      {"state"_L1, knownState(listed.value("State"_L1).toString())},
                      {"status"_L1, text(listed.value("Status"_L1))}};
    addTime(entry, "created_at"_L1, QDateTime::fromSecsSinceEpoch(listed.value("Created"_L1).toInteger(), QTimeZone::UTC));
    if (const QString project = text(listed.value("Labels"_L1).toObject().value("com.docker.compose.project"_L1)); !project.isEmpty())
        entry.insert("project"_L1, project);
    if (inspected.isEmpty())
        return entry;
    const QJsonObject state = inspected.value("State"_L1).toObject();
    const QString stateName = containerState(inspected);
    entry.insert("state"_L1, stateName);
    addTime(entry, "started_at"_L1, timeOf(state.value("StartedAt"_L1)));
    if (stateName == "exited"_L1 || stateName == "dead"_L1) {
        addTime(entry, "finished_at"_L1, timeOf(state.value("FinishedAt"_L1)));
        entry.insert("exit_code"_L1, state.value("ExitCode"_L1).toInt());
    }
    if (const int restarts = inspected.value("RestartCount"_L1).toInt(); restarts > 0)
        entry.insert("restarts"_L1, restarts);
    const QString health = text(state.value("Health"_L1).toObject().value("Status"_L1));
    if (!health.isEmpty() && health != "none"_L1)
        entry.insert("health"_L1, health);
    return entry;
}

QJsonObject inspection(const QJsonObject &inspected)
{
    QJsonObject account = fitForAMessage(inspected, 0).toObject();
    QJsonObject configuration = account.value("Config"_L1).toObject();
    // Secrets are handed over in the environment: their names say what there is, and nobody needs more from here.
    QJsonArray names;
    const QJsonArray environment = configuration.value("Env"_L1).toArray();
    for (const QJsonValueConstRef variable : environment)
        names.append(variable.toString().section(u'=', 0, 0));
    configuration.insert("Env"_L1, names);
    // Podman tells the command line that made the container, variables and all.
    configuration.remove("CreateCommand"_L1);
    account.insert("Config"_L1, configuration);
    return account;
}

QJsonObject statsEntry(const QString &id, const QJsonObject &stats)
{
    QJsonObject entry{{"id"_L1, cleanText(id, limits::textLength)}};
    const QJsonObject now = stats.value("cpu_stats"_L1).toObject();
    const QJsonObject before = stats.value("precpu_stats"_L1).toObject();
    const qint64 busy = integerAt(now, "cpu_usage"_L1, "total_usage"_L1) - integerAt(before, "cpu_usage"_L1, "total_usage"_L1);
    const qint64 all = now.value("system_cpu_usage"_L1).toInteger() - before.value("system_cpu_usage"_L1).toInteger();
    const auto processors = std::max<qint64>(now.value("online_cpus"_L1).toInteger(), 1);
    // Nothing to compare with (Podman's `precpu_stats` are zeros): that is no usage since the machine started.
    if (before.value("system_cpu_usage"_L1).toInteger() > 0 && all > 0 && busy >= 0)
        entry.insert("cpu"_L1, qRound64(static_cast<double>(busy) / static_cast<double>(all) * static_cast<double>(processors) * 1000));
    const QJsonObject memory = stats.value("memory_stats"_L1).toObject();
    if (const qint64 used = memory.value("usage"_L1).toInteger(-1); used >= 0) {
        // As `docker stats` has it: pages of files that nobody uses just now are not the container's.
        const QJsonObject details = memory.value("stats"_L1).toObject();
        const qint64 inactive = details.value("total_inactive_file"_L1).toInteger(details.value("inactive_file"_L1).toInteger(0));
        entry.insert("memory"_L1, inactive < used ? used - inactive : used);
    }
    if (const qint64 limit = memory.value("limit"_L1).toInteger(-1); limit > 0 && limit <= largestInteger)
        entry.insert("memory_limit"_L1, limit);
    return entry;
}

std::optional<qint64> processorTime(const QJsonObject &stats)
{
    const qint64 time = integerAt(stats.value("cpu_stats"_L1).toObject(), "cpu_usage"_L1, "total_usage"_L1);
    return time > 0 ? std::optional(time) : std::nullopt;
}

} // namespace muster::agent
