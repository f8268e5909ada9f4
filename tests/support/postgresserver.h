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
    /// From the next start on it takes TCP as well, on a free port of loopback: with TLS alone, and a password.
    /// @param certificate,key PEM files @param password of its superuser @return the port; 0: it cannot be made so
    [[nodiscard]] quint16 listen(const QString &certificate, const QString &key, const QString &password);
    /// Ends it at once, as a crash does.
    void kill();
    /// Stops its processes where they are, and lets them go on.
    void freeze();
    void thaw();
    /// Runs statements as its superuser, in a database. @return what psql printed, or its error
    QByteArray ask(const QString &statements, const QString &database = QStringLiteral("postgres"));

    /// The socket that it listens on.
    [[nodiscard]] QString socket() const { return m_folder.path() + socketName; }
    /// postgresql://muster@/NAME?host=…
    [[nodiscard]] QString url(const QString &database) const { return urlOver(m_folder.path(), database); }
    /// The same over a socket in another folder, of the name that clients look for there.
    [[nodiscard]] static QString urlOver(const QString &folder, const QString &database)
    {
        return QStringLiteral("postgresql://muster@/%1?host=%2").arg(database, folder);
    }
    /// Who it runs as where a test runs as root, which it does not.
    static constexpr unsigned nobody = 65534;
    static constexpr QLatin1StringView socketName{"/.s.PGSQL.5432"};
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
    QStringList m_more; ///< options
    quint16 m_port = 5432;
};

} // namespace muster::test
