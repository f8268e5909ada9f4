// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Containers/containersmodel.h"

#include "client/values/mergerows.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <QJsonArray>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

// Each look costs the device two questions to its engine.
constexpr auto lookEvery = 5s;
// Five minutes of looking.
constexpr qsizetype trendLength = 60;
// The most that a device lists.
constexpr int mostContainers = 200;

} // namespace

ContainersModel::ContainersModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void ContainersModel::setBackend(Backend *backend)
{
    if (m_backend == backend)
        return;
    if (m_backend) {
        m_backend->link()->disconnect(this);
        m_backend->clock()->disconnect(this);
    }
    m_backend = backend;
    if (m_backend) {
        connect(m_backend->link(), &Link::refreshDue, this, [this] {
            m_underway = false; // what was asked before the break is answered by nobody
            refresh();
        });
        // By the server's clock: where that stands still, nothing is asked again.
        connect(m_backend->clock(), &ServerClock::nowChanged, this, [this] {
            if (m_backend && !m_underway
                && std::abs(m_backend->clock()->now() - m_lookedAt) >= std::chrono::milliseconds(lookEvery).count())
                refresh();
        });
    }
    emit backendChanged();
    retry();
}

void ContainersModel::setDeviceId(const QString &id)
{
    if (m_deviceId == id)
        return;
    m_deviceId = id;
    emit deviceIdChanged();
    retry();
}

ContainersModel::Hindrance ContainersModel::hindrance() const
{
    if (m_loading != states::Loading::Failed)
        return Nothing;
    switch (m_errorCode) {
    case Unavailable:
    case MethodNotFound: return NoEngine;
    case Forbidden:
    case PolicyForbids: return NotPermitted;
    case DeviceOffline: return Away;
    default: return Other;
    }
}

void ContainersModel::retry()
{
    if (!m_items.isEmpty()) {
        beginResetModel();
        m_items.clear();
        endResetModel();
    }
    m_trends.clear();
    m_engine.clear();
    m_noStats.clear();
    m_measured = false;
    emit itemsChanged();
    emit statsChanged();
    ++m_asked;
    m_underway = false;
    m_again = false;
    if (!m_backend || m_deviceId.isEmpty()) {
        setLoading(states::Loading::Idle);
        return;
    }
    setLoading(states::Loading::Underway);
    refresh();
}

void ContainersModel::refresh()
{
    if (!m_backend || !m_backend->link()->isLive() || m_deviceId.isEmpty())
        return;
    // A device that takes longer than the pause between two looks is waited for: its answer is as good as the next one would be.
    if (m_underway) {
        m_again = true;
        return;
    }
    m_underway = true;
    const quint64 asked = ++m_asked;
    const QJsonObject params{{"id"_L1, m_deviceId}};
    m_backend->link()->call(u"Containers.List"_s, params, this, [this, asked, params](const Result<QJsonValue> &answer) {
        if (asked != m_asked)
            return;
        if (!answer) {
            // A connection that broke is told elsewhere, and what was there stays to be read.
            if (m_backend && m_backend->link()->isLive())
                setLoading(states::Loading::Failed, answer.error());
            looked();
            return;
        }
        takeList(answer->toObject());
        m_backend->link()->call(u"Containers.Stats"_s, params, this, [this, asked](const Result<QJsonValue> &stats) {
            if (asked != m_asked)
                return;
            // As above: figures stay when the connection goes between the two questions.
            if (stats || (m_backend && m_backend->link()->isLive()))
                takeStats(stats ? stats->toObject() : QJsonObject{{"unavailable"_L1, stats.error().message}});
            looked();
        });
    });
}

void ContainersModel::looked()
{
    m_underway = false;
    // The pause begins with the answer: a slow device is not asked without end.
    m_lookedAt = m_backend ? m_backend->clock()->now() : 0;
    if (std::exchange(m_again, false))
        refresh();
}

void ContainersModel::takeList(const QJsonObject &answer)
{
    const QJsonObject engine = answer["engine"_L1].toObject();
    m_engine = cleanText((engine["name"_L1].toString() + u' ' + engine["version"_L1].toString()).trimmed(), limits::textLength);
    QList<Container> fresh;
    for (const auto &item : answer["containers"_L1].toArray()) {
        Container container = Container::fromJson(item.toObject());
        const auto before = std::ranges::find(std::as_const(m_items), container.id, &Container::id);
        if (before != m_items.cend() && container.isRunning()) {
            container.cpu = before->cpu;
            container.memory = before->memory;
            container.memoryLimit = before->memoryLimit;
        }
        fresh << container;
        if (fresh.size() == mostContainers)
            break;
    }
    // What runs first, in the engine's order.
    std::ranges::stable_sort(fresh, [](const Container &a, const Container &b) { return a.isRunning() > b.isRunning(); });

    Rows::merge(*this, m_items, fresh, [](const Container &a, const Container &b) { return a.sameAs(b); });
    setLoading(states::Loading::Loaded);
    emit itemsChanged();
}

void ContainersModel::takeStats(const QJsonObject &answer)
{
    QHash<QString, QJsonObject> figures;
    for (const auto &item : answer["containers"_L1].toArray())
        figures.insert(item["id"_L1].toString(), item.toObject());
    // An engine that fails at one of them says so as well. That one's row shows it; the others have their figures.
    const bool any = std::ranges::any_of(std::as_const(m_items), [&figures](const Container &c) { return figures.contains(c.id); });
    m_noStats = any ? QString() : cleanText(answer["unavailable"_L1].toString(), limits::textLength);
    for (Container &container : m_items) {
        const QJsonObject mine = figures.value(container.id);
        container.cpu = mine["cpu"_L1].toDouble(Container::unknown);
        container.memory = mine["memory"_L1].toDouble(Container::unknown);
        container.memoryLimit = mine["memory_limit"_L1].toDouble(Container::unknown);
        if (container.isRunning() && m_noStats.isEmpty()) {
            QList<double> &trend = m_trends[container.id];
            trend << container.cpu;
            if (trend.size() > trendLength)
                trend.removeFirst();
        } else {
            m_trends.remove(container.id);
        }
    }
    m_measured = true;
    if (!m_items.isEmpty())
        emit dataChanged(index(0), index(int(m_items.size()) - 1), {ContainerRole, TrendRole});
    emit statsChanged();
}

void ContainersModel::act(const QString &what, const QString &id)
{
    const auto it = std::ranges::find(std::as_const(m_items), id, &Container::id);
    if (!m_backend || it == m_items.cend() || m_busy.contains(id))
        return;
    const QString name = it->name;
    m_busy.insert(id);
    const auto tell = [this, id] {
        const auto now = std::ranges::find(std::as_const(m_items), id, &Container::id);
        if (now != m_items.cend()) {
            const QModelIndex at = index(int(now - m_items.cbegin()));
            emit dataChanged(at, at, {LoadingStateRole});
        }
        emit busyChanged();
    };
    tell();
    m_backend->link()->call(u"Containers."_s + what, {{"id"_L1, m_deviceId}, {"container"_L1, name.isEmpty() ? id : name}},
                            this, // as history will say it
                            [this, id, name, tell](const Result<QJsonValue> &answer) {
                                m_busy.remove(id);
                                tell();
                                if (answer)
                                    emit acted(name, cleanText((*answer)["state"_L1].toString(), limits::textLength));
                                else
                                    emit actFailed(name, answer.error().message);
                                refresh();
                            });
}

void ContainersModel::setLoading(states::Loading loading, const Error &error)
{
    if (m_loading == loading && m_errorText == error.message && m_errorCode == error.code)
        return;
    m_loading = loading;
    m_errorText = error.message;
    m_errorCode = error.code;
    emit loadingChanged();
}

int ContainersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_items.size());
}

Container ContainersModel::at(int row) const
{
    return m_items.value(row);
}

int ContainersModel::rowOf(const QString &name) const
{
    const auto it = std::ranges::find_if(std::as_const(m_items), [&name](const Container &c) { return c.name == name || c.id == name; });
    return it == m_items.cend() ? -1 : int(it - m_items.cbegin());
}

QVariant ContainersModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Container &item = m_items[index.row()];
    switch (role) {
    case Qt::DisplayRole: return item.name;
    case ContainerRole: return QVariant::fromValue(item);
    case ContainerIdRole: return item.id;
    case TrendRole: return QVariant::fromValue(m_trends.value(item.id));
    case LoadingStateRole: return QVariant::fromValue(m_busy.contains(item.id) ? states::Loading::Underway : states::Loading::Loaded);
    default: return {};
    }
}

QHash<int, QByteArray> ContainersModel::roleNames() const
{
    return {{ContainerRole, "container"_ba},
            {ContainerIdRole, "containerId"_ba},
            {TrendRole, "trend"_ba},
            {LoadingStateRole, "loadingState"_ba}};
}

} // namespace muster
