// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/daemon/leading.h"

#include "server/steadytime.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QSysInfo>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

Q_LOGGING_CATEGORY(logLeading, "muster.leading")

constexpr auto lookEvery = 1s;
/// A leader that may not be one any more acts on nothing for longer than this.
constexpr auto lookAsLeaderEvery = 250ms;

} // namespace

Leading::Leading(Settings &settings)
    : m_settings(settings)
    , m_lease(settings.database.value_or(store::PostgresAddress()))
{
    connect(&m_looks, &QTimer::timeout, this, [this] { m_leads ? lookAsLeader() : look(); });
}

Leading::~Leading() = default;

store::Lease::Holder Leading::holder() const
{
    return {.name = m_settings.serverName.isEmpty() ? QSysInfo::machineHostName() : m_settings.serverName,
            .url = m_settings.publicUrl(m_standby ? m_standby->port() : m_settings.port),
            .key = m_fingerprint};
}

Result<void> Leading::loadKey(const store::Lease::State &state)
{
    const QString path = m_settings.data + "/keys/cloud_private.pem"_L1;
    // A second server that made a key of its own would be trusted by no device.
    if (!QFile::exists(path) && !state.holder.key.isEmpty())
        return failure(Conflict,
                       u"%1 is missing, and the devices of this database trust one: copy the folder \"keys\" from the server that "
                       "has it"_s.arg(path));
    if (!QDir().mkpath(m_settings.data + "/keys"_L1))
        return failure(Unavailable, u"data: the folder %1 cannot be made"_s.arg(m_settings.data + "/keys"_L1));
    const auto pair = KeyPair::loadOrCreate(path, m_settings.keyAlgorithm);
    if (!pair)
        return std::unexpected(pair.error());
    m_signer = pair->signer();
    m_fingerprint = pair->publicKey().fingerprint();
    if (!state.holder.key.isEmpty() && state.holder.key != m_fingerprint)
        return failure(Conflict,
                       u"the database belongs to a Muster whose key is %1, and %2 is %3: copy the folder \"keys\" from there, or "
                       "give an empty database"_s.arg(state.holder.key, path, m_fingerprint));
    return {};
}

Result<void> Leading::begin()
{
    if (auto opened = m_lease.open(); !opened)
        return opened;
    const auto state = m_lease.look();
    if (!state)
        return std::unexpected(state.error());
    if (auto loaded = loadKey(*state); !loaded)
        return loaded;
    m_looks.start(lookEvery);
    QMetaObject::invokeMethod(this, &Leading::look, Qt::QueuedConnection);
    return {};
}

void Leading::look()
{
    if (m_leads)
        return;
    const auto state = m_lease.look();
    if (!state) {
        qCWarning(logLeading).noquote() << "the database does not say who leads:" << state.error().message;
        return;
    }
    if (state->isHeld) {
        m_freeSince = 0;
        m_seenEpoch = state->epoch;
        if (const auto standing = standBy(*state); !standing)
            emit failed(standing.error().message);
        return;
    }
    if (m_freeSince == 0)
        m_freeSince = steadyNow();
    // One that is to stand by gives the other time to start, and takes over once that one has led.
    if (m_settings.standby && m_seenEpoch < 0 && steadyNow() - m_freeSince < std::chrono::milliseconds(2 * store::Lease::length).count()) {
        if (const auto standing = standBy(*state); !standing)
            emit failed(standing.error().message);
        return;
    }
    const auto epoch = m_lease.take(holder());
    if (!epoch && epoch.error().code == Conflict)
        return emit failed(epoch.error().message);
    if (!epoch)
        qCWarning(logLeading).noquote() << "the lead could not be taken:" << epoch.error().message;
    if (!epoch || *epoch == 0)
        return;
    qCInfo(logLeading) << "leads, in epoch" << *epoch;
    m_lease.keep();
    m_settings.epoch = *epoch;
    m_leads = true;
    m_looks.start(lookAsLeaderEvery);
    m_standby.reset();
    emit leads();
}

void Leading::lookAsLeader()
{
    if (!m_lease.isLost())
        return;
    m_looks.stop();
    emit lost();
}

Result<void> Leading::standBy(const store::Lease::State &state)
{
    const QString leader = state.isHeld ? state.holder.url : QString();
    if (!m_standby) {
        m_standby = std::make_unique<Standby>(m_settings, m_signer);
        if (auto started = m_standby->start(); !started)
            return started;
        emit standsBy(leader);
    }
    m_standby->setLeader(leader);
    return {};
}

void Leading::end()
{
    m_looks.stop();
    m_standby.reset();
    m_lease.giveBack();
}

} // namespace muster
