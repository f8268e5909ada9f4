// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/mdash/jsonframes.h"
#include "server/doors/mdash/mongoose.h"
#include "server/secrets.h"
#include "tests/support/testcase.h"

#include <QJsonDocument>
#include <QRandomGenerator>

using namespace muster;
using namespace muster::doors;
using namespace Qt::Literals::StringLiterals;

/// What mDash's devices send, cut as they like, and what it means.
class JsonFramesTest : public test::TestCase
{
    Q_OBJECT

    static QByteArray frame(int number)
    {
        return QJsonDocument(QJsonObject{{"id"_L1, number},
                                         {"result"_L1, QJsonObject{{"text"_L1, u"a \"quoted\" } ] { [ \\ ж 🙂"_s},
                                                                   {"list"_L1, QJsonArray{1, QJsonArray{}, QJsonObject{}}}}}})
            .toJson(QJsonDocument::Compact);
    }

private slots:
    void anyCutGivesTheSameFrames()
    {
        QRandomGenerator random(20'261'128);
        for (int round = 0; round < 500; ++round) {
            QList<QByteArray> sent;
            QByteArray line;
            for (int i = 0; i < 1 + random.bounded(4); ++i) {
                sent.append(frame(i));
                line += sent.last() + QByteArray(random.bounded(3), '\n');
            }
            JsonFrames frames(64 * 1024);
            QList<QByteArray> got;
            // A piece that is a frame by itself begins a new one, whatever stood before: so none is as long as that.
            for (qsizetype at = 0; at < line.size();) {
                const auto length = std::min<qsizetype>(1 + random.bounded(40), line.size() - at);
                got += frames.take(QByteArrayView(line).sliced(at, length));
                at += length;
            }
            QCOMPARE(got, sent);
            QVERIFY(!frames.isInside());
            QCOMPARE(frames.takeDropped(), 0);
        }
    }

    void whatWasCutOffSpoilsNothing_data()
    {
        QTest::addColumn<QByteArray>("half");
        for (const char *half :
             {"{\"id\":1,\"result\":{\"a\":[1,2", "{\"id\":1,\"result\":\"and then", "{\"id\":1,\"res", "{\"id\":1", "hello", "}]"})
            QTest::newRow(half) << QByteArray(half);
    }
    void whatWasCutOffSpoilsNothing()
    {
        QFETCH(const QByteArray, half);
        JsonFrames frames(64 * 1024);
        QVERIFY(frames.take(half).isEmpty());
        QCOMPARE(frames.take(frame(7)), QList{frame(7)});
        QCOMPARE(frames.takeDropped(), half.size());
    }

    void whatIsTooLongIsLetGo()
    {
        JsonFrames frames(100);
        QVERIFY(frames.take("{\"a\":\"" + QByteArray(200, 'x')).isEmpty());
        QVERIFY(frames.takeDropped() > 100);
        QVERIFY(!frames.isInside());
        QCOMPARE(frames.take("{\"id\":1}"), QList<QByteArray>{"{\"id\":1}"});
    }

    void answersOfAnyForm_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::addColumn<int>("code"); // 0: a result
        QTest::newRow("a result") << R"({"result":1})"_ba << 0;
        QTest::newRow("null") << R"({"result":null})"_ba << 0;
        QTest::newRow("an error that is none beside a result") << R"({"result":1,"error":{"code":0}})"_ba << 0;
        QTest::newRow("no such method, of old") << R"({"error":{"code":404,"message":"No handler for X"}})"_ba << int(MethodNotFound);
        QTest::newRow("no such method, of late") << R"({"error":{"code":-32601,"message":"x"}})"_ba << int(MethodNotFound);
        QTest::newRow("bad arguments") << R"({"error":{"code":400,"message":"x"}})"_ba << int(InvalidParams);
        QTest::newRow("its own") << R"({"error":{"code":-1,"message":"remove() failed"}})"_ba << int(InternalError);
        QTest::newRow("a text") << R"({"error":"motor is stuck"})"_ba << int(InternalError);
        QTest::newRow("a number") << R"({"error":-1})"_ba << int(InternalError);
        QTest::newRow("an empty one") << R"({"error":{},"result":null})"_ba << int(InternalError);
        QTest::newRow("neither") << R"({})"_ba << int(InternalError);
    }
    void answersOfAnyForm()
    {
        QFETCH(const QByteArray, frame);
        QFETCH(const int, code);
        const QJsonObject object = QJsonDocument::fromJson(frame).object();
        const auto answer = mongoose::answerOf(object.value("result"_L1), object.value("error"_L1));
        QCOMPARE(answer ? 0 : answer.error().code, code);
        if (!answer)
            QVERIFY(!answer.error().message.isEmpty());
    }

    void secretsAreMasked()
    {
        const QJsonObject config =
            QJsonDocument::fromJson(R"({"dash":{"token":"t","enable":true},"http":{"auth":"u:p"},"aws":{"thing_private":"k"},
            "wifi":{"sta":{"ssid":"Greenhouse","pass":"p"},"ap":{"pass":""}},"smartlight":{"pin":2}})")
                .object();
        const QJsonObject masked = mongoose::masked(config, {}).toObject();
        QCOMPARE(masked["dash"_L1]["token"_L1].toString(), u"…"_s);
        QCOMPARE(masked["http"_L1]["auth"_L1].toString(), u"…"_s);
        QCOMPARE(masked["aws"_L1]["thing_private"_L1].toString(), u"…"_s);
        QCOMPARE(masked["wifi"_L1]["sta"_L1]["pass"_L1].toString(), u"…"_s);
        QCOMPARE(masked["wifi"_L1]["sta"_L1]["ssid"_L1].toString(), u"Greenhouse"_s);
        QCOMPARE(masked["wifi"_L1]["ap"_L1]["pass"_L1].toString(), QString());
        QCOMPARE(masked["smartlight"_L1]["pin"_L1].toInt(), 2);
        QCOMPARE(mongoose::masked(u"p"_s, u"wifi.sta.pass"_s).toString(), u"…"_s);
        QCOMPARE(withoutSecrets(QJsonObject{{"key"_L1, "wifi.sta.pass"_L1}, {"value"_L1, "p"_L1}}, Hidden::Texts)["value"_L1].toString(),
                 u"…"_s);
    }
};

QTEST_GUILESS_MAIN(JsonFramesTest)
#include "tst_jsonframes.moc"
