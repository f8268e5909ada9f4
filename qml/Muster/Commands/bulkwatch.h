// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/backend.h"

#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <functional>

namespace muster {

/// What becomes of one call that many devices got: how many are done, and the two wishes that follow: again for those where it failed, and
/// take back what was not sent yet.
class BulkWatch : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Backend *backend READ backend WRITE setBackend NOTIFY backendChanged FINAL)
    Q_PROPERTY(QString bulk READ bulk WRITE setBulk NOTIFY bulkChanged FINAL)
    Q_PROPERTY(int total READ total NOTIFY countsChanged FINAL)
    Q_PROPERTY(int done READ done NOTIFY countsChanged FINAL)
    Q_PROPERTY(int failures READ failures NOTIFY countsChanged FINAL)
    Q_PROPERTY(int open READ open NOTIFY countsChanged FINAL)
    Q_PROPERTY(int waiting READ waiting NOTIFY countsChanged FINAL)
    Q_PROPERTY(int takenBack READ takenBack NOTIFY countsChanged FINAL)
    Q_PROPERTY(QString method READ method NOTIFY countsChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY countsChanged FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged FINAL)

public:
    explicit BulkWatch(QObject *parent = nullptr);

    [[nodiscard]] Backend *backend() const { return m_backend; }
    void setBackend(Backend *backend);
    /// What its commands are found by; empty: nothing is watched.
    [[nodiscard]] QString bulk() const { return m_bulk; }
    void setBulk(const QString &bulk);
    [[nodiscard]] int total() const { return m_total; }
    [[nodiscard]] int done() const { return m_done; }
    /// Failed or expired.
    [[nodiscard]] int failures() const { return m_failures; }
    [[nodiscard]] int open() const { return m_open; }
    /// Of the open ones, those that were not sent yet: they can be taken back.
    [[nodiscard]] int waiting() const { return m_waiting; }
    [[nodiscard]] int takenBack() const { return m_takenBack; }
    [[nodiscard]] QString method() const { return m_method; }
    /// Why it cannot be followed: it is unknown, say. Empty where it can.
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] bool isBusy() const { return m_busy; }

    /// The same for each device where it failed or expired.
    /// @param confirmed how many the person was told; where it is another number by now, nothing is called
    Q_INVOKABLE void again(int confirmed);
    /// Takes back all that were not sent yet.
    Q_INVOKABLE void cancelRest();

signals:
    void backendChanged();
    void bulkChanged();
    void countsChanged();
    void busyChanged();
    /// @param bulk what the new commands are found by
    void madeAgain(const QString &bulk, int commands);
    void cancelled(int commands);
    /// Nothing of it is on its way any more, and some was when it was looked at first.
    void ended(int done, int failures);
    void failed(const QString &message);

private:
    void refresh();
    void ask(QLatin1StringView method, const QJsonObject &params, const std::function<void(const QJsonValue &)> &done);
    void setBusy(bool busy);

    QPointer<Backend> m_backend;
    QPointer<Subscription> m_subscription;
    QTimer m_soon;
    QString m_bulk;
    QString m_method;
    QString m_errorText;
    quint64 m_asked = 0;
    int m_total = 0;
    int m_done = 0;
    int m_failures = 0;
    int m_open = 0;
    int m_waiting = 0;
    int m_takenBack = 0;
    bool m_busy = false;
};

} // namespace muster
