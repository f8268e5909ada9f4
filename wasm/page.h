// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "qml/Muster/Frame/textsaver.h"
#include "qml/Muster/Shell/choices.h"
#include "wasm/reader.h"

#include <QHash>
#include <QPointer>
#include <QUrl>

class QQmlEngine;
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
    /// Takes up what was chosen in this browser earlier, and keeps what is chosen from now on. The words of other languages come from the server.
    void remember(QQmlEngine *engine);
    /// Keeps the page and the dashboard at the same place from now on.
    /// @param window root of Muster/Main.qml
    void follow(QQuickWindow *window, Backend *backend);

    /// A download of the browser, which asks or does not, as its owner has set it.
    void save(const QString &name, const QString &text) override;
    /// What this server says of where those of its fleet are, for the time when it is away.
    static void keepServers(const QList<QUrl> &servers);

    // From the page.
    void navigate(const QString &address);
    void setVisible(bool visible);
    void setOutdated();
    /// Another server of this fleet is to be had. @param host with its port; empty: none is, or this one answers
    void setElsewhere(const QString &host);
    /// The words of a language have come; nothing: they could not be had.
    void takeWords(const QString &code, const QByteArray &words);
    /// What the window shows, as JSON (see describe.h).
    [[nodiscard]] QByteArray describe() const;

private slots:
    void showPlace();
    void showTheme();
    void showKeyboard(QObject *focus);
    static void reload();
    static void openElsewhere();

private:
    QPointer<QQuickWindow> m_window;
    bool m_wasIn = false; // somebody was signed in since the program began
    int m_steps = 0;      // of the window, as the page knows them
    QPointer<QObject> m_theme;
    std::unique_ptr<Choices> m_choices;
    QHash<QString, std::function<void(const QByteArray &)>> m_wanted; ///< words of languages that are on their way, by code
    Backend *m_backend = nullptr;
    Reader m_reader; ///< what screen readers are told
};

} // namespace muster
