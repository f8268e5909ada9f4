// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/rooms.h"

#include <algorithm>

namespace muster::listen {

namespace {

/// 8 KiB each, no TLS yet. A fleet that returns at once waits here, and does not have to dial again.
constexpr qint64 mostArriving = 8192;
/// A stranger costs 10 KiB, over TLS 140: this many are a bounded nuisance.
constexpr qint64 mostStrangers = 2048;
constexpr qint64 mostPending = 4096;
/// Browsers, scripts and their proxies.
constexpr qint64 mostOperators = 2048;
constexpr qint64 leastRoom = 32;
/// Of one network: a site behind one address still enrols in a batch, and a team works behind one.
constexpr int arrivingPerNetwork = 1024;
constexpr int strangersPerNetwork = 64;
constexpr int pendingPerNetwork = 64;
constexpr int operatorsPerNetwork = 256;
/// For databases, logs and files that are being served.
constexpr qint64 ownDescriptors = 128;

} // namespace

Rooms::Sizes Rooms::sizesFor(qint64 descriptors)
{
    const qint64 all = std::max<qint64>(descriptors - ownDescriptors, 8 * leastRoom);
    const auto share = [all](qint64 most) { return static_cast<int>(std::clamp(all / 8, leastRoom, most)); };
    const Size arriving{.total = share(mostArriving), .perNetwork = arrivingPerNetwork, .evicts = true};
    const Size strangers{.total = share(mostStrangers), .perNetwork = strangersPerNetwork, .evicts = true};
    const Size pending{.total = share(mostPending), .perNetwork = pendingPerNetwork, .evicts = true};
    const Size operators{.total = share(mostOperators), .perNetwork = operatorsPerNetwork, .evicts = true};
    const qint64 rest = std::min<qint64>(all - arriving.total - strangers.total - pending.total - operators.total, 1'000'000);
    const Size accepted{.total = static_cast<int>(rest), .perNetwork = static_cast<int>(rest), .evicts = false};
    return {arriving, strangers, pending, accepted, operators};
}

Rooms::Rooms(const Sizes &sizes)
    : m_sizes(sizes)
{
}

Rooms::Place::Place(Place &&other) noexcept
    : m_rooms(std::exchange(other.m_rooms, nullptr))
    , m_room(other.m_room)
    , m_number(other.m_number)
{
}

Rooms::Place &Rooms::Place::operator=(Place &&other) noexcept
{
    if (this == &other)
        return *this;
    release();
    m_rooms = std::exchange(other.m_rooms, nullptr);
    m_room = other.m_room;
    m_number = other.m_number;
    return *this;
}

void Rooms::Place::release()
{
    if (m_rooms)
        std::exchange(m_rooms, nullptr)->leave(m_room, m_number);
}

std::optional<Rooms::Place> Rooms::enter(Room room, const QString &network, std::function<void()> evicted)
{
    const auto index = static_cast<size_t>(room);
    const Size &size = m_sizes[index];
    const QMutexLocker lock(&m_mutex);
    Guests &guests = m_guests[index];
    const bool isFull = guests.byAge.size() >= static_cast<size_t>(size.total);
    const bool hasItsShare = !network.isEmpty() && guests.byNetwork.value(network).size() >= static_cast<size_t>(size.perNetwork);
    if (isFull || hasItsShare) {
        if (!size.evicts)
            return std::nullopt;
        const auto crowded =
            std::ranges::max_element(std::as_const(guests.byNetwork), [](const std::set<quint64> &a, const std::set<quint64> &b) {
                // Of equals, the one whose oldest has had its time.
                return std::pair(a.size(), *b.begin()) < std::pair(b.size(), *a.begin());
            });
        evictOldest(guests, hasItsShare ? network : QString(crowded.key()));
    }
    const quint64 number = ++m_last;
    guests.byAge.emplace(number, Guest{.network = network, .evicted = std::move(evicted)});
    guests.byNetwork[network].insert(number);
    return Place(this, room, number);
}

void Rooms::evictOldest(Guests &guests, const QString &network)
{
    const quint64 oldest = *guests.byNetwork[network].begin();
    const std::function<void()> tell = std::move(guests.byAge[oldest].evicted);
    remove(guests, oldest);
    // Under the lock: who is told must not go away meanwhile, and waits for the lock to give its place up.
    tell();
}

void Rooms::remove(Guests &guests, quint64 number)
{
    const auto guest = guests.byAge.find(number);
    if (guest == guests.byAge.end())
        return; // evicted before
    const auto network = guests.byNetwork.find(guest->second.network);
    network->erase(number);
    if (network->empty())
        guests.byNetwork.erase(network);
    guests.byAge.erase(guest);
}

void Rooms::leave(Room room, quint64 number)
{
    const QMutexLocker lock(&m_mutex);
    remove(m_guests[static_cast<size_t>(room)], number);
}

int Rooms::count(Room room) const
{
    const QMutexLocker lock(&m_mutex);
    return static_cast<int>(m_guests[static_cast<size_t>(room)].byAge.size());
}

} // namespace muster::listen
