// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/selections.h"

#include "protocol/rpc/message.h"
#include "server/fleet/randomid.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster::fleet {

Result<Selection> Selections::make(qint64 account, const QStringList &devices, qint64 now)
{
    if (devices.size() > mostDevices)
        return failure(TooLarge, u"%1 devices were chosen: a selection holds at most %2"_s.arg(devices.size()).arg(mostDevices));
    expire(now);
    QList<Selection> own;
    for (const Selection &selection : std::as_const(m_selections)) {
        if (selection.account == account)
            own.append(selection);
    }
    // Whoever chooses on and on loses the oldest choice, and nobody else does.
    std::ranges::sort(own, {}, &Selection::expiresAt);
    for (qsizetype i = 0; i + mostPerAccount <= own.size(); ++i)
        m_selections.remove(own.at(i).id);
    if (m_selections.size() >= mostInAll)
        return failure(TooMany, u"%1 selections are open: try again in some minutes"_s.arg(m_selections.size()));
    Selection selection{.id = randomId('s'), .account = account, .devices = devices, .expiresAt = now + length};
    m_selections.insert(selection.id, selection);
    return selection;
}

Result<Selection> Selections::find(const QString &id, qint64 account, qint64 now)
{
    expire(now);
    const auto found = m_selections.constFind(id);
    if (found == m_selections.cend() || found->account != account)
        return failure(NotFound, u"there is no selection \"%1\" of yours (any more): choose the devices again"_s.arg(cleanText(id, 40)));
    // Who has the id now is not the one that was looked at.
    if (!found->gone.isEmpty())
        return failure(Conflict, u"%1, which was chosen, was forgotten since: choose the devices again"_s.arg(found->gone));
    return *found;
}

void Selections::forget(const QString &device)
{
    for (Selection &selection : m_selections) {
        if (selection.devices.contains(device))
            selection.gone = device;
    }
}

void Selections::expire(qint64 now)
{
    m_selections.removeIf([now](const auto &selection) { return selection.value().expiresAt <= now; });
}

} // namespace muster::fleet
