// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/liveaccount.h"

#include "client/link/livelink.h"
#include "client/link/restclient.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

#ifdef Q_OS_WASM
// In the browser the HttpOnly cookie signs in: scripts must not hold a token.
constexpr bool wantToken = false;
#else
constexpr bool wantToken = true;
#endif

} // namespace

LiveAccount::LiveAccount(RestClient *rest, LiveLink *link, QObject *parent)
    : Account(link, parent)
    , m_rest(rest)
    , m_link(link)
{
    connect(m_link, &LiveLink::identityRequested, this, &LiveAccount::identify);
    connect(m_link, &LiveLink::lost, this, [this] { setSigningIn(false); });
    connect(m_link, &LiveLink::welcomed, this, [this] {
        // Of a link that was no good, while somebody was signed in already: it is told once the screens are there.
        setSigningIn(false, std::exchange(m_refusedLink, {}));
        setSetupNeeded(false);
    });
    connect(m_link, &Link::left, this, [this] {
        if (!isSigningIn() && m_refusedLink.isEmpty())
            setSigningIn(false);
    });
}

void LiveAccount::identify()
{
    if (!m_rest->token().isEmpty()) {
        askSession();
        return;
    }
    // A cookie may be there that no script can see. To be told so is an answer; to be refused would be an error in the browser's log.
    m_rest->ask(u"/setup"_s, [this](const RestClient::Answer &answer) {
        if (answer.status != 200) {
            m_link->lose(answer.why(), answer.leader);
            return;
        }
        if (answer.body["signed_in"_L1].toBool()) {
            askSession();
            return;
        }
        setSetupNeeded(answer.body["needed"_L1].toBool());
        m_link->refuse(m_link->state() == Link::State::Reconnecting ? QString(tr("The session has ended: please sign in again"))
                                                                    : QString());
    });
}

void LiveAccount::askSession()
{
    m_rest->ask(u"/session"_s, [this](const RestClient::Answer &answer) {
        if (answer.status == 200) {
            const QJsonObject &body = answer.body;
            setSession(SessionInfo::fromJson(body.contains("session"_L1) ? body["session"_L1].toObject() : body));
            m_link->goLive();
        } else if (answer.status == 401) {
            m_link->refuse(tr("The session has ended: please sign in again"));
            askSetup();
        } else {
            m_link->lose(answer.why(), answer.leader);
        }
    });
}

void LiveAccount::askSetup()
{
    m_rest->ask(u"/setup"_s, [this](const RestClient::Answer &answer) {
        if (answer.status == 200)
            setSetupNeeded(answer.body["needed"_L1].toBool());
    });
}

void LiveAccount::credentials(const QString &path, const QJsonObject &body)
{
    if (isSigningIn())
        return;
    setSigningIn(true);
    m_refusedLink.clear();
    // What is on its way without these credentials must not end in "signed out" after they were taken.
    m_link->halt();
    QJsonObject all = body;
    if (wantToken)
        all["want_token"_L1] = true;
    sendCredentials(path, all);
}

void LiveAccount::sendCredentials(const QString &path, const QJsonObject &body)
{
    m_rest->send("POST"_ba, path, body, [this, path, body](const RestClient::Answer &answer) {
        const bool isNobodyThere = answer.status == 0 || !answer.leader.isEmpty();
        if (isNobodyThere && m_link->moveOn(answer.leader)) {
            sendCredentials(path, body);
            return;
        }
        if (answer.status != 200 && answer.status != 201) {
            setSigningIn(false, answer.why(), answer.body["error"_L1]["data"_L1]["member"_L1].toString());
            if (m_link->state() != Link::State::Connecting)
                return;
            if (isNobodyThere) {
                m_link->lose(answer.why(), answer.leader);
            } else {
                m_refusedLink = answer.why();
                // A link that is good no more ends nobody's session: whoever is signed in stays so, and is told.
                identify();
            }
            return;
        }
        m_rest->setToken(answer.body["token"_L1].toString());
        setSession(SessionInfo::fromJson(answer.body["session"_L1].toObject()));
        m_link->goLive();
    });
}

void LiveAccount::signIn(const QString &user, const QString &password)
{
    credentials(u"/session"_s, {{"user"_L1, user.trimmed()}, {"password"_L1, password}});
}

void LiveAccount::redeem(const QString &tokenOrLink)
{
    credentials(u"/session/redeem"_s, {{"token"_L1, tokenOf(tokenOrLink)}});
}

void LiveAccount::completeSetup(const QString &tokenOrLink, const QString &user, const QString &password)
{
    credentials(u"/setup"_s, {{"token"_L1, tokenOf(tokenOrLink)}, {"user"_L1, user.trimmed()}, {"password"_L1, password}});
}

void LiveAccount::signOut()
{
    m_rest->send("DELETE"_ba, u"/session"_s, {},
                 [](const RestClient::Answer &) { /* an unreachable server ends the session by its age */ });
    m_link->refuse({});
}

} // namespace muster
