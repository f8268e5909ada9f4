// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Device/devicewatch.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

void DeviceWatch::setLink(Link *link)
{
    if (m_link == link)
        return;
    m_link = link;
    emit linkChanged();
    retry();
}

void DeviceWatch::setDeviceId(const QString &id)
{
    if (m_deviceId == id)
        return;
    m_deviceId = id;
    emit deviceIdChanged();
    retry();
}

void DeviceWatch::retry()
{
    delete m_subscription;
    m_device = {};
    m_forgotten = false;
    emit deviceChanged();
    if (!m_link || m_deviceId.isEmpty()) {
        setLoading(states::Loading::Idle);
        return;
    }
    setLoading(states::Loading::Underway);
    m_subscription = m_link->subscribe(u"device"_s, {{"id"_L1, m_deviceId}}, this);
    connect(m_subscription, &Subscription::started, this, &DeviceWatch::take);
    connect(m_subscription, &Subscription::updated, this, [this](const QString &, const QJsonObject &params) { take(params); });
    connect(m_subscription, &Subscription::failed, this, [this](const Error &error) {
        if (m_link && m_link->isLive())
            setLoading(states::Loading::Failed, error);
    });
}

void DeviceWatch::take(const QJsonObject &answer)
{
    m_forgotten = answer["device"_L1].isNull();
    if (!m_forgotten)
        m_device = Device::fromJson(answer["device"_L1].toObject());
    emit deviceChanged();
    setLoading(states::Loading::Loaded);
}

void DeviceWatch::forget()
{
    if (!m_link)
        return;
    m_link->call(u"Devices.Forget"_s, {{"id"_L1, m_deviceId}}, this, [this](const Result<QJsonValue> &answer) {
        if (!answer) {
            emit forgetFailed(answer.error().message);
            return;
        }
        m_forgotten = true;
        emit deviceChanged();
    });
}

void DeviceWatch::reboot()
{
    if (!m_link)
        return;
    m_link->call(u"Devices.Call"_s, {{"id"_L1, m_deviceId}, {"method"_L1, "Sys.Reboot"_L1}, {"params"_L1, QJsonObject()}}, this,
                 [this](const Result<QJsonValue> &answer) { emit rebootAsked(answer ? QString() : answer.error().message); });
}

void DeviceWatch::setLoading(states::Loading loading, const Error &error)
{
    const bool unknown = error.code == NotFound;
    if (m_loading == loading && m_errorText == error.message && m_unknown == unknown)
        return;
    m_loading = loading;
    m_errorText = error.message;
    m_unknown = unknown;
    emit loadingChanged();
}

} // namespace muster
