// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/fleetwatch.h"

#include "client/link/link.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

FleetWatch::FleetWatch(Link *link)
    : QObject(link)
{
    connect(link, &Link::left, this, [this] { setCounts({}); });
    const Subscription *fleet = link->subscribe(u"fleet"_s, {}, this, Subscription::Unseen::GoesOn);
    connect(fleet, &Subscription::started, this, &FleetWatch::take);
    connect(fleet, &Subscription::updated, this, [this](const QString &, const QJsonObject &news) { take(news); });
}

void FleetWatch::take(const QJsonObject &news)
{
    setCounts(FleetCounts::fromJson(news["counts"_L1].toObject()));
}

void FleetWatch::setCounts(const FleetCounts &counts)
{
    if (m_counts == counts)
        return;
    m_counts = counts;
    emit countsChanged();
}

} // namespace muster
