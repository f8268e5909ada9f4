// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/health.h"
#include "server/fleet/credential.h"
#include "server/fleet/devicelink.h"
#include "server/store/shadowstore.h"

#include <memory>
#include <optional>

namespace muster::fleet {

enum class PresenceState { Never, Offline, Online };
[[nodiscard]] QString presenceName(PresenceState state);

/// Whether a device is there, and how we know.
struct Presence
{
    PresenceState state = PresenceState::Never;
    QString reason = QStringLiteral("never connected since its key was accepted");
    qint64 since = 0;       ///< ms since 1970
    qint64 evidenceAt = 0;  ///< the last signed message
    quint32 generation = 0; ///< counts connections: one device has one at a time
};

enum class Level { Unknown, Ok, Warning, Failing };
[[nodiscard]] QString levelName(Level level);

/// How well a device is, in a word and a sentence.
struct Condition
{
    Level level = Level::Unknown;
    QString text;
    /// The measure that decided, with its value in its own unit; none where nothing is wrong.
    std::optional<HealthField> field = {};
    qint64 value = 0;

    bool operator==(const Condition &) const = default;
};

/// Judges one sample: the worst of its values decides.
[[nodiscard]] Condition conditionOf(const HealthSample &sample);

/// From which values on conditionOf() says warning and failing, by field: {"disk": {"warning": 850, "failing": 950}, …}. What is never called
/// so has none.
[[nodiscard]] QJsonObject thresholdsJson();

/// CPU of the last hour, one value a minute, for the sparkline of a list.
class Trend
{
public:
    static constexpr int minutes = 60;
    void add(const HealthSample &sample);
    /// Permille, oldest first, up to the minute of `now`; missing minutes are HealthSample::missing.
    [[nodiscard]] QList<qint64> until(qint64 now) const;

private:
    std::array<qint16, minutes> m_values{};
    std::array<quint8, minutes> m_counts{};
    qint64 m_last = 0; ///< the newest minute since 1970 that has a value
};

/// What a device was told of what is wanted of it.
struct ShadowDelivery
{
    QJsonObject delta;  ///< empty: nothing, or nothing that it does not report by now
    qint64 version = 0; ///< of what is wanted
    qint64 at = 0;      ///< when it answered, ms since 1970
    QString error;      ///< why it did not take it
    quint32 generation = 0;
    bool isUnderway = false;
    bool hasMoved = false; ///< meanwhile something else differed
};

/// A device that people let in: all that the fleet knows of it now.
struct Device
{
    QString id;
    QString name; ///< that people gave it; empty: none
    Credential credential;
    qint64 firstSeen = 0; ///< when its key came first, or people made it; ms since 1970
    Presence presence;
    Condition condition;
    QString door = QStringLiteral("signed");
    QString bootId;
    qint64 bootedAt = 0; ///< ms since 1970; 0 where it is not known
    QString address;
    QJsonObject machine;
    QJsonObject agent;
    qint64 clockAhead = 0; ///< ms
    std::optional<HealthSample> latest;
    Trend trend;
    StateTree reported;     ///< what it reports of itself, merged
    store::Desired desired; ///< what people want it to be
    ShadowDelivery delivery;
    quint64 shadowVersion = 1;        ///< as `version`, of what belongs to its shadow; never 0
    std::shared_ptr<DeviceLink> link; ///< set while online
    quint64 version = 0;              ///< rises with each change that a list or a page shows
    bool unsaved = false;
    bool admitted = false; ///< telemetry is kept of it

    [[nodiscard]] const QString &shownName() const { return name.isEmpty() ? id : name; }
    [[nodiscard]] qint64 evidenceAt() const { return link ? link->evidenceAt() : presence.evidenceAt; }
};

/// The device as the operator API shows it.
/// @param whole false for lists: what a device reports is left out there where it is long
[[nodiscard]] QJsonObject rowOf(const Device &device, bool pendingKey, qint64 now, bool whole);

/// What is wanted of the device, what it reports and what differs, as everybody is shown it.
[[nodiscard]] QJsonObject shadowJson(const Device &device);

} // namespace muster::fleet
