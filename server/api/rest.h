// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/credentials.h"
#include "server/operators/gate.h"

#include <QHttpHeaders>
#include <QHttpServer>

namespace muster::api {

/// The HTTP status of an error (RFC 9110 section 15).
[[nodiscard]] QHttpServerResponder::StatusCode statusOf(const Error &error);

/// REST below /api/v2, made from the method table, and the few plain texts beside it. Lives in the API's thread.
class Rest : public QObject
{
    Q_OBJECT

public:
    /// A page that is no method: gives the body and its type, or an error.
    struct Page
    {
        QByteArray type;
        QByteArray body;
    };
    using PageMaker = std::function<QFuture<Result<Page>>()>;

    /// Answers a request that is not ours. The responder may be moved out.
    using Elsewhere = std::function<void(const QHttpServerRequest &request, QHttpServerResponder &responder)>;
    /// Hears of each request of somebody who has signed in.
    using Vouch = std::function<void(const QHttpServerRequest &request)>;

    struct Ways
    {
        bool secure;               ///< browsers come over TLS
        bool accessTokens = false; ///< API keys may stand in the address, as `access_token`
    };
    Rest(const operators::MethodTable &table, operators::Gate &gate, operators::Accounts &accounts, const Ways &ways);

    /// Serves GET `path` to those who have the permission.
    void addPage(const QByteArray &path, QLatin1StringView permission, PageMaker make);
    /// Answers the requests of the server, from here or `elsewhere`.
    void serve(QHttpServer &server, Elsewhere elsewhere, Vouch vouch);

private:
    /// What is needed of a request once it is gone.
    struct Asked
    {
        QByteArray verb;
        QByteArray path;
        QUrl url;
        QByteArray body;
        QByteArray contentType;
        QByteArray cookieName;
        Sender sender = Sender::Unknown;
        bool fromCookie = false;
        bool hasAuthorization = false; ///< a header that no form of a page can send
        operators::Form form = operators::Form::Native;
        std::optional<Error> refusal; ///< why the cookie does not count, where it does not

        /// Methods of RFC 9110 section 9.2.1: whoever can make a browser fetch an address can make it send these.
        [[nodiscard]] bool isSafe() const { return verb == "GET"; } // HEAD has become one before
    };
    using Responder = std::shared_ptr<QHttpServerResponder>;

    void handle(const QHttpServerRequest &request, QHttpServerResponder &responder);
    /// The same, once it is known who asks.
    void serveCaller(const Asked &asked, const operators::Caller &caller, const Responder &to);
    void handlePage(const Asked &asked, const operators::Caller &caller, const Responder &to);
    [[nodiscard]] static Result<QJsonObject> paramsOf(const Asked &asked, const operators::Method &method, const QJsonObject &fromPath);
    void answer(QHttpServerResponder &to, const operators::Method &method, const QJsonObject &params, const QByteArray &cookieName,
                const Result<QJsonValue> &result) const;
    [[nodiscard]] QHttpHeaders headersFor(QByteArrayView type) const;
    void write(QHttpServerResponder &to, const QJsonValue &value, QHttpServerResponder::StatusCode status,
               const QHttpHeaders &more = {}) const;
    void refuseVerb(QHttpServerResponder &to, QByteArrayList verbs) const;
    void writeError(QHttpServerResponder &to, const Error &error, std::optional<QHttpServerResponder::StatusCode> status = {},
                    const QHttpHeaders &more = {}) const;

    struct PageRow
    {
        QLatin1StringView permission;
        PageMaker make;
    };

    const operators::MethodTable &m_table;
    operators::Gate &m_gate;
    operators::Accounts &m_accounts;
    std::map<QByteArray, PageRow> m_pages;
    Elsewhere m_elsewhere;
    Vouch m_vouch;
    bool m_secure;
    bool m_accessTokens;
};

} // namespace muster::api
