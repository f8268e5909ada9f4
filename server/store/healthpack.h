// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/health.h"

#include <QByteArray>
#include <QList>

namespace muster::store {

/// A stretch of health: the mean and the greatest value of each field. A single sample has both alike.
struct HealthPoint
{
    qint64 time = 0; ///< start of the stretch, milliseconds since 1970, UTC
    HealthSample mean;
    HealthSample most;
};

[[nodiscard]] HealthPoint pointOf(const HealthSample &sample);

/// Packs points, oldest first, into columns of variable-length differences and deflates them: about 5 bytes a sample.
/// @param withMost false for single samples, whose greatest values need not be kept
[[nodiscard]] QByteArray packHealth(const QList<HealthPoint> &points, bool withMost);
/// @return the points, or InternalError for bytes that packHealth() did not write.
[[nodiscard]] Result<QList<HealthPoint>> unpackHealth(const QByteArray &data);

/// Joins points into stretches of `step` ms that start at multiples of it; empty stretches are left out.
/// @param points sorted by time
[[nodiscard]] QList<HealthPoint> rollUp(const QList<HealthPoint> &points, qint64 step);

/// Merges two sorted lists; of two points of the same time the one of `newer` wins.
[[nodiscard]] QList<HealthPoint> mergeHealth(const QList<HealthPoint> &older, const QList<HealthPoint> &newer);

} // namespace muster::store
