// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/serveraddresses.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr int mostLed = 3;

bool isForDevices(const QUrl &url)
{
    return url.scheme() == "wss"_L1 || url.scheme() == "ws"_L1;
}

bool isEncrypted(const QUrl &url)
{
    return url.scheme() == "wss"_L1 || url.scheme() == "https"_L1;
}

bool isOnThisMachine(const QUrl &url)
{
    static const QRegularExpression loopback(u"^(localhost|127(\\.[0-9]{1,3}){3}|::1)\\z"_s);
    return loopback.matchView(url.host()).hasMatch();
}

QString pathOf(const QUrl &url)
{
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    return path;
}

qsizetype indexOf(const QList<QUrl> &all, const QUrl &url)
{
    return std::ranges::find_if(all, [&url](const QUrl &one) { return ServerAddresses::areSame(one, url); }) - all.begin();
}

} // namespace

ServerAddresses::ServerAddresses(const QList<QUrl> &given)
    : m_all(given)
    , m_given(given.size())
{
}

bool ServerAddresses::areSame(const QUrl &a, const QUrl &b)
{
    const int usual = isEncrypted(a) ? 443 : 80;
    return a.scheme() == b.scheme() && a.host() == b.host() && a.port(usual) == b.port(usual) && pathOf(a) == pathOf(b);
}

bool ServerAddresses::isPrivate(const QUrl &url)
{
    return isEncrypted(url) || isOnThisMachine(url);
}

bool ServerAddresses::mayFollow(const QUrl &from, const QUrl &url)
{
    return isForDevices(from) == isForDevices(url) && isPrivate(url) && (isEncrypted(url) || !isEncrypted(from));
}

QUrl ServerAddresses::parse(const QString &text)
{
    if (text.size() > longest)
        return {};
    QUrl url(text, QUrl::StrictMode);
    const bool hasScheme = isForDevices(url) || url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    if (!url.isValid() || !hasScheme || url.host().isEmpty() || !url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return {};
    return url;
}

QList<QUrl> ServerAddresses::parse(const QJsonArray &list)
{
    QList<QUrl> urls;
    for (qsizetype i = 0; i < list.size() && urls.size() < mostTold; ++i) {
        if (const QUrl url = parse(list[i].toString()); !url.isEmpty())
            urls.append(url);
    }
    return urls;
}

void ServerAddresses::tell(const QList<QUrl> &servers)
{
    if (m_given == 0)
        return;
    const QUrl before = current();
    // Plain text is no step down only where somebody chose it already.
    const bool arePlain = std::ranges::any_of(m_all.first(m_given), [](const QUrl &url) { return !isEncrypted(url); });
    m_all.resize(m_given);
    for (const QUrl &url : servers) {
        const bool isSafe = isForDevices(m_all.first()) == isForDevices(url) && isPrivate(url) && (isEncrypted(url) || arePlain);
        if (m_all.size() < m_given + mostTold && isSafe && indexOf(m_all, url) == m_all.size())
            m_all.append(url);
    }
    // The one that answers stays the one to come back to, whatever place it has now.
    const qsizetype at = indexOf(m_all, before);
    m_leader = at == m_all.size() ? before : QUrl();
    m_at = at == m_all.size() ? 0 : at;
}

bool ServerAddresses::lead(const QUrl &url)
{
    const qsizetype known = indexOf(m_all, url);
    const QUrl from = current();
    // Where a person has named it, it may be in plain text elsewhere; but nobody is sent there from where TLS led.
    const bool isGiven = known < m_given && (isEncrypted(url) || !isEncrypted(from));
    if (m_led == mostLed || areSame(url, from) || !(isGiven || (isPrivate(from) && mayFollow(from, url))))
        return false;
    ++m_led;
    m_isSent = true;
    m_leader = known == m_all.size() ? url : QUrl();
    if (known != m_all.size())
        m_at = known;
    return true;
}

void ServerAddresses::worked()
{
    m_tried = 0;
    m_led = 0;
}

bool ServerAddresses::next()
{
    if (m_all.isEmpty())
        return false;
    if (std::exchange(m_isSent, false))
        return true;
    // Somewhere that only a server named is not tried for ever.
    if (!m_leader.isEmpty()) {
        m_leader.clear();
        return true;
    }
    m_at = (m_at + 1) % m_all.size();
    if (++m_tried < m_all.size())
        return true;
    m_tried = 0;
    m_led = 0;
    return false;
}

} // namespace muster
