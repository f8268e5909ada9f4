// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Commands/commandsmodel.h"

#include "client/values/mergerows.h"

#include <QJsonArray>

#include <algorithm>
#include <ranges>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// Kept up to date; what is older changes no more, or hardly ever.
constexpr int liveRows = 100;
constexpr int pageRows = 100;

} // namespace

void CommandsModel::setLink(Link *link)
{
    if (m_link == link)
        return;
    m_link = link;
    emit linkChanged();
    retry();
}

void CommandsModel::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    emit filterChanged();
    retry();
}

void CommandsModel::setDeviceId(const QString &id)
{
    if (m_deviceId == id)
        return;
    m_deviceId = id;
    emit filterChanged();
    retry();
}

void CommandsModel::setState(const QString &state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit filterChanged();
    retry();
}

void CommandsModel::setBulk(const QString &bulk)
{
    if (m_bulk == bulk)
        return;
    m_bulk = bulk;
    emit filterChanged();
    retry();
}

QJsonObject CommandsModel::params(int limit) const
{
    QJsonObject object{{"limit"_L1, limit}};
    if (!m_deviceId.isEmpty())
        object["device"_L1] = m_deviceId;
    if (!m_state.isEmpty())
        object["state"_L1] = m_state;
    if (!m_bulk.isEmpty())
        object["bulk"_L1] = m_bulk;
    return object;
}

void CommandsModel::retry()
{
    delete m_subscription;
    ++m_asked;
    m_live.clear();
    m_older.clear();
    m_more = false;
    show({});
    if (!m_link || !m_active) {
        setLoading(states::Loading::Idle);
        return;
    }
    setLoading(states::Loading::Underway);
    m_subscription = m_link->subscribe(u"commands"_s, params(liveRows), this);
    connect(m_subscription, &Subscription::started, this, &CommandsModel::take);
    connect(m_subscription, &Subscription::updated, this, [this](const QString &, const QJsonObject &news) { take(news); });
    connect(m_subscription, &Subscription::failed, this, [this](const Error &error) {
        if (m_link && m_link->isLive())
            setLoading(states::Loading::Failed, error.message);
    });
}

void CommandsModel::take(const QJsonObject &answer)
{
    QList<Command> fresh;
    for (const auto &item : answer["items"_L1].toArray())
        fresh << Command::fromJson(item.toObject());
    m_counts = CommandCounts::fromJson(answer["counts"_L1].toObject());
    const auto isFresh = [&fresh](const Command &c) { return std::ranges::any_of(fresh, [&c](const Command &f) { return f.id == c.id; }); };
    if (fresh.size() < liveRows) {
        m_older.clear();
        m_more = false;
    } else {
        // What new ones have pushed out of the live part is older now, and no hole may be between the two.
        for (const Command &before : m_live | std::views::reverse) {
            if (!isFresh(before) && before.askedAt <= fresh.constLast().askedAt && !m_older.isEmpty())
                m_older.prepend(before);
        }
        m_older.removeIf(isFresh);
        m_more = m_more || m_older.isEmpty();
    }
    m_live = fresh;
    show(m_live + m_older);
    setLoading(states::Loading::Loaded);
}

void CommandsModel::loadMore()
{
    if (!m_link || !m_more || m_items.isEmpty())
        return;
    QJsonObject asked = params(pageRows);
    asked["after"_L1] = m_items.constLast().id;
    const quint64 number = m_asked;
    m_more = false; // not twice
    m_link->call(u"Commands.List"_s, asked, this, [this, number](const Result<QJsonValue> &answer) {
        if (number != m_asked)
            return;
        if (!answer) {
            m_more = true;
            emit itemsChanged();
            return;
        }
        for (const auto &item : (*answer)["items"_L1].toArray()) {
            const Command command = Command::fromJson(item.toObject());
            if (rowOf(command.id) < 0)
                m_older << command;
        }
        m_more = answer->toObject().contains("next"_L1);
        show(m_live + m_older);
    });
}

void CommandsModel::show(const QList<Command> &wanted)
{
    Rows::merge(*this, m_items, wanted);
    emit itemsChanged();
}

void CommandsModel::setLoading(states::Loading loading, const QString &errorText)
{
    if (m_loading == loading && m_errorText == errorText)
        return;
    m_loading = loading;
    m_errorText = errorText;
    emit loadingChanged();
}

int CommandsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

int CommandsModel::rowOf(const QString &id) const
{
    const auto it = std::ranges::find(m_items, id, &Command::id);
    return it == m_items.cend() ? -1 : int(it - m_items.cbegin());
}

QVariant CommandsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Command &item = m_items[index.row()];
    switch (role) {
    case Qt::DisplayRole: return item.method;
    case CommandRole: return QVariant::fromValue(item);
    case CommandIdRole: return item.id;
    default: return {};
    }
}

QHash<int, QByteArray> CommandsModel::roleNames() const
{
    return {{CommandRole, "command"_ba}, {CommandIdRole, "commandId"_ba}};
}

} // namespace muster
