// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace muster {

/// State as a tree of JSON, of which every leaf knows since when it has its value. A leaf is whatever is no object: an array is one.
/// See docs/protocol.md, "Shadow".
struct StateTree
{
    QJsonObject values;
    QJsonObject times; ///< like `values`, with ms since 1970 in the place of each leaf

    bool operator==(const StateTree &) const = default;
};

/// Merges a patch (RFC 7396): members take the place of those there are, null removes them. A leaf that keeps its value keeps its time.
/// @param at ms since 1970, for the leaves that change
[[nodiscard]] StateTree merged(StateTree tree, const QJsonObject &patch, qint64 at);

/// What of `desired` differs in `reported`, with the values that are desired; what is not desired never differs.
[[nodiscard]] QJsonObject deltaOf(const QJsonObject &desired, const QJsonObject &reported);

/// How deep objects and arrays are nested; 0 for a leaf.
[[nodiscard]] int depthOf(const QJsonValue &value);

/// The times of a tree as AWS IoT and mDash have them: {"timestamp": s since 1970} in the place of each leaf.
[[nodiscard]] QJsonObject metadataJson(const QJsonObject &times);

} // namespace muster
