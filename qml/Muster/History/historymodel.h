// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"
#include "client/values/historyentry.h"
#include "client/values/states.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QSet>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// What has happened to one device, newest first. The newest entries come by themselves, older ones on request. One kind
/// alone is shown at once from what is here, and asked for beyond that.
class HistoryModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Link *link READ link WRITE setLink NOTIFY linkChanged FINAL)
    Q_PROPERTY(QString deviceId READ deviceId WRITE setDeviceId NOTIFY deviceIdChanged FINAL)
    Q_PROPERTY(QString kind READ kind WRITE setKind NOTIFY kindChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY itemsChanged FINAL)
    Q_PROPERTY(int total READ total NOTIFY itemsChanged FINAL)
    Q_PROPERTY(bool more READ hasMore NOTIFY itemsChanged FINAL)
    Q_PROPERTY(muster::states::Loading loading READ loading NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY loadingChanged FINAL)

public:
    enum Role {
        EntryRole = Qt::UserRole + 1, ///< the HistoryEntry
        DayRole,                      ///< the local day, "14 March 2026": for headings between days
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] Link *link() const { return m_link; }
    void setLink(Link *link);
    [[nodiscard]] QString deviceId() const { return m_deviceId; }
    void setDeviceId(const QString &id);
    /// The kind that is shown; empty for all.
    [[nodiscard]] QString kind() const { return m_kind; }
    void setKind(const QString &kind);
    [[nodiscard]] int count() const { return int(m_shown.size()); }
    /// Entries that are here, shown or not.
    [[nodiscard]] int total() const { return int(m_all.size()); }
    [[nodiscard]] bool hasMore() const { return m_kind.isEmpty() ? m_more : m_moreOfKind; }
    [[nodiscard]] states::Loading loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE [[nodiscard]] muster::HistoryEntry at(int row) const { return m_shown.value(row); }
    Q_INVOKABLE void loadMore();
    Q_INVOKABLE void retry();

signals:
    void linkChanged();
    void deviceIdChanged();
    void kindChanged();
    void itemsChanged();
    void loadingChanged();

private:
    /// The newest, as a subscription begins or begins anew.
    void begin(const QJsonArray &items);
    void take(const QJsonArray &items);
    void show();
    void setLoading(states::Loading loading, const QString &errorText = {});

    QPointer<Link> m_link;
    QPointer<Subscription> m_subscription;
    QString m_deviceId;
    QString m_kind;
    QList<HistoryEntry> m_all;
    QList<HistoryEntry> m_ofKind; // older ones of m_kind, beyond m_all
    QList<HistoryEntry> m_shown;
    bool m_more = false;
    bool m_moreOfKind = false;
    bool m_asking = false;
    quint64 m_question = 0; // the newest; other answers are stale
    states::Loading m_loading = states::Loading::Idle;
    QString m_errorText;
};

} // namespace muster
