// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"
#include "mock/mockconnection.h"

#include <QTimer>

#include <functional>
#include <memory>

namespace muster {

/// The connection to an invented fleet, which answers later, as a server does. One thread.
class MockLink : public Link
{
    Q_OBJECT

public:
    enum class Manner : quint8 {
        Answers,
        Silent, ///< answers never come
        Fails,  ///< every call but the fleet's counts
    };
    /// Keeps a call to itself, to answer it when it likes, or lets it through by saying false.
    using Holder = std::function<bool(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply)>;

    /// @param moving the fleet's time goes by by itself
    /// @param fleet it and `clock` must outlive this
    MockLink(MockFleet *fleet, Manner manner, bool moving, ServerClock *clock, QObject *parent = nullptr);

    /// Somebody has signed in.
    void goLive();
    /// Nobody is signed in any more, or yet.
    void leave();
    /// Breaks the connection, and mends it by retryNow().
    void breakConnection();
    /// Lets the fleet change once, now.
    void step();
    /// For tests of a slow line.
    void setHolder(const Holder &holder) { m_holder = holder; }
    /// call() past the holder.
    void answer(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply);

    [[nodiscard]] QString serverAddress() const override;
    void call(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply) override;

public slots:
    void retryNow() override;

signals:
    /// The line is mended: who was signed in is so again, and goLive() follows.
    void returned();

private:
    MockFleet *m_fleet;
    Manner m_manner;
    bool m_moving;
    Holder m_holder;
    std::unique_ptr<MockConnection> m_connection;
    QTimer m_live;
};

} // namespace muster
