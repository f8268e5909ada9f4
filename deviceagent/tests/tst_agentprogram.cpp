// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testcase.h"
class AgentProgramTest : public muster::test::TestCase
{
    Q_OBJECT
};
MUSTER_TEST(AgentProgramTest)
#include "tst_agentprogram.moc"
