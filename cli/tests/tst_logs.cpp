// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/logs.h"
#include "mock/mockbackend.h"
#include "tests/support/testcase.h"

#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace muster;

class TestLogs : public test::TestCase
{
    Q_OBJECT

private slots:
    void whoDoesNotFollowIsToldThatNothingComes()
    {
        MockBackend backend(MockBackend::Mode::Default, false); // not connected: nothing ever comes
        cli::Arguments arguments;
        arguments.words = {u"gate-01"_s, u"web"_s};
        cli::Logs logs(&backend, arguments);
        QSignalSpy failed(&logs, &cli::Logs::failed);
        logs.start(10ms);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].toString().contains("try again"_L1));
    }
};

MUSTER_TEST(TestLogs)
#include "tst_logs.moc"
