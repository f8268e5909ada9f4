// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"
#include "transport/httphead.h"

#include <QUrl>

/// The opening handshake of WebSockets, both ends (RFC 6455 section 4).
namespace muster::transport {

/// Whether a request asks for a WebSocket, rightly or wrongly.
[[nodiscard]] bool asksForWebSocket(const HttpHead &request);
/// @return an error with the HTTP status that refuses the request: 426 where it asks for no WebSocket or another version, 400 for a bad key
[[nodiscard]] Result<void> checkUpgrade(const HttpHead &request);
/// The answer to a good request. @param subProtocol one of those that it offers; empty: none is agreed to
[[nodiscard]] QByteArray upgradeAnswer(const HttpHead &request, const QByteArray &subProtocol = {});

/// A client's key: 128 random bits in base64.
[[nodiscard]] QByteArray newWebSocketKey();
/// A client's request. @param url ws:// or wss://
[[nodiscard]] QByteArray upgradeRequest(const QUrl &url, const QByteArray &key, const QByteArray &userAgent);
/// Whether a server agreed. @return an error in words for people where it did not
[[nodiscard]] Result<void> checkUpgradeAnswer(const HttpHead &answer, const QByteArray &key);

} // namespace muster::transport
