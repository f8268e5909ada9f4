// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/backend.h"
#include "client/values/command.h"

#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <memory>

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
    Q_PROPERTY(QString method READ method NOTIFY countsChanged FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged FINAL)

public:
    explicit BulkWatch(QObject *parent = nullptr);

    [[nodiscard]] Backend *backend() const { return m_backend; }
    void setBackend(Backend *backend);
    /// The selection that the commands were made for; empty: nothing is watched.
    [[nodiscard]] QString bulk() const { return m_bulk; }
    void setBulk(const QString &bulk);
    [[nodiscard]] int total() const { return m_total; }
    [[nodiscard]] int done() const { return m_done; }
    /// Failed or expired; cancelled ones are neither.
    [[nodiscard]] int failures() const { return m_failed + m_expired; }
    [[nodiscard]] int open() const { return m_open; }
    [[nodiscard]] QString method() const { return m_one.method; }
    [[nodiscard]] bool isBusy() const { return m_busy; }

    /// The same for each device where it failed or expired, as a new selection.
    /// @param confirmed how many the person was told; where it is another number by now, nothing is called
    Q_INVOKABLE void again(int confirmed);
    /// Takes back all that were not sent yet; goes on when another page is looked at meanwhile.
    Q_INVOKABLE void cancelRest();

signals:
    void backendChanged();
    void bulkChanged();
    void countsChanged();
    void busyChanged();
    /// @param bulk the new selection
    void madeAgain(const QString &bulk, int commands);
    void cancelled(int commands);
    void failed(const QString &message);

private:
    using Found = std::function<void(const QList<Command> &)>;

    void refresh();
    void count(const QString &state, int *into);
    /// All of one state, page after page.
    void collect(const QString &state, const Found &found, const QList<Command> &before = {}, const QString &after = {});
    void makeFor(const QStringList &devices);
    struct Walk;
    static void cancelNext(const std::shared_ptr<Walk> &walk);
    void setBusy(bool busy);
    void fail(const Error &error);

    QPointer<Backend> m_backend;
    QPointer<Subscription> m_subscription;
    QTimer m_soon;
    QString m_bulk;
    Command m_one;
    quint64 m_asked = 0;
    int m_total = 0;
    int m_done = 0;
    int m_failed = 0;
    int m_expired = 0;
    int m_open = 0;
    bool m_busy = false;
};

} // namespace muster
