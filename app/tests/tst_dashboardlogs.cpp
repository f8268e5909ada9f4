// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tests/dashboardtest.h"
#include "app/tests/guitest.h"
#include "qml/Muster/Logs/logfilter.h"
#include "qml/Muster/Logs/logmodel.h"

#include <QClipboard>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// Logs of containers.
class TestDashboardLogs : public test::DashboardTest
{
    Q_OBJECT

private slots:
    void keysCopyWhatIsChosenAndNothingElse()
    {
        open();
        QGuiApplication::clipboard()->setText(u"mine"_s);
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        press(Qt::Key_Return);
        press(Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"nothing was copied"_s));
        QCOMPARE(QGuiApplication::clipboard()->text(), u"mine"_s);
        click(button(u"Copy what is here"_s));
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 1000);
    }

    void aLogIsSearchedCopiedAndSaved()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        press(Qt::Key_Return); // from the list into the log
        press(Qt::Key_F, Qt::ControlModifier);
        type(u"encoder"_s);
        QTRY_VERIFY(model<LogModel>()->matches() > 10);
        press(Qt::Key_Return);
        QTRY_VERIFY(shows(u"1 of "_s) || shows(u" of "_s));
        const int first = model<LogFilter>()->currentMatch();
        QVERIFY(first > 0);
        press(Qt::Key_Return, Qt::ShiftModifier);
        QVERIFY(model<LogFilter>()->currentMatch() != first);
        press(Qt::Key_Escape);
        QTRY_COMPARE(model<LogModel>()->matches(), 0);
        press(Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"1 line is on the clipboard"_s));
        QVERIFY(QGuiApplication::clipboard()->text().contains("encoder"_L1));
        click(button(u"Save what is here"_s));
        QCOMPARE(m_kept.name, u"press-line-a-ui.log"_s);
        QCOMPARE(m_kept.text.count(u'\n'), 1000);
        QTRY_VERIFY(shows(u"Saved: press-line-a-ui.log"_s));
    }

    void onlyMatchingLinesOfALogAndBack()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        QQuickItem *view = itemWith("wrap", "follow");
        QVERIFY(view);
        press(Qt::Key_Return);
        press(Qt::Key_F, Qt::ControlModifier);
        type(u"encoder"_s);
        QTRY_VERIFY(model<LogFilter>()->matches() > 10);
        // Following: the newest match stays in sight.
        click(button(u"Only matching lines"_s));
        QTRY_COMPARE(model<LogFilter>()->count(), model<LogModel>()->matches());
        QVERIFY(shows(u" of 1,000 lines"_s));
        QVERIFY(view->property("follow").toBool());
        // A match that was gone to stays where it stands, with all lines and with matching ones.
        click(button(u"Previous match"_s));
        click(button(u"Previous match"_s));
        QVERIFY(!view->property("follow").toBool());
        const auto place = [&] {
            m_window->grabWindow(); // laid out as it would be drawn
            const int row = view->property("currentRow").toInt();
            QQuickItem *item = nullptr;
            QMetaObject::invokeMethod(itemWith("contentY", "log"), "itemAtIndex", qReturnArg(item), row);
            return std::pair(model<LogFilter>()->markOf(row), item ? qRound(item->mapToScene({0, 0}).y()) : -1);
        };
        const auto before = place();
        QVERIFY(before.first > 0 && before.second > 0);
        click(button(u"Only matching lines"_s));
        QTRY_COMPARE(model<LogFilter>()->count(), 1000);
        QCOMPARE(place(), before);
        click(button(u"Only matching lines"_s));
        QTRY_VERIFY(model<LogFilter>()->count() < 1000);
        QCOMPARE(place().first, before.first);
        // What is no expression says so, and hides nothing.
        click(button(u"Words as they stand"_s));
        model<LogModel>()->setSearch(u"enc("_s);
        QTRY_VERIFY(shows(u"This is no regular expression: "_s));
        QCOMPARE(model<LogFilter>()->count(), 1000);
    }

    void errorsOfALogAlone()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        QVERIFY(model<LogModel>()->errors() > 10);
        click(button(u"Errors"_s));
        QTRY_COMPARE(model<LogFilter>()->count(), model<LogModel>()->errors());
        click(button(u"All lines"_s));
        QTRY_COMPARE(model<LogFilter>()->count(), 1000);
    }

    void containersAreReadTogether()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        click(button(u"Read more containers beside it"_s));
        QTRY_VERIFY(shows(u"Read together, up to 6 at once"_s));
        press(Qt::Key_Down);
        press(Qt::Key_Space);
        QTRY_COMPARE(route(), u"device/press-line-a/containers/ui+camera"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 2000);
        press(Qt::Key_Escape);
        QTRY_VERIFY(!shows(u"Read together, up to 6 at once"_s));
        // Their lines are hidden and shown one by one.
        click(button(u"ui"_s));
        QTRY_COMPARE(model<LogFilter>()->count(), 1000);
        click(button(u"ui"_s));
        QTRY_COMPARE(model<LogFilter>()->count(), 2000);
        click(button(u"Read camera no more"_s));
        QTRY_COMPARE(route(), u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        // The address shows the same again.
        m_window->setProperty("route", u"device/press-line-a/containers/camera+nats+ui"_s);
        QTRY_COMPARE(model<LogModel>()->containers(), (QStringList{u"camera"_s, u"nats"_s, u"ui"_s}));
        QTRY_COMPARE(model<LogModel>()->count(), 3000);
        // Another one of the list is read alone.
        press(Qt::Key_Down);
        QTRY_COMPARE(model<LogModel>()->containers().size(), 1);
        QTRY_COMPARE(route(), u"device/press-line-a/containers"_s);
    }

    void newsDoNotLieOverTheFootOfALog()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        press(Qt::Key_Return);
        press(Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"nothing was copied"_s));
        QQuickItem *toast = itemWith("message", "bad");
        QVERIFY(toast);
        const qreal foot = toast->mapToScene({0, toast->height()}).y();
        QVERIFY2(foot < m_window->height() / 3.0, qPrintable(QString::number(foot)));
    }

    void aLogKeepsItsPlaceOrFollows()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        auto *log = model<LogModel>();
        log->setCapacity(1000); // from now on each new line pushes an old one out
        const QList<QQuickItem *> all = items();
        const auto found = std::ranges::find_if(
            all, [](QQuickItem *item) { return item->property("follow").isValid() && item->property("wrap").isValid(); });
        QVERIFY(found != all.cend());
        QQuickItem *view = *found;
        QTRY_VERIFY(view->property("follow").toBool());
        const auto shown = [&](const char *role, int row) {
            return log->data(log->index(row), role == QByteArray("text") ? LogModel::TextRole : LogModel::TimeTextRole).toString();
        };
        const auto top = [&] {
            int row = -1;
            QMetaObject::invokeMethod(view, "topRow", qReturnArg(row));
            return row;
        };
        const auto grow = [&] {
            const qint64 before = log->dropped();
            for (int i = 0; i < 10; ++i)
                m_backend->step();
            QTRY_VERIFY(log->dropped() >= before + 15);
            QCoreApplication::processEvents();
            m_window->grabWindow(); // laid out as it would be drawn
        };
        // Following: the newest line stays in sight.
        grow();
        QTRY_VERIFY(shows(shown("time", 999)));
        // Reading further up: the same line stays at the top, however many come and fall out.
        press(Qt::Key_Return);
        for (int i = 0; i < 4; ++i)
            press(Qt::Key_PageUp);
        QVERIFY(!view->property("follow").toBool());
        QCoreApplication::processEvents();
        const QString place = shown("time", top());
        for (int i = 0; i < 5; ++i) {
            grow();
            QCOMPARE(shown("time", top()), place);
        }
        QVERIFY(!shows(shown("time", 999)));
        // And to the end again.
        press(Qt::Key_End);
        QTRY_VERIFY(shows(shown("time", 999)));
        grow();
        QTRY_VERIFY(shows(shown("time", 999)));
    }

    void aLogIsReadFromAnotherTimeAndOutput()
    {
        open();
        m_window->setProperty("route", u"device/press-line-a/containers"_s);
        QTRY_COMPARE(model<LogModel>()->count(), 1000);
        click(button(u"Last 1,000"_s));
        QTRY_VERIFY(shows(u"Since 1 day"_s));
        press(Qt::Key_Down);
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_COMPARE(model<LogModel>()->since(), 600'000);
        QTRY_COMPARE(model<LogModel>()->count(), 580); // ten minutes, a line every 1,037 ms
        click(button(u"stdout + stderr"_s));
        QTRY_VERIFY(shows(u"Only stderr"_s));
        for (int i = 0; i < 3; ++i)
            press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_VERIFY(!model<LogModel>()->wantsStdout());
        QTRY_VERIFY(model<LogModel>()->count() > 50 && model<LogModel>()->count() < 200);
    }
};

MUSTER_GUI_TEST(TestDashboardLogs)
#include "tst_dashboardlogs.moc"
