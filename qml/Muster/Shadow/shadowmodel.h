// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"
#include "client/values/shadow.h"
#include "client/values/states.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// The state of one device, leaf by leaf: what is wanted of it and what it reports. Wishes are asked of the server, and stand here when it has
/// stored them.
class ShadowModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Link *link READ link WRITE setLink NOTIFY linkChanged FINAL)
    Q_PROPERTY(QString deviceId READ deviceId WRITE setDeviceId NOTIFY deviceIdChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY shadowChanged FINAL)
    Q_PROPERTY(int differing READ differing NOTIFY shadowChanged FINAL)
    Q_PROPERTY(double version READ version NOTIFY shadowChanged FINAL)
    Q_PROPERTY(double changedAt READ changedAt NOTIFY shadowChanged FINAL)
    Q_PROPERTY(QString changedBy READ changedBy NOTIFY shadowChanged FINAL)
    Q_PROPERTY(bool told READ isTold NOTIFY shadowChanged FINAL)
    Q_PROPERTY(QString toldError READ toldError NOTIFY shadowChanged FINAL)
    Q_PROPERTY(QString desiredText READ desiredText NOTIFY shadowChanged FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged FINAL)
    Q_PROPERTY(muster::states::Loading loading READ loading NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY loadingChanged FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< "light.on"
        DesiredRole,                 ///< as text; empty: nobody wants anything
        ReportedRole,                ///< as text; empty: the device says nothing of it
        DiffersRole,
        SinceRole,     ///< ms since 1970: of the wish where it differs, else of the report; 0: not known
        IsSwitchRole,  ///< true or false is all that there is to want
        IsOnRole,      ///< of such a one: what is wanted, else what is reported
        IsOfAgentRole, ///< the agent says it of itself: nobody else can want it
        IsWantedRole,  ///< somebody wants something
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] Link *link() const { return m_link; }
    void setLink(Link *link);
    [[nodiscard]] QString deviceId() const { return m_deviceId; }
    void setDeviceId(const QString &id);
    [[nodiscard]] int count() const { return int(m_shadow.leaves.size()); }
    /// Leaves that are not as somebody wants them.
    [[nodiscard]] int differing() const;
    [[nodiscard]] double version() const { return static_cast<double>(m_shadow.version); }
    [[nodiscard]] double changedAt() const { return static_cast<double>(m_shadow.changedAt); }
    [[nodiscard]] QString changedBy() const { return m_shadow.changedBy; }
    [[nodiscard]] bool isTold() const { return m_shadow.isTold; }
    /// Why the device did not take what it was told; empty: it did, or was told nothing.
    [[nodiscard]] QString toldError() const { return m_shadow.error; }
    /// All that is wanted, as indented JSON.
    [[nodiscard]] QString desiredText() const;
    /// A wish is on its way to the server.
    [[nodiscard]] bool isBusy() const { return m_waiting > 0; }
    [[nodiscard]] states::Loading loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void retry();
    /// Of a switch: wants the other value of what is shown.
    Q_INVOKABLE void toggle(int row);
    /// Wants a value for a leaf. @param text JSON, or a text that is none
    Q_INVOKABLE void want(int row, const QString &text);
    /// Wants a value for what may not be there yet. @param name "light.on"
    Q_INVOKABLE void wantNamed(const QString &name, const QString &text);
    /// Nobody wants anything of the leaf any more.
    Q_INVOKABLE void takeBack(int row);
    /// Wants all of it as it stands in a text.
    /// @param text a JSON object. @param seen the version that it was made from: what somebody else wants meanwhile is not overwritten
    /// @return why it is none; empty: it was asked of the server
    Q_INVOKABLE QString replace(const QString &text, double seen);

signals:
    void linkChanged();
    void deviceIdChanged();
    void shadowChanged();
    void busyChanged();
    void loadingChanged();
    /// The server has stored a wish.
    void stored();
    /// @param conflict somebody else changed it meanwhile
    void refused(const QString &message, bool conflict);

private:
    void take(const QJsonObject &answer);
    void show(const Shadow &shadow);
    void ask(const QJsonObject &patch, qint64 version = 0);
    void setLoading(states::Loading loading, const QString &errorText = {});

    QPointer<Link> m_link;
    QPointer<Subscription> m_subscription;
    QString m_deviceId;
    Shadow m_shadow;
    int m_waiting = 0;
    states::Loading m_loading = states::Loading::Idle;
    QString m_errorText;
};

} // namespace muster
