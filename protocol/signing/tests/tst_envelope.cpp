// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "protocol/signing/canonical.h"
#include "protocol/signing/envelope.h"
#include "tests/support/testcase.h"

#include <QTimeZone>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace std::chrono_literals;

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

/// Both ends of one session after the handshake, and tools to forge with.
struct Ends
{
    explicit Ends(Algorithm algorithm = Algorithm::EdDSA)
        : cloudKey(*KeyPair::generate(algorithm, 2048))
        , deviceKey(*KeyPair::generate(algorithm, 2048))
        , cloud(SignedSession::cloudEnd(SignedSession::newSessionId(), cloudKey.signer()))
        , device(SignedSession::deviceEnd(u"device-1"_s, deviceKey.signer(), cloudKey.publicKey().verifier()))
    {
    }

    QByteArray hello() { return *cloud.seal(Notification{methods::sessionHello, {{u"session"_s, cloud.session()}}}, now); }

    QJsonObject authentication() const
    {
        return {{u"device_id"_s, u"device-1"_s}, {u"public_key"_s, QString::fromLatin1(deviceKey.publicKey().toPem())}};
    }

    bool introduce()
    {
        if (!device.open(hello(), now, limit))
            return false;
        const auto request = device.seal(Request{u"auth"_s, methods::authenticate, authentication()}, now);
        const auto introduction = cloud.openIntroduction(*request, methods::authenticate, now, limits::messageBytesBeforeAcceptance);
        if (!introduction)
            return false;
        const auto answer = cloud.seal(Response{u"auth"_s, QJsonObject{{u"status"_s, u"accepted"_s}}}, now);
        return device.open(*answer, now, limit).has_value();
    }

    KeyPair cloudKey;
    KeyPair deviceKey;
    SignedSession cloud;
    SignedSession device;
};

/// Signs whatever object with whatever `meta` it has.
[[maybe_unused]] QByteArray forge(QJsonObject object, const Signer &signer)
{
    QByteArray text;
    if (!appendCanonicalWithout(text, object, "meta"_L1, "signature"_L1))
        qFatal("cannot be signed");
    QJsonObject meta = object.value(u"meta").toObject();
    meta.insert(u"signature"_s,
                QString::fromLatin1(signer.sign(text)->toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)));
    object.insert(u"meta"_s, meta);
    return *canonicalJson(object);
}

} // namespace

class EnvelopeTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void carriesMessagesBothWays_data();
    void carriesMessagesBothWays();

private:
    CryptoLibrary m_crypto;
};

void EnvelopeTest::carriesMessagesBothWays_data()
{
    QTest::addColumn<int>("algorithm");
    QTest::newRow("EdDSA") << int(Algorithm::EdDSA);
    QTest::newRow("RS256") << int(Algorithm::RS256);
}

void EnvelopeTest::carriesMessagesBothWays()
{
    QFETCH(int, algorithm);
    Ends ends(static_cast<Algorithm>(algorithm));
    QVERIFY(ends.introduce());
    const auto text = ends.cloud.seal(Request{u"1"_s, u"Sys.GetInfo"_s, {{u"z"_s, 1}, {u"a"_s, u"ü\n"_s}}}, now);
    QVERIFY(text);
    // What is sent is in canonical form itself.
    QCOMPARE(*canonicalJson(*parseJsonObject(*text)), *text);
    const auto opened = ends.device.open(*text, now, limit);
    QVERIFY2(opened, qPrintable(messageOf(opened)));
    const auto *request = std::get_if<Request>(&opened->message);
    QVERIFY(request);
    QCOMPARE(request->method, u"Sys.GetInfo"_s);
    QCOMPARE(request->params.value(u"a").toString(), u"ü\n"_s);
    QCOMPARE(opened->meta.signerId, QString(cloudId));
    QCOMPARE(opened->meta.audienceId, u"device-1"_s);
    QCOMPARE(opened->meta.timestamp, now);

    const auto back = ends.device.seal(Response{u"1"_s, QJsonValue(42)}, now.addMSecs(5));
    const auto answer = ends.cloud.open(*back, now, limit);
    QVERIFY2(answer, qPrintable(messageOf(answer)));
    QCOMPARE(*std::get<Response>(answer->message).result, QJsonValue(42));
}

MUSTER_TEST(EnvelopeTest)
#include "tst_envelope.moc"
