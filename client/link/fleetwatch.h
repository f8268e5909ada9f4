// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/values/values.h"

#include <QJsonObject>
#include <QObject>

namespace muster {

class Link;

/// How many devices there are and how they are, and what waits for a person: kept up for as long as there is a link, also while nobody
/// looks, since the title of a page that is hidden says it. Lives in the thread of the user interface.
class FleetWatch : public QObject
{
    Q_OBJECT
    Q_PROPERTY(muster::FleetCounts counts READ counts NOTIFY countsChanged FINAL)

public:
    /// @param link its parent: the subscription ends with it, and the server hears nothing of that
    explicit FleetWatch(Link *link);

    /// All 0 while nobody is signed in. After a break those of before, until the new ones are there.
    [[nodiscard]] const FleetCounts &counts() const { return m_counts; }

signals:
    void countsChanged();

private:
    void take(const QJsonObject &news);
    void setCounts(const FleetCounts &counts);

    FleetCounts m_counts;
};

} // namespace muster
