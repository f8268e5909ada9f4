// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMutex>
#include <QString>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

namespace muster::listen {

/// Who a connection is for. Each has room of its own, so that no kind can push out another.
enum class Room {
    Arriving,  ///< nothing was done for it yet: it waits for its turn, or has still to ask
    Strangers, ///< who asks without having signed in, and devices that introduce themselves
    Pending,   ///< devices whose keys wait for a person
    Accepted,  ///< devices with accepted keys
    Operators, ///< who has signed in
};
inline constexpr size_t roomCount = 5;

/// Counts connections by room and, in each, by network (see networkOf()). A network that has its share, or the most crowded one of a
/// full room, loses its oldest connection to the newcomer: whoever crowds pays. Thread-safe.
class Rooms
{
public:
    struct Size
    {
        int total = 0;
        int perNetwork = 0;
        bool evicts = true; ///< else newcomers are refused
    };
    using Sizes = std::array<Size, roomCount>;

    /// Shares of what a process may have open.
    [[nodiscard]] static Sizes sizesFor(qint64 descriptors);

    explicit Rooms(const Sizes &sizes);
    Q_DISABLE_COPY_MOVE(Rooms)

    /// One connection's place; given up when it is released or goes away. The rooms must outlive it.
    class Place
    {
    public:
        Place() = default;
        Place(Place &&other) noexcept;
        Place &operator=(Place &&other) noexcept;
        ~Place() { release(); }
        void release();
        [[nodiscard]] bool isTaken() const { return m_rooms != nullptr; }

    private:
        friend class Rooms;
        Place(Rooms *rooms, Room room, quint64 number)
            : m_rooms(rooms)
            , m_room(room)
            , m_number(number)
        {
        }
        Rooms *m_rooms = nullptr;
        Room m_room = Room::Strangers;
        quint64 m_number = 0;
    };

    /// @param network empty where it has no share of its own: a proxy on this machine speaks for many
    /// @param evicted called once where a newcomer takes the place, in the newcomer's thread, under the rooms' lock: it may post and no more
    /// @return nothing where the room is full and its connections stay
    [[nodiscard]] std::optional<Place> enter(Room room, const QString &network, std::function<void()> evicted);

    [[nodiscard]] int count(Room room) const;
    [[nodiscard]] const Size &size(Room room) const { return m_sizes[static_cast<size_t>(room)]; }

private:
    struct Guest
    {
        QString network;
        std::function<void()> evicted;
    };
    struct Guests
    {
        std::map<quint64, Guest> byAge;
        QHash<QString, std::set<quint64>> byNetwork;
    };

    void leave(Room room, quint64 number);
    static void evictOldest(Guests &guests, const QString &network);
    static void remove(Guests &guests, quint64 number);

    const Sizes m_sizes;
    mutable QMutex m_mutex;
    std::array<Guests, roomCount> m_guests;
    quint64 m_last = 0;
};

} // namespace muster::listen
