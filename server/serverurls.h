// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMutex>
#include <QStringList>

namespace muster {

/// Where this server and those that stand by for it are reached, for whoever tells devices and people. Thread-safe.
class ServerUrls
{
public:
    /// @param urls as people reach them (http, https), without a slash at the end; what is none, and more than anybody takes, is left out
    void set(const QStringList &urls);
    [[nodiscard]] QStringList forPeople() const;
    /// The same as devices write them.
    [[nodiscard]] QStringList forDevices() const;
    /// One of them (http://HOST) as devices write it (ws://HOST/device); empty for none.
    [[nodiscard]] static QString forDevices(const QString &url);

private:
    mutable QMutex m_mutex;
    QStringList m_urls;
};

} // namespace muster
