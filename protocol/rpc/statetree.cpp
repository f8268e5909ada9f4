// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/statetree.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster {

StateTree merged(StateTree tree, const QJsonObject &patch, qint64 at)
{
    for (auto it = patch.begin(); it != patch.end(); ++it) {
        if (it->isNull()) {
            tree.values.remove(it.key());
            tree.times.remove(it.key());
        } else if (it->isObject()) {
            const StateTree below = merged(
                {.values = tree.values.value(it.key()).toObject(), .times = tree.times.value(it.key()).toObject()}, it->toObject(), at);
            tree.values.insert(it.key(), below.values);
            tree.times.insert(it.key(), below.times);
        } else if (tree.values.value(it.key()) != *it || !tree.times.value(it.key()).isDouble()) {
            tree.values.insert(it.key(), *it);
            tree.times.insert(it.key(), at);
        }
    }
    return tree;
}

QJsonObject deltaOf(const QJsonObject &desired, const QJsonObject &reported)
{
    QJsonObject delta;
    for (auto it = desired.begin(); it != desired.end(); ++it) {
        const QJsonValue is = reported.value(it.key());
        if (!it->isObject()) {
            if (is != *it)
                delta.insert(it.key(), *it);
            continue;
        }
        // Of what is no object there, all is missing.
        const QJsonObject below = deltaOf(it->toObject(), is.toObject());
        if (!below.isEmpty() || !is.isObject())
            delta.insert(it.key(), below);
    }
    return delta;
}

int depthOf(const QJsonValue &value)
{
    int below = -1;
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        below = 0;
        for (const auto &member : object)
            below = std::max(below, depthOf(member));
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        below = 0;
        for (const auto &element : array)
            below = std::max(below, depthOf(element));
    }
    return below + 1;
}

QJsonObject metadataJson(const QJsonObject &times)
{
    QJsonObject metadata;
    for (auto it = times.begin(); it != times.end(); ++it)
        metadata.insert(it.key(), it->isObject() ? metadataJson(it->toObject()) : QJsonObject{{"timestamp"_L1, it->toInteger() / 1000}});
    return metadata;
}

} // namespace muster
