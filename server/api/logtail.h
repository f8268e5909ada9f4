// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/fleet.h"

namespace muster::api {

/// A container's log on its way from a device to one live socket. What the reader grants goes on to the device, so that neither end
/// nor this server ever holds more than the window. Ends the stream at the device when it goes. Lives in the API's thread.
class LogTail : public QObject
{
    Q_OBJECT

public:
    /// @param credit bytes that may come at first
    LogTail(fleet::Fleet &fleet, const QString &device, const QJsonObject &params, qint64 credit);
    ~LogTail() override;

    /// Asks the device. @return its error, or DeviceOffline, TimedOut, TooMany
    [[nodiscard]] QFuture<Result<QJsonValue>> begin();
    /// Holds back no more: the reader knows what the text belongs to.
    void show();
    /// The reader has read so many bytes. @return TooLarge for more than came
    [[nodiscard]] Result<void> grant(qint64 bytes);

signals:
    void text(const QString &text);
    /// Comes once, and last.
    void ended(const std::optional<muster::Error> &error);

private:
    void take(const QString &text);
    void end(const std::optional<Error> &error);

    fleet::Fleet &m_fleet;
    QString m_device;
    QJsonObject m_params;
    qint64 m_credit;
    std::shared_ptr<fleet::DeviceStream> m_stream = fleet::DeviceStream::make();
    bool m_shown = false;
    QString m_held; ///< came before show(); a window at most
    bool m_ended = false;
    std::optional<Error> m_error;
    qint64 m_ungranted = 0; ///< bytes that came and were not granted anew
};

} // namespace muster::api
