// SPDX-License-Identifier: MIT
#pragma once

// The tests of a folder are one program, tests_FOLDER, of which each link bin/tst_NAME runs the test of its name. So
// each folder is linked once, and each test still has a process of its own.

#include <QtTest/qtestcase.h>

#include <type_traits>

namespace seedbed {

/// One test class of the program.
/// Thread: the main thread, before main() and in it.
class RegisteredTest final
{
public:
    using Main = int (*)(int argc, char *argv[]);

    /// \a file: the test's source, tst_NAME.cpp. \a main: what runs it.
    RegisteredTest(const char *file, Main main);
};

/// For tests that need no application object.
struct NoApplication {
    NoApplication(int &, char **) { }
};

/// Runs all functions of a test class, or those that the arguments name.
template <typename Test, typename Application>
int runTest(int argc, char *argv[])
{
    [[maybe_unused]] Application application(argc, argv);
    if constexpr (requires { Application::allWidgets(); })
        application.setAttribute(Qt::AA_Use96Dpi); // sizes do not depend on the screen
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace seedbed

/// Stands at the end of tst_NAME.cpp, with the test's class and that of its application object: NoApplication,
/// QCoreApplication or QApplication.
#define SEEDBED_TEST(Test, Application) SEEDBED_TEST_MAIN((&seedbed::runTest<Test, Application>))

/// The same for a test with a main function of its own.
#define SEEDBED_TEST_MAIN(main)                                                                                        \
    namespace {                                                                                                        \
    const seedbed::RegisteredTest registered(__FILE__, main);                                                          \
    }
