// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"

#include <QTimer>
#include <QUrl>

namespace muster {

/// Asks the server where it and those that stand by for it are (Server.Info): when the connection becomes live, and now and then from
/// then on. What is done with the answer is for whoever hears it. One thread.
class KnownServers : public QObject
{
    Q_OBJECT

public:
    /// @param link must outlive this
    explicit KnownServers(Link *link, QObject *parent = nullptr);

signals:
    /// @param servers as people reach them, never empty: a server that knows of none says nothing
    void told(const QList<QUrl> &servers);

private:
    void ask();

    Link *m_link;
    QTimer m_again;
};

} // namespace muster
