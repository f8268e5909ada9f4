// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMutex>
#include <QStringList>

#include <atomic>

namespace muster {

/// Where this server and those that stand by for it are reached, for whoever tells devices and people. Thread-safe.
class ServerUrls
{
public:
    /// @param urls as people reach them (http, https), without a slash at the end; what is none, and more than anybody takes, is left out
    void set(const QStringList &urls);
    [[nodiscard]] QStringList forPeople() const;
    /// Another number after each change.
    [[nodiscard]] quint64 version() const { return m_version; }
    /// The same as devices write them.
    [[nodiscard]] QStringList forDevices() const;
    /// One of them (http://HOST) as devices write it (ws://HOST/device); empty for none.
    [[nodiscard]] static QString forDevices(const QString &url);

private:
    mutable QMutex m_mutex;
    QStringList m_urls;
    std::atomic<quint64> m_version{0};
};

} // namespace muster
