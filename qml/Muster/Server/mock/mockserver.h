// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mock/mockfeature.h"

#include <QJsonObject>

namespace muster {

/// What an invented server says of itself.
class MockServer : public MockFeature
{
public:
    explicit MockServer(MockFleet &fleet);

private:
    QJsonObject m_lastBackup{{QLatin1StringView("state"), QLatin1StringView("none")}};
};

} // namespace muster
