// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/relay.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QPointer>

namespace muster::test {

class Relay::Line : public QObject
{
public:
    explicit Line(const QString &target)
        : m_target(target)
    {
    }

    void listen(const QString &path)
    {
        m_server = new QLocalServer(this);
        m_server->setSocketOptions(QLocalServer::WorldAccessOption);
        connect(m_server, &QLocalServer::newConnection, this, [this] {
            while (QLocalSocket *near = m_server->nextPendingConnection())
                take(near);
        });
        if (!m_server->listen(path))
            qWarning("%s: %s", qPrintable(path), qPrintable(m_server->errorString()));
    }
    void setCut(bool isCut)
    {
        m_isCut = isCut;
        if (isCut)
            return;
        for (const QPointer<QLocalSocket> &socket : std::exchange(m_sockets, {})) {
            if (socket)
                socket->abort();
        }
    }

private:
    void take(QLocalSocket *near)
    {
        m_sockets << near;
        connect(near, &QLocalSocket::disconnected, near, &QObject::deleteLater);
        if (m_isCut)
            return;
        auto *far = new QLocalSocket(this);
        m_sockets << far;
        connect(far, &QLocalSocket::disconnected, far, &QObject::deleteLater);
        pass(near, far);
        pass(far, near);
        far->connectToServer(m_target);
    }
    void pass(QLocalSocket *from, QLocalSocket *to)
    {
        const auto move = [this, from, to] {
            if (!m_isCut && to->state() == QLocalSocket::ConnectedState)
                to->write(from->readAll());
        };
        connect(from, &QLocalSocket::readyRead, to, move);
        connect(to, &QLocalSocket::connected, from, move);
        connect(from, &QLocalSocket::disconnected, to, [this, to] {
            if (!m_isCut)
                to->disconnectFromServer();
        });
        connect(from, &QLocalSocket::errorOccurred, to, [this, to] {
            if (!m_isCut)
                to->abort();
        });
    }

    QString m_target;
    QLocalServer *m_server = nullptr;
    QList<QPointer<QLocalSocket>> m_sockets;
    bool m_isCut = false;
};

Relay::Relay(const QString &path, const QString &target)
    : m_line(std::make_unique<Line>(target))
{
    m_line->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(m_line.get(), [this, path] { m_line->listen(path); }, Qt::BlockingQueuedConnection);
}

Relay::~Relay()
{
    QMetaObject::invokeMethod(m_line.get(), [this] { m_line.reset(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void Relay::cut()
{
    QMetaObject::invokeMethod(m_line.get(), [this] { m_line->setCut(true); }, Qt::BlockingQueuedConnection);
}

void Relay::mend()
{
    QMetaObject::invokeMethod(m_line.get(), [this] { m_line->setCut(false); }, Qt::BlockingQueuedConnection);
}

} // namespace muster::test
