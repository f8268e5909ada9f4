// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/web/exchange.h"
#include "server/web/ownpages.h"
#include "server/web/programfolder.h"

namespace muster::web {

/// All that is not REST: the browser program at `/` and `/web/…`, what it is at `/bundle.json`, and a page of the server's own where
/// there is nothing. Knows no accounts: everybody may read it. Lives in the API's thread.
class Site : public QObject
{
    Q_OBJECT

public:
    /// @param folder of the browser program; empty for none
    /// @param secure true where browsers come over TLS
    Site(const QString &folder, bool secure);

    /// Answers a request. @param socket the connection that it came by
    void handle(const QHttpServerRequest &request, QHttpServerResponder &&responder, QTcpSocket *socket);

private:
    void sendStart(Exchange &exchange);
    void sendVersion(Exchange &exchange);
    void sendFile(Exchange &exchange, const QByteArray &path);
    void sendMissing(Exchange &exchange) const;
    void sendPage(Exchange &exchange, Exchange::Status status, const OwnPage &page) const;
    void sendJson(Exchange &exchange, Exchange::Status status, const QJsonObject &object, QHttpHeaders headers = {}) const;
    void sendError(Exchange &exchange, Exchange::Status status, const Error &error, const QHttpHeaders &headers = {}) const;
    /// Chooses the form that the client wants and puts its headers in. @return null when the answer is given already: 304 or 406
    [[nodiscard]] const Form *choose(Exchange &exchange, const File &file, QHttpHeaders &headers) const;

    bool m_secure;
    OwnPages m_pages;
    ProgramFolder m_folder;
};

} // namespace muster::web
