// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <memory>

class QSocketNotifier;

namespace muster {

/// What a daemon owes its service manager: sd_notify with watchdog (sd_notify(3)), and an orderly end on SIGTERM and SIGINT.
/// One at a time, in the main thread: the watchdog then proves that its event loop turns.
class ServiceManager : public QObject
{
    Q_OBJECT

public:
    ServiceManager();
    ~ServiceManager() override;

    void ready();
    void stopping();

signals:
    void stopRequested();

private:
    QTimer m_watchdog;
    std::unique_ptr<QSocketNotifier> m_signals;
};

} // namespace muster
