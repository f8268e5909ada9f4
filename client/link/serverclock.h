// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <functional>

namespace muster {

/// The server's time, as well as it is known here. Ages, ranges and deadlines are reckoned by it, since the clock of this machine may be
/// wrong. Lives in the thread of the user interface.
class ServerClock : public QObject
{
    Q_OBJECT
    Q_PROPERTY(qint64 now READ now NOTIFY nowChanged FINAL)

public:
    explicit ServerClock(QObject *parent = nullptr);

    /// Milliseconds since 1970. nowChanged comes every second.
    [[nodiscard]] qint64 now() const;

    /// How far the server is ahead of this machine, ms; what it said last.
    void setAhead(qint64 ms) { m_aheadMs = ms; }
    /// What is read instead of this machine's clock, in milliseconds since 1970: an invented time. It must outlive this.
    void setSource(const std::function<qint64()> &source) { m_source = source; }
    /// Whether it tells by itself that time has passed.
    void setTicking(bool on);
    /// Nobody looks: it tells nothing. Afterwards it tells at once.
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const { return m_paused; }
    /// The time has moved further than by itself. Tells so, where somebody looks.
    void tell();

signals:
    void nowChanged();

private:
    void run();

    std::function<qint64()> m_source;
    qint64 m_aheadMs = 0;
    bool m_ticking = true;
    bool m_paused = false;
    QTimer m_tick;
};

} // namespace muster
