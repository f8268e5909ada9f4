// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "client/link/backend.h"
#include "client/link/creditedstream.h"
#include "client/values/logplace.h"

#include <QTimer>

namespace muster::cli {

/// `musterctl logs`: prints a container's log as it comes, no faster than the terminal takes it. One that is followed goes on where it was
/// when the connection is back, be it at another server. One that is not followed has an end, or fails when nothing comes any more.
class Logs : public QObject
{
    Q_OBJECT

public:
    Logs(Backend *backend, const Arguments &arguments, QObject *parent = nullptr);

    /// @param silence where the log is not followed, how long nothing may come before its end; the server gives a device 30 s to answer
    void start(std::chrono::milliseconds silence = std::chrono::seconds(40));

signals:
    void printed(const QString &text);
    /// What is not of the log, for standard error.
    void complained(const QString &text);
    void failed(const QString &message);
    /// The last line was printed, and no more will come.
    void ended();

private:
    [[nodiscard]] QJsonObject params() const;
    void followConnection();
    void end(const Error &error);
    void resume();
    void take(const QString &text);
    void takeLine(QStringView text);
    void printLine(const LogLine &line);

    Backend *m_backend;
    Arguments m_arguments;
    CreditedStream m_stream;
    QTimer m_silence;
    LogPlace m_place;
    QTimer m_again;        ///< until a device that went away is asked again
    bool m_isAway = false; ///< the connection broke, and is not back
    bool m_isDeviceAway = false;
    bool m_hasBegun = false;
    QString m_rest; ///< of a line whose end has not come
};

} // namespace muster::cli
