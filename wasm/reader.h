// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTimer>

class QAccessibleEvent;
class QQuickWindow;

namespace muster {

/// The window for screen readers, in the place of Qt's own bridge, which writes texts as HTML (Qt 6.8): while it is on, the page is told what
/// the window shows (see mirror.h) soon after that has changed, and what is announced at once. Speaks with wasm/page/reader.js by
/// `window.muster`. One for the program, on its only thread; lives as long as it.
class Reader : public QObject
{
    Q_OBJECT

public:
    /// From now on Qt's own bridge hears and writes nothing. To be made before QGuiApplication::exec().
    explicit Reader(QObject *parent = nullptr);

    /// @param window is shown from now on, while this is on
    void follow(QQuickWindow *window);
    /// Off, as it begins, it costs nothing.
    void setOn(bool on);
    /// Nothing is told to a page that nobody sees; it catches up.
    void setVisible(bool visible);

private:
    static void hear(QAccessibleEvent *event);
    void changed();
    void tell();

    QPointer<QQuickWindow> m_window;
    QMetaObject::Connection m_frames;
    QTimer m_soon;
    QByteArray m_told;
    bool m_on = false;
    bool m_visible = true;
};

} // namespace muster
