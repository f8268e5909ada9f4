// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/signing/keys.h"
#include "protocol/signing/words.h"
#include "tests/support/testcase.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include <atomic>
#include <thread>

#include <sys/stat.h>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class KeysTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void selfTestPasses();
    void signsAndVerifies_data();
    void signsAndVerifies();
    void servesSeveralThreads_data();
    void servesSeveralThreads();
    void namesKeys();
    void normalisesPkcs1();
    void refusesOtherKeys_data();
    void refusesOtherKeys();
    void refusesMalleableSignatures();
    void refusesBadSizes();
    void makesAndKeepsKeyFiles();
    void refusesBadKeyFiles_data();
    void refusesBadKeyFiles();

private:
    static QByteArray openssl(const QStringList &arguments);
    CryptoLibrary m_crypto;
};

namespace {

QString messageOf(const auto &result)
{
    return result ? QString() : result.error().message;
}

void writeFile(const QString &path, const QByteArray &bytes, mode_t mode = 0600)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), mode), 0);
}

} // namespace

QByteArray KeysTest::openssl(const QStringList &arguments)
{
    QProcess process;
    process.start(u"openssl"_s, arguments);
    if (!process.waitForFinished(60000))
        qFatal("openssl does not answer");
    return process.readAllStandardOutput();
}

void KeysTest::selfTestPasses()
{
    const auto tested = m_crypto.selfTest();
    QVERIFY2(tested, qPrintable(messageOf(tested)));
}

void KeysTest::signsAndVerifies_data()
{
    QTest::addColumn<int>("algorithm");
    QTest::addColumn<qsizetype>("size");
    QTest::newRow("EdDSA") << int(Algorithm::EdDSA) << qsizetype(64);
    QTest::newRow("RS256") << int(Algorithm::RS256) << qsizetype(256);
}

void KeysTest::signsAndVerifies()
{
    QFETCH(int, algorithm);
    QFETCH(qsizetype, size);
    const auto pair = KeyPair::generate(static_cast<Algorithm>(algorithm), 2048);
    QVERIFY2(pair, qPrintable(messageOf(pair)));
    const auto verifier = pair->publicKey().verifier();
    QVERIFY(verifier);
    QCOMPARE(int(verifier->algorithm()), algorithm);
    const auto signature = pair->signer()->sign("text");
    QVERIFY(signature);
    QCOMPARE(signature->size(), size);
    QVERIFY(verifier->verify("text", *signature));
    QVERIFY(!verifier->verify("texts", *signature));
    QVERIFY(!verifier->verify("text", signature->chopped(1)));
    QVERIFY(!verifier->verify("text", *signature + 'x'));
    QVERIFY(!verifier->verify("text", QByteArray()));
    QVERIFY(!verifier->verify("text", QByteArray(size, '\0')));

    const auto copy = PublicKey::fromPem(pair->publicKey().toPem());
    QVERIFY(copy);
    QVERIFY(*copy == pair->publicKey());
}

void KeysTest::servesSeveralThreads_data()
{
    signsAndVerifies_data();
}

void KeysTest::servesSeveralThreads()
{
    QFETCH(int, algorithm);
    const auto pair = KeyPair::generate(static_cast<Algorithm>(algorithm), 2048);
    QVERIFY(pair);
    const auto signer = pair->signer();
    const auto verifier = pair->publicKey().verifier();
    std::atomic<int> good = 0;
    constexpr int threadCount = 4;
    constexpr int rounds = 50;
    std::vector<std::thread> threads;
    threads.reserve(threadCount);
    for (int t = 0; t < threadCount; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < rounds; ++i) {
                const QByteArray text = QByteArray::number(t * 1000 + i);
                const auto signature = signer->sign(text);
                if (signature && verifier->verify(text, *signature) && !verifier->verify(text + 'x', *signature))
                    ++good;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(good.load(), threadCount * rounds);
}

void KeysTest::namesKeys()
{
    // The public key of RFC 8032, section 7.1, test 1; its fingerprint and words by hand: sha256 of the 44 bytes of DER.
    const auto key = PublicKey::fromPem(
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n");
    QVERIFY2(key, qPrintable(messageOf(key)));
    QCOMPARE(key->spki().toHex(), QByteArray("302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    QCOMPARE(key->id().size(), 32);
    QCOMPARE(key->fingerprint(), "SHA256:"_L1 + QString::fromLatin1(key->id().toBase64(QByteArray::OmitTrailingEquals)));
    QCOMPARE(key->bits(), 256);
    const QStringList words = key->words();
    QCOMPARE(words.size(), 6);
    // The first word comes from the first eleven bits.
    const auto id = key->id();
    const int first = (quint8(id[0]) << 3) | (quint8(id[1]) >> 5);
    QCOMPARE(words[0], QString(fingerprintWord(first)));
    const int second = ((quint8(id[1]) & 31) << 6) | (quint8(id[2]) >> 2);
    QCOMPARE(words[1], QString(fingerprintWord(second)));
    QCOMPARE(QString(fingerprintWord(0)), u"abandon"_s);
    QCOMPARE(QString(fingerprintWord(2047)), u"zoo"_s);
}

void KeysTest::normalisesPkcs1()
{
    QTemporaryDir folder;
    const QString key = folder.filePath(u"k"_s);
    openssl({u"genrsa"_s, u"-out"_s, key, u"2048"_s});
    const auto spki = PublicKey::fromPem(openssl({u"rsa"_s, u"-in"_s, key, u"-pubout"_s}));
    const auto pkcs1 = PublicKey::fromPem(openssl({u"rsa"_s, u"-in"_s, key, u"-RSAPublicKey_out"_s}));
    QVERIFY2(spki && pkcs1, qPrintable(messageOf(pkcs1)));
    QVERIFY(*spki == *pkcs1);
    QCOMPARE(spki->bits(), 2048);
    QCOMPARE(spki->algorithm(), Algorithm::RS256);
}

void KeysTest::refusesOtherKeys_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::addColumn<QString>("says");
    QTemporaryDir folder;
    const auto make = [&](const QStringList &options) {
        const QString key = folder.filePath(u"k"_s);
        openssl(QStringList{u"genpkey"_s, u"-out"_s, key} + options);
        return openssl({u"pkey"_s, u"-in"_s, key, u"-pubout"_s});
    };
    QTest::newRow("RSA 1024") << make({u"-algorithm"_s, u"RSA"_s, u"-pkeyopt"_s, u"rsa_keygen_bits:1024"_s})
                              << u"1024 bits: at least 2048"_s;
    QTest::newRow("RSA-PSS") << make({u"-algorithm"_s, u"RSA-PSS"_s, u"-pkeyopt"_s, u"rsa_keygen_bits:2048"_s})
                             << u"RSA-PSS is not supported"_s;
    QTest::newRow("EC") << make({u"-algorithm"_s, u"EC"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s}) << u"EC is not supported"_s;
    QTest::newRow("Ed448") << make({u"-algorithm"_s, u"ED448"_s}) << u"ED448 is not supported"_s;
    QTest::newRow("X25519") << make({u"-algorithm"_s, u"X25519"_s}) << u"X25519 is not supported"_s;
    const QByteArray good = make({u"-algorithm"_s, u"ED25519"_s});
    QTest::newRow("empty") << QByteArray() << u"Not one public key"_s;
    QTest::newRow("two keys") << good + good << u"Not one public key"_s;
    QTest::newRow("private key") << openssl({u"genpkey"_s, u"-algorithm"_s, u"ED25519"_s}) << u"This is a private key"_s;
    QTest::newRow("cut off") << good.first(60) + "\n-----END PUBLIC KEY-----\n" << u"no public key that can be read"_s;
    QTest::newRow("long") << good + QByteArray(20000, 'x') << u"longer than"_s;
    QTest::newRow("certificate") << QByteArray("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n") << u"no public key"_s;
}

void KeysTest::refusesOtherKeys()
{
    QFETCH(QByteArray, pem);
    QFETCH(QString, says);
    const auto key = PublicKey::fromPem(pem);
    QVERIFY(!key);
    QCOMPARE(key.error().code, int(BadKey));
    QVERIFY2(key.error().message.contains(says), qPrintable(key.error().message));
}

void KeysTest::refusesMalleableSignatures()
{
    // RFC 8032 section 5.1.7: S is below the group's order L, else there were a second signature for each text.
    const auto pair = KeyPair::generate(Algorithm::EdDSA);
    QVERIFY(pair);
    const auto verifier = pair->publicKey().verifier();
    auto signature = pair->signer()->sign("text");
    QVERIFY(signature && verifier->verify("text", *signature));
    const QByteArray order = QByteArray::fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    int carry = 0;
    for (int i = 0; i < order.size(); ++i) {
        carry += static_cast<uchar>(signature->at(32 + i)) + static_cast<uchar>(order.at(i));
        (*signature)[32 + i] = static_cast<char>(carry);
        carry >>= 8;
    }
    QCOMPARE(carry, 0);
    QVERIFY(!verifier->verify("text", *signature));
}

void KeysTest::refusesBadSizes()
{
    QCOMPARE(KeyPair::generate(Algorithm::RS256, 1024).error().code, int(BadKey));
    QCOMPARE(KeyPair::generate(Algorithm::RS256, 4097).error().code, int(BadKey));
}

void KeysTest::makesAndKeepsKeyFiles()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"deep/er/key.pem"_s);
    const auto made = KeyPair::loadOrCreate(path);
    QVERIFY2(made, qPrintable(messageOf(made)));
    struct stat about = {};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &about), 0);
    QCOMPARE(about.st_mode & 07777, 0600u);
    QCOMPARE(::stat(QFile::encodeName(folder.filePath(u"deep"_s)).constData(), &about), 0);
    QCOMPARE(about.st_mode & 07777, 0700u);
    QCOMPARE(QDir(folder.filePath(u"deep/er"_s)).entryList(QDir::Files | QDir::Hidden), QStringList{u"key.pem"_s});

    const auto again = KeyPair::loadOrCreate(path);
    QVERIFY(again);
    QVERIFY(again->publicKey() == made->publicKey());
    const auto signature = again->signer()->sign("x");
    QVERIFY(signature && made->publicKey().verifier()->verify("x", *signature));

    const auto rsa = KeyPair::loadOrCreate(folder.filePath(u"rsa.pem"_s), Algorithm::RS256);
    QVERIFY(rsa);
    const auto loaded = KeyPair::load(folder.filePath(u"rsa.pem"_s));
    QVERIFY2(loaded, qPrintable(messageOf(loaded)));
    QCOMPARE(loaded->publicKey().bits(), 3072);
}

void KeysTest::refusesBadKeyFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("mode");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const QByteArray good = openssl({u"genpkey"_s, u"-algorithm"_s, u"ED25519"_s});
    const QByteArray encrypted = openssl({u"genpkey"_s, u"-algorithm"_s, u"ED25519"_s, u"-aes-256-cbc"_s, u"-pass"_s, u"pass:x"_s});
    QTest::newRow("group may read") << good << 0640 << int(BadKey) << u"(mode 0640): run chmod 600"_s;
    QTest::newRow("others may read") << good << 0604 << int(BadKey) << u"chmod 600"_s;
    QTest::newRow("encrypted") << encrypted << 0600 << int(BadKey) << u"is encrypted"_s;
    QTest::newRow("garbage") << QByteArray("garbage") << 0600 << int(BadKey) << u"holds no private key"_s;
    QTest::newRow("empty") << QByteArray() << 0600 << int(BadKey) << u"holds no private key"_s;
    QTest::newRow("long") << QByteArray(100000, 'x') << 0600 << int(BadKey) << u"too long"_s;
    QTest::newRow("RSA 1024") << openssl({u"genpkey"_s, u"-algorithm"_s, u"RSA"_s, u"-pkeyopt"_s, u"rsa_keygen_bits:1024"_s}) << 0600
                              << int(BadKey) << u"1024 bits"_s;
    QTest::newRow("EC") << openssl({u"genpkey"_s, u"-algorithm"_s, u"EC"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s}) << 0600
                        << int(BadKey) << u"EC is not supported"_s;
}

void KeysTest::refusesBadKeyFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(int, mode);
    QFETCH(int, code);
    QFETCH(QString, says);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"key.pem"_s);
    writeFile(path, content, static_cast<mode_t>(mode));
    const auto loaded = KeyPair::loadOrCreate(path);
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, code);
    QVERIFY2(loaded.error().message.startsWith(path + u": "_s) && loaded.error().message.contains(says),
             qPrintable(loaded.error().message));
    // The file that could not be used is never written over.
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);

    QCOMPARE(KeyPair::load(folder.filePath(u"none"_s)).error().code, int(NotFound));
    QCOMPARE(KeyPair::load(folder.path()).error().code, int(BadKey));
}

MUSTER_TEST(KeysTest)
#include "tst_keys.moc"
