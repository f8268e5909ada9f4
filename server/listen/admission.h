// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QPointer>
#include <QQueue>
#include <QTimer>

#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <memory>

namespace muster::listen {

/// Lets handshakes begin no faster than they are worked off, so that a fleet which returns at once keeps nobody else from being heard.
/// Known ones come first; in each lane networks take turns, so that none is served for another's crowd. Lives in one thread.
class Admission : public QObject
{
    Q_OBJECT

public:
    enum class Lane {
        Operators, ///< somebody signed in from there before
        Devices,   ///< a device with an accepted key came from there before
        Strangers,
    };
    static constexpr size_t laneCount = 3;

    /// Permission to work; given back when it goes away. Who makes us wait loses it: it is for work.
    class Turn
    {
    public:
        Turn() = default;
        Turn(Admission *admission, quint64 number);
        Turn(Turn &&other) noexcept;
        Turn &operator=(Turn &&other) noexcept;
        ~Turn() { release(); }
        void release();

    private:
        QPointer<Admission> m_admission;
        quint64 m_number = 0;
    };

    struct Limits
    {
        size_t atWork;                  ///< at once: enough to be busy, few enough that whatever else comes is next
        std::chrono::milliseconds turn; ///< who takes longer makes us wait, and loses it
    };

    using Begin = std::function<void(Turn turn)>;
    using Dropped = std::function<void()>;

    explicit Admission(const Limits &limits);
    ~Admission() override;

    /// Calls `begin` when it is its turn: perhaps at once, within this call. Or `dropped`, after too long a wait or when too many wait.
    /// @return a ticket for cancel()
    quint64 wait(Lane lane, const QString &network, Begin begin, Dropped dropped);
    /// Who waited is not there any more. Neither function is called.
    void cancel(quint64 ticket);

    /// How long who comes now has to wait, by the rate of the last seconds.
    [[nodiscard]] std::chrono::milliseconds expectedWait() const;
    /// When somebody who is sent away should come again: behind those who wait, and behind all who were told so before, so that they
    /// come as they can be worked off and not all at once.
    [[nodiscard]] std::chrono::seconds promise();
    [[nodiscard]] size_t waiting() const { return m_tickets.size(); }

private:
    struct Ticket
    {
        Lane lane = Lane::Strangers;
        QString network;
        qint64 since = 0;
        Begin begin;
        Dropped dropped;
    };
    struct Queue
    {
        QHash<QString, QQueue<quint64>> byNetwork; ///< numbers of tickets; some may be cancelled
        QQueue<QString> turns;                     ///< networks, each once
    };

    void next();
    [[nodiscard]] std::optional<quint64> choose();
    [[nodiscard]] std::optional<quint64> choose(Queue &queue);
    void giveBack(quint64 number);
    void judge();
    void drop(quint64 ticket);

    const Limits m_limits;
    std::array<Queue, laneCount> m_queues;
    std::map<quint64, Ticket> m_tickets; ///< by age
    std::map<quint64, qint64> m_turns;   ///< at work, and since when; by age
    QTimer m_judging;
    quint64 m_last = 0;
    int m_sinceStranger = 0;
    double m_perSecond;
    qint64 m_measuredSince;
    int m_measured = 0;
    double m_promised = 0; ///< who was sent away and has not come again, by the rate
    qint64 m_promisedAt = 0;
    bool m_isChoosing = false;
};

} // namespace muster::listen
