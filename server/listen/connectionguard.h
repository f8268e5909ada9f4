// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QHostAddress>
#include <QMutex>

#include <memory>
#include <optional>

namespace muster::listen {

/// Counts the connections that nobody vouched for yet, by address and in all, and refuses more than the caps. Thread-safe.
class ConnectionGuard
{
public:
    ConnectionGuard(int perAddress, int total)
        : m_perAddress(perAddress)
        , m_total(total)
    {
    }
    Q_DISABLE_COPY_MOVE(ConnectionGuard)

    /// One counted connection; counted down when it is released or goes away. The guard must outlive it.
    class Slot
    {
    public:
        Slot() = default;
        Slot(ConnectionGuard *guard, const QHostAddress &address)
            : m_guard(guard)
            , m_address(address)
        {
        }
        Slot(Slot &&other) noexcept
            : m_guard(std::exchange(other.m_guard, nullptr))
            , m_address(std::move(other.m_address))
        {
        }
        Slot &operator=(Slot &&other) noexcept
        {
            release();
            m_guard = std::exchange(other.m_guard, nullptr);
            m_address = std::move(other.m_address);
            return *this;
        }
        ~Slot() { release(); }
        void release()
        {
            if (m_guard)
                std::exchange(m_guard, nullptr)->leave(m_address);
        }

    private:
        ConnectionGuard *m_guard = nullptr;
        QHostAddress m_address;
    };

    /// @return a slot, or nothing when a cap is reached
    [[nodiscard]] std::optional<Slot> enter(const QHostAddress &address)
    {
        const QMutexLocker lock(&m_mutex);
        // Loopback is this machine, or a reverse proxy on it that speaks for many.
        if (m_count >= m_total || (!address.isLoopback() && m_addresses.value(address) >= m_perAddress))
            return std::nullopt;
        ++m_count;
        ++m_addresses[address];
        return Slot(this, address);
    }

    [[nodiscard]] int count() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_count;
    }

private:
    void leave(const QHostAddress &address)
    {
        const QMutexLocker lock(&m_mutex);
        --m_count;
        if (--m_addresses[address] <= 0)
            m_addresses.remove(address);
    }

    const int m_perAddress;
    const int m_total;
    mutable QMutex m_mutex;
    int m_count = 0;
    QHash<QHostAddress, int> m_addresses;
};

} // namespace muster::listen
