// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/capabilities/containers/engine.h"
#include "deviceagent/capabilities/containers/logdemux.h"
#include "deviceagent/link/outgoingstream.h"

#include <QPromise>
#include <QTimer>

namespace muster::agent {

/// Reads one log out of the engine, no faster than its lines are taken. Deletes itself at the end, or goes with its parent.
class LogReader : public QObject
{
    Q_OBJECT

public:
    /// Without a stream: keeps the newest lines that fit an answer, {text, cut}. @param log of GET /containers/ID/logs
    [[nodiscard]] static QFuture<Result<QJsonValue>> collect(QObject *parent, std::unique_ptr<EngineStream> log, LogDemux::Form form,
                                                             const QString &container);
    /// Into a stream. @return {} once the engine has begun to send: the stream is open then; or why it does not
    [[nodiscard]] static QFuture<Result<QJsonValue>> stream(QObject *parent, std::unique_ptr<EngineStream> log, LogDemux::Form form,
                                                            const QString &container, std::unique_ptr<OutgoingStream> into);
    ~LogReader() override;

private:
    LogReader(QObject *parent, std::unique_ptr<EngineStream> log, LogDemux::Form form, const QString &container,
              std::unique_ptr<OutgoingStream> into);
    void begin();
    void pump();
    [[nodiscard]] bool readOn();
    void writeOut();
    void keepNewest();
    void end(const std::optional<Error> &error);

    std::unique_ptr<EngineStream> m_log; ///< null at the end
    LogDemux m_demux;
    const QString m_container;
    std::unique_ptr<OutgoingStream> m_stream;
    QTimer m_deadline; ///< for the answer
    QPromise<Result<QJsonValue>> m_promise;
    bool m_isAnswered = false;
    bool m_isCut = false;
    bool m_isRead = false; ///< the engine has no more
    QByteArray m_body;     ///< of an answer that is an error
    bool m_isPumping = false;
    std::optional<Error> m_error;
    QByteArray m_lines;    ///< not taken yet
    qsizetype m_taken = 0; ///< of m_lines
};

} // namespace muster::agent
