// SPDX-License-Identifier: MIT
#include "shop.h"

namespace seedbed {

namespace {

const QByteArray Package = R"({"name": "shop", "resources": [
    {"name": "users", "path": "users.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "email", "constraints": {"unique": true}}]}},
    {"name": "products", "path": "products.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "price", "type": "number"}]}},
    {"name": "orders", "path": "orders.csv", "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "integer"}, {"name": "user", "type": "integer"}, {"name": "product", "type": "integer"}],
        "foreignKeys": [{"fields": "user", "reference": {"resource": "users", "fields": "id"}},
                        {"fields": "product", "reference": {"resource": "products", "fields": "id"}}]}}]})";

} // namespace

Shop::Shop()
    : m_tables {
        { QStringLiteral("users") },
        { QStringLiteral("products") },
        { QStringLiteral("orders"), {}, { { 1, QStringLiteral("users") }, { 2, QStringLiteral("products") } } }
    }
{
    for (int row = 1; row <= RowCount; ++row) {
        m_tables[0].rows += QStringLiteral("%1|user%1@example.com").arg(row);
        m_tables[1].rows += QStringLiteral("%1|%1.25").arg(row);
        m_tables[2].rows += QStringLiteral("%1|%2|%3").arg(row).arg(RowCount + 1 - row).arg(row * 7 % RowCount + 1);
    }
    const QByteArrayList headers { "id,email", "id,price", "id,user,product" };
    m_isReady = writeFile(m_folder.filePath(QStringLiteral("datapackage.json")), Package);
    for (int table = 0; table < m_tables.size(); ++table) {
        const QString path = m_folder.filePath(m_tables.at(table).name + QStringLiteral(".csv"));
        m_isReady = m_isReady && writeFile(path, m_tables.at(table).csv(headers.at(table)));
    }
    clear();
}

void Shop::start(QProcess &process) const
{
    prepareCli(process,
               { QStringLiteral("run"), m_folder.path(), QStringLiteral("--into"), m_into->path(),
                 QStringLiteral("--verbose"), QStringLiteral("--format"), QStringLiteral("json") },
               m_folder.path());
    process.start(QIODevice::ReadOnly);
}

QStringList Shop::wrongAfter(QProcess &process) const
{
    const CommandResult result = waitFor(process);
    QStringList wrong;
    if (result.status != 0)
        wrong += QStringLiteral("one more run: ") + QString::fromUtf8(result.err);
    const Found left = found();
    return wrong + left.wrong() + left.missing();
}

} // namespace seedbed
