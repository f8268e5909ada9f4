// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"

#include <QPointer>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// Asks the server for one thing at a time, for a screen that changes something. Lives in the window's thread.
class Asker : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Link *link MEMBER m_link NOTIFY linkChanged FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged FINAL)
    /// Why the last question failed; empty where it did not.
    Q_PROPERTY(QString errorText READ errorText NOTIFY busyChanged FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    /// Nothing happens while it is busy: nobody means what a second click does.
    Q_INVOKABLE void ask(const QString &method, const QJsonObject &params);
    Q_INVOKABLE void clear();

signals:
    void linkChanged();
    void busyChanged();
    /// @param answer an object, as a map
    void answered(const QString &method, const QVariant &answer);
    void failed(const QString &method, const QString &message);

private:
    QPointer<Link> m_link;
    bool m_busy = false;
    QString m_errorText;
};

} // namespace muster
