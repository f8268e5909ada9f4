// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/downloads.h"
#include "app/options.h"
#include "client/link/backend.h"

#include <QImage>
#include <QPointer>
#include <QQmlApplicationEngine>
#include <QTimer>

class QQuickWindow;

namespace muster {

/// Takes a picture of one page, once all that it shows is there and two looks at it are the same. Needs no display.
class Screenshot : public QObject
{
    Q_OBJECT

public:
    /// @param backend connects by itself; must outlive this
    Screenshot(Backend *backend, const Options &options, QObject *parent = nullptr);
    ~Screenshot() override;

    void start();
    [[nodiscard]] QQuickWindow *window() const;

signals:
    void taken(const QImage &picture);
    void failed(const QString &why);

private:
    void look();
    /// @return what is still waited for; empty when all is there.
    [[nodiscard]] QString pending();
    /// Ends the connection where it is the broken one that is to be seen. @return it was ended just now
    [[nodiscard]] bool breaksOff();
    void fail(const QString &why);

    Backend *m_backend;
    Options m_options;
    Downloads m_downloads;
    QQmlApplicationEngine m_engine;
    QPointer<QQuickWindow> m_window;
    QTimer m_looks;
    QImage m_last;
    int m_alike = 0;
    int m_left;
    bool m_brokenOff = false;
    bool m_asked = false;
};

} // namespace muster
