// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/creditedstream.h"
#include "client/link/serverclock.h"
#include "tests/support/testcase.h"

#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

namespace {

constexpr qint64 window = 1'000;

/// The connection to a server that has one stream, which says what the test has it say.
class StreamLink : public Link
{
public:
    explicit StreamLink(ServerClock *clock)
        : Link(clock)
    {
        setState(State::Ready);
    }

    [[nodiscard]] QString serverAddress() const override { return {}; }
    void call(const QString &method, const QJsonObject &params, QObject *, const Reply &reply) override
    {
        if (method == "Live.Subscribe"_L1) {
            asked << params;
            m_id = u"s%1"_s.arg(asked.size());
            m_room = params["credit"_L1].toInteger();
            reply(QJsonValue(QJsonObject{{"subscription"_L1, m_id}}));
        } else if (method == "Live.Credit"_L1) {
            QCOMPARE(params["subscription"_L1].toString(), m_id);
            granted << params["bytes"_L1].toInteger();
            m_room += granted.last();
        } else if (method == "Live.Unsubscribe"_L1) {
            unsubscribed << params["subscription"_L1].toString();
        }
    }
    void retryNow() override {}

    void say(const QString &text)
    {
        m_room -= text.toUtf8().size();
        QVERIFY2(m_room >= 0, "the test says more than was granted");
        deliver(u"Live.Text"_s, {{"subscription"_L1, m_id}, {"text"_L1, text}});
    }
    void end(const QJsonValue &error = QJsonValue::Null) { deliver(u"Live.TextEnd"_s, {{"subscription"_L1, m_id}, {"error"_L1, error}}); }
    void breakAndMend()
    {
        setState(State::Reconnecting);
        setState(State::Ready);
    }
    /// Bytes that may still be sent.
    [[nodiscard]] qint64 room() const { return m_room; }

    QList<QJsonObject> asked;
    QList<qint64> granted;
    QStringList unsubscribed;

private:
    QString m_id;
    qint64 m_room = 0;
};

/// A stream with what came of it.
struct Heard
{
    Heard()
    {
        QObject::connect(&stream, &CreditedStream::taken, &stream, [this](const QString &text) { pieces << text; });
        stream.begin({{"device"_L1, "pump"_L1}});
    }
    [[nodiscard]] QString text() const { return pieces.join(QString()); }

    ServerClock clock;
    StreamLink link{&clock};
    CreditedStream stream{&link, {.topic = u"texts"_s, .piece = u"Live.Text"_s, .end = u"Live.TextEnd"_s}, window, nullptr};
    QStringList pieces;
};

} // namespace

class TestCreditedStream : public test::TestCase
{
    Q_OBJECT

private slots:
    void theWindowIsAskedForAtFirst()
    {
        Heard heard;
        QSignalSpy started(&heard.stream, &CreditedStream::started);
        QTRY_COMPARE(started.count(), 1);
        QCOMPARE(heard.link.asked,
                 QList<QJsonObject>({QJsonObject{{"topic"_L1, "texts"_L1}, {"device"_L1, "pump"_L1}, {"credit"_L1, window}}}));
        QVERIFY(heard.link.granted.isEmpty());
    }

    void onlyWhatWasTakenInIsGranted()
    {
        Heard heard;
        QTRY_COMPARE(heard.link.asked.size(), 1);
        heard.link.say(QString(300, u'a'));
        QTRY_COMPARE(heard.text().size(), 300);
        QVERIFY(heard.link.granted.isEmpty()); // one message for many pieces
        heard.link.say(QString(200, u'b'));
        QVERIFY(heard.link.granted.isEmpty()); // it has come and is not taken in
        QTRY_COMPARE(heard.link.granted, QList<qint64>{500});
        QCOMPARE(heard.text(), QString(300, u'a') + QString(200, u'b'));
        QCOMPARE(heard.link.room(), window);
    }

    void whatCountsAreBytes()
    {
        Heard heard;
        QTRY_COMPARE(heard.link.asked.size(), 1);
        heard.link.say(QString(300, u'ä'));
        QTRY_COMPARE(heard.link.granted, QList<qint64>{600});
    }

    void piecesThatComeTogetherAreOne()
    {
        Heard heard;
        QTRY_COMPARE(heard.link.asked.size(), 1);
        QSignalSpy came(&heard.stream, &CreditedStream::came);
        heard.link.say(u"one"_s);
        heard.link.say(u" and two"_s);
        QCOMPARE(came.count(), 2);
        QTRY_COMPARE(heard.pieces, QStringList{u"one and two"_s});
    }

    void aPauseStopsGrants()
    {
        Heard heard;
        QTRY_COMPARE(heard.link.asked.size(), 1);
        heard.stream.setPaused(true);
        QVERIFY(!heard.stream.isWaiting());
        QSignalSpy waiting(&heard.stream, &CreditedStream::waitingChanged);
        heard.link.say(QString(400, u'a'));
        heard.link.say(QString(600, u'b'));
        QCOMPARE(waiting.count(), 2);
        QVERIFY(heard.stream.isWaiting());
        heard.stream.takeIn();
        QTest::qWait(100);
        QVERIFY(heard.pieces.isEmpty());
        QVERIFY(heard.link.granted.isEmpty());
        QCOMPARE(heard.link.room(), 0); // the device has stopped: nothing more waits here
        heard.stream.setPaused(false);
        QTRY_COMPARE(heard.link.granted, QList<qint64>{1'000});
        QCOMPARE(heard.text(), QString(400, u'a') + QString(600, u'b'));
        QVERIFY(!heard.stream.isWaiting());
    }

    void itEndsOnceBehindItsLastWords()
    {
        Heard heard;
        QTRY_COMPARE(heard.link.asked.size(), 1);
        QStringList told;
        connect(&heard.stream, &CreditedStream::taken, this, [&told](const QString &text) { told << text; });
        connect(&heard.stream, &CreditedStream::ended, this, [&told](const Error &error) { told << QString::number(error.code); });
        const QString last(700, u'z');
        heard.link.say(last);
        heard.link.end();
        QCOMPARE(told, QStringList({last, u"0"_s}));
        QVERIFY(heard.stream.isEnded());
        heard.link.end(QJsonObject{{"code"_L1, int(DeviceOffline)}, {"message"_L1, "gone"_L1}});
        heard.link.say(u"more"_s);
        QTest::qWait(100);
        QCOMPARE(told.size(), 2);
        QVERIFY(heard.link.granted.isEmpty()); // what has ended wants none
    }

    void whyItEndedIsTold()
    {
        Heard heard;
        QTRY_COMPARE(heard.link.asked.size(), 1);
        QSignalSpy ended(&heard.stream, &CreditedStream::ended);
        heard.link.end(QJsonObject{{"code"_L1, int(DeviceOffline)}, {"message"_L1, "gone"_L1}});
        QCOMPARE(ended.count(), 1);
        QCOMPARE(ended[0][0].value<Error>().code, int(DeviceOffline));
        QCOMPARE(ended[0][0].value<Error>().message, u"gone"_s);
    }

    void aPauseHoldsTheLastWords()
    {
        Heard heard;
        QTRY_COMPARE(heard.link.asked.size(), 1);
        QSignalSpy ended(&heard.stream, &CreditedStream::ended);
        heard.stream.setPaused(true);
        heard.link.say(u"last words"_s);
        heard.link.end();
        QCOMPARE(ended.count(), 1);
        QVERIFY(heard.stream.isWaiting());
        heard.stream.setPaused(false);
        QTRY_COMPARE(heard.pieces, QStringList{u"last words"_s});
    }

    void whatHasNoLineFeedIsKeptByNobody()
    {
        Heard heard;
        QTRY_COMPARE(heard.link.asked.size(), 1);
        qsizetype said = 0;
        for (int i = 0; i < 40; ++i) {
            heard.link.say(QString(500, u'x'));
            said += 500;
            QTRY_COMPARE(heard.text().size(), said);
            QCOMPARE(heard.pieces.last().size(), 500); // each is handed over once, and by itself
            heard.stream.setPaused(true);
            QVERIFY(!heard.stream.isWaiting());
            heard.stream.setPaused(false);
        }
        QCOMPARE(heard.link.granted, QList<qint64>(40, 500));
    }

    void afterABreakTheWindowIsWholeAgain()
    {
        Heard heard;
        QTRY_COMPARE(heard.link.asked.size(), 1);
        heard.link.say(QString(400, u'a'));
        QTRY_COMPARE(heard.text().size(), 400);
        heard.stream.change({{"device"_L1, "pump"_L1}, {"from"_L1, 400}});
        heard.link.breakAndMend();
        QCOMPARE(heard.link.asked.size(), 2);
        QCOMPARE(heard.link.asked[1]["from"_L1], 400);
        QCOMPARE(heard.link.asked[1]["credit"_L1], window);
        heard.link.say(QString(499, u'b'));
        QTRY_COMPARE(heard.text().size(), 899);
        QVERIFY(heard.link.granted.isEmpty()); // the 400 were granted on the other connection
        heard.link.say(u"b"_s);
        QTRY_COMPARE(heard.link.granted, QList<qint64>{500});
    }

    void whatIsDroppedIsNotHandedOver()
    {
        Heard heard;
        QTRY_COMPARE(heard.link.asked.size(), 1);
        heard.link.say(u"comes again"_s);
        heard.stream.drop();
        QTest::qWait(100);
        QVERIFY(heard.pieces.isEmpty());
    }

    void anotherBeginningEndsTheOneBefore()
    {
        Heard heard;
        QTRY_COMPARE(heard.link.asked.size(), 1);
        heard.link.end();
        heard.stream.begin({{"device"_L1, "pump"_L1}});
        QCOMPARE(heard.link.unsubscribed, QStringList{u"s1"_s});
        QVERIFY(!heard.stream.isEnded());
        QTRY_COMPARE(heard.link.asked.size(), 2);
        heard.link.say(u"again"_s);
        QTRY_COMPARE(heard.pieces, QStringList{u"again"_s});
    }
};

MUSTER_TEST(TestCreditedStream)
#include "tst_creditedstream.moc"
