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

#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using muster::test::FakeEngine;
using muster::test::TestServer;
using namespace std::chrono_literals;

namespace {

/// A server asks again for what a device could not begin yet; the real one after 5 s.
constexpr auto askedAgainAfter = 100ms;
/// Some hundred commands, each with three durable lines and as many requests, beside whatever else the machine does: seconds, on a busy one
/// with sanitizers many. Nothing here is judged by time; this only ends a test that would hang.
#ifdef MUSTER_SLOW_TESTS
constexpr auto patience = 300s;
#else
constexpr auto patience = 90s;
#endif

} // namespace

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
    constexpr int commandsAtLast = 40; // at once: above what an agent runs at once
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

    // As a server does: whatever has no receipt is sent (again), with each connection and where the device could not begin it yet.
    int asked = 0;
    int refused = 0;
    const auto ask = [&](const QString &id) {
        server.send(Request{u"run-%1-%2"_s.arg(++asked).arg(id),
                            methods::commandRun,
                            {{u"command"_s, id}, {u"method"_s, u"Container.Start"_s}, {u"params"_s, QJsonObject{{u"id"_s, id}}}}});
    };
    QSet<QString> notBegun;
    connect(&server, &TestServer::received, this, [&] {
        for (const Response &response : std::exchange(server.responses, {})) {
            if (response.result || response.result.error().code != Unavailable)
                continue;
            ++refused;
            notBegun.insert(response.id.section(u'-', 2));
        }
    });
    QTimer again;
    connect(&again, &QTimer::timeout, this, [&] {
        const QSet<QString> ids = std::exchange(notBegun, {});
        for (const QString &id : ids) {
            if (server.isConnected() && open.contains(id))
                ask(id);
        }
    });
    again.start(askedAgainAfter);

    int begun = 0;
    int interrupted = 0;
    for (int round = 0; round <= rounds; ++round) {
        const bool isLast = round == rounds;
        losesAnswers = !isLast; // the next one waits half a minute for an answer that was lost
        QProcess agent;
        QSignalSpy introduced(&server, &TestServer::introduced);
        agent.start(QStringLiteral(MUSTER_BIN_DIR "/muster-agent"),
                    {u"run"_s, u"--data"_s, folder.filePath(u"data"_s), u"--cloud-key"_s, cloudKey.fileName(), u"--server"_s,
                     server.url().toString(), u"--device-id"_s, u"tested"_s, u"--container-socket"_s, engine.socket()});
        QVERIFY(introduced.wait(patience));
        for (int i = 0; i < (isLast ? commandsAtLast : commandsARound); ++i)
            open.insert(u"c%1"_s.arg(begun++));
        notBegun.clear();
        const QSet<QString> all = open;
        for (const QString &id : all)
            ask(id);
        if (isLast) {
            QTRY_VERIFY2_WITH_TIMEOUT(open.isEmpty(), qPrintable(u"no receipt of "_s + QStringList(open.values()).join(u", "_s)), patience);
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
    // What the agent puts off neither end forgets.
    QVERIFY(refused > 0);
    qInfo("%d commands, killed %d times: %d interrupted, %d put off, each with its receipt", begun, rounds + 1, interrupted, refused);
}

MUSTER_TEST(AgentKilledTest)
#include "tst_agentkilled.moc"
