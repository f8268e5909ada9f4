// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/upgrade.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster::transport {

namespace {

/// RFC 6455 section 4.1: the only version there is.
constexpr char version[] = "13";
constexpr qsizetype keyBytes = 16;
constexpr int switchingProtocols = 101;
constexpr int badRequest = 400;
constexpr int upgradeRequired = 426;

QByteArray acceptOf(const QByteArray &key)
{
    // RFC 6455 section 1.3.
    return QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1).toBase64();
}

} // namespace

bool asksForWebSocket(const HttpHead &request)
{
    return request.method == "GET" && request.hasToken("Upgrade", "websocket") && request.hasToken("Connection", "upgrade");
}

Result<void> checkUpgrade(const HttpHead &request)
{
    if (request.minorVersion < 1 || !asksForWebSocket(request))
        return failure(upgradeRequired, u"this path takes WebSockets: GET in HTTP/1.1 with Upgrade: websocket (RFC 6455)"_s);
    if (request.value("Sec-WebSocket-Version").trimmed() != QByteArrayView(version))
        return failure(upgradeRequired, u"Sec-WebSocket-Version must be 13"_s);
    const auto key = QByteArray::fromBase64Encoding(request.value("Sec-WebSocket-Key").trimmed(), QByteArray::AbortOnBase64DecodingErrors);
    if (!key || (*key).size() != keyBytes)
        return failure(badRequest, u"Sec-WebSocket-Key must be 16 bytes in base64"_s);
    return {};
}

QByteArray upgradeAnswer(const HttpHead &request, const QByteArray &subProtocol)
{
    const QByteArray agreed = subProtocol.isEmpty() ? QByteArray() : "Sec-WebSocket-Protocol: " + subProtocol + "\r\n";
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
           + acceptOf(request.value("Sec-WebSocket-Key").trimmed()) + "\r\n" + agreed + "\r\n";
}

QByteArray newWebSocketKey()
{
    std::array<quint32, keyBytes / sizeof(quint32)> random;
    QRandomGenerator::system()->fillRange(random.data(), random.size());
    return QByteArray::fromRawData(reinterpret_cast<const char *>(random.data()), sizeof random).toBase64();
}

QByteArray upgradeRequest(const QUrl &url, const QByteArray &key, const QByteArray &userAgent)
{
    const bool isSecure = url.scheme() == "wss"_L1;
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    if (const int port = url.port(); port > 0 && port != (isSecure ? 443 : 80))
        host += ':' + QByteArray::number(port);
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (target.isEmpty())
        target = "/";
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: " + userAgent
           + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + key + "\r\nSec-WebSocket-Version: " + version
           + "\r\n\r\n";
}

Result<void> checkUpgradeAnswer(const HttpHead &answer, const QByteArray &key)
{
    if (answer.status != switchingProtocols) {
        return failure(Unavailable, u"the server answered %1 %2 instead of opening a WebSocket"_s.arg(answer.status)
                                        .arg(QString::fromLatin1(answer.reason.left(80))));
    }
    if (!answer.hasToken("Upgrade", "websocket") || !answer.hasToken("Connection", "upgrade")
        || answer.value("Sec-WebSocket-Accept").trimmed() != acceptOf(key))
        return failure(Unavailable, u"the server's answer to the WebSocket handshake is wrong (RFC 6455 section 4.1)"_s);
    if (!answer.value("Sec-WebSocket-Extensions").trimmed().isEmpty() || !answer.value("Sec-WebSocket-Protocol").trimmed().isEmpty())
        return failure(Unavailable, u"the server wants a WebSocket extension that nobody asked for"_s);
    return {};
}

} // namespace muster::transport
