// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/exchange.h"

#include <QTcpSocket>

namespace muster::web {

namespace {

/// What a connection holds in memory for a reader, however slow.
constexpr qint64 windowBytes = 64 * 1024;

QByteArrayView reasonOf(Exchange::Status status)
{
    switch (status) {
    case Exchange::Status::Ok: return "OK";
    case Exchange::Status::NotModified: return "Not Modified";
    case Exchange::Status::NotFound: return "Not Found";
    case Exchange::Status::MethodNotAllowed: return "Method Not Allowed";
    case Exchange::Status::NotAcceptable: return "Not Acceptable";
    case Exchange::Status::ServiceUnavailable: return "Service Unavailable";
    default: return "";
    }
}

} // namespace

Exchange::Exchange(const QHttpServerRequest &request, QHttpServerResponder &&responder, QTcpSocket *socket, QObject *parent)
    : QObject(parent)
    , m_responder(std::move(responder))
    , m_socket(socket)
    , m_path(request.url().path(QUrl::FullyEncoded).toLatin1())
    , m_method(request.method())
    , m_headers(request.headers())
{
    connect(m_socket, &QAbstractSocket::disconnected, this, &QObject::deleteLater);
}

void Exchange::send(Status status, const QHttpHeaders &headers, const QByteArray &body)
{
    sendHead(status, headers, body.size());
    m_socket->write(body);
    finish();
}

void Exchange::send(Status status, const QHttpHeaders &headers, std::unique_ptr<QFile> file)
{
    m_left = file->size();
    sendHead(status, headers, m_left);
    m_file = std::move(file);
    connect(m_socket, &QIODevice::bytesWritten, this, &Exchange::sendMore);
    sendMore();
}

void Exchange::sendHead(Status status, const QHttpHeaders &headers, qint64 size)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(static_cast<int>(status)) + ' ';
    head.append(reasonOf(status)).append("\r\n");
    for (qsizetype i = 0; i < headers.size(); ++i)
        head.append(QByteArrayView(headers.nameAt(i))).append(": ").append(headers.valueAt(i)).append("\r\n");
    if (status != Status::NotModified)
        head += "content-length: " + QByteArray::number(size) + "\r\n";
    m_socket->write(head + "\r\n");
}

void Exchange::sendMore()
{
    if (!m_file)
        return;
    if (m_left == 0)
        return finish();
    const qint64 room = windowBytes - m_socket->bytesToWrite();
    if (room < windowBytes / 2)
        return; // a few big pieces rather than many small ones
    const QByteArray piece = m_file->read(std::min(m_left, room));
    // Cut short on the disk meanwhile: a client that is left in the middle knows that it has not all.
    if (piece.isEmpty()) {
        m_file.reset();
        return m_socket->abort();
    }
    m_left -= piece.size();
    m_socket->write(piece);
    if (m_left == 0)
        finish();
}

void Exchange::finish()
{
    m_file.reset();
    deleteLater();
}

} // namespace muster::web
