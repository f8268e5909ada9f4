// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/system/house.h"

#include "tests/support/postgresserver.h"
#include "tests/support/testcase.h"

#include <QFile>
#include <QJsonDocument>
#include <QTcpServer>

using namespace Qt::Literals::StringLiterals;

namespace muster::test {

QString House::prepare(const QString &database)
{
    m_port = freePort();
    if (!database.isEmpty())
        m_store = {u"--database"_s, database};
    else if (qEnvironmentVariableIsSet("MUSTER_TEST_POSTGRES"))
        m_store = {u"--database"_s, PostgresServer::shared().makeDatabase(u"fleet"_s)};
    const Ran added = run(u"musterd"_s, QStringList{u"user"_s, u"add"_s, u"--data"_s, path(u"server"_s), u"--name"_s, u"admin"_s,
                                                    u"--role"_s, u"admin"_s, u"--api-key-file"_s, path(u"api-key"_s)}
                                            + m_store);
    QFile key(path(u"api-key"_s));
    if (added.code != 0 || !key.open(QIODevice::ReadOnly))
        return added.errors;
    if (key.permissions() & (QFile::ReadGroup | QFile::ReadOther))
        return u"others can read the API key"_s;
    QFile profile(path(u"profile.json"_s));
    if (!profile.open(QIODevice::WriteOnly))
        return profile.errorString();
    profile.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    profile.write(QJsonDocument(QJsonObject{{"server"_L1, u"http://127.0.0.1:%1"_s.arg(m_port)},
                                            {"api_key"_L1, QString::fromLatin1(key.readAll().trimmed())}})
                      .toJson());
    return {};
}

quint16 House::freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : 0;
}

bool House::startServer()
{
    const QString ready = path(u"ready.json"_s);
    QFile::remove(ready);
    m_server = std::make_unique<Program>(u"musterd"_s, QStringList{u"run"_s, u"--data"_s, path(u"server"_s), u"--listen"_s,
                                                                   u"127.0.0.1:%1"_s.arg(m_port), u"--ready-file"_s, ready}
                                                           + m_store);
    return muster::test::eventually([&] { return QFile::exists(ready) || !m_server->runs(); }) && m_server->runs();
}

QStringList House::agentOptions(const QString &id, const QString &folder) const
{
    return {u"--server"_s,    u"ws://127.0.0.1:%1/device"_s.arg(m_port),
            u"--device-id"_s, id,
            u"--data"_s,      path(folder),
            u"--key"_s,       path(folder + "/key.pem"_L1),
            u"--cloud-key"_s, path(u"server/keys/cloud_public.pem"_s)};
}

std::unique_ptr<Program> House::startAgent(const QString &id, const QString &folder, const QHash<QString, QString> &environment) const
{
    return std::make_unique<Program>(u"muster-agent"_s, QStringList{u"run"_s} + agentOptions(id, folder), environment);
}

Ran House::ctl(const QStringList &arguments, const QByteArray &input) const
{
    return run(u"musterctl"_s, QStringList{u"--profile"_s, path(u"profile.json"_s)} + arguments, {}, input);
}

QJsonArray House::list(const QStringList &arguments) const
{
    return ctl(QStringList{u"--json"_s} + arguments).json()["items"_L1].toArray();
}

QJsonObject House::device(const QString &id) const
{
    for (const auto &one : list({u"devices"_s})) {
        if (one["id"_L1] == id)
            return one.toObject();
    }
    return {};
}

} // namespace muster::test
