// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tests/fleethouse.h"
#include "server/tests/liveclient.h"
#include "server/tests/testserver.h"

#include "protocol/rpc/limits.h"
#include "server/api/eventjson.h"

#include <QJsonDocument>
#include <QLoggingCategory>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTcpSocket>

#include <algorithm>

using namespace muster;
using namespace muster::fleet;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

namespace {

KeyPair newKey()
{
    return *KeyPair::generate(Algorithm::EdDSA);
}

/// The stream of a fleet in this thread, and what it has told.
struct Listener
{
    QList<FleetEvent> all;
    int batches = 0;
    QObject context;

    explicit Listener(EventStream &stream)
    {
        QObject::connect(&stream, &EventStream::happened, &context, [this](const QList<FleetEvent> &events) {
            ++batches;
            all += events;
        });
    }
    [[nodiscard]] qsizetype count(EventKind kind, const QString &device) const
    {
        return std::ranges::count_if(all, [&](const FleetEvent &event) { return event.kind == kind && event.deviceId == device; });
    }
};

QList<FleetEvent> stored(const FleetHouse &house, qint64 after = 0, const store::EventStore::Filter &filter = {})
{
    return FleetHouse::wait(house.fleet->events().store().list(filter, store::EventStore::Order::OldestFirst, 30'000, after))
        .value_or(QList<FleetEvent>());
}

bool areRising(const QList<FleetEvent> &events)
{
    return std::ranges::adjacent_find(events, [](const FleetEvent &a, const FleetEvent &b) { return a.id >= b.id; }) == events.end();
}

FleetEvent told(const QString &device, const QJsonValue &data = 1)
{
    return {.deviceId = device, .kind = EventKind::Told, .method = u"Stat"_s, .data = data};
}

/// A reader of /api/v2/notify.
struct Reader
{
    QWebSocket socket;
    QList<QJsonObject> received;

    Reader(const QString &url, const QHash<QByteArray, QByteArray> &headers, const QString &query = {})
    {
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
                         [this](const QString &text) { received.append(QJsonDocument::fromJson(text.toUtf8()).object()); });
        QNetworkRequest request(QUrl(QString(url).replace("http"_L1, "ws"_L1) + u"/api/v2/notify"_s + query));
        for (auto it = headers.begin(); it != headers.end(); ++it)
            request.setRawHeader(it.key(), *it);
        socket.open(request);
    }
    [[nodiscard]] QList<QJsonObject> named(const QString &name) const
    {
        QList<QJsonObject> all = received;
        all.removeIf([&name](const QJsonObject &event) { return event["name"_L1] != name; });
        return all;
    }
};

QHash<QByteArray, QByteArray> bearer(const QString &token)
{
    return {{"Authorization", "Bearer " + token.toLatin1()}};
}

QHash<QByteArray, QByteArray> basic(const QString &user, const QString &password)
{
    return {{"Authorization", "Basic " + u"%1:%2"_s.arg(user, password).toUtf8().toBase64()}};
}

/// A device of mDash, that shows a token.
struct TokenDevice
{
    QWebSocket socket;

    TokenDevice(const QString &url, const QString &token)
    {
        QNetworkRequest request(QUrl(QString(url).replace("http"_L1, "ws"_L1) + u"/api/v2/rpc"_s));
        request.setRawHeader("Authorization", "Bearer " + token.toLatin1());
        socket.open(request);
    }
    void say(const QString &method, const QJsonObject &params)
    {
        socket.sendTextMessage(
            QString::fromUtf8(QJsonDocument(QJsonObject{{"method"_L1, method}, {"params"_L1, params}}).toJson(QJsonDocument::Compact)));
    }
};

} // namespace

class EventsTest : public TestCase
{
    Q_OBJECT

private slots:
    void initTestCase() { QLoggingCategory::setFilterRules(u"muster.*.info=false"_s); }

    // --- what is noted -------------------------------------------------------------------------------------------------

    void everythingThatHappensIsTold()
    {
        FleetHouse house;
        Listener listener(house.fleet->events());
        const auto link = house.acceptedDevice(u"lamp"_s, newKey());
        const Decider me{.name = u"eva"_s, .session = u"s"_s, .address = u"::1"_s};
        QVERIFY(FleetHouse::wait(house.fleet->shadows().desire(u"lamp"_s, {{"on"_L1, true}}, 0, me)));
        QVERIFY(FleetHouse::wait(house.fleet->shadows().report(u"lamp"_s, {{"on"_L1, true}})));
        // What changes nothing is no news.
        QVERIFY(FleetHouse::wait(house.fleet->shadows().report(u"lamp"_s, {{"on"_L1, true}})));
        QVERIFY(FleetHouse::wait(house.fleet->call(
            u"lamp"_s, u"WiFi.Join"_s, {{"ssid"_L1, u"x"_s}, {"password"_L1, u"geheim"_s}, {"pin"_L1, 4}}, limits::callTimeout)));
        QVERIFY(FleetHouse::wait(house.fleet->call(
            u"lamp"_s, u"Command.Run"_s, {{"command"_L1, u"c"_s}, {"method"_L1, u"Blink"_s}, {"params"_L1, QJsonObject{{"n"_L1, 3}}}},
            limits::callTimeout)));
        house.intake->told(u"lamp"_s, u"Stat"_s, QJsonObject{{"t"_L1, 21}});
        const QJsonObject reported{{"name"_L1, u"door"_s}, {"time"_L1, QDateTime::currentMSecsSinceEpoch()}, {"data"_L1, 5}};
        QVERIFY(FleetHouse::wait(house.calls->call(u"lamp"_s, u"Event.Report"_s, {{"events"_L1, QJsonArray{reported}}})));
        QVERIFY(FleetHouse::wait(house.fleet->records().rename(u"lamp"_s, u"Lampe"_s, me)));
        link->drop(u"the cable was pulled"_s);
        QVERIFY(FleetHouse::wait(house.fleet->records().make({.id = u"plug"_s, .name = u"Plug"_s, .door = u"mdash"_s}, me)));
        const QList<std::tuple<EventKind, QString, QJsonValue>> expected{
            {EventKind::Created, {}, QJsonValue()},
            {EventKind::Online, {}, QJsonObject{{"address"_L1, u"10.0.0.9"_s}}},
            {EventKind::Wanted, {}, QJsonObject{{"on"_L1, true}}},
            {EventKind::Reported, {}, QJsonObject{{"on"_L1, true}}},
            {EventKind::Called, u"WiFi.Join"_s, QJsonObject{{"ssid"_L1, u"x"_s}, {"password"_L1, u"…"_s}, {"pin"_L1, 4}}},
            {EventKind::Called, u"Blink"_s, QJsonObject{{"n"_L1, 3}}},
            {EventKind::Told, u"Stat"_s, QJsonObject{{"t"_L1, 21}}},
            {EventKind::Told, u"Event.Report"_s, reported},
            {EventKind::Updated, {}, QJsonObject{{"name"_L1, u"Lampe"_s}, {"by"_L1, u"eva"_s}}},
            {EventKind::Offline, {}, QJsonObject{{"reason"_L1, u"the cable was pulled"_s}}},
            {EventKind::Created, {}, QJsonObject{{"name"_L1, u"Plug"_s}, {"by"_L1, u"eva"_s}}}};
        QTRY_COMPARE(listener.all.size(), expected.size());
        for (qsizetype i = 0; i < expected.size(); ++i) {
            const FleetEvent &event = listener.all.at(i);
            const auto &[kind, method, data] = expected.at(i);
            QCOMPARE(store::eventKindName(event.kind), store::eventKindName(kind));
            QCOMPARE(event.method, method);
            QCOMPARE(event.deviceId, i + 1 == expected.size() ? u"plug"_s : u"lamp"_s);
            QVERIFY(std::abs(event.time - QDateTime::currentMSecsSinceEpoch()) < 60'000);
            if (!data.isNull())
                QCOMPARE(event.data, data);
        }
        QCOMPARE(house.counters.eventsStored.load(), quint64(expected.size()));
        // What is stored is what was told.
        const auto kept = stored(house);
        QCOMPARE(kept.size(), listener.all.size());
        for (qsizetype i = 0; i < kept.size(); ++i) {
            QCOMPARE(kept.at(i).id, listener.all.at(i).id);
            QCOMPARE(api::eventJson(kept.at(i)), api::eventJson(listener.all.at(i)));
        }
    }

    void anotherKeyChangesTheDevice()
    {
        FleetHouse house;
        Listener listener(house.fleet->events());
        house.acceptedDevice(u"lamp"_s, newKey());
        house.acceptedDevice(u"lamp"_s, newKey());
        QTRY_COMPARE(listener.count(EventKind::Updated, u"lamp"_s), 1);
        QCOMPARE(listener.count(EventKind::Created, u"lamp"_s), 1);
    }

    // --- what is kept --------------------------------------------------------------------------------------------------

    void orderAndCursorSurviveARestart()
    {
        FleetHouse house;
        for (int i = 0; i < 50; ++i)
            house.fleet->events().note(told(u"d%1"_s.arg(i % 5), i));
        // What was not written yet is, by the shutdown.
        house.restart();
        auto all = stored(house);
        QCOMPARE(all.size(), 50);
        QVERIFY(areRising(all));
        for (int i = 0; i < 50; ++i)
            QCOMPARE(all.at(i).data, i);
        const qint64 cursor = all.at(29).id;
        QCOMPARE(stored(house, cursor).first().data, 30);
        Listener listener(house.fleet->events());
        house.fleet->events().note(told(u"d0"_s, u"new"_s));
        QTRY_COMPARE(listener.all.size(), 1);
        QVERIFY(listener.all.first().id > all.last().id);
        QCOMPARE(stored(house, cursor).size(), 21);
        // Numbers of what is gone do not come again.
        const qint64 last = listener.all.last().id;
        house.fleet->events().note({.deviceId = u"d0"_s, .kind = EventKind::Deleted});
        QTRY_COMPARE(listener.all.size(), 2);
        QVERIFY(FleetHouse::wait(house.telemetry.forget(u"d0"_s)));
        house.restart();
        QVERIFY(stored(house).last().id < last);
        Listener again(house.fleet->events());
        house.fleet->events().note(told(u"d1"_s));
        QTRY_COMPARE(again.all.size(), 1);
        QVERIFY(again.all.first().id > last + 1);
    }

    void pagesFollowEachOther()
    {
        FleetHouse house;
        for (int i = 0; i < 7; ++i)
            house.fleet->events().note({.deviceId = u"d%1"_s.arg(i % 2), .kind = i == 3 ? EventKind::Called : EventKind::Told, .data = i});
        QVERIFY(FleetHouse::wait(house.fleet->events().flush()));
        store::EventStore &store = house.fleet->events().store();
        const auto first = *FleetHouse::wait(store.page({}, 3, 0));
        QCOMPARE(first.total, 7);
        QVERIFY(first.hasMore);
        QCOMPARE(first.events.first().data, 6);
        const auto last = *FleetHouse::wait(store.page({}, 4, first.events.last().id));
        QVERIFY(!last.hasMore);
        QCOMPARE(last.events.last().data, 0);
        const auto some = *FleetHouse::wait(store.page({.devices = QStringList{u"d1"_s}, .kinds = {EventKind::Told}}, 10, 0));
        QCOMPARE(some.total, 2);
        QCOMPARE(some.events.first().data, 5);
        QCOMPARE(FleetHouse::wait(store.page({.devices = QStringList(), .kinds = {}}, 10, 0))->total, 0);
    }

    void nothingIsKeptForEver()
    {
        FleetHouse house;
        store::EventStore &store = house.fleet->events().store();
        const auto count = [&](const store::EventStore::Filter &filter = {}) { return FleetHouse::wait(store.page(filter, 1, 0))->total; };
        // One device alone does not push out the rest …
        QVERIFY(FleetHouse::wait(store.append({told(u"calm"_s)})));
        for (int i = 0; i < 22; ++i)
            QVERIFY(FleetHouse::wait(store.append(QList<FleetEvent>(1000, told(u"loud"_s)))));
        QVERIFY(count({.devices = QStringList{u"loud"_s}, .kinds = {}}) <= store::eventsPerDevice + 1000);
        QCOMPARE(count({.devices = QStringList{u"calm"_s}, .kinds = {}}), 1);
        // … and all together have an end, here with numbers that were given long ago.
        const qint64 before = stored(house).last().id;
        QVERIFY(FleetHouse::wait(house.telemetry.writer().run(
            [](store::Sql &sql) { return sql.dialect().setLastId(sql, u"fleet_event"_s, store::eventsKept); })));
        QList<FleetEvent> many;
        for (int i = 0; i < 3000; ++i)
            many << told(u"d%1"_s.arg(i % 40));
        QVERIFY(FleetHouse::wait(store.append(many)));
        const auto left = stored(house);
        QVERIFY(areRising(left));
        QCOMPARE(left.first().id, 3001);
        QVERIFY(before > 3001);
        QCOMPARE(left.last().id, store::eventsKept + 3000);
        // Old ones go, whatever their number is.
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        FleetEvent old = told(u"old"_s);
        old.time = now - store::eventsKeptFor - 1;
        FleetEvent young = told(u"young"_s);
        young.time = now - store::eventsKeptFor + 60'000;
        QVERIFY(FleetHouse::wait(store.append({old, young})));
        QCOMPARE(count({.devices = QStringList{u"old"_s}, .kinds = {}}), 1);
        while (FleetHouse::wait(store.expire(now)).value_or(false)) {}
        QCOMPARE(count({.devices = QStringList{u"old"_s}, .kinds = {}}), 0);
        QCOMPARE(count({.devices = QStringList{u"young"_s}, .kinds = {}}), 1);
    }

    void oneDeviceThatTellsTooMuchCostsItself()
    {
        FleetHouse house;
        Listener listener(house.fleet->events());
        EventStream &stream = house.fleet->events();
        for (int i = 0; i < 10'000; ++i) {
            stream.note(told(u"loud"_s, i));
            if (i % 1000 == 0)
                stream.note(told(u"calm"_s, i));
        }
        stream.note({.deviceId = u"loud"_s, .kind = EventKind::Offline});
        stream.note(told(u"calm"_s, u"last"_s));
        QTRY_VERIFY(!listener.all.isEmpty() && listener.all.last().data == u"last"_s);
        QCOMPARE(listener.count(EventKind::Told, u"calm"_s), 11);
        // The second may have changed meanwhile.
        const qsizetype loud = listener.count(EventKind::Told, u"loud"_s);
        QVERIFY2(loud >= EventStream::saidPerSecond && loud <= 2 * EventStream::saidPerSecond, qPrintable(QString::number(loud)));
        QCOMPARE(listener.count(EventKind::Offline, u"loud"_s), 1);
        QCOMPARE(house.counters.eventsDropped.load(), quint64(10'000 - loud));
    }

    void whatWaitsForTheDiskIsBounded()
    {
        QSemaphore disk;
        FleetHouse house;
        const auto letGo = qScopeGuard([&disk] { disk.release(); }); // or the house waits for it for ever
        Listener listener(house.fleet->events());
        EventStream &stream = house.fleet->events();
        const auto held = house.telemetry.writer().run([&disk](store::Sql &) -> Result<int> {
            disk.acquire();
            return 0;
        });
        const int over = 5000;
        for (qsizetype i = 0; i < EventStream::mostWaiting + over; ++i)
            stream.note(told(u"d%1"_s.arg(i % 500), i));
        QCOMPARE(house.counters.eventsDropped.load(), quint64(over));
        QTest::qWait(400); // the first of them are on their way to the disk, and wait all the same
        stream.note(told(u"later"_s));
        QCOMPARE(house.counters.eventsDropped.load(), quint64(over + 1));
        disk.release();
        QTRY_COMPARE(listener.all.size(), EventStream::mostWaiting);
        QVERIFY(areRising(listener.all));
        for (qsizetype i = 0; i < listener.all.size(); i += 777)
            QCOMPARE(listener.all.at(i).data, i);
        // Whoever reads along gets them in pieces.
        QVERIFY2(listener.batches >= 10, qPrintable(QString::number(listener.batches)));
        QVERIFY(held.isFinished());
        stream.note(told(u"later"_s));
        QTRY_COMPARE(listener.all.size(), EventStream::mostWaiting + 1);
    }

    void whatWaitsForTheDiskIsBoundedInBytes()
    {
        QSemaphore disk;
        FleetHouse house;
        const auto letGo = qScopeGuard([&disk] { disk.release(); }); // or the house waits for it for ever
        EventStream &stream = house.fleet->events();
        const auto held = house.telemetry.writer().run([&disk](store::Sql &) -> Result<int> {
            disk.acquire();
            return 0;
        });
        const QString long15k(15 * 1024, u'x');
        for (int i = 0; i < 1500; ++i)
            stream.note(told(u"d%1"_s.arg(i % 50), long15k));
        const auto dropped = static_cast<qsizetype>(house.counters.eventsDropped.load());
        disk.release();
        QVERIFY2(dropped > 300 && dropped < 500, qPrintable(QString::number(dropped)));
        QVERIFY(FleetHouse::wait(held));
    }

    void whatIsTooLongIsCut()
    {
        FleetHouse house;
        Listener listener(house.fleet->events());
        const QString fits(EventStream::dataBytes - 100, u'x');
        const QString isTooLong(EventStream::dataBytes, u'x');
        house.fleet->events().note(told(u"lamp"_s, fits));
        house.fleet->events().note(told(u"lamp"_s, QJsonObject{{"text"_L1, isTooLong}}));
        QTRY_COMPARE(listener.all.size(), 2);
        QCOMPARE(listener.all.first().data, fits);
        const QJsonObject cut = listener.all.last().data.toObject();
        QCOMPARE(cut.keys(), QStringList{u"cut"_s});
        QVERIFY(cut["cut"_L1].toInt() > EventStream::dataBytes);
        QCOMPARE(stored(house).last().data, cut);
    }

    void whatIsForgottenLeavesItsEndAlone()
    {
        FleetHouse house;
        Listener listener(house.fleet->events());
        const KeyPair key = newKey();
        house.acceptedDevice(u"lamp"_s, key);
        house.acceptedDevice(u"other"_s, newKey());
        house.intake->told(u"lamp"_s, u"Stat"_s, 1);
        QTRY_COMPARE(listener.count(EventKind::Told, u"lamp"_s), 1);
        house.intake->told(u"lamp"_s, u"Stat"_s, 2);
        auto forgotten = house.fleet->enrolment().forget(u"lamp"_s, {.name = u"eva"_s, .session = u"s"_s, .address = u"::1"_s});
        while (!forgotten.isFinished()) {
            house.intake->told(u"lamp"_s, u"Stat"_s, 3);
            QTest::qWait(1);
        }
        QVERIFY(forgotten.result());
        house.intake->told(u"lamp"_s, u"Stat"_s, u"late"_s);
        QTRY_COMPARE(listener.count(EventKind::Deleted, u"lamp"_s), 1);
        const auto left = stored(house, 0, {.devices = QStringList{u"lamp"_s}, .kinds = {}});
        QCOMPARE(left.size(), 1);
        QCOMPARE(store::eventKindName(left.first().kind), "deleted"_L1);
        QCOMPARE(left.first().data, (QJsonObject{{"by"_L1, u"eva"_s}}));
        QVERIFY(!stored(house, 0, {.devices = QStringList{u"other"_s}, .kinds = {}}).isEmpty());
        // Also what was written while it was being forgotten.
        store::EventStore &store = house.fleet->events().store();
        QVERIFY(FleetHouse::wait(store.append({told(u"plug"_s), told(u"plug"_s)})));
        QVERIFY(FleetHouse::wait(store.append({{.deviceId = u"plug"_s, .kind = EventKind::Deleted}})));
        QCOMPARE(stored(house, 0, {.devices = QStringList{u"plug"_s}, .kinds = {}}).size(), 1);
        // Whoever has its id next begins behind that.
        house.acceptedDevice(u"lamp"_s, key);
        QTRY_COMPARE(listener.count(EventKind::Online, u"lamp"_s), 2);
        const auto anew = stored(house, 0, {.devices = QStringList{u"lamp"_s}, .kinds = {}});
        QCOMPARE(store::eventKindName(anew.first().kind), "deleted"_L1);
        QCOMPARE(store::eventKindName(anew.at(1).kind), "created"_L1);
    }

    // --- how it is read ------------------------------------------------------------------------------------------------

    void namesAreThoseOfMdash()
    {
        using api::mdashEvent;
        const auto nameOf = [](EventKind kind, const QString &method = {}) {
            return mdashEvent({.deviceId = u"x"_s, .kind = kind, .method = method, .data = QJsonObject{{"a"_L1, 1}}})["name"_L1].toString();
        };
        QCOMPARE(nameOf(EventKind::Online), u"online"_s);
        QCOMPARE(nameOf(EventKind::Offline), u"offline"_s);
        QCOMPARE(nameOf(EventKind::Created), u"created"_s);
        QCOMPARE(nameOf(EventKind::Updated), u"updated"_s);
        QCOMPARE(nameOf(EventKind::Wanted), u"updated"_s);
        QCOMPARE(nameOf(EventKind::Deleted), u"deleted"_s);
        QCOMPARE(nameOf(EventKind::Called, u"Sys.Reboot"_s), u"rpc.in.Sys.Reboot"_s);
        QCOMPARE(nameOf(EventKind::Told, u"MyStat"_s), u"rpc.out.MyStat"_s);
        QCOMPARE(nameOf(EventKind::Reported), u"rpc.out.Dash.Shadow.Update"_s);
        const QJsonObject patch{{"a"_L1, 1}};
        QCOMPARE(mdashEvent({.deviceId = u"x"_s, .kind = EventKind::Reported, .data = patch})["data"_L1],
                 (QJsonObject{{"state"_L1, QJsonObject{{"reported"_L1, patch}}}}));
        QCOMPARE(mdashEvent({.deviceId = u"x"_s, .kind = EventKind::Told, .method = u"m"_s, .data = 7}),
                 (QJsonObject{{"id"_L1, u"x"_s}, {"name"_L1, u"rpc.out.m"_s}, {"data"_L1, 7}}));
        QVERIFY(mdashEvent({.deviceId = u"x"_s, .kind = EventKind::Deleted})["data"_L1].isNull());
    }

    void readersAreToldAsItHappens()
    {
        TestServer server;
        QCOMPARE(server.start(), QString());
        const QString url = server.server->url();
        const QString viewer = server.signedIn(u"vera"_s, u"viewer"_s);
        Reader reader(url, bearer(server.admin));
        Reader watcher(url, bearer(viewer));
        LiveClient live(url, server.admin);
        LiveClient liveViewer(url, viewer);
        QCOMPARE(live.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"events"_s}, {"device"_L1, u"lamp"_s}})["result"_L1]["events"_L1].toArray(),
                 QJsonArray());
        QVERIFY(liveViewer.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"events"_s}}).contains("result"_L1));
        QTRY_COMPARE(server.server->counters().notifySockets.load(), 2);
        const QJsonObject made = server.post(u"/api/v2/devices"_s, {{"id"_L1, u"lamp"_s}}).json;
        TokenDevice device(url, made["token"_L1].toString());
        QTRY_COMPARE(reader.named(u"online"_s).size(), 1);
        device.say(u"MyStat"_s, {{"t"_L1, 21}});
        device.say(u"Dash.Shadow.Update"_s, {{"state"_L1, QJsonObject{{"reported"_L1, QJsonObject{{"on"_L1, true}}}}}});
        QTRY_COMPARE(reader.named(u"rpc.out.Dash.Shadow.Update"_s).size(), 1);
        QCOMPARE(reader.named(u"rpc.out.MyStat"_s),
                 QList{QJsonObject({{"id"_L1, u"lamp"_s}, {"name"_L1, u"rpc.out.MyStat"_s}, {"data"_L1, QJsonObject{{"t"_L1, 21}}}})});
        QCOMPARE(reader.named(u"rpc.out.Dash.Shadow.Update"_s).first()["data"_L1],
                 (QJsonObject{{"state"_L1, QJsonObject{{"reported"_L1, QJsonObject{{"on"_L1, true}}}}}}));
        QTRY_COMPARE(watcher.named(u"rpc.out.Dash.Shadow.Update"_s).size(), 1);
        // A call is for who may read commands.
        (void)server.network.post(
            [&] {
                QNetworkRequest request(QUrl(url + u"/api/v2/devices/lamp/rpc/Blink"_s));
                request.setRawHeader("Authorization", "Bearer " + server.admin.toLatin1());
                request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
                return request;
            }(),
            R"({"key":"geheim","n":1})"_ba);
        QTRY_COMPARE(reader.named(u"rpc.in.Blink"_s).size(), 1);
        QCOMPARE(reader.named(u"rpc.in.Blink"_s).first()["data"_L1], (QJsonObject{{"key"_L1, u"…"_s}, {"n"_L1, 1}}));
        QCOMPARE(server.post(u"/api/v2/devices"_s, {{"id"_L1, u"plug"_s}}).status, 200);
        QTRY_COMPARE(watcher.named(u"created"_s).size(), 2);
        QVERIFY(watcher.named(u"rpc.in.Blink"_s).isEmpty());

        // The live topic: of one device, and for who may not read commands.
        const auto inTopic = [](const LiveClient &client, const QString &name) {
            qsizetype count = 0;
            for (const QJsonObject &batch : client.allOf(u"Live.Events"_s)) {
                for (const auto &event : batch["events"_L1].toArray())
                    count += event["name"_L1] == name;
            }
            return count;
        };
        QTRY_COMPARE(inTopic(liveViewer, u"created"_s), 2);
        QCOMPARE(inTopic(liveViewer, u"called"_s), 0);
        QCOMPARE(inTopic(liveViewer, u"told"_s), inTopic(live, u"told"_s));
        QCOMPARE(inTopic(live, u"called"_s), 1);
        QCOMPARE(inTopic(live, u"created"_s), 1);

        // And all of it afterwards.
        const auto names = [&](const QString &query, const QString &token) {
            QStringList all;
            for (const auto &event : server.http("GET", u"/api/v2/events"_s + query, {}, token).json["items"_L1].toArray())
                all << event["name"_L1].toString();
            return all;
        };
        QCOMPARE(names(u"?device=plug"_s, server.admin), QStringList{u"created"_s});
        QCOMPARE(names(u"?name=called"_s, server.admin), QStringList{u"called"_s});
        QVERIFY(names(u"?name=called"_s, viewer).isEmpty());
        QVERIFY(!names({}, viewer).contains(u"called"_s));
        QCOMPARE(names({}, viewer).size() + 1, names({}, server.admin).size());
        QCOMPARE(server.get(u"/api/v2/events?name=sung"_s).status, 400);
        QCOMPARE(server.get(u"/api/v2/events?after=x"_s).status, 400);
        QCOMPARE(server.http("GET", u"/api/v2/events"_s, {}, {}).status, 401);
        const QJsonObject page = server.get(u"/api/v2/events?limit=2"_s).json;
        QCOMPARE(page["items"_L1].toArray().size(), 2);
        const auto items = server.get(u"/api/v2/events?limit=2&after="_s + page["next"_L1].toString()).json["items"_L1].toArray();
        QVERIFY(items.first()["id"_L1].toInteger() < page["items"_L1][1]["id"_L1].toInteger());

        const auto logs = [&](const QJsonObject &params, const QString &token) {
            return QJsonDocument::fromJson(server.http("POST", u"/api/v2/logs"_s, QJsonDocument(params).toJson(), token).body).array();
        };
        const QJsonArray all = logs({}, server.admin);
        QCOMPARE(all.first()["name"_L1], "created"_L1);
        QCOMPARE(all.first()["id"_L1], "lamp"_L1);
        QCOMPARE(all.last()["id"_L1], "plug"_L1);
        QVERIFY(std::abs(all.last()["timestamp"_L1].toInteger() - QDateTime::currentSecsSinceEpoch()) < 60);
        const qint64 seq = all.at(1)["seq"_L1].toInteger();
        QVERIFY(seq > all.first()["seq"_L1].toInteger());
        QCOMPARE(logs({{"start"_L1, seq}}, server.admin).size(), all.size() - 2);
        QVERIFY(logs({{"start"_L1, all.last()["seq"_L1]}}, server.admin).isEmpty());
        QCOMPARE(logs({}, viewer).size(), all.size() - 1);
    }

    void customersReadOfTheirDevicesAlone()
    {
        TestServer server;
        QCOMPARE(server.start(), QString());
        const QString url = server.server->url();
        const QString customer = server.signedIn(u"carla"_s, u"customer"_s);
        QCOMPARE(server.post(u"/api/v2/devices"_s, {{"id"_L1, u"theirs"_s}}).status, 200);
        QCOMPARE(server.http("PUT", u"/api/v2/devices/theirs/share"_s, R"({"users":["carla"]})", server.admin).status, 200);
        QTRY_COMPARE(server.get(u"/api/v2/events"_s).json["total"_L1].toInt(), 1); // nobody is told of this any more
        Reader reader(url, bearer(customer));
        Reader byPassword(url, basic(u"carla"_s, testPassword));
        LiveClient live(url, customer);
        QVERIFY(live.ask(u"Live.Subscribe"_s, {{"topic"_L1, u"events"_s}}).contains("result"_L1));
        QTRY_COMPARE(server.server->counters().notifySockets.load(), 2);
        QCOMPARE(server.post(u"/api/v2/devices"_s, {{"id"_L1, u"other"_s}}).status, 200);
        for (const QString &id : {u"other"_s, u"theirs"_s})
            QCOMPARE(server.http("PATCH", u"/api/v2/devices/"_s + id, R"({"name":"x"})", server.admin).status, 200);
        for (Reader *one : {&reader, &byPassword}) {
            QTRY_COMPARE(one->named(u"updated"_s).size(), 1);
            QCOMPARE(one->received.size(), 1);
            QCOMPARE(one->received.first()["id"_L1], "theirs"_L1);
        }
        QTRY_COMPARE(live.allOf(u"Live.Events"_s).size(), 1);
        QCOMPARE(live.lastOf(u"Live.Events"_s)["events"_L1].toArray().size(), 1);
        // What is theirs no more is told no more, also to sockets that are open.
        QCOMPARE(server.http("PUT", u"/api/v2/devices/theirs/share"_s, R"({"users":[]})", server.admin).status, 200);
        QCOMPARE(server.http("PATCH", u"/api/v2/devices/theirs"_s, R"({"name":"y"})", server.admin).status, 200);
        QTRY_COMPARE(server.get(u"/api/v2/events?device=theirs&name=updated"_s).json["total"_L1].toInt(), 2);
        Reader admin(url, bearer(server.admin));
        QTRY_COMPARE(server.server->counters().notifySockets.load(), 3);
        QCOMPARE(server.http("PATCH", u"/api/v2/devices/theirs"_s, R"({"name":"z"})", server.admin).status, 200);
        QTRY_COMPARE(admin.named(u"updated"_s).size(), 1);
        QTest::qWait(100);
        QCOMPARE(reader.received.size() + byPassword.received.size(), 2);
        QCOMPARE(live.allOf(u"Live.Events"_s).size(), 1);
        QCOMPARE(server.http("GET", u"/api/v2/events"_s, {}, customer).json["total"_L1], 0);
    }

    void whoMayReadAlong()
    {
        Settings settings;
        settings.accessTokens = true;
        TestServer server(settings);
        QCOMPARE(server.start(), QString());
        const QString url = server.server->url();
        const QString key = server.post(u"/api/v2/api-keys"_s, {{"name"_L1, u"reader"_s}}).json["api_key"_L1].toString();
        QVERIFY(!key.isEmpty());
        const auto isOpen = [](Reader &reader) {
            return reader.socket.isValid() && reader.socket.state() == QAbstractSocket::ConnectedState;
        };
        const auto takes = [&](Reader &&reader) {
            const auto before = server.server->counters().notifySockets.load();
            return eventually(
                       [&] { return server.server->counters().notifySockets.load() > before || int(reader.socket.closeCode()) >= 4000; })
                   && int(reader.socket.closeCode()) < 4000 && eventually([&] { return isOpen(reader); });
        };
        QVERIFY(takes(Reader(url, bearer(server.admin))));
        QTRY_COMPARE(server.server->counters().notifySockets.load(), 0);
        QVERIFY(takes(Reader(url, bearer(key))));
        QTRY_COMPARE(server.server->counters().notifySockets.load(), 0);
        QVERIFY(takes(Reader(url, basic(u"admin"_s, testPassword))));
        QTRY_COMPARE(server.server->counters().notifySockets.load(), 0);
        QVERIFY(takes(Reader(url, {}, u"?access_token="_s + key)));
        QTRY_COMPARE(server.server->counters().notifySockets.load(), 0);
        QVERIFY(takes(Reader(url, {{"Cookie", cookieHeader(url, server.admin)}, {"Origin", url.toLatin1()}})));
        QTRY_COMPARE(server.server->counters().notifySockets.load(), 0);
        const auto refusedWith = [&](int code, const QHash<QByteArray, QByteArray> &headers, const QString &query = {}) {
            Reader reader(url, headers, query);
            return eventually([&] { return int(reader.socket.closeCode()) == code; });
        };
        QVERIFY(refusedWith(4401, {}));
        QVERIFY(refusedWith(4401, bearer(u"nonsense"_s)));
        QVERIFY(refusedWith(4401, basic(u"admin"_s, u"wrong horse 1"_s)));
        QVERIFY(refusedWith(4401, {}, u"?access_token=nonsense"_s));
        QVERIFY(refusedWith(4403, {{"Cookie", cookieHeader(url, server.admin)}, {"Origin", "https://evil.example"}}));
        QVERIFY(refusedWith(4403, {{"Cookie", cookieHeader(url, server.admin)}}));
        auto foreign = basic(u"admin"_s, testPassword);
        foreign.insert("Origin", "https://evil.example");
        QVERIFY(refusedWith(4403, foreign));
        QCOMPARE(server.server->counters().notifySockets.load(), 0);
        QCOMPARE(server.get(u"/api/v2/notify"_s).status, 426);
        TestServer strict;
        QCOMPARE(strict.start(), QString());
        Reader reader(strict.server->url(), {}, u"?access_token="_s + strict.admin);
        QTRY_COMPARE(int(reader.socket.closeCode()), 4401);
        QVERIFY(reader.socket.closeReason().startsWith("keys in the address are not taken here"_L1));
    }

    void whatSignedInEndsAndSoDoesTheSocket()
    {
        TestServer server;
        QCOMPARE(server.start(), QString());
        const QString url = server.server->url();
        const QJsonObject key = server.post(u"/api/v2/api-keys"_s, {{"name"_L1, u"reader"_s}}).json;
        const QString session = server.signedIn(u"vera"_s, u"viewer"_s);
        Reader byKey(url, bearer(key["api_key"_L1].toString()));
        Reader bySession(url, bearer(session));
        Reader byPassword(url, basic(u"vera"_s, testPassword));
        Reader stays(url, bearer(server.admin));
        QTRY_COMPARE(server.server->counters().notifySockets.load(), 4);
        QCOMPARE(server.post(u"/api/v2/devices"_s, {{"id"_L1, u"a"_s}}).status, 200);
        for (Reader *reader : {&byKey, &bySession, &byPassword, &stays})
            QTRY_COMPARE(reader->named(u"created"_s).size(), 1);
        QCOMPARE(server.http("DELETE", u"/api/v2/api-keys/"_s + key["id"_L1].toString(), {}, server.admin).status, 200);
        QTRY_COMPARE(int(byKey.socket.closeCode()), 4401);
        QCOMPARE(server.http("PATCH", u"/api/v2/users/vera"_s, R"({"password":"another horse 2"})", server.admin).status, 200);
        QTRY_COMPARE(int(bySession.socket.closeCode()), 4401);
        QTRY_COMPARE(int(byPassword.socket.closeCode()), 4401);
        QCOMPARE(server.post(u"/api/v2/devices"_s, {{"id"_L1, u"b"_s}}).status, 200);
        QTRY_COMPARE(stays.named(u"created"_s).size(), 2);
        for (Reader *reader : {&byKey, &bySession, &byPassword})
            QCOMPARE(reader->named(u"created"_s).size(), 1);
        QTRY_COMPARE(server.server->counters().notifySockets.load(), 1);
    }

    void whoDoesNotReadIsCut()
    {
        TestServer server;
        QCOMPARE(server.start(), QString());
        const QString url = server.server->url();
        Reader reader(url, bearer(server.admin));
        QTcpSocket deaf;
        deaf.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, 8192);
        deaf.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(QUrl(url).port()));
        deaf.write(
            "GET /api/v2/notify HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
            + server.admin.toLatin1() + "\r\n\r\n");
        QTRY_VERIFY(deaf.peek(1000).endsWith("\r\n\r\n"));
        deaf.setReadBufferSize(1); // from here on nothing is read
        QTRY_COMPARE(server.server->counters().notifySockets.load(), 2);
        const QJsonObject made = server.post(u"/api/v2/devices"_s, {{"id"_L1, u"lamp"_s}}).json;
        TokenDevice device(url, made["token"_L1].toString());
        QTRY_COMPARE(reader.named(u"online"_s).size(), 1);
        const QString filling(15 * 1024, u'x');
        qsizetype came = 0;
        // What the kernel takes before the server has to hold it is its own matter.
        while (came < 4000 && server.server->counters().notifySockets.load() == 2) {
            for (int i = 0; i < 20; ++i)
                device.say(u"Fill"_s, {{"x"_L1, filling}});
            QTRY_COMPARE_GT(reader.named(u"rpc.out.Fill"_s).size(), came);
            came = reader.named(u"rpc.out.Fill"_s).size();
        }
        QTRY_COMPARE(server.server->counters().notifySockets.load(), 1);
        QVERIFY2(came * filling.size() >= limits::queuedBytesPerConnection, qPrintable(QString::number(came)));
        // Long before the half minute in which it takes nothing, which would be its end as well.
        QVERIFY2(came * filling.size() < 16 * limits::queuedBytesPerConnection, qPrintable(QString::number(came)));
    }
};

MUSTER_TEST(EventsTest)
#include "tst_events.moc"
