// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/backend.h"

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QJsonObject>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include <functional>

namespace muster {

/// A call of a device's method that was made from here.
struct MethodCall
{
    Q_GADGET
    QML_VALUE_TYPE(methodCall)
    Q_PROPERTY(int number MEMBER number FINAL)
    Q_PROPERTY(QString method MEMBER method FINAL)
    Q_PROPERTY(QString paramsText READ paramsText FINAL)
    Q_PROPERTY(qint64 at MEMBER at FINAL)
    Q_PROPERTY(int tookMs MEMBER tookMs FINAL)
    Q_PROPERTY(bool underway MEMBER underway FINAL)
    Q_PROPERTY(bool failed READ hasFailed FINAL)
    Q_PROPERTY(int errorCode MEMBER errorCode FINAL)
    Q_PROPERTY(QString errorText MEMBER errorText FINAL)
    Q_PROPERTY(QString resultText MEMBER resultText FINAL)
    Q_PROPERTY(bool cut MEMBER cut FINAL)
    Q_PROPERTY(QString command MEMBER command FINAL)

public:
    int number = 0; ///< from 1; 0: no call
    QString deviceId;
    QString method;
    QJsonObject params;
    qint64 at = 0;   ///< by the server's clock
    int tookMs = -1; ///< -1: not known
    bool underway = false;
    int errorCode = 0;
    QString errorText;  ///< empty: it did not fail
    QString resultText; ///< indented JSON, at most as much as a screen shows
    bool cut = false;   ///< resultText is not the whole of it
    QString command;    ///< it was left for later, under this id

    [[nodiscard]] bool hasFailed() const { return !errorText.isEmpty(); }
    [[nodiscard]] QString paramsText() const;
    bool operator==(const MethodCall &) const = default;
};

/// Calls methods of devices, and remembers the calls to the chosen one, newest first, as long as the program runs.
class CallsModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Backend *backend READ backend WRITE setBackend NOTIFY backendChanged FINAL)
    Q_PROPERTY(QString deviceId READ deviceId WRITE setDeviceId NOTIFY deviceIdChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY itemsChanged FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY itemsChanged FINAL)

public:
    enum Role {
        CallRole = Qt::UserRole + 1, ///< the MethodCall
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] Backend *backend() const { return m_backend; }
    void setBackend(Backend *backend);
    [[nodiscard]] QString deviceId() const { return m_deviceId; }
    void setDeviceId(const QString &id);
    [[nodiscard]] int count() const { return int(m_shown.size()); }
    /// A call to the chosen device is on its way.
    [[nodiscard]] bool isBusy() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE [[nodiscard]] muster::MethodCall at(int row) const { return m_shown.value(row); }
    /// The newest call of a method; an empty one where there is none.
    Q_INVOKABLE [[nodiscard]] muster::MethodCall latest(const QString &method) const;
    /// By number; an empty one where it is not remembered.
    Q_INVOKABLE [[nodiscard]] muster::MethodCall numbered(int number) const;
    /// Calls now. @return the number of the call; `changed` tells what becomes of it
    Q_INVOKABLE int call(const QString &method, const QJsonObject &params);
    /// Makes a command of it, which the device runs when it comes. @param withinMs from now, until it expires
    Q_INVOKABLE int leave(const QString &method, const QJsonObject &params, qint64 withinMs);

signals:
    void backendChanged();
    void deviceIdChanged();
    void itemsChanged();
    void changed(int number);
    /// A command waits for the device now.
    void left(const QString &method, const QString &command);

private:
    void forget();
    int add(const QString &method, const QJsonObject &params);
    void finish(int number, const std::function<void(MethodCall &)> &change);

    QPointer<Backend> m_backend;
    QString m_deviceId;
    QString m_user;            // whose calls they are
    QList<MethodCall> m_all;   // newest first, of all devices
    QList<MethodCall> m_shown; // those of m_deviceId
    int m_last = 0;
};

} // namespace muster
