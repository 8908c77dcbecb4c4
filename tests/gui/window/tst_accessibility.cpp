// SPDX-License-Identifier: MIT
#include "gui/look/messagebar.h"
#include "gui/program.h"
#include "quiettest.h"

#include <QAccessible>
#include <QApplication>
#include <QToolButton>

using namespace seedbed;

namespace {

QString whereIs(const QWidget *widget)
{
    QStringList path;
    for (; widget; widget = widget->parentWidget())
        path.prepend(widget->objectName().isEmpty() ? QString::fromLatin1(widget->metaObject()->className())
                                                    : widget->objectName());
    return path.join(u'/');
}

/// What a screen reader says of a widget: its name, its text, or that of its buddy.
QString nameOf(QWidget *widget)
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
    return interface ? interface->text(QAccessible::Name) : QString();
}

/// What Qt puts into its own widgets, and does not name.
bool isOfQt(const QWidget *widget)
{
    return widget->objectName().startsWith(QLatin1String("qt_")) || widget->inherits("QTableCornerButton")
        || qobject_cast<QLineEdit *>(widget->parentWidget());
}

/// Those that keys or a click reach.
QList<QWidget *> reachable(QWidget &window)
{
    QList<QWidget *> widgets;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        const bool isButton = qobject_cast<QAbstractButton *>(widget);
        if (!isOfQt(widget) && (widget->focusPolicy() != Qt::NoFocus || isButton))
            widgets.append(widget);
    }
    return widgets;
}

} // namespace

class TestAccessibility : public QuietTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareProgram(); }

    void namesAreFound()
    {
        QWidget window;
        auto *named = new QToolButton(&window);
        named->setText(QStringLiteral("Do"));
        auto *nameless = new QToolButton(&window);
        QCOMPARE(reachable(window).size(), 2);
        QCOMPARE(nameOf(named), QStringLiteral("Do"));
        QVERIFY(nameOf(nameless).isEmpty());
    }

    void everythingThatCanBeReachedHasAName()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        program.find<MessageBar>(QStringLiteral("messageBar"))
            ->tell({ QStringLiteral("file"), State::Failed, QStringLiteral("No") });
        program.trigger(QStringLiteral("shortcutsAction"));
        const QList<QWidget *> widgets = reachable(program.window);
        QVERIFY(widgets.size() > 25);
        QStringList nameless;
        for (QWidget *widget : widgets) {
            if (nameOf(widget).trimmed().isEmpty())
                nameless.append(whereIs(widget));
        }
        QCOMPARE(nameless.join(u'\n'), QString());
    }

    void signsSayWhatTheyDo()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        QStringList silent;
        for (const QToolButton *button : program.window.findChildren<QToolButton *>()) {
            const bool isSign = !button->icon().isNull() && button->toolButtonStyle() == Qt::ToolButtonIconOnly;
            if (isSign && !isOfQt(button) && button->toolTip().isEmpty())
                silent.append(whereIs(button));
        }
        QCOMPARE(silent.join(u'\n'), QString());
    }

    void whatIsEmptySaysWhatToDo()
    {
        QTemporaryDir databases;
        Program program(sampleDataset(), databases.path());
        GridView *grid = program.grid(QStringLiteral("users"));
        QVERIFY(grid->emptyText().isEmpty());
        auto *pane = program.find<TablePane>(QStringLiteral("usersPane"));
        pane->findChild<QLineEdit *>(QStringLiteral("filterEdit"))->setText(QStringLiteral("nobody has this"));
        QTRY_VERIFY(grid->emptyText().contains(QLatin1String("Escape")));
        pane->rowFilter().clear();
        QTRY_VERIFY(grid->emptyText().isEmpty());
        program.document.removeRows(Users, { { 0, 10 } });
        QVERIFY(grid->emptyText().contains(QLatin1String("Type in the line")));
        QVERIFY(!grid->grab().isNull()); // and is painted
    }
};

SEEDBED_TEST(TestAccessibility, QApplication)
#include "tst_accessibility.moc"
