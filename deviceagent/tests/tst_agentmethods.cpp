// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testcase.h"
class AgentMethodsTest : public muster::test::TestCase
{
    Q_OBJECT
};
MUSTER_TEST(AgentMethodsTest)
#include "tst_agentmethods.moc"
