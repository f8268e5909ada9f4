// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/doors/websocketlink.h"

#include <QTimer>

#include <set>

namespace muster::doors {

/// Keeps the links of one door in one I/O thread, from their first message to their last. Those below it make them.
class WebSocketDoor : public QObject, public Door
{
    Q_OBJECT

public:
    WebSocketDoor();
    /// Ends all its links.
    ~WebSocketDoor() override;

protected:
    /// Keeps a new link, which says what it has to say after that.
    template <typename Link>
    [[nodiscard]] std::shared_ptr<Link> keep(Link *link)
    {
        // Shared with the fleet's thread; the last to let go must not destroy it in a thread that is not its own.
        const std::shared_ptr<Link> kept(link, [](Link *gone) { gone->deleteLater(); });
        kept->setSelf(kept);
        hold(kept);
        return kept;
    }

private:
    void hold(const std::shared_ptr<WebSocketLink> &link);

    std::set<std::shared_ptr<WebSocketLink>> m_links;
    QTimer m_ticks;
};

} // namespace muster::doors
