// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Methods/methodsmodel.h"

#include "client/values/values.h"
#include "protocol/rpc/methods.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// More than any device has; a list that never ends is somebody's mischief.
constexpr qsizetype mostMethods = 2'000;

} // namespace

void MethodsModel::setLink(Link *link)
{
    if (m_link == link)
        return;
    if (m_link)
        m_link->disconnect(this);
    m_link = link;
    if (m_link)
        connect(m_link, &Link::refreshDue, this, [this] {
            if (m_loading != states::Loading::Loaded)
                retry();
        });
    emit linkChanged();
    retry();
}

void MethodsModel::setDeviceId(const QString &id)
{
    if (m_deviceId == id)
        return;
    m_deviceId = id;
    emit deviceIdChanged();
    retry();
}

void MethodsModel::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    emit textChanged();
    filter();
}

void MethodsModel::retry()
{
    const quint64 asked = ++m_asked;
    m_all.clear();
    m_asOf = 0;
    filter();
    if (!m_link || m_deviceId.isEmpty()) {
        setLoading(states::Loading::Idle);
        return;
    }
    setLoading(states::Loading::Underway);
    if (!m_link->isLive())
        return; // asked once it is
    m_link->call(u"Methods.List"_s, {{"id"_L1, m_deviceId}}, this, [this, asked](const Result<QJsonValue> &answer) {
        if (asked != m_asked)
            return;
        if (!answer) {
            if (m_link && m_link->isLive())
                setLoading(states::Loading::Failed, answer.error());
            return;
        }
        m_asOf = timeFromJson((*answer)["x-as-of"_L1]);
        for (const auto &item : (*answer)["methods"_L1].toArray()) {
            DeviceMethod method = DeviceMethod::fromJson(item.toObject());
            // Commands are made on the server, which keeps them: devices are never asked directly.
            if (method.name == methods::commandRun)
                continue;
            if (!method.name.isEmpty() && m_all.size() < mostMethods)
                m_all << method;
        }
        std::ranges::sort(m_all, [](const DeviceMethod &a, const DeviceMethod &b) {
            // What has no group of its own comes last.
            if (a.group.isEmpty() != b.group.isEmpty())
                return b.group.isEmpty();
            const int groups = QString::compare(a.group, b.group, Qt::CaseInsensitive);
            if (groups != 0 || a.group != b.group)
                return groups != 0 ? groups < 0 : a.group < b.group; // "RPC" and "rpc" are two
            return QString::compare(a.name, b.name, Qt::CaseInsensitive) < 0;
        });
        setLoading(states::Loading::Loaded);
        filter();
    });
}

void MethodsModel::filter()
{
    QList<DeviceMethod> shown;
    for (const DeviceMethod &method : std::as_const(m_all)) {
        if (m_text.isEmpty() || method.name.contains(m_text, Qt::CaseInsensitive) || method.summary.contains(m_text, Qt::CaseInsensitive))
            shown << method;
    }
    if (shown != m_shown) {
        beginResetModel();
        m_shown = shown;
        endResetModel();
    }
    emit itemsChanged();
}

void MethodsModel::setLoading(states::Loading loading, const Error &error)
{
    if (m_loading == loading && m_errorText == error.message && m_errorCode == error.code)
        return;
    m_loading = loading;
    m_errorText = error.message;
    m_errorCode = error.code;
    emit loadingChanged();
}

int MethodsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int MethodsModel::rowOf(const QString &name) const
{
    const auto it = std::ranges::find(m_shown, name, &DeviceMethod::name);
    return it == m_shown.cend() ? -1 : int(it - m_shown.cbegin());
}

DeviceMethod MethodsModel::method(const QString &name) const
{
    const auto it = std::ranges::find(m_all, name, &DeviceMethod::name);
    return it == m_all.cend() ? DeviceMethod{} : *it;
}

DeviceMethod MethodsModel::named(const QString &name)
{
    return DeviceMethod::fromJson({{"name"_L1, name}}); // without params: its schema is empty, and says nothing
}

QVariant MethodsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const DeviceMethod &method = m_shown[index.row()];
    switch (role) {
    case Qt::DisplayRole: return method.name;
    case MethodRole: return QVariant::fromValue(method);
    case GroupRole: return method.group.isEmpty() ? u"Other"_s : method.group;
    default: return {};
    }
}

QHash<int, QByteArray> MethodsModel::roleNames() const
{
    return {{MethodRole, "method"_ba}, {GroupRole, "group"_ba}};
}

} // namespace muster
