// SPDX-License-Identifier: MIT
#include "testprogram.h"

#include <cstdio>
#include <filesystem>
#include <map>
#include <string>

namespace seedbed {
namespace {

// Made when it is asked for first: the tests register before main() begins, in any order.
std::map<std::string, RegisteredTest::Main> &registeredTests()
{
    static std::map<std::string, RegisteredTest::Main> tests;
    return tests;
}

std::string stemOf(const char *path)
{
    return std::filesystem::path(path).stem().string();
}

} // namespace

RegisteredTest::RegisteredTest(const char *file, Main main)
{
    registeredTests().emplace(stemOf(file), main);
}

} // namespace seedbed

// The test is that of the program's name, or else of the first argument: tests_rows tst_csv.
int main(int argc, char *argv[])
{
    const auto &tests = seedbed::registeredTests();
    if (const auto test = tests.find(seedbed::stemOf(argv[0])); test != tests.end())
        return test->second(argc, argv);
    if (const auto test = tests.find(argc > 1 ? argv[1] : ""); test != tests.end())
        return test->second(argc - 1, argv + 1);
    std::fprintf(stderr, "%s: name one of these tests first:\n", argv[0]);
    for (const auto &test : tests)
        std::fprintf(stderr, "  %s\n", test.first.c_str());
    return 2;
}
