// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace muster::test {

/// A real nats-server on loopback, ended by its process id.
class NatsServer
{
public:
    /// @param configuration lines of its own: users, TLS, …; "max_payload" is 8 MB without
    explicit NatsServer(const QByteArray &configuration = {});
    ~NatsServer();
    Q_DISABLE_COPY_MOVE(NatsServer)

    /// Starts it, at the port it had before where it ran already. @return false when it does not come up
    [[nodiscard]] bool start();
    /// Ends it at once.
    void kill();
    /// "127.0.0.1:4222"
    [[nodiscard]] QString address() const { return QStringLiteral("127.0.0.1:%1").arg(m_port); }
    [[nodiscard]] QString url() const { return QStringLiteral("nats://") + address(); }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_configuration;
    quint16 m_port = 0;
};

} // namespace muster::test
