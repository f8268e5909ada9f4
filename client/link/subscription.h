// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QJsonObject>
#include <QObject>
#include <QPointer>

namespace muster {

class Link;

/// A wish to be told about a topic of the live socket. It outlives connections: after each reconnect the link
/// subscribes again and `started` comes anew. Made by Link::subscribe(); ended by deleting it. One thread.
class Subscription : public QObject
{
    Q_OBJECT

public:
    /// What becomes of it while nobody looks, see Link::setPaused().
    enum class Unseen : quint8 {
        Ends,   ///< on the server, and begins anew
        GoesOn, ///< what it says is seen also of a page that is hidden
    };

    ~Subscription() override;

    [[nodiscard]] bool isActive() const { return !m_id.isEmpty(); }
    /// The server's name for it, for calls that speak of it (Live.Credit); empty while it is not active.
    [[nodiscard]] const QString &id() const { return m_id; }
    /// Changes what is asked for (Live.Move): an answer comes as `started`; the answers of older wishes are dropped.
    void move(const QJsonObject &params);

signals:
    /// The server answered: the whole of what is asked for, as of now.
    void started(const QJsonObject &answer);
    /// Something has changed since.
    void updated(const QString &method, const QJsonObject &params);
    void failed(const muster::Error &error);

private:
    friend class Link;
    Subscription(Link *link, const QString &topic, const QJsonObject &params, Unseen unseen, QObject *parent);
    void begin();
    void forget();

    QPointer<Link> m_link;
    QString m_topic;
    QJsonObject m_params;
    Unseen m_unseen;
    QString m_id;
    quint64 m_wish = 0;  // the newest; older answers are stale
    quint64 m_begun = 0; // the newest beginning; what an older one began is ended
    bool m_asked = false;
};

} // namespace muster
