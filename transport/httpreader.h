// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"
#include "transport/httphead.h"

#include <memory>

namespace muster::transport {

/// Reads one HTTP/1 message out of bytes as they come, strictly (llhttp without its leniencies): what two readers could read
/// differently is refused. Holds no more than its limits. Not thread-safe.
class HttpReader
{
public:
    enum class Kind {
        Request,
        Answer,
        AnswerToHead, ///< has no body, whatever it says
    };

    /// @param headBytes of the start line and all fields together
    /// @param bodyBytes of the body, without its framing
    HttpReader(Kind kind, qsizetype headBytes, qsizetype bodyBytes);
    ~HttpReader();
    HttpReader(HttpReader &&) noexcept;
    HttpReader &operator=(HttpReader &&) noexcept;

    /// Takes what belongs to this message. @return how many bytes that was; what follows is another message's, or another protocol's.
    /// Errors carry the HTTP status that says so: 400, 413, 431, 501 or 505. Nothing may be taken after one.
    [[nodiscard]] Result<qsizetype> take(QByteArrayView bytes);
    /// The connection has ended, which ends an answer without a length. @return false in the middle of a message
    [[nodiscard]] bool end();

    [[nodiscard]] bool hasBegun() const;
    [[nodiscard]] bool hasHead() const;
    [[nodiscard]] bool isWhole() const;
    [[nodiscard]] const HttpHead &head() const;
    /// Of the body, what has come and was not taken away.
    [[nodiscard]] QByteArray takeBody();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace muster::transport
