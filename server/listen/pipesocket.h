// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>

namespace muster::listen {

/// A socket for QHttpServer with no line behind it: it reads what it is fed, and what it writes is told. So Qt's server sees whole, tidy
/// requests, one at a time, and everything that it says passes us before it goes out.
class PipeSocket : public QTcpSocket
{
    Q_OBJECT

public:
    /// Looks like a connection of `real`.
    explicit PipeSocket(const QTcpSocket &real);
    ~PipeSocket() override;

    void feed(const QByteArray &bytes);
    /// What was written last has gone so far: this is still waiting to be sent.
    void setUnsent(qint64 bytes);
    /// The other end is gone.
    void hangUp();

    [[nodiscard]] qint64 bytesAvailable() const override { return QTcpSocket::bytesAvailable() + m_fed.size(); }
    [[nodiscard]] qint64 bytesToWrite() const override { return m_unsent; }
    [[nodiscard]] bool isSequential() const override { return true; }
    void close() override;
    void disconnectFromHost() override;

signals:
    void written(const QByteArray &bytes);
    /// The server wants no more of it.
    void closed();

protected:
    qint64 readData(char *data, qint64 size) override;
    qint64 readLineData(char *data, qint64 size) override;
    qint64 skipData(qint64 size) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_fed;
    qint64 m_unsent = 0;
};

} // namespace muster::listen
