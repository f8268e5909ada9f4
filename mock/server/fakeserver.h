// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockconnection.h"
#include "mock/mockfleet.h"

#include <QHttpServer>
#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QWebSocket>

#include <list>
#include <memory>
#include <optional>

class QTcpServer;

namespace muster::test {

/// The operator API as a client sees it, on loopback, over the mock fleet. One person: admin with the password
/// "correct horse"; one API key; one sign-in link and one setup link.
class FakeServer : public QObject
{
    Q_OBJECT

public:
    static inline const QString apiKey = QStringLiteral("key-of-the-test");
    static inline const QString linkToken = QStringLiteral("link-token");
    static inline const QString setupToken = QStringLiteral("setup-token");

    explicit FakeServer(MockFleet::Kind kind = MockFleet::Kind::Ordinary);
    ~FakeServer() override;

    /// @param port 0: any
    /// @param tls where it is to speak TLS
    [[nodiscard]] bool listen(quint16 port = 0, const std::optional<QSslConfiguration> &tls = {});
    /// Stops listening and breaks every connection.
    void stop();
    [[nodiscard]] QUrl url() const;
    [[nodiscard]] quint16 port() const { return m_port; }

    MockFleet fleet;
    std::optional<QByteArray> leader; ///< set before listen(): it stands by for this one, or, where it is empty, for nobody
    QStringList servers;              ///< not empty: what Server.Info names
    QStringList credentials;          ///< each Authorization that came, in order
    bool setupNeeded = false;
    bool noSockets = false;   ///< opens no live socket, as a proxy that does not let them through
    bool mute = false;        ///< answers nothing on the live socket
    QStringList unanswered;   ///< methods that it says nothing to on the live socket
    int sessionStatus = 0;    ///< not 0: GET /session answers this
    int sessionQuestions = 0; ///< how often GET /session was asked
    QStringList subscribed;   ///< topics, in order
    QStringList called;       ///< methods of the live socket, in order

    /// A session that another server of the same database has begun.
    void addToken(const QString &token) { m_tokens << token; }
    void breakConnections();
    /// Ends the session of everybody who is connected.
    void signOutAll(const QString &reason);
    void tick();
    /// What is subscribed to now, in all connections.
    [[nodiscard]] QStringList topics() const;
    [[nodiscard]] qsizetype connections() const { return qsizetype(m_links.size()); }

private:
    struct Link
    {
        QPointer<QWebSocket> socket;
        std::unique_ptr<MockConnection> connection;
    };

    void addRoutes();
    void standBy();
    [[nodiscard]] QList<QWebSocket *> sockets() const;
    void accept();
    void receive(Link &link, const QString &text);
    [[nodiscard]] bool isKnown(const QHttpServerRequest &request);

    std::unique_ptr<QHttpServer> m_http;
    std::list<Link> m_links;
    QStringList m_tokens;
    quint16 m_port = 0;
    bool m_secure = false;
};

} // namespace muster::test
