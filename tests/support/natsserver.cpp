// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/natsserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace muster::test {

namespace {

constexpr int patience = 30'000;

} // namespace

NatsServer::NatsServer(const QByteArray &configuration)
    : m_configuration(configuration)
{
    if (!m_configuration.contains("max_payload"))
        m_configuration += "\nmax_payload: 8388608\nmax_pending: 67108864\n";
}

NatsServer::~NatsServer()
{
    kill();
}

bool NatsServer::start()
{
    QFile file(m_folder.filePath(u"nats.conf"_s));
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.write(m_configuration);
    file.close();
    // Debian has it in /usr/sbin, which is not in everybody's path.
    QString program = QStandardPaths::findExecutable(u"nats-server"_s);
    if (program.isEmpty())
        program = u"/usr/sbin/nats-server"_s;
    m_process.start(program, {u"-c"_s, file.fileName(), u"-a"_s, u"127.0.0.1"_s, u"-p"_s, m_port == 0 ? u"-1"_s : QString::number(m_port),
                              u"--ports_file_dir"_s, m_folder.path()});
    if (!m_process.waitForStarted(patience))
        return false;
    QFile ports(m_folder.filePath(u"nats-server_%1.ports"_s.arg(m_process.processId())));
    const bool isUp = QTest::qWaitFor(
        [&] {
            if (m_process.state() == QProcess::NotRunning || !ports.open(QIODevice::ReadOnly))
                return m_process.state() == QProcess::NotRunning;
            const QJsonArray urls = QJsonDocument::fromJson(ports.readAll()).object()["nats"_L1].toArray();
            ports.close();
            m_port = static_cast<quint16>(QUrl(urls.first().toString()).port(0));
            return m_port != 0;
        },
        patience);
    if (!isUp || m_process.state() == QProcess::NotRunning) {
        qWarning("nats-server: %s", m_process.readAllStandardError().constData());
        return false;
    }
    return true;
}

void NatsServer::kill()
{
    m_process.kill();
    m_process.waitForFinished(patience);
}

} // namespace muster::test
