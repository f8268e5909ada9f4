// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

namespace muster::test {

/// Base of every test class: a warning that the test did not announce with QTest::ignoreMessage() fails it.
class TestCase : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(); }
};

} // namespace muster::test

/// Makes the program of one test class that needs no GUI. `file.moc` is still included by the test itself.
#define MUSTER_TEST(Class) QTEST_GUILESS_MAIN(Class)
