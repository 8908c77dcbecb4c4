// SPDX-License-Identifier: MIT
#include "validation/tableorder.h"

#include <algorithm>

namespace seedbed {
namespace {

// Tarjan's strongly connected components: they come out with what they refer to first, which is the order wanted.
class Components final
{
public:
    explicit Components(const Package &package)
        : m_package(package)
        , m_index(package.resources.size(), -1)
        , m_low(package.resources.size(), -1)
        , m_isOnStack(package.resources.size(), false)
    {
        for (int table = 0; table < package.resources.size(); ++table) {
            if (m_index.at(table) < 0)
                visit(table);
        }
    }

    [[nodiscard]] QList<TableGroup> groups() const { return m_groups; }

private:
    void visit(int table)
    {
        m_index[table] = m_low[table] = m_next++;
        m_stack.append(table);
        m_isOnStack[table] = true;
        bool refersToItself = false;
        for (const ForeignKey &key : m_package.resources.at(table).schema.foreignKeys) {
            refersToItself = refersToItself || key.resource == table;
            if (m_index.at(key.resource) < 0) {
                visit(key.resource);
                m_low[table] = std::min(m_low.at(table), m_low.at(key.resource));
            } else if (m_isOnStack.at(key.resource)) {
                m_low[table] = std::min(m_low.at(table), m_index.at(key.resource));
            }
        }
        if (m_low.at(table) != m_index.at(table))
            return;
        TableGroup group;
        int last = -1;
        do {
            last = m_stack.takeLast();
            m_isOnStack[last] = false;
            group.tables.prepend(last);
        } while (last != table);
        std::sort(group.tables.begin(), group.tables.end());
        group.isCircle = refersToItself || group.tables.size() > 1;
        m_groups.append(group);
    }

    const Package &m_package;
    QList<int> m_index;
    QList<int> m_low;
    QList<bool> m_isOnStack;
    QList<int> m_stack;
    QList<TableGroup> m_groups;
    int m_next = 0;
};

} // namespace

QList<TableGroup> tableOrder(const Package &package)
{
    return Components(package).groups();
}

} // namespace seedbed
