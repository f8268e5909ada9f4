// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QUrl>

#include <memory>

namespace muster {

/// A WebSocket client as LiveLink needs it. The browser program brings another one than the desktop.
/// One use each: made, opened, closed, deleted. One thread.
class Socket : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// @param url ws or wss
    /// @param bearer sent as Authorization: Bearer; empty where a cookie signs in
    virtual void open(const QUrl &url, const QString &bearer) = 0;
    virtual void send(const QString &text) = 0;
    virtual void close() = 0;

signals:
    void opened();
    void received(const QString &text);
    /// Comes once, whether it was ever opened or not. `code` is the WebSocket close code, 0 where there was none.
    void closed(int code, const QString &reason);
};

/// The Socket of this platform.
[[nodiscard]] std::unique_ptr<Socket> makeSocket();

} // namespace muster
