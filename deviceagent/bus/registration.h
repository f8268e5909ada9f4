// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/capabilities/method.h"

#include <QList>

#include <chrono>

namespace muster::agent {

/// What a worker says about itself on `<prefix>.register`: {worker, openrpc: {methods: […]}}.
struct Registration
{
    struct Entry
    {
        Method method; ///< without its `call`
        std::chrono::milliseconds timeout;
    };

    QString worker;
    QList<Entry> methods;

    /// How long a method may take that does not say so itself (`x-timeout-s`): less than the server waits for a call.
    static constexpr std::chrono::milliseconds defaultTimeout = std::chrono::seconds(25);
    static constexpr int mostMethods = 64;
    static constexpr qsizetype mostBytes = 128 * 1024;

    /// @return InvalidParams, TooLarge: in which method what is wrong
    [[nodiscard]] static Result<Registration> fromJson(const QByteArray &text);
};

/// True for a name that a worker's method may have: it is the end of a NATS subject.
[[nodiscard]] bool isWorkerMethod(const QString &name);

} // namespace muster::agent
