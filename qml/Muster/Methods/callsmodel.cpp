// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Methods/callsmodel.h"

#include "client/values/jsontext.h"
#include "client/values/values.h"
#include "protocol/rpc/message.h"

#include <QJsonArray>

#include <algorithm>
#include <functional>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr qsizetype remembered = 200;
// What a text field still lays out at once; the rest is a matter for musterctl.
constexpr qsizetype shownResult = 64LL * 1024;
constexpr qsizetype errorLength = 500;

} // namespace

QString MethodCall::paramsText() const
{
    return jsontext::pretty(params);
}

void CallsModel::setBackend(Backend *backend)
{
    if (m_backend == backend)
        return;
    if (m_backend)
        m_backend->account()->disconnect(this);
    m_backend = backend;
    forget();
    if (m_backend) {
        m_user = m_backend->account()->session().user;
        connect(m_backend->account(), &Account::sessionChanged, this, [this] {
            // What one person called and was told is nothing of the next one's at the same window.
            if (std::exchange(m_user, m_backend->account()->session().user) != m_backend->account()->session().user)
                forget();
        });
    }
    emit backendChanged();
}

void CallsModel::setDeviceId(const QString &id)
{
    if (m_deviceId == id)
        return;
    m_deviceId = id;
    beginResetModel();
    m_shown.clear();
    std::ranges::copy_if(m_all, std::back_inserter(m_shown), [&id](const MethodCall &call) { return call.deviceId == id; });
    endResetModel();
    emit deviceIdChanged();
    emit itemsChanged();
}

void CallsModel::forget()
{
    if (m_all.isEmpty())
        return;
    beginResetModel();
    m_all.clear();
    m_shown.clear();
    endResetModel();
    emit itemsChanged();
}

bool CallsModel::isBusy() const
{
    return std::ranges::any_of(m_shown, &MethodCall::underway);
}

int CallsModel::add(const QString &method, const QJsonObject &params)
{
    MethodCall call;
    call.number = ++m_last;
    call.deviceId = m_deviceId;
    call.method = method;
    call.params = params;
    call.at = m_backend->clock()->now();
    call.underway = true;
    m_all.prepend(call);
    if (m_all.size() > remembered) {
        const MethodCall gone = m_all.takeLast();
        const auto it = std::ranges::find(std::as_const(m_shown), gone.number, &MethodCall::number);
        if (it != m_shown.cend()) {
            const int row = int(it - m_shown.cbegin());
            beginRemoveRows({}, row, row);
            m_shown.removeAt(row);
            endRemoveRows();
        }
    }
    beginInsertRows({}, 0, 0);
    m_shown.prepend(call);
    endInsertRows();
    emit itemsChanged();
    return call.number;
}

void CallsModel::finish(int number, const std::function<void(MethodCall &)> &change)
{
    const auto kept = std::ranges::find(m_all, number, &MethodCall::number);
    if (kept == m_all.end())
        return;
    kept->underway = false;
    change(*kept);
    const auto shown = std::ranges::find(m_shown, number, &MethodCall::number);
    if (shown != m_shown.end()) {
        *shown = *kept;
        const QModelIndex at = index(int(shown - m_shown.begin()));
        emit dataChanged(at, at);
    }
    emit itemsChanged();
    emit changed(number);
}

int CallsModel::call(const QString &method, const QJsonObject &params)
{
    if (!m_backend || m_deviceId.isEmpty() || method.isEmpty())
        return 0;
    const int number = add(method, params);
    QElapsedTimer timer;
    timer.start();
    m_backend->link()->call(u"Devices.Call"_s, {{"id"_L1, m_deviceId}, {"method"_L1, method}, {"params"_L1, params}}, this,
                            [this, number, timer](const Result<QJsonValue> &answer) {
                                finish(number, [&](MethodCall &call) {
                                    call.tookMs = int(timer.elapsed());
                                    if (!answer) {
                                        call.errorCode = answer.error().code;
                                        call.errorText = cleanText(answer.error().message, errorLength);
                                        return;
                                    }
                                    call.resultText = jsontext::pretty(*answer);
                                    call.cut = call.resultText.size() > shownResult;
                                    call.resultText.truncate(shownResult);
                                });
                            });
    return number;
}

int CallsModel::leave(const QString &method, const QJsonObject &params, qint64 withinMs)
{
    if (!m_backend || m_deviceId.isEmpty() || method.isEmpty())
        return 0;
    const int number = add(method, params);
    m_backend->link()->call(u"Commands.Create"_s,
                            {{"device"_L1, m_deviceId},
                             {"method"_L1, method},
                             {"params"_L1, params},
                             {"expires_at"_L1, timeToJson(m_backend->clock()->now() + withinMs)}},
                            this, [this, number, method](const Result<QJsonValue> &answer) {
                                QString command;
                                finish(number, [&](MethodCall &call) {
                                    if (!answer) {
                                        call.errorCode = answer.error().code;
                                        call.errorText = cleanText(answer.error().message, errorLength);
                                        return;
                                    }
                                    call.command = command = (*answer)["items"_L1][0]["id"_L1].toString();
                                });
                                if (!command.isEmpty())
                                    emit left(method, command);
                            });
    return number;
}

int CallsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

MethodCall CallsModel::latest(const QString &method) const
{
    const auto it = std::ranges::find(m_shown, method, &MethodCall::method);
    return it == m_shown.cend() ? MethodCall{} : *it;
}

MethodCall CallsModel::numbered(int number) const
{
    const auto it = std::ranges::find(m_shown, number, &MethodCall::number);
    return it == m_shown.cend() ? MethodCall{} : *it;
}

QVariant CallsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::DisplayRole: return m_shown[index.row()].method;
    case CallRole: return QVariant::fromValue(m_shown[index.row()]);
    default: return {};
    }
}

QHash<int, QByteArray> CallsModel::roleNames() const
{
    return {{CallRole, "call"_ba}};
}

} // namespace muster
