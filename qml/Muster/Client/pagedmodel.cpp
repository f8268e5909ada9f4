// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Client/pagedmodel.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr int pageRows = 100;
constexpr int mostRows = 500; // of one answer

} // namespace

QVariant PagedModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != EntryRole)
        return {};
    return m_rows[index.row()].entry;
}

void PagedModel::show(const QJsonArray &items, bool behind)
{
    QList<Row> wanted = behind ? m_rows : QList<Row>();
    for (const auto &item : items)
        wanted << read(item.toObject());
    Rows::merge(*this, m_rows, wanted);
}

void PagedModel::setLink(Link *link)
{
    if (m_link == link)
        return;
    if (m_link)
        m_link->disconnect(this);
    m_link = link;
    if (m_link)
        connect(m_link, &Link::refreshDue, this, &PagedModel::refresh);
    emit linkChanged();
    retry();
}

void PagedModel::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    emit activeChanged();
    retry();
}

void PagedModel::refresh()
{
    if (!m_link || !m_active || !m_link->isLive())
        return;
    ask({}, std::clamp(count(), pageRows, mostRows));
}

void PagedModel::retry()
{
    ++m_asked;
    m_total = 0;
    m_next.clear();
    show({}, false);
    emit itemsChanged();
    if (!m_link || !m_active) {
        setLoading(states::Loading::Idle);
        return;
    }
    setLoading(states::Loading::Underway);
    refresh();
}

void PagedModel::loadMore()
{
    if (m_link && hasMore())
        ask(std::exchange(m_next, {}), pageRows); // not twice
}

void PagedModel::ask(const QString &after, int limit)
{
    QJsonObject asked = params();
    asked["limit"_L1] = limit;
    if (!after.isEmpty())
        asked["after"_L1] = after;
    m_link->call(method(), asked, this, [this, after, number = ++m_asked](const Result<QJsonValue> &answer) {
        if (number != m_asked)
            return;
        if (answer)
            return take(answer->toObject(), !after.isEmpty());
        if (!after.isEmpty()) {
            m_next = after; // the button stays to be pressed again
            emit itemsChanged();
        } else if (m_link && m_link->isLive()) {
            setLoading(states::Loading::Failed, answer.error().message);
        }
    });
}

void PagedModel::take(const QJsonObject &answer, bool behind)
{
    m_total = answer["total"_L1].toInt();
    m_next = answer["next"_L1].toString();
    show(answer["items"_L1].toArray(), behind);
    emit itemsChanged();
    setLoading(states::Loading::Loaded);
}

void PagedModel::setLoading(states::Loading loading, const QString &errorText)
{
    if (m_loading == loading && m_errorText == errorText)
        return;
    m_loading = loading;
    m_errorText = errorText;
    emit loadingChanged();
}

} // namespace muster
