// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testcase.h"
#include "tests/system/counting.h"
#include "tests/system/house.h"

#include <QFile>
#include <QRandomGenerator>

using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// Commands through server, agent, bus and a worker, all of them real: what was acknowledged is never lost, and nothing runs
/// twice, whichever of them is killed, and when.
class KillRoundsTest : public TestCase
{
    Q_OBJECT

    House m_house;
    Counting m_counting{m_house.path(u"trace"_s)};
    std::unique_ptr<Program> m_agent;
    qint64 m_lastNumber = 0;
    int m_lastWish = 0;

    [[nodiscard]] bool startAgent()
    {
        m_agent = m_house.startAgent(u"pump"_s, u"agent"_s, {{u"MUSTER_NATS_URL"_s, m_counting.url()}});
        return m_agent->runs();
    }

    /// Asks for one count. @return the command's id where the server acknowledged it
    [[nodiscard]] QString ask()
    {
        const Ran asked =
            m_house.ctl({u"--json"_s, u"call"_s, u"pump"_s, u"Count.Add"_s, u"{\"n\":%1}"_s.arg(++m_lastNumber), u"--later"_s, u"1h"_s});
        return asked.code == 0 ? asked.json()["id"_L1].toString() : QString();
    }

    /// Wants one thing more of the device. @return the version in which the server acknowledged it; 0: it did not
    [[nodiscard]] qint64 wish()
    {
        const Ran wished = m_house.ctl({u"--json"_s, u"shadow"_s, u"pump"_s, u"--set"_s, u"wish.n%1=true"_s.arg(++m_lastWish)});
        return wished.code == 0 ? wished.json()["version"_L1].toInteger() : 0;
    }
    [[nodiscard]] QJsonObject shadow() const { return m_house.ctl({u"--json"_s, u"shadow"_s, u"pump"_s}).json(); }

    [[nodiscard]] QJsonObject command(const QString &id) const { return m_house.ctl({u"--json"_s, u"command"_s, id}).json(); }
    [[nodiscard]] bool isOver(const QString &id) const
    {
        const QString state = command(id)["state"_L1].toString();
        return state == "done"_L1 || state == "failed"_L1;
    }

private slots:
    void initTestCase()
    {
        QVERIFY2(m_counting.startBus(), "nats-server is needed: tools/packages.txt names it");
        QCOMPARE(m_house.prepare(), QString());
        QVERIFY(m_house.startServer());
        QVERIFY(startAgent());
        QVERIFY(m_agent->says(u"waiting for approval"_s));
        QCOMPARE(m_house.ctl({u"accept"_s, u"pump"_s}).code, 0);
        // nats-server may still be opening its port.
        QTRY_VERIFY_WITH_TIMEOUT(m_counting.startWorker(), 60'000);
        QTRY_VERIFY(m_house.ctl({u"methods"_s, u"pump"_s}).output.contains("Count.Add"_L1));
    }

    void cleanupTestCase()
    {
        m_agent.reset();
        QVERIFY(m_counting.stop());
    }

    void aCommandWaitsForItsDevice()
    {
        QCOMPARE(m_agent->end(), 0);
        QTRY_COMPARE(m_house.device(u"pump"_s)["presence"_L1]["state"_L1], "offline"_L1);
        const QString kept = ask();
        QVERIFY(!kept.isEmpty());
        const qint64 number = m_lastNumber;
        const QString unwanted = ask();
        QCOMPARE(command(kept)["state"_L1], "queued"_L1);
        QCOMPARE(m_house.ctl({u"cancel"_s, unwanted}).code, 0);
        QVERIFY(startAgent());
        QTRY_COMPARE_WITH_TIMEOUT(command(kept)["state"_L1], "done"_L1, 60'000);
        QCOMPARE(m_counting.counted().value(number), 1);
        QCOMPARE(command(unwanted)["state"_L1], "cancelled"_L1);
        QVERIFY(!m_counting.counted().contains(number + 1));
        // Its answer proves itself, and only unchanged.
        const Ran receipt = m_house.ctl({u"receipt"_s, kept});
        QCOMPARE(receipt.code, 0);
        QFile file(m_house.path(u"receipt.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(receipt.output.toUtf8());
        file.close();
        const QString fingerprint = m_house.device(u"pump"_s)["key"_L1]["fingerprint"_L1].toString();
        const Ran good = run(u"musterctl"_s, {u"verify-receipt"_s, file.fileName(), u"--fingerprint"_s, fingerprint});
        QVERIFY2(good.code == 0 && good.output.contains("pump"_L1), qPrintable(good.errors));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(receipt.output.toUtf8().replace("Count.Add", "Count.Bad"));
        file.close();
        QCOMPARE(run(u"musterctl"_s, {u"verify-receipt"_s, file.fileName()}).code, 1);
    }

    void nothingIsLostAndNothingRunsTwice()
    {
        bool isNumber = false;
        const int wanted = qEnvironmentVariableIntValue("MUSTER_KILL_ROUNDS", &isNumber);
        const int rounds = isNumber ? wanted : 5;
        auto *random = QRandomGenerator::global();
        QHash<qint64, QString> acknowledged;
        QStringList wishes;
        qint64 version = 0;
        for (int round = 0; round < rounds; ++round) {
            for (int i = 0; i < 3; ++i) {
                if (const QString id = ask(); !id.isEmpty())
                    acknowledged.insert(m_lastNumber, id);
            }
            if (const qint64 stored = wish(); stored > 0) {
                QVERIFY2(stored > version, qPrintable(u"version %1 after %2"_s.arg(stored).arg(version)));
                version = stored;
                wishes << u"n%1"_s.arg(m_lastWish);
            }
            // Somewhere between being kept, sent, begun, finished and told.
            QTest::qWait(random->bounded(150));
            const int victim = random->bounded(3);
            if (victim != 0)
                m_agent->kill();
            if (victim != 1)
                m_house.server().kill();
            if (victim != 1)
                QVERIFY(m_house.startServer());
            if (victim != 0)
                QVERIFY(startAgent());
        }
        QVERIFY(!acknowledged.isEmpty());
        for (const QString &id : std::as_const(acknowledged))
            QTRY_VERIFY2_WITH_TIMEOUT(isOver(id), qPrintable(u"%1 is %2"_s.arg(id, command(id)["state"_L1].toString())), 120'000);
        // What was wished is kept, and in the end the device does all of it.
        QVERIFY(!wishes.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(shadow()["state"_L1]["delta"_L1].toObject().isEmpty(), 60'000);
        const QJsonObject state = shadow()["state"_L1].toObject();
        for (const QString &name : std::as_const(wishes)) {
            QVERIFY2(state["desired"_L1]["wish"_L1][name].toBool(), qPrintable(name));
            QVERIFY2(state["reported"_L1]["wish"_L1][name].toBool(), qPrintable(name));
        }
        QVERIFY(shadow()["version"_L1].toInteger() >= version);
        const QHash<qint64, int> counts = m_counting.counted();
        int interrupted = 0;
        for (auto it = acknowledged.cbegin(); it != acknowledged.cend(); ++it) {
            const QJsonObject over = command(*it);
            QVERIFY2(over["receipt"_L1].toBool(), qPrintable(*it));
            if (over["state"_L1] == "done"_L1)
                QCOMPARE(counts.value(it.key()), 1);
            else
                ++interrupted;
        }
        for (auto it = counts.cbegin(); it != counts.cend(); ++it)
            QVERIFY2(*it == 1, qPrintable(u"%1 was counted %2 times"_s.arg(it.key()).arg(*it)));
        qInfo("%d rounds: %d commands acknowledged, %d of them interrupted, none lost, none twice; %d wishes, all done", rounds,
              int(acknowledged.size()), interrupted, int(wishes.size()));
    }
};

MUSTER_TEST(KillRoundsTest)
#include "tst_killrounds.moc"
