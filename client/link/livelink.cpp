// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/livelink.h"

#include "client/contract/contract.h"
#include "client/link/restclient.h"
#include "client/link/serverclock.h"
#include "client/values/values.h"
#include "protocol/rpc/message.h"
#include "protocol/rpc/readjson.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QRandomGenerator>

#include <algorithm>

#include <limits>
#include <utility>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

// The close code with which the server ends a session (private range of RFC 6455, 4000-4999).
constexpr int closedBySignOut = 4401;
// A deadline that is noticed so much too late says that this program slept (a closed laptop, a tab that nobody sees), and nothing of the
// server: what it sent meanwhile may still wait to be read.
constexpr qint64 overslept = 1'000;

qint64 elapsed()
{
    static const QElapsedTimer timer = [] {
        QElapsedTimer t;
        t.start();
        return t;
    }();
    return timer.elapsed();
}

} // namespace

LiveLink::LiveLink(RestClient *rest, ServerClock *clock, QObject *parent)
    : Link(clock, parent)
    , m_rest(rest)
    , m_monotonic(elapsed)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &LiveLink::attempt);
    connect(&m_ping, &QTimer::timeout, this, &LiveLink::ping);
    m_answer.setSingleShot(true);
    connect(&m_answer, &QTimer::timeout, this, &LiveLink::judge);
    connect(&m_expiry, &QTimer::timeout, this,
            [this] { m_pending.expire(m_monotonic(), {TimedOut, tr("The server did not answer in time")}); });
}

LiveLink::~LiveLink()
{
    // What ends with the members must not tell a half-gone link.
    if (m_socket)
        m_socket->disconnect(this);
}

QString LiveLink::serverAddress() const
{
    const QUrl &server = m_rest->server();
    return server.port() > 0 ? server.host() + u':' + QString::number(server.port()) : server.host();
}

void LiveLink::open(const QList<QUrl> &servers, const QString &token)
{
    dropSocket();
    m_addresses = ServerAddresses(servers);
    m_liveAt.clear();
    goTo(m_addresses.current());
    m_rest->setToken(token);
    m_failures = 0;
    setState(State::Connecting);
    attempt();
}

void LiveLink::close()
{
    m_retry.stop();
    dropSocket();
    setState(State::Disconnected);
    m_pending.fail({Unavailable, tr("The connection was closed")});
}

void LiveLink::setTold(const QList<QUrl> &servers)
{
    if (ServerAddresses::isPrivate(m_addresses.current()))
        m_addresses.tell(servers);
}

void LiveLink::goTo(const QUrl &server)
{
    const QString before = serverAddress();
    m_rest->setServer(server);
    if (serverAddress() != before)
        emit serverAddressChanged();
}

void LiveLink::attempt()
{
    m_retry.stop();
    m_rest->setPatience(patience());
    setTrouble(trouble(), 0);
    emit identityRequested();
}

void LiveLink::refuse(const QString &why)
{
    m_retry.stop();
    dropSocket();
    m_rest->setToken({});
    m_addresses.worked(); // it answers, and is asked for a sign-in next
    m_failures = 0;
    setState(State::SignedOut);
    setTrouble(why);
    m_pending.fail({Unauthenticated, why.isEmpty() ? tr("Not signed in") : why});
}

void LiveLink::goLive()
{
    m_socket = m_makeSocket();
    connect(m_socket.get(), &Socket::opened, this, &LiveLink::onOpened);
    connect(m_socket.get(), &Socket::received, this, &LiveLink::onReceived);
    connect(m_socket.get(), &Socket::closed, this, &LiveLink::onClosed);
    QUrl url = m_rest->server();
    url.setScheme(url.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
    url.setPath(url.path() + u"/api/v2/live"_s);
    m_lastHeard = m_monotonic();
    expect(patience());
    m_socket->open(url, m_rest->token());
}

void LiveLink::halt()
{
    m_retry.stop();
    dropSocket();
    setTrouble({});
}

void LiveLink::dropSocket()
{
    m_ping.stop();
    m_answer.stop();
    m_expiry.stop();
    m_rest->dropQuestion();
    if (!m_socket)
        return;
    Socket *socket = m_socket.release();
    socket->disconnect(this);
    socket->close();
    socket->deleteLater(); // this may run inside one of its signals
}

void LiveLink::onOpened()
{
    m_expiry.start(1s);
    m_ping.start(m_pace.ping);
    m_answer.stop();
    // Ready only once the server has answered: from then on its clock is known, by which ages and ranges are reckoned.
    ping();
}

void LiveLink::onReceived(const QString &text)
{
    m_lastHeard = m_monotonic();
    const QJsonObject message = readJson(text.toUtf8()).object();
    const QString method = message["method"_L1].toString();
    if (method == "Live.SignedOut"_L1) {
        const QString reason = cleanText(message["params"_L1]["reason"_L1].toString(), 500);
        refuse(reason.isEmpty() ? QString(tr("The session has ended: please sign in again")) : reason);
        return;
    }
    if (!method.isEmpty()) {
        deliver(method, message["params"_L1].toObject());
        return;
    }
    const QString id = message["id"_L1].toString();
    // What could not be read has no name: whoever waits is told, rather than left waiting.
    if (message["id"_L1].isNull() && message["error"_L1].isObject())
        m_pending.fail(errorFromJson(message["error"_L1].toObject()));
    else if (message["error"_L1].isObject())
        m_pending.answer(id, std::unexpected(errorFromJson(message["error"_L1].toObject())));
    else
        m_pending.answer(id, message["result"_L1]);
}

void LiveLink::onClosed(int code, const QString &reason)
{
    if (code == closedBySignOut)
        refuse(reason.isEmpty() ? QString(tr("The session has ended: please sign in again")) : cleanText(reason, 500));
    else
        lose(reason.isEmpty() ? tr("The server closed the connection") : cleanText(reason, 500));
}

bool LiveLink::moveOn(const QUrl &leader)
{
    (void)m_addresses.lead(leader);
    const bool isAnother = m_addresses.next();
    goTo(m_addresses.current());
    return isAnother;
}

void LiveLink::lose(const QString &why, const QUrl &leader)
{
    dropSocket();
    if (isLive())
        setState(State::Reconnecting);
    else if (state() != State::Reconnecting)
        setState(State::Connecting);
    emit lost();
    const QString at = serverAddress();
    const QString said = m_addresses.areSeveral() ? at + u": "_s + why : why;
    const bool triesAnother = moveOn(leader);
    // Full jitter, in the upper half where the same one is tried again: a thousand dashboards must not come in the same instant.
    const qint64 longest = std::min<qint64>(m_pace.longestPause.count(), m_pace.firstPause.count() << std::min(m_failures, 16));
    const qint64 least = triesAnother ? 0 : longest / 2;
    const qint64 most = triesAnother ? m_pace.firstPause.count() : longest;
    const qint64 pause = least + QRandomGenerator::global()->bounded(most - least + 1);
    if (!triesAnother)
        ++m_failures;
    m_retry.start(std::chrono::milliseconds(pause));
    setTrouble(said, clock().now() + pause);
    const Error error{Unavailable, why};
    m_pending.fail(error);
    emit attemptFailed(error, at, triesAnother);
}

void LiveLink::expect(std::chrono::milliseconds within)
{
    m_due = m_monotonic() + within.count();
    m_answer.start(within);
}

/// Something is overdue. Silence alone is no death: who asks seldom, as a hidden tab must, hears seldom.
void LiveLink::judge()
{
    const qint64 time = m_monotonic();
    if (!m_expiry.isActive()) {
        lose(tr("The server does not answer"));
        return;
    }
    const qint64 quiet = time - m_lastHeard;
    if (quiet < m_pace.answer.count()) {
        expect(m_pace.answer - std::chrono::milliseconds(quiet)); // the answer stands behind what is coming in
        return;
    }
    if (time - m_due > overslept) {
        ping();
        return;
    }
    lose(tr("The server has gone silent"));
}

void LiveLink::ping()
{
    if (m_answer.isActive())
        return; // one at a time
    const qint64 sent = m_monotonic();
    expect(m_pace.answer);
    send(u"Live.Ping"_s, {}, this, [this, sent](const Result<QJsonValue> &answer) {
        if (!answer)
            return;
        m_answer.stop();
        const qint64 taken = m_monotonic() - sent;
        const qint64 serverTime = timeFromJson((*answer)["time"_L1]);
        // An answer that lay here while this program slept says nothing of the way, nor of the time.
        const bool fresh = taken <= m_pace.answer.count() + overslept;
        if (serverTime > 0 && (fresh || !isLive()))
            clock().setAhead(serverTime + taken / 2 - QDateTime::currentMSecsSinceEpoch());
        if (!isLive()) {
            m_failures = 0;
            m_addresses.worked();
            emit welcomed();
            setState(State::Ready);
            const QString before = std::exchange(m_liveAt, serverAddress());
            if (!before.isEmpty() && before != m_liveAt)
                emit movedTo(m_liveAt);
        }
        if (fresh)
            setRoundTripMs(int(taken));
    });
}

void LiveLink::call(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply)
{
    if (isLive() && m_socket)
        send(method, params, context, reply);
    else
        QMetaObject::invokeMethod(
            context, [reply] { reply(failure(Unavailable, tr("Not connected to the server"))); }, Qt::QueuedConnection);
}

void LiveLink::send(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply)
{
    // A backup takes as long as the server's disk does; that the line is dead, pings find out.
    const bool endless = method == contract::method::serverBackup;
    const QString id = m_pending.add(context, reply, endless ? std::numeric_limits<qint64>::max() : m_monotonic() + m_pace.call.count());
    const QJsonObject message{{"jsonrpc"_L1, "2.0"_L1}, {"id"_L1, id}, {"method"_L1, method}, {"params"_L1, params}};
    m_socket->send(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

void LiveLink::retryNow()
{
    if (m_retry.isActive())
        attempt();
}

} // namespace muster
