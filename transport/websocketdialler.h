// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/httpreader.h"
#include "transport/websocket.h"

#include <QSslConfiguration>
#include <QSslError>
#include <QUrl>

class QTcpSocket;

namespace muster::transport {

/// Opens a WebSocket to a server: TCP or TLS, through the application's proxy, and the handshake; then holds it. One dial each.
/// How long it may take is its owner's matter. Lives in one thread with an event loop.
class WebSocketDialler : public QObject
{
    Q_OBJECT

public:
    /// @param url ws:// or wss://
    WebSocketDialler(const QUrl &url, const QSslConfiguration &tls, const QByteArray &userAgent, QObject *parent = nullptr);
    ~WebSocketDialler() override;

    void dial();
    /// The WebSocket once it stands, until this goes; null before.
    [[nodiscard]] WebSocket *webSocket() const { return m_webSocket.get(); }
    /// Ends it at once; ended() is not emitted any more.
    void abort();
    /// Lets what was sent last leave, and ends; ended() is not emitted any more. Deletes this.
    void leave();

signals:
    void connected();
    void certificateRefused(const QList<QSslError> &errors);
    /// What was written is a bit more on its way.
    void bytesSent();
    /// It never stood, or is over. @param reason plain words
    /// @param retryAfter seconds after which the server wants to be asked again; -1 where it did not say
    void ended(const QString &reason, int retryAfter);

private:
    void sendRequest();
    void readAnswer();
    void end(const QString &reason, int retryAfter = -1);

    QUrl m_url;
    QByteArray m_userAgent;
    QByteArray m_key;
    QTcpSocket *m_socket; ///< a child
    HttpReader m_answer;
    std::unique_ptr<WebSocket> m_webSocket;
    bool m_ended = false;
};

} // namespace muster::transport
