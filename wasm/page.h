// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "qml/Muster/Frame/textsaver.h"

#include <QPointer>

class QQuickWindow;

namespace muster {

class Backend;

/// The page that the program runs in: address, title, theme, visibility, downloads. Speaks with `window.muster` of
/// wasm/page/loader.js. One for the program; lives as long as it.
class Page : public TextSaver
{
    Q_OBJECT

public:
    Page();

    /// Where the page came from, as the address of the server: scheme, host, port and the path of its folder.
    [[nodiscard]] static QUrl server();
    /// The address of the page below `#`, taken once: a one-time link leaves the browser's address line and history here.
    [[nodiscard]] static QString takeAddress();
    /// The choice of theme that was made in this browser earlier; 0 where none was.
    [[nodiscard]] static int theme();
    /// A switch of the window that was set in this browser earlier. @param otherwise where it was not
    [[nodiscard]] static bool choice(const char *name, bool otherwise);

    /// Keeps the page and the dashboard at the same place from now on.
    /// @param window root of Muster/Main.qml
    /// @param theme singleton of Muster.Controls, format one of Muster.Client; either may be null
    void follow(QQuickWindow *window, QObject *theme, QObject *format, Backend *backend);

    /// A download of the browser, which asks or does not, as its owner has set it.
    void save(const QString &name, const QString &text) override;

    // From the page.
    void navigate(const QString &address);
    void setVisible(bool visible);
    void setOutdated();
    /// What the window shows, as JSON (see describe.h).
    [[nodiscard]] QByteArray describe() const;

private slots:
    void showPlace();
    void showTheme();
    void keepChoices();
    void showKeyboard(QObject *focus);
    static void reload();

private:
    QPointer<QQuickWindow> m_window;
    QPointer<QObject> m_theme;
    QPointer<QObject> m_format;
    Backend *m_backend = nullptr;
};

} // namespace muster
