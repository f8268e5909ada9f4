// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/receiptfile.h"
#include "tests/support/testcase.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// Receipts as files: what a good one shows, and that nothing else passes.
class TestReceiptFile : public test::TestCase
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    QJsonObject m_good; ///< as musterctl receipt writes it
    QString m_fingerprint;

    static QJsonObject vectors(const QString &name)
    {
        QFile file(QStringLiteral(MUSTER_SOURCE_DIR "/protocol/vectors/") + name);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("no %s", qPrintable(name));
        return QJsonDocument::fromJson(file.readAll()).object();
    }

    Result<QString> verify(const QByteArray &contents, const QString &fingerprint = {}, bool json = false)
    {
        QFile file(m_dir.filePath(u"receipt.json"_s));
        if (!file.open(QIODevice::WriteOnly))
            return failure(0, u"no file"_s);
        file.write(contents);
        file.close();
        return cli::verifyReceiptFile(file.fileName(), fingerprint, json);
    }
    Result<QString> verify(const QJsonObject &file) { return verify(QJsonDocument(file).toJson()); }
    static QString why(const Result<QString> &verified) { return verified ? u"it passes"_s : verified.error().message; }

private slots:
    void initTestCase()
    {
        const QJsonObject vector = vectors(u"receipts.json"_s)[u"receipts"_s].toArray().at(0).toObject();
        const QJsonObject key = vectors(u"keys.json"_s)[u"keys"_s][vector[u"device_key"_s].toString()].toObject();
        QJsonObject command = vector[u"request"_s].toObject();
        command[u"id"_s] = command.take(u"command"_s);
        m_fingerprint = key[u"fingerprint"_s].toString();
        m_good = {{u"muster_receipt"_s, 1},
                  {u"command"_s, command},
                  {u"public_key"_s, key[u"public_pem"_s]},
                  {u"fingerprint"_s, m_fingerprint},
                  {u"message"_s, vector[u"message"_s]}};
    }

    void aGoodOneTellsWhatItProves()
    {
        const auto shown = verify(m_good);
        QVERIFY2(shown, qPrintable(why(shown)));
        for (const QString &part : {u"greenhouse-7"_s, u"Sys.Reboot"_s, u"Größe"_s, m_fingerprint, u"vehicle hockey"_s, u"--fingerprint"_s})
            QVERIFY2(shown->contains(part), qPrintable(*shown));
        const auto json = verify(QJsonDocument(m_good).toJson(), m_fingerprint, true);
        QVERIFY(json);
        const QJsonObject account = QJsonDocument::fromJson(json->toUtf8()).object();
        QCOMPARE(account[u"counter"_s].toInt(), 7);
        QCOMPARE(account[u"result"_s].toObject(), (QJsonObject{{u"ok"_s, true}}));
    }

    void everyByteOfTheMessageCounts()
    {
        const QByteArray message = m_good[u"message"_s].toString().toUtf8();
        for (qsizetype at = 0; at < message.size(); ++at) {
            QByteArray changed = message;
            changed[at] = changed[at] == 'x' ? 'y' : 'x';
            QJsonObject file = m_good;
            file[u"message"_s] = QString::fromUtf8(changed);
            const auto verified = verify(file);
            QVERIFY2(!verified && why(verified).contains("proves nothing"_L1), qPrintable(u"byte %1: %2"_s.arg(at).arg(why(verified))));
        }
    }

    void anotherRequestIsNotAnswered_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("method") << u"method"_s << QJsonValue(u"Sys.GetInfo"_s);
        QTest::newRow("params") << u"params"_s << QJsonValue(QJsonObject{{u"delay_s"_s, 6}});
        QTest::newRow("device") << u"device_id"_s << QJsonValue(u"greenhouse-8"_s);
        QTest::newRow("command") << u"id"_s << QJsonValue(u"other"_s);
    }
    void anotherRequestIsNotAnswered()
    {
        QFETCH(const QString, member);
        QFETCH(const QJsonValue, value);
        QJsonObject file = m_good;
        QJsonObject command = file[u"command"_s].toObject();
        command[member] = value;
        file[u"command"_s] = command;
        QVERIFY(why(verify(file)).contains("proves nothing"_L1));
    }

    void theKeyMustBeTheOneThatIsTrusted()
    {
        const auto other = verify(QJsonDocument(m_good).toJson(), u"SHA256:other"_s);
        QVERIFY2(why(other).contains("SHA256:other"_L1), qPrintable(why(other)));
        // Somebody else's key in the file, with its fingerprint: the signature does not hold.
        const QJsonObject stranger = vectors(u"keys.json"_s)[u"keys"_s][u"cloud-ed25519"_s].toObject();
        QJsonObject file = m_good;
        file[u"public_key"_s] = stranger[u"public_pem"_s];
        QVERIFY(why(verify(file)).contains("proves nothing"_L1));
    }

    void whatIsNoReceiptIsSaidSo()
    {
        QVERIFY(why(verify(QByteArray("hello"))).contains("receipt.json"_L1));
        QVERIFY(why(verify(QByteArray("{}"))).contains("musterctl receipt"_L1));
        QVERIFY(why(cli::verifyReceiptFile(u"/no/such/file"_s, {}, false)).contains("/no/such/file"_L1));
    }
};

MUSTER_TEST(TestReceiptFile)
#include "tst_receiptfile.moc"
