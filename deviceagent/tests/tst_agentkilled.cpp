// SPDX-License-Identifier: GPL-3.0-or-later
// The real program, killed again and again while it runs commands: none is lost, and none runs twice.
#include "deviceagent/tests/fakeengine.h"
#include "deviceagent/tests/testserver.h"
#include "protocol/rpc/methods.h"
#include "protocol/signing/receipt.h"
#include "tests/support/testcase.h"

#include <QFile>
#include <QLocalSocket>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using muster::test::FakeEngine;
using muster::test::TestServer;

class AgentKilledTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void losesNothingAndRepeatsNothing();

private:
    CryptoLibrary m_crypto;
};

void AgentKilledTest::losesNothingAndRepeatsNothing()
{
    constexpr int rounds = 15;
    constexpr int commandsARound = 6;
    QTemporaryDir folder;
    FakeEngine engine;
    QVERIFY(engine.listen());
    TestServer server;
    QFile cloudKey(folder.filePath(u"cloud_public.pem"_s));
    QVERIFY(cloudKey.open(QIODevice::WriteOnly));
    cloudKey.write(server.publicKey().toPem());
    cloudKey.close();

    QSet<QString> open; // asked for, no receipt yet
    QHash<QString, Receipt> receipts;
    QHash<qint64, QString> byCounter;
    QStringList wrong;
    bool losesAnswers = true;
    server.answer = [&](const Request &request) -> std::optional<Result<QJsonValue>> {
        if (request.method != methods::commandDone)
            return QJsonValue(QJsonObject());
        const auto receipt = receiptFromJson(u"tested"_s, request.params);
        if (!receipt) {
            wrong.append(receipt.error().message);
        } else {
            // Told again, it must be the same.
            if (const QString other = byCounter.value(receipt->counter, receipt->command); other != receipt->command)
                wrong.append(u"%1 and %2 have one counter"_s.arg(other, receipt->command));
            if (receipts.contains(receipt->command) && receipts[receipt->command].counter != receipt->counter)
                wrong.append(u"%1 has two counters"_s.arg(receipt->command));
            byCounter.insert(receipt->counter, receipt->command);
            receipts.insert(receipt->command, *receipt);
            open.remove(receipt->command);
        }
        // An answer that is lost on the way, now and then.
        if (losesAnswers && QRandomGenerator::global()->bounded(4) == 0)
            return std::nullopt;
        return QJsonValue(QJsonObject{{u"stored"_s, true}});
    };

    int begun = 0;
    int interrupted = 0;
    for (int round = 0; round < rounds || !open.isEmpty(); ++round) {
        QVERIFY2(round < rounds + 20, "commands are never finished");
        QProcess agent;
        QSignalSpy introduced(&server, &TestServer::introduced);
        agent.start(QStringLiteral(MUSTER_BIN_DIR "/muster-agent"),
                    {u"run"_s, u"--data"_s, folder.filePath(u"data"_s), u"--cloud-key"_s, cloudKey.fileName(), u"--server"_s,
                     server.url().toString(), u"--device-id"_s, u"tested"_s, u"--container-socket"_s, engine.socket()});
        QVERIFY(introduced.wait(30'000));
        const bool isLast = round >= rounds;
        losesAnswers = !isLast;
        for (int i = 0; i < commandsARound && !isLast; ++i)
            open.insert(u"c%1"_s.arg(begun++));
        // As a server does: whatever has no receipt is sent (again).
        for (const QString &id : std::as_const(open))
            server.send(Request{u"run-%1-%2"_s.arg(round).arg(id),
                                methods::commandRun,
                                {{u"command"_s, id}, {u"method"_s, u"Container.Start"_s}, {u"params"_s, QJsonObject{{u"id"_s, id}}}}});
        if (isLast) {
            QTRY_VERIFY_WITH_TIMEOUT(open.isEmpty(), 20'000);
        } else {
            bool isOver = false;
            QTimer::singleShot(QRandomGenerator::global()->bounded(40), this, [&isOver] { isOver = true; });
            QTRY_VERIFY(isOver);
        }
        agent.kill();
        QVERIFY(agent.waitForFinished(10'000));
        QTRY_VERIFY(!server.isConnected());
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    QCOMPARE(receipts.size(), begun);
    // Counters have no gaps.
    for (int counter = 1; counter <= begun; ++counter)
        QVERIFY2(byCounter.contains(counter), qPrintable(QString::number(counter)));
    for (auto it = receipts.begin(); it != receipts.end(); ++it) {
        const auto starts = engine.asked.count("POST /v1.41/containers/" + it.key().toUtf8() + "/start");
        const bool wasInterrupted = !it->outcome && it->outcome.error().code == Interrupted;
        interrupted += wasInterrupted ? 1 : 0;
        QVERIFY2(starts <= 1, qPrintable(u"%1 ran %2 times"_s.arg(it.key()).arg(starts)));
        QVERIFY2(starts == 1 || wasInterrupted, qPrintable(u"%1 never ran, and says it did"_s.arg(it.key())));
    }
    qInfo("%d commands, killed %d times: %d interrupted, each with its receipt", begun, rounds, interrupted);
}

MUSTER_TEST(AgentKilledTest)
#include "tst_agentkilled.moc"
