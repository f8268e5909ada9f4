// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/system/program.h"

#include <QJsonArray>
#include <QTemporaryDir>

namespace muster::test {

/// A folder with a server's data, an admin's profile and the agents of some devices, and the real programs on it.
class House
{
public:
    /// Makes the first account and chooses a port. Where MUSTER_TEST_POSTGRES is set, the server keeps what it knows in a database of that
    /// test program's PostgreSQL. @param database the address of another one @return what stood in the way; empty for nothing
    [[nodiscard]] QString prepare(const QString &database = {});

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] static quint16 freePort();

    /// @return whether it answers
    [[nodiscard]] bool startServer();
    [[nodiscard]] Program &server() { return *m_server; }

    [[nodiscard]] QStringList agentOptions(const QString &id, const QString &folder) const;
    /// Starts an agent whose data are in `folder`.
    [[nodiscard]] std::unique_ptr<Program> startAgent(const QString &id, const QString &folder,
                                                      const QHash<QString, QString> &environment = {}) const;

    /// musterctl as the admin.
    [[nodiscard]] Ran ctl(const QStringList &arguments, const QByteArray &input = {}) const;
    /// The list that `musterctl --json …` prints.
    [[nodiscard]] QJsonArray list(const QStringList &arguments) const;
    /// The device's row; empty where there is none.
    [[nodiscard]] QJsonObject device(const QString &id) const;

private:
    QTemporaryDir m_folder;
    quint16 m_port = 0;
    QStringList m_store; ///< options that name its database
    std::unique_ptr<Program> m_server;
};

} // namespace muster::test
