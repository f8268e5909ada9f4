// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/capabilities/containers/httpanswer.h"

#include <QLocalSocket>

#include <optional>

namespace muster::agent {

/// One GET of a container engine whose answer is read bit by bit. What is not read stays in the engine: QNetworkAccessManager reads
/// a unix socket as fast as it can, whatever its buffer may hold (Qt 6.8), and a log has no end. Lives in one thread.
class EngineStream : public QObject
{
    Q_OBJECT

public:
    /// @param target path and query
    EngineStream(const QString &socket, const QByteArray &target, QObject *parent = nullptr);
    ~EngineStream() override;

    /// Status of HTTP; 0 until it is there.
    [[nodiscard]] int status() const { return m_answer.status(); }
    /// Reads on, a little. @return false when there was nothing; the body that came is appended
    bool read(QByteArray &body);
    /// Nothing will come any more: all of it was read, or error() says why not.
    [[nodiscard]] bool isAtEnd() const;
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

signals:
    /// There may be something to read, or the end.
    void moved();

private:
    void fail(const Error &error);

    const QByteArray m_target;
    QLocalSocket m_socket;
    HttpAnswer m_answer;
    bool m_isClosed = false;
    std::optional<Error> m_error;
};

} // namespace muster::agent
