// SPDX-License-Identifier: GPL-3.0-or-later
// muster-make-vectors FOLDER: writes sessions.json, health.json, receipts.json and the derived members of keys.json.
// keys.json is read first: the keys that sign stay the same; the weak ones are made anew.
#include "protocol/rpc/health.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "protocol/rpc/timestamp.h"
#include "protocol/signing/envelope.h"
#include "protocol/signing/receipt.h"
#include "protocol/signing/tests/forge.h"
#include "protocol/vectors/weakkeys.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTimeZone>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::test;

namespace {

QDateTime startTime()
{
    return QDateTime::fromMSecsSinceEpoch(1'750'000'000'000, QTimeZone::UTC);
}
const QString session = u"c2Vzc2lvbi1vZi10aGUtdg"_s;
const QString deviceId = u"greenhouse-7"_s;
const QString authenticationId = u"Zm9yLXRoZS12ZWN0b3JzIQ"_s;

KeyPair keyFromPem(const QString &pem)
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"key"_s));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("no temporary file");
    file.write(pem.toLatin1());
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    auto pair = KeyPair::load(file.fileName());
    if (!pair)
        qFatal("%s", qPrintable(pair.error().message));
    return *pair;
}

QJsonObject readObject(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    return QJsonDocument::fromJson(file.readAll()).object();
}

void writeObject(const QString &path, const QJsonObject &object)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s cannot be written", qPrintable(path));
    file.write(QJsonDocument(object).toJson(QJsonDocument::Indented));
}

QString errorName(int code)
{
    switch (code) {
    case ParseError: return u"ParseError"_s;
    case InvalidRequest: return u"InvalidRequest"_s;
    case InvalidParams: return u"InvalidParams"_s;
    case Unauthenticated: return u"Unauthenticated"_s;
    case TooLarge: return u"TooLarge"_s;
    case BadSignature: return u"BadSignature"_s;
    case BadEnvelope: return u"BadEnvelope"_s;
    case WrongSigner: return u"WrongSigner"_s;
    case WrongAudience: return u"WrongAudience"_s;
    case WrongDirection: return u"WrongDirection"_s;
    case WrongAlgorithm: return u"WrongAlgorithm"_s;
    case Replayed: return u"Replayed"_s;
    case StaleSession: return u"StaleSession"_s;
    case Skewed: return u"Skewed"_s;
    case BadKey: return u"BadKey"_s;
    default: qFatal("no name for %d", code);
    }
}

QJsonObject refused(int code)
{
    return {{u"error"_s, code}, {u"name"_s, errorName(code)}};
}

QJsonObject accepted(const QString &kind)
{
    return {{u"kind"_s, kind}};
}

QJsonObject receive(const QByteArray &text, const QJsonObject &expect, const QDateTime &now = startTime())
{
    QJsonObject step{{u"now"_s, QString::fromLatin1(toTimestamp(now))}, {u"expect"_s, expect}};
    // A QString would lose the mark.
    if (text.isValidUtf8() && !text.startsWith("\xef\xbb\xbf"))
        step.insert(u"receive"_s, QString::fromUtf8(text));
    else
        step.insert(u"receive_base64"_s, QString::fromLatin1(text.toBase64()));
    return step;
}

QJsonObject send(const Message &message, const QByteArray &text, const QDateTime &now = startTime())
{
    return {{u"now"_s, QString::fromLatin1(toTimestamp(now))}, {u"send"_s, toJson(message)}, {u"text"_s, QString::fromUtf8(text)}};
}

/// Makes the vectors of one pair of algorithms.
class Maker
{
public:
    Maker(const QJsonObject &keys, const QString &kind)
        : m_keys(keys)
        , m_kind(kind)
        , m_cloudKey(pair(u"cloud-"_s + kind))
        , m_deviceKey(pair(u"device-"_s + kind))
        , m_stranger(pair(u"stranger-"_s + kind))
    {
    }

    QJsonArray vectors;

    /// The steps that most vectors of the device's end begin with.
    [[nodiscard]] QJsonArray handshake() const
    {
        const Message request = Request{authenticationId, methods::authenticate, authentication()};
        return {receive(textOf(hello()), accepted(u"notification"_s)), send(request, textOf(introduction())),
                receive(textOf(answer()), accepted(u"response"_s))};
    }

    void deviceEnd()
    {
        good();
        badHandshakes();
        badEnvelopes();
        // What is wrong before any key is looked at is wrong for all of them.
        if (m_kind == "ed25519"_L1)
            badTexts();
    }

    void cloudEnd()
    {
        const QByteArray good = textOf(introduction());
        addCloud(u"introduction"_s, u"A device shows its key, then calls."_s,
                 {receive(good, accepted(u"request"_s)), receive(textOf(fromDevice(2)), accepted(u"request"_s)),
                  receive(textOf(fromDevice(2)), refused(Replayed))});
        const auto bad = [this](const QString &name, const QJsonObject &object, int code) {
            addCloud(u"introduction: "_s + name, {}, {receive(textOf(object), refused(code))});
        };
        const auto withParam = [this](const QString &name, const QJsonValue &value) {
            QJsonObject object = introduction(false);
            QJsonObject params = object.value(u"params"_s).toObject();
            params.insert(name, value);
            object.insert(u"params"_s, params);
            return object;
        };
        for (const auto &[name, id] :
             {std::pair(u"id of 1,000 characters"_s, QString(1000, u'a')), std::pair(u"empty id"_s, QString()),
              std::pair(u"id with a control character"_s, u"a\u0007b"_s), std::pair(u"id with markup"_s, u"<img src=x>"_s),
              std::pair(u"id that is a path"_s, u"../../etc"_s), std::pair(u"id with a letter outside ASCII"_s, u"gerät"_s)})
            bad(name, forge(withMeta(withParam(u"device_id"_s, id), "signer_id"_L1, id), *m_deviceKey.signer()), InvalidParams);
        bad(u"id of the wrong type"_s, forge(withParam(u"device_id"_s, 7), *m_deviceKey.signer()), InvalidParams);
        bad(u"RSA key of 1,024 bits"_s, forge(withParam(u"public_key"_s, pem(u"short-rs256"_s)), *m_deviceKey.signer()), BadKey);
        bad(u"key of another kind"_s, forge(withParam(u"public_key"_s, pem(u"other-ec"_s)), *m_deviceKey.signer()), BadKey);
        bad(u"no key"_s, forge(withParam(u"public_key"_s, QJsonValue::Null), *m_deviceKey.signer()), BadKey);
        bad(u"private key shown"_s,
            forge(withParam(u"public_key"_s, m_keys.value(u"device-"_s + m_kind).toObject().value(u"private_pem"_s)),
                  *m_deviceKey.signer()),
            BadKey);
        bad(u"key of another device"_s, forge(withParam(u"public_key"_s, pem(u"stranger-"_s + m_kind)), *m_deviceKey.signer()),
            BadSignature);
        bad(u"changed after signing"_s, withParamOf(introduction(), u"boot_id"_s, u"other"_s), BadSignature);
        bad(u"another signer"_s, forge(withMeta(introduction(false), "signer_id"_L1, u"greenhouse-8"_s), *m_deviceKey.signer()),
            WrongSigner);
        bad(u"another audience"_s, forge(withMeta(introduction(false), "audience_id"_L1, u"somebody"_s), *m_deviceKey.signer()),
            WrongAudience);
        bad(u"the server's direction"_s, forge(withMeta(introduction(false), "direction"_L1, u"cloud_to_device"_s), *m_deviceKey.signer()),
            WrongDirection);
        bad(u"algorithm of another key"_s,
            forge(withMeta(introduction(false), "algorithm"_L1, m_kind == "rs256"_L1 ? u"EdDSA"_s : u"RS256"_s), *m_deviceKey.signer()),
            WrongAlgorithm);
        bad(u"nonce of another session"_s,
            forge(withMeta(introduction(false), "nonce"_L1, u"b3RoZXItc2Vzc2lvbi0xMg.1"_s), *m_deviceKey.signer()), StaleSession);
        QJsonObject other = introduction(false);
        other.insert(u"method"_s, u"Health.Report"_s);
        bad(u"another method"_s, forge(other, *m_deviceKey.signer()), Unauthenticated);
        other = introduction(false);
        other.remove(u"id"_s);
        bad(u"a notification"_s, forge(other, *m_deviceKey.signer()), Unauthenticated);
        bad(u"no meta"_s, toJson(Message(Request{authenticationId, methods::authenticate, authentication()})), BadEnvelope);
        addCloud(u"introduction: over 64 KiB"_s, {},
                 {QJsonObject{{u"now"_s, QString::fromLatin1(toTimestamp(startTime()))},
                              {u"expect"_s, refused(TooLarge)},
                              {u"receive_repeat"_s, QJsonObject{{u"unit"_s, u" "_s}, {u"count"_s, 65537}}}}});
    }

private:
    KeyPair pair(const QString &name) const { return keyFromPem(m_keys.value(name).toObject().value(u"private_pem"_s).toString()); }
    QString pem(const QString &name) const { return m_keys.value(name).toObject().value(u"public_pem"_s).toString(); }

    static QJsonObject withParamOf(QJsonObject object, const QString &name, const QJsonValue &value)
    {
        QJsonObject params = object.value(u"params"_s).toObject();
        params.insert(name, value);
        object.insert(u"params"_s, params);
        return object;
    }

    QJsonObject authentication() const
    {
        return {
            {u"device_id"_s, deviceId},
            {u"public_key"_s, pem(u"device-"_s + m_kind)},
            {u"challenge"_s, u"Y2hhbGxlbmdlLW9mLXRoZQ"_s},
            {u"boot_id"_s, u"0b7c9a52-6f2e-4c57-9a0e-2f6d7e1c3b11"_s},
            {u"agent"_s, QJsonObject{{u"name"_s, u"muster-agent"_s}, {u"version"_s, u"0.1.0"_s}}},
            {u"machine"_s, QJsonObject{{u"os"_s, u"Debian GNU/Linux 13 (trixie)"_s},
                                       {u"model"_s, u"Raspberry Pi 4 Model B Rev 1.4"_s},
                                       {u"arch"_s, u"arm64"_s},
                                       {u"kernel"_s, u"6.12.41"_s},
                                       {u"cpus"_s, 4},
                                       {u"memory_kib"_s, 3884372},
                                       {u"disk_kib"_s, 30345216},
                                       {u"hostname"_s, u"greenhouse-7"_s}}},
        };
    }

    QJsonObject meta(bool fromCloud, int counter, const QString &audience = {}) const
    {
        return {
            {u"algorithm"_s, algorithmName(m_cloudKey.signer()->algorithm())},
            {u"audience_id"_s, !audience.isNull() ? audience
                               : fromCloud        ? deviceId
                                                  : QString(cloudId)},
            {u"direction"_s, fromCloud ? u"cloud_to_device"_s : u"device_to_cloud"_s},
            {u"nonce"_s, session + u'.' + QString::number(counter)},
            {u"signer_id"_s, fromCloud ? QString(cloudId) : deviceId},
            {u"timestamp"_s, QString::fromLatin1(toTimestamp(startTime()))},
        };
    }

    QJsonObject hello(bool sign = true) const
    {
        QJsonObject object = toJson(Message(Notification{methods::sessionHello,
                                                         {{u"protocol"_s, 1},
                                                          {u"challenge"_s, u"Y2hhbGxlbmdlLW9mLXRoZQ"_s},
                                                          {u"session"_s, session},
                                                          {u"server_time"_s, QString::fromLatin1(toTimestamp(startTime()))}}}));
        object.insert(u"meta"_s, meta(true, 1, QString(anyAudience)));
        return sign ? forge(object, *m_cloudKey.signer()) : object;
    }

    QJsonObject introduction(bool sign = true) const
    {
        QJsonObject object = toJson(Message(Request{authenticationId, methods::authenticate, authentication()}));
        object.insert(u"meta"_s, meta(false, 1));
        return sign ? forge(object, *m_deviceKey.signer()) : object;
    }

    QJsonObject answer(const QString &id = authenticationId, bool sign = true) const
    {
        QJsonObject object = toJson(Message(Response{id, QJsonObject{{u"status"_s, u"accepted"_s}, {u"reason"_s, u"accepted before"_s}}}));
        object.insert(u"meta"_s, meta(true, 2));
        return sign ? forge(object, *m_cloudKey.signer()) : object;
    }

    /// A call from the server, unsigned.
    QJsonObject call(int counter = 3) const
    {
        QJsonObject object = toJson(Message(Request{u"17"_s, methods::rpcDescribe, {{u"name"_s, u"Sys.GetInfo"_s}}}));
        object.insert(u"meta"_s, meta(true, counter));
        return object;
    }

    QJsonObject fromDevice(int counter) const
    {
        QJsonObject object = toJson(Message(Request{u"a2"_s, methods::timeNow, {}}));
        object.insert(u"meta"_s, meta(false, counter));
        return forge(object, *m_deviceKey.signer());
    }

    QByteArray signedText(const QJsonObject &object) const { return textOf(forge(object, *m_cloudKey.signer())); }

    void add(const QString &end, const QString &name, const QString &about, const QJsonArray &steps, bool afterHandshake = false)
    {
        QJsonObject vector{{u"name"_s, m_kind + u": "_s + name},
                           {u"end"_s, end},
                           {u"device_id"_s, deviceId},
                           {u"cloud_key"_s, u"cloud-"_s + m_kind},
                           {u"device_key"_s, u"device-"_s + m_kind},
                           {u"steps"_s, steps}};
        if (!about.isEmpty())
            vector.insert(u"about"_s, about);
        if (end == "cloud"_L1)
            vector.insert(u"session"_s, session);
        if (afterHandshake)
            vector.insert(u"after"_s, u"handshake-"_s + m_kind);
        vectors.append(vector);
    }

    void addCloud(const QString &name, const QString &about, const QJsonArray &steps) { add(u"cloud"_s, name, about, steps); }

    /// After a good handshake, one step.
    void addAfter(const QString &name, const QByteArray &text, const QJsonObject &expect, const QDateTime &now = startTime())
    {
        add(u"device"_s, name, {}, {receive(text, expect, now)}, true);
    }

    void bad(const QString &name, const QByteArray &text, int code, const QDateTime &now = startTime())
    {
        addAfter(name, text, refused(code), now);
    }
    void bad(const QString &name, const QJsonObject &object, int code) { bad(name, textOf(object), code); }
    void fine(const QString &name, const QByteArray &text) { addAfter(name, text, accepted(u"request"_s)); }

    void good()
    {
        QJsonArray steps = handshake();
        steps.append(receive(signedText(call()), accepted(u"request"_s)));
        const Message reply = Response{u"17"_s, QJsonObject{{u"name"_s, u"Sys.GetInfo"_s},
                                                            {u"text"_s, u"grün \"€\" 😀\n"_s},
                                                            {u"numbers"_s, QJsonArray{0.1, -1.5e-7, 1e15, 4}}}};
        QJsonObject replyObject = toJson(reply);
        replyObject.insert(u"meta"_s, meta(false, 2));
        steps.append(send(reply, textOf(forge(replyObject, *m_deviceKey.signer()))));
        const Message noSuchMethod = Response{u"18"_s, failure(MethodNotFound, u"There is no method Sys.Dance here."_s)};
        QJsonObject errorObject = toJson(noSuchMethod);
        errorObject.insert(u"meta"_s, meta(false, 3));
        steps.append(send(noSuchMethod, textOf(forge(errorObject, *m_deviceKey.signer()))));
        add(u"device"_s, u"handshake, a call and two answers"_s, u"Everything as it should be, to the byte."_s, steps);

        // Same value, other text: only the value is signed.
        QByteArray spaced = QJsonDocument(forge(call(), *m_cloudKey.signer())).toJson(QJsonDocument::Indented);
        fine(u"not in canonical form, but signed"_s, spaced);
        fine(u"a counter may leave numbers out"_s, signedText(call(4000)));
        fine(u"an unknown member of meta"_s, signedText(withMeta(call(), "colour"_L1, u"blue"_s)));
        fine(u"119 s off the session's clock"_s,
             signedText(withMeta(call(), "timestamp"_L1, QString::fromLatin1(toTimestamp(startTime().addSecs(119))))));
        bad(u"121 s off the session's clock"_s,
            signedText(withMeta(call(), "timestamp"_L1, QString::fromLatin1(toTimestamp(startTime().addSecs(121))))), Skewed);
        bad(u"121 s before the session's clock"_s,
            signedText(withMeta(call(), "timestamp"_L1, QString::fromLatin1(toTimestamp(startTime().addSecs(-121))))), Skewed);
        bad(u"held back for 121 s"_s, signedText(call()), Skewed, startTime().addSecs(121));

        // The device's clock was never set: it shows 1970, and everything works.
        const QDateTime epoch = QDateTime::fromMSecsSinceEpoch(60'000, QTimeZone::UTC);
        QJsonObject unset = toJson(Message(Request{authenticationId, methods::authenticate, authentication()}));
        unset.insert(u"meta"_s, meta(false, 1));
        unset = withMeta(unset, "timestamp"_L1, QString::fromLatin1(toTimestamp(epoch)));
        add(u"device"_s, u"a device without a clock"_s,
            u"Timestamps are judged against the clock that the session began with, not against the device's own."_s,
            {receive(textOf(hello()), accepted(u"notification"_s), epoch),
             send(Request{authenticationId, methods::authenticate, authentication()}, textOf(forge(unset, *m_deviceKey.signer())), epoch),
             receive(textOf(answer()), accepted(u"response"_s), epoch),
             receive(signedText(call()), accepted(u"request"_s), epoch.addSecs(1))});
    }

    void badHandshakes()
    {
        const auto first = [this](const QString &name, const QByteArray &text, int code) {
            add(u"device"_s, u"hello: "_s + name, {}, {receive(text, refused(code))});
        };
        first(u"signed with another key"_s, textOf(forge(hello(false), *m_stranger.signer())), BadSignature);
        first(u"for one device"_s, signedText(withMeta(hello(false), "audience_id"_L1, deviceId)), WrongAudience);
        first(u"by another signer"_s, signedText(withMeta(hello(false), "signer_id"_L1, u"cloud"_s)), WrongSigner);
        QJsonObject other = call(1);
        first(u"something else comes first"_s, signedText(withMeta(other, "audience_id"_L1, QString(anyAudience))), Unauthenticated);

        const Message request = Request{authenticationId, methods::authenticate, authentication()};
        const QJsonArray begun{receive(textOf(hello()), accepted(u"notification"_s)), send(request, textOf(introduction()))};
        const auto then = [&](const QString &name, const QByteArray &text, int code) {
            QJsonArray steps = begun;
            steps.append(receive(text, refused(code)));
            add(u"device"_s, u"before the answer: "_s + name, u"What a recording of an earlier session would hold."_s, steps);
        };
        then(u"a call"_s, signedText(call()), Unauthenticated);
        then(u"an answer to somebody else's request"_s, textOf(answer(u"b3RoZXI"_s)), Unauthenticated);
        QJsonObject status = toJson(Message(Notification{methods::sessionStatus, {{u"status"_s, u"accepted"_s}}}));
        status.insert(u"meta"_s, meta(true, 2));
        then(u"a status"_s, signedText(status), Unauthenticated);
        then(u"the hello again"_s, textOf(hello()), WrongAudience);
    }

    void badEnvelopes()
    {
        const QJsonObject good = forge(call(), *m_cloudKey.signer());
        bad(u"changed after signing"_s, withParamOf(good, u"name"_s, u"Sys.Reboot"_s), BadSignature);
        bad(u"signed with another key"_s, forge(call(), *m_stranger.signer()), BadSignature);
        bad(u"signed with the device's own key"_s, forge(call(), *m_deviceKey.signer()), BadSignature);
        const QString signature = good.value(u"meta"_s).toObject().value(u"signature"_s).toString();
        bad(u"no signature"_s, withMeta(good, "signature"_L1, QJsonValue::Undefined), BadEnvelope);
        bad(u"signature of the wrong type"_s, withMeta(good, "signature"_L1, 1), BadEnvelope);
        bad(u"empty signature"_s, withMeta(good, "signature"_L1, u""_s), BadSignature);
        bad(u"truncated signature"_s, withMeta(good, "signature"_L1, signature.chopped(4)), BadSignature);
        bad(u"longer signature"_s, withMeta(good, "signature"_L1, signature + u"AAAA"_s), BadSignature);
        bad(u"padded signature"_s, withMeta(good, "signature"_L1, signature + u"=="_s), BadSignature);
        bad(u"signature with a space"_s, withMeta(good, "signature"_L1, signature + u' '), BadSignature);
        QJsonObject without = good;
        without.remove(u"meta"_s);
        bad(u"no meta"_s, without, BadEnvelope);
        without.insert(u"meta"_s, QJsonArray{});
        bad(u"meta is an array"_s, without, BadEnvelope);
        for (const QLatin1StringView name : {"signer_id"_L1, "audience_id"_L1, "direction"_L1, "nonce"_L1, "timestamp"_L1, "algorithm"_L1})
            bad(u"no "_s + name, signedText(withMeta(call(), name, QJsonValue::Undefined)), BadEnvelope);

        bad(u"another signer"_s, signedText(withMeta(call(), "signer_id"_L1, deviceId)), WrongSigner);
        bad(u"for another device"_s, signedText(withMeta(call(), "audience_id"_L1, u"greenhouse-8"_s)), WrongAudience);
        bad(u"for anybody"_s, signedText(withMeta(call(), "audience_id"_L1, QString(anyAudience))), WrongAudience);
        bad(u"the device's own direction"_s, signedText(withMeta(call(), "direction"_L1, u"device_to_cloud"_s)), WrongDirection);
        bad(u"no direction that there is"_s, signedText(withMeta(call(), "direction"_L1, u"sideways"_s)), BadEnvelope);
        for (const QString &algorithm : {u"none"_s, u"HS256"_s, u"PS256"_s, m_kind == "rs256"_L1 ? u"EdDSA"_s : u"RS256"_s})
            bad(u"algorithm "_s + algorithm, signedText(withMeta(call(), "algorithm"_L1, algorithm)), WrongAlgorithm);
        for (const QString &nonce : {session, session + u".0"_s, session + u".-3"_s, session + u".03"_s, session + u".+3"_s,
                                     session + u".3 "_s, session + u".18014398509481985"_s, u".3"_s, session + u".three"_s})
            bad(u"nonce "_s + nonce.sliced(qMax(0, nonce.indexOf(u'.'))), signedText(withMeta(call(), "nonce"_L1, nonce)), BadEnvelope);
        for (const QString &time :
             {u"2025-06-15T15:06:40Z"_s, u"2025-06-15T15:06:40.000+00:00"_s, u"2025-02-30T15:06:40.000Z"_s, u"1750000000000"_s})
            bad(u"timestamp "_s + time, signedText(withMeta(call(), "timestamp"_L1, time)), BadEnvelope);

        bad(u"nonce of another session"_s, signedText(withMeta(call(), "nonce"_L1, u"b3RoZXItc2Vzc2lvbi0xMg.3"_s)), StaleSession);
        bad(u"counter of the answer again"_s, signedText(call(2)), Replayed);
        QJsonArray twice;
        twice.append(receive(signedText(call(3)), accepted(u"request"_s)));
        twice.append(receive(signedText(call(3)), refused(Replayed)));
        twice.append(receive(signedText(call(5)), accepted(u"request"_s)));
        twice.append(receive(signedText(call(4)), refused(Replayed)));
        twice.append(receive(signedText(call(6)), accepted(u"request"_s)));
        add(u"device"_s, u"replayed and reordered"_s, u"A message that was refused changes nothing."_s, twice, true);
        QJsonArray notMoved;
        notMoved.append(receive(textOf(forge(call(9), *m_stranger.signer())), refused(BadSignature)));
        notMoved.append(receive(signedText(call(3)), accepted(u"request"_s)));
        add(u"device"_s, u"a forgery does not move the counter"_s, {}, notMoved, true);
    }

    void badTexts()
    {
        const QByteArray good = signedText(call());
        bad(u"not JSON"_s, "hello", ParseError);
        bad(u"empty"_s, "", ParseError);
        bad(u"cut off"_s, good.chopped(1), ParseError);
        bad(u"a byte order mark before it"_s, "\xef\xbb\xbf" + good, ParseError);
        bad(u"something after the end"_s, good + "{}", ParseError);
        bad(u"binary"_s, QByteArray::fromHex("80ff00fe7b7d"), ParseError);
        bad(u"not UTF-8 inside a text"_s, QByteArray(good).replace("Sys.GetInfo", "Sys.\xc3\x28"), ParseError);
        bad(u"a batch"_s, "[" + good + "]", InvalidRequest);
        bad(u"a text"_s, "\"hello\"", InvalidRequest);
        bad(u"a member twice"_s, QByteArray(good).replace(R"("method":)", R"("method":"Sys.Reboot","method":)"), ParseError);
        bad(u"a member twice, deep inside"_s, QByteArray(good).replace(R"("name":)", R"("name":"Sys.Reboot","name":)"), ParseError);
        bad(u"a member twice, once escaped"_s, QByteArray(good).replace(R"("name":)", R"("n\u0061me":"Sys.Reboot","name":)"), ParseError);
        bad(u"half of a surrogate pair"_s, QByteArray(good).replace("Sys.GetInfo", R"(\udc00)"), ParseError);
        bad(u"a number of 2^53"_s, QByteArray(good).replace(R"("Sys.GetInfo")", "9007199254740992"), ParseError);
        bad(u"a number far too large"_s, QByteArray(good).replace(R"("Sys.GetInfo")", "1e999"), ParseError);
        bad(u"nested 65 deep"_s, QByteArray(good).replace(R"("Sys.GetInfo")", QByteArray(65, '[') + QByteArray(65, ']')), ParseError);
        bad(u"a control character in a text"_s, QByteArray(good).replace("Sys.GetInfo", "Sys\tGetInfo"), ParseError);
        bad(u"a comment"_s, good + "// hello", ParseError);
        QJsonArray steps;
        steps.append(QJsonObject{{u"now"_s, QString::fromLatin1(toTimestamp(startTime()))},
                                 {u"expect"_s, refused(TooLarge)},
                                 {u"receive_repeat"_s, QJsonObject{{u"unit"_s, u" "_s}, {u"count"_s, 1048577}}}});
        add(u"device"_s, u"over 1 MiB"_s, {}, steps, true);

        const auto withMember = [this](const QString &name, const QJsonValue &value) {
            QJsonObject object = call();
            if (value.isUndefined())
                object.remove(name);
            else
                object.insert(name, value);
            return signedText(object);
        };
        bad(u"JSON-RPC 1.0"_s, withMember(u"jsonrpc"_s, u"1.0"_s), InvalidRequest);
        bad(u"no jsonrpc"_s, withMember(u"jsonrpc"_s, QJsonValue::Undefined), InvalidRequest);
        bad(u"a number as id"_s, withMember(u"id"_s, 17), InvalidRequest);
        bad(u"null as id of a request"_s, withMember(u"id"_s, QJsonValue::Null), InvalidRequest);
        bad(u"an id of 129 characters"_s, withMember(u"id"_s, QString(129, u'i')), InvalidRequest);
        bad(u"params by position"_s, withMember(u"params"_s, QJsonArray{1}), InvalidRequest);
        bad(u"a number as method"_s, withMember(u"method"_s, 1), InvalidRequest);
        bad(u"an empty method"_s, withMember(u"method"_s, u""_s), InvalidRequest);
        const auto withError = [this](const QJsonValue &code) {
            QJsonObject object{
                {u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, u"a2"_s}, {u"error"_s, QJsonObject{{u"code"_s, code}, {u"message"_s, u"no"_s}}}};
            object.insert(u"meta"_s, meta(true, 3));
            return signedText(object);
        };
        for (const qint64 code : {2147483647LL, -2147483648LL})
            addAfter(u"an error code of %1"_s.arg(code), withError(code), accepted(u"response"_s));
        for (const qint64 code : {2147483648LL, -2147483649LL})
            bad(u"an error code of %1"_s.arg(code), withError(code), InvalidRequest);
        bad(u"an error code with a fraction"_s, withError(1.5), InvalidRequest);
        bad(u"a text as error code"_s, withError(u"1"_s), InvalidRequest);
        bad(u"method and result"_s, withMember(u"result"_s, 1), InvalidRequest);
        bad(u"neither method nor result nor error"_s, withMember(u"method"_s, QJsonValue::Undefined), InvalidRequest);
    }

    QJsonObject m_keys;
    QString m_kind;
    KeyPair m_cloudKey;
    KeyPair m_deviceKey;
    KeyPair m_stranger;
};

QJsonObject healthVectors()
{
    QList<HealthSample> samples;
    for (int i = 0; i < 4; ++i) {
        HealthSample sample;
        sample.time = startTime().toMSecsSinceEpoch() + i * 10'000;
        sample[HealthField::Cpu] = 100 + 7 * i;
        sample[HealthField::Memory] = 512 - i;
        sample[HealthField::Disk] = 431;
        if (i != 2)
            sample[HealthField::Temperature] = 455 + i;
        sample[HealthField::NetworkIn] = 12345 * i;
        sample[HealthField::Load] = 25;
        samples.append(sample);
    }
    const auto array = [](const QList<HealthSample> &list) {
        QJsonArray result;
        for (const HealthSample &sample : list)
            result.append(toJson(sample));
        return result;
    };
    const auto params = [](int count, const QByteArray &json) {
        const QByteArray packed = qCompress(json, 9).sliced(4).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        return QJsonObject{{u"count"_s, count}, {u"encoding"_s, u"zlib+delta"_s}, {u"data"_s, QString::fromLatin1(packed)}};
    };
    QJsonArray batches{QJsonObject{{u"name"_s, u"four samples, one temperature and network_out missing"_s},
                                   {u"params"_s, encodeHealthBatch(samples)},
                                   {u"samples"_s, array(samples)}},
                       QJsonObject{{u"name"_s, u"one sample"_s},
                                   {u"params"_s, encodeHealthBatch(samples.first(1))},
                                   {u"samples"_s, array(samples.first(1))}}};
    QList<HealthSample> early = samples.first(2);
    early[0].time = 0;
    batches.append(QJsonObject{{u"name"_s, u"a time that cannot be: the server stores the other sample, and says that it dropped one"_s},
                               {u"params"_s, encodeHealthBatch(early)},
                               {u"samples"_s, array(early)}});
    const auto bad = [&](const QString &name, const QJsonObject &object) {
        batches.append(QJsonObject{{u"name"_s, name}, {u"params"_s, object}, {u"error"_s, int(InvalidParams)}});
    };
    QJsonObject good = encodeHealthBatch(samples);
    QJsonObject changed = good;
    changed.insert(u"encoding"_s, u"gzip"_s);
    bad(u"another encoding"_s, changed);
    changed = good;
    changed.insert(u"count"_s, 5);
    bad(u"another count"_s, changed);
    changed.insert(u"count"_s, 0);
    bad(u"count 0"_s, changed);
    changed.insert(u"count"_s, 1001);
    bad(u"count 1001"_s, changed);
    changed = good;
    changed.insert(u"data"_s, good.value(u"data"_s).toString().chopped(8));
    bad(u"cut off"_s, changed);
    changed.insert(u"data"_s, u"not base64!"_s);
    bad(u"not base64url"_s, changed);
    bad(u"no time"_s, params(1, R"({"cpu":[1]})"));
    bad(u"a missing time"_s, params(2, R"({"time":[1750000000000,null]})"));
    bad(u"a fraction"_s, params(1, R"({"time":[1750000000000],"cpu":[0.5]})"));
    bad(u"a text"_s, params(1, R"({"time":[1750000000000],"cpu":["1"]})"));
    bad(u"more than all of the processor"_s, params(2, R"({"time":[1750000000000,10000],"cpu":[600,401]})"));
    bad(u"not JSON"_s, params(1, "time"));
    bad(u"grows to a megabyte"_s, params(1, R"({"time":[1750000000000]})" + QByteArray(1024 * 1024, ' ')));
    return {{u"about"_s, u"params of Health.Report: what each decodes to, or that it is refused. See docs/protocol.md."_s},
            {u"batches"_s, batches}};
}

/// Receipts as a server keeps them, and such that prove nothing.
QJsonObject receiptVectors(const QJsonObject &keys)
{
    const KeyPair cloud = keyFromPem(keys[u"cloud-ed25519"_s][u"private_pem"_s].toString());
    const QJsonObject params{{u"delay_s"_s, 5}, {u"why"_s, u"Größe"_s}};
    const QString command = u"01JXSAMPLE"_s;
    const QJsonObject request{{u"command"_s, command}, {u"device_id"_s, deviceId}, {u"method"_s, u"Sys.Reboot"_s}, {u"params"_s, params}};
    const QString hash = *requestHash(command, deviceId, u"Sys.Reboot"_s, params);
    const QJsonObject done{{u"command"_s, command},
                           {u"counter"_s, 7},
                           {u"method"_s, u"Sys.Reboot"_s},
                           {u"request_hash"_s, hash},
                           {u"started_at"_s, u"2025-06-15T15:06:41.000Z"_s},
                           {u"finished_at"_s, u"2025-06-15T15:06:42.000Z"_s},
                           {u"result"_s, QJsonObject{{u"ok"_s, true}}}};
    QJsonArray vectors;
    for (const QString &kind : {u"ed25519"_s, u"rs256"_s}) {
        const QString keyName = u"device-"_s + kind;
        const KeyPair device = keyFromPem(keys[keyName][u"private_pem"_s].toString());
        const auto seal = [&](const Message &message) {
            SignedSession end = SignedSession::deviceEnd(deviceId, device.signer(), cloud.publicKey().verifier());
            SignedSession server = SignedSession::cloudEnd(session, cloud.signer());
            const auto hello = server.seal(Notification{.method = methods::sessionHello, .params = {}}, startTime());
            (void)end.open(*hello, startTime(), limits::messageBytesBeforeAcceptance);
            return QString::fromUtf8(*end.seal(message, startTime()));
        };
        const auto add = [&](const QString &name, const QString &message, const QJsonObject &more) {
            QJsonObject vector{
                {u"name"_s, name + u", "_s + kind}, {u"device_key"_s, keyName}, {u"message"_s, message}, {u"request"_s, request}};
            for (auto it = more.begin(); it != more.end(); ++it)
                vector.insert(it.key(), it.value());
            vectors.append(vector);
        };
        const auto sealDone = [&](const QJsonObject &with) {
            return seal(Request{.id = u"9"_s, .method = methods::commandDone, .params = with});
        };
        const QString good = sealDone(done);
        add(u"a result"_s, good, {{u"fits"_s, true}});
        QJsonObject failed = done;
        failed.remove(u"result"_s);
        failed.insert(u"error"_s, QJsonObject{{u"code"_s, int(MethodNotFound)}, {u"message"_s, u"no such method"_s}});
        add(u"an error"_s, sealDone(failed), {{u"fits"_s, true}, {u"outcome_error"_s, int(MethodNotFound)}});
        QJsonObject other = done;
        other.insert(u"request_hash"_s, *requestHash(command, deviceId, u"Sys.Reboot"_s, {}));
        add(u"of another request"_s, sealDone(other), {{u"fits"_s, false}});
        add(u"one byte changed"_s, QString(good).replace(u"\"counter\":7"_s, u"\"counter\":8"_s), {{u"error"_s, int(BadSignature)}});
        add(u"cut off"_s, good.chopped(1), {{u"error"_s, int(ParseError)}});
        add(u"another message"_s, seal(Request{.id = u"9"_s, .method = methods::timeNow, .params = {}}),
            {{u"error"_s, int(InvalidRequest)}});
        QJsonObject both = done;
        both.insert(u"error"_s, QJsonObject{{u"code"_s, 1}, {u"message"_s, u"x"_s}});
        add(u"result and error"_s, sealDone(both), {{u"error"_s, int(InvalidParams)}});
        for (const auto &[name, error] :
             {std::pair(u"an error with a text as code"_s, QJsonObject{{u"code"_s, u"x"_s}, {u"message"_s, u"x"_s}}),
              std::pair(u"an error without a message"_s, QJsonObject{{u"code"_s, 1}}),
              std::pair(u"an error code of 33 bits"_s, QJsonObject{{u"code"_s, 4294967296LL}, {u"message"_s, u"x"_s}})}) {
            QJsonObject wrong = failed;
            wrong.insert(u"error"_s, error);
            add(name, sealDone(wrong), {{u"error"_s, int(InvalidParams)}});
        }
        QJsonObject uncounted = done;
        uncounted.insert(u"counter"_s, 0);
        add(u"no counter"_s, sealDone(uncounted), {{u"error"_s, int(InvalidParams)}});
        SignedSession server = SignedSession::cloudEnd(session, device.signer());
        server.setPeer(deviceId, device.publicKey().verifier());
        add(u"made by a server"_s,
            QString::fromUtf8(*server.seal(Request{.id = u"9"_s, .method = methods::commandDone, .params = done}, startTime())),
            {{u"error"_s, int(WrongAudience)}});
    }
    return {{u"about"_s, u"Receipts and what verifying them must say. See docs/protocol.md, Commands."_s}, {u"receipts"_s, vectors}};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const CryptoLibrary crypto;
    const QDir folder(app.arguments().value(1));
    QJsonObject file = readObject(folder.filePath(u"keys.json"_s));
    QJsonObject keys = file.value(u"keys"_s).toObject();
    for (const QString &name : keys.keys()) {
        if (name.startsWith("weak-"_L1))
            keys.remove(name);
    }
    const QJsonObject weak = vectors::weakKeys(keys[u"device-rs256"_s][u"public_pem"_s].toString());
    for (auto it = weak.begin(); it != weak.end(); ++it)
        keys.insert(it.key(), *it);
    for (const QString &name : keys.keys()) {
        QJsonObject key = keys.value(name).toObject();
        const auto publicKey = PublicKey::fromPem(key.value(u"public_pem"_s).toString().toLatin1());
        if (publicKey) {
            key.insert(u"algorithm"_s, algorithmName(publicKey->algorithm()));
            key.insert(u"fingerprint"_s, publicKey->fingerprint());
            key.insert(u"words"_s, QJsonArray::fromStringList(publicKey->words()));
        } else {
            key.insert(u"error"_s, int(BadKey));
        }
        keys.insert(name, key);
    }
    file.insert(u"keys"_s, keys);
    writeObject(folder.filePath(u"keys.json"_s), file);

    QJsonArray vectors;
    QJsonObject openings;
    for (const QString &kind : {u"ed25519"_s, u"rs256"_s}) {
        Maker maker(keys, kind);
        openings.insert(u"handshake-"_s + kind, maker.handshake());
        maker.deviceEnd();
        maker.cloudEnd();
        for (const QJsonValueConstRef vector : std::as_const(maker.vectors))
            vectors.append(vector);
    }
    writeObject(folder.filePath(u"sessions.json"_s),
                {{u"about"_s, u"Conversations as one end of a session sees them. See docs/protocol.md."_s},
                 {u"openings"_s, openings},
                 {u"vectors"_s, vectors}});
    writeObject(folder.filePath(u"health.json"_s), healthVectors());
    writeObject(folder.filePath(u"receipts.json"_s), receiptVectors(keys));
    return 0;
}
