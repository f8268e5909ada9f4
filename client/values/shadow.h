// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace muster {

/// A leaf of a device's state: what is wanted of it, and what the device reports.
struct ShadowLeaf
{
    QStringList path;        ///< the names that lead to it
    QJsonValue desired;      ///< undefined: nobody wants anything
    QJsonValue reported;     ///< undefined: the device says nothing of it
    qint64 desiredSince = 0; ///< ms since 1970; 0: not known
    qint64 reportedSince = 0;
    bool differs = false;

    /// "light.on", for people.
    [[nodiscard]] QString name() const;
    bool operator==(const ShadowLeaf &) const = default;
};

/// What is wanted of a device, what it reports and what differs, as the server tells it (docs/protocol.md, "Shadow").
struct Shadow
{
    QJsonObject desired;
    QJsonObject reported;
    QList<ShadowLeaf> leaves; ///< by their names
    qint64 version = 0;       ///< of what is wanted; 0: nothing ever was
    qint64 changedAt = 0;     ///< ms since 1970
    QString changedBy;
    bool differs = false;
    bool isTold = false; ///< the device has answered what differs, in this version
    QString error;       ///< why it did not take it

    [[nodiscard]] static Shadow fromJson(const QJsonObject &object);
    bool operator==(const Shadow &) const = default;
};

/// The merge patch (RFC 7396) that gives one leaf another value. @param value null: takes it away
[[nodiscard]] QJsonObject patchOf(const QStringList &path, const QJsonValue &value);
/// Two merge patches as one: the second has the last word.
[[nodiscard]] QJsonObject joined(QJsonObject first, const QJsonObject &second);
/// The merge patch that makes `after` of `before`.
[[nodiscard]] QJsonObject patchBetween(const QJsonObject &before, const QJsonObject &after);
/// A value on one line: 7, true, "on", [1,2].
[[nodiscard]] QString valueText(const QJsonValue &value);

} // namespace muster
