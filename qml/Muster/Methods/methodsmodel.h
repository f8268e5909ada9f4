// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"
#include "client/values/devicemethod.h"
#include "client/values/states.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// The methods of one device, in groups (what is before the dot), narrowed by a few letters.
class MethodsModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Link *link READ link WRITE setLink NOTIFY linkChanged FINAL)
    Q_PROPERTY(QString deviceId READ deviceId WRITE setDeviceId NOTIFY deviceIdChanged FINAL)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY itemsChanged FINAL)
    Q_PROPERTY(int total READ total NOTIFY itemsChanged FINAL)
    Q_PROPERTY(muster::states::Loading loading READ loading NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY loadingChanged FINAL)
    Q_PROPERTY(int errorCode READ errorCode NOTIFY loadingChanged FINAL)
    Q_PROPERTY(bool away READ isAway NOTIFY loadingChanged FINAL)
    Q_PROPERTY(qint64 asOf READ asOf NOTIFY itemsChanged FINAL)

public:
    enum Role {
        MethodRole = Qt::UserRole + 1, ///< the DeviceMethod
        GroupRole,                     ///< "Container", or "Other" for names without a dot
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] Link *link() const { return m_link; }
    void setLink(Link *link);
    [[nodiscard]] QString deviceId() const { return m_deviceId; }
    void setDeviceId(const QString &id);
    /// Letters of the name or the summary; empty for all.
    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    [[nodiscard]] int count() const { return int(m_shown.size()); }
    [[nodiscard]] int total() const { return int(m_all.size()); }
    [[nodiscard]] states::Loading loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] int errorCode() const { return m_errorCode; }
    /// When the device said what is shown, by the server's clock; 0 where it has just said it.
    [[nodiscard]] qint64 asOf() const { return m_asOf; }
    /// It failed because the device is not connected, and it has never said what it can do.
    [[nodiscard]] bool isAway() const { return m_loading == states::Loading::Failed && m_errorCode == DeviceOffline; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// The row of a method among those shown, or -1.
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString &name) const;
    Q_INVOKABLE [[nodiscard]] muster::DeviceMethod at(int row) const { return m_shown.value(row); }
    /// By name, whether it is shown or not; empty where the device has none of it.
    Q_INVOKABLE [[nodiscard]] muster::DeviceMethod method(const QString &name) const;
    /// A method of which only the name is known: nothing is said of its params.
    Q_INVOKABLE [[nodiscard]] static muster::DeviceMethod named(const QString &name);
    Q_INVOKABLE void retry();

signals:
    void linkChanged();
    void deviceIdChanged();
    void textChanged();
    void itemsChanged();
    void loadingChanged();

private:
    void filter();
    void setLoading(states::Loading loading, const Error &error = {});

    QPointer<Link> m_link;
    QString m_deviceId;
    QString m_text;
    QList<DeviceMethod> m_all;
    QList<DeviceMethod> m_shown;
    qint64 m_asOf = 0;
    states::Loading m_loading = states::Loading::Idle;
    QString m_errorText;
    int m_errorCode = 0;
    quint64 m_asked = 0;
};

} // namespace muster
