// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/postgresserver.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTest>

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace muster::test {

namespace {

constexpr int patience = 60'000;

} // namespace

PostgresServer::PostgresServer()
{
    const QDir versions(u"/usr/lib/postgresql"_s);
    QStringList known = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    std::ranges::sort(known, {}, [](const QString &version) { return version.toInt(); });
    m_programs = known.isEmpty() ? QString() : versions.filePath(known.last() + "/bin/"_L1);
    QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther);
    if (geteuid() == 0 && chown(QFile::encodeName(m_folder.path()).constData(), nobody, nobody) != 0)
        qWarning("postgres: its folder cannot be given to it");
}

PostgresServer::~PostgresServer()
{
    thaw();
    kill();
}

QStringList PostgresServer::asUser(const QString &program, const QStringList &arguments) const
{
    QStringList all{u"setpriv"_s, u"--pdeathsig"_s, u"KILL"_s};
    if (geteuid() == 0)
        all += {u"--reuid"_s, QString::number(nobody), u"--regid"_s, QString::number(nobody), u"--clear-groups"_s};
    return all + QStringList{m_programs + program} + arguments;
}

bool PostgresServer::start()
{
    const QString data = m_folder.filePath(u"data"_s);
    m_process.setWorkingDirectory(m_folder.path());
    if (!QFile::exists(data)) {
        const QStringList made =
            asUser(u"initdb"_s, {u"--pgdata"_s, data, u"--auth"_s, u"trust"_s, u"--username"_s, u"muster"_s, u"--no-sync"_s,
                                 u"--encoding"_s, u"UTF8"_s, u"--locale"_s, u"C"_s, u"--no-instructions"_s});
        m_process.start(made.first(), made.sliced(1));
        if (!m_process.waitForFinished(patience) || m_process.exitCode() != 0) {
            qWarning("initdb: %s", m_process.readAllStandardError().constData());
            return false;
        }
    }
    // What a crash of the machine would do is not tried here.
    const QStringList run =
        asUser(u"postgres"_s, QStringList{u"-D"_s, data, u"-k"_s, m_folder.path(), u"-c"_s, u"listen_addresses="_s, u"-c"_s, u"fsync=off"_s,
                                          u"-c"_s, u"full_page_writes=off"_s, u"-c"_s, u"max_connections=60"_s}
                                  + m_more);
    m_process.setStandardErrorFile(m_folder.filePath(u"log"_s), QIODevice::Append);
    m_process.start(run.first(), run.sliced(1));
    const bool isUp = QTest::qWaitFor(
        [this] { return m_process.state() == QProcess::NotRunning || ask(u"SELECT 'there'"_s).contains("there"); }, patience);
    if (isUp && m_process.state() != QProcess::NotRunning)
        return true;
    QFile log(m_folder.filePath(u"log"_s));
    qWarning("postgres: %s", log.open(QIODevice::ReadOnly) ? log.readAll().constData() : "no log");
    return false;
}

quint16 PostgresServer::listen(const QString &certificate, const QString &key, const QString &password)
{
    QTcpServer free;
    if (!free.listen(QHostAddress::LocalHost))
        return 0;
    const QString data = m_folder.filePath(u"data"_s);
    for (const auto &[from, name] : {std::pair(certificate, u"/server.crt"_s), std::pair(key, u"/server.key"_s)}) {
        const QByteArray to = QFile::encodeName(data + name);
        if (!QFile::copy(from, data + name) || chmod(to.constData(), S_IRUSR | S_IWUSR) != 0)
            return 0;
        if (geteuid() == 0 && chown(to.constData(), nobody, nobody) != 0)
            return 0;
    }
    QFile rules(data + "/pg_hba.conf"_L1);
    if (!rules.open(QIODevice::WriteOnly) || rules.write("local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n") < 0)
        return 0;
    if (ask(u"ALTER ROLE muster PASSWORD '%1'"_s.arg(password)) != "ALTER ROLE")
        return 0;
    m_more = {u"-c"_s, u"listen_addresses=127.0.0.1"_s, u"-c"_s, u"port=%1"_s.arg(free.serverPort()), u"-c"_s, u"ssl=on"_s};
    m_port = free.serverPort();
    return m_port;
}

void PostgresServer::kill()
{
    m_process.kill();
    m_process.waitForFinished(patience);
    // Its other processes notice, and let go of the memory they shared.
    QFile::remove(m_folder.filePath(u"data/postmaster.pid"_s));
}

void PostgresServer::signal(int number)
{
    QProcess children;
    children.start(u"pgrep"_s, {u"--parent"_s, QString::number(m_process.processId())});
    children.waitForFinished(patience);
    const QList<QByteArray> lines = children.readAllStandardOutput().split('\n');
    for (const QByteArray &line : lines + QList<QByteArray>{QByteArray::number(m_process.processId())}) {
        if (const int pid = line.toInt(); pid > 1)
            ::kill(pid, number);
    }
}

void PostgresServer::freeze()
{
    signal(SIGSTOP);
}

void PostgresServer::thaw()
{
    if (m_process.state() != QProcess::NotRunning)
        signal(SIGCONT);
}

QByteArray PostgresServer::ask(const QString &statements, const QString &database)
{
    QProcess psql;
    psql.setProcessChannelMode(QProcess::MergedChannels);
    psql.start(m_programs + u"psql"_s,
               {u"--no-psqlrc"_s, u"--tuples-only"_s, u"--no-align"_s, u"--host"_s, m_folder.path(), u"--port"_s, QString::number(m_port),
                u"--username"_s, u"muster"_s, u"--dbname"_s, database, u"--command"_s, statements});
    psql.waitForFinished(patience);
    return psql.readAll().trimmed();
}

QString PostgresServer::makeDatabase(const QString &name, const QString &options)
{
    const QByteArray said = ask(u"CREATE DATABASE \"%1\" %2"_s.arg(name, options));
    if (said != "CREATE DATABASE")
        qWarning("postgres: %s", said.constData());
    return url(name);
}

PostgresServer &PostgresServer::shared()
{
    static PostgresServer server;
    static const bool isUp = server.start();
    if (!isUp)
        qFatal("PostgreSQL does not run");
    return server;
}

} // namespace muster::test
