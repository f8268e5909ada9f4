// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/httpreader.h"

#include <llhttp.h>

using namespace Qt::Literals::StringLiterals;

namespace muster::transport {

namespace {

/// More fields than any browser or proxy sends: each costs more than its bytes.
constexpr qsizetype mostFields = 256;
/// What chunks need around each of their bytes at most, and what their extensions and trailing fields may have: nobody reads those.
constexpr qsizetype framingPerByte = 16;
constexpr qsizetype framingBytes = 8 * 1024;

/// HTTP statuses (RFC 9110 section 15, RFC 6585).
constexpr int badRequest = 400;
constexpr int contentTooLarge = 413;
constexpr int fieldsTooLarge = 431;
constexpr int notImplemented = 501;
constexpr int versionNotSupported = 505;

} // namespace

/// What llhttp calls back into.
struct HttpReader::Private
{
    Private(Kind wanted, qsizetype headLimit, qsizetype bodyLimit)
        : kind(wanted)
        , headBytes(headLimit)
        , bodyBytes(bodyLimit)
    {
        llhttp_init(&parser, wanted == Kind::Request ? HTTP_REQUEST : HTTP_RESPONSE, &settings());
        parser.data = this;
    }

    static Private &of(llhttp_t *parser) { return *static_cast<Private *>(parser->data); }

    static const llhttp_settings_t &settings()
    {
        static const llhttp_settings_t shared = [] {
            llhttp_settings_t calls;
            llhttp_settings_init(&calls);
            calls.on_message_begin = [](llhttp_t *parser) {
                of(parser).begun = true;
                return 0;
            };
            calls.on_url = [](llhttp_t *parser, const char *at, size_t length) { return grow(of(parser).head.target, at, length); };
            calls.on_status = [](llhttp_t *parser, const char *at, size_t length) { return grow(of(parser).head.reason, at, length); };
            calls.on_header_field = [](llhttp_t *parser, const char *at, size_t length) { return grow(of(parser).name, at, length); };
            calls.on_header_value = [](llhttp_t *parser, const char *at, size_t length) { return grow(of(parser).value, at, length); };
            calls.on_header_value_complete = [](llhttp_t *parser) { return of(parser).fieldCame(); };
            calls.on_headers_complete = [](llhttp_t *parser) { return of(parser).headCame(); };
            calls.on_body = [](llhttp_t *parser, const char *at, size_t length) { return of(parser).bodyCame(at, length); };
            calls.on_message_complete = [](llhttp_t *parser) {
                of(parser).whole = true;
                return static_cast<int>(HPE_PAUSED); // what follows is not this message's
            };
            return calls;
        }();
        return shared;
    }

    static int grow(QByteArray &text, const char *at, size_t length)
    {
        text.append(at, static_cast<qsizetype>(length));
        return 0;
    }

    int refuse(int status, const QString &why)
    {
        error = Error{.code = status, .message = why};
        return HPE_USER;
    }

    int fieldCame()
    {
        const QByteArray field = std::exchange(name, {});
        const QByteArray itsValue = std::exchange(value, {});
        if (++fields > mostFields)
            return refuse(fieldsTooLarge, u"the message has over %1 fields"_s.arg(mostFields));
        if (!headWhole) // what trails a chunked body says nothing to us
            head.headers.append(field, itsValue);
        return 0;
    }

    int headCame()
    {
        headWhole = true;
        if (parser.http_major != 1)
            return refuse(versionNotSupported, u"HTTP/%1.%2 is not spoken here"_s.arg(parser.http_major).arg(parser.http_minor));
        head.minorVersion = parser.http_minor;
        head.keepsAlive = llhttp_should_keep_alive(&parser) != 0;
        if (kind == Kind::Request)
            head.method = llhttp_method_name(static_cast<llhttp_method_t>(parser.method));
        else
            head.status = parser.status_code;
        if (head.headers.contains("Content-Length"))
            head.bodySize = static_cast<qint64>(std::min<quint64>(parser.content_length, std::numeric_limits<qint64>::max()));
        if (kind == Kind::AnswerToHead)
            return 1; // no body follows
        if (head.bodySize.value_or(0) > bodyBytes)
            return refuse(contentTooLarge, u"the body has %1 bytes: %2 are allowed"_s.arg(*head.bodySize).arg(bodyBytes));
        return 0;
    }

    int bodyCame(const char *at, size_t length)
    {
        bodyRead += static_cast<qsizetype>(length);
        if (bodyRead > bodyBytes)
            return refuse(contentTooLarge, u"the body has over %1 bytes"_s.arg(bodyBytes));
        return grow(body, at, length);
    }

    llhttp_t parser{};
    Kind kind;
    qsizetype headBytes;
    qsizetype bodyBytes;
    qsizetype headRead = 0;
    qsizetype bodyRead = 0;
    qsizetype framedRead = 0; ///< the body with its framing
    qsizetype fields = 0;
    HttpHead head;
    QByteArray name;  ///< of the field that is being read
    QByteArray value; ///< its value so far
    QByteArray body;
    bool begun = false;
    bool headWhole = false;
    bool whole = false;
    std::optional<Error> error;
};

HttpReader::HttpReader(Kind kind, qsizetype headBytes, qsizetype bodyBytes)
    : d(std::make_unique<Private>(kind, headBytes, bodyBytes))
{
}

HttpReader::~HttpReader() = default;
HttpReader::HttpReader(HttpReader &&) noexcept = default;
HttpReader &HttpReader::operator=(HttpReader &&) noexcept = default;

Result<qsizetype> HttpReader::take(QByteArrayView bytes)
{
    if (const auto &error = d->error)
        return std::unexpected(*error);
    if (d->whole)
        return 0;
    // Never more at once than the head may have: what is over is refused before it is kept.
    const bool beganInHead = !d->headWhole;
    const QByteArrayView part = beganInHead ? bytes.first(std::min(bytes.size(), d->headBytes + 1 - d->headRead)) : bytes;
    const llhttp_errno_t outcome = llhttp_execute(&d->parser, part.data(), static_cast<size_t>(part.size()));
    if (outcome == HPE_OK || outcome == HPE_PAUSED || outcome == HPE_PAUSED_UPGRADE) {
        const qsizetype taken = outcome == HPE_OK ? part.size() : llhttp_get_error_pos(&d->parser) - part.data();
        if (outcome == HPE_PAUSED_UPGRADE)
            d->whole = true;
        if (!beganInHead) {
            d->framedRead += taken;
            if (d->framedRead > framingBytes + framingPerByte * d->bodyRead) {
                const Error error{.code = contentTooLarge, .message = u"the body has more around it than in it"_s};
                d->error = error;
                return std::unexpected(error);
            }
        }
        if (!beganInHead || d->headWhole)
            return taken;
        d->headRead += taken;
        if (d->headRead <= d->headBytes)
            return taken;
        d->error = Error{.code = fieldsTooLarge, .message = u"the head of the message has over %1 bytes"_s.arg(d->headBytes)};
    }
    const QLatin1StringView reason(llhttp_get_error_reason(&d->parser));
    // RFC 9110 section 15.6.2: what no server here has heard of is no mistake in writing.
    const int status = reason == "Invalid HTTP version"_L1 ? versionNotSupported
                       : outcome == HPE_INVALID_METHOD     ? notImplemented
                                                           : badRequest;
    const Error unreadable{.code = status, .message = u"not HTTP/1 as RFC 9112 has it: %1"_s.arg(reason)};
    const Error error = d->error.value_or(unreadable);
    d->error = error;
    return std::unexpected(error);
}

bool HttpReader::end()
{
    if (d->error)
        return false;
    if (!d->whole && llhttp_finish(&d->parser) == HPE_PAUSED)
        return d->whole;
    return d->whole || !d->begun;
}

bool HttpReader::hasBegun() const
{
    return d->begun;
}

bool HttpReader::hasHead() const
{
    return d->headWhole;
}

bool HttpReader::isWhole() const
{
    return d->whole;
}

const HttpHead &HttpReader::head() const
{
    return d->head;
}

QByteArray HttpReader::takeBody()
{
    return std::exchange(d->body, {});
}

} // namespace muster::transport
