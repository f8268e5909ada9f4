// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QUrl>

namespace muster::agent {

/// What the server told of where all servers of its database are, as a file that outlives the agent: {"servers": ["wss://…/device", …]}.
/// One thread; waits for the disk.
class ToldServers
{
public:
    /// @param path empty: nothing is kept
    explicit ToldServers(const QString &path)
        : m_path(path)
    {
    }

    /// What was kept. Nothing where there is no file, or a damaged one, which is warned about: nothing depends on it.
    [[nodiscard]] QList<QUrl> load();
    /// Writes what is another list than before, whole or not at all; what cannot be written is warned about.
    void keep(const QList<QUrl> &servers);

private:
    QString m_path;
    QList<QUrl> m_kept;
};

} // namespace muster::agent
