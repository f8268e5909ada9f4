// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/site.h"

#include "protocol/rpc/message.h"
#include "server/web/securityheaders.h"

#include <QDateTime>
#include <QJsonDocument>

#include <ranges>

using namespace Qt::Literals::StringLiterals;

namespace muster::web {

using Name = QHttpHeaders::WellKnownHeader;
using Status = Exchange::Status;

namespace {

constexpr QByteArrayView filesBelow("/web/");
/// A year, which is for ever: names change with contents (RFC 8246).
constexpr QByteArrayView forEver("public, max-age=31536000, immutable");

void addAll(QHttpHeaders &to, const QHttpHeaders &more)
{
    for (qsizetype i = 0; i < more.size(); ++i)
        to.append(more.nameAt(i), more.valueAt(i));
}

} // namespace

Site::Site(const QString &folder, bool secure)
    : m_secure(secure)
    , m_folder(folder)
{
}

void Site::handle(const QHttpServerRequest &request, QHttpServerResponder &&responder, QTcpSocket *socket)
{
    auto &exchange = *new Exchange(request, std::move(responder), socket, this);
    const QByteArray &path = exchange.path();
    if (exchange.method() != QHttpServerRequest::Method::Get) {
        QHttpHeaders headers;
        headers.append(Name::Allow, "GET, HEAD");
        return sendError(exchange, Status::MethodNotAllowed, {.code = InvalidRequest, .message = u"this path takes GET"_s}, headers);
    }
    if (path == "/")
        return sendStart(exchange);
    if (path == "/bundle.json")
        return sendVersion(exchange);
    if (path.startsWith(filesBelow))
        return sendFile(exchange, path.sliced(1));
    sendMissing(exchange);
}

void Site::sendStart(Exchange &exchange)
{
    m_folder.look();
    switch (m_folder.state()) {
    case ProgramFolder::State::None: return sendPage(exchange, Status::Ok, m_pages.none);
    case ProgramFolder::State::Building:
    case ProgramFolder::State::Failed: return sendPage(exchange, Status::ServiceUnavailable, m_pages.waiting);
    case ProgramFolder::State::Damaged: return sendPage(exchange, Status::ServiceUnavailable, m_pages.damaged);
    case ProgramFolder::State::Ready: break;
    }
    const Bundle &bundle = m_folder.bundle();
    const auto &own = bundle.headers();
    QHttpHeaders headers = securityHeaders(m_secure, own.value(Name::ContentSecurityPolicy));
    if (own.contains(Name::Link))
        headers.append(Name::Link, own.value(Name::Link));
    // Kept, but asked for each time: it names the files of the newest program.
    headers.append(Name::CacheControl, "no-cache");
    if (const Form *form = choose(exchange, *bundle.file(Bundle::startPage.toByteArray()), headers))
        exchange.send(Status::Ok, headers, form->contents);
}

void Site::sendVersion(Exchange &exchange)
{
    m_folder.look();
    const auto state = m_folder.state();
    if (state == ProgramFolder::State::None)
        return sendError(exchange, Status::NotFound, {.code = NotFound, .message = u"this server carries no browser program"_s});
    if (state == ProgramFolder::State::Damaged) {
        return sendJson(exchange, Status::ServiceUnavailable,
                        {{"state"_L1, u"failed"_s},
                         {"percent"_L1, 0},
                         {"text"_L1, u"The browser program on this server is damaged; the server's log says what is wrong with it"_s}});
    }
    if (state != ProgramFolder::State::Ready)
        return sendJson(exchange, Status::ServiceUnavailable, m_folder.progress());
    const Bundle &bundle = m_folder.bundle();
    QHttpHeaders headers;
    headers.append(Name::CacheControl, "no-cache");
    headers.append(Name::ETag, '"' + bundle.id() + '"');
    if (isKnown(exchange.header(Name::IfNoneMatch), '"' + bundle.id() + '"')) {
        addAll(headers, securityHeaders(m_secure));
        return exchange.send(Status::NotModified, headers, QByteArray());
    }
    sendJson(exchange, Status::Ok, {{"id"_L1, QString::fromLatin1(bundle.id())}, {"version"_L1, bundle.version()}}, headers);
}

void Site::sendFile(Exchange &exchange, const QByteArray &path)
{
    const File *file = m_folder.file(path);
    if (!file)
        return sendMissing(exchange);
    QHttpHeaders headers = securityHeaders(m_secure);
    headers.append(Name::CacheControl, file->immutable ? forEver : QByteArrayView("no-cache"));
    const Form *form = choose(exchange, *file, headers);
    if (!form)
        return;
    auto onDisk = std::make_unique<QFile>(form->path);
    if (!onDisk->open(QIODevice::ReadOnly | QIODevice::Unbuffered) || onDisk->size() != form->size
        || onDisk->fileTime(QFileDevice::FileModificationTime).toMSecsSinceEpoch() != form->modified) {
        m_folder.distrust(path);
        return sendError(exchange, Status::NotFound, {.code = NotFound, .message = u"this file was taken away or changed"_s});
    }
    exchange.send(Status::Ok, headers, std::move(onDisk));
}

const Form *Site::choose(Exchange &exchange, const File &file, QHttpHeaders &headers) const
{
    headers.append(Name::Vary, "Accept-Encoding");
    headers.append(Name::AcceptRanges, "none");
    const auto available = std::views::keys(file.forms);
    const auto coding = bestCoding(exchange.header(Name::AcceptEncoding), QList<Coding>(available.begin(), available.end()));
    if (!coding) {
        const QHttpHeaders vary = QHttpHeaders::fromListOfPairs({{"Vary", "Accept-Encoding"}});
        sendError(exchange, Status::NotAcceptable, {.code = InvalidRequest, .message = u"there is no form that Accept-Encoding takes"_s},
                  vary);
        return nullptr;
    }
    const Form &form = file.forms.at(*coding);
    headers.append(Name::ETag, form.etag);
    if (isKnown(exchange.header(Name::IfNoneMatch), form.etag)) {
        exchange.send(Status::NotModified, headers, QByteArray());
        return nullptr;
    }
    headers.append(Name::ContentType, file.type);
    if (*coding != Coding::Identity)
        headers.append(Name::ContentEncoding, nameOf(*coding));
    return &form;
}

void Site::sendMissing(Exchange &exchange) const
{
    if (exchange.header(Name::Accept).contains("text/html"))
        return sendPage(exchange, Status::NotFound, m_pages.missing);
    sendError(exchange, Status::NotFound, {.code = NotFound, .message = u"there is nothing at this path"_s});
}

void Site::sendPage(Exchange &exchange, Status status, const OwnPage &page) const
{
    QHttpHeaders headers = securityHeaders(m_secure, page.policy);
    headers.append(Name::ContentType, "text/html; charset=utf-8");
    headers.append(Name::CacheControl, "no-store");
    exchange.send(status, headers, page.html);
}

void Site::sendJson(Exchange &exchange, Status status, const QJsonObject &object, QHttpHeaders headers) const
{
    addAll(headers, securityHeaders(m_secure));
    headers.append(Name::ContentType, "application/json");
    if (!headers.contains(Name::CacheControl))
        headers.append(Name::CacheControl, "no-store");
    exchange.send(status, headers, QJsonDocument(object).toJson(QJsonDocument::Compact));
}

void Site::sendError(Exchange &exchange, Status status, const Error &error, const QHttpHeaders &headers) const
{
    sendJson(exchange, status, {{"error"_L1, errorToJson(error)}}, headers);
}

} // namespace muster::web
