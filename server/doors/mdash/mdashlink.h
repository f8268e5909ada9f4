// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/doors/mdash/jsonframes.h"
#include "server/doors/mdash/mdashdoor.h"

namespace muster::doors {

/// One connection of an mDash device. Its frames are JSON objects, in as many or as few WebSocket messages as its firmware likes, and
/// nothing in them is signed: what proves the device is the token that it came with. Lives in an I/O thread.
class MdashLink : public WebSocketLink
{
    Q_OBJECT

public:
    MdashLink(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn,
              std::shared_ptr<const MdashContext> context);

    /// The device has shown this token; without one, it has to come in its first frame.
    void present(const QByteArray &token);
    /// There is no room now.
    void turnAway(std::chrono::seconds after);

    [[nodiscard]] fleet::Abilities abilities() const override;
    /// rpc.discover is answered with what the device's RPC.List names; what Config.Get gives comes without its secrets.
    [[nodiscard]] QFuture<Result<QJsonValue>> call(const QString &method, const QJsonObject &params,
                                                   std::chrono::milliseconds timeout) override;
    /// Refused: frames of this protocol are no streams.
    [[nodiscard]] QFuture<Result<QJsonValue>> openStream(const QString &method, const QJsonObject &params, qint64 credit,
                                                         std::chrono::milliseconds timeout,
                                                         const std::shared_ptr<fleet::DeviceStream> &stream) override;

protected:
    void receive(const QByteArray &text) override;
    void sendCall(quint64 id, const QString &method, const QJsonObject &params) override;
    /// Such a device hears nothing of it.
    void sendStanding(fleet::Standing, const QString &) override {}
    /// Asks the device what it is and what it can.
    void begun() override;
    /// Lets go of a frame that nobody ends.
    void second(qint64 now) override;

private:
    void takeFrame(const QByteArray &frame);
    void handle(const QByteArray &frame);
    void handleGarbage(const QByteArray &frame);
    void handleCall(const QJsonObject &frame);
    void handleAnswer(const QJsonObject &frame);
    /// What a method of the server gives, or null for one that it has not.
    [[nodiscard]] std::optional<QFuture<Answer>> answerTo(const QString &method, const QJsonObject &params);
    void answer(const QJsonValue &id, const QJsonValue &tag, const Answer &result);
    void tell(const QString &name, const QJsonValue &data);
    void log(const QJsonObject &params);
    void takeInfo(const QJsonObject &info);
    void takeHealth(const QJsonObject &stats);
    void send(const QJsonObject &frame);
    [[nodiscard]] QFuture<Answer> ask(const QString &method);

    std::shared_ptr<const MdashContext> m_context;
    JsonFrames m_frames;
    QList<QByteArray> m_early; ///< frames that came before the fleet had decided
    qsizetype m_earlyBytes = 0;
    int m_pieces = 0;      ///< WebSocket messages since the last was taken out of the budget
    qint64 m_insideAt = 0; ///< when the last piece of an unfinished frame came, as steadyNow(); 0: none is
    int m_answering = 0;
    DeviceBudget m_logs; ///< lines that are kept
};

} // namespace muster::doors
