// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/daemon/leading.h"

#include "server/steadytime.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QSaveFile>
#include <QSysInfo>
#include <QUuid>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

Q_LOGGING_CATEGORY(logLeading, "muster.leading")

constexpr auto lookEvery = 1s;
/// A leader that may not be one any more acts on nothing for longer than this.
constexpr auto lookAsLeaderEvery = 250ms;
/// How often the others learn that this server is there, and it of them.
constexpr qint64 announceEvery = 10'000;
/// ms after which a database that says nothing is said to be silent.
constexpr qint64 silent = 5'000;
/// ms for which one that is to stand by leaves the lead to the other, when both start.
constexpr qint64 leavesLead = std::chrono::milliseconds(2 * store::Lease::length).count();

} // namespace

Leading::Leading(Settings &settings)
    : m_settings(settings)
    , m_lease(std::make_unique<store::Lease>(settings.database.value_or(store::PostgresAddress())))
{
    m_thread.setObjectName("lease"_L1);
    m_asker.moveToThread(&m_thread);
    m_thread.start();
    connect(&m_ticks, &QTimer::timeout, this, [this] { m_leads ? lookAsLeader() : tick(); });
}

Leading::~Leading()
{
    end();
}

template <typename Work, typename Then>
void Leading::ask(Work work, Then then)
{
    m_askedAt = steadyNow();
    QMetaObject::invokeMethod(&m_asker, [this, work = std::move(work), then = std::move(then)] {
        QMetaObject::invokeMethod(this, [this, then, answer = work(*m_lease)] {
            m_askedAt.reset();
            then(answer);
        });
    });
}

store::Lease::Holder Leading::holder() const
{
    return {.name = m_settings.serverName.isEmpty() ? QSysInfo::machineHostName() : m_settings.serverName,
            .url = m_settings.publicUrl(m_standby ? m_standby->port() : m_settings.port),
            .key = m_fingerprint,
            .instance = m_instance};
}

QString Leading::loadInstance() const
{
    QFile kept(m_settings.data + "/instance"_L1);
    QByteArray id = kept.open(QIODevice::ReadOnly) ? kept.readLine(64).trimmed() : QByteArray();
    if (id.isEmpty()) {
        id = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
        QSaveFile file(kept.fileName());
        if (!file.open(QIODevice::WriteOnly) || file.write(id + '\n') < 0 || !file.commit())
            return {};
    }
    // A copy of the folder, here or on another machine, is another server.
    const QByteArray place = QSysInfo::machineUniqueId() + '\n' + QFileInfo(m_settings.data).canonicalFilePath().toUtf8();
    return QString::fromLatin1(QCryptographicHash::hash(id + '\n' + place, QCryptographicHash::Sha256).toHex().first(32));
}

QString Leading::keyFile() const
{
    return m_settings.data + "/keys/cloud_private.pem"_L1;
}

Result<void> Leading::loadKey(const store::Lease::State &state)
{
    const QString path = keyFile();
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

void Leading::begin(bool anew)
{
    if (anew && !m_standby && QFile::exists(keyFile()) && loadKey({}))
        standBy({}, u"it led, and asks the database"_s);
    ask(
        [](store::Lease &lease) -> State {
            if (const auto opened = lease.open(); !opened)
                return std::unexpected(opened.error());
            return lease.look();
        },
        [this, anew](const State &state) { opened(state, anew); });
}

void Leading::opened(const State &state, bool anew)
{
    // Its machine may have started before the database's. What has to be mended by a person ends it.
    if (!state && state.error().code == Unavailable) {
        noteTrouble(state.error().message);
        // Its port answers meanwhile, with the key that it had.
        if (QFile::exists(keyFile()) && (m_signer || loadKey({})))
            standBy({}, state.error().message);
        QTimer::singleShot(lookEvery, this, [this, anew] { begin(anew); });
        return;
    }
    if (!state)
        return emit failed(state.error().message);
    if (const auto loaded = loadKey(*state); !loaded)
        return emit failed(loaded.error().message);
    m_instance = loadInstance();
    m_isFirstLook = !anew;
    m_ticks.start(lookEvery);
    heard(state);
}

void Leading::tick()
{
    if (m_askedAt) {
        if (m_standby && steadyNow() - *m_askedAt > silent)
            standBy({}, u"the database does not answer"_s);
        return;
    }
    const bool announces = m_standby && steadyNow() - m_announcedAt > announceEvery;
    if (announces)
        m_announcedAt = steadyNow();
    ask(
        [announces, own = holder()](store::Lease &lease) -> State {
            if (const auto announced = announces ? lease.announce(own) : Result<void>(); !announced)
                return std::unexpected(announced.error());
            return lease.look();
        },
        [this](const State &state) { heard(state); });
}

void Leading::heard(const State &state)
{
    if (!state) {
        noteTrouble(state.error().message);
        if (m_standby)
            standBy({}, state.error().message);
        return;
    }
    // The life before has ended: it held the lock of the data folder. Once, so that whatever calls itself the same takes it once.
    const bool isBack = std::exchange(m_isFirstLook, false) && state->isHeld && !m_instance.isEmpty()
                        && state->holder.instance == m_instance;
    if (state->isHeld && !isBack) {
        noteTrouble({});
        m_freeSince = 0;
        m_seenEpoch = state->epoch;
        return standBy(state->holder.url);
    }
    if (m_freeSince == 0)
        m_freeSince = steadyNow();
    // One that is to stand by gives the other time to start, and takes over once that one has led.
    if (m_settings.standby && !isBack && m_seenEpoch < 0 && steadyNow() - m_freeSince < leavesLead)
        return standBy({});
    ask([own = holder(), isBack](store::Lease &lease) { return lease.take(own, isBack); },
        [this](const Result<qint64> &epoch) { took(epoch); });
}

void Leading::took(const Result<qint64> &epoch)
{
    if (!epoch && epoch.error().code == Conflict)
        return emit failed(epoch.error().message);
    if (!epoch) {
        noteTrouble(epoch.error().message);
        return standBy({}, epoch.error().message);
    }
    if (*epoch == 0)
        return; // somebody was faster
    noteTrouble({});
    qCInfo(logLeading) << "leads, in epoch" << *epoch;
    m_lease->keep();
    m_settings.epoch = *epoch;
    m_leads = true;
    m_announcedAt = 0;
    m_ticks.start(lookAsLeaderEvery);
    m_standby.reset();
    emit leads();
}

void Leading::lookAsLeader()
{
    if (m_lease->isLost()) {
        m_ticks.stop();
        return emit lost();
    }
    if (m_askedAt || (m_announcedAt != 0 && steadyNow() - m_announcedAt < announceEvery))
        return;
    m_announcedAt = steadyNow();
    ask(
        [own = holder()](store::Lease &lease) -> Result<QStringList> {
            if (const auto announced = lease.announce(own); !announced)
                return std::unexpected(announced.error());
            return lease.members();
        },
        [this](const Result<QStringList> &members) {
            if (!members)
                return; // that it is away, its databases say
            QStringList urls = *members;
            urls.removeAll(holder().url);
            emit membersKnown(QStringList(holder().url) + urls);
        });
}

void Leading::standBy(const QString &leader, const QString &trouble)
{
    if (!m_standby) {
        m_standby = std::make_unique<Standby>(m_settings, m_signer);
        if (const auto started = m_standby->start(); !started)
            return emit failed(started.error().message);
        emit standsBy(leader);
    }
    m_standby->setLeader(leader, trouble);
}

void Leading::noteTrouble(const QString &trouble)
{
    if (trouble == m_trouble)
        return;
    m_trouble = trouble;
    if (trouble.isEmpty())
        qCInfo(logLeading) << "the database says who leads again";
    else
        qCWarning(logLeading).noquote() << "the database does not say who leads:" << trouble;
}

void Leading::end()
{
    if (!m_thread.isRunning())
        return;
    m_ticks.stop();
    m_standby.reset();
    // Its connection goes where it was made.
    QMetaObject::invokeMethod(&m_asker, [this] { m_lease.reset(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

} // namespace muster
