// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

#include <chrono>

namespace muster::test {

/// How long a test waits for what should come at once: long, because a busy machine under a sanitizer is slow, and a
/// condition that comes is not waited for any longer. What must *not* come is waited for by its own, short time.
constexpr std::chrono::milliseconds patience{30'000};

/// QTest::qWaitFor() with that patience.
/// @returns whether `predicate` came true
template <typename Predicate>
[[nodiscard]] bool eventually(Predicate predicate)
{
    return QTest::qWaitFor(std::move(predicate), int(patience.count()));
}

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

// Qt's own wait 5 s, which a build with sanitizers has exceeded by half a second.
#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#undef QTRY_COMPARE_GT
#define QTRY_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT((condition), muster::test::patience)
#define QTRY_VERIFY2(condition, message) QTRY_VERIFY2_WITH_TIMEOUT((condition), message, muster::test::patience)
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT((actual), (expected), muster::test::patience)
#define QTRY_COMPARE_GT(actual, least) QTRY_COMPARE_GT_WITH_TIMEOUT((actual), (least), muster::test::patience)
