// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/shadow.h"

#include "client/values/values.h"
#include "protocol/rpc/naturalorder.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

bool isLeaf(const QJsonValue &value)
{
    return !value.isUndefined() && !value.isObject();
}

/// An object that has nothing below it, beside what has neither.
bool isEmptyBeside(const QJsonValue &value, const QJsonValue &other)
{
    return value.isObject() && value.toObject().isEmpty() && (!other.isObject() || other.toObject().isEmpty());
}

qint64 sinceOf(const QJsonValue &metadata)
{
    return metadata["timestamp"_L1].toInteger() * 1000;
}

void addLeaves(QList<ShadowLeaf> &leaves, const QStringList &path, const QJsonValue &desired, const QJsonValue &reported,
               const QJsonValue &desiredTimes, const QJsonValue &reportedTimes)
{
    if (!path.isEmpty() && (isLeaf(desired) || isLeaf(reported) || isEmptyBeside(desired, reported) || isEmptyBeside(reported, desired))) {
        leaves << ShadowLeaf{.path = path,
                             .desired = desired,
                             .reported = reported,
                             .desiredSince = !desired.isUndefined() ? sinceOf(desiredTimes) : 0,
                             .reportedSince = !reported.isUndefined() ? sinceOf(reportedTimes) : 0,
                             .differs = !desired.isUndefined() && desired != reported};
        return;
    }
    QStringList names = desired.toObject().keys() + reported.toObject().keys();
    names.removeDuplicates();
    std::ranges::sort(names, [](const QString &a, const QString &b) { return naturalCompare(a, b) < 0; });
    for (const QString &name : std::as_const(names))
        addLeaves(leaves, path + QStringList{name}, desired[name], reported[name], desiredTimes[name], reportedTimes[name]);
}

/// What cannot be seen, or turns the line around, as JSON escapes it.
QString printable(const QString &text)
{
    QString shown;
    for (const QChar c : text) {
        const QChar::Category category = c.category();
        const bool isHidden = category == QChar::Other_Control || category == QChar::Other_Format || category == QChar::Separator_Line
                              || category == QChar::Separator_Paragraph;
        shown += isHidden ? u"\\u%1"_s.arg(c.unicode(), 4, 16, QChar(u'0')) : QString(c);
    }
    return shown;
}

} // namespace

QString ShadowLeaf::name() const
{
    return printable(path.join(u'.'));
}

Shadow Shadow::fromJson(const QJsonObject &object)
{
    const QJsonValue state = object["state"_L1];
    const QJsonValue metadata = object["metadata"_L1];
    const QJsonValue told = object["told"_L1];
    Shadow shadow{.desired = state["desired"_L1].toObject(),
                  .reported = state["reported"_L1].toObject(),
                  .version = object["version"_L1].toInteger(),
                  .changedAt = timeFromJson(object["changed_at"_L1]),
                  .changedBy = object["changed_by"_L1].toString(),
                  .differs = !state["delta"_L1].toObject().isEmpty(),
                  .isTold = told["version"_L1].toInteger() == object["version"_L1].toInteger() && told["at"_L1].isString(),
                  .error = {}};
    if (shadow.isTold)
        shadow.error = told["error"_L1].toString();
    addLeaves(shadow.leaves, {}, shadow.desired, shadow.reported, metadata["desired"_L1], metadata["reported"_L1]);
    return shadow;
}

QJsonObject patchOf(const QStringList &path, const QJsonValue &value)
{
    QJsonValue patch = value;
    for (qsizetype i = path.size(); i > 0; --i)
        patch = QJsonObject{{path[i - 1], patch}};
    return patch.toObject();
}

QJsonObject joined(QJsonObject first, const QJsonObject &second)
{
    for (auto it = second.begin(); it != second.end(); ++it) {
        const QJsonValue is = first.value(it.key());
        first.insert(it.key(), is.isObject() && it->isObject() ? QJsonValue(joined(is.toObject(), it->toObject())) : *it);
    }
    return first;
}

QJsonObject patchBetween(const QJsonObject &before, const QJsonObject &after)
{
    QJsonObject patch;
    for (auto it = before.begin(); it != before.end(); ++it) {
        if (!after.contains(it.key()))
            patch.insert(it.key(), QJsonValue::Null);
    }
    for (auto it = after.begin(); it != after.end(); ++it) {
        const QJsonValue is = before.value(it.key());
        if (is == *it)
            continue;
        patch.insert(it.key(), is.isObject() && it->isObject() ? QJsonValue(patchBetween(is.toObject(), it->toObject())) : *it);
    }
    return patch;
}

QString valueText(const QJsonValue &value)
{
    if (value.isUndefined())
        return {};
    const QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return printable(QString::fromUtf8(text.sliced(1, text.size() - 2)));
}

} // namespace muster
