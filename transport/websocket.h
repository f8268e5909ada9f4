// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QObject>

#include <memory>

class QTcpSocket;
struct wslay_event_context;

namespace muster::transport {

/// A WebSocket (RFC 6455) on a TCP or TLS socket whose opening handshake is over. Frames are wslay's; around them stands what a peer
/// could make grow: the message that is being put together, and what was not sent. Lives in its socket's thread.
///
/// A peer that does not read is not read any more either, once so much is unsent; its pings are answered no further than that. How
/// long anything may take is its owner's matter.
class WebSocket : public QObject
{
    Q_OBJECT

public:
    enum class Role { Server, Client };

    /// @param socket is read from now on, what it holds already included; must outlive this
    WebSocket(QTcpSocket &socket, Role role, QObject *parent = nullptr);
    ~WebSocket() override;

    /// @param message the largest that may come, all its frames together (1009 beyond); bytes
    /// @param unsent with so much waiting, nothing more is read; bytes
    void setLimits(qsizetype message, qint64 unsent);

    /// Sends one text message, in one frame: a message that is cut into frames is cut within characters.
    void sendText(const QByteArray &utf8);
    void ping();
    /// Says goodbye; the peer answers, or does not. Nothing is sent or told after it but finished(). A reason that is too long is cut.
    void close(quint16 code, const QString &reason);

    /// Waiting to be sent, TLS included.
    [[nodiscard]] qint64 unsentBytes() const;
    /// In the middle of a message, which its peer must go on with.
    [[nodiscard]] bool isInMessage() const { return m_inMessage; }
    /// A close frame went either way.
    [[nodiscard]] bool isClosing() const { return m_closing; }
    /// What the peer's close frame said, or the own one where it broke a rule; abnormal where there was none.
    [[nodiscard]] quint16 closeCode() const { return m_closeCode; }
    [[nodiscard]] const QString &closeReason() const { return m_closeReason; }

signals:
    /// A whole text message, valid UTF-8.
    void textReceived(const QByteArray &utf8);
    void binaryReceived();
    /// @param elapsed since the ping, ms
    void pongReceived(qint64 elapsed);
    /// Anything came: even a part of a message shows that the peer lives.
    void heard();
    /// Both have said goodbye, or the peer broke a rule and was told: the socket may go once it has sent what it holds.
    void finished();

private:
    struct Calls;

    void readAll();
    void flush();
    void messageCame(quint8 opcode, const QByteArray &control);
    void settle();
    [[nodiscard]] bool isFlood();
    /// A goodbye that wslay does not know, but the registry of codes does, is one all the same.
    void takeLateGoodbye();
    /// Begins wslay anew, which has ended itself, to say goodbye.
    void sayGoodbyeAnew(quint16 code);
    [[nodiscard]] bool mayRead() const;

    QTcpSocket &m_socket;
    Role m_role;
    wslay_event_context *m_frames = nullptr;
    QByteArray m_message; ///< so far
    qsizetype m_messageLimit;
    qint64 m_unsentLimit;
    QElapsedTimer m_pinged;
    QElapsedTimer m_controlsSince;
    int m_controls = 0; ///< pings and pongs since then
    QString m_closeReason;
    quint16 m_closeCode;
    bool m_inMessage = false;
    QByteArray m_goodbye; ///< what the peer's close frame holds, so far
    qsizetype m_goodbyeLength = -1;
    bool m_isDataFrame = false;
    QDeadlineTimer m_turn;
    bool m_waitsForTurn = false;
    bool m_isReading = false;
    bool m_isBadClose = false;
    bool m_isStopped = false; ///< for good, by a rule
    bool m_closing = false;
    bool m_isFinished = false;
};

/// As much of a text as fits into so many bytes of UTF-8, not cut within a character.
[[nodiscard]] QByteArray utf8Within(const QString &text, qsizetype bytes);

} // namespace muster::transport
