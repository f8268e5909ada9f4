// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/system/program.h"

#include <QHash>

namespace muster::test {

/// A message bus and a worker on it that writes down each number it is asked to count: what ran, and how often.
class Counting
{
public:
    /// @param trace the file that the worker writes
    explicit Counting(QString trace)
        : m_trace(std::move(trace))
    {
    }

    /// @return whether the bus runs
    [[nodiscard]] bool startBus();
    [[nodiscard]] bool startWorker();
    /// @return whether the bus ended as it should
    [[nodiscard]] bool stop();
    [[nodiscard]] const QString &url() const { return m_url; }
    /// How often each number was written down.
    [[nodiscard]] QHash<qint64, int> counted() const;

private:
    QString m_trace;
    QString m_url;
    QProcess m_nats;
    std::unique_ptr<Program> m_worker;
};

} // namespace muster::test
