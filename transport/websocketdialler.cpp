// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/websocketdialler.h"

#include "transport/closecodes.h"
#include "transport/upgrade.h"

#include <QSslSocket>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;

namespace muster::transport {

namespace {

/// Of an answer that refuses: more of its words nobody reads.
constexpr qsizetype answerHeadBytes = 16 * 1024;
constexpr qsizetype answerBodyBytes = 64 * 1024;
/// What the system may hand over at once: the rest stays with the peer.
constexpr qint64 readBytes = 64 * 1024;
/// A server that has said goodbye is not waited for longer.
constexpr int leaveWithin = 3000;

} // namespace

WebSocketDialler::WebSocketDialler(const QUrl &url, const QSslConfiguration &tls, const QByteArray &userAgent, QObject *parent)
    : QObject(parent)
    , m_url(url)
    , m_userAgent(userAgent)
    , m_key(newWebSocketKey())
    , m_socket(url.scheme() == "wss"_L1 ? new QSslSocket(this) : new QTcpSocket(this))
    , m_answer(HttpReader::Kind::Answer, answerHeadBytes, answerBodyBytes)
{
    m_socket->setReadBufferSize(readBytes);
    connect(m_socket, &QAbstractSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        if (error != QAbstractSocket::RemoteHostClosedError)
            end(m_socket->errorString());
    });
    connect(m_socket, &QAbstractSocket::disconnected, this, [this] {
        if (m_webSocket && m_webSocket->isClosing() && !m_webSocket->closeReason().isEmpty())
            return end(m_webSocket->closeReason());
        end(m_webSocket ? u"the connection was closed (%1)"_s.arg(m_webSocket->closeCode()) : u"the server closed the connection"_s);
    });
    connect(m_socket, &QIODevice::bytesWritten, this, &WebSocketDialler::bytesSent);
    if (auto *secure = qobject_cast<QSslSocket *>(m_socket)) {
        secure->setSslConfiguration(tls);
        connect(secure, &QSslSocket::sslErrors, this, &WebSocketDialler::certificateRefused);
        connect(secure, &QSslSocket::encrypted, this, &WebSocketDialler::sendRequest);
        // TLS takes all that it is given at once; what counts is what leaves it.
        connect(secure, &QSslSocket::encryptedBytesWritten, this, &WebSocketDialler::bytesSent);
    } else {
        connect(m_socket, &QAbstractSocket::connected, this, &WebSocketDialler::sendRequest);
    }
}

WebSocketDialler::~WebSocketDialler()
{
    m_socket->disconnect(this);
    m_webSocket.reset();
}

void WebSocketDialler::dial()
{
    const bool isSecure = m_url.scheme() == "wss"_L1;
    const auto port = static_cast<quint16>(m_url.port(isSecure ? 443 : 80));
    if (auto *secure = qobject_cast<QSslSocket *>(m_socket))
        secure->connectToHostEncrypted(m_url.host(), port);
    else
        m_socket->connectToHost(m_url.host(), port);
}

void WebSocketDialler::sendRequest()
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QIODevice::readyRead, this, &WebSocketDialler::readAnswer);
    m_socket->write(upgradeRequest(m_url, m_key, m_userAgent));
}

void WebSocketDialler::readAnswer()
{
    const QByteArray peeked = m_socket->peek(answerHeadBytes);
    const auto taken = m_answer.take(peeked);
    if (!taken)
        return end(u"the server does not speak HTTP: %1"_s.arg(taken.error().message));
    m_socket->skip(*taken);
    if (!m_answer.hasHead())
        return;
    if (const auto good = checkUpgradeAnswer(m_answer.head(), m_key); !good) {
        bool isNumber = false;
        const int seconds = m_answer.head().value("Retry-After").trimmed().toInt(&isNumber);
        return end(good.error().message, isNumber && seconds >= 0 ? seconds : -1);
    }
    disconnect(m_socket, &QIODevice::readyRead, this, nullptr);
    m_webSocket = std::make_unique<WebSocket>(*m_socket, WebSocket::Role::Client);
    connect(m_webSocket.get(), &WebSocket::finished, this, [this] { m_socket->disconnectFromHost(); });
    emit connected();
}

void WebSocketDialler::end(const QString &reason, int retryAfter)
{
    if (std::exchange(m_ended, true))
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    emit ended(reason, retryAfter);
}

void WebSocketDialler::abort()
{
    m_ended = true;
    m_socket->disconnect(this);
    m_socket->abort();
}

void WebSocketDialler::leave()
{
    m_ended = true;
    disconnect(this);
    m_socket->disconnect(this);
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        return deleteLater();
    connect(m_socket, &QAbstractSocket::disconnected, this, &QObject::deleteLater);
    QMetaObject::invokeMethod(m_socket, [socket = m_socket] { socket->flush(); });
    m_socket->disconnectFromHost();
    QTimer::singleShot(leaveWithin, this, &QObject::deleteLater);
}

} // namespace muster::transport
