// SPDX-License-Identifier: GPL-3.0-or-later
// The socket of a Qt for the browser that comes without Qt WebSockets: the browser's own, through Emscripten.
#include "client/link/socket.h"

#include <QMetaObject>

#include <emscripten/websocket.h>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

class BrowserSocket : public Socket
{
public:
    ~BrowserSocket() override
    {
        if (m_socket <= 0)
            return;
        emscripten_websocket_close(m_socket, normalClosure, "");
        emscripten_websocket_delete(m_socket); // no callback comes after this
    }

    /// The bearer is not used: a page cannot set headers of a WebSocket, its cookie signs in.
    void open(const QUrl &url, const QString &) override
    {
        const QByteArray address = url.toEncoded();
        EmscriptenWebSocketCreateAttributes attributes{.url = address.constData(), .protocols = nullptr, .createOnMainThread = true};
        m_socket = emscripten_websocket_new(&attributes);
        if (m_socket <= 0) {
            // Later, as every other end: who opens it is not done yet.
            QMetaObject::invokeMethod(this, [this] { end(0, u"The browser refused to open a connection"_s); }, Qt::QueuedConnection);
            return;
        }
        emscripten_websocket_set_onopen_callback(m_socket, this, onOpen);
        emscripten_websocket_set_onmessage_callback(m_socket, this, onMessage);
        emscripten_websocket_set_onclose_callback(m_socket, this, onClose);
    }

    void send(const QString &text) override
    {
        if (m_open)
            emscripten_websocket_send_utf8_text(m_socket, text.toUtf8().constData());
    }

    void close() override
    {
        if (m_socket > 0)
            emscripten_websocket_close(m_socket, normalClosure, "");
    }

private:
    // RFC 6455 section 7.4.1
    static constexpr unsigned short normalClosure = 1000;
    static constexpr int abnormalClosure = 1006;

    static bool onOpen(int, const EmscriptenWebSocketOpenEvent *, void *self)
    {
        auto *socket = static_cast<BrowserSocket *>(self);
        socket->m_open = true;
        emit socket->opened();
        return true;
    }

    static bool onMessage(int, const EmscriptenWebSocketMessageEvent *event, void *self)
    {
        // The text's length counts the NUL at its end. The server sends nothing binary.
        if (event->isText && event->numBytes > 0)
            emit static_cast<BrowserSocket *>(self)->received(
                QString::fromUtf8(reinterpret_cast<const char *>(event->data), qsizetype(event->numBytes) - 1));
        return true;
    }

    // A failure to connect comes as an error and then as a close with 1006: the close alone says enough.
    static bool onClose(int, const EmscriptenWebSocketCloseEvent *event, void *self)
    {
        const int code = event->code == abnormalClosure ? 0 : event->code;
        static_cast<BrowserSocket *>(self)->end(code, QString::fromUtf8(event->reason));
        return true;
    }

    void end(int code, const QString &reason)
    {
        m_open = false;
        if (!std::exchange(m_ended, true))
            emit closed(code, reason);
    }

    EMSCRIPTEN_WEBSOCKET_T m_socket = 0;
    bool m_open = false;
    bool m_ended = false;
};

} // namespace

std::unique_ptr<Socket> makeSocket()
{
    return std::make_unique<BrowserSocket>();
}

} // namespace muster
