// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testcase.h"
class AgentHealthTest : public muster::test::TestCase
{
    Q_OBJECT
};
MUSTER_TEST(AgentHealthTest)
#include "tst_agenthealth.moc"
