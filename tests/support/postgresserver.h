// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace muster::test {

/// A real PostgreSQL on a socket of its own, run by an ordinary user, ended by its process id.
class PostgresServer
{
public:
    PostgresServer();
    ~PostgresServer();
    Q_DISABLE_COPY_MOVE(PostgresServer)

    /// Starts it, over the data that it had before where it ran already. @return false when it does not come up
    [[nodiscard]] bool start();
    /// Ends it at once, as a crash does.
    void kill();
    /// Stops its processes where they are, and lets them go on.
    void freeze();
    void thaw();
    /// Runs statements as its superuser, in a database. @return what psql printed, or its error
    QByteArray ask(const QString &statements, const QString &database = QStringLiteral("postgres"));

    /// The folder of its socket.
    [[nodiscard]] QString host() const { return m_folder.path(); }
    /// postgresql://muster@/NAME?host=…
    [[nodiscard]] QString url(const QString &database) const;
    /// Makes an empty database, and says its address. @param options of CREATE DATABASE
    [[nodiscard]] QString makeDatabase(const QString &name, const QString &options = {});
    /// The one of this test program: started when it is first asked for, and ended with the program.
    static PostgresServer &shared();

private:
    [[nodiscard]] QStringList asUser(const QString &program, const QStringList &arguments) const;
    void signal(int number);

    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_programs; ///< the folder of initdb and postgres
};

} // namespace muster::test
