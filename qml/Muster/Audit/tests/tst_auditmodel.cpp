// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockbackend.h"
#include "qml/Muster/Audit/auditexport.h"
#include "tests/support/testcase.h"

#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestAuditModel : public test::TestCase
{
    Q_OBJECT

private slots:
    void filtersNarrowIt()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        AuditModel model;
        model.setClock(backend.clock());
        model.setLink(backend.link());
        model.setActive(true);
        backend.start();
        QTRY_COMPARE(model.count(), 100);
        const int all = model.total();
        QVERIFY(all > 200);
        QVERIFY(!model.isFiltered());
        model.setOutcome(u"refused"_s);
        QTRY_COMPARE(model.total(), 2);
        QVERIFY(!model.at(0).isOk());
        model.setActor(u"lobby"_s);
        QTRY_COMPARE(model.count(), 1);
        QCOMPARE(model.at(0).method, u"Devices.Forget"_s);
        QVERIFY(model.at(0).detailText.contains("gate-01"_L1));
        model.clearFilters();
        QTRY_COMPARE(model.total(), all);
        model.setWithin(3'600'000.0 / 2);
        QTRY_COMPARE(model.total(), 3);
        QVERIFY(model.at(7).id.isEmpty());
    }

    void allThatMatchesIsSaved_data()
    {
        QTest::addColumn<AuditExport::Format>("format");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("more");
        QTest::newRow("CSV") << AuditExport::Csv << u"audit.csv"_s << 1;
        QTest::newRow("JSON lines") << AuditExport::JsonLines << u"audit.jsonl"_s << 0;
    }
    void allThatMatchesIsSaved()
    {
        QFETCH(const AuditExport::Format, format);
        QFETCH(const int, more);
        MockBackend backend(MockBackend::Mode::Default, false);
        for (int i = 0; i < 700; ++i)
            backend.invented().noteAudit(u"Devices.Call"_s, u"pump"_s, u"no, \"%1\""_s.arg(i));
        AuditModel model;
        model.setClock(backend.clock());
        model.setLink(backend.link());
        model.setActive(true);
        model.setTarget(u"pump"_s);
        model.setOutcome(u"refused"_s);
        backend.start();
        QTRY_COMPARE(model.total(), 700);
        AuditExport exporter;
        exporter.setProperty("model", QVariant::fromValue(&model));
        QSignalSpy ready(&exporter, &AuditExport::ready);
        exporter.begin(format);
        QVERIFY(exporter.isBusy());
        QTRY_COMPARE(ready.size(), 1);
        QVERIFY(!exporter.isBusy());
        QTEST(ready[0][0].toString(), "name");
        const QString text = ready[0][1].toString();
        QCOMPARE(text.count(u'\n'), 700 + more);
        const QString line = format == AuditExport::Csv ? u"\"no, \"\"699\"\"\""_s : u"\"outcome\":\"no, \\\"699\\\"\""_s;
        QVERIFY2(text.contains(line), qPrintable(text.first(300)));
    }

    void whoStopsGetsNothing()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        AuditModel model;
        model.setClock(backend.clock());
        model.setLink(backend.link());
        model.setActive(true);
        backend.start();
        QTRY_VERIFY(model.total() > 0);
        AuditExport exporter;
        exporter.setProperty("model", QVariant::fromValue(&model));
        QSignalSpy ready(&exporter, &AuditExport::ready);
        exporter.begin(AuditExport::Csv);
        exporter.stop();
        QVERIFY(!exporter.isBusy());
        exporter.begin(AuditExport::JsonLines);
        QTRY_COMPARE(ready.size(), 1);
        QCOMPARE(ready[0][0].toString(), u"audit.jsonl"_s);
    }

    void cellsAreWhatTheySay_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("cell");
        QTest::newRow("plain") << u"pump"_s << u"pump"_s;
        QTest::newRow("comma") << u"a,b"_s << u"\"a,b\""_s;
        QTest::newRow("quote") << u"a\"b"_s << u"\"a\"\"b\""_s;
        QTest::newRow("line") << u"a\nb"_s << u"\"a\nb\""_s;
        // A spreadsheet would run it.
        QTest::newRow("formula") << u"=HYPERLINK(\"http://x\")"_s << u"\"'=HYPERLINK(\"\"http://x\"\")\""_s;
        QTest::newRow("minus") << u"-1"_s << u"'-1"_s;
    }
    void cellsAreWhatTheySay()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, cell);
        QCOMPARE(AuditExport::csvLine({text, u"x"_s}), QString(cell + u",x"_s));
    }
};

MUSTER_TEST(TestAuditModel)
#include "tst_auditmodel.moc"
