// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/bus/eventqueue.h"
#include "deviceagent/tests/testserver.h"
#include "protocol/rpc/methods.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::agent;
using namespace muster::test;

/// The events of workers, on their way to the server.
class AgentEventsTest : public TestCase
{
    Q_OBJECT

private slots:
    void whatTheServerNeverTakesHoldsUpNothing_data()
    {
        QTest::addColumn<int>("code");
        QTest::newRow("wrong") << int(InvalidParams);
        QTest::newRow("too large") << int(TooLarge);
    }

    void whatTheServerNeverTakesHoldsUpNothing()
    {
        QFETCH(const int, code);
        TestServer server;
        server.answer = [code](const Request &request) -> std::optional<Result<QJsonValue>> {
            const QJsonArray events = request.params[u"events"_s].toArray();
            if (events.first()[u"name"_s] == "bad"_L1)
                return failure(code, u"never"_s);
            return Result<QJsonValue>(QJsonObject{{u"stored"_s, events.size()}});
        };
        const Identity identity{.deviceId = u"device-1"_s,
                                .bootId = {},
                                .agent = {},
                                .machine = {},
                                .key = *KeyPair::generate(Algorithm::EdDSA),
                                .cloudKey = server.publicKey()};
        ServerLink link(identity, {.url = server.url(), .authMethod = methods::authenticate, .tls = {}},
                        [](const QString &, const QJsonObject &) {
                            return QtFuture::makeReadyValueFuture(Answer(failure(MethodNotFound, u"none"_s)));
                        });
        EventQueue events(link, {.gather = std::chrono::milliseconds(0)});
        QVERIFY(events.add(u"bad"_s, 1, u"worker"_s));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"does not take 1 events: never"_s));
        link.start();
        QTRY_COMPARE(events.count(), 0);
        QVERIFY(events.add(u"good"_s, 2, u"worker"_s));
        QTRY_COMPARE(events.count(), 0);
        QCOMPARE(server.requests.size(), 2);
        QCOMPARE(server.requests.last().params[u"events"_s][0][u"name"_s], "good"_L1);
    }

    void refusesWhatTheServerWould()
    {
        TestServer server;
        const Identity identity{.deviceId = u"device-1"_s,
                                .bootId = {},
                                .agent = {},
                                .machine = {},
                                .key = *KeyPair::generate(Algorithm::EdDSA),
                                .cloudKey = server.publicKey()};
        ServerLink link(identity, {.url = server.url(), .authMethod = methods::authenticate, .tls = {}}, {});
        EventQueue events(link, {});
        QVERIFY(events.add(u"a"_s, QString(limits::eventBytes - 2, u'x'), QString(64, u's')));
        QCOMPARE(events.add(u"a"_s, QString(limits::eventBytes - 1, u'x'), u"s"_s).error().code, int(TooLarge));
        QCOMPARE(events.add(u"a"_s, 1, QString(65, u's')).error().code, int(InvalidParams));
        QCOMPARE(events.count(), 1);
    }

private:
    CryptoLibrary m_crypto;
};

MUSTER_TEST(AgentEventsTest)
#include "tst_agentevents.moc"
