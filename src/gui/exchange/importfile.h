// SPDX-License-Identifier: MIT
#pragma once

// A file that is about to be imported: what is chosen for it, and its rows, which are read meanwhile.

#include "gui/exchange/importmemory.h"
#include "gui/exchange/importsource.h"
#include "gui/files/settings.h"
#include "package/package.h"
#include "rows/csv/csvimport.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <stop_token>

namespace seedbed {

/// Choices begin with what was chosen for the last file with the same columns, or else with what the file looks like.
/// Every other choice has the rows read anew.
/// Thread: GUI thread.
class ImportFile final : public QObject
{
    Q_OBJECT

public:
    using Rows = Result<Table>;
    using SharedRows = std::shared_ptr<const Rows>;

    /// \a table: of the package. \a pool: where the rows are read; it must outlive this, as must the others.
    ImportFile(const ImportSource &source, const Package &package, const Settings &settings, int table,
               QThreadPool &pool, QObject *parent = nullptr);
    ~ImportFile() override;
    /// Reads no further. To be called, and the pool waited for, before it goes: what was read is handed to it.
    void stop() { m_stop.request_stop(); }

    [[nodiscard]] const QString &name() const { return m_source.name; }
    [[nodiscard]] int table() const { return m_table; }
    [[nodiscard]] const Resource &resource() const { return m_package.resources.at(m_table); }
    [[nodiscard]] const CsvPreview &preview() const { return m_preview; }
    [[nodiscard]] const ImportRecipe &recipe() const { return m_recipe; }
    [[nodiscard]] bool replaces() const { return m_replaces; }
    [[nodiscard]] ImportMemory memory() const;

    void setTable(int table);
    void setForm(const CsvForm &form);
    /// A column that had the field before is no longer used.
    void setField(int column, int field);
    void setDecimalComma(bool hasDecimalComma);
    void setReplaces(bool replaces);

    /// Null while they are read.
    [[nodiscard]] const SharedRows &rows() const { return m_rows; }
    /// In percent.
    [[nodiscard]] int progress() const;
    /// Whether it can be imported: its rows are read, and a column is used.
    [[nodiscard]] bool isReady() const { return m_rows && *m_rows && hasFields(); }
    [[nodiscard]] bool hasFields() const;

Q_SIGNALS:
    /// Another choice; reading begins anew.
    void changed();
    /// The rows are there, or what is wrong with them.
    void finished();

private:
    void begin();
    void look(const RememberedColumns &remembered);
    void read();

    const ImportSource m_source;
    const Package &m_package;
    const Settings &m_settings;
    QThreadPool &m_pool;
    int m_table;
    bool m_replaces = false;
    ImportRecipe m_recipe;
    CsvPreview m_preview;
    SharedRows m_rows;
    std::shared_ptr<ImportProgress> m_progress;
    std::stop_source m_stop;
};

} // namespace seedbed
