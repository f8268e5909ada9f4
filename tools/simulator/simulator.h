// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tools/simulator/acceptor.h"
#include "tools/simulator/worker.h"

#include <QElapsedTimer>
#include <QThread>

namespace muster::simulator {

/// The whole run: keys, threads, acceptance, progress, result.
class Simulator : public QObject
{
    Q_OBJECT

public:
    explicit Simulator(const Options &options);
    ~Simulator() override;

    /// Makes the keys and begins to connect. @return what is wrong
    [[nodiscard]] Result<void> start();
    void stop();
    [[nodiscard]] QJsonObject result() const;
    [[nodiscard]] const Counters &counters() const { return m_counters; }

signals:
    /// The duration that was asked for is over.
    void finished();
    /// A line for people, about once a second.
    void progressed(const QString &line);

private:
    [[nodiscard]] Result<QList<KeyPair>> makeKeys() const;
    void tick();

    const Options m_options;
    Counters m_counters;
    std::vector<std::unique_ptr<QThread>> m_threads;
    std::vector<std::unique_ptr<Worker>> m_workers;
    std::unique_ptr<Acceptor> m_acceptor;
    QTimer m_ticks;
    QElapsedTimer m_clock; ///< since the first connection, then since measuring began
    double m_connectSeconds = 0;
    qint64 m_cpuBefore = 0;
    bool m_isMeasuring = false;
    bool m_isStopped = false;
};

} // namespace muster::simulator
