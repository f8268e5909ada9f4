// SPDX-License-Identifier: GPL-3.0-or-later
// Times, texts, ids and health samples.
#include "protocol/rpc/health.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "protocol/rpc/naturalorder.h"
#include "protocol/rpc/timestamp.h"
#include "tests/support/testcase.h"

#include <QRandomGenerator>
#include <QTimeZone>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class ValuesTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void writesAndReadsTimes();
    void refusesOtherTimes_data();
    void refusesOtherTimes();
    void cleansTexts_data();
    void cleansTexts();
    void knowsDeviceIds_data();
    void knowsDeviceIds();
    void namesComeInTheOrderThatPeopleCount();
    void carriesSamples();
    void refusesImpossibleSamples_data();
    void refusesImpossibleSamples();
    void carriesBatches();
    void packsTightly();
};

void ValuesTest::writesAndReadsTimes()
{
    for (const qint64 time : {0LL, 1LL, 1'750'000'000'123LL, -1LL, 951'782'400'000LL, 253'402'300'799'999LL}) {
        const QDateTime value = QDateTime::fromMSecsSinceEpoch(time, QTimeZone::UTC);
        const QByteArray text = toTimestamp(value);
        QCOMPARE(text, value.toString(Qt::ISODateWithMs).toLatin1());
        const auto read = timestampFromText(QString::fromLatin1(text));
        QVERIFY(read);
        QCOMPARE(read->toMSecsSinceEpoch(), time);
        QCOMPARE(read->timeSpec(), Qt::UTC);
    }
    // Whatever zone it is given in.
    QCOMPARE(toTimestamp(QDateTime(QDate(2025, 6, 1), QTime(1, 0), QTimeZone::fromSecondsAheadOfUtc(7200))),
             QByteArray("2025-05-31T23:00:00.000Z"));
}

void ValuesTest::refusesOtherTimes_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text : {u""_s,
                                u"2025-06-15"_s,
                                u"2025-06-15T15:06:40Z"_s,
                                u"2025-06-15T15:06:40.00Z"_s,
                                u"2025-06-15T15:06:40.0000Z"_s,
                                u"2025-06-15T15:06:40.000z"_s,
                                u"2025-06-15t15:06:40.000Z"_s,
                                u"2025-06-15 15:06:40.000Z"_s,
                                u"2025-06-15T15:06:40,000Z"_s,
                                u"2025-06-15T15:06:40.000+"_s,
                                u"2025-13-15T15:06:40.000Z"_s,
                                u"2025-00-15T15:06:40.000Z"_s,
                                u"2025-02-29T15:06:40.000Z"_s,
                                u"2025-06-00T15:06:40.000Z"_s,
                                u"2025-06-15T24:00:00.000Z"_s,
                                u"2025-06-15T15:60:40.000Z"_s,
                                u"2025-06-15T15:06:60.000Z"_s,
                                u"+025-06-15T15:06:40.000Z"_s,
                                u"2025-06-15T15:06:4٠.000Z"_s,
                                u" 2025-06-15T15:06:40.000Z"_s})
        QTest::newRow(qPrintable(text)) << text;
}

void ValuesTest::refusesOtherTimes()
{
    QFETCH(QString, text);
    const auto time = timestampFromText(text);
    QVERIFY(!time);
    QCOMPARE(time.error().code, int(InvalidParams));
}

void ValuesTest::cleansTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("clean");
    QTest::newRow("plain") << u"Grüße, 世界 😀"_s << u"Grüße, 世界 😀"_s;
    QTest::newRow("markup stays what it is") << u"<img src=x>"_s << u"<img src=x>"_s;
    QTest::newRow("controls") << u"a\u0000b\u001bc\u007fd\u0085e\tf\ng"_s << u"a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg"_s;
    QTest::newRow("line separators") << u"a\u2028b\u2029c"_s << u"a\ufffdb\ufffdc"_s;
    QTest::newRow("directions") << u"\u202etxt.exe\u202c\u2066\u2069\u200f\u061c"_s << u"txt.exe"_s;
    QTest::newRow("lone surrogates") << u"a"_s + QChar(0xd800) + u"b"_s + QChar(0xdc00) << u"a\ufffdb\ufffd"_s;
    QTest::newRow("cut") << QString(30, u'x') << QString(20, u'x');
    QTest::newRow("not through a character") << QString(19, u'x') + u"😀"_s << QString(19, u'x');
    QTest::newRow("just a character") << QString(18, u'x') + u"😀"_s << QString(18, u'x') + u"😀"_s;
}

void ValuesTest::cleansTexts()
{
    QFETCH(QString, text);
    QFETCH(QString, clean);
    QCOMPARE(cleanText(text, 20), clean);
    QCOMPARE(cleanText(cleanText(text, 20), 20), clean);
    QVERIFY(cleanText(text, 0).isEmpty());
}

void ValuesTest::knowsDeviceIds_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("isGood");
    for (const QString &id : {u"a"_s, u"0"_s, u"greenhouse-7"_s, u"A.b_c:d@e-f"_s, QString(128, u'x')})
        QTest::newRow(qPrintable(id)) << id << true;
    for (const QString &id : {u""_s, u"-a"_s, u".a"_s, u"@a"_s, u"a b"_s, u"a/b"_s, u"../a"_s, u"a\n"_s, u"a\u0000"_s, u"ä"_s, u"a\u0430"_s,
                              u"<a>"_s, u"a%2f"_s, u"a\u202e"_s, QString(129, u'x'), QString(1000, u'x')})
        QTest::addRow("not \"%s\"", qPrintable(cleanText(id, 40))) << id << false;
}

void ValuesTest::knowsDeviceIds()
{
    QFETCH(QString, id);
    QFETCH(bool, isGood);
    QCOMPARE(isDeviceId(id), isGood);
}

void ValuesTest::namesComeInTheOrderThatPeopleCount()
{
    const QStringList inOrder{u""_s,
                              u"01"_s,
                              u"1"_s,
                              u"2"_s,
                              u"10"_s,
                              u"Pump"_s,
                              u"pump"_s,
                              u"pump-1"_s,
                              u"pump-2"_s,
                              u"pump-2a"_s,
                              u"pump-10"_s,
                              u"pump-10-2"_s,
                              u"pump-10-11"_s,
                              u"pump-99999999999999999999"_s,
                              u"pump-100000000000000000000"_s,
                              u"Ä"_s};
    for (qsizetype i = 0; i < inOrder.size(); ++i) {
        for (qsizetype j = 0; j < inOrder.size(); ++j) {
            const int order = naturalCompare(inOrder[i], inOrder[j]);
            QVERIFY2((order < 0) == (i < j) && (order == 0) == (i == j), qPrintable(inOrder[i] + " and "_L1 + inOrder[j]));
        }
    }
}

void ValuesTest::carriesSamples()
{
    HealthSample sample;
    sample.time = 1'750'000'000'000;
    QCOMPARE(toJson(sample), (QJsonObject{{u"time"_s, sample.time}}));
    QCOMPARE(*healthSampleFromJson(toJson(sample)), sample);
    for (int i = 0; i < healthFieldCount; ++i)
        sample[static_cast<HealthField>(i)] = i * 10;
    const QJsonObject object = toJson(sample);
    QCOMPARE(object.value(u"network_out"_s).toInt(), 50);
    QCOMPARE(*healthSampleFromJson(object), sample);
    QCOMPARE(healthSampleFromJson({{u"time"_s, sample.time}, {u"cpu"_s, QJsonValue::Null}, {u"colour"_s, 1}})->time, sample.time);
}

void ValuesTest::refusesImpossibleSamples_data()
{
    QTest::addColumn<QJsonObject>("object");
    const qint64 time = 1'750'000'000'000;
    QTest::newRow("no time") << QJsonObject{{u"cpu"_s, 1}};
    QTest::newRow("time as text") << QJsonObject{{u"time"_s, u"now"_s}};
    QTest::newRow("time 0") << QJsonObject{{u"time"_s, 0}};
    QTest::newRow("time before") << QJsonObject{{u"time"_s, -1}};
    QTest::newRow("time far away") << QJsonObject{{u"time"_s, 9e15}};
    QTest::newRow("time with a fraction") << QJsonObject{{u"time"_s, 1.5}};
    for (const auto &[name, value] :
         {std::pair(u"cpu"_s, QJsonValue(1001)), std::pair(u"cpu"_s, QJsonValue(-1)), std::pair(u"cpu"_s, QJsonValue(0.5)),
          std::pair(u"cpu"_s, QJsonValue(u"1"_s)), std::pair(u"memory"_s, QJsonValue(1001)), std::pair(u"disk"_s, QJsonValue(-1)),
          std::pair(u"temperature"_s, QJsonValue(-2733)), std::pair(u"temperature"_s, QJsonValue(10'001)),
          std::pair(u"network_in"_s, QJsonValue(-1)), std::pair(u"load"_s, QJsonValue(1e10)), std::pair(u"load"_s, QJsonValue(true)),
          std::pair(u"network_out"_s, QJsonValue(1e300))})
        QTest::addRow("%s %s", qPrintable(name), qPrintable(value.toVariant().toString())) << QJsonObject{{u"time"_s, time}, {name, value}};
}

void ValuesTest::refusesImpossibleSamples()
{
    QFETCH(QJsonObject, object);
    const auto sample = healthSampleFromJson(object);
    QVERIFY(!sample);
    QCOMPARE(sample.error().code, int(InvalidParams));
}

void ValuesTest::carriesBatches()
{
    QRandomGenerator random(7);
    QList<HealthSample> samples;
    for (int i = 0; i < healthBatchSamples; ++i) {
        HealthSample sample;
        sample.time = 1'750'000'000'000 + random.bounded(1000) - 500 + i * 10'000LL;
        sample[HealthField::NetworkIn] = i % 2 == 0 ? 0 : (1LL << 53) - 1; // the largest steps there are
        if (random.bounded(3) != 0)
            sample[HealthField::Temperature] = random.bounded(2000) - 1000;
        samples.append(sample);
    }
    const QJsonObject params = encodeHealthBatch(samples);
    QCOMPARE(params.value(u"count"_s).toInt(), healthBatchSamples);
    const auto decoded = decodeHealthBatch(params);
    QVERIFY2(decoded, qPrintable(decoded ? QString() : decoded.error().message));
    QCOMPARE(*decoded, samples);
    QVERIFY(!decodeHealthBatch({}));
    QVERIFY(!decodeHealthBatch(encodeHealthBatch({})));
}

void ValuesTest::packsTightly()
{
    // What 5 minutes of an ordinary machine cost on a paid link.
    QRandomGenerator random(7);
    QList<HealthSample> samples;
    for (int i = 0; i < 30; ++i) {
        HealthSample sample;
        sample.time = 1'750'000'000'000 + i * 10'000LL + random.bounded(3);
        for (int field = 0; field < healthFieldCount; ++field)
            sample[static_cast<HealthField>(field)] = 300 + random.bounded(40);
        samples.append(sample);
    }
    const qsizetype size = encodeHealthBatch(samples).value(u"data"_s).toString().size();
    QVERIFY2(size < 900, qPrintable(QString::number(size)));
}

MUSTER_TEST(ValuesTest)
#include "tst_values.moc"
