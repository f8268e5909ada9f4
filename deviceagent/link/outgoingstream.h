// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/stream.h"

#include <QObject>

namespace muster::agent {

class ServerLink;

/// One stream that this device writes: docs/protocol.md, "Streams". ServerLink::openStream() makes it; it belongs to who asked
/// for it. Nothing goes out before the request that opened it was answered. Lives in the link's thread.
class OutgoingStream : public QObject
{
    Q_OBJECT

public:
    /// Tells the reader that the stream ended before its end, where it is still open.
    ~OutgoingStream() override;

    [[nodiscard]] const QString &id() const { return m_source.id(); }
    /// False once it was closed from either side, or the link is gone.
    [[nodiscard]] bool isOpen() const { return m_link != nullptr; }
    /// Bytes of UTF-8 that write() takes now. 0: wait for writable().
    [[nodiscard]] qint64 room() const;
    /// Sends one piece. @param text of at most room() bytes in UTF-8, not empty
    void write(const QString &text);
    /// Ends it from this side. @param error what went wrong, to be told to the reader
    void close(const std::optional<Error> &error = {});

signals:
    /// There may be room again.
    void writable();
    /// The reader closed it, or the link is gone. Not after close(). It may be deleted from here with deleteLater() alone.
    void ended();

private:
    friend class ServerLink;
    OutgoingStream(ServerLink *link, const StreamOffer &offer);
    void begin();
    void grant(const QJsonObject &params);
    void end();

    ServerLink *m_link; ///< null once it is over
    StreamSource m_source;
    bool m_hasBegun = false;
};

} // namespace muster::agent
