// SPDX-License-Identifier: MIT
#include "gui/document/document.h"
#include "insertion/inserter.h"
#include "quiettest.h"
#include "validation/causes.h"

#include <QApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace seedbed;

namespace {

constexpr int Users = 0;
constexpr int Orders = 2;
constexpr int Email = 2;

QByteArray cell(const Document &document, int table, qsizetype row, int column)
{
    return document.table(table).cell(row, column).toByteArray();
}

/// Makes the database of the users in \a folder one that cannot be read.
void spoilUsers(const QTemporaryDir &folder)
{
    QFile file(folder.filePath(QStringLiteral("users.db")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(4096, 'x'));
}

/// What a run says that inserted these users.
RunUpdate insertedUsers(const RowIdRange &rows, int count)
{
    RunUpdate update;
    update.tables = QList<TableProgress>(3);
    update.rejected = QList<QList<RejectedRow>>(3);
    update.in = QList<RowIdSet>(3);
    update.in[Users].add(rows);
    update.tables[Users].counts.inserted = count;
    return update;
}

} // namespace

class TestDocument : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareDatabaseDrivers(); }

    void countsTheSample()
    {
        const Document document(sampleDataset());
        QTRY_COMPARE(document.readyRows(), 24);
        QCOMPARE(document.counts(Users).wrong, 2);
        QCOMPARE(document.counts(Orders).wrong, 3);
        QCOMPARE(document.counts(Orders).in, 0);
    }

    void typingIsOneStep()
    {
        Document document(sampleDataset());
        const EditSession session = document.newSession();
        for (const char *text : { "a", "al", "ali" })
            document.setCell(Users, 0, Email, text, session);
        QCOMPARE(document.undoStack().count(), 1);
        document.setCell(Users, 0, Email, "alio", document.newSession());
        QCOMPARE(document.undoStack().count(), 2);
        document.undoStack().undo();
        QCOMPARE(cell(document, Users, 0, Email), "ali");
        document.undoStack().undo();
        QCOMPARE(cell(document, Users, 0, Email), "alice@example.com");
        QVERIFY(document.undoStack().isClean());
    }

    void typingBackIsNoStep()
    {
        Document document(sampleDataset());
        const EditSession session = document.newSession();
        document.setCell(Users, 0, Email, "x", session);
        document.setCell(Users, 0, Email, "alice@example.com", session);
        QCOMPARE(document.undoStack().count(), 0);
        QVERIFY(document.undoStack().isClean());
    }

    void raggedMarkComesBack()
    {
        QTemporaryDir folder;
        QVERIFY(QFile::copy(QStringLiteral(":/shop/datapackage.json"),
                            folder.filePath(QStringLiteral("datapackage.json"))));
        for (const char *name : { "products", "orders" }) {
            const QString file = QString::fromLatin1(name) + QStringLiteral(".csv");
            QVERIFY(QFile::copy(QStringLiteral(":/shop/") + file, folder.filePath(file)));
        }
        QFile users(folder.filePath(QStringLiteral("users.csv")));
        QVERIFY(users.open(QIODevice::WriteOnly));
        users.write("id,name,email\n1,Alice\n");
        users.close();
        const Result<Dataset> dataset = readDataset(folder.path());
        QVERIFY(dataset);
        Document document(*dataset);
        const RowId row = document.table(Users).rowId(0);
        QVERIFY(document.table(Users).ragged(row));
        document.setCell(Users, 0, Email, "alice@example.com", EditSession::None);
        QVERIFY(!document.table(Users).ragged(row));
        document.undoStack().undo();
        QVERIFY(document.table(Users).ragged(row));
        document.undoStack().redo();
        QVERIFY(!document.table(Users).ragged(row));
    }

    void numbersAreThoseOfTheLocale()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        Dataset dataset = sampleDataset();
        dataset.tables[Users] = seedbed::Table(3);
        for (int row = 1; row <= 1235; ++row) {
            const QByteArray id = QByteArray::number(row);
            dataset.tables[Users].append(QList<QByteArray> { id, "Somebody", "user" + id + "@example.com" });
        }
        Document document(dataset);
        document.setCell(Users, 1234, Email, "user1234@example.com", EditSession::None);
        QCOMPARE(document.undoStack().undoText(), QStringLiteral("Edit email of Users row 1,235"));
        QTRY_COMPARE(document.mark(Users, 1234), RowMark::Problem);
        QCOMPARE(describeWithCauses(document.problems(Users, 1234).constFirst(), *document.validation(), Users),
                 QStringLiteral("duplicate email ← row 1,234"));
        QLocale::setDefault(QLocale::c());
    }

    void problemsFollowTheirRow()
    {
        Document document(sampleDataset());
        QTRY_COMPARE(document.mark(Users, 7), RowMark::Problem);
        document.removeRows(Users, { { 0, 1 } }); // before the next validation
        QCOMPARE(document.mark(Users, 6), RowMark::Problem);
        QTRY_COMPARE(document.mark(Users, 6), RowMark::None); // the other Alice is gone
    }

    void nextKeyIsFree()
    {
        Document document(sampleDataset());
        document.setCell(Users, 3, 0, "40", EditSession::None);
        document.setCell(Users, 4, 0, "many", EditSession::None);
        document.appendRow(Users);
        QCOMPARE(cell(document, Users, 10, 0), "41");
    }

    void knowsWhatIsInTheDatabases()
    {
        QTemporaryDir folder;
        RunProgress progress;
        const Dataset sample = sampleDataset();
        const Result<RunReport> report = run(sample, { .into = folder.path() }, progress, {});
        QVERIFY(report);
        QCOMPARE(report->totals().inserted, 24);

        Document document(sampleDataset());
        document.setTarget(folder.path());
        QTRY_COMPARE(document.counts(Users).in, 8);
        QCOMPARE(document.readyRows(), 0);
        QCOMPARE(document.mark(Users, 0), RowMark::In);
        QCOMPARE(document.mark(Users, 7), RowMark::Problem);
        document.setCell(Users, 0, 1, "Alicia", EditSession::None);
        QTRY_COMPARE(document.mark(Users, 0), RowMark::Changed); // the same key with other values
        document.undoStack().undo();
        QTRY_COMPARE(document.mark(Users, 0), RowMark::In);
    }

    void unreadableTargetIsTold()
    {
        QTemporaryDir folder;
        spoilUsers(folder);
        Document document(sampleDataset());
        QSignalSpy refused(&document, &Document::targetRefused);
        document.setTarget(folder.path());
        QTRY_COMPARE(refused.count(), 1);
        QVERIFY(refused.constFirst().constFirst().value<Error>().message.contains(QLatin1String("users.db")));
    }

    void whatIsKnownStaysWhereTheTargetCannotBeReadAgain()
    {
        QTemporaryDir folder;
        RunProgress progress;
        QVERIFY(run(sampleDataset(), { .into = folder.path() }, progress, {}));
        Document document(sampleDataset());
        document.setTarget(folder.path());
        QTRY_COMPARE(document.counts(Users).in, 8);
        document.setCell(Users, 9, 1, "Jane", EditSession::None); // which mends it
        QTRY_COMPARE(document.counts(Users).ready, 1);

        spoilUsers(folder);
        const QSignalSpy refused(&document, &Document::targetRefused);
        document.beginRun();
        document.followRun(insertedUsers({ document.table(Users).rowId(9), document.table(Users).rowId(9) }, 1));
        document.endRun();
        QTRY_COMPARE(refused.count(), 1);
        QTRY_VERIFY(!document.isValidating());
        QCOMPARE(document.mark(Users, 0), RowMark::In);
        QCOMPARE(document.mark(Users, 9), RowMark::In);
        QCOMPARE(document.counts(Users).in, 9);
        QCOMPARE(document.counts(Users).ready, 0);

        QTemporaryDir elsewhere;
        spoilUsers(elsewhere);
        document.setTarget(elsewhere.path()); // of which nothing was known
        QTRY_COMPARE(refused.count(), 2);
        QTRY_VERIFY(!document.isValidating());
        QCOMPARE(document.mark(Users, 0), RowMark::None);
        QCOMPARE(document.counts(Users).in, 0);
    }

    void lateNewsOfAnEditedRowIsOld()
    {
        Document document(sampleDataset());
        QTRY_COMPARE(document.readyRows(), 24);
        document.beginRun();
        document.setCell(Users, 0, 1, "Alicia", EditSession::None);
        document.followRun(insertedUsers({ document.table(Users).rowId(0), document.table(Users).rowId(1) }, 2));
        QCOMPARE(document.mark(Users, 0), RowMark::None);
        QCOMPARE(document.mark(Users, 1), RowMark::In);
        QCOMPARE(document.counts(Users).in, 2);
    }
};

SEEDBED_TEST(TestDocument, QApplication)
#include "tst_document.moc"
