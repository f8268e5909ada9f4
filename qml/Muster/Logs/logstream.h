// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/creditedstream.h"
#include "client/link/serverclock.h"
#include "client/values/container.h"
#include "client/values/logplace.h"
#include "client/values/states.h"

#include <QPointer>

#include <optional>

namespace muster {

/// The log of one container as it flows, in lines. A stream that a broken connection cut is taken up where it ended, without lines twice;
/// and so is one that ended with its container, once that runs again or was made anew.
class LogStream : public QObject
{
    Q_OBJECT

public:
    struct Source
    {
        QString device;
        QString container; ///< its name
        qint64 since = 0;  ///< milliseconds before now; 0: the last `tail` lines
        int tail = 0;
        bool fromStdout = true;
        bool fromStderr = true;
        /// Bytes in flight: large enough for a fast log over a slow line. Several logs of one view share it.
        qint64 window = 256LL * 1024;
    };

    LogStream(Link *link, ServerClock *clock, Source source, QObject *parent);

    /// @param known what the device said last of this container, where it did
    void start(const Container &known);
    [[nodiscard]] QString container() const { return m_source.container; }
    /// Takes nothing in and grants nothing: what comes meanwhile waits on the device.
    void setPaused(bool paused);
    /// The pause holds something, be it a line that is not whole yet.
    [[nodiscard]] bool isWaiting() const { return m_stream.isWaiting() || (m_stream.isPaused() && !m_rest.isEmpty()); }
    [[nodiscard]] bool isEnded() const { return m_ended; }
    [[nodiscard]] states::Loading loading() const { return m_loading; }
    [[nodiscard]] const Error &error() const { return m_error; }
    /// What the device says of its container of this name now, whichever id it has: a log that ended with it goes on with it.
    void see(const Container &container);

signals:
    void came(const QList<muster::LogLine> &lines);
    /// A new beginning that is known late: what came since stands there already, and this belongs before it, by its time.
    void began(const muster::LogLine &news);
    /// Loading, end or error.
    void changed();
    void waitingChanged();

private:
    void take(const QString &piece);
    void end(const Error &error);
    void keepPlace();
    void rememberPlace();
    void goOn();
    [[nodiscard]] QJsonObject params() const;
    void setState(states::Loading loading, bool ended, const Error &error = {});

    QPointer<Link> m_link;
    QPointer<ServerClock> m_clock;
    Source m_source;
    CreditedStream m_stream;
    QString m_rest; // of what was taken in: a line that is not whole yet
    LogReader m_reader;

    LogPlace m_place;

    Container m_seen;
    std::optional<LogLine> m_news; // the container began anew, and its log does not go on yet, or is held by the pause

    bool m_ended = false;
    states::Loading m_loading = states::Loading::Idle;
    Error m_error;
};

} // namespace muster
