// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QUrl>

namespace muster::agent {

/// Where the server may be: servers that share one database have an address each, and one of them leads.
class Addresses
{
public:
    /// @param all at least one; the first is tried first
    explicit Addresses(const QList<QUrl> &all)
        : m_all(all)
    {
    }

    [[nodiscard]] const QUrl &current() const { return m_leader.isEmpty() ? m_all.at(m_at) : m_leader; }
    [[nodiscard]] bool areSeveral() const { return m_all.size() > 1 || !m_leader.isEmpty(); }

    /// A server that was believed says which one leads: that is the next one, once.
    void lead(const QUrl &url);
    /// The current one took this device in: it stays the one to come back to.
    void worked();
    /// The current one is gone, or was no good.
    /// @return whether the one that is current now is to be tried soon: it was not since one worked
    [[nodiscard]] bool next();

private:
    QList<QUrl> m_all;
    QUrl m_leader; ///< none of the list
    qsizetype m_at = 0;
    qsizetype m_tried = 0; ///< since one worked
    int m_led = 0;         ///< how often it was sent on since one worked: two that name each other must not send it round for ever
    bool m_isSent = false; ///< the current one is where it was sent to, and has not been tried
};

} // namespace muster::agent
