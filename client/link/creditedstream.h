// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"

#include <QPointer>
#include <QTimer>

namespace muster {

/// A subscription whose text comes in pieces, and no faster than it is taken in: the server is granted more (Live.Credit) only for what
/// was, so a screen that stands still stops the device's stream. What was handed over is kept by nobody here. One thread.
class CreditedStream : public QObject
{
    Q_OBJECT

public:
    /// What the server calls it.
    struct Names
    {
        QString topic; ///< "logs"
        QString piece; ///< "Live.Log": {subscription, text}
        QString end;   ///< "Live.LogEnd": {subscription, error}
    };

    /// @param window bytes of UTF-8 that may be on their way; large enough for a fast stream over a slow line
    CreditedStream(Link *link, Names names, qint64 window, QObject *parent);

    /// Asks for a stream; `credit` is added to `params`. One that there was before is ended on the server, and what came of it and was not
    /// taken in is lost.
    void begin(const QJsonObject &params);
    [[nodiscard]] bool isBegun() const { return !m_subscription.isNull(); }
    /// How to ask for it when the connection is back, or somebody looks again: where it is to go on is known to the caller alone.
    void change(const QJsonObject &params);

    /// Hands over nothing and grants nothing: what comes meanwhile waits here up to the window, and the rest on the device.
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const { return m_paused; }
    /// Something has come that the pause holds.
    [[nodiscard]] bool isWaiting() const { return m_paused && !m_incoming.isEmpty(); }
    /// The device ended it, or the server did.
    [[nodiscard]] bool isEnded() const { return m_ended; }

    /// Hands over what has come, now and not in a moment; nothing while it is paused.
    void takeIn();
    /// Forgets what has come and was not handed over: it comes again.
    void drop();

signals:
    /// The server has begun, or begun again after a break.
    void started();
    void failed(const muster::Error &error);
    /// A piece has come, and is handed over in a moment.
    void came();
    /// Text that follows what was handed over before; a piece may end anywhere. It is paid for when this returns.
    void taken(const QString &text);
    /// Comes once, behind the last text unless a pause holds that. `error` has the code 0 where all is said.
    void ended(const muster::Error &error);
    void waitingChanged();

private:
    void receive(const QString &method, const QJsonObject &params);
    void grant();
    [[nodiscard]] QJsonObject withCredit(QJsonObject params) const;

    QPointer<Link> m_link;
    Names m_names;
    qint64 m_window;
    QPointer<Subscription> m_subscription;
    bool m_paused = false;
    bool m_ended = false;
    QString m_incoming; // received and not handed over
    qint64 m_incomingBytes = 0;
    qint64 m_ungranted = 0;
    QTimer m_take;
};

} // namespace muster
