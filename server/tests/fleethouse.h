// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/doors/signed/devicecalls.h"
#include "server/fleet/intake.h"
#include "server/tests/fakelink.h"
#include "server/tests/storeplace.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QTemporaryDir>

namespace muster::test {

/// A fleet in the test's own thread, with databases of its own.
struct FleetHouse
{
    QTemporaryDir folder;
    Counters counters;
    store::MusterDatabase database{placeOf(folder.filePath(QStringLiteral("muster.db")))};
    store::TelemetryStore telemetry{placeOf(folder.filePath(QStringLiteral("telemetry.db")), store::Durability::Normal)};
    store::KeyStore keys{database};
    store::DeviceStore devices{database};
    store::MethodStore methods{database};
    store::ShadowStore shadows{database};
    store::CommandStore commandStore{database};
    std::unique_ptr<fleet::Fleet> fleet;
    std::unique_ptr<fleet::Commands> commands;
    std::unique_ptr<fleet::Intake> intake;
    std::unique_ptr<doors::DeviceCalls> calls; ///< of the signed protocol
    /// What the authorizer says of everybody.
    Result<void> mayCall;

    FleetHouse()
    {
        if (!database.open() || !telemetry.open())
            qFatal("no databases");
        begin();
    }
    void begin()
    {
        fleet = std::make_unique<fleet::Fleet>(keys, devices, telemetry, shadows, counters);
        if (!fleet->load())
            qFatal("no fleet");
        commands = std::make_unique<fleet::Commands>(*fleet, commandStore, counters);
        if (!commands->load())
            qFatal("no commands");
        commands->setAuthorizer([this](qint64) { return ready(mayCall); });
        intake = std::make_unique<fleet::Intake>(*fleet, *commands, telemetry, methods, counters);
        calls = std::make_unique<doors::DeviceCalls>(*intake, counters);
    }
    /// As a server that was stopped and started.
    void restart()
    {
        commands->shutDown();
        fleet->shutDown();
        commands.reset();
        begin();
    }
    /// As a server that was killed: nothing is written any more.
    void crash()
    {
        commands.reset();
        begin();
    }

    template <typename T>
    static T wait(QFuture<T> future)
    {
        (void)muster::test::eventually([&] { return future.isFinished(); });
        return future.result();
    }

    std::shared_ptr<FakeLink> connectDevice(const QString &id, const KeyPair &key,
                                            const QString &address = QStringLiteral("10.0.0.9")) const
    {
        auto link = std::make_shared<FakeLink>();
        introduce(link, id, key, address);
        return link;
    }
    void introduce(const std::shared_ptr<FakeLink> &link, const QString &id, const KeyPair &key,
                   const QString &address = QStringLiteral("10.0.0.9")) const
    {
        fleet->introduce(link, {.deviceId = id,
                                .key = key.publicKey(),
                                .door = QStringLiteral("signed"),
                                .address = address,
                                .bootId = QStringLiteral("b1"),
                                .bootedAt = 1'750'000'000'000,
                                .machine = {{QStringLiteral("os"), QStringLiteral("Debian")}},
                                .agent = {}});
        (void)muster::test::eventually([&] { return !link->told.isEmpty() || link->closedNow; });
    }

    QJsonObject newestApproval() const { return fleet->enrolment().list({})[QStringLiteral("items")].toArray().first().toObject(); }
    Result<QJsonObject> decide(const QJsonObject &approval, store::KeyState state, const QString &fingerprint = {}) const
    {
        return wait(fleet->enrolment().decide(approval[QStringLiteral("id")].toString().toLongLong(), state, fingerprint,
                                              {QStringLiteral("me"), QStringLiteral("s"), QStringLiteral("::1")}));
    }
    std::shared_ptr<FakeLink> acceptedDevice(const QString &id, const KeyPair &key) const
    {
        auto link = connectDevice(id, key);
        if (!decide(newestApproval(), store::KeyState::Accepted))
            qFatal("not accepted");
        return link;
    }
};

} // namespace muster::test
