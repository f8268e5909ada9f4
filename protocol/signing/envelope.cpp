// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/signing/envelope.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "protocol/rpc/timestamp.h"
#include "protocol/signing/canonical.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr QLatin1StringView deviceToCloud("device_to_cloud");
constexpr QLatin1StringView cloudToDevice("cloud_to_device");
constexpr quint64 largestCounter = 1ULL << 53;
constexpr qsizetype sessionLength = 128;
constexpr auto base64url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QLatin1StringView directionName(Direction direction)
{
    return direction == Direction::DeviceToCloud ? deviceToCloud : cloudToDevice;
}

Direction opposite(Direction direction)
{
    return direction == Direction::DeviceToCloud ? Direction::CloudToDevice : Direction::DeviceToCloud;
}

std::unexpected<Error> badEnvelope(const QString &message)
{
    return failure(BadEnvelope, message);
}

/// What a stranger wrote, short and clean enough to be repeated to people.
QString quoted(const QString &text)
{
    return cleanText(text, 64);
}

struct Envelope
{
    Meta meta;
    QByteArray signature;
};

Result<void> readNonce(const QString &nonce, Meta &meta)
{
    const qsizetype dot = nonce.lastIndexOf(u'.');
    const QStringView digits = QStringView(nonce).sliced(dot + 1);
    bool isNumber = false;
    meta.counter = digits.toULongLong(&isNumber);
    const bool isPlain = isNumber && digits.front() >= u'1' && digits.front() <= u'9' && digits.back() >= u'0' && digits.back() <= u'9';
    if (dot < 1 || dot > sessionLength || !isPlain || meta.counter > largestCounter)
        return badEnvelope(u"\"meta.nonce\" must be the session, a dot and a counter from 1."_s);
    meta.session = nonce.first(dot);
    return {};
}

Result<Envelope> readEnvelope(const QJsonObject &object)
{
    const QJsonValue member = object.value("meta"_L1);
    if (!member.isObject())
        return badEnvelope(member.isUndefined() ? u"\"meta\" is missing."_s : u"\"meta\" must be an object."_s);
    const QJsonObject members = member.toObject();
    QString missing;
    const auto text = [&](QLatin1StringView name) {
        const QJsonValue value = members.value(name);
        if (!value.isString() && missing.isNull())
            missing = name;
        return value.toString();
    };
    Envelope envelope;
    envelope.meta.signerId = text("signer_id"_L1);
    envelope.meta.audienceId = text("audience_id"_L1);
    const QString direction = text("direction"_L1);
    const QString nonce = text("nonce"_L1);
    const QString timestamp = text("timestamp"_L1);
    envelope.meta.algorithm = text("algorithm"_L1);
    const QString signature = text("signature"_L1);
    if (!missing.isNull())
        return badEnvelope(u"\"meta.%1\" is missing or not a text."_s.arg(missing));

    if (direction == deviceToCloud)
        envelope.meta.direction = Direction::DeviceToCloud;
    else if (direction == cloudToDevice)
        envelope.meta.direction = Direction::CloudToDevice;
    else
        return badEnvelope(u"\"meta.direction\" must be %1 or %2."_s.arg(deviceToCloud, cloudToDevice));
    if (const auto done = readNonce(nonce, envelope.meta); !done)
        return std::unexpected(done.error());
    const Result<QDateTime> time = timestampFromText(timestamp);
    if (!time)
        return badEnvelope(u"\"meta.timestamp\": "_s + time.error().message);
    envelope.meta.timestamp = *time;

    // One text for one signature: padding and stray last bits would let a message be changed without breaking it.
    const QByteArray encoded = signature.toLatin1();
    const auto decoded = QByteArray::fromBase64Encoding(encoded, base64url | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || (*decoded).isEmpty() || (*decoded).toBase64(base64url) != encoded)
        return failure(BadSignature, u"\"meta.signature\" is not base64url without padding."_s);
    envelope.signature = *decoded;
    return envelope;
}

/// @return WrongAlgorithm or BadSignature when the signature is not the verifier's key's
Result<void> checkSignature(const ParsedObject &parsed, const Envelope &envelope, const Verifier &verifier)
{
    if (envelope.meta.algorithm != algorithmName(verifier.algorithm()))
        return failure(WrongAlgorithm, u"\"meta.algorithm\" is \"%1\", the signer's key is for %2."_s.arg(
                                           quoted(envelope.meta.algorithm), algorithmName(verifier.algorithm())));
    QByteArray text = parsed.canonicalWithout;
    if (text.isNull()) {
        text.reserve(1024);
        if (auto done = appendCanonicalWithout(text, parsed.object, "meta"_L1, "signature"_L1); !done)
            return done;
    }
    if (!verifier.verify(text, envelope.signature))
        return failure(BadSignature, u"The signature is not the one that the signer's key makes for this message."_s);
    return {};
}

void appendMember(QByteArray &to, const char *name, QStringView text, Result<void> &outcome)
{
    to.append(name);
    if (outcome)
        outcome = appendCanonicalText(to, text);
}

} // namespace

Result<Verified> verifyKept(QByteArrayView text, const PublicKey &key)
{
    const std::shared_ptr<const Verifier> verifier = key.verifier();
    if (!verifier)
        return failure(BadKey, u"The crypto library cannot use the key."_s);
    const Result<ParsedObject> parsed = parseJsonObjectWithout(text, "meta"_L1, "signature"_L1);
    if (!parsed)
        return std::unexpected(parsed.error());
    const Result<Envelope> envelope = readEnvelope(parsed->object);
    if (!envelope)
        return std::unexpected(envelope.error());
    if (const auto done = checkSignature(*parsed, *envelope, *verifier); !done)
        return std::unexpected(done.error());
    if (envelope->meta.audienceId != cloudId)
        return failure(WrongAudience, u"\"meta.audience_id\" is not %1."_s.arg(cloudId));
    if (envelope->meta.direction != Direction::DeviceToCloud)
        return failure(WrongDirection, u"\"meta.direction\" is not %1."_s.arg(deviceToCloud));
    Result<Message> message = messageFromJson(parsed->object);
    if (!message)
        return std::unexpected(message.error());
    return Verified{envelope->meta, std::move(*message)};
}

SignedSession SignedSession::cloudEnd(const QString &session, std::shared_ptr<const Signer> signer)
{
    SignedSession end;
    end.m_ownId = cloudId;
    end.m_session = session;
    end.m_outgoing = Direction::CloudToDevice;
    end.m_signer = std::move(signer);
    return end;
}

SignedSession SignedSession::deviceEnd(const QString &deviceId, std::shared_ptr<const Signer> signer, std::shared_ptr<const Verifier> cloud)
{
    SignedSession end;
    end.m_ownId = deviceId;
    end.m_outgoing = Direction::DeviceToCloud;
    end.m_signer = std::move(signer);
    end.setPeer(cloudId, std::move(cloud));
    return end;
}

QString SignedSession::newSessionId()
{
    std::array<quint32, 4> random = {};
    QRandomGenerator::system()->fillRange(random.data(), random.size());
    return QString::fromLatin1(QByteArray::fromRawData(reinterpret_cast<const char *>(random.data()), sizeof random).toBase64(base64url));
}

void SignedSession::setPeer(const QString &peerId, std::shared_ptr<const Verifier> verifier)
{
    m_peerId = peerId;
    m_verifier = std::move(verifier);
}

Result<QByteArray> SignedSession::seal(const Message &message, const QDateTime &now)
{
    if (!m_signer)
        return failure(InternalError, u"There is no key to sign with."_s);
    if (m_session.isEmpty())
        return failure(Unauthenticated, u"The server has not opened the session yet."_s);

    // Written member by member in the order that the canonical form wants: what is signed is what is sent, but for the
    // signature, which is put in its place afterwards.
    const auto *request = std::get_if<Request>(&message);
    const auto *notification = std::get_if<Notification>(&message);
    const auto *response = std::get_if<Response>(&message);
    Result<void> outcome;
    QByteArray text;
    text.reserve(1024);
    text.append('{');
    if (response && !response->result) {
        text.append("\"error\":");
        outcome = appendCanonical(text, errorToJson(response->result.error()));
        text.append(',');
    }
    if (request)
        appendMember(text, "\"id\":", request->id, outcome);
    else if (response && !response->id.isEmpty())
        appendMember(text, "\"id\":", response->id, outcome);
    else if (response)
        text.append("\"id\":null");
    text.append(notification ? "\"jsonrpc\":\"2.0\",\"meta\":{" : ",\"jsonrpc\":\"2.0\",\"meta\":{");
    appendMember(text, "\"algorithm\":", algorithmName(m_signer->algorithm()), outcome);
    appendMember(text, ",\"audience_id\":", m_peerId.isEmpty() ? QString(anyAudience) : m_peerId, outcome);
    text.append(",\"direction\":\"").append(directionName(m_outgoing));
    text.append("\",\"nonce\":\"").append(m_session.toLatin1()).append('.').append(QByteArray::number(m_sent + 1)).append('"');
    const qsizetype signatureAt = text.size();
    appendMember(text, ",\"signer_id\":", m_ownId, outcome);
    text.append(",\"timestamp\":\"").append(toTimestamp(now)).append("\"}");
    if (request || notification) {
        appendMember(text, ",\"method\":", request ? request->method : notification->method, outcome);
        text.append(",\"params\":");
        if (outcome)
            outcome = appendCanonical(text, QJsonValue(request ? request->params : notification->params));
    } else if (response->result) {
        text.append(",\"result\":");
        if (outcome)
            outcome = appendCanonical(text, response->result->isUndefined() ? QJsonValue(QJsonValue::Null) : *response->result);
    }
    text.append('}');
    if (!outcome)
        return std::unexpected(outcome.error());

    const Result<QByteArray> signature = m_signer->sign(text);
    if (!signature)
        return signature;
    text.insert(signatureAt, ",\"signature\":\"" + signature->toBase64(base64url) + '"');
    ++m_sent;
    if (request && m_outgoing == Direction::DeviceToCloud && !m_introduced && m_introductionId.isEmpty())
        m_introductionId = request->id;
    return text;
}

Result<Verified> SignedSession::open(QByteArrayView text, const QDateTime &now, qsizetype limit)
{
    if (!hasPeer())
        return failure(Unauthenticated, u"The device has not authenticated yet."_s);
    if (text.size() > limit)
        return failure(TooLarge, u"The message has %1 bytes, %2 are allowed now."_s.arg(text.size()).arg(limit));
    const Result<ParsedObject> parsed = parseJsonObjectWithout(text, "meta"_L1, "signature"_L1);
    if (!parsed)
        return std::unexpected(parsed.error());
    return check(*parsed, *m_verifier, m_peerId, now);
}

Result<SignedSession::Introduction> SignedSession::openIntroduction(QByteArrayView text, const QString &method, const QDateTime &now,
                                                                    qsizetype limit)
{
    if (text.size() > limit)
        return failure(TooLarge, u"The message has %1 bytes, %2 are allowed before acceptance."_s.arg(text.size()).arg(limit));
    const Result<ParsedObject> parsed = parseJsonObjectWithout(text, "meta"_L1, "signature"_L1);
    if (!parsed)
        return std::unexpected(parsed.error());
    const QJsonObject &object = parsed->object;

    // Nothing of this is believed yet: it only says against which key the message must hold.
    if (!object.value("meta"_L1).isObject())
        return badEnvelope(u"\"meta\" is missing or not an object."_s);
    const QJsonObject params = object.value("params"_L1).toObject();
    const QString deviceId = params.value("device_id"_L1).toString();
    const QString claimed = object.value("meta"_L1).toObject().value("signer_id"_L1).toString();
    if (isDeviceId(claimed))
        m_peerId = claimed;
    if (object.value("method"_L1).toString() != method || !object.value("id"_L1).isString())
        return failure(Unauthenticated, u"The first message must be the request %1."_s.arg(method));
    if (!isDeviceId(deviceId))
        return failure(InvalidParams,
                       u"\"device_id\" must have 1 to %1 characters of A-Z a-z 0-9 . _ : @ - and begin with a letter or digit."_s.arg(
                           limits::deviceIdLength));
    const Result<PublicKey> key = PublicKey::fromPem(params.value("public_key"_L1).toString().toUtf8());
    if (!key)
        return failure(key.error().code, u"\"public_key\": "_s + key.error().message);
    const std::shared_ptr<const Verifier> verifier = key->verifier();
    if (!verifier)
        return failure(BadKey, u"\"public_key\": the crypto library cannot use it."_s);

    Result<Verified> verified = check(*parsed, *verifier, deviceId, now);
    if (!verified)
        return std::unexpected(verified.error());
    setPeer(deviceId, verifier);
    return Introduction{std::move(*verified), deviceId, *key};
}

Result<Verified> SignedSession::check(const ParsedObject &parsed, const Verifier &verifier, const QString &signerId, const QDateTime &now)
{
    const Result<Envelope> envelope = readEnvelope(parsed.object);
    if (!envelope)
        return std::unexpected(envelope.error());
    if (const auto done = checkSignature(parsed, *envelope, verifier); !done)
        return std::unexpected(done.error());

    const Meta &meta = envelope->meta;
    if (meta.signerId != signerId)
        return failure(WrongSigner, u"\"meta.signer_id\" is \"%1\", \"%2\" was expected."_s.arg(quoted(meta.signerId), signerId));
    const bool isOpening = m_session.isEmpty();
    if (meta.audienceId != (isOpening ? QString(anyAudience) : m_ownId))
        return failure(WrongAudience, u"\"meta.audience_id\" is \"%1\", \"%2\" was expected."_s.arg(
                                          quoted(meta.audienceId), isOpening ? QString(anyAudience) : m_ownId));
    if (meta.direction == m_outgoing)
        return failure(WrongDirection, u"\"meta.direction\" must be %1 here."_s.arg(directionName(opposite(m_outgoing))));
    if (const auto done = checkFreshness(meta, now); !done)
        return std::unexpected(done.error());
    Result<Message> message = messageFromJson(parsed.object);
    if (!message)
        return std::unexpected(message.error());
    if (const auto done = checkOrder(*message); !done)
        return std::unexpected(done.error());

    // Everything held: only now does anything change.
    if (isOpening)
        m_session = meta.session;
    if (!m_peerClockKnown) {
        m_peerClockKnown = true;
        m_peerClockAhead = std::chrono::milliseconds(now.msecsTo(meta.timestamp));
    }
    if (const auto *response = std::get_if<Response>(&*message);
        response && !m_introductionId.isEmpty() && response->id == m_introductionId) {
        m_introduced = true;
        m_introductionId.clear();
    }
    m_received = meta.counter;
    return Verified{meta, std::move(*message)};
}

Result<void> SignedSession::checkFreshness(const Meta &meta, const QDateTime &now) const
{
    if (!m_session.isEmpty() && meta.session != m_session)
        return failure(StaleSession, u"The nonce belongs to another session."_s);
    if (meta.counter <= m_received)
        return failure(Replayed, u"The nonce's counter is %1, but %2 was there already."_s.arg(meta.counter).arg(m_received));
    if (m_peerClockKnown) {
        const auto ahead = std::chrono::milliseconds(now.msecsTo(meta.timestamp));
        if (std::chrono::abs(ahead - m_peerClockAhead) > limits::clockDriftWithinSession)
            return failure(Skewed, u"The timestamp moved %1 s against this session's clock: connect again after setting a clock."_s.arg(
                                       std::chrono::duration_cast<std::chrono::seconds>(ahead - m_peerClockAhead).count()));
    }
    return {};
}

Result<void> SignedSession::checkOrder(const Message &message) const
{
    if (m_outgoing == Direction::CloudToDevice)
        return {};
    if (m_session.isEmpty()) {
        const auto *notification = std::get_if<Notification>(&message);
        if (!notification || notification->method != methods::sessionHello)
            return failure(Unauthenticated, u"The server's first message must be the notification %1."_s.arg(methods::sessionHello));
        return {};
    }
    if (m_introduced)
        return {};
    const auto *response = std::get_if<Response>(&message);
    // An error without an id says that the authentication could not even be read; it makes nobody do anything.
    if (!response || (response->id != m_introductionId && !(response->id.isEmpty() && !response->result)))
        return failure(Unauthenticated, u"The server has not answered this device's authentication yet."_s);
    return {};
}

} // namespace muster
