// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QList>
#include <QUrl>

namespace muster {

/// Where the server may be: servers that share one database have an address each, and one of them leads. For devices (ws, wss) and for
/// people (http, https) alike; all of one object are of one of the two kinds.
///
/// What a server names is never less safe than what led there: plain text stays on this machine, and where TLS led, plain text does not go on.
class ServerAddresses
{
public:
    /// More servers than stand by for any fleet.
    static constexpr qsizetype mostTold = 8;
    /// Characters of one address: a host name has 253 at most (RFC 1035 section 2.3.4), and a port and a path have room beside it.
    static constexpr qsizetype longest = 300;

    ServerAddresses() = default;
    /// @param given by a person, at least one; the first is tried first, and all of them before what servers tell
    explicit ServerAddresses(const QList<QUrl> &given);

    /// The one to be tried now, or that answers. Empty where none was given.
    [[nodiscard]] QUrl current() const { return m_leader.isEmpty() ? m_all.value(m_at) : m_leader; }
    [[nodiscard]] bool areSeveral() const { return m_all.size() > 1 || !m_leader.isEmpty(); }
    /// Those of tell() that were taken.
    [[nodiscard]] QList<QUrl> told() const { return m_all.sliced(m_given); }

    /// A server that was believed says where all of them are: these take the place of those that were told before. What was given already,
    /// what is no address and what is not safe is left out.
    void tell(const QList<QUrl> &servers);
    /// A server that was believed says which one leads: that is the next one, once.
    /// @return whether it is: not where it is not safe, or too many sent on since one worked
    bool lead(const QUrl &url);
    /// The current one is the right one: it stays the one to come back to.
    void worked();
    /// The current one is gone, or was no good.
    /// @return whether the one that is current now is to be tried soon: it was not since one worked
    [[nodiscard]] bool next();

    /// What somebody else says is an address. @return empty for what is none: see parse() for what one is
    [[nodiscard]] static QUrl parse(const QString &text);
    /// The addresses of a list that somebody else made, mostTold at most; what is none is left out.
    [[nodiscard]] static QList<QUrl> parse(const QJsonArray &list);
    [[nodiscard]] static bool areSame(const QUrl &a, const QUrl &b);
    /// Nobody on the way can read along, or change what is said: TLS, or this machine.
    [[nodiscard]] static bool isPrivate(const QUrl &url);

private:
    /// Whether `url` may be named where `from` was reached.
    [[nodiscard]] static bool mayFollow(const QUrl &from, const QUrl &url);

    QList<QUrl> m_all;     ///< those that were given, then those that were told
    qsizetype m_given = 0; ///< how many of them
    QUrl m_leader;         ///< none of the list
    qsizetype m_at = 0;
    qsizetype m_tried = 0; ///< since one worked
    int m_led = 0;         ///< how often it was sent on since one worked: two that name each other must not send it round for ever
    bool m_isSent = false; ///< the current one is where it was sent to, and has not been tried
};

} // namespace muster
