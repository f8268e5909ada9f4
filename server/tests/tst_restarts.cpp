// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tests/receiptdevice.h"
#include "tests/support/testcase.h"

#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QTemporaryDir>

using namespace muster;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// The real musterd, killed (SIGKILL) between the steps of a command: what it acknowledged it still has, and nothing runs twice.
class RestartsTest : public TestCase
{
    Q_OBJECT

    static constexpr int patience = 30'000;

    /// A device that keeps a journal, as the protocol asks it to: a command runs once, its receipt is told until it is answered.
    struct Journal
    {
        QHash<QString, QJsonObject> receipts; ///< of what has run, by command
        int runs = 0;

        Result<QJsonValue> run(const QString &deviceId, const QJsonObject &params)
        {
            const QString command = params["command"_L1].toString();
            const bool known = receipts.contains(command);
            if (!known) {
                ++runs;
                receipts.insert(command, receiptFor(deviceId, params, runs));
            }
            return QJsonObject{{"state"_L1, known ? u"done"_s : u"running"_s}};
        }
    };

    QTemporaryDir m_folder;
    std::unique_ptr<QProcess> m_server;
    QNetworkAccessManager m_network;
    QString m_url;
    QByteArray m_apiKey;
    QByteArray m_cloudPem;

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    static QByteArray contents(const QString &file)
    {
        QFile opened(file);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }
    static std::unique_ptr<QProcess> start(const QStringList &arguments)
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::MergedChannels);
        process->start(QStringLiteral(MUSTER_BIN_DIR "/musterd"), arguments);
        return process;
    }
    [[nodiscard]] bool startServer()
    {
        QFile::remove(path(u"ready"_s));
        m_server = start({u"run"_s, u"--data"_s, path(u"data"_s), u"--listen"_s, u"127.0.0.1:0"_s, u"--ready-file"_s, path(u"ready"_s)});
        const bool ready = QTest::qWaitFor([&] { return QFile::exists(path(u"ready"_s)); }, patience);
        m_url = QJsonDocument::fromJson(contents(path(u"ready"_s)))["url"_L1].toString();
        m_cloudPem = contents(path(u"data/keys/cloud_public.pem"_s));
        return ready && !m_url.isEmpty();
    }
    void killServer()
    {
        m_server->kill();
        QVERIFY(m_server->waitForFinished(patience));
    }

    QJsonObject http(const QByteArray &verb, const QString &to, const QJsonObject &body = {})
    {
        QNetworkRequest request(QUrl(m_url + u"/api/v2"_s + to));
        request.setRawHeader("Authorization", "Bearer " + m_apiKey);
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        const QByteArray text = verb == "GET" ? QByteArray() : QJsonDocument(body).toJson();
        const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, verb, text));
        (void)QTest::qWaitFor([&] { return reply->isFinished(); }, patience);
        return QJsonDocument::fromJson(reply->readAll()).object();
    }
    QString stateOf(const QString &command) { return http("GET", u"/commands/"_s + command)["state"_L1].toString(); }

    /// @param answers false: it hears everything and says nothing
    std::unique_ptr<TestDevice> connectDevice(const QString &id, const KeyPair &key, Journal &journal, bool answers, bool sendsReceipts)
    {
        auto device = std::make_unique<TestDevice>(QUrl(m_url), id, key, m_cloudPem);
        device->answersCalls = answers;
        device->answerWith = [&journal, id](const Request &request) -> Result<QJsonValue> {
            return request.method == methods::commandRun ? journal.run(id, request.params) : Result<QJsonValue>(QJsonObject{});
        };
        if (sendsReceipts) {
            device->afterwards = [device = device.get(), &journal](const Request &request) {
                if (request.method == methods::commandRun)
                    device->send(device->sealed(Request{.id = u"done"_s,
                                                        .method = methods::commandDone,
                                                        .params = journal.receipts.value(request.params["command"_L1].toString())}));
            };
        }
        return device->introduce() == "accepted"_L1 ? std::move(device) : nullptr;
    }

private slots:
    void initTestCase()
    {
        m_network.setProxy(QNetworkProxy::NoProxy);
        const auto added = start({u"user"_s, u"add"_s, u"--data"_s, path(u"data"_s), u"--name"_s, u"admin"_s, u"--role"_s, u"admin"_s,
                                  u"--api-key-file"_s, path(u"key"_s)});
        QVERIFY(added->waitForFinished(patience) && added->exitCode() == 0);
        m_apiKey = contents(path(u"key"_s)).trimmed();
        QVERIFY(startServer());
    }

    void cleanupTestCase()
    {
        m_server->terminate();
        QVERIFY(m_server->waitForFinished(patience));
    }

    void killedBetweenAnyTwoSteps_data()
    {
        QTest::addColumn<int>("step");
        QTest::newRow("acknowledged, device away") << 0;
        QTest::newRow("sent, not answered") << 1;
        QTest::newRow("running") << 2;
        QTest::newRow("receipt on its way") << 3;
        QTest::newRow("receipt kept") << 4;
    }

    void killedBetweenAnyTwoSteps()
    {
        QFETCH(const int, step);
        const QString id = u"dev-%1"_s.arg(step);
        const KeyPair key = *KeyPair::generate(Algorithm::EdDSA);
        Journal journal;
        {
            TestDevice fresh(QUrl(m_url), id, key, m_cloudPem);
            QCOMPARE(fresh.introduce(), u"pending"_s);
            const QJsonObject approval = http("GET", u"/approvals"_s)["items"_L1][0].toObject();
            QCOMPARE(http("POST", u"/approvals/%1/accept"_s.arg(approval["id"_L1].toString()))["state"_L1], "accepted"_L1);
        }
        QTRY_COMPARE(http("GET", u"/devices/"_s + id)["presence"_L1]["state"_L1], "offline"_L1);
        std::unique_ptr<TestDevice> device;
        if (step > 0) {
            device = connectDevice(id, key, journal, step > 1, step == 4);
            QVERIFY(device);
        }
        const QString command =
            http("POST", u"/commands"_s,
                 {{"device"_L1, id}, {"method"_L1, u"Sys.Reboot"_s}, {"params"_L1, QJsonObject{{"a"_L1, 1}}}})["items"_L1][0]["id"_L1]
                .toString();
        QVERIFY(!command.isEmpty());
        if (step == 1)
            QTRY_COMPARE(device->requestsOf(methods::commandRun).size(), 1);
        if (step == 2 || step == 3)
            QTRY_COMPARE(stateOf(command), u"running"_s);
        if (step == 3)
            device->send(
                device->sealed(Request{.id = u"done"_s, .method = methods::commandDone, .params = journal.receipts.value(command)}));
        if (step == 4)
            QTRY_COMPARE(stateOf(command), u"done"_s);
        killServer();
        device.reset();
        QVERIFY(startServer());
        QVERIFY(!stateOf(command).isEmpty());
        device = connectDevice(id, key, journal, true, true);
        QVERIFY(device);
        if (step == 2 || step == 3) // it was begun before: the device tells its end by itself, until it is answered
            QVERIFY(device->ask(methods::commandDone, journal.receipts.value(command)));
        QTRY_COMPARE(stateOf(command), u"done"_s);
        QCOMPARE(http("GET", u"/commands/"_s + command)["result"_L1], 1);
        QCOMPARE(journal.runs, 1);
        QVERIFY(http("GET", u"/commands/%1/receipt"_s.arg(command)).contains("message"_L1));
    }
};

MUSTER_TEST(RestartsTest)
#include "tst_restarts.moc"
