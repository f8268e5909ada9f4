// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tests/testdevice.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "tests/support/testcase.h"

#include <QUuid>

using namespace Qt::Literals::StringLiterals;

namespace muster::test {

TestDevice::TestDevice(const QUrl &url, const QString &id, const KeyPair &key, const QByteArray &cloudPem, const QSslConfiguration &tls)
    : m_id(id)
    , m_key(key)
    , m_session(SignedSession::deviceEnd(id, key.signer(), PublicKey::fromPem(cloudPem).value_or(PublicKey()).verifier()))
{
    if (!tls.isNull())
        m_socket.setSslConfiguration(tls);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &TestDevice::receive);
    QUrl address = url;
    address.setScheme(url.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
    address.setPath(u"/device"_s);
    m_socket.open(address);
}

void TestDevice::receive(const QString &text)
{
    auto verified = m_session.open(text.toUtf8(), QDateTime::currentDateTimeUtc(), limits::messageBytesAfterAcceptance);
    if (!verified) {
        qWarning().noquote() << "the server sent what does not verify:" << verified.error().message << text.left(200);
        return;
    }
    if (const auto *hello = std::get_if<Notification>(&verified->message); hello && hello->method == methods::sessionHello)
        m_hello = hello->params;
    received.append(verified->message);
    const auto *request = std::get_if<Request>(&verified->message);
    if (!request || !answersCalls)
        return;
    send(sealed(Response{.id = request->id,
                         .result = answerWith ? answerWith(*request) : Result<QJsonValue>(QJsonObject{{"echo"_L1, request->params}})}));
    if (afterwards)
        afterwards(*request);
}

QList<QJsonObject> TestDevice::requestsOf(const QString &method) const
{
    QList<QJsonObject> all;
    for (const Message &message : received) {
        if (const auto *request = std::get_if<Request>(&message); request && request->method == method)
            all.append(request->params);
    }
    return all;
}

QList<QJsonObject> TestDevice::notificationsOf(const QString &method) const
{
    QList<QJsonObject> all;
    for (const Message &message : received) {
        if (const auto *notification = std::get_if<Notification>(&message); notification && notification->method == method)
            all.append(notification->params);
    }
    return all;
}

bool TestDevice::waitForHello()
{
    return muster::test::eventually([this] { return !challenge().isEmpty(); });
}

Request TestDevice::introduction(const QString &challenge) const
{
    return {.id = QUuid::createUuid().toString(QUuid::Id128),
            .method = methods::authenticate,
            .params = {{"device_id"_L1, m_id},
                       {"public_key"_L1, QString::fromLatin1(m_key.publicKey().toPem())},
                       {"challenge"_L1, challenge},
                       {"boot_id"_L1, u"boot-1"_s},
                       {"agent"_L1, QJsonObject{{"name"_L1, u"test"_s}, {"version"_L1, u"1"_s}}},
                       {"machine"_L1, QJsonObject{{"os"_L1, u"Debian 13"_s}, {"model"_L1, u"<b>board</b>"_s}}}}};
}

QString TestDevice::sealed(const Message &message)
{
    const auto text = m_session.seal(message, QDateTime::currentDateTimeUtc());
    return text ? QString::fromUtf8(*text) : QString();
}

QString TestDevice::introduce()
{
    if (!waitForHello())
        return u"no hello"_s;
    const Request request = introduction(challenge());
    send(sealed(request));
    QString outcome = u"no answer"_s;
    (void)muster::test::eventually([&] {
        for (const Message &message : std::as_const(received)) {
            const auto *response = std::get_if<Response>(&message);
            if (response && response->id == request.id)
                outcome = response->result ? response->result->toObject().value("status"_L1).toString() : response->result.error().message;
        }
        return outcome != "no answer"_L1 || m_socket.state() == QAbstractSocket::UnconnectedState;
    });
    return outcome;
}

Result<QJsonValue> TestDevice::ask(const QString &method, const QJsonObject &params)
{
    const QString id = u"t%1"_s.arg(++m_lastId);
    send(sealed(Request{.id = id, .method = method, .params = params}));
    Result<QJsonValue> answer = failure(TimedOut, u"no answer"_s);
    (void)muster::test::eventually([&] {
        for (const Message &message : std::as_const(received)) {
            if (const auto *response = std::get_if<Response>(&message); response && response->id == id) {
                answer = response->result;
                return true;
            }
        }
        return m_socket.state() == QAbstractSocket::UnconnectedState;
    });
    return answer;
}

int TestDevice::closeCode()
{
    if (!muster::test::eventually([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }))
        return -1;
    return m_socket.closeCode();
}

} // namespace muster::test
