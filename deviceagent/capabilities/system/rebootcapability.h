// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/capabilities/registry.h"
#include "deviceagent/link/serverlink.h"

#include <QTimer>

namespace muster::agent {

/// Starts the machine anew when the server asks for it. The answer is given before: what asked must not wait for a device that is away.
class RebootCapability : public QObject
{
    Q_OBJECT

public:
    /// @param command what starts it anew, program and arguments; empty: nothing does, and the method is not there
    RebootCapability(ServerLink &link, QStringList command, QObject *parent = nullptr);

    /// Adds Sys.Reboot.
    void addMethods(Registry &registry);
    [[nodiscard]] bool isThere() const { return !m_command.isEmpty(); }
    /// What this system has for it: systemd's way, or what was there before. @param root "" but for tests
    [[nodiscard]] static QString systemCommand(const QString &root);

private:
    [[nodiscard]] Answer reboot(const QJsonObject &params);
    void run();
    /// It did not come to it: an event in the device's history says so.
    void tellFailed(const QString &why);

    ServerLink &m_link;
    QStringList m_command;
    QTimer m_wait;
};

} // namespace muster::agent
