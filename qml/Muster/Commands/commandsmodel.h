// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"
#include "client/values/command.h"
#include "client/values/states.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// Commands of the fleet or of one device, newest first: the newest ones kept up to date, older ones on request.
class CommandsModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Link *link READ link WRITE setLink NOTIFY linkChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString deviceId READ deviceId WRITE setDeviceId NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString state READ state WRITE setState NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString bulk READ bulk WRITE setBulk NOTIFY filterChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY itemsChanged FINAL)
    Q_PROPERTY(bool more READ hasMore NOTIFY itemsChanged FINAL)
    Q_PROPERTY(muster::CommandCounts counts READ counts NOTIFY itemsChanged FINAL)
    Q_PROPERTY(muster::states::Loading loading READ loading NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY loadingChanged FINAL)

public:
    enum Role {
        CommandRole = Qt::UserRole + 1, ///< the Command
        CommandIdRole,
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] Link *link() const { return m_link; }
    void setLink(Link *link);
    [[nodiscard]] bool isActive() const { return m_active; }
    void setActive(bool active);
    /// Empty: those of all devices.
    [[nodiscard]] QString deviceId() const { return m_deviceId; }
    void setDeviceId(const QString &id);
    /// "open", one of the states, or empty for all.
    [[nodiscard]] QString state() const { return m_state; }
    void setState(const QString &state);
    /// Those of one selection; empty: of all and of none.
    [[nodiscard]] QString bulk() const { return m_bulk; }
    void setBulk(const QString &bulk);
    [[nodiscard]] int count() const { return int(m_items.size()); }
    /// There are older ones.
    [[nodiscard]] bool hasMore() const { return m_more; }
    [[nodiscard]] const CommandCounts &counts() const { return m_counts; }
    [[nodiscard]] states::Loading loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE [[nodiscard]] muster::Command at(int row) const { return m_items.value(row); }
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString &id) const;
    Q_INVOKABLE void loadMore();
    Q_INVOKABLE void retry();

signals:
    void linkChanged();
    void filterChanged();
    void itemsChanged();
    void loadingChanged();

private:
    friend struct Rows;

    void take(const QJsonObject &answer);
    void show(const QList<Command> &wanted);
    void setLoading(states::Loading loading, const QString &errorText = {});
    [[nodiscard]] QJsonObject params(int limit) const;

    QPointer<Link> m_link;
    QPointer<Subscription> m_subscription;
    bool m_active = true;
    QString m_deviceId;
    QString m_state;
    QString m_bulk;
    QList<Command> m_items;
    QList<Command> m_live;  // the newest, kept up to date
    QList<Command> m_older; // what follows them, as far as it was asked for
    CommandCounts m_counts;
    bool m_more = false;
    quint64 m_asked = 0;
    states::Loading m_loading = states::Loading::Idle;
    QString m_errorText;
};

} // namespace muster
