// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Server/serverfacts.h"

#include "client/words/format.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

constexpr auto askedEvery = 30s;
// Somebody waits for it to end.
constexpr auto askedDuringBackup = 2s;
constexpr qsizetype pemLength = 4096;

QVariantMap fact(const QString &label, const QString &value)
{
    return {{u"label"_s, label}, {u"value"_s, value}};
}

} // namespace

ServerFacts::ServerFacts(QObject *parent)
    : QObject(parent)
{
    m_again.setInterval(askedEvery);
    connect(&m_again, &QTimer::timeout, this, &ServerFacts::refresh);
}

void ServerFacts::setLink(Link *link)
{
    if (m_link == link)
        return;
    if (m_link)
        m_link->disconnect(this);
    m_link = link;
    if (m_link)
        connect(m_link, &Link::refreshDue, this, &ServerFacts::refresh);
    emit linkChanged();
    refresh();
}

void ServerFacts::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    if (!active)
        m_again.stop();
    emit activeChanged();
    pace();
    refresh();
}

void ServerFacts::refresh()
{
    if (!m_link || !m_active || !m_link->isLive() || m_link->isPaused())
        return;
    if (m_info.isEmpty()) {
        m_loading = states::Loading::Underway;
        emit changed();
    }
    m_link->call(u"Server.Info"_s, {}, this, [this](const Result<QJsonValue> &answer) {
        if (answer)
            m_info = answer->toObject();
        else if (!m_link || !m_link->isLive())
            return;
        m_loading = answer ? states::Loading::Loaded : states::Loading::Failed;
        m_errorText = answer ? QString() : answer.error().message;
        pace();
        emit changed();
    });
}

void ServerFacts::pace()
{
    m_again.setInterval(m_info["backup"_L1]["state"_L1] == "underway"_L1 ? askedDuringBackup : askedEvery);
    if (m_active && !m_again.isActive())
        m_again.start();
}

QString ServerFacts::text(QStringView member) const
{
    return cleanText(m_info[member].toString(), limits::textLength);
}

double ServerFacts::startedAt() const
{
    return double(timeFromJson(m_info["started_at"_L1]));
}

QString ServerFacts::keyWords() const
{
    QStringList words;
    for (const auto &word : m_info["key"_L1]["words"_L1].toArray())
        words << cleanText(word.toString(), limits::textLength);
    return words.join(u' ');
}

QString ServerFacts::keyFingerprint() const
{
    return cleanText(m_info["key"_L1]["fingerprint"_L1].toString(), limits::textLength);
}

QString ServerFacts::keyPem() const
{
    return m_info["key"_L1]["pem"_L1].toString().left(pemLength);
}

QString ServerFacts::fleetBack() const
{
    const QJsonValue back = m_info["fleet_back"_L1];
    const qint64 expected = back["expected"_L1].toInteger();
    if (expected == 0)
        return {};
    const QString devices = tr("%1 of %2 devices").arg(format::count(back["returned"_L1].toInteger()), format::count(expected));
    const QJsonValue seconds = back["seconds"_L1];
    return seconds.isDouble() ? tr("%1, nearly all within %2").arg(devices, format::span(seconds.toInteger() * 1000))
                              : tr("%1 so far").arg(devices);
}

QVariantList ServerFacts::storage() const
{
    const QJsonValue storage = m_info["storage"_L1];
    QVariantList facts;
    const QJsonValue database = storage["database"_L1];
    if (database["kind"_L1] == "postgresql"_L1) {
        facts << fact(tr("PostgreSQL"), cleanText(database["place"_L1].toString(), limits::textLength));
        facts << fact(tr("It answers within"),
                      database["latency_us"_L1].isDouble()
                          ? tr("%1 ms").arg(format::locale().toString(database["latency_us"_L1].toDouble() / 1000, 'f', 1))
                          : cleanText(database["error"_L1].toString(), limits::textLength));
        if (database["lag_ms"_L1].isDouble())
            facts << fact(tr("Its replicas are behind by"), tr("%1 ms").arg(format::count(database["lag_ms"_L1].toInteger())));
    }
    for (const auto &file : storage["files"_L1].toArray())
        facts << fact(file["name"_L1].toString().startsWith("muster"_L1) ? tr("Keys and books") : tr("Health, history"),
                      format::bytes(file["bytes"_L1].toDouble()));
    const QJsonValue backups = storage["backups"_L1];
    if (const int count = backups["count"_L1].toInt(); count > 0 || backups["bytes"_L1].toDouble() > 0)
        facts << fact(tr("Backups"), tr("%1 in %Ln backups", nullptr, count).arg(format::bytes(backups["bytes"_L1].toDouble())));
    if (!facts.isEmpty())
        facts << fact(tr("Free on the disk"),
                      tr("%1 of %2").arg(format::bytes(storage["free"_L1].toDouble()), format::bytes(storage["size"_L1].toDouble())));
    return facts;
}

bool ServerFacts::backsUp() const
{
    return m_info["storage"_L1]["database"_L1]["kind"_L1] != "postgresql"_L1;
}

QVariantMap ServerFacts::backup() const
{
    const QJsonValue backup = m_info["backup"_L1];
    const QJsonValue report = backup["report"_L1];
    const QString state = backup["state"_L1].toString();
    if (state != "underway"_L1 && state != "made"_L1 && state != "failed"_L1)
        return {};
    QVariantList files;
    for (const auto &file : report["files"_L1].toArray())
        files << QVariantMap{{u"name"_s, cleanText(file["name"_L1].toString(), limits::textLength)},
                             {u"bytes"_s, file["bytes"_L1].toDouble()},
                             {u"sha256"_s, cleanText(file["sha256"_L1].toString(), limits::textLength)}};
    return {{u"underway"_s, state == "underway"_L1},
            {u"begunAt"_s, double(timeFromJson(backup["begun_at"_L1]))},
            {u"endedAt"_s, double(timeFromJson(backup["ended_at"_L1]))},
            {u"error"_s, cleanText(backup["error"_L1].toString(), limits::textLength)},
            {u"folder"_s, cleanText(report["folder"_L1].toString(), limits::textLength)},
            {u"devices"_s, report["devices"_L1].toInt()},
            {u"accounts"_s, report["accounts"_L1].toInt()},
            {u"files"_s, files}};
}

double ServerFacts::diskUsed() const
{
    const double size = m_info["storage"_L1]["size"_L1].toDouble();
    return size > 0 ? 1 - m_info["storage"_L1]["free"_L1].toDouble() / size : 0;
}

QVariantList ServerFacts::retention() const
{
    const QJsonObject kept = m_info["retention"_L1].toObject();
    if (kept.isEmpty())
        return {};
    const auto days = [&kept](QLatin1StringView name) { return tr("%Ln days", nullptr, kept[name].toInt()); };
    return {fact(tr("Health"), days("health_days"_L1)), fact(tr("History"), days("history_days"_L1)),
            fact(tr("Commands"), days("commands_days"_L1)),
            fact(tr("Audit"), tr("%1, %2 entries at most").arg(days("audit_days"_L1), format::count(kept["audit_entries"_L1].toInteger()))),
            fact(tr("Waiting keys"), days("pending_days"_L1))};
}

} // namespace muster
