// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <optional>

namespace muster::fleet {

/// Text on its way from a device to one reader, across threads. The reader makes it, connects to received() and closed(), and hands
/// it to Fleet::openStream(); the link at the other end feeds it. Nothing comes that was not granted. All functions are thread-safe.
class DeviceStream : public QObject
{
    Q_OBJECT

public:
    /// Made so that whoever lets go of it last does not destroy it in a thread that is not its own.
    [[nodiscard]] static std::shared_ptr<DeviceStream> make()
    {
        return {new DeviceStream, [](DeviceStream *gone) { gone->deleteLater(); }};
    }

    // --- the reader's end
    /// So many bytes (of UTF-8) were read, and as many more may come.
    void grant(qint64 bytes) { emit granted(bytes); }
    /// Nothing more is wanted, and nothing is told any more.
    void close()
    {
        if (!m_over.exchange(true))
            emit unwanted();
    }

    // --- the link's end
    /// True once either end is through with it.
    [[nodiscard]] bool isOver() const { return m_over; }
    void deliver(const QString &text)
    {
        if (!m_over)
            emit received(text);
    }
    /// @param error none for an end as it should be
    void end(const std::optional<Error> &error)
    {
        if (!m_over.exchange(true))
            emit closed(error);
    }

signals:
    // For the reader.
    void received(const QString &text);
    /// Comes once, and nothing after it.
    void closed(const std::optional<muster::Error> &error);
    // For the link.
    void granted(qint64 bytes);
    void unwanted();

private:
    DeviceStream() = default;

    std::atomic<bool> m_over{false};
};

} // namespace muster::fleet
