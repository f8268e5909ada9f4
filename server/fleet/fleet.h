// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/async.h"
#include "server/fleet/approvals.h"
#include "server/fleet/history.h"
#include "server/fleet/listing.h"
#include "server/store/telemetrystore.h"

#include <QTimer>

#include <map>
#include <span>
#include <vector>

namespace muster::fleet {

/// Who asked for a decision; goes into the audit with it.
struct Decider
{
    QString name;
    QString session;
    QString address;
};

/// How many of what: for the rail, the list's chips and /metrics.
struct Counts
{
    int devices = 0;
    int online = 0;
    int offline = 0;
    int never = 0;
    int ok = 0;
    int warning = 0;
    int failing = 0;
    int approvals = 0;

    bool operator==(const Counts &) const = default;
    [[nodiscard]] QJsonObject toJson() const;
};

/// How the fleet comes back after the server was away.
struct Homecoming
{
    qsizetype expected = 0; ///< devices that were online when the server was last there
    qsizetype returned = 0;
    std::optional<std::chrono::seconds> took; ///< until nearly all were back; some may never come

    [[nodiscard]] QJsonObject toJson() const;
};

/// A stretch of a sorted, filtered list.
struct Window
{
    qsizetype total = 0; ///< devices that match
    qsizetype offset = 0;
    Counts counts;
    QStringList ids;
    QList<QJsonObject> rows;          ///< those that `known` does not have in this version
    QHash<QString, quint64> versions; ///< of every id in the window
};

/// All devices, their keys, presence and health. Lives in one thread and owns all state; use it from elsewhere through
/// inThreadOf(&fleet, …). Knows links, not sockets, and the store, not SQL.
class Fleet : public QObject
{
    Q_OBJECT

public:
    /// Rows of one answer, whatever was asked.
    static constexpr qsizetype mostRows = 500;

    Fleet(store::KeyStore &keys, store::TelemetryStore &telemetry);
    ~Fleet() override;

    /// Loads keys and what was last known. Blocks; call before the fleet's thread starts.
    [[nodiscard]] Result<void> load();

    /// From where accepted devices came last. Call before the fleet's thread starts.
    [[nodiscard]] QStringList addresses() const;

    /// Takes in a verified introduction: the link is told its standing, and kept when it may stay.
    void introduce(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction);
    /// Notes health that is stored already; `live` samples are shown, not stored.
    void noteSamples(const QString &deviceId, const QList<HealthSample> &samples, bool live);

    /// Merges a patch (RFC 7396) into what a device reports of itself. @return when it is stored; TooLarge beyond limits::stateBytes
    [[nodiscard]] QFuture<Result<QJsonValue>> reportState(const QString &deviceId, const QJsonObject &patch);

    [[nodiscard]] bool knows(const QString &id) const { return find(id) != nullptr; }
    /// Somebody's wish to forget the device is being written: nothing new begins for it.
    [[nodiscard]] bool isForgetting(const QString &id) const { return m_forgetting.contains(id); }
    [[nodiscard]] bool isOnline(const QString &id) const;
    /// The ids of all devices that match, in the query's order.
    [[nodiscard]] QStringList matching(const ListQuery &query) const;
    [[nodiscard]] Result<QJsonObject> device(const QString &id) const;
    /// The device's row if it changed since `version`, which is brought up to date; null otherwise.
    [[nodiscard]] Result<std::optional<QJsonObject>> deviceSince(const QString &id, quint64 &version) const;
    [[nodiscard]] Window window(const ListQuery &query, qsizetype offset, qsizetype limit, const QHash<QString, quint64> &known) const;
    /// A page of the list after the device `after` (keyset: its place is found again even when it no longer matches).
    [[nodiscard]] Window page(const ListQuery &query, const QString &after, qsizetype limit) const;
    [[nodiscard]] Counts counts() const;
    [[nodiscard]] Homecoming homecoming() const { return m_homecoming; }

    /// A page of approvals: {total, items, next?}; what it cannot hold comes with Query::after. @param limit mostRows at most
    [[nodiscard]] QJsonObject approvals(const Approvals::Query &query, qsizetype limit = mostRows) const;
    /// @param fingerprint what the person compared; empty where they did not say. Conflict when it is another key's.
    [[nodiscard]] QFuture<Result<QJsonObject>> decide(qint64 approval, store::KeyState state, const QString &fingerprint,
                                                      const Decider &by);
    /// Rejects all keys that wait from one address, or its whole network (see networkOf()).
    /// @param count how many the person saw; Conflict where they have become more
    [[nodiscard]] QFuture<Result<QJsonObject>> rejectFrom(const QString &address, qsizetype count, const Decider &by);
    /// After this long without a sign of it a key does not wait any more. Call before the fleet's thread starts.
    void setPendingLength(std::chrono::milliseconds length) { m_pendingLength = length; }
    /// The time by which keys, samples and history grow old, ms since 1970; the system's clock without it. Set before the thread starts.
    void setAging(const std::function<qint64()> &clock);
    /// Takes a device's accepted key away, with all that was kept of it; its commands stay as proofs, detached from the id. The device
    /// is told that it is pending, and comes back like one that was never seen.
    [[nodiscard]] QFuture<Result<QJsonObject>> forget(const QString &id, const Decider &by);

    [[nodiscard]] QFuture<Result<QJsonValue>> call(const QString &id, const QString &method, const QJsonObject &params,
                                                   std::chrono::milliseconds timeout);
    /// Calls a method of a device that answers with a stream; see DeviceLink::openStream(). After an error the stream is closed with it.
    [[nodiscard]] QFuture<Result<QJsonValue>> openStream(const QString &id, const QString &method, const QJsonObject &params, qint64 credit,
                                                         std::chrono::milliseconds timeout, const std::shared_ptr<DeviceStream> &stream);
    /// While anybody watches a device's health, it sends live samples.
    void watchHealth(const QString &id);
    void unwatchHealth(const QString &id);

    [[nodiscard]] History &history() { return m_history; }

    /// Says goodbye to every device and writes what is not written. Blocks until it is; call last, in the fleet's thread.
    void shutDown();

signals:
    /// Something that lists or pages show has changed; at most four times a second.
    void changed();
    void healthSample(const QString &deviceId, const QJsonObject &sample);
    /// A device with an accepted key is there, and has been told so: it takes calls.
    void cameOnline(const QString &deviceId);
    void forgotten(const QString &deviceId, const QString &by);

private:
    using Devices = std::map<QString, std::unique_ptr<Device>>;

    [[nodiscard]] Device *find(const QString &id) const;
    Device &makeDevice(const store::KeyRecord &record);
    /// Telemetry is kept of the device from now on.
    void admit(const QString &id);
    [[nodiscard]] QJsonObject forgotNow(const QString &id, const Decider &by);
    void accept(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction, store::KeyRecord &record);
    void attach(Device &device, const std::shared_ptr<DeviceLink> &link);
    void detach(Device &device, const QString &reason);
    void wait(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction, store::KeyRecord &record, Standing standing);
    void expireKeys();
    /// Whether a network has shown too many new keys in the last minute.
    [[nodiscard]] bool presentsTooMuch(const QString &network);
    void dropKeys(const QList<qint64> &ids, const QString &reason);
    void presentNewKey(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction);
    void decided(qint64 approval, store::KeyState state, qint64 at, const QString &by);
    void linkClosed(DeviceLink *link, const QString &reason);
    void welcome(Device &device, const QString &reason);
    void noteHistory(const Device &device, QLatin1StringView kind, const QString &name, const QString &text, const QString &by = {});
    [[nodiscard]] Error unknownDevice(const QString &id) const;
    void rollUp();
    void startStream(Device &device);
    void touch(Device &device);
    void note();
    void save();
    [[nodiscard]] QList<QFuture<Result<int>>> writeUnsaved();
    [[nodiscard]] std::vector<const Device *> sorted(const ListQuery &query) const;
    void fill(Window &window, std::span<const Device *const> devices, const QHash<QString, quint64> &known) const;

    store::KeyStore &m_keys;
    std::function<qint64()> m_aging;
    store::TelemetryStore &m_telemetry;
    History m_history;
    Approvals m_approvals;
    Devices m_devices;
    QHash<DeviceLink *, QString> m_linkOwners; ///< accepted links, and whose they are
    struct WaitingLink
    {
        qint64 key = 0;
        QString door;
        QString bootId;
        qint64 bootedAt = 0;
    };
    QHash<DeviceLink *, WaitingLink> m_waitingLinks;
    QSet<qint64> m_deciding;
    QHash<QString, int> m_presented; ///< new keys by network, in this minute
    std::chrono::milliseconds m_pendingLength;
    void noteReturn(const QString &id);

    QSet<QString> m_away; ///< of those that are expected back
    Homecoming m_homecoming;
    qint64 m_startedSteady = 0;
    QSet<QString> m_forgetting;
    qsizetype m_presenting = 0; ///< new keys that are being written
    QHash<QString, int> m_watched;
    quint64 m_version = 0;
    QTimer m_changes;
    QTimer m_saves;
    QTimer m_streams;
    QTimer m_rollUps;
};

} // namespace muster::fleet
