// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/knownservers.h"
#include "client/link/livelink.h"

#include <QSettings>

namespace muster {

/// Keeps for the next start where the servers are that stand by for the one that a window is on: that one may be gone by then. The address
/// that the window was opened with is what they are found by. One thread.
class RememberedServers : public QObject
{
    Q_OBJECT

public:
    /// @param link open already, and outlives this; it is told at once of what was kept
    /// @param server that it was opened with, the first where there were several
    /// @param file of the window's settings (INI)
    RememberedServers(LiveLink *link, const QUrl &server, const QString &file, QObject *parent = nullptr);

private:
    LiveLink *m_link;
    KnownServers m_known;
    QSettings m_settings;
    QString m_key;
};

} // namespace muster
