// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/counters.h"
#include "server/settings.h"
#include "system/datalock.h"

#include <QObject>

#include <memory>

namespace muster {

/// The whole endpoint: databases, fleet, doors, operator API, in threads of its own. The thread that makes it needs an event loop
/// (it accepts connections there) and is otherwise free. Make a CryptoLibrary first.
class Server : public QObject
{
    Q_OBJECT

public:
    /// @param lock of the data folder, where whoever makes this holds it already
    explicit Server(const Settings &settings, std::unique_ptr<DataLock> lock = {});
    /// Stops first when it still runs.
    ~Server() override;

    /// Starts everything, in order; blocks until the server answers. @return what stands in the way and what to do
    [[nodiscard]] Result<void> start();
    /// Says goodbye to devices and operators, writes what is not written, ends all threads. Blocks.
    void stop();

    /// Where operators reach it, without a slash at the end. After start().
    [[nodiscard]] QString url() const;
    /// A one-time link for making the first account; empty once there is one. After start().
    [[nodiscard]] QString setupLink() const;
    /// For the program that holds the server itself: a token that signs `user` in, once and at once. An account that is missing is made,
    /// as an admin without a password: whoever may run this owns the data anyway. Blocks; after start().
    [[nodiscard]] Result<QString> signInLocally(const QString &user);

    /// Where this server is reached, first, and those that stand by for it: from now on devices and people who connect are told. Empty: they
    /// are told nothing. Thread-safe, at any time.
    /// @param urls http or https, without a slash at the end; ServerAddresses::mostTold at most
    void setServers(const QStringList &urls);

    [[nodiscard]] const Counters &counters() const;

signals:
    /// The first account was made: what setupLink() gave is good for nothing any more.
    void setUpDone();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace muster
