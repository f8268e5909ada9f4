// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace muster::listen {

/// Where a fresh connection belongs, by its request line (RFC 9112 section 3).
enum class Destination {
    Unknown, ///< the line is not complete yet
    Refused, ///< not HTTP, or a line over requestLineBytes
    Door,    ///< GET of a device door's path
    Live,    ///< GET of the operators' live socket
    Http,    ///< everything else: QHttpServer answers, refusals included
};

/// The longest request line of ours is a query of a few hundred bytes; RFC 9112 asks for 8,000 at least.
inline constexpr qsizetype requestLineBytes = 8192;
inline constexpr QByteArrayView livePath("/api/v2/live");

struct Route
{
    Destination destination = Destination::Unknown;
    QByteArray path; ///< without the query; set for Door
};

/// Reads the request line at the start of `peeked`.
/// @param isDoor says whether a path is a device door's
template <typename IsDoor>
[[nodiscard]] Route routeOf(QByteArrayView peeked, const IsDoor &isDoor)
{
    const qsizetype end = peeked.indexOf('\n');
    if (end < 0)
        return {.destination = peeked.size() >= requestLineBytes ? Destination::Refused : Destination::Unknown, .path = {}};
    const QList<QByteArray> words = peeked.first(end).trimmed().toByteArray().split(' ');
    if (end > requestLineBytes || words.size() != 3 || !words.at(2).startsWith("HTTP/1."))
        return {.destination = Destination::Refused, .path = {}};
    const qsizetype query = words.at(1).indexOf('?');
    const QByteArray path = query < 0 ? words.at(1) : words.at(1).first(query);
    if (words.at(0) == "GET" && path == livePath)
        return {.destination = Destination::Live, .path = {}};
    if (words.at(0) == "GET" && isDoor(path))
        return {.destination = Destination::Door, .path = path};
    return {.destination = Destination::Http, .path = {}};
}

} // namespace muster::listen
