// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/approvals.h"
#include "server/fleet/listing.h"
#include "server/store/telemetrystore.h"

#include <QTimer>

#include <map>
#include <span>
#include <vector>

namespace muster::fleet {

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

/// The devices with an accepted key, and lists of them. Lives in the fleet's thread.
class Registry : public QObject
{
    Q_OBJECT

public:
    /// Rows of one answer, whatever was asked.
    static constexpr qsizetype mostRows = 500;

    /// @param telemetry,approvals must outlive this
    Registry(store::TelemetryStore &telemetry, const Approvals &approvals, QObject *parent);

    [[nodiscard]] Device *find(const QString &id) const;
    [[nodiscard]] bool knows(const QString &id) const { return find(id) != nullptr; }
    [[nodiscard]] const std::map<QString, std::unique_ptr<Device>> &devices() const { return m_devices; }
    /// What somebody is told who asks for a device that is not here.
    [[nodiscard]] static Error unknown(const QString &id);

    /// The device that shows this accepted key from now on; makes it where it is new.
    Device &make(const store::KeyRecord &record);
    /// The device of this record, that shows something else than a key; makes it where it is new.
    Device &make(const store::DeviceRecord &record);
    /// Telemetry is kept of the device from now on; where that cannot be written, its next connection tries again.
    void admit(const QString &id);
    void remove(const QString &id);

    /// The device shows something else than before.
    void touch(Device &device);
    /// Something that lists show has changed.
    void note();

    [[nodiscard]] Result<QJsonObject> device(const QString &id) const;
    /// The device's row if it changed since `version`, which is brought up to date; null otherwise.
    [[nodiscard]] Result<std::optional<QJsonObject>> deviceSince(const QString &id, quint64 &version) const;
    [[nodiscard]] bool isOnline(const QString &id) const;
    /// The ids of all devices that match, in the query's order.
    [[nodiscard]] QStringList matching(const ListQuery &query) const;
    [[nodiscard]] Window window(const ListQuery &query, qsizetype offset, qsizetype limit, const QHash<QString, quint64> &known) const;
    /// A page of the list after the device `after` (keyset: its place is found again even when it no longer matches).
    [[nodiscard]] Window page(const ListQuery &query, const QString &after, qsizetype limit) const;
    /// @param only of these devices, and of no key that waits; none: of all
    [[nodiscard]] Counts counts(const std::optional<QSet<QString>> &only = {}) const;
    /// From where devices came last.
    [[nodiscard]] QStringList addresses() const;

    void stop() { m_changes.stop(); }

signals:
    /// Something that lists or pages show has changed; at most four times a second.
    void changed();

private:
    [[nodiscard]] Device &slotOf(const QString &id, qint64 since);
    [[nodiscard]] std::vector<const Device *> sorted(const ListQuery &query) const;
    void fill(Window &window, const ListQuery &query, std::span<const Device *const> devices, const QHash<QString, quint64> &known) const;

    store::TelemetryStore &m_telemetry;
    const Approvals &m_approvals;
    std::map<QString, std::unique_ptr<Device>> m_devices;
    quint64 m_version = 0;
    QTimer m_changes;
};

} // namespace muster::fleet
