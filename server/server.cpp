// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/server.h"

#include "protocol/rpc/limits.h"
#include "server/agingclock.h"
#include "server/api/credentials.h"
#include "server/api/live.h"
#include "server/api/methods/methods.h"
#include "server/api/metrics.h"
#include "server/api/notify.h"
#include "server/api/openapi.h"
#include "server/api/rest.h"
#include "server/datafolder.h"
#include "server/doors/mdash/mdashdoor.h"
#include "server/doors/signed/signeddoor.h"
#include "server/listen/descriptors.h"
#include "server/listen/httpintake.h"
#include "server/listen/listener.h"
#include "server/network.h"
#include "server/serverurls.h"
#include "server/store/place.h"
#include "server/web/securityheaders.h"
#include "server/web/site.h"

#include <QCoreApplication>
#include <QDir>
#include <QHttpServer>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QSaveFile>
#include <QSysInfo>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

Q_LOGGING_CATEGORY(logServer, "muster.server")

constexpr int mostIoThreads = 8;
constexpr QByteArrayView devicePath("/device");
constexpr auto setupLinkLength = 24h;
constexpr auto localLinkLength = 1min;
constexpr auto auditExpiredEvery = 10min;

/// Everything of the operator API; made and destroyed in the API's thread.
struct Api
{
    Api(store::MusterDatabase &database, AgingClock &clock, fleet::Fleet &fleet, fleet::Commands &commands, Counters &counters,
        const Settings &settings, listen::KnownNetworks &known, const listen::HttpIntake::TakeOver &toDoor)
        : aging(clock)
        , muster(database)
        , accountStore(database)
        , audit(database)
        , deviceStore(database)
        , shares(deviceStore)
        , accounts(accountStore, settings.sessionLength)
        , gate(table, audit, counters)
        , live(gate, accounts, fleet, commands, known, counters, isSecure(settings))
        , notify(gate, accounts, fleet.events(), known, counters, {.secure = isSecure(settings), .accessTokens = settings.accessTokens})
        , intake(listen::HttpIntake::attach(
              http, [](const QByteArray &path) { return path == devicePath || path == doors::mdashPath; }, toDoor,
              [this](listen::HttpFront &front) {
                  if (front.head().path() == listen::notifyPath)
                      notify.take(front);
                  else
                      live.take(front);
              }))
        , rest(table, gate, accounts, {.secure = isSecure(settings), .accessTokens = settings.accessTokens})
        , site(settings.web, isSecure(settings))
        , auditKept(std::chrono::milliseconds(settings.auditLength).count())
        , mostAudit(settings.auditEntries)
    {
        accounts.setShares(&shares);
        QObject::connect(&accounts, &operators::Accounts::accountRemoved, &shares, &operators::Shares::forgetAccount);
        QObject::connect(&fleet.enrolment(), &fleet::Enrolment::forgotten, &shares, &operators::Shares::forgetDevice);
        QObject::connect(&shares, &operators::Shares::changed, &live, &api::LiveHub::scopesChanged);
        expiry.setInterval(auditExpiredEvery);
        QObject::connect(&expiry, &QTimer::timeout, &gate, [this] {
            expireAudit();
            // Where it cannot be written, the health of the databases says so.
            (void)muster.keepAging(aging.now());
        });
        expiry.start();
        rest.serve(
            http,
            [this](const QHttpServerRequest &request, QHttpServerResponder &responder) {
                if (listen::HttpSession *session = intake->sessionOf(request); session && session->pipe())
                    site.handle(request, std::move(responder), session->pipe());
            },
            [this, &known](const QHttpServerRequest &request) {
                listen::HttpSession *session = intake->sessionOf(request);
                // Where that room is full the connection stays among strangers, and is served all the same.
                if (session && session->connection().moveInto(listen::Room::Operators))
                    known.noteOperator(networkOf(session->connection().address()));
            });
        QObject::connect(&intake->keeper(), &listen::Keeper::ticked, &live, &api::LiveHub::tick);
        QObject::connect(&intake->keeper(), &listen::Keeper::ticked, &notify, &api::NotifyHub::tick);
    }

    /// Whether browsers come over TLS, to this server or to a proxy before it.
    static bool isSecure(const Settings &settings) { return !settings.tlsCertificate.isEmpty() || settings.url.startsWith("https:"_L1); }

    void expireAudit()
    {
        audit.expire(aging.now() - auditKept, mostAudit).then(&gate, [this](const Result<bool> &more) {
            if (!more)
                qCWarning(logServer).noquote() << "old audit entries could not be removed:" << more.error().message;
            else if (*more)
                expireAudit();
        });
    }

    AgingClock &aging;
    store::MusterDatabase &muster;
    store::AccountStore accountStore;
    store::AuditStore audit;
    operators::MethodTable table;
    store::DeviceStore deviceStore;
    operators::Shares shares;
    operators::Accounts accounts;
    operators::Gate gate;
    api::LiveHub live;
    api::NotifyHub notify;
    QHttpServer http;
    listen::HttpIntake *intake; ///< owned by http
    // After http: what is under way ends before its sockets.
    api::Rest rest;
    web::Site site;
    QTimer expiry;
    qint64 auditKept; ///< ms
    qint64 mostAudit;
};

} // namespace

class Server::Private
{
public:
    explicit Private(const Settings &wanted)
        : settings(wanted)
    {
    }

    Settings settings;
    ServerUrls servers;
    Counters counters;
    std::unique_ptr<DataLock> lock;
    AgingClock aging;
    std::unique_ptr<store::MusterDatabase> database;
    std::unique_ptr<store::TelemetryStore> telemetry;
    std::unique_ptr<store::KeyStore> keys;
    std::unique_ptr<store::DeviceStore> devices;
    std::unique_ptr<store::CommandStore> commandStore;
    std::unique_ptr<store::MethodStore> methodStore;
    std::unique_ptr<store::ShadowStore> shadows;
    std::unique_ptr<fleet::Fleet> fleet;
    std::unique_ptr<fleet::Commands> commands;
    std::unique_ptr<fleet::Bulks> bulks;
    std::unique_ptr<fleet::Intake> intake;
    std::unique_ptr<doors::DeviceBudgets> budgets;
    std::unique_ptr<doors::DeviceCalls> deviceCalls;
    std::unique_ptr<listen::Rooms> rooms;
    listen::KnownNetworks known;
    size_t nextIoThread = 0; ///< of the API's thread
    std::vector<std::unique_ptr<listen::IoThread>> ioThreads;
    std::unique_ptr<listen::Listener> listener;
    std::vector<std::unique_ptr<listen::IoThread>> plainThreads; ///< of token_plain_listen
    std::unique_ptr<listen::Listener> plainListener;
    QThread fleetThread;
    QThread apiThread;
    QObject apiContext; ///< lives in the API's thread
    std::unique_ptr<Api> api;
    std::shared_ptr<const Signer> signer;
    PublicKey publicKey;
    QString setupToken;
    qint64 startedAt = 0;
    bool saidReady = false; ///< the ready file is ours

    [[nodiscard]] Result<void> openData();
    [[nodiscard]] [[nodiscard]] Result<void> checkIdentity(const QString &folder) const;
    Result<void> openKeys();
    [[nodiscard]] Result<void> startFleet();
    [[nodiscard]] Result<void> startApi();
    /// Whether an account may still call devices, asked from any thread.
    [[nodiscard]] QFuture<Result<void>> mayCall(qint64 account);
    /// Why one of the databases cannot be written now, from any thread.
    [[nodiscard]] std::optional<Error> unwritable() const;
    void addPages();
    void startIo(const QSslConfiguration &tls);
    [[nodiscard]] Result<void> listen();
    [[nodiscard]] QString url() const;
    [[nodiscard]] QJsonObject retention() const;

    /// Runs `work` in the API's thread and waits for it.
    template <typename Work>
    void inApi(Work work)
    {
        QMetaObject::invokeMethod(&apiContext, work, Qt::BlockingQueuedConnection);
    }
};

Server::Server(const Settings &settings, std::unique_ptr<DataLock> lock)
    : d(std::make_unique<Private>(settings))
{
    d->lock = std::move(lock);
    d->fleetThread.setObjectName(u"fleet"_s);
    d->apiThread.setObjectName(u"api"_s);
}

Server::~Server()
{
    stop();
}

void Server::setServers(const QStringList &urls)
{
    d->servers.set(urls);
}

const Counters &Server::counters() const
{
    return d->counters;
}

namespace {

/// Accounts, keys of devices and the audit are in muster.db: without it there would be another, empty server beside the fleet's samples.
Result<void> checkWhole(const QString &folder)
{
    const QFileInfo muster(folder + "/muster.db"_L1);
    const QFileInfo telemetry(folder + "/telemetry.db"_L1);
    if (muster.size() > 0 || telemetry.size() == 0)
        return {};
    return failure(Conflict,
                   u"data: %1 is %2, but %3 is there: put it back from a backup. To begin with an empty server, remove %3 as well"_s.arg(
                       muster.filePath(), muster.exists() ? u"empty"_s : u"missing"_s, telemetry.filePath()));
}

} // namespace

Result<void> Server::Private::openData()
{
    if (!lock) {
        auto locked = takeDataFolder(settings.data);
        if (!locked)
            return std::unexpected(locked.error());
        lock = std::move(*locked);
    }
    if (const auto whole = checkWhole(settings.data); !whole && !settings.database)
        return whole;
    const store::Place place{.folder = settings.data, .address = settings.database, .epoch = settings.epoch};
    database = std::make_unique<store::MusterDatabase>(place.muster());
    if (auto opened = database->open(); !opened)
        return opened;
    const Result<qint64> kept = database->aging().result();
    aging.begin(kept.value_or(0));
    telemetry = std::make_unique<store::TelemetryStore>(place.telemetry());
    return telemetry->open();
}

/// A server that lost its private key would make another, which no device of its fleet trusts.
Result<void> Server::Private::checkIdentity(const QString &folder) const
{
    const QString path = folder + "/cloud_private.pem"_L1;
    if (QFile::exists(path))
        return {};
    const auto accepted = database->reader()
                              .run([](store::Sql &sql) -> Result<qint64> {
                                  const auto rows = sql.query(u"SELECT count(*) FROM device_key WHERE state = 'accepted'"_s, {});
                                  return rows ? Result<qint64>(rows->first().first().toLongLong()) : std::unexpected(rows.error());
                              })
                              .result();
    if (!accepted)
        return std::unexpected(accepted.error());
    if (*accepted == 0 && !QFile::exists(folder + "/cloud_public.pem"_L1))
        return {};
    return failure(Conflict,
                   u"%1 is missing, and %2 devices trust no other key: put it back from a backup. To begin with a new key, which every "
                   "device has to be given, make it with: openssl genpkey -algorithm ed25519 -out %1; chmod 600 %1; rm -f %3"_s.arg(path)
                       .arg(*accepted)
                       .arg(folder + "/cloud_public.pem"_L1));
}

Result<void> Server::Private::openKeys()
{
    const QString folder = settings.data + "/keys"_L1;
    if (const auto same = checkIdentity(folder); !same)
        return same;
    const auto pair = KeyPair::loadOrCreate(folder + "/cloud_private.pem"_L1, settings.keyAlgorithm);
    if (!pair)
        return std::unexpected(pair.error());
    signer = pair->signer();
    publicKey = pair->publicKey();
    // Devices pin this one; it is derived, so it is written anew where it is missing.
    const QString publicPath = folder + "/cloud_public.pem"_L1;
    const QByteArray pem = pair->publicKey().toPem();
    if (QFile present(publicPath); present.open(QIODevice::ReadOnly)) {
        if (const auto pinned = PublicKey::fromPem(present.readAll()); pinned && *pinned == pair->publicKey())
            return {};
        return failure(
            Conflict,
            u"%1 is not the public half of cloud_private.pem, and devices trust the key that it names: put the right "
            "cloud_private.pem back from a backup. To go on with the other one, remove %1, and give every device the new one"_s.arg(
                publicPath));
    }
    QSaveFile file(publicPath);
    if (!file.open(QIODevice::WriteOnly) || file.write(pem) != pem.size() || !file.commit())
        return failure(Unavailable, u"%1 cannot be written: %2"_s.arg(publicPath, file.errorString()));
    return {};
}

Result<void> Server::Private::startFleet()
{
    keys = std::make_unique<store::KeyStore>(*database);
    commandStore = std::make_unique<store::CommandStore>(*database);
    methodStore = std::make_unique<store::MethodStore>(*database);
    shadows = std::make_unique<store::ShadowStore>(*database);
    devices = std::make_unique<store::DeviceStore>(*database);
    fleet = std::make_unique<fleet::Fleet>(*keys, *devices, *telemetry, *shadows, counters);
    fleet->records().setTokensTaken(settings.tokenDevices);
    fleet->enrolment().setPendingLength(settings.pendingLength);
    fleet->setAging([this] { return aging.now(); });
    if (auto loaded = fleet->load(); !loaded)
        return loaded;
    commands = std::make_unique<fleet::Commands>(*fleet, *commandStore, counters);
    commands->setAging([this] { return aging.now(); });
    if (auto loaded = commands->load(); !loaded)
        return loaded;
    bulks = std::make_unique<fleet::Bulks>(*fleet, *commands, *commandStore);
    // Accounts live in another thread, and fleet/ knows nothing of them.
    commands->setAuthorizer([this](qint64 account) { return mayCall(account); });
    for (const QString &address : fleet->registry().addresses())
        known.noteDevice(networkOf(address));
    fleet->moveToThread(&fleetThread);
    commands->moveToThread(&fleetThread);
    bulks->moveToThread(&fleetThread);
    // Links that end with the I/O threads tell the fleet after it was shut down, and what they tell starts timers again.
    QObject::connect(
        &fleetThread, &QThread::finished, fleet.get(),
        [this] {
            const QList<QTimer *> timers = fleet->findChildren<QTimer *>() + commands->findChildren<QTimer *>();
            for (QTimer *timer : timers)
                timer->stop();
        },
        Qt::DirectConnection);
    fleetThread.start();
    return {};
}

QFuture<Result<void>> Server::Private::mayCall(qint64 account)
{
    return inThreadOf(&apiContext, [this, account]() -> Result<void> {
        if (!api)
            return failure(Unavailable, u"the server is not ready"_s);
        return api->accounts.accountMay(account, operators::permission::devicesCall);
    });
}

Result<void> Server::Private::startApi()
{
    apiContext.moveToThread(&apiThread);
    apiThread.start();
    Result<void> result;
    inApi([this, &result] {
        const auto toDoor = [this](listen::HttpFront &front) { ioThreads.at(nextIoThread++ % ioThreads.size())->adopt(front); };
        api = std::make_unique<Api>(*database, aging, *fleet, *commands, counters, settings, known, toDoor);
        if (!settings.unrecordedChanges)
            api->gate.setTrouble([this] { return database->writer().trouble(); });
        result = api->shares.load();
        if (!result)
            return;
        result = api->accounts.load();
        for (const auto &session : api->accounts.sessions())
            known.noteOperator(networkOf(session.address));
    });
    return result;
}

std::optional<Error> Server::Private::unwritable() const
{
    for (const auto &[name, trouble] : {std::pair(database->writer().name(), database->writer().trouble()),
                                        std::pair(telemetry->writer().name(), telemetry->writer().trouble())}) {
        if (trouble)
            return Error{.code = Unavailable, .message = u"%1 cannot be written: %2"_s.arg(name, trouble->message)};
    }
    return {};
}

void Server::Private::addPages()
{
    using Page = api::Rest::Page;
    using MadePage = Result<Page>;
    namespace permission = operators::permission;
    // Of the program and not of a fleet: whoever writes a client needs no account. Written once, because strangers may ask.
    const QByteArray cookieName = api::sessionCookieName(Api::isSecure(settings), QUrl(url()).authority().toLatin1());
    const QByteArray document = QJsonDocument(api::openApi(api->table, cookieName)).toJson(QJsonDocument::Compact);
    api->rest.addPage("/api/v2/openapi.json", permission::everyone,
                      [document] { return ready<MadePage>(Page{.type = "application/json", .body = document}); });
    // A health check that answers through the fleet's thread shows that it still turns.
    api->rest.addPage("/healthz", permission::everyone, [this] {
        return inThreadOf(fleet.get(), [this]() -> MadePage {
            if (const auto trouble = unwritable())
                return std::unexpected(*trouble);
            return Page{.type = "application/json", .body = R"({"status":"ok"})"};
        });
    });
    api->rest.addPage("/metrics", permission::serverRead, [this] {
        return inThreadOf(fleet.get(), [this]() -> MadePage {
            return Page{.type = "text/plain; version=0.0.4; charset=utf-8",
                        .body = api::metricsText(
                            counters, fleet->registry().counts(), fleet->presence().homecoming(), commands->counts(),
                            fleet->history().store().written(), settings.epoch,
                            {{"muster", database->writer(), database->reader()}, {"telemetry", telemetry->writer(), telemetry->reader()}})};
        });
    });
}

void Server::Private::startIo(const QSslConfiguration &tls)
{
    rooms = std::make_unique<listen::Rooms>(listen::Rooms::sizesFor(listen::raiseDescriptorLimit()));
    intake = std::make_unique<fleet::Intake>(*fleet, *commands, *telemetry, *methodStore, counters);
    deviceCalls = std::make_unique<doors::DeviceCalls>(*intake, counters);
    budgets = std::make_unique<doors::DeviceBudgets>(settings.deviceBudget);
    const doors::DoorContext doorContext{.fleet = *fleet, .intake = *intake, .known = known, .counters = counters, .budgets = *budgets};
    const auto signedContext =
        std::make_shared<const doors::SignedContext>(doors::SignedContext{doorContext, signer, settings.authMethod, *deviceCalls, servers});
    const auto mdashContext = std::make_shared<const doors::MdashContext>(
        doors::MdashContext{doorContext, fleet->records().tokens(), settings.tokenDevices, settings.tokenRights});
    const auto makeMdash = [mdashContext]() -> std::unique_ptr<doors::Door> { return std::make_unique<doors::MdashDoor>(mdashContext); };
    const auto handOver = [this](listen::HttpFront &front) {
        front.connection().moveToThread(&apiThread);
        QMetaObject::invokeMethod(
            &apiContext,
            [this, &front] {
                if (api)
                    api->intake->take(front);
                else
                    front.connection().end(listen::Ending::Stopped);
            },
            Qt::QueuedConnection);
    };
    const listen::IoContext context{
        .rooms = *rooms,
        .counts = counters.byPhase,
        .known = known,
        .tls = tls,
        .securityLines = web::securityLines(Api::isSecure(settings)),
        .doors = {{devicePath.toByteArray(),
                   [signedContext]() -> std::unique_ptr<doors::Door> { return std::make_unique<doors::SignedDoor>(signedContext); }},
                  {doors::mdashPath.toByteArray(), makeMdash}},
        .handOver = handOver};
    const int count = settings.ioThreads > 0 ? settings.ioThreads : std::clamp(QThread::idealThreadCount(), 1, mostIoThreads);
    for (int i = 0; i < count; ++i)
        ioThreads.push_back(std::make_unique<listen::IoThread>(i, context));
    if (settings.tokenListen.isNull())
        return;
    // In plain text there is one thing to be had, and nothing that people sign in to.
    listen::IoContext plain = context;
    plain.tls = {};
    plain.doors = {{doors::mdashPath.toByteArray(), makeMdash}};
    plain.handOver = [](listen::HttpFront &front) {
        front.refuse(403, u"here is a door for devices with tokens, at %1, and nothing else"_s.arg(QLatin1StringView(doors::mdashPath)));
    };
    plainThreads.push_back(std::make_unique<listen::IoThread>(count, plain));
}

QString Server::Private::url() const
{
    return settings.publicUrl(listener ? listener->serverPort() : settings.port);
}

QJsonObject Server::Private::retention() const
{
    constexpr qint64 day = 24 * store::hour;
    return {{"health_days"_L1, store::tiers.back().keep / day},
            {"history_days"_L1, store::historyKept / day},
            {"commands_days"_L1, store::commandsKept / day},
            {"audit_days"_L1, static_cast<qint64>(settings.auditLength.count())},
            {"audit_entries"_L1, settings.auditEntries},
            {"pending_days"_L1, static_cast<qint64>(std::chrono::duration_cast<std::chrono::days>(settings.pendingLength).count())}};
}

Result<void> Server::Private::listen()
{
    listener = std::make_unique<listen::Listener>(ioThreads);
    QObject::connect(listener.get(), &listen::Listener::accepted, listener.get(), [this] { ++counters.connectionsOpened; });
    if (auto open = listener->open(settings.address, settings.port); !open || plainThreads.empty())
        return open;
    plainListener = std::make_unique<listen::Listener>(plainThreads);
    QObject::connect(plainListener.get(), &listen::Listener::accepted, plainListener.get(), [this] { ++counters.connectionsOpened; });
    return plainListener->open(settings.tokenListen.address, settings.tokenListen.port);
}

Result<void> Server::start()
{
    d->startedAt = QDateTime::currentMSecsSinceEpoch();
    if (auto opened = d->openData(); !opened)
        return opened;
    // What one left that was killed: this one is not ready yet, and may never be.
    if (!d->settings.readyFile.isEmpty())
        QFile::remove(d->settings.readyFile);
    if (auto opened = d->openKeys(); !opened)
        return opened;
    if (auto started = d->startFleet(); !started)
        return started;
    if (auto started = d->startApi(); !started)
        return started;
    const auto tls = d->settings.tls();
    if (!tls)
        return std::unexpected(tls.error());
    for (const QString &warning : tls->warnings)
        qCWarning(logServer).noquote() << warning;
    d->startIo(tls->configuration);
    if (auto listening = d->listen(); !listening)
        return listening;

    const QString name = d->settings.serverName.isEmpty() ? QSysInfo::machineHostName() : d->settings.serverName;
    const api::ServerFacts facts{.name = name,
                                 .url = d->url(),
                                 .servers = &d->servers,
                                 .startedAt = d->startedAt,
                                 .key = d->publicKey,
                                 .place = {.folder = d->settings.data, .address = d->settings.database},
                                 .retention = d->retention()};
    std::optional<QFuture<Result<QString>>> link;
    d->inApi([this, &facts, &link] {
        Api &api = *d->api;
        api::addSessionMethods(api.table, api.accounts, facts);
        api::addPeopleMethods(api.table, api.accounts, facts);
        api::addDeviceMethods(api.table, *d->fleet, *d->commands, *d->telemetry, *d->methodStore);
        api::addShadowMethods(api.table, *d->fleet);
        api::addMdashMethods(api.table, *d->fleet, api.accounts, api.shares);
        api::addShareMethods(api.table, *d->fleet, api.accounts, api.shares);
        api::addContainerMethods(api.table, *d->fleet, *d->commands);
        api::addCommandMethods(api.table, *d->commands);
        api::addBulkMethods(api.table, *d->bulks);
        api::addSelectionMethods(api.table, *d->fleet, *d->commands);
        api::addHistoryMethods(api.table, *d->fleet);
        api::addEventMethods(api.table, *d->fleet);
        api::addLiveMethods(api.table);
        api::addApprovalMethods(api.table, *d->fleet);
        api::addServerMethods(api.table, *d->fleet, api.audit, facts);
        d->addPages();
        connect(&api.accounts, &operators::Accounts::setUpDone, this, &Server::setUpDone);
        if (api.accounts.setupNeeded())
            link = api.accounts.makeLink(std::nullopt, setupLinkLength);
    });
    if (link) {
        const Result<QString> token = link->result();
        if (!token)
            return std::unexpected(token.error());
        d->setupToken = *token;
    }
    qCInfo(logServer).noquote() << "listening on" << d->url();
    if (!d->settings.readyFile.isEmpty()) {
        QSaveFile file(d->settings.readyFile);
        const QJsonObject contents{{"url"_L1, d->url()}, {"pid"_L1, QCoreApplication::applicationPid()}};
        if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(contents).toJson(QJsonDocument::Compact)) < 0 || !file.commit())
            return failure(Unavailable, u"ready_file: %1 cannot be written: %2"_s.arg(d->settings.readyFile, file.errorString()));
        d->saidReady = true;
    }
    return {};
}

void Server::stop()
{
    d->plainListener.reset();
    d->listener.reset();
    if (d->apiThread.isRunning()) {
        d->inApi([this] {
            if (!d->api)
                return;
            d->api->live.shutDown();
            d->api->notify.shutDown();
        });
    }
    if (d->fleetThread.isRunning())
        QMetaObject::invokeMethod(
            d->fleet.get(),
            [this] {
                d->commands->shutDown();
                d->fleet->shutDown();
            },
            Qt::BlockingQueuedConnection);
    d->plainThreads.clear();
    d->ioThreads.clear();
    if (d->apiThread.isRunning()) {
        d->inApi([this] { d->api.reset(); });
        d->apiThread.quit();
        d->apiThread.wait();
    }
    if (d->fleetThread.isRunning()) {
        d->fleetThread.quit();
        d->fleetThread.wait();
    }
    // The databases finish what is queued, and tell the fleet, which is therefore still there.
    d->telemetry.reset();
    d->database.reset();
    d->deviceCalls.reset();
    d->intake.reset();
    d->bulks.reset();
    d->commands.reset();
    d->fleet.reset();
    d->methodStore.reset();
    d->devices.reset();
    d->shadows.reset();
    d->commandStore.reset();
    d->keys.reset();
    // Of one that did not start it is another one's, which runs with the same settings.
    if (std::exchange(d->saidReady, false))
        QFile::remove(d->settings.readyFile);
    d->lock.reset();
}

QString Server::url() const
{
    return d->url();
}

QString Server::setupLink() const
{
    return d->setupToken.isEmpty() ? QString() : u"%1/#/setup/%2"_s.arg(d->url(), d->setupToken);
}

Result<QString> Server::signInLocally(const QString &user)
{
    using Token = Result<QString>;
    std::optional<QFuture<Token>> token;
    d->inApi([this, &user, &token] {
        operators::Accounts *accounts = &d->api->accounts;
        if (const auto *account = accounts->accountNamed(user)) {
            token = accounts->makeLink(account->id, localLinkLength);
            return;
        }
        token = accounts->addAccount(user, operators::Role::Admin, {})
                    .then(accounts,
                          [accounts](const Result<qint64> &added) {
                              return added ? accounts->makeLink(*added, localLinkLength) : ready<Token>(std::unexpected(added.error()));
                          })
                    .unwrap();
    });
    return token ? token->result() : failure(InternalError, u"the sign-in was not begun"_s);
}

} // namespace muster
