// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/system/counting.h"

#include "tests/support/testcase.h"
#include "tests/system/house.h"

#include <QFile>

using namespace Qt::Literals::StringLiterals;

namespace muster::test {

bool Counting::startBus()
{
    const quint16 port = House::freePort();
    m_url = u"nats://127.0.0.1:%1"_s.arg(port);
    m_nats.start(u"nats-server"_s, {u"-a"_s, u"127.0.0.1"_s, u"-p"_s, QString::number(port)});
    return m_nats.waitForStarted();
}

bool Counting::startWorker()
{
    m_worker = std::make_unique<Program>(u"countingworker"_s, QStringList{m_url, m_trace});
    return eventually([this] { return m_worker->output().contains("ready"_L1) || !m_worker->runs(); }) && m_worker->runs();
}

bool Counting::stop()
{
    m_worker.reset();
    m_nats.terminate();
    return m_nats.waitForFinished();
}

QHash<qint64, int> Counting::counted() const
{
    QHash<qint64, int> counts;
    QFile file(m_trace);
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (!line.isEmpty())
                ++counts[line.toLongLong()];
        }
    }
    return counts;
}

} // namespace muster::test
