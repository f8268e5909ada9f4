// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/tests/testserver.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "protocol/rpc/stream.h"

namespace muster::test {

/// The server's end of one stream: reads as far as it wants to, and holds the device to the rules.
class StreamReader : public QObject
{
    Q_OBJECT

public:
    StreamReader(TestServer &server, const QString &id, qint64 window = limits::streamWindowBytes)
        : m_server(server)
        , m_sink(id, window)
        , m_next(server.notifications.size())
    {
        connect(&server, &TestServer::received, this, &StreamReader::read);
    }

    [[nodiscard]] QJsonObject offer() const { return m_sink.offer().toJson(); }

    QString text;
    qint64 bytes = 0;
    bool keepsText = true;
    bool isReading = true; ///< grants what it has read
    bool isClosed = false;
    std::optional<Error> error;
    std::optional<Error> broken; ///< a rule that the device did not keep

    /// Of the error that it was closed with; 0 without one.
    [[nodiscard]] int errorCode() const { return error.value_or(Error()).code; }
    /// Both errors, for a test that failed.
    [[nodiscard]] QString trouble() const { return error.value_or(Error()).message + broken.value_or(Error()).message; }

    void resume()
    {
        isReading = true;
        grant(std::exchange(m_unread, 0));
    }

private:
    void read()
    {
        for (; m_next < m_server.notifications.size(); ++m_next) {
            const Notification &notification = m_server.notifications[m_next];
            if (notification.params.value(u"stream").toString() != m_sink.id())
                continue;
            if (notification.method == methods::streamClose) {
                isClosed = true;
                error = streamCloseError(notification.params);
            } else if (notification.method == methods::streamData) {
                const auto piece = m_sink.take(notification.params);
                if (!piece) {
                    broken = piece.error();
                    continue;
                }
                const qint64 size = piece->toUtf8().size();
                bytes += size;
                if (keepsText)
                    text += *piece;
                if (isReading)
                    grant(size);
                else
                    m_unread += size;
            }
        }
    }
    void grant(qint64 size)
    {
        if (const auto params = m_sink.consumed(size))
            m_server.send(Notification{methods::streamCredit, *params});
    }

    TestServer &m_server;
    StreamSink m_sink;
    qsizetype m_next;
    qint64 m_unread = 0;
};

} // namespace muster::test
