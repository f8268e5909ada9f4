// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/watch.h"

#include "cli/terminal.h"
#include "client/values/values.h"
#include "client/words/format.h"

#include <QDateTime>
#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

constexpr int windowSize = 500; // the server's limit
// 10,000 devices; the server allows 50 subscriptions.
constexpr int mostWindows = 20;

QString stateOf(const Device &device)
{
    switch (device.presence) {
    case states::Presence::Never: return u"never seen"_s;
    case states::Presence::Offline: return u"offline"_s;
    case states::Presence::Online: break;
    }
    return device.level == states::Level::Failing ? u"failing"_s : device.level == states::Level::Warning ? u"warning"_s : u"online"_s;
}

} // namespace

Watch::Watch(Backend *backend, const QString &deviceId, bool json, QObject *parent)
    : QObject(parent)
    , m_backend(backend)
    , m_deviceId(deviceId)
    , m_json(json)
{
    connect(backend->link(), &Link::stateChanged, this, [this] {
        if (m_backend->link()->state() == Link::State::Reconnecting)
            emit complained(u"connection lost; connecting again"_s);
        else if (m_backend->link()->isLive())
            emit complained(u"connected again"_s);
    });
    connect(backend->link(), &Link::movedTo, this, [this](const QString &address) { emit complained(u"now at %1"_s.arg(address)); });
}

void Watch::start()
{
    if (m_deviceId.isEmpty())
        watchFleet();
    else
        watchDevice();
}

void Watch::tell(const QString &what, const QString &id, const QString &text, const QJsonObject &detail)
{
    const QString time = timeToJson(m_backend->clock()->now());
    if (m_json) {
        QJsonObject line = detail;
        line["time"_L1] = time;
        line["event"_L1] = what;
        line["id"_L1] = id;
        emit printed(jsonText(line, false));
        return;
    }
    emit printed(
        u"%1  %2  %3"_s.arg(QDateTime::fromMSecsSinceEpoch(m_backend->clock()->now()).toString(u"HH:mm:ss"_s), escaped(id), escaped(text)));
}

void Watch::watchFleet()
{
    Subscription *approvals = m_backend->link()->subscribe(u"approvals"_s, {}, this);
    connect(approvals, &Subscription::started, this, &Watch::takeApprovals);
    connect(approvals, &Subscription::updated, this, [this](const QString &, const QJsonObject &news) { takeApprovals(news); });
    connect(approvals, &Subscription::failed, this,
            [this](const Error &error) { emit complained(u"approvals cannot be watched: "_s + error.message); });
    addWindow(0);
}

void Watch::addWindow(int offset)
{
    ++m_windows;
    Subscription *window =
        m_backend->link()->subscribe(u"devices"_s, {{"offset"_L1, offset}, {"limit"_L1, windowSize}, {"sort"_L1, "name"_L1}}, this);
    const auto take = [this](const QJsonObject &news) {
        takeDevices(news);
        // One more window for each 500 devices.
        if (news["total"_L1].toInt() > m_windows * windowSize && m_windows < mostWindows)
            addWindow(m_windows * windowSize);
    };
    connect(window, &Subscription::started, this, take);
    connect(window, &Subscription::updated, this, [take](const QString &, const QJsonObject &news) { take(news); });
    connect(window, &Subscription::failed, this, [this](const Error &error) {
        if (m_backend->link()->isLive())
            emit failed(error.message);
    });
}

void Watch::takeDevices(const QJsonObject &news)
{
    for (const auto &row : news["rows"_L1].toArray()) {
        const Device device = Device::fromJson(row.toObject());
        const QString state = stateOf(device);
        const QString summary = state + device.conditionText;
        const auto before = m_states.constFind(device.id);
        const bool known = before != m_states.cend();
        if (known && *before == summary)
            continue;
        m_states.insert(device.id, summary);
        QString text = state;
        if (state == "warning"_L1 || state == "failing"_L1)
            text += u": "_s + device.conditionText;
        else if (!device.presenceReason.isEmpty())
            text += u" ("_s + device.presenceReason + u')';
        tell(known ? u"changed"_s : u"device"_s, device.id, text, {{"device"_L1, row}});
    }
}

void Watch::takeApprovals(const QJsonObject &news)
{
    QHash<QString, QString> now;
    for (const auto &item : news["items"_L1].toArray()) {
        const Approval approval = Approval::fromJson(item.toObject());
        now.insert(approval.id, approval.deviceId);
        if (!m_approvals.contains(approval.id))
            tell(u"waiting"_s, approval.deviceId,
                 (approval.newKey ? u"WAITS WITH A NEW KEY: "_s : u"waits for approval: "_s) + approval.words.join(u' '),
                 {{"approval"_L1, item}});
    }
    for (const auto &[id, device] : std::as_const(m_approvals).asKeyValueRange()) {
        if (!now.contains(id))
            tell(u"decided"_s, device, u"waits no more"_s, {{"approval_id"_L1, id}});
    }
    m_approvals = now;
}

void Watch::watchDevice()
{
    Subscription *health = m_backend->link()->subscribe(u"health"_s, {{"id"_L1, m_deviceId}}, this);
    connect(health, &Subscription::failed, this, [this](const Error &error) {
        if (m_backend->link()->isLive())
            emit failed(error.message);
    });
    connect(health, &Subscription::updated, this, [this](const QString &, const QJsonObject &news) {
        const QJsonObject object = news["sample"_L1].toObject();
        const Result<HealthSample> sample = healthSampleFromJson(object);
        if (!sample)
            return;
        static const QStringList names{u"cpu"_s, u"memory"_s, u"disk"_s, u"temperature"_s, u"received"_s, u"sent"_s, u"load"_s};
        QStringList parts;
        for (int f = 0; f < healthFieldCount; ++f) {
            if (sample->values[size_t(f)] != HealthSample::missing)
                parts << names[f] + u' ' + format::health(static_cast<HealthField>(f), double(sample->values[size_t(f)]));
        }
        tell(u"sample"_s, m_deviceId, parts.join(u"  "_s), {{"sample"_L1, object}});
    });
    // Whether it is there at all, and what becomes of it.
    Subscription *device = m_backend->link()->subscribe(u"device"_s, {{"id"_L1, m_deviceId}}, this);
    const auto take = [this](const QJsonObject &news) {
        if (news["device"_L1].isNull())
            emit failed(u"%1 is forgotten"_s.arg(escaped(m_deviceId)));
        else
            takeDevices({{"rows"_L1, QJsonArray{news["device"_L1]}}});
    };
    connect(device, &Subscription::started, this, take);
    connect(device, &Subscription::updated, this, [take](const QString &, const QJsonObject &news) { take(news); });
    connect(device, &Subscription::failed, this, [this](const Error &error) {
        if (m_backend->link()->isLive())
            emit failed(error.message);
    });
}

} // namespace muster::cli
