// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/livebackend.h"

#include "protocol/rpc/message.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

// The close code with which the server ends a session (private range of RFC 6455, 4000-4999).
constexpr int closedBySignOut = 4401;
// A sign-in hashes a password on purpose slowly; all else answers at once.
constexpr auto restTimeout = 15s;
// A deadline that is noticed so much too late says that this program slept (a closed laptop, a tab that nobody sees), and nothing of the
// server: what it sent meanwhile may still wait to be read.
constexpr qint64 overslept = 1'000;
// Marks a reply whose outcome nobody wants any more.
constexpr const char *dropped = "muster_dropped";
#ifdef Q_OS_WASM
// In the browser the HttpOnly cookie signs in: scripts must not hold a token.
constexpr bool wantToken = false;
// Nor are pages told why a server cannot be reached: Qt calls everything "Not Found".
constexpr bool knowsWhy = false;
#else
constexpr bool wantToken = true;
constexpr bool knowsWhy = true;
#endif

qint64 monotonic()
{
    static const QElapsedTimer timer = [] {
        QElapsedTimer t;
        t.start();
        return t;
    }();
    return timer.elapsed();
}

QString whyUnreachable(const QNetworkReply &reply)
{
    if (reply.error() == QNetworkReply::SslHandshakeFailedError)
        return LiveBackend::tr("%1 (where its certificate is of an authority of your own, --ca-certificate names that one's file)")
            .arg(reply.errorString());
    return reply.errorString();
}

QString restError(int status, const QJsonObject &body, const QString &networkError)
{
    const QString message = body["error"_L1]["message"_L1].toString();
    if (!message.isEmpty())
        return cleanText(message, 500);
    if (status > 0)
        return LiveBackend::tr("The server answered %1").arg(status);
    return knowsWhy ? networkError : LiveBackend::tr("The server does not answer");
}

} // namespace

LiveBackend::LiveBackend(QObject *parent)
    : Backend(parent)
    , m_clock(monotonic)
{
    m_network.setTransferTimeout(restTimeout);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy); // credentials go to the server that was named, nowhere else
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &LiveBackend::attempt);
    connect(&m_ping, &QTimer::timeout, this, &LiveBackend::ping);
    m_answer.setSingleShot(true);
    connect(&m_answer, &QTimer::timeout, this, &LiveBackend::judge);
    connect(&m_expiry, &QTimer::timeout, this, &LiveBackend::expire);
}

LiveBackend::~LiveBackend()
{
    // What ends with the members must not tell a half-gone backend.
    for (QNetworkReply *reply : m_network.findChildren<QNetworkReply *>())
        reply->disconnect(this);
    if (m_socket)
        m_socket->disconnect(this);
}

QString LiveBackend::serverAddress() const
{
    return m_server.port() > 0 ? m_server.host() + u':' + QString::number(m_server.port()) : m_server.host();
}

void LiveBackend::open(const QUrl &server, const QString &token)
{
    dropSocket();
    m_server = server.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash);
    if (m_server.path() == "/"_L1)
        m_server.setPath({});
    emit serverAddressChanged();
    setToken(token);
    m_failures = 0;
    setState(State::Connecting);
    attempt();
}

void LiveBackend::close()
{
    m_retry.stop();
    dropSocket();
    setState(State::Disconnected);
    failPending({Unavailable, tr("The connection was closed")});
}

void LiveBackend::setToken(const QString &token)
{
    if (m_token == token)
        return;
    m_token = token;
    emit tokenChanged();
}

void LiveBackend::rest(const QByteArray &verb, const QString &path, const QJsonObject &body, const RestReply &done)
{
    QUrl url = m_server;
    url.setPath(url.path() + u"/api/v2"_s + path);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json"_ba);
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token.toUtf8());
    QNetworkReply *reply =
        m_network.sendCustomRequest(request, verb, verb == "GET" ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact));
    if (verb == "GET")
        m_attempt = reply;
    connect(reply, &QNetworkReply::finished, this, [reply, done] {
        reply->deleteLater();
        if (reply->property(dropped).toBool())
            return;
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        done(status, QJsonDocument::fromJson(reply->readAll()).object(), whyUnreachable(*reply));
    });
}

void LiveBackend::attempt()
{
    m_retry.stop();
    setTrouble(trouble(), 0);
    if (!m_token.isEmpty()) {
        askSession();
        return;
    }
    // A cookie may be there that no script can see. To be told so is an answer; to be refused would be an error in the browser's log.
    rest("GET"_ba, u"/setup"_s, {}, [this](int status, const QJsonObject &body, const QString &networkError) {
        if (status != 200) {
            lost(restError(status, body, networkError));
            return;
        }
        if (body["signed_in"_L1].toBool()) {
            askSession();
            return;
        }
        setSetupNeeded(body["needed"_L1].toBool());
        refused(state() == State::Reconnecting ? QString(tr("The session has ended: please sign in again")) : QString());
    });
}

void LiveBackend::askSession()
{
    rest("GET"_ba, u"/session"_s, {}, [this](int status, const QJsonObject &body, const QString &networkError) {
        if (status == 200) {
            setSession(SessionInfo::fromJson(body.contains("session"_L1) ? body["session"_L1].toObject() : body));
            openSocket();
        } else if (status == 401) {
            refused(tr("The session has ended: please sign in again"));
            askSetup();
        } else {
            lost(restError(status, body, networkError));
        }
    });
}

void LiveBackend::refused(const QString &why)
{
    m_retry.stop();
    dropSocket();
    setToken({});
    m_failures = 0;
    setState(State::SignedOut);
    setTrouble(why);
    failPending({Unauthenticated, why.isEmpty() ? tr("Not signed in") : why});
}

void LiveBackend::askSetup()
{
    rest("GET"_ba, u"/setup"_s, {}, [this](int status, const QJsonObject &body, const QString &) {
        if (status == 200)
            setSetupNeeded(body["needed"_L1].toBool());
    });
}

void LiveBackend::openSocket()
{
    m_socket = m_makeSocket();
    connect(m_socket.get(), &Socket::opened, this, &LiveBackend::onOpened);
    connect(m_socket.get(), &Socket::received, this, &LiveBackend::onReceived);
    connect(m_socket.get(), &Socket::closed, this, &LiveBackend::onClosed);
    QUrl url = m_server;
    url.setScheme(m_server.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
    url.setPath(url.path() + u"/api/v2/live"_s);
    m_lastHeard = m_clock();
    expect(m_pace.opening);
    m_socket->open(url, m_token);
}

void LiveBackend::dropSocket()
{
    m_ping.stop();
    m_answer.stop();
    m_expiry.stop();
    // Let it come to its end: a request that is aborted in a browser calls back into what is gone by then.
    if (m_attempt)
        m_attempt->setProperty(dropped, true);
    if (!m_socket)
        return;
    Socket *socket = m_socket.release();
    socket->disconnect(this);
    socket->close();
    socket->deleteLater(); // this may run inside one of its signals
}

void LiveBackend::onOpened()
{
    m_expiry.start(1s);
    m_ping.start(m_pace.ping);
    m_answer.stop();
    // Ready only once the server has answered: from then on its clock is known, by which ages and ranges are reckoned.
    ping();
}

void LiveBackend::onReceived(const QString &text)
{
    m_lastHeard = m_clock();
    const QJsonObject message = QJsonDocument::fromJson(text.toUtf8()).object();
    const QString method = message["method"_L1].toString();
    if (method == "Live.SignedOut"_L1) {
        const QString reason = cleanText(message["params"_L1]["reason"_L1].toString(), 500);
        refused(reason.isEmpty() ? QString(tr("The session has ended: please sign in again")) : reason);
        return;
    }
    if (!method.isEmpty()) {
        deliver(method, message["params"_L1].toObject());
        return;
    }
    const Pending pending = m_pending.take(message["id"_L1].toString());
    if (!pending.context)
        return; // given up on, or nobody is there any more who asked
    if (message["error"_L1].isObject())
        pending.reply(std::unexpected(errorFromJson(message["error"_L1].toObject())));
    else
        pending.reply(message["result"_L1]);
}

void LiveBackend::onClosed(int code, const QString &reason)
{
    if (code == closedBySignOut)
        refused(reason.isEmpty() ? QString(tr("The session has ended: please sign in again")) : cleanText(reason, 500));
    else
        lost(reason.isEmpty() ? tr("The server closed the connection") : cleanText(reason, 500));
}

void LiveBackend::lost(const QString &why)
{
    dropSocket();
    if (isLive())
        setState(State::Reconnecting);
    else if (state() != State::Reconnecting)
        setState(State::Connecting);
    setSigningIn(false);
    // Full jitter in the upper half: a thousand dashboards must not come back in the same instant.
    const qint64 longest = std::min<qint64>(m_pace.longestPause.count(), m_pace.firstPause.count() << std::min(m_failures, 16));
    const qint64 pause = longest / 2 + QRandomGenerator::global()->bounded(longest / 2 + 1);
    ++m_failures;
    m_retry.start(std::chrono::milliseconds(pause));
    setTrouble(why, now() + pause);
    const Error error{Unavailable, why};
    failPending(error);
    emit attemptFailed(error);
}

void LiveBackend::failPending(const Error &error)
{
    const QHash<QString, Pending> pending = std::exchange(m_pending, {});
    for (const Pending &one : pending) {
        if (one.context)
            one.reply(std::unexpected(error));
    }
}

void LiveBackend::expire()
{
    const qint64 time = m_clock();
    QList<Pending> late;
    for (auto it = m_pending.begin(); it != m_pending.end();) {
        if (it->deadline <= time) {
            late << *it;
            it = m_pending.erase(it);
        } else {
            ++it;
        }
    }
    for (const Pending &one : std::as_const(late)) {
        if (one.context)
            one.reply(failure(TimedOut, tr("The server did not answer in time")));
    }
}

void LiveBackend::expect(std::chrono::milliseconds within)
{
    m_due = m_clock() + within.count();
    m_answer.start(within);
}

/// Something is overdue. Silence alone is no death: who asks seldom, as a hidden tab must, hears seldom.
void LiveBackend::judge()
{
    const qint64 time = m_clock();
    if (!m_expiry.isActive()) {
        lost(tr("The server does not answer"));
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
    lost(tr("The server has gone silent"));
}

void LiveBackend::ping()
{
    if (m_answer.isActive())
        return; // one at a time
    const qint64 sent = m_clock();
    expect(m_pace.answer);
    send(u"Live.Ping"_s, {}, this, [this, sent](const Result<QJsonValue> &answer) {
        if (!answer)
            return;
        m_answer.stop();
        const qint64 taken = m_clock() - sent;
        const qint64 serverTime = timeFromJson((*answer)["time"_L1]);
        // An answer that lay here while this program slept says nothing of the way, nor of the time.
        const bool fresh = taken <= m_pace.answer.count() + overslept;
        if (serverTime > 0 && (fresh || !isLive()))
            setClockAhead(serverTime + taken / 2 - QDateTime::currentMSecsSinceEpoch());
        if (!isLive()) {
            m_failures = 0;
            setSigningIn(false);
            setSetupNeeded(false);
            setState(State::Ready);
        }
        if (fresh)
            setRoundTripMs(int(taken));
    });
}

void LiveBackend::call(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply)
{
    if (isLive() && m_socket)
        send(method, params, context, reply);
    else
        QMetaObject::invokeMethod(
            context, [reply] { reply(failure(Unavailable, tr("Not connected to the server"))); }, Qt::QueuedConnection);
}

void LiveBackend::send(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply)
{
    const QString id = QString::number(++m_nextId);
    m_pending.insert(id, {context, reply, m_clock() + m_pace.call.count()});
    const QJsonObject message{{"jsonrpc"_L1, "2.0"_L1}, {"id"_L1, id}, {"method"_L1, method}, {"params"_L1, params}};
    m_socket->send(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

void LiveBackend::credentials(const QString &path, const QJsonObject &body)
{
    if (isSigningIn())
        return;
    // What is on its way without these credentials must not end in "signed out" after they were taken.
    dropSocket();
    m_retry.stop();
    setSigningIn(true);
    setTrouble({});
    QJsonObject all = body;
    if (wantToken)
        all["want_token"_L1] = true;
    rest("POST"_ba, path, all, [this](int status, const QJsonObject &answer, const QString &networkError) {
        if (status != 200 && status != 201) {
            setSigningIn(false, restError(status, answer, networkError));
            if (state() != State::Connecting)
                return;
            if (status == 0) {
                lost(restError(status, answer, networkError));
            } else {
                refused({});
                askSetup();
            }
            return;
        }
        setToken(answer["token"_L1].toString());
        setSession(SessionInfo::fromJson(answer["session"_L1].toObject()));
        openSocket();
    });
}

void LiveBackend::signIn(const QString &user, const QString &password)
{
    credentials(u"/session"_s, {{"user"_L1, user.trimmed()}, {"password"_L1, password}});
}

void LiveBackend::redeem(const QString &tokenOrLink)
{
    credentials(u"/session/redeem"_s, {{"token"_L1, tokenOf(tokenOrLink)}});
}

void LiveBackend::completeSetup(const QString &tokenOrLink, const QString &user, const QString &password)
{
    credentials(u"/setup"_s, {{"token"_L1, tokenOf(tokenOrLink)}, {"user"_L1, user.trimmed()}, {"password"_L1, password}});
}

void LiveBackend::signOut()
{
    rest("DELETE"_ba, u"/session"_s, {},
         [](int, const QJsonObject &, const QString &) { /* an unreachable server ends the session by its age */ });
    refused({});
}

void LiveBackend::retryNow()
{
    if (m_retry.isActive())
        attempt();
}

} // namespace muster
