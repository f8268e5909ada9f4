// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "client/link/backend.h"
#include "client/link/creditedstream.h"

#include <QTimer>

namespace muster::cli {

/// `musterctl logs`: prints a container's log as it comes, no faster than the terminal takes it. One that is not followed has an end, or
/// fails when nothing comes any more.
class Logs : public QObject
{
    Q_OBJECT

public:
    Logs(Backend *backend, const Arguments &arguments, QObject *parent = nullptr);

    /// @param silence where the log is not followed, how long nothing may come before its end; the server gives a device 30 s to answer
    void start(std::chrono::milliseconds silence = std::chrono::seconds(40));

signals:
    void printed(const QString &text);
    void failed(const QString &message);
    /// The last line was printed, and no more will come.
    void ended();

private:
    void take(const QString &text);
    void printLine(QStringView line);

    Backend *m_backend;
    Arguments m_arguments;
    CreditedStream m_stream;
    QTimer m_silence;
    QString m_rest; ///< of a line whose end has not come
};

} // namespace muster::cli
