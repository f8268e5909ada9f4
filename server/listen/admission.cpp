// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/admission.h"

#include "server/steadytime.h"

#include <algorithm>
#include <cmath>
#include <vector>

using namespace std::chrono_literals;

namespace muster::listen {

namespace {

/// Whoever dialled has given up by then.
constexpr qint64 waitAtMost = 25'000;
/// In a thread: a descriptor and a few words each.
constexpr size_t mostWaiting = 16'384;
/// One in so many goes to strangers, however many known ones come: otherwise a fleet that flaps would end enrolment.
constexpr int strangersTurn = 8;
constexpr auto judgeEvery = 20ms;
/// Until it was measured.
constexpr double guessedPerSecond = 1000;
constexpr qint64 measureFor = 1000;

} // namespace

Admission::Turn::Turn(Admission *admission, quint64 number)
    : m_admission(admission)
    , m_number(number)
{
}

Admission::Turn::Turn(Turn &&other) noexcept
    : m_admission(std::exchange(other.m_admission, nullptr))
    , m_number(other.m_number)
{
}

Admission::Turn &Admission::Turn::operator=(Turn &&other) noexcept
{
    if (this == &other)
        return *this;
    release();
    m_admission = std::exchange(other.m_admission, nullptr);
    m_number = other.m_number;
    return *this;
}

void Admission::Turn::release()
{
    if (Admission *admission = std::exchange(m_admission, nullptr))
        admission->giveBack(m_number);
}

Admission::Admission(const Limits &limits)
    : m_limits(limits)
    , m_judging(this)
    , m_perSecond(guessedPerSecond)
    , m_measuredSince(steadyNow())
{
    m_judging.setInterval(judgeEvery);
    connect(&m_judging, &QTimer::timeout, this, &Admission::judge);
}

Admission::~Admission() = default;

quint64 Admission::wait(Lane lane, const QString &network, Begin begin, Dropped dropped)
{
    if (m_tickets.size() >= mostWaiting)
        drop(m_tickets.begin()->first);
    const quint64 number = ++m_last;
    m_tickets.emplace(
        number, Ticket{.lane = lane, .network = network, .since = steadyNow(), .begin = std::move(begin), .dropped = std::move(dropped)});
    Queue &queue = m_queues[static_cast<size_t>(lane)];
    QQueue<quint64> &own = queue.byNetwork[network];
    if (own.isEmpty())
        queue.turns.enqueue(network);
    own.enqueue(number);
    next();
    return number;
}

void Admission::cancel(quint64 ticket)
{
    m_tickets.erase(ticket); // its number stays behind in the queue, and is passed over
}

void Admission::drop(quint64 ticket)
{
    const auto found = m_tickets.extract(ticket);
    if (!found.empty())
        found.mapped().dropped();
}

std::optional<quint64> Admission::choose(Queue &queue)
{
    while (!queue.turns.isEmpty()) {
        const QString network = queue.turns.dequeue();
        QQueue<quint64> &own = queue.byNetwork[network];
        std::optional<quint64> chosen;
        while (!own.isEmpty() && !chosen) {
            if (const quint64 number = own.dequeue(); m_tickets.contains(number))
                chosen = number;
        }
        if (own.isEmpty())
            queue.byNetwork.remove(network);
        else
            queue.turns.enqueue(network);
        if (chosen)
            return chosen;
    }
    return std::nullopt;
}

std::optional<quint64> Admission::choose()
{
    Queue &strangers = m_queues[static_cast<size_t>(Lane::Strangers)];
    if (++m_sinceStranger >= strangersTurn) {
        m_sinceStranger = 0;
        if (const auto chosen = choose(strangers))
            return chosen;
    }
    for (Queue &queue : m_queues) {
        if (const auto chosen = choose(queue))
            return chosen;
    }
    return std::nullopt;
}

void Admission::next()
{
    if (std::exchange(m_isChoosing, true))
        return; // whoever begins may end at once, or bring another
    while (m_turns.size() < m_limits.atWork) {
        const auto number = choose();
        if (!number)
            break;
        auto ticket = m_tickets.extract(*number);
        m_turns.emplace(*number, steadyNow());
        ticket.mapped().begin(Turn(this, *number));
    }
    m_isChoosing = false;
    if (m_tickets.empty()) {
        m_judging.stop();
    } else if (!m_judging.isActive()) {
        m_measuredSince = steadyNow(); // how little there was to do before says nothing
        m_measured = 0;
        m_judging.start();
    }
}

void Admission::giveBack(quint64 number)
{
    if (m_turns.erase(number) == 0)
        return; // it took too long
    ++m_measured;
    // Not from within whatever ended.
    if (!m_tickets.empty())
        QMetaObject::invokeMethod(this, &Admission::next, Qt::QueuedConnection);
}

void Admission::judge()
{
    const qint64 now = steadyNow();
    // Lost turns count as well: they make room for the next.
    for (; !m_turns.empty() && now - m_turns.begin()->second > m_limits.turn.count(); ++m_measured)
        m_turns.erase(m_turns.begin());
    std::vector<quint64> late;
    for (const auto &[number, ticket] : m_tickets) {
        if (now - ticket.since < waitAtMost)
            break; // by age: the others came later
        late.push_back(number);
    }
    for (const quint64 number : late)
        drop(number);
    if (now - m_measuredSince >= measureFor) {
        // Half of it new: one slow second says little.
        m_perSecond = std::max(1.0, (m_perSecond + m_measured * 1000.0 / static_cast<double>(now - m_measuredSince)) / 2);
        m_measuredSince = now;
        m_measured = 0;
    }
    next();
}

std::chrono::seconds Admission::promise()
{
    const qint64 now = steadyNow();
    m_promised = std::max(0.0, m_promised - static_cast<double>(now - m_promisedAt) / 1000 * m_perSecond) + 1;
    m_promisedAt = now;
    return std::chrono::seconds(static_cast<qint64>(std::ceil((static_cast<double>(m_tickets.size()) + m_promised) / m_perSecond)));
}

std::chrono::milliseconds Admission::expectedWait() const
{
    return std::chrono::milliseconds(static_cast<qint64>(static_cast<double>(m_tickets.size()) * 1000 / m_perSecond));
}

} // namespace muster::listen
