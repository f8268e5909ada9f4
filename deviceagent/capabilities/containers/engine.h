// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include "deviceagent/capabilities/containers/enginestream.h"

#include <QFuture>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>
#include <QUrlQuery>

#include <memory>
#include <optional>

namespace muster::agent {

/// What listens at the socket.
struct EngineInfo
{
    QString name; ///< "Docker" or "Podman"
    QString version;
    QString api; ///< the version of the Docker API that both ends speak
};

/// An answer of the engine, whatever its status.
struct EngineReply
{
    int status = 0;
    QByteArray body;
};

/// A request of the Docker Engine API. Paths come from this agent alone: nothing of a server's call gets into one unchecked.
struct EngineRequest
{
    QByteArray verb = "GET";
    QString path; ///< below the version: "/containers/json"
    QUrlQuery query = {};
    std::chrono::milliseconds silence = std::chrono::seconds(20); ///< without a byte from the engine
    qsizetype mostBytes = 1024 * 1024;
};

/// Speaks HTTP with a container engine over its unix socket (Docker Engine API 1.41 to 1.47). Finds the socket anew for each
/// call, so that an engine may come, go and be replaced at any time. What Qt needs for HTTP is made with the first call and
/// dropped after a minute without one. Lives in one thread with an event loop.
class Engine : public QObject
{
    Q_OBJECT

public:
    explicit Engine(const QStringList &sockets, QObject *parent = nullptr);
    ~Engine() override;

    /// What listens there, and the version to speak. @return Unavailable, Forbidden
    [[nodiscard]] QFuture<Result<EngineInfo>> info();
    /// One request and its whole answer. @return Unavailable, Forbidden, TimedOut, TooLarge; a status is no error here
    [[nodiscard]] QFuture<Result<EngineReply>> call(const EngineRequest &request);
    /// Begins a GET whose answer is read bit by bit; after info().
    [[nodiscard]] Result<std::unique_ptr<EngineStream>> open(const QString &path, const QUrlQuery &query);
    /// True while a socket is there that may be used.
    [[nodiscard]] bool isThere() const;

private:
    [[nodiscard]] Result<QNetworkReply *> begin(const EngineRequest &request, const QString &prefix);
    [[nodiscard]] QFuture<Result<EngineReply>> wholeAnswer(const EngineRequest &request, const QString &prefix);
    /// Why a reply failed, in words for a person.
    [[nodiscard]] Error errorOf(const QNetworkReply &reply) const;
    void restIfIdle();

    const QStringList m_sockets;
    QString m_socket; ///< that m_info is about
    std::optional<EngineInfo> m_info;
    std::unique_ptr<QNetworkAccessManager> m_network;
    QTimer m_rest;
};

/// What an engine says in the body of an error.
[[nodiscard]] QString engineMessage(const QByteArray &body);
/// The error that a status means, for a call about this container; nothing for one that is none.
[[nodiscard]] std::optional<Error> engineError(const EngineReply &reply, const QString &container);

} // namespace muster::agent
