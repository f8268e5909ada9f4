// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testcase.h"
class AgentConfigurationTest : public muster::test::TestCase
{
    Q_OBJECT
};
MUSTER_TEST(AgentConfigurationTest)
#include "tst_agentconfiguration.moc"
