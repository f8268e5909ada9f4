// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/backend.h"
#include "client/values/states.h"

#include <QJsonObject>
#include <QPointer>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// One method for many devices. The list of devices is frozen on the server first, so that what is asked for is what the
/// person has seen: `total` is shown, typed, and compared there once more.
class BulkCall : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Backend *backend READ backend WRITE setBackend NOTIFY backendChanged FINAL)
    Q_PROPERTY(int total READ total NOTIFY selectionChanged FINAL)
    Q_PROPERTY(int away READ away NOTIFY selectionChanged FINAL)
    Q_PROPERTY(QStringList ids READ ids NOTIFY selectionChanged FINAL)
    Q_PROPERTY(qint64 expiresAt READ expiresAt NOTIFY selectionChanged FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged FINAL)
    Q_PROPERTY(muster::states::Loading loading READ loading NOTIFY selectionChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY selectionChanged FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] Backend *backend() const { return m_backend; }
    void setBackend(Backend *backend);
    [[nodiscard]] int total() const { return m_total; }
    /// How many of them are not connected: their commands wait.
    [[nodiscard]] int away() const { return m_away; }
    /// The first 500.
    [[nodiscard]] QStringList ids() const { return m_ids; }
    /// Until when the frozen list is kept.
    [[nodiscard]] qint64 expiresAt() const { return m_expiresAt; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] states::Loading loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    /// Freezes these devices.
    Q_INVOKABLE void freeze(const QStringList &ids);
    /// Freezes all that match, as Devices.List would find them.
    Q_INVOKABLE void freezeMatching(const QString &text, const QString &state, const QString &level);
    /// Makes the commands. @param withinMs from now, until they expire
    Q_INVOKABLE void create(const QString &method, const QJsonObject &params, qint64 withinMs);
    Q_INVOKABLE void clear();

signals:
    void backendChanged();
    void selectionChanged();
    void busyChanged();
    /// @param bulk what its commands are found by
    void created(int commands, const QString &bulk);
    void failed(const QString &message);

private:
    void ask(const QJsonObject &params);

    QPointer<Backend> m_backend;
    QString m_selection;
    int m_total = 0;
    int m_away = 0;
    QStringList m_ids;
    qint64 m_expiresAt = 0;
    bool m_busy = false;
    quint64 m_asked = 0;
    states::Loading m_loading = states::Loading::Idle;
    QString m_errorText;
};

} // namespace muster
