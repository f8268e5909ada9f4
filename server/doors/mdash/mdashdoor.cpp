// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/mdash/mdashdoor.h"

#include "server/doors/mdash/mdashlink.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::doors {

namespace {

/// RFC 6750 section 2.1; empty where there is none.
QByteArray bearerOf(const transport::HttpHead &request)
{
    constexpr QByteArrayView scheme("Bearer ");
    const QByteArray field = request.value("Authorization");
    if (field.size() <= scheme.size() || QByteArrayView(field).first(scheme.size()).compare(scheme, Qt::CaseInsensitive) != 0)
        return {};
    return field.sliced(scheme.size()).trimmed();
}

/// A name that may stand in a field (RFC 9110 section 5.6.2).
bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

} // namespace

std::optional<Door::Refusal> MdashDoor::refusalOf(const transport::HttpHead &request, const QString &)
{
    if (!m_context->isOpen)
        return Refusal{.status = 403, .message = u"this server takes no devices by token (token_devices)"_s};
    // Without one it has to come in the first frame, as before 2018.
    const QByteArray token = bearerOf(request);
    if (token.isEmpty() || m_context->tokens.deviceOf(fleet::TokenBook::hashOf(token)))
        return {};
    ++m_context->counters.strangersRefused;
    return Refusal{.status = 401,
                   .message = u"no device has this token (any more)"_s,
                   .moreHeaders = "WWW-Authenticate: Bearer realm=\"devices\"\r\n"};
}

QByteArray MdashDoor::subProtocolOf(const transport::HttpHead &request) const
{
    const QByteArray first = request.value("Sec-WebSocket-Protocol").split(',').constFirst().trimmed();
    return isToken(first) ? first : QByteArray();
}

void MdashDoor::take(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn,
                     const transport::HttpHead &request)
{
    const QByteArray token = bearerOf(request);
    const auto link = keep(new MdashLink(connection, webSocket, std::move(turn), m_context));
    if (!token.isEmpty())
        link->present(token);
}

void MdashDoor::turnAway(listen::Connection &connection, transport::WebSocket &webSocket, std::chrono::seconds after)
{
    keep(new MdashLink(connection, webSocket, {}, m_context))->turnAway(after);
}

} // namespace muster::doors
