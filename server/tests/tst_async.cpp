// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/async.h"
#include "tests/support/testcase.h"

#include <QThread>

using namespace muster;

class AsyncTest : public test::TestCase
{
    Q_OBJECT

private slots:
    void runsInTheContextsThread()
    {
        QThread thread;
        QObject context;
        context.moveToThread(&thread);
        thread.start();
        auto where = inThreadOf(&context, [] { return QThread::currentThread(); });
        QCOMPARE(where.result(), &thread);
        auto inner = inThreadOf(&context, [] { return ready(7); });
        QCOMPARE(inner.result(), 7);
        thread.quit();
        thread.wait();
    }

    void endsWhenItsContextGoesFirst()
    {
        auto context = std::make_unique<QObject>();
        bool ran = false;
        auto never = inThreadOf(context.get(), [&ran] {
            ran = true;
            return 1;
        });
        context.reset();
        QTRY_VERIFY(never.isFinished());
        QVERIFY(never.isCanceled() && !ran);
    }

    void endsWhenItsContextGoesWhileItWaits()
    {
        auto context = std::make_unique<QObject>();
        QPromise<int> later;
        later.start();
        auto waiting = inThreadOf(context.get(), [&later] { return later.future(); });
        QTest::qWait(0);
        QVERIFY(!waiting.isFinished());
        context.reset();
        QTRY_VERIFY(waiting.isFinished());
        QVERIFY(waiting.isCanceled());
        // What comes then comes to nobody.
        later.addResult(1);
        later.finish();
        QCOMPARE(waiting.resultCount(), 0);
    }

    void endsWhenTheWorkIsGivenUp()
    {
        QObject context;
        auto given = std::make_unique<QPromise<int>>();
        given->start();
        auto waiting = inThreadOf(&context, [&given] { return given->future(); });
        QTest::qWait(0);
        given.reset();
        QTRY_VERIFY(waiting.isFinished());
        QVERIFY(waiting.isCanceled());
    }
};

MUSTER_TEST(AsyncTest)
#include "tst_async.moc"
