// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/containers/enginesocket.h"

#include <QFile>

#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

QStringList engineSockets(const QString &configured, const QProcessEnvironment &environment)
{
    if (!configured.isEmpty())
        return {configured};
    // What Docker's own programs would use; an engine on another machine is not this device's.
    if (const QString host = environment.value(u"DOCKER_HOST"_s); host.startsWith("unix://"_L1))
        return {host.sliced(7)};
    QStringList paths{u"/run/docker.sock"_s, u"/var/run/docker.sock"_s, u"/run/podman/podman.sock"_s};
    if (const QString own = environment.value(u"XDG_RUNTIME_DIR"_s); !own.isEmpty())
        paths.append(own + "/podman/podman.sock"_L1);
    return paths;
}

Result<QString> usableEngineSocket(const QStringList &paths)
{
    QString forbidden;
    for (const QString &path : paths) {
        const QByteArray name = QFile::encodeName(path);
        if (::access(name.constData(), R_OK | W_OK) == 0)
            return path;
        if (errno == EACCES && forbidden.isEmpty())
            forbidden = path;
    }
    if (!forbidden.isEmpty())
        return failure(
            Forbidden,
            u"The agent may not use the container engine at %1: let its user into the socket's group, or run it as root."_s.arg(forbidden));
    return failure(Unavailable,
                   paths.size() == 1
                       ? u"There is no container engine at %1: start it, or name its socket with --container-socket."_s.arg(paths.first())
                       : u"This device runs no container engine that the agent can find: start Docker or Podman (podman.socket), "
                         "or name its socket with --container-socket."_s);
}

} // namespace muster::agent
