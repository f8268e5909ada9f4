// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QJsonObject>

#include <optional>

/// Streams: text that flows between the two ends of a session in pieces, no faster than its reader asks for it.
/// docs/protocol.md, "Streams". These classes keep the books of one stream; they know no socket. Not thread-safe.
namespace muster {

/// The `stream` member of a request that opens one.
struct StreamOffer
{
    QString id;        ///< chosen by who asks, 1 to 64 characters of A-Z a-z 0-9 - _
    qint64 credit = 0; ///< bytes that may come before more is granted

    [[nodiscard]] QJsonObject toJson() const;
    /// @return InvalidParams saying what is wrong
    [[nodiscard]] static Result<StreamOffer> fromJson(const QJsonValue &value);
};

/// The sending end.
class StreamSource
{
public:
    explicit StreamSource(const StreamOffer &offer);

    [[nodiscard]] const QString &id() const { return m_id; }
    /// Bytes of UTF-8 that the next piece may have; 0: wait for grant(). Never more than limits::streamPieceBytes.
    [[nodiscard]] qint64 room() const;
    /// The params of Stream.Data for a piece that fits room().
    [[nodiscard]] QJsonObject next(const QString &text);
    /// Takes the params of Stream.Credit. @return InvalidParams, or TooLarge where the window would grow beyond its limit
    [[nodiscard]] Result<void> grant(const QJsonObject &params);

private:
    QString m_id;
    qint64 m_credit;
    qint64 m_sent = 0; ///< pieces
};

/// The receiving end.
class StreamSink
{
public:
    /// @param window bytes that may be in flight: limits::streamPieceBytes to limits::streamWindowBytes
    StreamSink(const QString &id, qint64 window);

    [[nodiscard]] const QString &id() const { return m_id; }
    [[nodiscard]] StreamOffer offer() const;
    /// Takes the params of Stream.Data. @return the text; InvalidParams, Replayed where a piece is missing or came twice,
    /// TooMany where it was not granted. After an error the stream is to be closed.
    [[nodiscard]] Result<QString> take(const QJsonObject &params);
    /// Notes that `bytes` of what came were read. @return the params of Stream.Credit once it is worth a message
    [[nodiscard]] std::optional<QJsonObject> consumed(qint64 bytes);

private:
    QString m_id;
    qint64 m_window;
    qint64 m_credit; ///< that the other end has left
    qint64 m_read = 0;
    qint64 m_received = 0; ///< pieces
};

/// The params of Stream.Close. @param error null for an end that is none
[[nodiscard]] QJsonObject streamCloseParams(const QString &id, const std::optional<Error> &error = {});
/// The error of Stream.Close, or of nothing.
[[nodiscard]] std::optional<Error> streamCloseError(const QJsonObject &params);

} // namespace muster
