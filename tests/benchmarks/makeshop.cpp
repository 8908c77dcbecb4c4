// SPDX-License-Identifier: MIT
// Writes the package that the benchmarks run on: the sample's three tables with as many rows as are asked for, the same
// for the same seed. Some percent of the rows can be broken, by every rule in turn.
//   makeshop ROWS FOLDER [BROKEN-PERCENT [SEED]]

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <array>
#include <cstdio>
#include <random>
#include <string>

namespace {

constexpr std::array<const char *, 16> FirstNames { "Alice", "Bob",  "Carla", "Dmitri", "Esra",  "Frank",
                                                    "Grace", "Hugo", "Ines",  "Jonas",  "Keiko", "Liam",
                                                    "Maria", "Nils", "Olga",  "Pavel" };
constexpr std::array<const char *, 16> LastNames { "Adler",  "Brown",  "Costa",  "Dubois", "Evans", "Fischer",
                                                   "Garcia", "Haddad", "Ivanov", "Jensen", "Kim",   "Lopez",
                                                   "Meyer",  "Novak",  "Okafor", "Petrov" };
constexpr std::array<const char *, 8> Makes { "New", "Old", "Tiny", "Blue", "Red", "Slim", "Pro", "Mini" };
constexpr std::array<const char *, 16> Goods { "Laptop",  "Phone",   "Tablet",  "Monitor", "Keyboard", "Mouse",
                                               "Camera",  "Printer", "Speaker", "Charger", "Router",   "Webcam",
                                               "Earbuds", "Cable",   "Drive",   "Dock" };

/// Rows of one package; each function appends one table's text.
class Shop final
{
public:
    Shop(int rows, int brokenPercent, unsigned seed)
        : m_rows(rows)
        , m_brokenPercent(brokenPercent)
        , m_random(seed)
    {
    }

    std::string users()
    {
        std::string out = "id,name,email\n";
        for (int id = 1; id <= m_rows; ++id) {
            const std::string number = std::to_string(id);
            std::string first = FirstNames[below(16)];
            const std::string last = LastNames[below(16)];
            std::string name = first + ' ' + last;
            first[0] = static_cast<char>(first[0] | 0x20);
            std::string email = first + '.' + number + "@mail" + std::to_string(below(90) + 10) + ".example.com";
            std::string key = number;
            switch (breakage(5)) {
            case 0:
                name.clear();
                break;
            case 1:
                email = "no at sign";
                break;
            case 2:
                email = m_lastEmail.empty() ? "a@" : m_lastEmail;
                break;
            case 3:
                key = "x" + number;
                break;
            case 4:
                key = std::to_string(std::max(1, id - 1));
                break;
            default:
                m_lastEmail = email;
            }
            out += key + ',' + name + ',' + email + '\n';
        }
        return out;
    }

    std::string products()
    {
        std::string out = "id,name,price\n";
        for (int id = 1; id <= m_rows; ++id) {
            std::string name =
                std::string(Makes[below(8)]) + ' ' + Goods[below(16)] + ' ' + std::to_string(below(90'000) + 10'000);
            const unsigned cents = below(99'900) + 100;
            std::string price = std::to_string(cents / 100) + '.' + static_cast<char>('0' + cents / 10 % 10)
                + static_cast<char>('0' + cents % 10);
            switch (breakage(4)) {
            case 0:
                name.clear();
                break;
            case 1:
                price = "-1.00";
                break;
            case 2:
                price = "cheap";
                break;
            case 3:
                price.clear();
                break;
            default:
                break;
            }
            out += std::to_string(id) + ',' + name + ',' + price + '\n';
        }
        return out;
    }

    std::string orders()
    {
        std::string out = "id,user_id,product_id,quantity\n";
        const auto rows = static_cast<unsigned>(m_rows);
        for (int id = 1; id <= m_rows; ++id) {
            std::string user = std::to_string(below(rows) + 1);
            std::string product = std::to_string(below(rows) + 1);
            std::string quantity = std::to_string(below(9) + 1);
            switch (breakage(5)) {
            case 0:
                user = std::to_string(m_rows + 1 + id);
                break;
            case 1:
                product = "0";
                break;
            case 2:
                quantity = "0";
                break;
            case 3:
                quantity = "many";
                break;
            case 4:
                quantity += ",7";
                break; // a cell too many
            default:
                break;
            }
            out += std::to_string(id) + ',' + user + ',' + product + ',' + quantity + '\n';
        }
        return out;
    }

private:
    unsigned below(unsigned bound) { return static_cast<unsigned>(m_random() % bound); }

    /// Which of \a kinds rules the next row breaks, in turn; -1 for none.
    int breakage(int kinds)
    {
        if (m_brokenPercent == 0 || below(100) >= static_cast<unsigned>(m_brokenPercent))
            return -1;
        return m_turn++ % kinds;
    }

    int m_rows;
    int m_brokenPercent;
    int m_turn = 0;
    std::mt19937 m_random;
    std::string m_lastEmail;
};

bool write(const QString &path, const std::string &text)
{
    QFile file(path);
    const auto size = static_cast<qint64>(text.size());
    return file.open(QIODevice::WriteOnly) && file.write(text.data(), size) == size;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int rows = arguments.value(1).toInt();
    const QDir folder(arguments.value(2));
    if (rows < 1 || argc < 3 || !folder.mkpath(QStringLiteral("."))) {
        std::fputs("usage: makeshop ROWS FOLDER [BROKEN-PERCENT [SEED]]\n", stderr);
        return 2;
    }
    Shop shop(rows, arguments.value(3).toInt(), arguments.value(4, QStringLiteral("1")).toUInt());
    const QString package = folder.filePath(QStringLiteral("datapackage.json"));
    QFile::remove(package);
    const bool isWritten = QFile::copy(QStringLiteral(SEEDBED_SOURCE_DIR "/resources/shop/datapackage.json"), package)
        && write(folder.filePath(QStringLiteral("users.csv")), shop.users())
        && write(folder.filePath(QStringLiteral("products.csv")), shop.products())
        && write(folder.filePath(QStringLiteral("orders.csv")), shop.orders());
    if (!isWritten)
        std::fprintf(stderr, "%s cannot be written\n", qPrintable(folder.path()));
    return isWritten ? 0 : 3;
}
