// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "musterplugins.h"
#include "qml/Muster/Client/language.h"
#include "tests/support/testcase.h"

#include <QGuiApplication>

namespace muster::test {

/// Under sanitizers, where all takes several times as long: each page, each state and each thing that opens once will do.
#ifdef MUSTER_SLOW_TESTS
inline constexpr bool slow = true;
#else
inline constexpr bool slow = false;
#endif

} // namespace muster::test

/// The main() of a test that draws: without display or graphics card, and in a time zone that is the same everywhere.
#define MUSTER_GUI_TEST(Class)                                                                                                             \
    int main(int argc, char *argv[])                                                                                                       \
    {                                                                                                                                      \
        qputenv("QT_QPA_PLATFORM", "offscreen");                                                                                           \
        qputenv("QT_QUICK_BACKEND", "software");                                                                                           \
        qputenv("TZ", "UTC");                                                                                                              \
        QGuiApplication application(argc, argv);                                                                                           \
        muster::qml::Language::speakEnglish();                                                                                             \
        Class test;                                                                                                                        \
        QTEST_SET_MAIN_SOURCE_PATH                                                                                                         \
        return QTest::qExec(&test, argc, argv);                                                                                            \
    }
