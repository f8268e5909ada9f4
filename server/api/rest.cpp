// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/rest.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "server/api/credentials.h"
#include "server/async.h"
#include "server/deviceerror.h"
#include "server/listen/peeraddress.h"
#include "server/web/securityheaders.h"

#include <QHttpHeaders>
#include <QJsonDocument>
#include <QUrlQuery>

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::Caller;
using operators::Form;
using operators::Method;
using Status = QHttpServerResponder::StatusCode;

namespace {

constexpr QByteArrayView apiPrefix("/api/v2");
/// The largest honest body is a method's params.
constexpr qsizetype bodyBytes = 256 * 1024;
/// Where nobody knows better, s.
constexpr qint64 retryAfter = 5;

QByteArray header(const QHttpServerRequest &request, QHttpHeaders::WellKnownHeader name)
{
    return request.headers().value(name).toByteArray();
}

/// A text of a query, as the type that the schema names.
QJsonValue typed(const QString &text, const QJsonObject &schema)
{
    const QString type = schema.value("type"_L1).toString();
    if (type == "integer"_L1 || type == "number"_L1) {
        bool good = false;
        const qint64 number = text.toLongLong(&good);
        return good ? QJsonValue(number) : QJsonValue(text);
    }
    if (type == "boolean"_L1 && (text == "true"_L1 || text == "false"_L1))
        return text == "true"_L1;
    return text;
}

/// A JSON text may be any value (RFC 8259); QJsonDocument writes objects and arrays alone.
QByteArray textOf(const QJsonValue &value)
{
    if (value.isArray())
        return QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
    if (value.isObject())
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    return QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).sliced(1).chopped(1);
}

/// Whether a path is answered from here, by a method or by saying that there is none.
bool isOfApi(const QByteArray &path)
{
    return path == "/api" || path.startsWith("/api/");
}

QByteArray verbOf(QHttpServerRequest::Method method)
{
    switch (method) {
    case QHttpServerRequest::Method::Get: return "GET";
    case QHttpServerRequest::Method::Put: return "PUT";
    case QHttpServerRequest::Method::Delete: return "DELETE";
    case QHttpServerRequest::Method::Post: return "POST";
    case QHttpServerRequest::Method::Patch: return "PATCH";
    default: return "OTHER";
    }
}

Error anotherSite()
{
    return {.code = Forbidden, .message = u"this request comes from another site's page"_s};
}

} // namespace

Status statusOf(const Error &error)
{
    if (isDeviceError(error))
        return Status::BadGateway; // whatever its code: a device cannot say that who asks is not signed in
    switch (error.code) {
    case ParseError:
    case InvalidRequest:
    case InvalidParams: return Status::BadRequest;
    case Unauthenticated: return Status::Unauthorized;
    case Forbidden:
    case PolicyForbids: return Status::Forbidden;
    case NotFound:
    case MethodNotFound: return Status::NotFound;
    case Conflict: return Status::Conflict;
    case TooLarge: return Status::PayloadTooLarge;
    case TooMany: return Status::TooManyRequests;
    case DeviceOffline:
    case Unavailable: return Status::ServiceUnavailable;
    case TimedOut: return Status::GatewayTimeout;
    case Expired: return Status::Gone;
    case InternalError: return Status::InternalServerError;
    default: return Status::BadGateway; // what devices say of their commands: Interrupted
    }
}

Rest::Rest(const operators::MethodTable &table, operators::Gate &gate, operators::Accounts &accounts, const Ways &ways)
    : m_table(table)
    , m_gate(gate)
    , m_accounts(accounts)
    , m_secure(ways.secure)
    , m_accessTokens(ways.accessTokens)
{
}

void Rest::addPage(const QByteArray &path, QLatin1StringView permission, PageMaker make)
{
    m_pages.emplace(path, PageRow{.permission = permission, .make = std::move(make)});
}

void Rest::serve(QHttpServer &server, Elsewhere elsewhere, Vouch vouch)
{
    m_elsewhere = std::move(elsewhere);
    m_vouch = std::move(vouch);
    server.setMissingHandler(this,
                             [this](const QHttpServerRequest &request, QHttpServerResponder &responder) { handle(request, responder); });
}

Result<QJsonObject> Rest::paramsOf(const Asked &asked, const Method &method, const QJsonObject &fromPath)
{
    QJsonObject params;
    for (const auto &[name, value] : QUrlQuery(asked.url.query(QUrl::FullyEncoded)).queryItems(QUrl::FullyDecoded)) {
        if (params.contains(name)) // which of them is meant, each reader guesses differently
            return failure(InvalidParams, cleanText(u"the query names \"%1\" more than once"_s.arg(name.left(80)), 400));
        // Logs of proxies keep addresses.
        if (name == "password"_L1 || name == "token"_L1)
            return failure(InvalidParams, u"\"%1\" belongs into the body"_s.arg(name));
        params.insert(name, typed(value, method.params.value(name).toObject()));
    }
    if (const QByteArray &body = asked.body; !body.isEmpty()) {
        if (body.size() > bodyBytes)
            return failure(TooLarge, u"the body has %1 bytes: %2 are allowed"_s.arg(body.size()).arg(bodyBytes));
        // A form of another site can send text, not JSON: this keeps it from speaking for its reader. No browser sends a token or a
        // password by itself, and curl names another type where nobody tells it.
        if (!asked.hasAuthorization && asked.contentType.split(';').constFirst().trimmed().toLower() != "application/json")
            return failure(InvalidRequest, u"the body must be JSON, with Content-Type: application/json"_s);
        const auto object = parseJsonObject(body);
        if (!object)
            return std::unexpected(object.error());
        if (!method.body.isEmpty()) {
            params.insert(method.body, *object);
        } else {
            for (auto it = object->begin(); it != object->end(); ++it) {
                if (params.contains(it.key()))
                    return failure(InvalidParams, cleanText(u"query and body both have \"%1\""_s.arg(it.key().left(80)), 400));
                params.insert(it.key(), *it);
            }
        }
    }
    // The path decides what is acted on, whatever the body says.
    for (auto it = fromPath.begin(); it != fromPath.end(); ++it)
        params.insert(it.key(), typed(it->toString(), method.params.value(it.key()).toObject()));
    return params;
}

void Rest::handle(const QHttpServerRequest &request, QHttpServerResponder &responder)
{
    const QByteArray path = request.url().path(QUrl::FullyEncoded).toLatin1();
    if (!isOfApi(path) && !m_pages.contains(path))
        return m_elsewhere(request, responder);
    const QByteArray host = header(request, QHttpHeaders::WellKnownHeader::Host);
    Asked asked{.verb = verbOf(request.method()),
                .path = path,
                .url = request.url(),
                .body = request.body(),
                .contentType = header(request, QHttpHeaders::WellKnownHeader::ContentType),
                .cookieName = sessionCookieName(m_secure, host),
                .sender = senderOf({.host = host,
                                    .site = request.value("Sec-Fetch-Site"),
                                    .origin = header(request, QHttpHeaders::WellKnownHeader::Origin),
                                    .referer = header(request, QHttpHeaders::WellKnownHeader::Referer)},
                                   m_secure),
                .refusal = {}};
    const QString address = listen::realAddress(request.remoteAddress(), request.value("X-Forwarded-For")).toString();
    const QString client = QString::fromLatin1(header(request, QHttpHeaders::WellKnownHeader::UserAgent));
    Credentials credentials = credentialsOf(header(request, QHttpHeaders::WellKnownHeader::Authorization),
                                            header(request, QHttpHeaders::WellKnownHeader::Cookie), asked.cookieName);
    const auto inAddress = takeAccessToken(asked.url, m_accessTokens);
    if (!inAddress)
        return writeError(responder, inAddress.error());
    if (!inAddress->isEmpty())
        credentials = {.token = *inAddress};
    asked.fromCookie = credentials.fromCookie;
    asked.hasAuthorization = !credentials.fromCookie && (credentials.basic || !credentials.token.isEmpty());
    if (credentials.basic || !inAddress->isEmpty() || operators::kindOf(credentials.token) == operators::TokenKind::MdashKey)
        asked.form = Form::Mdash;
    if ((asked.fromCookie || credentials.basic) && asked.sender == Sender::Other)
        return writeError(responder, anotherSite());
    // Without a word of the browser about who made it send this, the cookie is as if it were not there.
    if (asked.fromCookie && asked.sender != Sender::OwnPage && !(asked.sender == Sender::Reader && asked.isSafe()))
        asked.refusal = {.code = Unauthenticated,
                         .message =
                             u"the session's cookie counts for the dashboard's own page alone, and nothing says that this request is of it "
                             "(Sec-Fetch-Site, Origin, Referer): programs use Authorization: Bearer"_s};
    if (credentials.basic) {
        const auto &[user, password] = *credentials.basic;
        m_accounts.callerOf(user, password, address, client)
            .then(this, [this, asked, to = std::make_shared<QHttpServerResponder>(std::move(responder))](const Result<Caller> &caller) {
                if (caller)
                    serveCaller(asked, *caller, to);
                else
                    writeError(*to, caller.error());
            });
        return;
    }
    const Caller caller = m_accounts.callerOf(asked.refusal ? QString() : credentials.token, address, client);
    if (caller.isSignedIn())
        m_vouch(request);
    serveCaller(asked, caller, std::make_shared<QHttpServerResponder>(std::move(responder)));
}

void Rest::serveCaller(const Asked &asked, const Caller &caller, const Responder &to)
{
    if (m_pages.contains(asked.path))
        return handlePage(asked, caller, to);
    const auto match = asked.path.startsWith(apiPrefix) ? m_table.match(asked.verb, asked.path.sliced(apiPrefix.size()), asked.form)
                                                        : operators::MethodTable::Match();
    if (!match.method) {
        if (match.verbs.isEmpty())
            return writeError(*to, {.code = NotFound,
                                    .message = u"there is nothing at this path: see %1/openapi.json"_s.arg(QLatin1StringView(apiPrefix))});
        return refuseVerb(*to, match.verbs);
    }
    if (asked.refusal && match.method->permission != operators::permission::everyone)
        return writeError(*to, *asked.refusal);
    // A picture's address is fetched with the cookie as well, whatever page shows it.
    if (asked.fromCookie && asked.isSafe() && match.method->audit != operators::AuditClass::None)
        return writeError(
            *to, {.code = Forbidden, .message = u"with a session's cookie, %1 only reads: use POST"_s.arg(QLatin1StringView(asked.verb))});
    if (match.method->opensSession) {
        // Another site's form must not sign its reader in as somebody else.
        if (asked.sender == Sender::Other)
            return writeError(*to, anotherSite());
        if (asked.url.hasQuery())
            return writeError(*to, {.code = InvalidRequest, .message = u"secrets belong in the body: logs keep addresses"_s});
    }
    const auto params = paramsOf(asked, *match.method, match.params);
    if (!params)
        return writeError(*to, params.error());
    m_gate.invoke(caller, match.method->name, *params)
        .then(this, [this, to, method = match.method, params = *params, cookieName = asked.cookieName](const Result<QJsonValue> &result) {
            answer(*to, *method, params, cookieName, result);
        });
}

void Rest::refuseVerb(QHttpServerResponder &to, QByteArrayList verbs) const
{
    if (verbs.contains("GET"))
        verbs << "HEAD"_ba;
    const QByteArray known = verbs.join(", ");
    QHttpHeaders allow;
    allow.append(QHttpHeaders::WellKnownHeader::Allow, known);
    writeError(to, {.code = InvalidRequest, .message = u"this path takes %1"_s.arg(QLatin1StringView(known))}, Status::MethodNotAllowed,
               allow);
}

void Rest::handlePage(const Asked &asked, const Caller &caller, const Responder &to)
{
    const auto page = m_pages.find(asked.path);
    if (asked.verb != "GET")
        return refuseVerb(*to, {"GET"_ba});
    if (asked.refusal && page->second.permission != operators::permission::everyone)
        return writeError(*to, *asked.refusal);
    if (const auto allowed = m_gate.check(caller, page->second.permission); !allowed)
        return writeError(*to, allowed.error());
    page->second.make().then(this, [this, to](const Result<Page> &made) {
        if (!made)
            return writeError(*to, made.error());
        to->write(made->body, headersFor(made->type), Status::Ok);
    });
}

void Rest::answer(QHttpServerResponder &to, const Method &method, const QJsonObject &params, const QByteArray &cookieName,
                  const Result<QJsonValue> &result) const
{
    if (!result)
        return writeError(to, result.error());
    if (!method.opensSession && !method.endsSession)
        return write(to, *result, Status::Ok);
    QJsonObject object = result->toObject();
    QHttpHeaders cookie;
    cookie.append(QHttpHeaders::WellKnownHeader::SetCookie,
                  u"%1=%2; Path=/; HttpOnly; SameSite=Strict%3%4"_s.arg(QLatin1StringView(cookieName), object.value("token"_L1).toString(),
                                                                        m_secure ? u"; Secure"_s : QString(),
                                                                        method.endsSession ? u"; Max-Age=0"_s : QString()));
    // A browser's pages never see the token; other programs ask for it.
    if (!params.value("want_token"_L1).toBool())
        object.remove("token"_L1);
    write(to, object, Status::Ok, cookie);
}

QHttpHeaders Rest::headersFor(QByteArrayView type) const
{
    QHttpHeaders headers = web::securityHeaders(m_secure);
    headers.append(QHttpHeaders::WellKnownHeader::ContentType, type);
    headers.append(QHttpHeaders::WellKnownHeader::CacheControl, "no-store");
    return headers;
}

void Rest::write(QHttpServerResponder &to, const QJsonValue &value, Status status, const QHttpHeaders &more) const
{
    QHttpHeaders headers = headersFor("application/json");
    for (qsizetype i = 0; i < more.size(); ++i)
        headers.append(more.nameAt(i), more.valueAt(i));
    to.write(textOf(value), headers, status);
}

void Rest::writeError(QHttpServerResponder &to, const Error &error, std::optional<Status> status, const QHttpHeaders &more) const
{
    QHttpHeaders headers = more;
    const Status code = status.value_or(statusOf(error));
    qint64 seconds = error.detail["retry_after_s"_L1].toInteger();
    // A device that is away comes when it comes; whatever else is not there now is worth another try soon.
    if (seconds == 0 && error.code != DeviceOffline && (code == Status::ServiceUnavailable || code == Status::TooManyRequests))
        seconds = retryAfter;
    if (seconds > 0)
        headers.append(QHttpHeaders::WellKnownHeader::RetryAfter, QByteArray::number(seconds));
    if (code == Status::Unauthorized) // RFC 9110 section 15.5.2
        headers.append(QHttpHeaders::WellKnownHeader::WWWAuthenticate, R"(Bearer realm="Muster")");
    write(to, QJsonObject{{"error"_L1, errorToJson(error)}}, code, headers);
}

} // namespace muster::api
