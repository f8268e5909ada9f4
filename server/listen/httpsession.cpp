// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/httpsession.h"

#include <QLoggingCategory>
#include <QSslSocket>

using namespace Qt::Literals::StringLiterals;

namespace muster::listen {

using transport::HttpHead;
using transport::HttpReader;

namespace {

Q_LOGGING_CATEGORY(logAccess, "muster.access", QtInfoMsg)

constexpr qsizetype answerHeadBytes = 64 * 1024;
/// The system's own buffer grows to megabytes else; a slow reader would seem dead while it empties (Connection).
constexpr int systemBytes = 256 * 1024;

/// All that anybody behind this reads. Qt's parser keeps a hundred fields and drops the rest, whichever they are.
constexpr std::array<QByteArrayView, 18> fieldsThatCount{
    "Host",     "Authorization",     "Cookie", "Content-Type",    "Content-Encoding", "Origin",
    "Referer",  "User-Agent",        "Accept", "Accept-Encoding", "Accept-Language",  "If-None-Match",
    "If-Match", "If-Modified-Since", "Range",  "Sec-Fetch-Site",  "Sec-Fetch-Mode",   "X-Forwarded-For"};

HttpReader answerReader()
{
    return {HttpReader::Kind::Answer, answerHeadBytes, std::numeric_limits<qsizetype>::max()};
}

} // namespace

HttpSession::HttpSession(HttpFront &front)
    : QObject(&front.connection())
    , m_front(front)
    , m_answer(answerReader())
{
    QTcpSocket &socket = connection().socket();
    socket.setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, systemBytes);
    connect(&m_front, &HttpFront::requestCame, this, &HttpSession::ask);
    if (auto *secure = qobject_cast<QSslSocket *>(&socket))
        connect(secure, &QSslSocket::encryptedBytesWritten, this, &HttpSession::noteUnsent);
    else
        connect(&socket, &QIODevice::bytesWritten, this, &HttpSession::noteUnsent);
    // Told while all is still there: what is under way for this request must not write any more.
    connect(&connection(), &Connection::ended, this, [this] {
        if (m_pipe) {
            m_pipe->disconnect(this);
            m_pipe->hangUp();
        }
    });
}

HttpSession::~HttpSession()
{
    if (m_pipe) {
        m_pipe->disconnect(this);
        m_pipe->hangUp();
    }
}

void HttpSession::ask()
{
    const HttpHead &head = m_front.head();
    m_method = head.method;
    m_target = head.pathAndQuery();
    m_took.start();
    m_answer = answerReader();
    m_isAsking = true;
    m_isHeadSent = false;
    m_bodyBytes = 0;

    const QByteArray body = m_front.takeBody();
    // Whoever may ask with GET may ask with HEAD, and gets the same without the body (RFC 9110 section 9.3.2).
    QByteArray request = (m_method == "HEAD" ? QByteArray("GET") : m_method) + ' ' + m_target + " HTTP/1.1\r\n";
    if (!head.headers.contains("Host"))
        request += "Host: localhost\r\n"; // HTTP/1.0
    for (const QByteArrayView name : fieldsThatCount) {
        if (head.headers.contains(name))
            request.append(name).append(": ").append(head.value(name)).append("\r\n");
    }
    if (!body.isEmpty())
        request += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";

    if (!m_pipe) {
        m_pipe = new PipeSocket(connection().socket());
        connect(m_pipe, &PipeSocket::written, this, &HttpSession::take);
        connect(m_pipe, &PipeSocket::closed, this, &HttpSession::pipeClosed);
        emit piped(m_pipe);
    }
    m_pipe->feed(request + "\r\n" + body);
}

void HttpSession::take(const QByteArray &answer)
{
    if (!m_isAsking || connection().hasEnded())
        return;
    if (!m_answer.take(answer))
        return connection().end(Ending::Failed);
    if (m_answer.hasHead() && !std::exchange(m_isHeadSent, true))
        sendHead();
    const QByteArray body = m_answer.takeBody();
    m_bodyBytes += body.size();
    if (m_method == "HEAD")
        QMetaObject::invokeMethod(this, &HttpSession::noteUnsent, Qt::QueuedConnection); // nobody waits for what is not sent
    else if (!body.isEmpty())
        m_front.write(body);
    if (!m_answer.isWhole())
        return;
    m_isAsking = false;
    qCDebug(logAccess).noquote() << connection().address().toString() << m_method << m_target << m_answer.head().status << m_bodyBytes
                                 << u"%1 ms"_s.arg(m_took.elapsed());
    m_front.answered(m_front.keepsAlive());
}

void HttpSession::sendHead()
{
    const HttpHead &head = m_answer.head();
    QByteArray text = "HTTP/1.1 " + QByteArray::number(head.status) + ' ' + head.reason
                      + "\r\nDate: " + transport::httpDate(QDateTime::currentDateTimeUtc()) + "\r\n";
    for (qsizetype i = 0; i < head.headers.size(); ++i) {
        const QByteArrayView name(head.headers.nameAt(i));
        if (name.compare("connection", Qt::CaseInsensitive) != 0)
            text.append(name).append(": ").append(head.headers.valueAt(i)).append("\r\n");
    }
    if (!m_front.keepsAlive())
        text += "Connection: close\r\n";
    else if (m_front.head().minorVersion < 1)
        text += "Connection: keep-alive\r\n";
    m_front.write(text + "\r\n");
}

void HttpSession::noteUnsent()
{
    if (m_pipe)
        m_pipe->setUnsent(connection().unsentBytes());
}

void HttpSession::pipeClosed()
{
    // Qt's server gave up: on a request that it does not take, or in the middle of an answer.
    if (m_isAsking && !m_isHeadSent)
        m_front.refuse(400, u"the request cannot be read"_s);
    else if (m_isAsking)
        connection().end(Ending::Failed);
    m_isAsking = false;
}

} // namespace muster::listen
