// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/pipesocket.h"

#include <algorithm>

namespace muster::listen {

PipeSocket::PipeSocket(const QTcpSocket &real)
{
    setPeerAddress(real.peerAddress());
    setPeerPort(real.peerPort());
    setLocalAddress(real.localAddress());
    setLocalPort(real.localPort());
    setSocketState(ConnectedState);
    setOpenMode(ReadWrite);
}

PipeSocket::~PipeSocket()
{
    // The base class would close a line that is not there.
    setSocketState(UnconnectedState);
}

void PipeSocket::feed(const QByteArray &bytes)
{
    m_fed += bytes;
    emit readyRead();
}

void PipeSocket::setUnsent(qint64 bytes)
{
    const qint64 gone = m_unsent - bytes;
    m_unsent = bytes;
    if (gone > 0)
        emit bytesWritten(gone);
}

void PipeSocket::hangUp()
{
    if (state() == UnconnectedState)
        return;
    setSocketState(UnconnectedState);
    emit disconnected();
}

void PipeSocket::close()
{
    disconnectFromHost();
}

void PipeSocket::disconnectFromHost()
{
    if (state() == UnconnectedState)
        return;
    emit closed();
    hangUp();
}

qint64 PipeSocket::readData(char *data, qint64 size)
{
    const qint64 read = std::min<qint64>(size, m_fed.size());
    std::copy_n(m_fed.constData(), read, data);
    m_fed.remove(0, read);
    return read;
}

qint64 PipeSocket::readLineData(char *data, qint64 size)
{
    const qsizetype end = m_fed.indexOf('\n');
    return readData(data, end < 0 ? size : std::min<qint64>(size, end + 1));
}

qint64 PipeSocket::skipData(qint64 size)
{
    const qint64 skipped = std::min<qint64>(size, m_fed.size());
    m_fed.remove(0, skipped);
    return skipped;
}

qint64 PipeSocket::writeData(const char *data, qint64 size)
{
    m_unsent += size;
    emit written(QByteArray(data, size));
    return size;
}

} // namespace muster::listen
