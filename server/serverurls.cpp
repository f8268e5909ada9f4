// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/serverurls.h"

#include "protocol/rpc/serveraddresses.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr auto devicePath = "/device"_L1;

bool isForPeople(const QString &url)
{
    return url.startsWith("http"_L1) && url.size() + devicePath.size() <= ServerAddresses::longest
           && !ServerAddresses::parse(url).isEmpty();
}

} // namespace

void ServerUrls::set(const QStringList &urls)
{
    QStringList good;
    for (const QString &url : urls) {
        if (good.size() < ServerAddresses::mostTold && isForPeople(url) && !good.contains(url))
            good.append(url);
    }
    const QMutexLocker lock(&m_mutex);
    // The order of those that stand by means nothing.
    const auto same = [](QStringList a, QStringList b) { return a.value(0) == b.value(0) && (a.sort(), b.sort(), a == b); };
    if (same(good, m_urls))
        return;
    m_urls = good;
    ++m_version;
}

QStringList ServerUrls::forPeople() const
{
    const QMutexLocker lock(&m_mutex);
    return m_urls;
}

QStringList ServerUrls::forDevices() const
{
    QStringList urls = forPeople();
    for (QString &url : urls)
        url = forDevices(url);
    return urls;
}

QString ServerUrls::forDevices(const QString &url)
{
    return url.isEmpty() ? QString() : u"ws"_s + url.mid(4) + devicePath;
}

} // namespace muster
