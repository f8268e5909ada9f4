// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QHttpHeaders>
#include <QList>

#include <optional>

namespace muster::transport {

/// The head of a request or an answer of HTTP/1 (RFC 9112).
struct HttpHead
{
    QByteArray method;    ///< of a request
    QByteArray target;    ///< of a request, as it was sent
    int status = 0;       ///< of an answer
    QByteArray reason;    ///< of an answer
    int minorVersion = 1; ///< HTTP/1.x
    QHttpHeaders headers;
    bool keepsAlive = true;         ///< the connection may carry another message (RFC 9112 section 9.3)
    std::optional<qint64> bodySize; ///< as announced; none for a chunked body

    /// All values of a field, joined as RFC 9110 section 5.3 allows; empty where it is not there.
    [[nodiscard]] QByteArray value(QByteArrayView name) const { return headers.combinedValue(name); }
    /// Whether a field that is a list holds a token, whatever its case and on whichever line.
    [[nodiscard]] bool hasToken(QByteArrayView name, QByteArrayView token) const;
    /// Host and port of a request's target where that is a whole address (RFC 9112 section 3.2.2); empty where it is a path.
    [[nodiscard]] QByteArray authority() const;
    /// The path of a request's target, percent-encoded as it was sent; also where the target is a whole address (RFC 9112 section 3.2.2).
    [[nodiscard]] QByteArray path() const;
    /// The path with its query, if it has one.
    [[nodiscard]] QByteArray pathAndQuery() const;
};

/// A moment as the fields of HTTP have it (RFC 9110 section 5.6.7).
[[nodiscard]] QByteArray httpDate(const QDateTime &time);

} // namespace muster::transport
