// SPDX-License-Identifier: GPL-3.0-or-later
// Runs protocol/vectors: what other programs are written against must be what both ends here do.
#include "protocol/rpc/health.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "protocol/rpc/stream.h"
#include "protocol/rpc/timestamp.h"
#include "protocol/signing/envelope.h"
#include "protocol/signing/receipt.h"
#include "tests/support/testcase.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class VectorsTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void initTestCase();
    void keys_data();
    void keys();
    void sessions_data();
    void sessions();
    void health_data();
    void health();
    void streamOffers_data();
    void streamOffers();
    void readingStreams_data();
    void readingStreams();
    void writingStreams_data();
    void writingStreams();
    void receipts_data();
    void receipts();

private:
    static QJsonObject read(const QString &name);
    static void addVectors(const QString &file, const QString &member);
    CryptoLibrary m_crypto;
    QJsonObject m_keys;
    QHash<QString, KeyPair> m_pairs;
};

namespace {

int codeOf(const auto &result)
{
    return result ? 0 : result.error().code;
}

QByteArray received(const QJsonObject &step)
{
    if (step.contains(u"receive_base64"_s))
        return QByteArray::fromBase64(step.value(u"receive_base64"_s).toString().toLatin1());
    if (step.contains(u"receive_repeat"_s)) {
        const QJsonObject repeat = step.value(u"receive_repeat"_s).toObject();
        return repeat.value(u"unit"_s).toString().toUtf8().repeated(repeat.value(u"count"_s).toInteger());
    }
    return step.value(u"receive"_s).toString().toUtf8();
}

QString kindOf(const Message &message)
{
    return std::array{u"request"_s, u"notification"_s, u"response"_s}[message.index()];
}

} // namespace

QJsonObject VectorsTest::read(const QString &name)
{
    QFile file(QStringLiteral(MUSTER_SOURCE_DIR "/protocol/vectors/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", qPrintable(name));
    return QJsonDocument::fromJson(file.readAll()).object();
}

void VectorsTest::initTestCase()
{
    m_keys = read(u"keys.json"_s).value(u"keys"_s).toObject();
    QTemporaryDir folder;
    for (const QString &name : m_keys.keys()) {
        if (!m_keys[name].toObject().contains(u"private_pem"_s))
            continue; // nobody's
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(m_keys.value(name).toObject().value(u"private_pem"_s).toString().toLatin1());
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        const auto pair = KeyPair::load(file.fileName());
        QCOMPARE(codeOf(pair), m_keys.value(name).toObject().value(u"error"_s).toInt());
        if (pair)
            m_pairs.insert(name, *pair);
    }
}

void VectorsTest::keys_data()
{
    QTest::addColumn<QJsonObject>("key");
    for (auto it = m_keys.begin(); it != m_keys.end(); ++it)
        QTest::newRow(qPrintable(it.key())) << it.value().toObject();
}

void VectorsTest::keys()
{
    QFETCH(QJsonObject, key);
    const auto publicKey = PublicKey::fromPem(key.value(u"public_pem"_s).toString().toLatin1());
    QCOMPARE(codeOf(publicKey), key.value(u"error"_s).toInt());
    if (!publicKey)
        return;
    QCOMPARE(algorithmName(publicKey->algorithm()), key.value(u"algorithm"_s).toString());
    QCOMPARE(publicKey->fingerprint(), key.value(u"fingerprint"_s).toString());
    QCOMPARE(QJsonArray::fromStringList(publicKey->words()), key.value(u"words"_s).toArray());
}

void VectorsTest::sessions_data()
{
    QTest::addColumn<QJsonObject>("vector");
    QTest::addColumn<QJsonArray>("steps");
    const QJsonObject file = read(u"sessions.json"_s);
    const QJsonArray vectors = file.value(u"vectors"_s).toArray();
    QVERIFY(vectors.size() > 100);
    for (const QJsonValueConstRef value : vectors) {
        const QJsonObject vector = value.toObject();
        QJsonArray steps = file.value(u"openings"_s).toObject().value(vector.value(u"after"_s).toString()).toArray();
        for (const QJsonValueConstRef step : vector.value(u"steps"_s).toArray())
            steps.append(step);
        QVERIFY(!steps.isEmpty());
        QTest::addRow("%s, %s", qPrintable(vector.value(u"end"_s).toString()), qPrintable(vector.value(u"name"_s).toString()))
            << vector << steps;
    }
}

void VectorsTest::sessions()
{
    QFETCH(QJsonObject, vector);
    QFETCH(QJsonArray, steps);
    const bool isDevice = vector.value(u"end"_s).toString() == "device"_L1;
    const KeyPair cloudKey = m_pairs.value(vector.value(u"cloud_key"_s).toString());
    const KeyPair deviceKey = m_pairs.value(vector.value(u"device_key"_s).toString());
    SignedSession end =
        isDevice ? SignedSession::deviceEnd(vector.value(u"device_id"_s).toString(), deviceKey.signer(), cloudKey.publicKey().verifier())
                 : SignedSession::cloudEnd(vector.value(u"session"_s).toString(), cloudKey.signer());
    for (const QJsonValueConstRef value : std::as_const(steps)) {
        const QJsonObject step = value.toObject();
        const auto now = timestampFromText(step.value(u"now"_s).toString());
        QVERIFY(now);
        if (step.contains(u"send"_s)) {
            const auto message = messageFromJson(step.value(u"send"_s).toObject());
            QVERIFY(message);
            const auto text = end.seal(*message, *now);
            QVERIFY(text);
            QCOMPARE(*text, step.value(u"text"_s).toString().toUtf8());
            continue;
        }
        const QJsonObject expect = step.value(u"expect"_s).toObject();
        const QByteArray text = received(step);
        Result<Verified> opened = failure(0, {});
        if (isDevice || end.hasPeer()) {
            opened = end.open(text, *now, limits::messageBytesAfterAcceptance);
        } else {
            const auto introduction = end.openIntroduction(text, methods::authenticate, *now, limits::messageBytesBeforeAcceptance);
            opened = introduction ? Result<Verified>(introduction->verified) : std::unexpected(introduction.error());
            QCOMPARE(end.hasPeer(), introduction.has_value());
        }
        QVERIFY2(codeOf(opened) == expect.value(u"error"_s).toInt(),
                 qPrintable(opened ? u"accepted"_s : u"%1 %2"_s.arg(opened.error().code).arg(opened.error().message)));
        if (opened)
            QCOMPARE(kindOf(opened->message), expect.value(u"kind"_s).toString());
        else
            QVERIFY(!opened.error().message.isEmpty() && opened.error().message.size() < 300);
    }
}

void VectorsTest::health_data()
{
    QTest::addColumn<QJsonObject>("vector");
    const QJsonArray batches = read(u"health.json"_s).value(u"batches"_s).toArray();
    QVERIFY(!batches.isEmpty());
    for (const QJsonValueConstRef value : batches)
        QTest::newRow(qPrintable(value.toObject().value(u"name"_s).toString())) << value.toObject();
}

void VectorsTest::health()
{
    QFETCH(QJsonObject, vector);
    const auto samples = decodeHealthBatch(vector.value(u"params"_s).toObject());
    QCOMPARE(codeOf(samples), vector.value(u"error"_s).toInt());
    if (!samples)
        return;
    QJsonArray array;
    for (const HealthSample &sample : *samples)
        array.append(toJson(sample));
    QCOMPARE(array, vector.value(u"samples"_s).toArray());
    const auto again = decodeHealthBatch(encodeHealthBatch(*samples));
    QVERIFY(again);
    QCOMPARE(*again, *samples);
}

void VectorsTest::addVectors(const QString &file, const QString &member)
{
    QTest::addColumn<QJsonObject>("vector");
    const QJsonArray vectors = read(file).value(member).toArray();
    QVERIFY(!vectors.isEmpty());
    for (const QJsonValueConstRef value : vectors)
        QTest::newRow(qPrintable(value.toObject().value(u"name"_s).toString())) << value.toObject();
}

void VectorsTest::streamOffers_data()
{
    addVectors(u"streams.json"_s, u"offers"_s);
}

void VectorsTest::streamOffers()
{
    QFETCH(const QJsonObject, vector);
    const auto offer = StreamOffer::fromJson(vector.value(u"stream"_s));
    QCOMPARE(codeOf(offer), vector.value(u"error"_s).toInt());
    if (offer)
        QCOMPARE(offer->toJson(), vector.value(u"stream"_s).toObject());
}

void VectorsTest::readingStreams_data()
{
    addVectors(u"streams.json"_s, u"reading"_s);
}

void VectorsTest::readingStreams()
{
    QFETCH(const QJsonObject, vector);
    StreamSink sink(u"s"_s, vector.value(u"window"_s).toInteger());
    QCOMPARE(sink.offer().credit, vector.value(u"window"_s).toInteger());
    for (const QJsonValueConstRef value : vector.value(u"steps"_s).toArray()) {
        const QJsonObject step = value.toObject();
        if (step.contains(u"read"_s)) {
            const auto grant = sink.consumed(step.value(u"read"_s).toInteger());
            QCOMPARE(grant ? grant->value(u"bytes"_s).toInteger() : 0, step.value(u"grant"_s).toInteger());
            continue;
        }
        QJsonObject piece = step.value(u"receive"_s).toObject();
        if (const QJsonObject repeat = step.value(u"repeat"_s).toObject(); !repeat.isEmpty())
            piece.insert(u"data"_s, repeat.value(u"unit"_s).toString().repeated(repeat.value(u"count"_s).toInt()));
        const auto text = sink.take(piece);
        QCOMPARE(codeOf(text), step.value(u"error"_s).toInt());
        if (text && step.contains(u"text"_s))
            QCOMPARE(*text, step.value(u"text"_s).toString());
    }
}

void VectorsTest::writingStreams_data()
{
    addVectors(u"streams.json"_s, u"writing"_s);
}

void VectorsTest::writingStreams()
{
    QFETCH(const QJsonObject, vector);
    const auto offer = StreamOffer::fromJson(vector.value(u"stream"_s));
    QVERIFY(offer);
    StreamSource source(*offer);
    for (const QJsonValueConstRef value : vector.value(u"steps"_s).toArray()) {
        const QJsonObject step = value.toObject();
        if (step.contains(u"credit"_s))
            QCOMPARE(codeOf(source.grant(step.value(u"credit"_s).toObject())), step.value(u"error"_s).toInt());
        if (step.contains(u"write"_s)) {
            const QJsonObject piece = source.next(step.value(u"write"_s).toString());
            QCOMPARE(piece, (QJsonObject{{u"stream"_s, offer->id}, {u"seq"_s, step.value(u"seq"_s)}, {u"data"_s, step.value(u"write"_s)}}));
        }
        QCOMPARE(source.room(), step.value(u"room"_s).toInteger());
    }
}

void VectorsTest::receipts_data()
{
    addVectors(u"receipts.json"_s, u"receipts"_s);
}

void VectorsTest::receipts()
{
    QFETCH(const QJsonObject, vector);
    const auto receipt =
        verifyReceipt(vector.value(u"message"_s).toString().toUtf8(), m_pairs.value(vector.value(u"device_key"_s).toString()).publicKey());
    QCOMPARE(codeOf(receipt), vector.value(u"error"_s).toInt());
    if (!receipt)
        return;
    const QJsonObject request = vector.value(u"request"_s).toObject();
    const auto hash = requestHash(request.value(u"command"_s).toString(), request.value(u"device_id"_s).toString(),
                                  request.value(u"method"_s).toString(), request.value(u"params"_s).toObject());
    QVERIFY(hash);
    QCOMPARE(receipt->requestHash == *hash, vector.value(u"fits"_s).toBool());
    QCOMPARE(receipt->deviceId, request.value(u"device_id"_s).toString());
    QCOMPARE(codeOf(receipt->outcome), vector.value(u"outcome_error"_s).toInt());
}

MUSTER_TEST(VectorsTest)
#include "tst_vectors.moc"
