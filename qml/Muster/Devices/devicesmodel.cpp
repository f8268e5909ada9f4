// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Devices/devicesmodel.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

// Changes of a busy fleet come in bursts; people do not read faster than this.
constexpr auto applyEvery = 100ms;
// Long enough that a flick through the list asks once, short enough not to be noticed when it stops.
constexpr auto askAfter = 60ms;
// As long as somebody takes to press what they look at; after that the list shows what it promises.
constexpr auto longestHold = 4s;
constexpr int largestWindow = 500; // the server's limit

} // namespace

DevicesModel::DevicesModel(QObject *parent)
    : QAbstractListModel(parent)
{
    m_applyTimer.setSingleShot(true);
    m_applyTimer.setInterval(applyEvery);
    connect(&m_applyTimer, &QTimer::timeout, this, [this] {
        // Somebody may have come to the list since.
        if (keepsOrder())
            showInPlace();
        else
            apply();
    });
    m_askTimer.setSingleShot(true);
    m_askTimer.setInterval(askAfter);
    m_patience.setSingleShot(true);
    m_patience.setInterval(longestHold);
    connect(&m_patience, &QTimer::timeout, this, &DevicesModel::apply);
    connect(&m_askTimer, &QTimer::timeout, this, &DevicesModel::ask);
}

void DevicesModel::setLink(Link *link)
{
    if (m_link == link)
        return;
    m_link = link;
    emit linkChanged();
    resubscribe();
}

void DevicesModel::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    emit activeChanged();
    resubscribe();
}

void DevicesModel::resubscribe()
{
    delete m_subscription;
    clear();
    m_asking = false;
    if (!m_link || !m_active) {
        setLoading(states::Loading::Idle);
        return;
    }
    setLoading(states::Loading::Underway);
    m_wantedOffset = 0;
    m_subscription = m_link->subscribe(u"devices"_s, params(), this);
    connect(m_subscription, &Subscription::started, this, [this](const QJsonObject &answer) {
        m_asking = false;
        take(answer, true);
        apply();
    });
    connect(m_subscription, &Subscription::updated, this, [this](const QString &, const QJsonObject &news) {
        take(news, false);
        if (keepsOrder())
            showInPlace();
        else if (!m_applyTimer.isActive())
            m_applyTimer.start();
    });
    connect(m_subscription, &Subscription::failed, this, [this](const Error &error) {
        m_asking = false;
        // A connection that broke is told elsewhere, and the old rows stay to be read.
        if (m_link && m_link->isLive())
            setLoading(states::Loading::Failed, error.message);
    });
}

void DevicesModel::retry()
{
    resubscribe();
}

QJsonObject DevicesModel::params() const
{
    QJsonObject object{{"offset"_L1, m_wantedOffset}, {"limit"_L1, m_windowSize}, {"sort"_L1, m_sort}};
    if (!m_text.isEmpty())
        object["text"_L1] = m_text;
    if (!m_presence.isEmpty())
        object["state"_L1] = m_presence;
    if (!m_level.isEmpty())
        object["level"_L1] = m_level;
    return object;
}

void DevicesModel::refilter()
{
    emit filterChanged();
    if (!m_subscription)
        return;
    m_wantedOffset = 0;
    // "There are none" is true of what was looked for before.
    m_asking = true;
    setLoading(states::Loading::Underway);
    m_askTimer.start();
}

void DevicesModel::setHeld(bool held)
{
    if (std::exchange(m_held, held) == held)
        return;
    emit heldChanged();
    if (!held && m_patience.isActive())
        apply();
}

void DevicesModel::setText(const QString &text)
{
    if (std::exchange(m_text, text) != text)
        refilter();
}

void DevicesModel::setPresence(const QString &presence)
{
    if (std::exchange(m_presence, presence) != presence)
        refilter();
}

void DevicesModel::setLevel(const QString &level)
{
    if (std::exchange(m_level, level) != level)
        refilter();
}

void DevicesModel::setSortKey(const QString &sort)
{
    if (std::exchange(m_sort, sort) != sort)
        refilter();
}

void DevicesModel::setWindowSize(int rows)
{
    rows = std::clamp(rows, 1, largestWindow);
    if (std::exchange(m_windowSize, rows) != rows)
        refilter();
}

void DevicesModel::showRange(int first, int last)
{
    first = std::max(first, 0);
    last = std::clamp(last, first, std::max(m_total - 1, first));
    const int margin = std::max(0, (m_windowSize - (last - first + 1)) / 2);
    // The window moves only when the view comes near its edge: a few rows of scrolling cost nothing.
    const bool above = first < m_wantedOffset + margin / 3 && m_wantedOffset > 0;
    const bool below = last > m_wantedOffset + m_windowSize - margin / 3 && m_wantedOffset + m_windowSize < m_total;
    if (!above && !below)
        return;
    m_wantedOffset = std::clamp(first - margin, 0, std::max(0, m_total - m_windowSize));
    m_askTimer.start();
}

void DevicesModel::ask()
{
    if (m_subscription)
        m_subscription->move(params());
}

void DevicesModel::take(const QJsonObject &answer, bool whole)
{
    m_news = answer;
    m_whole = whole;
    if (whole)
        m_newDevices.clear();
    for (const auto &value : answer["rows"_L1].toArray()) {
        const Device device = Device::fromJson(value.toObject());
        m_newDevices.insert(device.id, device);
    }
}

bool DevicesModel::keepsOrder() const
{
    if (!m_held || m_whole || m_ids.isEmpty() || m_news["offset"_L1].toInt() != m_offset)
        return false;
    const QJsonArray ids = m_news["ids"_L1].toArray();
    return ids.size() != m_ids.size() || !std::ranges::equal(ids, m_ids, {}, [](const QJsonValue &id) { return id.toString(); });
}

void DevicesModel::showInPlace()
{
    for (qsizetype i = 0; i < m_ids.size(); ++i) {
        const auto fresh = m_newDevices.constFind(m_ids[i]);
        if (fresh == m_newDevices.cend())
            continue;
        m_devices[m_ids[i]] = *fresh;
        const QModelIndex row = index(m_offset + int(i));
        emit dataChanged(row, row);
    }
    if (!m_patience.isActive())
        m_patience.start();
}

void DevicesModel::apply()
{
    m_applyTimer.stop();
    m_patience.stop();
    if (m_news.isEmpty())
        return;
    const QJsonObject news = std::exchange(m_news, {});
    const int offset = news["offset"_L1].toInt();
    QStringList ids;
    for (const auto &id : news["ids"_L1].toArray())
        ids << id.toString();
    const QHash<QString, Device> fresh = std::exchange(m_newDevices, {});

    setTotal(std::max(news["total"_L1].toInt(), offset + int(ids.size())));

    const int oldOffset = m_offset;
    const QStringList oldIds = m_ids;
    m_offset = offset;
    m_ids = ids;
    QHash<QString, Device> devices;
    for (const QString &id : ids) {
        if (const auto it = fresh.constFind(id); it != fresh.cend())
            devices.insert(id, *it);
        else if (const auto old = m_devices.constFind(id); old != m_devices.cend())
            devices.insert(id, *old);
    }
    m_devices = devices;

    // Rows whose content differs, told in runs; rows that fell out of the window are places again.
    const int first = std::min(offset, oldOffset);
    const int end = std::min(m_total, std::max(offset + int(ids.size()), oldOffset + int(oldIds.size())));
    int runStart = -1;
    for (int row = first; row <= end; ++row) {
        bool changed = false;
        if (row < end) {
            const QString before = oldIds.value(row - oldOffset);
            const QString after = ids.value(row - offset);
            changed = before != after || (!after.isEmpty() && fresh.contains(after));
        }
        if (changed && runStart < 0)
            runStart = row;
        if (!changed && runStart >= 0) {
            emit dataChanged(index(runStart), index(row - 1));
            runStart = -1;
        }
    }
    if (!m_asking)
        setLoading(states::Loading::Loaded);
    emit windowChanged();
}

void DevicesModel::clear()
{
    m_applyTimer.stop();
    m_askTimer.stop();
    m_patience.stop();
    m_news = {};
    m_newDevices.clear();
    m_ids.clear();
    m_devices.clear();
    m_offset = 0;
    setTotal(0);
}

void DevicesModel::setTotal(int total)
{
    if (total == m_total)
        return;
    if (total > m_total) {
        beginInsertRows({}, m_total, total - 1);
        m_total = total;
        endInsertRows();
    } else {
        beginRemoveRows({}, total, m_total - 1);
        m_total = total;
        m_ids.resize(std::clamp<qsizetype>(total - m_offset, 0, m_ids.size()));
        endRemoveRows();
    }
    emit totalChanged();
}

void DevicesModel::setLoading(states::Loading loading, const QString &errorText)
{
    if (m_loading == loading && m_errorText == errorText)
        return;
    m_loading = loading;
    m_errorText = errorText;
    emit loadingChanged();
}

int DevicesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_total;
}

QString DevicesModel::idAt(int row) const
{
    return m_ids.value(row - m_offset);
}

int DevicesModel::rowOf(const QString &id) const
{
    const qsizetype at = id.isEmpty() ? -1 : m_ids.indexOf(id);
    return at < 0 ? -1 : m_offset + int(at);
}

void DevicesModel::toggleChosen(const QString &id)
{
    if (id.isEmpty())
        return;
    QStringList chosen = m_chosen;
    if (chosen.removeAll(id) == 0)
        chosen << id;
    setChosen(chosen);
    m_anchor = id;
    m_unranged = m_chosen;
}

void DevicesModel::chooseTo(int row, int from)
{
    if (idAt(row).isEmpty())
        return;
    if (rowOf(m_anchor) < 0) {
        const QString begin = idAt(from);
        m_anchor = begin.isEmpty() ? idAt(row) : begin;
        m_unranged = m_chosen;
    }
    QStringList chosen = m_unranged;
    const int anchor = rowOf(m_anchor);
    for (int at = std::min(anchor, row); at <= std::max(anchor, row); ++at) {
        const QString id = idAt(at);
        if (!id.isEmpty() && !chosen.contains(id))
            chosen << id;
    }
    setChosen(chosen);
}

void DevicesModel::setChosen(const QStringList &ids)
{
    if (ids == m_chosen)
        return;
    const QStringList before = std::exchange(m_chosen, ids);
    const QSet<QString> was(before.cbegin(), before.cend());
    const QSet<QString> is(m_chosen.cbegin(), m_chosen.cend());
    for (qsizetype i = 0; i < m_ids.size(); ++i) {
        if (was.contains(m_ids[i]) == is.contains(m_ids[i]))
            continue;
        const QModelIndex row = index(m_offset + int(i));
        emit dataChanged(row, row, {ChosenRole});
    }
    emit chosenChanged();
}

void DevicesModel::clearChosen()
{
    m_anchor.clear();
    m_unranged.clear();
    setChosen({});
}

QVariant DevicesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto found = m_devices.constFind(idAt(index.row()));
    const bool here = found != m_devices.cend();
    switch (role) {
    case Qt::DisplayRole: return here ? found->name : QString();
    case DeviceRole: return QVariant::fromValue(here ? *found : Device{});
    case DeviceIdRole: return here ? found->id : QString();
    case LoadingStateRole: return QVariant::fromValue(here ? states::Loading::Loaded : states::Loading::Underway);
    case ChosenRole: return here && m_chosen.contains(found->id);
    default: return {};
    }
}

QHash<int, QByteArray> DevicesModel::roleNames() const
{
    return {{DeviceRole, "device"_ba}, {DeviceIdRole, "deviceId"_ba}, {LoadingStateRole, "loadingState"_ba}, {ChosenRole, "chosen"_ba}};
}

} // namespace muster
