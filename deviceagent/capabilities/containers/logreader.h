// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/capabilities/containers/engine.h"
#include "deviceagent/capabilities/containers/logdemux.h"
#include "deviceagent/link/outgoingstream.h"

#include <QPointer>
#include <QPromise>

namespace muster::agent {

/// Reads one log out of the engine, no faster than its lines are taken. Deletes itself at the end.
class LogReader : public QObject
{
    Q_OBJECT

public:
    /// Without a stream: keeps the newest lines that fit an answer, {text, cut}. @param reply is aborted and deleted in the end
    [[nodiscard]] static QFuture<Result<QJsonValue>> collect(Engine &engine, QNetworkReply *reply, LogDemux::Form form,
                                                             const QString &container);
    /// Into a stream. @return {} once the engine has begun to send: the stream is open then; or why it does not
    [[nodiscard]] static QFuture<Result<QJsonValue>> stream(Engine &engine, QNetworkReply *reply, LogDemux::Form form,
                                                            const QString &container, std::unique_ptr<OutgoingStream> into);
    ~LogReader() override;

private:
    LogReader(Engine &engine, QNetworkReply *reply, LogDemux::Form form, const QString &container, std::unique_ptr<OutgoingStream> into);
    void begin();
    void pump();
    void readOn();
    void writeOut();
    void keepNewest();
    void end(const std::optional<Error> &error);

    Engine &m_engine;
    QPointer<QNetworkReply> m_reply;
    LogDemux m_demux;
    const QString m_container;
    std::unique_ptr<OutgoingStream> m_stream;
    QPromise<Result<QJsonValue>> m_promise;
    bool m_isAnswered = false;
    bool m_isCut = false;
    bool m_isRead = false; ///< the engine has no more
    bool m_isPumping = false;
    std::optional<Error> m_error;
    QByteArray m_lines;    ///< not taken yet
    qsizetype m_taken = 0; ///< of m_lines
};

} // namespace muster::agent
