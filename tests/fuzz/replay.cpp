// SPDX-License-Identifier: MIT

// Runs the inputs of the kept corpus through a fuzz target where no fuzzer is at hand.
// Usage: replay FOLDER

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace {

std::vector<std::filesystem::path> filesIn(const std::filesystem::path &folder)
{
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::directory_iterator(folder)) {
        if (entry.is_regular_file())
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// Of the very size, as a fuzzer gives it.
std::vector<uint8_t> bytesOf(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    std::vector<uint8_t> bytes { std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>() };
    bytes.shrink_to_fit();
    return bytes;
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 2 || !std::filesystem::is_directory(argv[1])) {
        std::fprintf(stderr, "Usage: replay FOLDER\n");
        return 2;
    }
    const std::vector<std::filesystem::path> files = filesIn(argv[1]);
    for (const std::filesystem::path &file : files) {
        std::fprintf(stderr, "%s\n", file.filename().c_str()); // the last one is what broke it
        const std::vector<uint8_t> bytes = bytesOf(file);
        LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    }
    std::fprintf(stderr, "%zu inputs\n", files.size());
    return files.empty() ? 1 : 0;
}
