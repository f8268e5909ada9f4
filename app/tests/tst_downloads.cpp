// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/downloads.h"
#include "tests/support/testcase.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestDownloads : public test::TestCase
{
    Q_OBJECT

private slots:
    void namesAreSafe_data()
    {
        QTest::addColumn<QString>("wish");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << u"gate-01-ui.log"_s << u"gate-01-ui.log"_s;
        QTest::newRow("path") << u"../../etc/passwd"_s << u"_.._etc_passwd"_s;
        QTest::newRow("hidden") << u".profile"_s << u"profile"_s;
        QTest::newRow("letters of all kinds") << u"мир:a?.log"_s << u"___\u005fa_.log"_s;
        QTest::newRow("nothing") << QString() << u"muster"_s;
        QTest::newRow("long") << u"x"_s.repeated(500) + u".log"_s << u"x"_s.repeated(120) + u".log"_s;
    }
    void namesAreSafe()
    {
        QFETCH(const QString, wish);
        QTEST(Downloads::safeName(wish), "name");
    }

    void nothingIsOverwritten()
    {
        const QTemporaryDir dir;
        Downloads downloads(dir.filePath(u"new"_s));
        QSignalSpy saved(&downloads, &TextSaver::saved);
        for (const QString &text : {u"one"_s, u"two"_s, u"three"_s})
            downloads.save(u"a.log"_s, text);
        QCOMPARE(saved.count(), 3);
        QVERIFY(saved[1][0].toString().endsWith("a-2.log"_L1));
        QFile first(dir.filePath(u"new/a.log"_s));
        QVERIFY(first.open(QIODevice::ReadOnly));
        QCOMPARE(first.readAll(), "one"_ba);
    }

    void aFolderThatCannotBeIsSaid()
    {
        const QTemporaryDir dir;
        QFile file(dir.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        Downloads downloads(dir.filePath(u"file/below"_s));
        QSignalSpy failed(&downloads, &TextSaver::failed);
        downloads.save(u"a.log"_s, u"x"_s);
        QCOMPARE(failed.count(), 1);
        QVERIFY(failed[0][0].toString().contains("nothing was saved"_L1));
    }
};

MUSTER_TEST(TestDownloads)
#include "tst_downloads.moc"
