// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <memory>
#include <span>

namespace muster {

class MockFleet;

/// What one feature invents: it enters its methods and topics into the fleet's table, and keeps what is behind them. One thread.
class MockFeature
{
    Q_DISABLE_COPY_MOVE(MockFeature)

public:
    MockFeature() = default;
    virtual ~MockFeature() = default;

    /// All features are there: who needs another one's answers for a past may ask now.
    virtual void begin() {}
    virtual void setNow(qint64 /*now*/) {}
};

namespace mock {

using Invent = std::unique_ptr<MockFeature> (*)(MockFleet &);

/// One for each folder qml/Muster/NAME/mock: its mockNAME.h has the class MockNAME. Written by CMake, so that the ground depends on none
/// of them.
[[nodiscard]] std::span<const Invent> features();

} // namespace mock

} // namespace muster
