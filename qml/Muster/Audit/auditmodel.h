// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/serverclock.h"
#include "qml/Muster/Audit/auditentry.h"
#include "qml/Muster/Client/pagedmodel.h"

#include <QPointer>

namespace muster {

/// Who did what, newest first, as far as the filters let through. Empty filters let all through.
class AuditModel : public PagedModel
{
    Q_OBJECT
    QML_ELEMENT
    /// By which `within` is reckoned.
    Q_PROPERTY(muster::ServerClock *clock READ clock WRITE setClock NOTIFY clockChanged FINAL)
    Q_PROPERTY(QString actor READ actor WRITE setActor NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString what READ what WRITE setWhat NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString target READ target WRITE setTarget NOTIFY filterChanged FINAL)
    /// "ok", "refused", or empty for both.
    Q_PROPERTY(QString outcome READ outcome WRITE setOutcome NOTIFY filterChanged FINAL)
    /// Only what is younger, ms; 0: all.
    Q_PROPERTY(double within READ within WRITE setWithin NOTIFY filterChanged FINAL)
    Q_PROPERTY(bool filtered READ isFiltered NOTIFY filterChanged FINAL)

public:
    using PagedModel::PagedModel;

    [[nodiscard]] ServerClock *clock() const { return m_clock; }
    void setClock(ServerClock *clock)
    {
        if (m_clock == clock)
            return;
        m_clock = clock;
        emit clockChanged();
    }
    [[nodiscard]] QString actor() const { return m_actor; }
    void setActor(const QString &actor) { change(m_actor, actor); }
    [[nodiscard]] QString what() const { return m_what; }
    void setWhat(const QString &what) { change(m_what, what); }
    [[nodiscard]] QString target() const { return m_target; }
    void setTarget(const QString &target) { change(m_target, target); }
    [[nodiscard]] QString outcome() const { return m_outcome; }
    void setOutcome(const QString &outcome) { change(m_outcome, outcome); }
    [[nodiscard]] double within() const { return double(m_within); }
    void setWithin(double msecs) { change(m_within, qint64(msecs)); }
    [[nodiscard]] bool isFiltered() const;
    Q_INVOKABLE void clearFilters();

    /// What the filters come to, as Audit.List takes it.
    [[nodiscard]] QJsonObject filter() const;
    /// An empty entry where there is no such row.
    Q_INVOKABLE [[nodiscard]] muster::AuditEntry at(int row) const { return rows().value(row).entry.value<AuditEntry>(); }

signals:
    void clockChanged();
    void filterChanged();

protected:
    [[nodiscard]] QString method() const override { return QStringLiteral("Audit.List"); }
    [[nodiscard]] QJsonObject params() const override { return filter(); }
    [[nodiscard]] Row read(const QJsonObject &item) const override;

private:
    template <typename T>
    void change(T &member, const T &value)
    {
        if (member == value)
            return;
        member = value;
        emit filterChanged();
        retry();
    }

    QPointer<ServerClock> m_clock;
    QString m_actor;
    QString m_what;
    QString m_target;
    QString m_outcome;
    qint64 m_within = 0;
};

} // namespace muster
