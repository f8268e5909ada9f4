// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockbackend.h"

#include <QDateTime>

#include <array>
#include <chrono>
#include <utility>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

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

// The pace at which a real server tells about changes.
constexpr auto liveEvery = 2s;
constexpr int pictureRoundTripMs = 12;
const QString wrongPassword = u"wrong"_s;

MockFleet::Kind kindOf(MockBackend::Mode mode)
{
    switch (mode) {
    case MockBackend::Mode::Empty: return MockFleet::Kind::Empty;
    case MockBackend::Mode::Hostile: return MockFleet::Kind::Hostile;
    default: return MockFleet::Kind::Ordinary;
    }
}

} // namespace

MockBackend::MockBackend(Mode mode, bool moving, int devices, QObject *parent)
    : Backend(parent)
    , m_mode(mode)
    , m_moving(moving)
    , m_fleet(std::make_unique<MockFleet>(kindOf(mode), devices, moving ? QDateTime::currentMSecsSinceEpoch() : MockFleet::pictureTime))
{
    setTicking(moving);
    m_live.setInterval(liveEvery);
    connect(&m_live, &QTimer::timeout, this, &MockBackend::step);
}

MockBackend::~MockBackend() = default;

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

QString MockBackend::serverAddress() const
{
    return u"workshop.local"_s;
}

qint64 MockBackend::now() const
{
    return m_moving ? QDateTime::currentMSecsSinceEpoch() : m_fleet->now();
}

void MockBackend::start()
{
    if (m_moving)
        m_fleet->setNow(now());
    if (m_mode == Mode::SignedOut || m_mode == Mode::Setup) {
        setSetupNeeded(m_mode == Mode::Setup);
        setState(State::SignedOut);
        return;
    }
    becomeReady(u"admin"_s);
}

void MockBackend::becomeReady(const QString &user)
{
    m_connection = std::make_unique<MockConnection>(m_fleet.get());
    connect(m_connection.get(), &MockConnection::notified, this, &MockBackend::deliver);
    m_fleet->people().setSignedIn(user, m_role);
    setSession(SessionInfo::fromJson(m_fleet->people().session()));
    setSigningIn(false);
    setSetupNeeded(false);
    setState(State::Ready);
    setRoundTripMs(pictureRoundTripMs);
    if (m_moving)
        m_live.start();
}

void MockBackend::step()
{
    m_fleet->setNow(m_moving ? now() : m_fleet->now() + std::chrono::milliseconds(liveEvery).count());
    if (!isPaused())
        emit nowChanged();
    if (m_connection && isLive())
        m_connection->tick();
}

void MockBackend::breakConnection()
{
    m_live.stop();
    setState(State::Reconnecting);
    setTrouble(u"The server closed the connection"_s, m_moving ? 0 : now() + 4000);
    m_connection.reset();
}

void MockBackend::call(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply)
{
    if (!isLive()) {
        QMetaObject::invokeMethod(
            context, [reply] { reply(failure(Unavailable, u"Not connected to the server"_s)); }, Qt::QueuedConnection);
        return;
    }
    if (m_mode == Mode::Loading && method != "Live.Ping"_L1)
        return;
    if (m_mode == Mode::Error && params["topic"_L1] != "fleet"_L1) {
        QMetaObject::invokeMethod(
            context, [reply] { reply(failure(Unavailable, u"The database is locked: the server's disk is full"_s)); },
            Qt::QueuedConnection);
        return;
    }
    // Answered later, as from a server: callers must not count on an answer within the call.
    QMetaObject::invokeMethod(
        context,
        [this, guard = QPointer(this), method, params, reply] {
            if (!guard || !m_connection) {
                reply(failure(Unavailable, u"The connection broke before the answer came"_s));
                return;
            }
            reply(m_connection->call(method, params));
        },
        Qt::QueuedConnection);
}

void MockBackend::signIn(const QString &user, const QString &password)
{
    setSigningIn(true);
    QTimer::singleShot(0, this, [this, user, password] {
        if (user.trimmed().isEmpty() || password.isEmpty() || password == wrongPassword)
            setSigningIn(false, u"Name or password is wrong"_s);
        else
            becomeReady(user.trimmed());
    });
}

void MockBackend::redeem(const QString &tokenOrLink)
{
    setSigningIn(true);
    QTimer::singleShot(0, this, [this, token = tokenOf(tokenOrLink)] {
        if (token.isEmpty() || token == wrongPassword)
            setSigningIn(false, u"The link has been used already, or is too old"_s);
        else
            becomeReady(u"admin"_s);
    });
}

void MockBackend::completeSetup(const QString &tokenOrLink, const QString &user, const QString &password)
{
    if (tokenOf(tokenOrLink).isEmpty() || tokenOf(tokenOrLink) == wrongPassword) {
        setSigningIn(false, u"This is not the setup link that the server printed"_s);
        return;
    }
    signIn(user, password);
}

void MockBackend::signOut()
{
    m_live.stop();
    m_connection.reset();
    setState(State::SignedOut);
}

void MockBackend::retryNow()
{
    if (state() == State::Reconnecting)
        becomeReady(session().user);
}

} // namespace muster
