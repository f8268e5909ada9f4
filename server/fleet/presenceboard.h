// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/eventstream.h"
#include "server/fleet/history.h"
#include "server/fleet/homecoming.h"
#include "server/fleet/registry.h"

namespace muster::fleet {

/// Which device is there, over which link, and how the fleet comes back after the server was away. Lives in the fleet's thread.
class PresenceBoard : public QObject
{
    Q_OBJECT

public:
    /// @param registry,history,events must outlive this
    PresenceBoard(Registry &registry, History &history, EventStream &events, QObject *parent);

    /// What was known when the server was last there.
    void remember(Device &device, const store::Seen &last);
    /// All is remembered: whoever was online may come back.
    void begin() { m_homecoming.begin(); }
    [[nodiscard]] const Homecoming &homecoming() const { return m_homecoming; }

    /// Another connection takes a living one's place with the same token: its device came back unnoticed, or two devices share it.
    void noteTwin(const Device &device, const QString &address);
    /// The device is there, over this link; one that it had before is ended.
    void attach(Device &device, const std::shared_ptr<DeviceLink> &link);
    /// The device is gone.
    void detach(Device &device, const QString &reason);
    /// The link's end says nothing of a device any more.
    void disown(DeviceLink *link) { m_owners.remove(link); }
    /// A link has closed. @return whether it was a device's that was there
    bool linkClosed(DeviceLink *link, const QString &reason);

private:
    void note(const Device &device, const QString &name, const QString &text);

    Registry &m_registry;
    History &m_history;
    EventStream &m_events;
    QHash<DeviceLink *, QString> m_owners; ///< accepted links, and whose they are
    Homecoming m_homecoming;
};

/// As it stands in sentences.
[[nodiscard]] QString shownAddress(const QString &address);

} // namespace muster::fleet
