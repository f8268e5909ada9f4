// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"
#include "client/values/values.h"

#include <QPointer>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// One device, kept up to date.
class DeviceWatch : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Link *link READ link WRITE setLink NOTIFY linkChanged FINAL)
    Q_PROPERTY(QString deviceId READ deviceId WRITE setDeviceId NOTIFY deviceIdChanged FINAL)
    Q_PROPERTY(muster::Device device READ device NOTIFY deviceChanged FINAL)
    Q_PROPERTY(bool forgotten READ isForgotten NOTIFY deviceChanged FINAL)
    Q_PROPERTY(muster::states::Loading loading READ loading NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY loadingChanged FINAL)
    Q_PROPERTY(bool unknown READ isUnknown NOTIFY loadingChanged FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] Link *link() const { return m_link; }
    void setLink(Link *link);
    [[nodiscard]] QString deviceId() const { return m_deviceId; }
    void setDeviceId(const QString &id);
    [[nodiscard]] const Device &device() const { return m_device; }
    /// Somebody has removed the device; device() is what it was.
    [[nodiscard]] bool isForgotten() const { return m_forgotten; }
    [[nodiscard]] states::Loading loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    /// The server has no such device.
    [[nodiscard]] bool isUnknown() const { return m_unknown; }

    Q_INVOKABLE void retry();
    /// Removes the device and its key from the server. `forgetFailed` or a change of `forgotten` tells the outcome.
    Q_INVOKABLE void forget();
    /// Has the machine started anew. `rebootAsked` tells the outcome.
    Q_INVOKABLE void reboot();

signals:
    void linkChanged();
    void deviceIdChanged();
    void deviceChanged();
    void loadingChanged();
    void forgetFailed(const QString &message);
    /// @param error why it does not; empty: it does
    void rebootAsked(const QString &error);

private:
    void take(const QJsonObject &answer);
    void setLoading(states::Loading loading, const Error &error = {});

    QPointer<Link> m_link;
    QString m_deviceId;
    QPointer<Subscription> m_subscription;
    Device m_device;
    bool m_forgotten = false;
    states::Loading m_loading = states::Loading::Idle;
    QString m_errorText;
    bool m_unknown = false;
};

} // namespace muster
