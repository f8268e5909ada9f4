// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/history.h"

#include "server/async.h"
#include "server/timetext.h"

#include <QLoggingCategory>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::fleet {

namespace {

Q_LOGGING_CATEGORY(logHistory, "muster.history")

constexpr auto flushedEvery = 250ms;
constexpr auto expiredEvery = 10min;

} // namespace

History::History(store::TelemetryStore &telemetry)
    : m_store(telemetry)
    , m_flushes(this)
    , m_expiry(this)
{
    m_flushes.setSingleShot(true);
    m_flushes.setInterval(flushedEvery);
    connect(&m_flushes, &QTimer::timeout, this, &History::write);
    m_expiry.setInterval(expiredEvery);
    connect(&m_expiry, &QTimer::timeout, this, &History::expire);
}

void History::note(const store::HistoryRow &row)
{
    m_waiting.append(row);
    touch(row.deviceId);
}

QFuture<Result<int>> History::append(const QList<store::HistoryRow> &rows)
{
    m_waiting += rows;
    return flush().then(this, [this, rows](const Result<int> &added) {
        for (const store::HistoryRow &row : rows)
            touch(row.deviceId);
        return added;
    });
}

void History::drop(const QString &deviceId)
{
    m_waiting.removeIf([&deviceId](const store::HistoryRow &row) { return row.deviceId == deviceId; });
}

void History::touch(const QString &deviceId)
{
    m_changed.insert(deviceId);
    if (!m_flushes.isActive())
        m_flushes.start();
}

QFuture<Result<int>> History::flush()
{
    const QList<store::HistoryRow> rows = std::exchange(m_waiting, {});
    return rows.isEmpty() ? ready<Result<int>>(0) : m_store.append(rows);
}

void History::write()
{
    flush().then(this, [this, devices = std::exchange(m_changed, {})](const Result<int> &added) {
        if (!added)
            qCWarning(logHistory).noquote() << "what happened to devices could not be kept:" << added.error().message;
        emit changed(devices);
    });
}

void History::expire()
{
    m_store.expire(m_aging()).then(this, [this](const Result<bool> &more) {
        if (!more)
            qCWarning(logHistory).noquote() << "old history could not be removed:" << more.error().message;
        else if (*more)
            expire();
    });
}

void History::start()
{
    m_expiry.start();
}

void History::stop()
{
    m_flushes.stop();
    m_expiry.stop();
}

QJsonObject historyJson(const store::HistoryRow &row)
{
    QJsonObject object{{"id"_L1, row.id}, {"time"_L1, timestampText(row.time)}, {"kind"_L1, QString(row.kind)}, {"name"_L1, row.name}};
    for (const auto &[name, text] : {std::pair("text"_L1, row.text), std::pair("source"_L1, row.source), std::pair("by"_L1, row.by)}) {
        if (!text.isEmpty())
            object.insert(name, text);
    }
    if (!row.data.isUndefined())
        object.insert("data"_L1, row.data);
    return object;
}

} // namespace muster::fleet
