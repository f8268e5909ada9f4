// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <array>
#include <optional>

namespace muster::web {

/// How the bytes of an answer are packed; the smallest first.
enum class Coding { Brotli, Gzip, Identity };
inline constexpr std::array codings{Coding::Brotli, Coding::Gzip, Coding::Identity};

/// A coding's name in HTTP and in a bundle's manifest; "identity" for plain bytes.
[[nodiscard]] QByteArrayView nameOf(Coding coding);

/// Chooses a form (RFC 9110 section 12.5.3): the highest q, then the smallest one.
/// @param acceptEncoding the header; empty where there is none, which gets plain bytes
/// @return nothing where the client takes none of them
[[nodiscard]] std::optional<Coding> bestCoding(QByteArrayView acceptEncoding, const QList<Coding> &available);

/// Whether a client has this form already (RFC 9110 section 13.1.2). @param etag with its quotes
[[nodiscard]] bool isKnown(QByteArrayView ifNoneMatch, QByteArrayView etag);

} // namespace muster::web
