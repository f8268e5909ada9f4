// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/websocket.h"

#include "transport/closecodes.h"
#include "transport/unsentbytes.h"

#include <QPointer>
#include <QRandomGenerator>
#include <QTcpSocket>
#include <QtEndian>

#include <wslay/wslay.h>

#include <chrono>
#include <utility>

namespace muster::transport {

namespace {

/// RFC 6455 section 5.5.1: a close frame holds 125 bytes, two of them the code.
constexpr qsizetype closeReasonBytes = 123;
/// Answers that wait while more is read: a burst of pings must not become a heap of pongs.
constexpr size_t mostAnswersWaiting = 16;
/// Pings and pongs that a peer may send in a second: nobody who means well needs one, and each costs a call and an answer.
constexpr int mostControlsInASecond = 50;
constexpr qsizetype messageBytes = 64 * 1024;
constexpr qint64 unsentBytesMost = 64 * 1024;

/// Whoever sends without a pause has this much of the thread before the others have their turn; a message is not cut for it.
constexpr std::chrono::milliseconds turn{3};

} // namespace

QByteArray utf8Within(const QString &text, qsizetype bytes)
{
    QByteArray utf8 = text.toUtf8();
    if (utf8.size() <= bytes)
        return utf8;
    qsizetype end = bytes;
    while (end > 0 && (static_cast<uchar>(utf8.at(end)) & 0xc0) == 0x80) // RFC 3629: bytes 10xxxxxx go on with a character
        --end;
    return utf8.first(end);
}

/// wslay's callbacks.
struct WebSocket::Calls
{
    static WebSocket &of(void *user) { return *static_cast<WebSocket *>(user); }

    static ssize_t receive(wslay_event_context_ptr frames, uint8_t *buffer, size_t length, int, void *user)
    {
        WebSocket &self = of(user);
        // Whoever was told of a message may have ended the socket.
        const qint64 read = self.m_socket.isOpen() && self.mayRead() && !self.m_turn.hasExpired()
                                ? self.m_socket.read(reinterpret_cast<char *>(buffer), static_cast<qint64>(length))
                                : 0;
        if (read > 0)
            return static_cast<ssize_t>(read);
        wslay_event_set_error(frames, WSLAY_ERR_WOULDBLOCK);
        return -1;
    }

    static ssize_t send(wslay_event_context_ptr frames, const uint8_t *data, size_t length, int, void *user)
    {
        QTcpSocket &socket = of(user).m_socket;
        const qint64 written = !socket.isOpen() ? -1 : socket.write(reinterpret_cast<const char *>(data), static_cast<qint64>(length));
        if (written > 0)
            return static_cast<ssize_t>(written);
        wslay_event_set_error(frames, WSLAY_ERR_CALLBACK_FAILURE);
        return -1;
    }

    static int mask(wslay_event_context_ptr, uint8_t *buffer, size_t length, void *)
    {
        // RFC 6455 section 10.3: unpredictable, so that no proxy takes what a page made us say for something else.
        for (size_t i = 0; i < length; ++i)
            buffer[i] = static_cast<uint8_t>(QRandomGenerator::global()->bounded(256));
        return 0;
    }

    static void frameBegan(wslay_event_context_ptr frames, const wslay_event_on_frame_recv_start_arg *frame, void *user)
    {
        WebSocket &self = of(user);
        self.m_isDataFrame = !wslay_is_ctrl_frame(frame->opcode);
        self.m_goodbye.clear();
        self.m_goodbyeLength = frame->opcode == WSLAY_CONNECTION_CLOSE ? static_cast<qsizetype>(frame->payload_length) : -1;
        if (!self.m_isDataFrame)
            return;
        self.m_inMessage = true;
        // Compared so that no length can overflow.
        if (frame->payload_length > static_cast<quint64>(self.m_messageLimit - self.m_message.size())) {
            wslay_event_shutdown_read(frames);
            wslay_event_queue_close(frames, closecode::tooBig, nullptr, 0);
            self.m_isStopped = true;
        }
    }

    static void partCame(wslay_event_context_ptr, const wslay_event_on_frame_recv_chunk_arg *part, void *user)
    {
        WebSocket &self = of(user);
        if (self.m_isDataFrame && !self.m_isStopped)
            self.m_message.append(reinterpret_cast<const char *>(part->data), static_cast<qsizetype>(part->data_length));
        else if (self.m_goodbye.size() < self.m_goodbyeLength)
            self.m_goodbye.append(reinterpret_cast<const char *>(part->data), static_cast<qsizetype>(part->data_length));
    }

    static void messageEnded(wslay_event_context_ptr, const wslay_event_on_msg_recv_arg *message, void *user)
    {
        of(user).messageCame(message->opcode,
                             QByteArray(reinterpret_cast<const char *>(message->msg), static_cast<qsizetype>(message->msg_length)));
    }
};

WebSocket::WebSocket(QTcpSocket &socket, Role role, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_role(role)
    , m_messageLimit(messageBytes)
    , m_unsentLimit(unsentBytesMost)
    , m_closeCode(closecode::abnormal)
{
    wslay_event_callbacks calls{};
    calls.recv_callback = &Calls::receive;
    calls.send_callback = &Calls::send;
    calls.genmask_callback = &Calls::mask;
    calls.on_frame_recv_start_callback = &Calls::frameBegan;
    calls.on_frame_recv_chunk_callback = &Calls::partCame;
    calls.on_msg_recv_callback = &Calls::messageEnded;
    const int made = role == Role::Server ? wslay_event_context_server_init(&m_frames, &calls, this)
                                          : wslay_event_context_client_init(&m_frames, &calls, this);
    if (made != 0)
        qFatal("No memory for a WebSocket");
    // wslay keeps each frame apart; parts of one byte would cost a hundred times what they hold.
    wslay_event_config_set_no_buffering(m_frames, 1);
    connect(&m_socket, &QIODevice::readyRead, this, &WebSocket::readAll);
    connect(&m_socket, &QIODevice::bytesWritten, this, [this] {
        // What was held up by a full line goes on.
        if (m_socket.bytesAvailable() > 0 && mayRead())
            readAll();
    });
    // Frames may have come with the handshake; whoever made this wants to listen first.
    QMetaObject::invokeMethod(this, &WebSocket::readAll, Qt::QueuedConnection);
}

WebSocket::~WebSocket()
{
    wslay_event_context_free(m_frames);
}

void WebSocket::setLimits(qsizetype message, qint64 unsent)
{
    m_messageLimit = message;
    m_unsentLimit = unsent;
}

bool WebSocket::mayRead() const
{
    return unsentBytes() < m_unsentLimit && wslay_event_get_queued_msg_count(m_frames) < mostAnswersWaiting;
}

void WebSocket::readAll()
{
    if (m_isReading || m_isFinished)
        return;
    m_isReading = true;
    m_turn.setRemainingTime(turn);
    const QPointer self(this);
    bool goesOn = true;
    while (goesOn && m_socket.bytesAvailable() > 0) {
        const qint64 before = m_socket.bytesAvailable();
        const bool isBroken = wslay_event_recv(m_frames) != 0;
        if (!self)
            return;
        if (isBroken || m_isBadClose)
            sayGoodbyeAnew(closecode::protocolError); // a frame that cannot be: wslay's own goodbye would not say why
        else
            takeLateGoodbye();
        flush();
        goesOn = m_socket.bytesAvailable() < before && mayRead() && wslay_event_get_read_enabled(m_frames) != 0 && !m_turn.hasExpired();
    }
    m_isReading = false;
    if (m_turn.hasExpired() && m_socket.bytesAvailable() > 0 && !std::exchange(m_waitsForTurn, true)) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_waitsForTurn = false;
                readAll();
            },
            Qt::QueuedConnection);
    }
    if (wslay_event_get_read_enabled(m_frames) == 0)
        settle();
    else if (m_socket.state() == QAbstractSocket::ConnectedState)
        emit heard();
}

void WebSocket::sayGoodbyeAnew(quint16 code)
{
    wslay_event_context_free(m_frames);
    const wslay_event_callbacks calls{.recv_callback = nullptr,
                                      .send_callback = &Calls::send,
                                      .genmask_callback = &Calls::mask,
                                      .on_frame_recv_start_callback = nullptr,
                                      .on_frame_recv_chunk_callback = nullptr,
                                      .on_frame_recv_end_callback = nullptr,
                                      .on_msg_recv_callback = nullptr};
    const int made = m_role == Role::Server ? wslay_event_context_server_init(&m_frames, &calls, this)
                                            : wslay_event_context_client_init(&m_frames, &calls, this);
    if (made != 0)
        qFatal("No memory for a WebSocket");
    wslay_event_shutdown_read(m_frames);
    wslay_event_queue_close(m_frames, code, nullptr, 0);
}

void WebSocket::takeLateGoodbye()
{
    if (m_goodbyeLength < 2 || m_goodbye.size() < m_goodbyeLength)
        return;
    const QByteArray said = std::exchange(m_goodbye, {});
    m_goodbyeLength = -1;
    const quint16 code = qFromBigEndian<quint16>(said.constData());
    if (!closecode::isRegisteredLater(code) || !QByteArrayView(said).sliced(2).isValidUtf8())
        return;
    m_closeCode = code;
    m_closeReason = QString::fromUtf8(QByteArrayView(said).sliced(2));
    // Who said goodbye first was answered by that.
    if (std::exchange(m_closing, true))
        wslay_event_shutdown_write(m_frames);
    else
        sayGoodbyeAnew(code);
}

void WebSocket::settle()
{
    // Reading is over: both have said goodbye, or a rule was broken.
    if (std::exchange(m_isFinished, true))
        return;
    if (m_closeCode == closecode::abnormal)
        m_closeCode = wslay_event_get_status_code_sent(m_frames);
    m_closing = true;
    m_message.clear();
    emit finished();
}

void WebSocket::messageCame(quint8 opcode, const QByteArray &control)
{
    if (opcode == WSLAY_CONNECTION_CLOSE) {
        // RFC 6455 section 5.5.1: half a code is none; wslay would answer as if there were none.
        m_isBadClose = control.size() == 1;
        if (m_isBadClose)
            return;
        m_closeCode = wslay_event_get_status_code_received(m_frames);
        m_closeReason = QString::fromUtf8(control.sliced(std::min<qsizetype>(2, control.size())));
        return;
    }
    if ((opcode == WSLAY_PING || opcode == WSLAY_PONG) && isFlood()) {
        wslay_event_shutdown_read(m_frames);
        wslay_event_queue_close(m_frames, closecode::policy, nullptr, 0);
        m_isStopped = true;
        return;
    }
    if (opcode == WSLAY_PONG) {
        if (m_pinged.isValid())
            emit pongReceived(m_pinged.elapsed());
        m_pinged.invalidate();
        return;
    }
    if (opcode != WSLAY_TEXT_FRAME && opcode != WSLAY_BINARY_FRAME)
        return;
    m_inMessage = false;
    const QByteArray message = std::exchange(m_message, {});
    if (m_closing || m_isStopped)
        return;
    if (opcode == WSLAY_TEXT_FRAME)
        emit textReceived(message);
    else
        emit binaryReceived();
}

bool WebSocket::isFlood()
{
    if (!m_controlsSince.isValid() || m_controlsSince.elapsed() > 1000) {
        m_controlsSince.start();
        m_controls = 0;
    }
    return ++m_controls > mostControlsInASecond;
}

void WebSocket::flush()
{
    if (wslay_event_send(m_frames) != 0)
        wslay_event_shutdown_write(m_frames);
}

void WebSocket::sendText(const QByteArray &utf8)
{
    if (m_closing)
        return;
    const wslay_event_msg message{.opcode = WSLAY_TEXT_FRAME,
                                  .msg = reinterpret_cast<const uint8_t *>(utf8.constData()),
                                  .msg_length = static_cast<size_t>(utf8.size())};
    if (wslay_event_queue_msg(m_frames, &message) == 0)
        flush();
}

void WebSocket::ping()
{
    if (m_closing)
        return;
    m_pinged.start();
    const wslay_event_msg message{.opcode = WSLAY_PING, .msg = nullptr, .msg_length = 0};
    if (wslay_event_queue_msg(m_frames, &message) == 0)
        flush();
}

void WebSocket::close(quint16 code, const QString &reason)
{
    if (std::exchange(m_closing, true))
        return;
    const QByteArray utf8 = utf8Within(reason, closeReasonBytes);
    if (wslay_event_queue_close(m_frames, code, reinterpret_cast<const uint8_t *>(utf8.constData()), static_cast<size_t>(utf8.size())) == 0)
        flush();
}

qint64 WebSocket::unsentBytes() const
{
    return transport::unsentBytes(m_socket) + static_cast<qint64>(wslay_event_get_queued_msg_length(m_frames));
}

} // namespace muster::transport
