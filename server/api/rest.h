// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

    /// @param secure true where browsers come over TLS
    Rest(const operators::MethodTable &table, operators::Gate &gate, operators::Accounts &accounts, bool secure);

    /// Serves GET `path` to those who have the permission.
    void addPage(const QByteArray &path, QLatin1StringView permission, PageMaker make);
    /// Answers the requests of the server, from here or `elsewhere`.
    void serve(QHttpServer &server, Elsewhere elsewhere, Vouch vouch);

private:
    void handle(const QHttpServerRequest &request, QHttpServerResponder &responder);
    /// @param refusal why the cookie does not count, where it does not
    void handlePage(const QHttpServerRequest &request, const operators::Caller &caller, const std::optional<Error> &refusal,
                    const std::shared_ptr<QHttpServerResponder> &to);
    [[nodiscard]] Result<QJsonObject> paramsOf(const QHttpServerRequest &request, const operators::Method &method,
                                               const QJsonObject &fromPath) const;
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
};

} // namespace muster::api
