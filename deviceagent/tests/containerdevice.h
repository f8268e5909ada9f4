// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/capabilities/containers/containercapability.h"
#include "deviceagent/tests/streamreader.h"
#include "tests/support/testcase.h"

namespace muster::test {

/// A device with containers, connected to a server: what a test asks goes the whole way.
class ContainerDevice
{
public:
    explicit ContainerDevice(const QString &socket)
        : link(
              {.deviceId = QStringLiteral("device-1"),
               .bootId = QStringLiteral("boot"),
               .agent = {},
               .machine = {},
               .key = *KeyPair::generate(Algorithm::EdDSA),
               .cloudKey = server.publicKey()},
              {.url = server.url(), .authMethod = methods::authenticate, .tls = {}},
              [this](const QString &method, const QJsonObject &params) { return registry.call(method, params); },
              agent::Delays([] { return 0; }))
        , containers(link, {socket})
    {
        containers.addMethods(registry);
        link.start();
        if (!muster::test::eventually([this] { return link.state() == agent::ServerLink::State::Accepted; }))
            qFatal("no link");
    }

    /// The answer to a call, over the line.
    Result<QJsonValue> call(const QString &method, const QJsonObject &params = {})
    {
        const QString id = QString::number(++m_asked);
        server.send(Request{id, method, params});
        const auto answer = [this, &id] {
            return std::ranges::find_if(server.responses, [&id](const Response &response) { return response.id == id; });
        };
        if (!muster::test::eventually([&] { return answer() != server.responses.end(); }))
            qFatal("no answer to %s", qPrintable(method));
        return answer()->result;
    }

    TestServer server;
    agent::Registry registry{agent::Policy()};
    agent::ServerLink link;
    agent::ContainerCapability containers;

private:
    int m_asked = 0;
};

} // namespace muster::test
