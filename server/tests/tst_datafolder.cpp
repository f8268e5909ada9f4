// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/datafolder.h"
#include "tests/support/testcase.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <memory>

using namespace muster;
using namespace Qt::Literals::StringLiterals;

/// Two servers never share a data folder, and one that was killed does not keep it.
class DataFolderTest : public muster::test::TestCase
{
    Q_OBJECT

    QTemporaryDir m_folder;

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] std::unique_ptr<QProcess> startServer() const
    {
        auto process = std::make_unique<QProcess>();
        process->start(QStringLiteral(MUSTER_BIN_DIR "/musterd"),
                       {u"run"_s, u"--data"_s, m_folder.path(), u"--listen"_s, u"127.0.0.1:0"_s, u"--ready-file"_s, path(u"ready"_s)});
        return process;
    }
    [[nodiscard]] bool becomesReady(const QProcess &process) const
    {
        return muster::test::eventually([&] { return QFile::exists(path(u"ready"_s)) || process.state() == QProcess::NotRunning; })
               && process.state() == QProcess::Running;
    }

private slots:
    void saysWhoHasItAndWhatToDo()
    {
        const auto first = takeDataFolder(path(u"data"_s));
        QVERIFY(first);
        QCOMPARE(QFile::permissions(path(u"data"_s)) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        const auto second = takeDataFolder(path(u"data"_s));
        QVERIFY(!second);
        QCOMPARE(second.error().code, Conflict);
        QVERIFY2(second.error().message.contains("stop it, or give another folder with --data"_L1), qPrintable(second.error().message));
        const auto beneathAFile = takeDataFolder(u"/dev/null/data"_s);
        QVERIFY(!beneathAFile);
        QCOMPARE(beneathAFile.error().code, Unavailable);
    }

    void aServerThatWasKilledLeavesNothing()
    {
        const auto first = startServer();
        QVERIFY(becomesReady(*first));
        const auto second = startServer();
        QVERIFY(second->waitForFinished());
        QCOMPARE(second->exitCode(), 1);
        const QByteArray said = second->readAllStandardError();
        QCOMPARE(said.count('\n'), 1);
        QVERIFY2(said.contains("another Muster server (process " + QByteArray::number(first->processId()) + ")"), said);
        QVERIFY2(QFile::exists(path(u"ready"_s)), "the first one is as ready as it was");
        first->kill();
        QVERIFY(first->waitForFinished());
        QVERIFY(QFile::exists(path(u"muster.lock"_s)));
        QVERIFY(QFile::remove(path(u"ready"_s)));
        const auto third = startServer();
        QVERIFY2(becomesReady(*third), third->readAllStandardError());
        third->terminate();
        QVERIFY(third->waitForFinished());
        QCOMPARE(third->exitCode(), 0);
        QVERIFY(!QFile::exists(path(u"muster.lock"_s)));
    }
};

MUSTER_TEST(DataFolderTest)
#include "tst_datafolder.moc"
