// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QLocalServer>
#include <QTemporaryDir>

#include <functional>

QT_FORWARD_DECLARE_CLASS(QLocalSocket)

namespace muster::test {

/// What answers like a container engine at a unix socket: with what a real Podman 5.4 answered (fixtures/engine), and with
/// whatever else a test wants.
class FakeEngine : public QObject
{
    Q_OBJECT

public:
    FakeEngine();
    ~FakeEngine() override;

    [[nodiscard]] QString socket() const { return m_folder.filePath(QStringLiteral("engine.sock")); }
    [[nodiscard]] bool listen();
    /// Closes the socket and every connection.
    void vanish();

    /// "GET /containers/json" -> what to do; without the version and the query.
    using Answer = std::function<void(QLocalSocket &socket, const QByteArray &query)>;
    QHash<QByteArray, Answer> answers;
    QList<QByteArray> asked; ///< "GET /v1.41/containers/json?all=true"

    static void reply(QLocalSocket &socket, int status, const QByteArray &body);
    /// An answer without an end: chunks follow.
    static void beginChunks(QLocalSocket &socket);
    static void chunk(QLocalSocket &socket, const QByteArray &bytes);
    static void endChunks(QLocalSocket &socket);
    /// A frame of a log.
    [[nodiscard]] static QByteArray frame(int stream, const QByteArray &text);
    [[nodiscard]] static QByteArray recorded(const QString &name);

private:
    void read(QLocalSocket *socket);

    QTemporaryDir m_folder;
    QLocalServer m_server;
    QHash<QLocalSocket *, QByteArray> m_read;
};

} // namespace muster::test
