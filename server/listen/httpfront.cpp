// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/httpfront.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "server/listen/peeraddress.h"
#include "server/listen/refusals.h"
#include "transport/upgrade.h"

#include <QJsonDocument>
#include <QPointer>
#include <QSslSocket>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::listen {

using transport::HttpHead;
using transport::HttpReader;

namespace {

/// A head comes at once, whatever the line: who sends it drop by drop holds a place.
constexpr std::chrono::milliseconds headWithin = limits::authenticateWithin;
/// 256 KiB at 8 KiB a second.
constexpr std::chrono::milliseconds bodyWithin = 40s;
/// Kept for the next request: browsers and proxies come back within a minute, or later with a new one.
constexpr std::chrono::milliseconds idleAtMost = 65s;
/// The whole of an answer, the largest file on a slow line included. One that nobody reads ends sooner (Connection).
constexpr std::chrono::milliseconds answerWithin = 15min;
/// Answers that still leave when the next request is read.
constexpr qint64 unsentAtMost = 64 * 1024;
constexpr qsizetype readAtOnce = 16 * 1024;

/// The reason phrases of what is refused here (RFC 9110 section 15, RFC 6585).
QByteArrayView reasonOf(int status)
{
    switch (status) {
    case 307: return "Temporary Redirect";
    case 400: return "Bad Request";
    case 413: return "Content Too Large";
    case 426: return "Upgrade Required";
    case 431: return "Request Header Fields Too Large";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Refused";
    }
}

int errorCodeOf(int status)
{
    switch (status) {
    case 413:
    case 431: return TooLarge;
    case 307:
    case 503: return Unavailable;
    default: return InvalidRequest;
    }
}

bool isHost(const QByteArray &value)
{
    if (value.isEmpty())
        return true; // RFC 9112 section 3.2 allows it
    const QUrl url("http://"_L1 + QString::fromLatin1(value), QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() && url.path().isEmpty() && !url.hasQuery() && !url.hasFragment()
           && url.userInfo().isEmpty();
}

bool isKnown(const QByteArray &method)
{
    static const QList<QByteArray> methods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    return methods.contains(method);
}

/// Whether the host that a request names is one host. Errors carry an HTTP status.
Result<void> oneHost(const HttpHead &head)
{
    const QList<QByteArray> hosts = head.headers.values("Host");
    if (hosts.size() > 1 || (hosts.isEmpty() && head.minorVersion > 0))
        return failure(400, u"a request has one field Host (RFC 9112 section 3.2)"_s);
    if (!hosts.isEmpty() && !isHost(hosts.first()))
        return failure(400, u"Host is no name or address with a port (RFC 9112 section 3.2)"_s);
    // A proxy may look at one of them and we at the other.
    if (const QByteArray authority = head.authority();
        !authority.isEmpty() && !hosts.isEmpty() && authority.compare(hosts.first(), Qt::CaseInsensitive) != 0)
        return failure(400, u"the target is of another host than the field Host (RFC 9112 section 3.2.2)"_s);
    return {};
}

/// Whether a head can be answered here, whatever it asks for. Errors carry an HTTP status.
Result<void> readable(const HttpHead &head)
{
    if (const auto good = oneHost(head); !good)
        return good;
    if (!isKnown(head.method))
        return failure(501, u"the method %1 is not known here"_s.arg(QLatin1StringView(head.method)));
    // RFC 9112 section 6.1: what is below a coding that we cannot undo would be read as the body.
    if (head.headers.contains("Transfer-Encoding")
        && head.value("Transfer-Encoding").trimmed().compare("chunked", Qt::CaseInsensitive) != 0)
        return failure(501, u"of the transfer codings only chunked is known here"_s);
    if (head.headers.contains("Transfer-Encoding") && head.minorVersion < 1)
        return failure(400, u"HTTP/1.0 knows no Transfer-Encoding (RFC 9112 section 6.1)"_s);
    if (!head.pathAndQuery().startsWith('/'))
        return failure(400, u"the target must be a path"_s);
    return {};
}

} // namespace

HttpFront::HttpFront(Connection &connection, const QByteArray &securityLines)
    : QObject(&connection)
    , m_connection(connection)
    , m_securityLines(securityLines)
    , m_request(HttpReader::Kind::Request, headBytes, bodyBytes)
{
    connect(&m_connection.socket(), &QIODevice::readyRead, this, &HttpFront::read);
    m_connection.enter(Phase::Requesting, headWithin);
}

void HttpFront::handOver()
{
    m_isOver = true;
    disconnect(&m_connection.socket(), nullptr, this, nullptr);
}

void HttpFront::resume()
{
    m_isHeld = false;
    read();
}

void HttpFront::begin()
{
    m_request = HttpReader(HttpReader::Kind::Request, headBytes, bodyBytes);
    m_headTold = false;
    m_isAnswering = false;
}

void HttpFront::read()
{
    const QPointer self(this);
    QTcpSocket &socket = m_connection.socket();
    while (self && !m_isOver && !m_isHeld && !m_isAnswering && !m_connection.hasEnded() && socket.bytesAvailable() > 0
           && !m_request.isWhole()) {
        if (m_connection.phase() == Phase::Idle)
            m_connection.enter(Phase::Requesting, headWithin);
        const QByteArray peeked = socket.peek(readAtOnce);
        const auto taken = m_request.take(peeked);
        if (!taken)
            return refuse(taken.error().code, taken.error().message);
        socket.skip(*taken);
        if (!m_request.hasHead() || m_headTold)
            continue;
        if (!checkHead())
            return;
        m_headTold = true;
        if (!m_request.isWhole())
            m_connection.extend(bodyWithin);
        // RFC 9110 section 10.1.1: who waits for a word before the body gets it.
        if (m_request.head().hasToken("Expect", "100-continue") && !m_request.isWhole())
            socket.write("HTTP/1.1 100 Continue\r\n\r\n");
        emit headCame();
    }
    if (!self || m_isOver || m_isHeld || m_isAnswering || m_connection.hasEnded() || !m_request.isWhole())
        return;
    m_isAnswering = true;
    m_connection.enter(Phase::Answering, answerWithin);
    emit requestCame();
}

bool HttpFront::checkHead()
{
    const HttpHead &head = m_request.head();
    if (const auto good = readable(head); !good) {
        refuse(good.error().code, good.error().message);
        return false;
    }
    return m_connection.setAddress(realAddress(m_connection.socket().peerAddress(), head.value("X-Forwarded-For")));
}

void HttpFront::write(const QByteArray &bytes)
{
    if (!m_connection.hasEnded())
        m_connection.socket().write(bytes);
}

void HttpFront::answered(bool keeps)
{
    if (m_connection.hasEnded())
        return;
    if (!keeps)
        return m_connection.finish(Ending::Done);
    begin();
    m_connection.enter(Phase::Idle, idleAtMost);
    afterAnswer();
}

void HttpFront::afterAnswer()
{
    // Whoever sends requests and reads no answers waits with the next one.
    if (m_connection.unsentBytes() <= unsentAtMost) {
        QMetaObject::invokeMethod(this, &HttpFront::read, Qt::QueuedConnection);
        return;
    }
    m_isAnswering = true;
    auto waiting = std::make_shared<QMetaObject::Connection>();
    const auto sent = [this, waiting] {
        if (m_connection.unsentBytes() > unsentAtMost)
            return;
        disconnect(*waiting);
        m_isAnswering = false;
        read();
    };
    // TLS takes all that it is given at once; what counts is what leaves it.
    if (auto *secure = qobject_cast<QSslSocket *>(&m_connection.socket()))
        *waiting = connect(secure, &QSslSocket::encryptedBytesWritten, this, sent);
    else
        *waiting = connect(&m_connection.socket(), &QIODevice::bytesWritten, this, sent);
}

void HttpFront::refuseUpgrade()
{
    const auto checked = transport::checkUpgrade(m_request.head());
    if (!checked)
        refuse(checked.error().code, checked.error().message, "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
}

void HttpFront::refuse(int status, const QString &message, const QByteArray &moreHeaders)
{
    noteRefusal(m_connection.address(), status, message);
    turnAway(status, message, moreHeaders);
}

void HttpFront::turnAway(int status, const QString &message, const QByteArray &moreHeaders)
{
    answer(status, "application/json",
           QJsonDocument(QJsonObject{{"error"_L1, errorToJson({.code = errorCodeOf(status), .message = message})}})
               .toJson(QJsonDocument::Compact),
           moreHeaders);
}

void HttpFront::answer(int status, const QByteArray &type, const QByteArray &body, const QByteArray &moreHeaders)
{
    m_isOver = true;
    disconnect(&m_connection.socket(), nullptr, this, nullptr);
    QByteArray answer = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonOf(status).toByteArray()
                        + "\r\nDate: " + transport::httpDate(QDateTime::currentDateTimeUtc()) + "\r\nContent-Type: " + type
                        + "\r\nCache-Control: no-store\r\n" + m_securityLines + "Connection: close"
                        + (moreHeaders.contains("Upgrade:") ? ", Upgrade" : "") + "\r\nContent-Length: " + QByteArray::number(body.size())
                        + "\r\n" + moreHeaders + "\r\n";
    if (m_request.hasHead() && m_request.head().method == "HEAD")
        m_connection.socket().write(answer);
    else
        m_connection.socket().write(answer + body);
    m_connection.finishReading(status < 300 ? Ending::Done : Ending::Refused);
}

} // namespace muster::listen
