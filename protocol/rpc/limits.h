// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <chrono>

/// Every limit that both ends of the signed protocol keep, with its reason. Published in docs/protocol.md.
namespace muster::limits {

using namespace std::chrono_literals;

/// A hello, a key and an answer fit many times over; a stranger must not make the server hold more.
inline constexpr qsizetype messageBytesBeforeAcceptance = 64 * 1024;
/// The largest honest messages are log windows and method schemas.
inline constexpr qsizetype messageBytesAfterAcceptance = 1024 * 1024;
/// JSON nested deeper than this is an attack on the parser's stack, not a message.
inline constexpr int jsonDepth = 64;
/// Time from the TCP accept to a verified authentication.
inline constexpr auto authenticateWithin = 10s;
/// A reader that leaves this much unsent is cut: its messages would only pile up.
inline constexpr qint64 queuedBytesPerConnection = 1024 * 1024;
/// Two clocks that both run true drift apart by far less within one session.
inline constexpr auto clockDriftWithinSession = 120s;
/// The answer to a call that does not say how long it may take.
inline constexpr auto callTimeout = 30s;
/// Calls that wait for an answer on one connection, in one direction.
inline constexpr int callsInFlight = 256;
/// A device id: readable, and safe in a path, a log line and a file name.
inline constexpr qsizetype deviceIdLength = 128;
/// Any other single text that a device supplies for people to read.
inline constexpr qsizetype textLength = 256;
/// RSA keys below this can be broken; RFC 8017 has no floor, NIST SP 800-131A does.
inline constexpr int rsaBits = 2048;
/// Above this a stranger's signature costs the server too long to check.
inline constexpr int rsaBitsMost = 8192;
/// A stream's bytes in flight: what a slow reader can make either end hold.
inline constexpr qint64 streamWindowBytes = 256 * 1024;
/// One piece of a stream: small enough that calls on the same connection do not wait long behind it.
inline constexpr qint64 streamPieceBytes = 32 * 1024;
/// Streams open on one connection.
inline constexpr int streamsOpen = 16;
/// What a call may answer where the answer is kept (commands, receipts): a message with room for its envelope.
inline constexpr qsizetype resultBytes = 768 * 1024;
/// The name of an event, and the events of one report.
inline constexpr qsizetype eventNameLength = 64;
inline constexpr int eventsPerReport = 100;
/// The data of one event, or the whole reported state of a device, as JSON.
inline constexpr qsizetype eventBytes = 16 * 1024;
inline constexpr qsizetype stateBytes = 64 * 1024;
/// What people want of a device, as JSON: a page that somebody can still look through, and much more than AWS IoT's 8 KB.
inline constexpr qsizetype desiredBytes = 32 * 1024;
/// Of what is desired and what is reported: a message has some levels around them, and is itself limited.
inline constexpr int stateDepth = 32;
/// WebSocket pings; two that stay unanswered end the link.
inline constexpr auto pingEvery = 30s;

} // namespace muster::limits
