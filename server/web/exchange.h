// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QHttpHeaders>
#include <QHttpServerRequest>
#include <QHttpServerResponder>

#include <memory>

class QTcpSocket;

namespace muster::web {

/// One request and its answer. Writes to the socket itself, because Qt 6.8's responder cannot answer 304, and sends a file
/// as fast as it is read from the disk, however slow its reader is. Holds the responder meanwhile: the connection's next request waits for it.
/// Deletes itself when the answer is sent, or when the client is gone. Lives in the API's thread.
class Exchange : public QObject
{
    Q_OBJECT

public:
    using Status = QHttpServerResponder::StatusCode;

    /// @param socket the connection that the request came by; it tells what waits to be sent, and when that left
    Exchange(const QHttpServerRequest &request, QHttpServerResponder &&responder, QTcpSocket *socket, QObject *parent);

    /// Of the request; each with its path percent-encoded as it was sent.
    [[nodiscard]] const QByteArray &path() const { return m_path; }
    [[nodiscard]] QHttpServerRequest::Method method() const { return m_method; }
    [[nodiscard]] QByteArray header(QHttpHeaders::WellKnownHeader name) const { return m_headers.combinedValue(name); }

    /// Answers, once.
    void send(Status status, const QHttpHeaders &headers, const QByteArray &body);
    /// Answers with an open file. What is on its way to a slow reader waits on the disk.
    void send(Status status, const QHttpHeaders &headers, std::unique_ptr<QFile> file);

private:
    void sendHead(Status status, const QHttpHeaders &headers, qint64 size);
    void sendMore();
    void finish();

    QHttpServerResponder m_responder;
    QTcpSocket *m_socket; ///< lives as long as the responder does
    QByteArray m_path;
    QHttpServerRequest::Method m_method;
    QHttpHeaders m_headers;
    std::unique_ptr<QFile> m_file;
    qint64 m_left = 0; ///< bytes of the file
};

} // namespace muster::web
