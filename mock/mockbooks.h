// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QList>

namespace muster {

/// What happened while somebody looked: anybody notes, and the features that show it read.
struct MockBooks
{
    QList<QJsonObject> audit;                     ///< newest first
    QHash<QString, QList<QJsonObject>> histories; ///< of each device, newest first

    void noteHistory(const QString &device, const QJsonObject &entry) { histories[device].prepend(entry); }
};

} // namespace muster
