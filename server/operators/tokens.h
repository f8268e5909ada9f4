// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace muster::operators {

/// Tells people and secret scanners what a token is for.
enum class TokenKind {
    Session,
    ApiKey,
    MdashKey, ///< an API key whose holder expects the answers of mDash
    Link,
};

/// A new token: its kind's prefix and 256 random bits in base64url.
[[nodiscard]] QString newToken(TokenKind kind);
/// What a token says that it is for; none where it is none of ours.
[[nodiscard]] std::optional<TokenKind> kindOf(QStringView token);
/// What is kept of a token: its SHA-256. A token has too many bits to be guessed, so no slow hash is needed.
[[nodiscard]] QByteArray tokenHash(const QString &token);
/// A short random name for a session or key: 96 bits in base64url.
[[nodiscard]] QString newId();

} // namespace muster::operators
