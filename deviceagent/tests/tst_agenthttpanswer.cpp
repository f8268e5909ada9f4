// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/containers/httpanswer.h"
#include "tests/support/testcase.h"

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using muster::agent::HttpAnswer;

class AgentHttpAnswerTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void readsAnswers_data();
    void readsAnswers();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
};

void AgentHttpAnswerTest::readsAnswers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isWhole");
    QTest::addColumn<bool>("isWholeWhenClosed");
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    QTest::newRow("length") << QByteArray("HTTP/1.1 404 Not Found\r\ncontent-length: 5\r\n\r\nhello") << 404 << QByteArray("hello") << true
                            << true;
    QTest::newRow("length, torn") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel") << 200 << QByteArray("hel") << false
                                  << false;
    QTest::newRow("chunks") << chunked + "5\r\nhello\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n"
                            << 200 << QByteArray("hello0123456789") << true << true;
    QTest::newRow("a trailer") << chunked + "1\r\nx\r\n0\r\nA: b\r\n\r\n" << 200 << QByteArray("x") << true << true;
    QTest::newRow("chunks, torn between") << chunked + "5\r\nhello\r\n" << 200 << QByteArray("hello") << false << false;
    QTest::newRow("chunks, torn within") << chunked + "5\r\nhe" << 200 << QByteArray("he") << false << false;
    QTest::newRow("to the end") << QByteArray("HTTP/1.0 200 OK\r\n\r\nhello") << 200 << QByteArray("hello") << false << true;
    QTest::newRow("nothing") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n") << 204 << QByteArray() << true << true;
    QTest::newRow("wait a moment") << QByteArray("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx") << 200
                                   << QByteArray("x") << true << true;
    QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\nContent-") << 0 << QByteArray() << false << false;
    QTest::newRow("more than was asked for") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxyz") << 200 << QByteArray("x")
                                             << true << true;
}

void AgentHttpAnswerTest::readsAnswers()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    for (const qsizetype piece : {1, 2, 3, 7, 1000}) {
        HttpAnswer answer;
        QByteArray read;
        for (qsizetype at = 0; at < bytes.size(); at += piece)
            QVERIFY(answer.take(QByteArrayView(bytes).sliced(at, std::min(piece, bytes.size() - at)), read));
        QCOMPARE(answer.status(), status);
        QCOMPARE(read, body);
        QTEST(answer.isWhole(false), "isWhole");
        QTEST(answer.isWhole(true), "isWholeWhenClosed");
    }
}

void AgentHttpAnswerTest::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    QTest::newRow("another protocol") << QByteArray("SSH-2.0-x\r\n\r\n");
    QTest::newRow("no status") << QByteArray("HTTP/1.1 OK\r\n\r\n");
    QTest::newRow("an endless head") << "HTTP/1.1 200 OK\r\nX: " + QByteArray(20'000, 'x');
    QTest::newRow("length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n");
    QTest::newRow("chunk size") << chunked + "zz\r\n";
    QTest::newRow("negative chunk") << chunked + "-5\r\n";
    QTest::newRow("huge chunk") << chunked + "fffffffff\r\n";
    QTest::newRow("endless chunk size") << chunked + QByteArray(300, '0');
    QTest::newRow("no end of a chunk") << chunked + "1\r\nxy\r\n";
}

void AgentHttpAnswerTest::refusesWhatIsNone()
{
    QFETCH(QByteArray, bytes);
    HttpAnswer answer;
    QByteArray body;
    QCOMPARE(answer.take(bytes, body).error().code, int(InternalError));
}

MUSTER_TEST(AgentHttpAnswerTest)
#include "tst_agenthttpanswer.moc"
