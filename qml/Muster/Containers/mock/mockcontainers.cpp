// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Containers/mock/mockcontainers.h"

#include "client/contract/contract.h"
#include "client/values/values.h"
#include "mock/mockfleet.h"

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster {

using namespace mock;

namespace {

constexpr qint64 lineEvery = 1037; // ms
constexpr qint64 pieceChars = 24LL * 1024;
constexpr qint64 restChars = 400LL * 1024;

QString stamp(qint64 time)
{
    // As engines write them: nanoseconds.
    return timeToJson(time).chopped(1) + u"%1Z"_s.arg(quint64(time) * 7919 % 1'000'000, 6, 10, QChar(u'0'));
}

QString idOf(const mock::Device &device, const QString &name)
{
    return u"%1%2"_s.arg(seedOf(device.id + name), 16, 16, QChar(u'0')).arg(mix(device.seed), 16, 16, QChar(u'0'));
}

QJsonObject container(const mock::Device &device, const QString &name, const QString &image, qint64 startedAt)
{
    return {{"id"_L1, idOf(device, name)},
            {"name"_L1, name},
            {"image"_L1, image},
            {"state"_L1, "running"_L1},
            {"status"_L1, "Up"_L1},
            {"created_at"_L1, timeToJson(startedAt - minute)},
            {"started_at"_L1, timeToJson(startedAt)},
            {"restarts"_L1, 0},
            {"project"_L1, "press"_L1}};
}

} // namespace

class MockContainers::Stream : public MockStream
{
public:
    Stream(const MockContainers &containers, const Feed &feed)
        : m_containers(containers)
        , m_feed(feed)
    {
    }

    QString read(qint64 now) override
    {
        m_containers.settle(m_feed);
        return MockContainers::read(m_feed, now);
    }
    bool hasEnded() const override { return m_feed.ended; }
    qint64 grant(qint64 bytes) override { return m_feed.credit += bytes; }

private:
    const MockContainers &m_containers;
    Feed m_feed;
};

MockContainers::MockContainers(MockFleet &fleet)
{
    using Handler = std::function<Result<QJsonValue>(const mock::Device &, const QJsonObject &)>;
    const auto add = [&fleet](QLatin1StringView method, const Handler &handler) {
        fleet.table().add(method, [&fleet, handler](const QJsonObject &params) -> Result<QJsonValue> {
            const auto device = fleet.known(params["id"_L1].toString());
            return device ? handler(*device, params) : std::unexpected(device.error());
        });
    };
    add(contract::method::containersList,
        [this, &fleet](const mock::Device &device, const QJsonObject &) { return list(device, fleet.now()); });
    add(contract::method::containersStats,
        [this, &fleet](const mock::Device &device, const QJsonObject &) { return stats(device, fleet.now()); });
    add(contract::method::containersInspect, [this, &fleet](const mock::Device &device, const QJsonObject &params) {
        return inspect(device, params["container"_L1].toString(), fleet.now());
    });
    add(contract::method::containersLogs,
        [this, &fleet](const mock::Device &device, const QJsonObject &params) { return logs(device, params, fleet.now()); });
    for (const QLatin1StringView method :
         {contract::method::containersStart, contract::method::containersStop, contract::method::containersRestart})
        add(method, [this, &fleet, what = QString(method).section(u'.', 1)](const mock::Device &device, const QJsonObject &params) {
            return act(device, what, params["container"_L1].toString(), fleet.now());
        });
    fleet.table().streams[QString(contract::topic::logs)] = [this,
                                                             &fleet](const QJsonObject &params) -> Result<std::unique_ptr<MockStream>> {
        const auto device = fleet.known(params["device"_L1].toString());
        if (!device)
            return std::unexpected(device.error());
        const Result<Feed> feed = open(*device, params, fleet.now());
        if (!feed)
            return std::unexpected(feed.error());
        return std::make_unique<Stream>(*this, *feed);
    };
}

Result<QJsonArray> MockContainers::containers(const mock::Device &device, qint64 now) const
{
    if (!device.online)
        return failure(DeviceOffline, u"The device is not connected"_s);
    if (device.byToken)
        return failure(MethodNotFound, u"The device has no method \"Container.List\""_s);
    if (device.id == "gate-01"_L1)
        return failure(Forbidden,
                       u"The agent may not use the engine's socket: add its user to the group that owns /run/podman/podman.sock"_s);
    if (device.id == "gate-02"_L1)
        return failure(Unavailable,
                       u"There is no container engine here: neither /run/podman/podman.sock nor /var/run/docker.sock answers"_s);
    QJsonArray list;
    if (device.id == "kiosk-lobby"_L1)
        return list;
    list << container(device, u"ui"_s, u"registry.local/ui:1.8.2"_s, device.origin - 6 * day - hour);
    list << container(device, u"camera"_s, u"registry.local/camera:2.1"_s, device.origin - 6 * day - 2 * hour);
    QJsonObject worker = container(device, u"worker"_s, u"registry.local/worker:1.8.2"_s, device.origin - 12 * minute);
    worker["health"_L1] = "unhealthy"_L1;
    worker["restarts"_L1] = 14;
    list << worker;
    list << container(device, u"nats"_s, u"nats:2.10"_s, device.origin - 41 * day);
    QJsonObject migrate = container(device, u"migrate"_s, u"registry.local/ui:1.8.2"_s, device.origin - 6 * day - hour);
    migrate["state"_L1] = "exited"_L1;
    migrate["exit_code"_L1] = 0;
    migrate["finished_at"_L1] = timeToJson(device.origin - 6 * day - hour + 40 * second);
    list << migrate;
    if (device.seed % 3 == 0) {
        QJsonObject import = container(device, u"import"_s, u"registry.local/import:0.4"_s, device.origin - 3 * hour);
        import["state"_L1] = "exited"_L1;
        import["exit_code"_L1] = 137;
        import["finished_at"_L1] = timeToJson(device.origin - 2 * hour);
        list << import;
    }
    if (device.hostile) {
        quint64 number = 0;
        for (QJsonValueRef one : list) {
            QJsonObject bad = one.toObject();
            bad["name"_L1] = nasty(number);
            bad["image"_L1] = nasty(++number);
            bad["restarts"_L1] = 2'000'000'000;
            one = bad;
        }
    }
    for (QJsonValueRef place : list) {
        QJsonObject one = place.toObject();
        if (const qint64 at = m_remade.value(device.id + u'/' + one["name"_L1].toString()); at > 0) {
            one["id"_L1] = idOf(device, one["name"_L1].toString() + QString::number(at));
            one["created_at"_L1] = one["started_at"_L1] = timeToJson(at);
            place = one;
        }
        const auto change = m_changes.constFind(device.id + u'/' + one["id"_L1].toString());
        if (change == m_changes.cend())
            continue;
        one["state"_L1] = change->running ? "running"_L1 : "exited"_L1;
        one.remove("health"_L1);
        if (change->running) {
            one["started_at"_L1] = timeToJson(change->at);
            one.remove("exit_code"_L1);
            one.remove("finished_at"_L1);
        } else {
            one["exit_code"_L1] = 137;
            one["stop_asked"_L1] = true;
            one["finished_at"_L1] = timeToJson(change->at);
        }
        place = one;
    }
    Q_UNUSED(now)
    return list;
}

Result<QJsonObject> MockContainers::find(const mock::Device &device, const QString &container, qint64 now) const
{
    const Result<QJsonArray> all = containers(device, now);
    if (!all)
        return std::unexpected(all.error());
    for (const auto &one : *all) {
        if (one["id"_L1] == container || one["name"_L1] == container)
            return one.toObject();
    }
    return failure(NotFound, u"There is no container \"%1\" on this device"_s.arg(container));
}

Result<QJsonValue> MockContainers::list(const mock::Device &device, qint64 now) const
{
    const Result<QJsonArray> all = containers(device, now);
    if (!all)
        return std::unexpected(all.error());
    return QJsonObject{{"engine"_L1, QJsonObject{{"name"_L1, "podman"_L1}, {"version"_L1, "5.4.2"_L1}, {"api"_L1, "1.41"_L1}}},
                       {"containers"_L1, *all}};
}

Result<QJsonValue> MockContainers::stats(const mock::Device &device, qint64 now) const
{
    const Result<QJsonArray> all = containers(device, now);
    if (!all)
        return std::unexpected(all.error());
    if (device.seed % 7 == 3)
        return QJsonObject{{"containers"_L1, QJsonArray()},
                           {"unavailable"_L1, "The engine runs without cgroups v2 and gives no figures"_L1}};
    QJsonArray figures;
    for (const auto &one : *all) {
        if (one["state"_L1] != "running"_L1)
            continue;
        const quint64 seed = seedOf(device.id + one["name"_L1].toString());
        figures << QJsonObject{{"id"_L1, one["id"_L1]},
                               {"cpu"_L1, int(8 + 300 * unit(seed) * (0.6 + 0.4 * unit(seed ^ quint64(now / (5 * second)))))},
                               {"memory"_L1, qint64(12e6 + 190e6 * unit(seed + 1))},
                               {"memory_limit"_L1, qint64(512) * 1024 * 1024}};
    }
    return QJsonObject{{"containers"_L1, figures}};
}

Result<QJsonValue> MockContainers::inspect(const mock::Device &device, const QString &container, qint64 now) const
{
    const Result<QJsonObject> one = find(device, container, now);
    if (!one)
        return std::unexpected(one.error());
    QJsonObject all = *one;
    all["Config"_L1] = QJsonObject{{"Env"_L1, QJsonArray{"PATH"_L1, "TZ"_L1}}, {"Cmd"_L1, QJsonArray{"/app/run"_L1}}};
    return all;
}

Result<QJsonValue> MockContainers::act(const mock::Device &device, const QString &what, const QString &container, qint64 now)
{
    const Result<QJsonObject> one = find(device, container, now);
    if (!one)
        return std::unexpected(one.error());
    const QString id = (*one)["id"_L1].toString();
    if (what == "Restart"_L1 && (*one)["name"_L1] == "camera"_L1)
        return failure(TimedOut, u"The container did not stop within 10 s, and the engine did not kill it"_s);
    m_changes[device.id + u'/' + id] = {.running = what != "Stop"_L1, .at = now};
    return QJsonObject{{"id"_L1, id}, {"state"_L1, what == "Stop"_L1 ? "exited"_L1 : "running"_L1}};
}

QString MockContainers::line(const mock::Device &device, const QString &container, qint64 number, bool *fromStderr)
{
    static const std::array texts{u"GET /status 200 3 ms"_s,
                                  u"frame 18211 shown in 16 ms"_s,
                                  u"GET /status 200 2 ms"_s,
                                  u"\x1b[2mcache\x1b[0m hit \x1b[1;36m98 %\x1b[0m"_s,
                                  u"GET /api/orders?state=open 200 11 ms"_s,
                                  u"warning: retry camera in 2 s: no route to host"_s,
                                  u"press: stroke 51 204, force 12.4 kN"_s,
                                  u"error: frame 18212 dropped: encoder is busy"_s,
                                  u"GET /status 200 3 ms"_s,
                                  u"\x1b[32minfo\x1b[0m worker 3 is back"_s};
    const quint64 h = mix(seedOf(container) ^ quint64(number));
    *fromStderr = h % 11 == 0 || h % texts.size() == 7;
    if (device.hostile && h % 5 == 0)
        return nasty(h >> 4);
    if (h % 97 == 0)
        return u"{\"level\":\"info\",\"msg\":\"batch written\",\"rows\":%1,\"took_ms\":%2,\"table\":\"strokes\",\"shard\":\"north-%3\",\"note\":\"%4\"}"_s
            .arg(h % 9000)
            .arg(h % 40)
            .arg(h % 7)
            .arg(u"all that there was to write is written, and the file is closed "_s.repeated(3).trimmed());
    return texts[size_t(h % texts.size())];
}

Result<MockContainers::Feed> MockContainers::open(const mock::Device &device, const QJsonObject &params, qint64 now) const
{
    const Result<QJsonObject> one = find(device, params["container"_L1].toString(), now);
    if (!one)
        return std::unexpected(one.error());
    Feed feed;
    feed.device = device;
    feed.container = (*one)["name"_L1].toString();
    feed.id = (*one)["id"_L1].toString();
    feed.openedAt = now;
    feed.wantOut = params["stdout"_L1].toBool(true);
    feed.wantErr = params["stderr"_L1].toBool(true);
    feed.credit = params["credit"_L1].toInteger();
    const bool running = (*one)["state"_L1] == "running"_L1;
    feed.endsAt = running ? 0 : timeFromJson((*one)["finished_at"_L1]);
    const qint64 last = (running ? now : feed.endsAt) / lineEvery;
    const qint64 tail = std::clamp<qint64>(params["tail"_L1].toInteger(100), 0, 100'000);
    // A container that ran for 40 seconds has not said more.
    const qint64 begin = std::max(last - tail + 1, running ? qint64(0) : timeFromJson((*one)["started_at"_L1]) / lineEvery);
    feed.next = begin;
    if (params.contains("since"_L1))
        feed.next = std::max(begin, timeFromJson(params["since"_L1]) / lineEvery);
    // Who does not follow wants what there is now, and its end.
    if (running && !params["follow"_L1].toBool())
        feed.endsAt = now;
    return feed;
}

void MockContainers::settle(Feed &feed) const
{
    const qint64 changed =
        std::max(m_changes.value(feed.device.id + u'/' + feed.id).at, m_remade.value(feed.device.id + u'/' + feed.container));
    if (feed.endsAt == 0 && changed > feed.openedAt)
        feed.endsAt = changed;
}

QString MockContainers::read(Feed &feed, qint64 now)
{
    QString text;
    const qint64 last = (feed.endsAt > 0 ? feed.endsAt : now) / lineEvery;
    while (feed.next <= last && text.size() < pieceChars) {
        bool fromStderr = false;
        const QString said = line(feed.device, feed.container, feed.next, &fromStderr);
        if (fromStderr ? feed.wantErr : feed.wantOut) {
            QString whole = u"%1 %2 %3\n"_s.arg(fromStderr ? 2 : 1).arg(stamp(feed.next * lineEvery), QString(said).replace(u'\n', u' '));
            const qint64 bytes = whole.toUtf8().size();
            if (bytes > feed.credit)
                return text;
            feed.credit -= bytes;
            text += whole;
        }
        ++feed.next;
    }
    if (feed.endsAt > 0 && feed.next > last)
        feed.ended = true;
    return text;
}

Result<QJsonValue> MockContainers::logs(const mock::Device &device, const QJsonObject &params, qint64 now) const
{
    Result<Feed> feed = open(device, params, now);
    if (!feed)
        return std::unexpected(feed.error());
    feed->credit = restChars;
    QString text;
    for (QString more = read(*feed, now); !more.isEmpty(); more = read(*feed, now))
        text += more;
    return QJsonObject{{"text"_L1, text}, {"cut"_L1, !feed->ended && feed->next <= now / lineEvery}};
}

} // namespace muster
