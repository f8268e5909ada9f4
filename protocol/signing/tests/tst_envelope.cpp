// SPDX-License-Identifier: GPL-3.0-or-later
// What the golden vectors (tst_vectors) do not hold: both algorithms mixed, states of the two ends, and damage at every place.
#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "protocol/rpc/timestamp.h"
#include "protocol/signing/envelope.h"
#include "protocol/signing/tests/forge.h"
#include "tests/support/testcase.h"

#include <QTimeZone>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::test;

namespace {

const QDateTime now = QDateTime::fromMSecsSinceEpoch(1'750'000'000'000, QTimeZone::UTC);
constexpr qsizetype limit = limits::messageBytesAfterAcceptance;

int codeOf(const auto &result)
{
    return result ? 0 : result.error().code;
}

QString messageOf(const auto &result)
{
    return result ? QString() : result.error().message;
}

/// Both ends of one session.
struct Ends
{
    explicit Ends(Algorithm cloudAlgorithm = Algorithm::EdDSA, Algorithm deviceAlgorithm = Algorithm::EdDSA)
        : cloudKey(*KeyPair::generate(cloudAlgorithm, 2048))
        , deviceKey(*KeyPair::generate(deviceAlgorithm, 2048))
        , cloud(SignedSession::cloudEnd(SignedSession::newSessionId(), cloudKey.signer()))
        , device(SignedSession::deviceEnd(u"device-1"_s, deviceKey.signer(), cloudKey.publicKey().verifier()))
    {
    }

    QByteArray hello()
    {
        return *cloud.seal(Notification{.method = methods::sessionHello, .params = {{u"session"_s, cloud.session()}}}, now);
    }

    [[nodiscard]] Request authentication() const
    {
        return {.id = u"auth"_s,
                .method = methods::authenticate,
                .params = {{u"device_id"_s, u"device-1"_s}, {u"public_key"_s, QString::fromLatin1(deviceKey.publicKey().toPem())}}};
    }

    Result<SignedSession::Introduction> introduce(const QDateTime &deviceNow = now)
    {
        if (const auto opened = device.open(hello(), deviceNow, limit); !opened)
            return std::unexpected(opened.error());
        const auto request = device.seal(authentication(), deviceNow);
        return cloud.openIntroduction(*request, methods::authenticate, now, limits::messageBytesBeforeAcceptance);
    }

    bool shakeHands()
    {
        if (!introduce())
            return false;
        const auto answer = cloud.seal(Response{.id = u"auth"_s, .result = QJsonObject{{u"status"_s, u"accepted"_s}}}, now);
        return device.open(*answer, now, limit).has_value();
    }

    KeyPair cloudKey;
    KeyPair deviceKey;
    SignedSession cloud;
    SignedSession device;
};

} // namespace

class EnvelopeTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void carriesMessagesBothWays_data();
    void carriesMessagesBothWays();
    void sendsNothingBeforeTheHello();
    void takesNothingBeforeTheIntroduction();
    void introducesADevice();
    void toldThePeerWhatWasWrong();
    void measuresThePeersClock();
    void findsDamageEverywhere();
    void refusesTheOwnMessage();
    void refusesWhatCannotBeSigned();
    void makesSessionIds();
    void countsOnlyWhatWasSealed();
    void survivesHostileMeta();

private:
    CryptoLibrary m_crypto;
};

void EnvelopeTest::carriesMessagesBothWays_data()
{
    QTest::addColumn<int>("cloud");
    QTest::addColumn<int>("device");
    QTest::newRow("EdDSA") << int(Algorithm::EdDSA) << int(Algorithm::EdDSA);
    QTest::newRow("RS256") << int(Algorithm::RS256) << int(Algorithm::RS256);
    QTest::newRow("EdDSA, RS256") << int(Algorithm::EdDSA) << int(Algorithm::RS256);
    QTest::newRow("RS256, EdDSA") << int(Algorithm::RS256) << int(Algorithm::EdDSA);
}

void EnvelopeTest::carriesMessagesBothWays()
{
    QFETCH(int, cloud);
    QFETCH(int, device);
    Ends ends(static_cast<Algorithm>(cloud), static_cast<Algorithm>(device));
    QVERIFY(ends.shakeHands());
    const auto text = ends.cloud.seal(
        Request{.id = u"1"_s, .method = u"Sys.GetInfo"_s, .params = {{u"z"_s, 1}, {u"a"_s, u"ü\n\u0001"_s}, {u"é"_s, 0.5}}}, now);
    QVERIFY(text);
    // What is sent is in canonical form itself.
    QCOMPARE(*canonicalJson(*parseJsonObject(*text)), *text);
    const auto opened = ends.device.open(*text, now, limit);
    QVERIFY2(opened, qPrintable(messageOf(opened)));
    const auto *request = std::get_if<Request>(&opened->message);
    QVERIFY(request);
    QCOMPARE(request->method, u"Sys.GetInfo"_s);
    QCOMPARE(request->params.value(u"a").toString(), u"ü\n\u0001"_s);
    QCOMPARE(opened->meta.signerId, QString(cloudId));
    QCOMPARE(opened->meta.audienceId, u"device-1"_s);
    QCOMPARE(opened->meta.timestamp, now);
    QCOMPARE(opened->meta.counter, 3ULL);

    for (const Message &message :
         {Message(Response{.id = u"1"_s, .result = QJsonValue(42)}), Message(Response{.id = {}, .result = failure(ParseError, u"no"_s, 7)}),
          Message(Notification{.method = u"N"_s, .params = {}}),
          Message(Response{.id = u"2"_s, .result = QJsonValue(QJsonValue::Undefined)})}) {
        const auto sealed = ends.device.seal(message, now.addMSecs(5));
        QVERIFY(sealed);
        QCOMPARE(*canonicalJson(*parseJsonObject(*sealed)), *sealed);
        const auto back = ends.cloud.open(*sealed, now, limit);
        QVERIFY2(back, qPrintable(messageOf(back)));
        QCOMPARE(toJson(back->message), toJson(message));
    }
}

void EnvelopeTest::sendsNothingBeforeTheHello()
{
    Ends ends;
    QCOMPARE(codeOf(ends.device.seal(ends.authentication(), now)), int(Unauthenticated));
    QVERIFY(ends.device.session().isEmpty());
    QVERIFY(ends.device.open(ends.hello(), now, limit));
    QCOMPARE(ends.device.session(), ends.cloud.session());
}

void EnvelopeTest::takesNothingBeforeTheIntroduction()
{
    Ends ends;
    QVERIFY(ends.device.open(ends.hello(), now, limit));
    const auto text = ends.device.seal(Request{.id = u"1"_s, .method = methods::timeNow, .params = {}}, now);
    QCOMPARE(codeOf(ends.cloud.open(*text, now, limit)), int(Unauthenticated));
    QVERIFY(!ends.cloud.hasPeer());
}

void EnvelopeTest::introducesADevice()
{
    Ends ends;
    const auto introduction = ends.introduce();
    QVERIFY2(introduction, qPrintable(messageOf(introduction)));
    QCOMPARE(introduction->deviceId, u"device-1"_s);
    QVERIFY(introduction->key == ends.deviceKey.publicKey());
    QVERIFY(ends.cloud.hasPeer());
    // Nobody else can speak in this session.
    const KeyPair stranger = *KeyPair::generate(Algorithm::EdDSA);
    const QJsonObject forged = forge(withMeta(*parseJsonObject(*ends.device.seal(Notification{.method = u"N"_s, .params = {}}, now)),
                                              "nonce"_L1, ends.cloud.session() + u".9"_s),
                                     *stranger.signer());
    QCOMPARE(codeOf(ends.cloud.open(textOf(forged), now, limit)), int(BadSignature));
}

void EnvelopeTest::toldThePeerWhatWasWrong()
{
    Ends ends;
    QVERIFY(ends.device.open(ends.hello(), now, limit));
    QVERIFY(!ends.cloud.hasPeerId());
    const auto request = ends.device.seal(ends.authentication(), now);
    const auto introduction = ends.cloud.openIntroduction(*request, u"Other.Method"_s, now, limit);
    QCOMPARE(codeOf(introduction), int(Unauthenticated));
    QVERIFY(ends.cloud.hasPeerId() && !ends.cloud.hasPeer());
    const auto answer = ends.cloud.seal(Response{.id = {}, .result = std::unexpected(introduction.error())}, now);
    const auto opened = ends.device.open(*answer, now, limit);
    QVERIFY2(opened, qPrintable(messageOf(opened)));
    QCOMPARE(std::get<Response>(opened->message).result.error().code, int(Unauthenticated));
}

void EnvelopeTest::measuresThePeersClock()
{
    Ends ends;
    const QDateTime behind = now.addYears(-20);
    QVERIFY(ends.introduce(behind));
    QCOMPARE(ends.cloud.peerClockAhead(), std::chrono::milliseconds(now.msecsTo(behind)));
    QCOMPARE(ends.device.peerClockAhead(), std::chrono::milliseconds(behind.msecsTo(now)));
    const auto answer = ends.cloud.seal(Response{.id = u"auth"_s, .result = QJsonValue(1)}, now.addSecs(60));
    QVERIFY(ends.device.open(*answer, behind.addSecs(60), limit));
    // The device's clock is set right in the middle of the session.
    const auto late = ends.device.seal(Notification{.method = u"N"_s, .params = {}}, now);
    QCOMPARE(codeOf(ends.cloud.open(*late, now, limit)), int(Skewed));
}

void EnvelopeTest::findsDamageEverywhere()
{
    for (const Algorithm algorithm : {Algorithm::EdDSA, Algorithm::RS256}) {
        Ends ends(algorithm, algorithm);
        QVERIFY(ends.shakeHands());
        const QByteArray good = *ends.cloud.seal(Request{.id = u"1"_s, .method = u"Sys.GetInfo"_s, .params = {{u"a"_s, 1}}}, now);
        for (qsizetype i = 0; i < good.size(); ++i) {
            for (const char change : {'\x01', '\x10', '\x20', '\x80'}) {
                QByteArray bad = good;
                bad[i] = static_cast<char>(bad[i] ^ change);
                const auto opened = ends.device.open(bad, now, limit);
                QVERIFY2(!opened, bad.constData());
            }
            QVERIFY(!ends.device.open(QByteArray(good).remove(i, 1), now, limit));
            QVERIFY(!ends.device.open(good.first(i), now, limit));
        }
        QVERIFY(ends.device.open(good, now, limit));
    }
}

void EnvelopeTest::refusesTheOwnMessage()
{
    Ends ends;
    QVERIFY(ends.shakeHands());
    const auto text = ends.device.seal(Notification{.method = u"N"_s, .params = {}}, now);
    QCOMPARE(codeOf(ends.device.open(*text, now, limit)), int(BadSignature));
    // Even where both ends hold one key.
    SignedSession cloud = SignedSession::cloudEnd(SignedSession::newSessionId(), ends.cloudKey.signer());
    SignedSession same = SignedSession::deviceEnd(u"device-1"_s, ends.cloudKey.signer(), ends.cloudKey.publicKey().verifier());
    QVERIFY(same.open(*cloud.seal(Notification{.method = methods::sessionHello, .params = {}}, now), now, limit));
    const auto echo = same.seal(Notification{.method = u"N"_s, .params = {}}, now);
    QCOMPARE(codeOf(same.open(*echo, now, limit)), int(WrongSigner));
}

void EnvelopeTest::refusesWhatCannotBeSigned()
{
    Ends ends;
    QVERIFY(ends.shakeHands());
    const auto code = [&](const QJsonObject &params) {
        return codeOf(ends.device.seal(Notification{.method = u"N"_s, .params = params}, now));
    };
    QCOMPARE(code({{u"a"_s, 1e16}}), int(InvalidRequest));
    QCOMPARE(code({{u"a"_s, QString(QChar(0xd800))}}), int(InvalidRequest));
    QCOMPARE(codeOf(ends.device.seal(Notification{.method = QString(QChar(0xdc00)), .params = {}}, now)), int(InvalidRequest));
    // What failed used no number.
    const auto text = ends.device.seal(Notification{.method = u"N"_s, .params = {}}, now);
    QVERIFY(ends.cloud.open(*text, now, limit));
}

void EnvelopeTest::makesSessionIds()
{
    QSet<QString> ids;
    for (int i = 0; i < 1000; ++i) {
        const QString id = SignedSession::newSessionId();
        QCOMPARE(id.size(), 22);
        QVERIFY(!id.contains(u'.') && !id.contains(u'='));
        ids.insert(id);
    }
    QCOMPARE(ids.size(), 1000);
}

void EnvelopeTest::countsOnlyWhatWasSealed()
{
    Ends ends;
    QVERIFY(ends.shakeHands());
    const auto first = ends.device.seal(Notification{.method = u"A"_s, .params = {}}, now);
    const auto second = ends.device.seal(Notification{.method = u"B"_s, .params = {}}, now);
    QVERIFY(ends.cloud.open(*second, now, limit));
    QCOMPARE(codeOf(ends.cloud.open(*first, now, limit)), int(Replayed));
    QCOMPARE(codeOf(ends.cloud.open(*second, now, limit)), int(Replayed));
}

void EnvelopeTest::survivesHostileMeta()
{
    Ends ends;
    QVERIFY(ends.device.open(ends.hello(), now, limit));
    const QJsonObject good = *parseJsonObject(*ends.device.seal(ends.authentication(), now));
    const QString hostile = u"\u001b]0;x\u0007\u202e<script>"_s + QString(5000, u'x');
    for (const QLatin1StringView name :
         {"signer_id"_L1, "audience_id"_L1, "direction"_L1, "nonce"_L1, "timestamp"_L1, "algorithm"_L1, "signature"_L1}) {
        QJsonObject object = withMeta(good, name, hostile);
        if (name != "signature"_L1)
            object = forge(object, *ends.deviceKey.signer());
        const auto opened = ends.cloud.openIntroduction(textOf(object), methods::authenticate, now, limits::messageBytesBeforeAcceptance);
        QVERIFY(!opened);
        const QString message = opened.error().message;
        QVERIFY2(message.size() < 300 && !message.contains(u'\u001b') && !message.contains(u'\u202e'), qPrintable(name));
    }
}

MUSTER_TEST(EnvelopeTest)
#include "tst_envelope.moc"
