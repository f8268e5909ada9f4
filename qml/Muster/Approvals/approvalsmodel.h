// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"
#include "client/values/values.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// The keys that wait for a person, oldest last, kept up to date; or those that were rejected, as of when they were asked for.
class ApprovalsModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Link *link READ link WRITE setLink NOTIFY linkChanged FINAL)
    /// A part of the id, the address or the fingerprint of those that are shown; empty: all.
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged FINAL)
    /// The rejected ones instead of those that wait. A rejected key may be accepted after all.
    Q_PROPERTY(bool rejected READ showsRejected WRITE setRejected NOTIFY rejectedChanged)
    /// How many match; more than `count` where the server does not send all.
    Q_PROPERTY(int total READ total NOTIFY countChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    Q_PROPERTY(muster::states::Loading loading READ loading NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY loadingChanged FINAL)

public:
    enum Role {
        ApprovalRole = Qt::UserRole + 1, ///< the Approval
        ApprovalIdRole,
        LoadingStateRole, ///< states::Loading: Loading while a decision on this row is on its way
    };
    Q_ENUM(Role)

    explicit ApprovalsModel(QObject *parent = nullptr);

    [[nodiscard]] Link *link() const { return m_link; }
    void setLink(Link *link);
    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    [[nodiscard]] bool showsRejected() const { return m_rejected; }
    void setRejected(bool rejected);
    [[nodiscard]] int total() const { return std::max(m_total, count()); }
    [[nodiscard]] int count() const { return int(m_items.size()); }
    [[nodiscard]] states::Loading loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// An empty Approval where there is no such row.
    Q_INVOKABLE [[nodiscard]] muster::Approval at(int row) const;
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString &id) const;
    /// The row of the key that waits for a device, or -1.
    Q_INVOKABLE [[nodiscard]] int rowOfDevice(const QString &deviceId) const;
    /// Decides on exactly the key whose fingerprint the person has seen: the server refuses when it has changed since.
    Q_INVOKABLE void accept(const QString &id, const QString &fingerprint) { decide(id, fingerprint, true); }
    Q_INVOKABLE void reject(const QString &id, const QString &fingerprint) { decide(id, fingerprint, false); }
    /// Rejects all keys that wait from one network. @param count how many the person saw: the server refuses when they have become more
    Q_INVOKABLE void rejectFrom(const QString &network, int count);
    Q_INVOKABLE void retry();

signals:
    void linkChanged();
    void textChanged();
    void rejectedChanged();
    void countChanged();
    void loadingChanged();
    void itemsChanged();
    void decided(const QString &deviceId, bool accepted);
    void rejectedFrom(const QString &network, int count);
    void decisionFailed(const QString &deviceId, const QString &message);

private:
    friend struct Rows;

    void decide(const QString &id, const QString &fingerprint, bool accept);
    void take(const QJsonObject &answer);
    void askRejected();
    void removeRow(int row);
    void setLoading(states::Loading loading, const QString &errorText = {});

    QPointer<Link> m_link;
    QPointer<Subscription> m_subscription;
    QList<Approval> m_items;
    QStringList m_deciding;
    QString m_text;
    QTimer m_typing;
    bool m_rejected = false;
    quint64 m_asked = 0; // answers to older questions are dropped
    int m_total = 0;
    states::Loading m_loading = states::Loading::Idle;
    QString m_errorText;
};

} // namespace muster
