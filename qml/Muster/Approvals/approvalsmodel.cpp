// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Approvals/approvalsmodel.h"

#include "client/values/mergerows.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

using namespace std::chrono_literals;

namespace muster {

namespace {

/// Who types is not done yet.
constexpr auto typingPause = 250ms;

} // namespace

ApprovalsModel::ApprovalsModel(QObject *parent)
    : QAbstractListModel(parent)
    , m_typing(this)
{
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPause);
    connect(&m_typing, &QTimer::timeout, this, &ApprovalsModel::retry);
}

void ApprovalsModel::setLink(Link *link)
{
    if (m_link == link)
        return;
    if (m_link)
        m_link->disconnect(this);
    m_link = link;
    if (m_link) {
        // No topic tells of the rejected ones.
        connect(m_link, &Link::refreshDue, this, [this] {
            if (m_rejected)
                askRejected();
        });
    }
    emit linkChanged();
    retry();
}

void ApprovalsModel::setRejected(bool rejected)
{
    if (m_rejected == rejected)
        return;
    m_rejected = rejected;
    emit rejectedChanged();
    retry();
}

void ApprovalsModel::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    emit textChanged();
    m_typing.start();
}

void ApprovalsModel::retry()
{
    delete m_subscription;
    ++m_asked;
    if (!m_items.isEmpty()) {
        beginResetModel();
        m_items.clear();
        endResetModel();
        emit countChanged();
        emit itemsChanged();
    }
    if (!m_link) {
        setLoading(states::Loading::Idle);
        return;
    }
    setLoading(states::Loading::Underway);
    if (m_rejected) {
        askRejected();
        return;
    }
    m_subscription = m_link->subscribe(u"approvals"_s, m_text.isEmpty() ? QJsonObject() : QJsonObject{{"text"_L1, m_text}}, this);
    connect(m_subscription, &Subscription::started, this, &ApprovalsModel::take);
    connect(m_subscription, &Subscription::updated, this, [this](const QString &, const QJsonObject &params) { take(params); });
    connect(m_subscription, &Subscription::failed, this, [this](const Error &error) {
        if (m_link && m_link->isLive())
            setLoading(states::Loading::Failed, error.message);
    });
}

void ApprovalsModel::askRejected()
{
    if (!m_link->isLive())
        return;
    QJsonObject params{{"state"_L1, "rejected"_L1}};
    if (!m_text.isEmpty())
        params["text"_L1] = m_text;
    m_link->call(u"Approvals.List"_s, params, this, [this, asked = ++m_asked](const Result<QJsonValue> &answer) {
        if (asked != m_asked)
            return;
        if (answer)
            take(answer->toObject());
        else if (m_link && m_link->isLive())
            setLoading(states::Loading::Failed, answer.error().message);
    });
}

void ApprovalsModel::removeRow(int row)
{
    beginRemoveRows({}, row, row);
    m_items.removeAt(row);
    endRemoveRows();
}

void ApprovalsModel::take(const QJsonObject &answer)
{
    QList<Approval> fresh;
    for (const auto &item : answer["items"_L1].toArray())
        fresh << Approval::fromJson(item.toObject());
    std::ranges::stable_sort(fresh, [](const Approval &a, const Approval &b) { return a.firstSeen > b.firstSeen; });

    const int before = count();
    const int totalBefore = std::exchange(m_total, answer["total"_L1].toInt());
    Rows::merge(*this, m_items, fresh);
    if (before != count() || totalBefore != m_total)
        emit countChanged();
    setLoading(states::Loading::Loaded);
    emit itemsChanged();
}

void ApprovalsModel::decide(const QString &id, const QString &fingerprint, bool accept)
{
    const int row = rowOf(id);
    if (!m_link || row < 0 || m_deciding.contains(id))
        return;
    m_deciding << id;
    emit dataChanged(index(row), index(row), {LoadingStateRole});
    const QString deviceId = m_items[row].deviceId;
    const QJsonObject params{{"id"_L1, id}, {"fingerprint"_L1, fingerprint}};
    m_link->call(accept ? u"Approvals.Accept"_s : u"Approvals.Reject"_s, params, this,
                 [this, id, deviceId, accept](const Result<QJsonValue> &answer) {
                     m_deciding.removeAll(id);
                     const int at = rowOf(id);
                     if (!answer) {
                         if (at >= 0)
                             emit dataChanged(index(at), index(at), {LoadingStateRole});
                         emit decisionFailed(deviceId, answer.error().message);
                         return;
                     }
                     if (at >= 0) {
                         removeRow(at);
                         emit countChanged();
                         emit itemsChanged();
                     }
                     emit decided(deviceId, accept);
                 });
}

void ApprovalsModel::rejectFrom(const QString &network, int count)
{
    if (!m_link)
        return;
    m_link->call(u"Approvals.RejectFrom"_s, {{"address"_L1, network}, {"count"_L1, count}}, this,
                 [this, network](const Result<QJsonValue> &answer) {
                     if (answer)
                         emit rejectedFrom(network, (*answer)["rejected"_L1].toInt());
                     else
                         emit decisionFailed(network, answer.error().message);
                 });
}

void ApprovalsModel::setLoading(states::Loading loading, const QString &errorText)
{
    if (m_loading == loading && m_errorText == errorText)
        return;
    m_loading = loading;
    m_errorText = errorText;
    emit loadingChanged();
}

int ApprovalsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_items.size());
}

Approval ApprovalsModel::at(int row) const
{
    return m_items.value(row);
}

int ApprovalsModel::rowOf(const QString &id) const
{
    const auto it = std::ranges::find(m_items, id, &Approval::id);
    return it == m_items.cend() ? -1 : int(it - m_items.cbegin());
}

int ApprovalsModel::rowOfDevice(const QString &deviceId) const
{
    const auto it = std::ranges::find(m_items, deviceId, &Approval::deviceId);
    return it == m_items.cend() ? -1 : int(it - m_items.cbegin());
}

QVariant ApprovalsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Approval &item = m_items[index.row()];
    switch (role) {
    case Qt::DisplayRole: return item.deviceId;
    case ApprovalRole: return QVariant::fromValue(item);
    case ApprovalIdRole: return item.id;
    case LoadingStateRole: return QVariant::fromValue(m_deciding.contains(item.id) ? states::Loading::Underway : states::Loading::Loaded);
    default: return {};
    }
}

QHash<int, QByteArray> ApprovalsModel::roleNames() const
{
    return {{ApprovalRole, "approval"_ba}, {ApprovalIdRole, "approvalId"_ba}, {LoadingStateRole, "loadingState"_ba}};
}

} // namespace muster
