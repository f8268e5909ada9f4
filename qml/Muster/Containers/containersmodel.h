// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/backend.h"
#include "client/values/container.h"
#include "client/values/states.h"

#include <QAbstractListModel>
#include <QHash>
#include <QPointer>
#include <QSet>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// The containers of one device. The operator API has no topic for them, so the model asks again while somebody looks.
class ContainersModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Backend *backend READ backend WRITE setBackend NOTIFY backendChanged FINAL)
    Q_PROPERTY(QString deviceId READ deviceId WRITE setDeviceId NOTIFY deviceIdChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY itemsChanged FINAL)
    Q_PROPERTY(QString engine READ engine NOTIFY itemsChanged FINAL)
    Q_PROPERTY(QString noStats READ noStats NOTIFY statsChanged FINAL)
    Q_PROPERTY(bool measured READ isMeasured NOTIFY statsChanged FINAL)
    Q_PROPERTY(muster::states::Loading loading READ loading NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY loadingChanged FINAL)
    Q_PROPERTY(int errorCode READ errorCode NOTIFY loadingChanged FINAL)

public:
    enum Role {
        ContainerRole = Qt::UserRole + 1, ///< the Container
        ContainerIdRole,
        TrendRole,        ///< list of CPU figures (permille of one processor) since somebody looks, NaN where missing
        LoadingStateRole, ///< states::Loading: Underway while a start, stop or restart of this one is on its way
    };
    Q_ENUM(Role)

    /// What hinders, as screens tell it apart.
    enum Hindrance {
        Nothing,
        NoEngine,
        NotPermitted,
        Away,
        Other,
    };
    Q_ENUM(Hindrance)

    explicit ContainersModel(QObject *parent = nullptr);

    [[nodiscard]] Backend *backend() const { return m_backend; }
    void setBackend(Backend *backend);
    [[nodiscard]] QString deviceId() const { return m_deviceId; }
    void setDeviceId(const QString &id);
    [[nodiscard]] int count() const { return int(m_items.size()); }
    /// "podman 5.4.2".
    [[nodiscard]] QString engine() const { return m_engine; }
    /// Why no container has figures of processor and memory; empty when one has.
    [[nodiscard]] QString noStats() const { return m_noStats; }
    /// The first figures are here, or it is known why there are none.
    [[nodiscard]] bool isMeasured() const { return m_measured; }
    [[nodiscard]] states::Loading loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] int errorCode() const { return m_errorCode; }
    Q_INVOKABLE [[nodiscard]] muster::ContainersModel::Hindrance hindrance() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// An empty Container where there is no such row.
    Q_INVOKABLE [[nodiscard]] muster::Container at(int row) const;
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString &name) const;
    Q_INVOKABLE void start(const QString &id) { act(QStringLiteral("Start"), id); }
    Q_INVOKABLE void stop(const QString &id) { act(QStringLiteral("Stop"), id); }
    Q_INVOKABLE void restart(const QString &id) { act(QStringLiteral("Restart"), id); }
    Q_INVOKABLE [[nodiscard]] bool isBusy(const QString &id) const { return m_busy.contains(id); }
    Q_INVOKABLE void retry();
    /// Asks once more, without forgetting what is shown; where an answer is awaited, after that.
    Q_INVOKABLE void refresh();

signals:
    void backendChanged();
    void deviceIdChanged();
    void itemsChanged();
    void statsChanged();
    void loadingChanged();
    void busyChanged();
    /// A container was started, stopped or restarted, and is in this state now.
    void acted(const QString &name, const QString &state);
    void actFailed(const QString &name, const QString &message);

private:
    friend struct Rows;

    void act(const QString &what, const QString &id);
    void looked();
    void takeList(const QJsonObject &answer);
    void takeStats(const QJsonObject &answer);
    void setLoading(states::Loading loading, const Error &error = {});

    QPointer<Backend> m_backend;
    QString m_deviceId;
    QList<Container> m_items;
    QHash<QString, QList<double>> m_trends;
    QSet<QString> m_busy;
    QString m_engine;
    QString m_noStats;
    bool m_measured = false;
    states::Loading m_loading = states::Loading::Idle;
    QString m_errorText;
    int m_errorCode = 0;
    quint64 m_asked = 0; // answers to questions about another device are dropped
    bool m_underway = false;
    bool m_again = false; // asked for while a question was on its way, whose answer may be of before
    qint64 m_lookedAt = 0;
};

} // namespace muster
