// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/link/serverlink.h"
#include "tools/simulator/believablehealth.h"
#include "tools/simulator/counters.h"
#include "tools/simulator/options.h"

namespace muster::simulator {

/// One device: the agent's own link, with made-up health behind it. Lives in its worker's thread.
class SimulatedDevice : public QObject
{
    Q_OBJECT

public:
    SimulatedDevice(int number, const KeyPair &key, const Options &options, const QSslConfiguration &tls, Counters &counters,
                    QObject *parent = nullptr);
    ~SimulatedDevice() override;

    void start() { m_link.start(); }
    void stop() { m_link.stop(); }
    [[nodiscard]] bool isAccepted() const { return m_link.state() == agent::ServerLink::State::Accepted; }
    /// Calls Time.Now, unless the last call still waits.
    void call();

private:
    [[nodiscard]] static agent::Identity identityOf(int number, const KeyPair &key, const Options &options);
    [[nodiscard]] agent::Answer answer(const QString &method, const QJsonObject &params);
    void report();
    void changed(agent::ServerLink::State state);

    const Options &m_options;
    Counters &m_counters;
    agent::ServerLink m_link;
    BelievableHealth m_health;
    QTimer m_reporting;
    QTimer m_streaming;
    qint64 m_streamUntil = 0;
    bool m_isCalling = false;
    bool m_wasConnected = false;
    bool m_wasAccepted = false;
};

} // namespace muster::simulator
