// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"
#include "client/values/states.h"

#include <QJsonArray>
#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// What the server says of itself (Server.Info), asked while somebody looks. Lives in the window's thread.
class ServerFacts : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Link *link READ link WRITE setLink NOTIFY linkChanged FINAL)
    /// Somebody looks: it is asked, and again every half minute.
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(muster::states::Loading loading READ loading NOTIFY changed FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    Q_PROPERTY(QString name READ name NOTIFY changed FINAL)
    Q_PROPERTY(QString version READ version NOTIFY changed FINAL)
    Q_PROPERTY(QString url READ url NOTIFY changed FINAL)
    Q_PROPERTY(double startedAt READ startedAt NOTIFY changed FINAL)
    Q_PROPERTY(QString keyWords READ keyWords NOTIFY changed FINAL)
    Q_PROPERTY(QString keyFingerprint READ keyFingerprint NOTIFY changed FINAL)
    Q_PROPERTY(QString keyPem READ keyPem NOTIFY changed FINAL)
    /// "40 of 41 devices in 12 s", or how far it is.
    Q_PROPERTY(QString fleetBack READ fleetBack NOTIFY changed FINAL)
    /// [{label, value}]
    Q_PROPERTY(QVariantList storage READ storage NOTIFY changed FINAL)
    /// How the last backup went: {underway, begunAt, endedAt, error, folder, devices, accounts, files}. Empty: there was none.
    Q_PROPERTY(QVariantMap backup READ backup NOTIFY changed FINAL)
    /// Its files are copied by the server itself; a PostgreSQL has tools of its own.
    Q_PROPERTY(bool backsUp READ backsUp NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList retention READ retention NOTIFY changed FINAL)
    /// The share of the disk that is used, 0 to 1.
    Q_PROPERTY(double diskUsed READ diskUsed NOTIFY changed FINAL)

public:
    explicit ServerFacts(QObject *parent = nullptr);

    [[nodiscard]] Link *link() const { return m_link; }
    void setLink(Link *link);
    [[nodiscard]] bool isActive() const { return m_active; }
    void setActive(bool active);
    [[nodiscard]] states::Loading loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] QString name() const { return text(u"name"); }
    [[nodiscard]] QString version() const { return text(u"version"); }
    [[nodiscard]] QString url() const { return text(u"url"); }
    [[nodiscard]] double startedAt() const;
    [[nodiscard]] QString keyWords() const;
    [[nodiscard]] QString keyFingerprint() const;
    [[nodiscard]] QString keyPem() const;
    [[nodiscard]] QString fleetBack() const;
    [[nodiscard]] QVariantList storage() const;
    [[nodiscard]] QVariantMap backup() const;
    [[nodiscard]] bool backsUp() const;
    [[nodiscard]] QVariantList retention() const;
    [[nodiscard]] double diskUsed() const;

    Q_INVOKABLE void refresh();

signals:
    void linkChanged();
    void activeChanged();
    void changed();

private:
    [[nodiscard]] QString text(QStringView member) const;
    void pace();

    QPointer<Link> m_link;
    bool m_active = false;
    QJsonObject m_info;
    states::Loading m_loading = states::Loading::Idle;
    QString m_errorText;
    QTimer m_again;
};

} // namespace muster
