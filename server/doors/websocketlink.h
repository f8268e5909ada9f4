// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/doors/devicebudgets.h"
#include "server/doors/door.h"
#include "server/fleet/intake.h"
#include "server/listen/connection.h"
#include "server/listen/knownnetworks.h"
#include "transport/websocket.h"

#include <QPointer>
#include <QPromise>

#include <atomic>
#include <map>

namespace muster::doors {

/// What the doors of all protocols share; everything in it is thread-safe and outlives them.
struct DoorContext
{
    fleet::Fleet &fleet;
    fleet::Intake &intake;
    listen::KnownNetworks &known;
    Counters &counters;
    DeviceBudgets &budgets;
};

/// One WebSocket of one device, whatever it speaks on it: keeps the connection's phase, its room and deadlines, pings, matches answers
/// to calls, and says goodbye. Those below it read and write their protocol. Lives in an I/O thread.
class WebSocketLink : public fleet::DeviceLink
{
    Q_OBJECT

public:
    WebSocketLink(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn,
                  const DoorContext &context);
    ~WebSocketLink() override;

    /// The pointer that the fleet will share; set before anything comes.
    void setSelf(const std::shared_ptr<WebSocketLink> &self) { m_self = self; }
    /// Judges calls and pings; each second, in the I/O thread. @param now as steadyNow()
    void tick(qint64 now);
    /// Closes at once, in the I/O thread.
    void end(const QString &reason);

    [[nodiscard]] QFuture<Result<QJsonValue>> call(const QString &method, const QJsonObject &params,
                                                   std::chrono::milliseconds timeout) override;
    void tellStanding(fleet::Standing standing, const QString &reason) override;
    void close(fleet::Farewell farewell, const QString &reason) override;
    [[nodiscard]] bool isClosed() const override { return m_closed; }
    [[nodiscard]] qint64 evidenceAt() const override { return m_evidenceAt; }
    [[nodiscard]] qint64 aliveAt() const override { return m_aliveAt; }
    [[nodiscard]] int roundTrip() const override { return m_roundTrip; }

protected:
    using Answer = Result<QJsonValue>;

    /// A whole text message came.
    virtual void receive(const QByteArray &text) = 0;
    /// Writes a request. @param id of it, counted from 1
    virtual void sendCall(quint64 id, const QString &method, const QJsonObject &params) = 0;
    /// Tells the device what was decided about it.
    virtual void sendStanding(fleet::Standing standing, const QString &reason) = 0;
    /// The device is at work now, and was told so.
    virtual void begun() {}
    /// A second has passed on a device at work. @param now as steadyNow()
    virtual void second(qint64 now) { Q_UNUSED(now) }
    /// The link is over: what else waits for the device ends with this.
    virtual void ending(const Error &gone) { Q_UNUSED(gone) }

    /// Hands the introduction to the fleet, which decides. The device has proven itself.
    void introduce(const fleet::Introduction &introduction);
    /// In the I/O thread: see call(). `promise` gets the answer.
    void startCall(const QString &method, const QJsonObject &params, std::chrono::milliseconds timeout,
                   const std::shared_ptr<QPromise<Answer>> &promise);
    /// The answer to a call has come. @return false where nobody waits for it (any more)
    bool finishCall(quint64 id, Answer answer);
    /// Somebody waits for the answer to this call: it is paid for by who asked.
    [[nodiscard]] bool isAwaited(quint64 id) const { return m_calls.contains(id); }
    /// Whether something can be sent at all; ends the link of a device that reads too slowly.
    [[nodiscard]] bool maySend();
    void sendText(const QByteArray &text);
    /// A message that proves the device has come.
    void noteEvidence();
    /// Takes a message out of what the device may send. @return nothing where it was in it; else after how long it may send it. Ends the
    /// link of a device that does not listen to that.
    /// @param messages that it counts for
    [[nodiscard]] std::optional<std::chrono::milliseconds> spend(qsizetype bytes, int messages = 1);
    /// Counts a message that broke the rules.
    void countRefused();
    /// Closes for a broken rule: the reason goes to the device and into the log.
    void refuse(const Error &error);
    /// Says goodbye; closed() follows once the connection is gone.
    void hangUp(quint16 code, const QString &reason);

    [[nodiscard]] const QString &address() const { return m_address; }
    [[nodiscard]] const QString &deviceId() const { return m_deviceId; }
    [[nodiscard]] bool isIntroduced() const { return m_introduced; }
    [[nodiscard]] bool isAccepted() const { return m_accepted; }
    /// It has said goodbye, or the peer has.
    [[nodiscard]] bool isLeaving() const { return m_closed || !m_closeReason.isEmpty(); }
    [[nodiscard]] Counters &counters() const { return m_context.counters; }
    [[nodiscard]] fleet::Intake &intake() const { return m_context.intake; }
    /// The next number for a request, or whatever else needs one.
    [[nodiscard]] quint64 nextNumber() { return ++m_lastNumber; }

private:
    struct Waiting
    {
        std::shared_ptr<QPromise<Answer>> promise;
        qint64 deadline = 0; ///< as steadyNow()
    };

    void applyStanding(fleet::Standing standing, const QString &reason);
    void endLateCalls(qint64 now);
    void hangUp(quint16 code, const QString &reason, std::chrono::milliseconds within);
    void finished();
    void finishClosing(const QString &reason);
    [[nodiscard]] QString reasonOf(listen::Ending ending) const;

    QPointer<listen::Connection> m_connection; ///< null once it has ended
    QPointer<transport::WebSocket> m_webSocket;
    QString m_address;
    listen::Admission::Turn m_turn;
    const DoorContext m_context; ///< of its own: what outlives all doors is behind it
    QString m_deviceId;
    std::weak_ptr<WebSocketLink> m_self;
    std::map<quint64, Waiting> m_calls;
    quint64 m_lastNumber = 0;
    std::shared_ptr<SharedBudget> m_budget; ///< of the device, once it is known which; of a stranger before
    qint64 m_pingedAt;                      ///< as steadyNow()
    qint64 m_inMessageSince = 0;            ///< as steadyNow(); 0: between messages
    int m_unanswered = 0;
    bool m_introduced = false;
    bool m_accepted = false;
    QString m_closeReason;
    std::atomic<bool> m_closed{false};
    std::atomic<qint64> m_evidenceAt{0};
    std::atomic<qint64> m_aliveAt;
    std::atomic<int> m_roundTrip{-1};
};

} // namespace muster::doors
