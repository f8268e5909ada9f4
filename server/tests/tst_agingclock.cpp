// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/agingclock.h"
#include "tests/support/testcase.h"

using namespace muster;
using namespace Qt::Literals::StringLiterals;

/// A clock that is set wrong for a while removes nothing for its age.
class AgingClockTest : public test::TestCase
{
    Q_OBJECT

    static constexpr qint64 hour = 3'600'000;
    static constexpr qint64 day = 24 * hour;
    static constexpr qint64 begun = 1'774'000'000'000;

    qint64 m_wall = begun;
    qint64 m_steady = 0;

    [[nodiscard]] AgingClock clock()
    {
        return AgingClock([this] { return m_wall; }, [this] { return m_steady; });
    }
    void pass(qint64 time)
    {
        m_wall += time;
        m_steady += time;
    }

private slots:
    void init()
    {
        QTest::failOnWarning();
        m_wall = begun;
        m_steady = 0;
    }

    void followsTheSystem()
    {
        AgingClock aging = clock();
        QCOMPARE(aging.now(), begun);
        aging.begin(0);
        pass(400 * day);
        QCOMPARE(aging.now(), m_wall);
        m_wall -= day; // set back
        QCOMPARE(aging.now(), m_wall);
        pass(hour);
        QCOMPARE(aging.now(), m_wall);
    }

    void aJumpIsNotFollowedAtOnce()
    {
        AgingClock aging = clock();
        aging.begin(begun);
        m_wall += 730 * day;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"nothing is removed for its age until the clock has said so for a day"_s));
        QCOMPARE(aging.now(), begun);
        pass(10 * hour);
        QCOMPARE(aging.now(), begun + 10 * hour);
        // It was a mistake.
        m_wall -= 730 * day;
        QCOMPARE(aging.now(), m_wall);
        pass(20 * hour);
        QCOMPARE(aging.now(), m_wall);
    }

    void whatLastsForADayIsBelieved()
    {
        AgingClock aging = clock();
        aging.begin(begun - 30 * day); // it stood still for a month
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"nothing is removed"_s));
        QCOMPARE(aging.now(), begun - 30 * day);
        pass(day - 1);
        QCOMPARE(aging.now(), begun - 29 * day - 1);
        pass(1);
        QCOMPARE(aging.now(), m_wall);
        pass(day);
        QCOMPARE(aging.now(), m_wall);
    }

    void aWeekendIsNoJump()
    {
        AgingClock aging = clock();
        aging.begin(begun - 2 * day);
        QCOMPARE(aging.now(), begun);
    }
};

MUSTER_TEST(AgingClockTest)
#include "tst_agingclock.moc"
