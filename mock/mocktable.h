// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QHash>
#include <QJsonObject>
#include <QString>

#include <functional>
#include <memory>

namespace muster {

/// A text that flows while somebody pays for it, as logs do.
class MockStream
{
    Q_DISABLE_COPY_MOVE(MockStream)

public:
    MockStream() = default;
    virtual ~MockStream() = default;

    /// The next lines that are due and granted; empty: none now.
    [[nodiscard]] virtual QString read(qint64 now) = 0;
    [[nodiscard]] virtual bool hasEnded() const = 0;
    /// @return how much is granted by now, in bytes
    virtual qint64 grant(qint64 bytes) = 0;
};

/// The methods and topics of an invented server, as the server has them in its own table. Who may use them stands in the contract.
struct MockTable
{
    using Method = std::function<Result<QJsonValue>(const QJsonObject &params)>;
    struct Call
    {
        Method answer;
        bool changes = false; ///< who looks at something is told at once
    };
    /// Its notification stands in the contract.
    struct Topic
    {
        /// What a subscriber gets first.
        std::function<Result<QJsonObject>(const QJsonObject &params)> picture;
        /// What there is to tell since a moment; empty: nothing. Without it, the picture again.
        std::function<QJsonObject(const QJsonObject &params, qint64 since)> news;
    };
    using Stream = std::function<Result<std::unique_ptr<MockStream>>(const QJsonObject &params)>;

    void add(QLatin1StringView method, Method answer) { calls.insert(method, {std::move(answer), false}); }
    void addChanging(QLatin1StringView method, Method answer) { calls.insert(method, {std::move(answer), true}); }

    QHash<QString, Call> calls;
    QHash<QString, Topic> topics;
    QHash<QString, Stream> streams;
};

} // namespace muster
