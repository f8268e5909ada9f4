// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockbackend.h"

#include <QDateTime>

#include <array>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr std::array<std::pair<QLatin1StringView, MockBackend::Mode>, 8> modes{{
    {"default"_L1, MockBackend::Mode::Default},
    {"empty"_L1, MockBackend::Mode::Empty},
    {"loading"_L1, MockBackend::Mode::Loading},
    {"error"_L1, MockBackend::Mode::Error},
    {"offline"_L1, MockBackend::Mode::Offline},
    {"hostile"_L1, MockBackend::Mode::Hostile},
    {"signed-out"_L1, MockBackend::Mode::SignedOut},
    {"setup"_L1, MockBackend::Mode::Setup},
}};

MockFleet::Kind kindOf(MockBackend::Mode mode)
{
    switch (mode) {
    case MockBackend::Mode::Empty: return MockFleet::Kind::Empty;
    case MockBackend::Mode::Hostile: return MockFleet::Kind::Hostile;
    default: return MockFleet::Kind::Ordinary;
    }
}

MockLink::Manner mannerOf(MockBackend::Mode mode)
{
    switch (mode) {
    case MockBackend::Mode::Loading: return MockLink::Manner::Silent;
    case MockBackend::Mode::Error: return MockLink::Manner::Fails;
    default: return MockLink::Manner::Answers;
    }
}

} // namespace

MockBackend::MockBackend(Mode mode, bool moving, int devices, QObject *parent)
    : Backend(parent)
    , m_mode(mode)
    , m_moving(moving)
    , m_invented(kindOf(mode), devices, moving ? QDateTime::currentMSecsSinceEpoch() : MockFleet::pictureTime)
    , m_link(&m_invented, mannerOf(mode), moving, &m_clock)
{
    m_clock.setTicking(moving);
    if (!moving)
        m_clock.setSource([this] { return m_invented.now(); });
}

std::optional<MockBackend::Mode> MockBackend::modeFromName(QStringView name)
{
    for (const auto &[word, mode] : modes) {
        if (name == word)
            return mode;
    }
    return {};
}

QStringList MockBackend::modeNames()
{
    QStringList names;
    for (const auto &[word, mode] : modes)
        names << word;
    return names;
}

void MockBackend::start()
{
    if (m_moving)
        m_invented.setNow(m_clock.now());
    if (m_mode == Mode::SignedOut || m_mode == Mode::Setup) {
        if (m_mode == Mode::Setup)
            m_account.needSetup();
        m_link.leave();
        return;
    }
    m_account.become(u"admin"_s);
}

} // namespace muster
