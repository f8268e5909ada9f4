// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/History/historymodel.h"

#include "client/words/format.h"

#include <QDateTime>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr int liveRows = 200; // the topic's limit
constexpr int pageRows = 200;

} // namespace

void HistoryModel::setLink(Link *link)
{
    if (m_link == link)
        return;
    m_link = link;
    emit linkChanged();
    retry();
}

void HistoryModel::setDeviceId(const QString &id)
{
    if (m_deviceId == id)
        return;
    m_deviceId = id;
    emit deviceIdChanged();
    retry();
}

void HistoryModel::setKind(const QString &kind)
{
    if (m_kind == kind)
        return;
    m_kind = kind;
    m_ofKind.clear();
    // What is here may begin long after the last of this kind.
    m_moreOfKind = !kind.isEmpty() && m_more;
    m_asking = false;
    emit kindChanged();
    show();
    if (m_moreOfKind)
        loadMore();
}

void HistoryModel::retry()
{
    delete m_subscription;
    m_all.clear();
    m_ofKind.clear();
    m_more = false;
    m_moreOfKind = false;
    m_asking = false;
    show();
    if (!m_link || m_deviceId.isEmpty()) {
        setLoading(states::Loading::Idle);
        return;
    }
    setLoading(states::Loading::Underway);
    m_subscription = m_link->subscribe(u"history"_s, {{"device"_L1, m_deviceId}, {"limit"_L1, liveRows}}, this);
    connect(m_subscription, &Subscription::started, this, [this](const QJsonObject &answer) {
        begin(answer["items"_L1].toArray());
        setLoading(states::Loading::Loaded);
    });
    connect(m_subscription, &Subscription::updated, this,
            [this](const QString &, const QJsonObject &news) { take(news["items"_L1].toArray()); });
    connect(m_subscription, &Subscription::failed, this, [this](const Error &error) {
        if (m_link && m_link->isLive())
            setLoading(states::Loading::Failed, error.message);
    });
}

void HistoryModel::begin(const QJsonArray &items)
{
    QSet<qint64> newest;
    for (const auto &item : items)
        newest << item["id"_L1].toInteger();
    const bool all = items.size() < liveRows;
    const bool joins = std::ranges::any_of(m_all, [&newest](const HistoryEntry &entry) { return newest.contains(entry.row); });
    // After a break that was longer than an answer is, something is missing between what was here and what comes.
    if (!joins && !all)
        m_all.clear();
    if (m_all.isEmpty()) {
        m_more = !all;
        m_ofKind.clear();
        m_moreOfKind = !m_kind.isEmpty() && m_more;
        m_asking = false;
    }
    take(items);
    if (m_moreOfKind && m_ofKind.isEmpty())
        loadMore();
}

void HistoryModel::take(const QJsonArray &items)
{
    // What has happened does not change: new entries come to those that are here.
    QSet<QString> known;
    for (const HistoryEntry &entry : std::as_const(m_all))
        known << entry.id;
    QList<HistoryEntry> all = m_all;
    for (const auto &item : items) {
        HistoryEntry entry = HistoryEntry::fromJson(item.toObject());
        if (!known.contains(entry.id))
            all << entry;
    }
    std::ranges::stable_sort(all, [](const HistoryEntry &a, const HistoryEntry &b) { return a.time > b.time; });
    m_all = all;
    show();
}

void HistoryModel::loadMore()
{
    if (!m_link || m_asking || !hasMore() || m_all.isEmpty())
        return;
    m_asking = true;
    // In the order of noting, which is not quite that of the times: devices report late what happened while they were away.
    const HistoryEntry &last = *std::ranges::min_element(m_ofKind.isEmpty() ? m_all : m_ofKind, {}, &HistoryEntry::row);
    QJsonObject params{{"id"_L1, m_deviceId}, {"limit"_L1, pageRows}, {"after"_L1, QString::number(last.row)}};
    if (!m_kind.isEmpty())
        params["kind"_L1] = m_kind;
    m_link->call(u"Devices.History"_s, params, this, [this, question = ++m_question, kind = m_kind](const Result<QJsonValue> &answer) {
        if (question != m_question || !m_asking)
            return; // it was about another device, kind or beginning
        m_asking = false;
        if (!answer)
            return; // the button stays to be pressed again
        const bool more = answer->toObject().contains("next"_L1);
        const QJsonArray items = (*answer)["items"_L1].toArray();
        if (kind.isEmpty()) {
            m_more = more;
            take(items);
            return;
        }
        m_moreOfKind = more;
        for (const auto &item : items)
            m_ofKind << HistoryEntry::fromJson(item.toObject());
        show();
    });
}

void HistoryModel::show()
{
    QList<HistoryEntry> wanted;
    for (const HistoryEntry &entry : std::as_const(m_all)) {
        if (m_kind.isEmpty() || entry.kind == m_kind)
            wanted << entry;
    }
    wanted << m_ofKind;
    if (wanted == m_shown) {
        emit itemsChanged();
        return;
    }
    // New ones stand above, older ones below; all else is another choice.
    const qsizetype above = m_shown.isEmpty() ? -1 : wanted.indexOf(m_shown.constFirst());
    if (above >= 0 && wanted.size() >= above + m_shown.size() && wanted.sliced(above, m_shown.size()) == m_shown) {
        if (above > 0) {
            beginInsertRows({}, 0, int(above) - 1);
            m_shown = wanted.first(above) + m_shown;
            endInsertRows();
        }
        if (wanted.size() > m_shown.size()) {
            beginInsertRows({}, int(m_shown.size()), int(wanted.size()) - 1);
            m_shown = wanted;
            endInsertRows();
        }
    } else {
        beginResetModel();
        m_shown = wanted;
        endResetModel();
    }
    emit itemsChanged();
}

void HistoryModel::setLoading(states::Loading loading, const QString &errorText)
{
    if (m_loading == loading && m_errorText == errorText)
        return;
    m_loading = loading;
    m_errorText = errorText;
    emit loadingChanged();
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const HistoryEntry &entry = m_shown[index.row()];
    switch (role) {
    case Qt::DisplayRole: return entry.name;
    case EntryRole: return QVariant::fromValue(entry);
    case DayRole: return format::day(entry.time);
    default: return {};
    }
}

QHash<int, QByteArray> HistoryModel::roleNames() const
{
    return {{EntryRole, "entry"_ba}, {DayRole, "day"_ba}};
}

} // namespace muster
