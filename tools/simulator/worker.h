// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tools/simulator/simulateddevice.h"

#include <vector>

namespace muster::simulator {

/// The devices of one thread. Made in the main thread and moved; start() and stop() run in its own.
class Worker : public QObject
{
    Q_OBJECT

public:
    struct Seat
    {
        int number = 0;
        KeyPair key;
    };

    Worker(const QList<Seat> &seats, const Options &options, const QSslConfiguration &tls, Counters &counters, double shareOfRates);

    void start();
    void stop();

private:
    void connectSome();
    void callSome();

    const QList<Seat> m_seats;
    const Options &m_options;
    const QSslConfiguration m_tls;
    Counters &m_counters;
    const double m_share;
    std::vector<std::unique_ptr<SimulatedDevice>> m_devices;
    QTimer m_connecting;
    QTimer m_calling;
    qint64 m_startedAt = 0;
    qint64 m_calledAt = 0; ///< up to here calls are made
    double m_owed = 0;
    size_t m_next = 0;
};

} // namespace muster::simulator
