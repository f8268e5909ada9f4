// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QFuture>

namespace muster::operators {

/// Shorter ones fall to guessing whatever the hash is (NIST SP 800-63B section 3.1.1.2 asks for 8; for admins of fleets we ask for 10).
inline constexpr qsizetype passwordLength = 10;
/// Longer ones only make the server work.
inline constexpr qsizetype passwordLengthMost = 1024;

/// @return InvalidParams when a password cannot be taken
[[nodiscard]] Result<void> checkPassword(const QString &password);

/// Passwords that wait to be hashed: at 60 ms each, who comes last waits some seconds. More are refused (TooMany, with `retry_after_s`).
inline constexpr int passwordsWaitingMost = 64;
/// Of them from networks from where nobody has signed in yet: strangers must not keep out who has.
inline constexpr int strangersWaitingMost = 48;

enum class PasswordFrom { Known, Stranger };

/// Argon2id (RFC 9106) with libsodium's interactive limits, in PHC form. About 60 ms and 64 MiB: runs in a thread of its own, one
/// at a time, so that many attempts cost time and not memory.
[[nodiscard]] QFuture<Result<QString>> hashPassword(const QString &password);
/// @param hash of hashPassword(); an empty one never matches, but takes as long
/// @param from Known goes before strangers
[[nodiscard]] QFuture<Result<bool>> passwordMatches(const QString &hash, const QString &password, PasswordFrom from);

/// How many wait now, and how many were refused since the program started. For /metrics; thread-safe.
[[nodiscard]] int passwordsWaiting();
[[nodiscard]] quint64 passwordsRefused();

} // namespace muster::operators
