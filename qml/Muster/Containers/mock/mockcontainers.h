// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockfeature.h"
#include "mock/mockseed.h"
#include "protocol/rpc/result.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>

namespace muster {

/// The containers of invented devices, with logs that reach back without end: each line is a function of its number.
/// gate-01 does not let the agent at its engine, gate-02 has none, kiosk-lobby has one without containers, and every
/// seventh device has an engine that gives no figures.
class MockContainers : public MockFeature
{
public:
    explicit MockContainers(MockFleet &fleet);

    /// Takes a container away and makes one of the same name, as `compose up --force-recreate` does.
    void remake(const QString &deviceId, const QString &name, qint64 now) { m_remade[deviceId + u'/' + name] = now; }

private:
    [[nodiscard]] Result<QJsonValue> list(const mock::Device &device, qint64 now) const;
    [[nodiscard]] Result<QJsonValue> stats(const mock::Device &device, qint64 now) const;
    [[nodiscard]] Result<QJsonValue> inspect(const mock::Device &device, const QString &container, qint64 now) const;
    /// @param what "Start", "Stop" or "Restart"
    [[nodiscard]] Result<QJsonValue> act(const mock::Device &device, const QString &what, const QString &container, qint64 now);
    /// {text, cut}
    [[nodiscard]] Result<QJsonValue> logs(const mock::Device &device, const QJsonObject &params, qint64 now) const;

    /// A log while somebody reads it.
    struct Feed
    {
        mock::Device device;
        QString container;
        QString id;
        qint64 openedAt = 0;
        bool wantOut = true;
        bool wantErr = true;
        qint64 next = 0;   ///< number of the next line
        qint64 endsAt = 0; ///< when the container ended; 0: it runs
        qint64 credit = 0;
        bool ended = false;
    };
    [[nodiscard]] Result<Feed> open(const mock::Device &device, const QJsonObject &params, qint64 now) const;
    /// The next lines that are due and granted; empty: none now.
    [[nodiscard]] static QString read(Feed &feed, qint64 now);
    /// A feed of a container that was stopped, restarted or made anew meanwhile comes to its end.
    void settle(Feed &feed) const;
    [[nodiscard]] Result<QJsonArray> containers(const mock::Device &device, qint64 now) const;
    [[nodiscard]] Result<QJsonObject> find(const mock::Device &device, const QString &container, qint64 now) const;
    [[nodiscard]] static QString line(const mock::Device &device, const QString &container, qint64 number, bool *fromStderr);

    class Stream;
    struct Change
    {
        bool running = false;
        qint64 at = 0;
    };
    QHash<QString, Change> m_changes; // "device/container"
    QHash<QString, qint64> m_remade;  // "device/name": since when it is another one
};

} // namespace muster
