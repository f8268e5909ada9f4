// SPDX-License-Identifier: GPL-3.0-or-later
#include "system/datalock.h"
#include "tests/support/testcase.h"

#include <QFile>
#include <QLockFile>
#include <QTemporaryDir>

#include <array>
#include <atomic>
#include <memory>
#include <thread>

using namespace muster;
using namespace Qt::Literals::StringLiterals;

/// Two programs never share a data folder, whatever lies about in it.
class DataLockTest : public muster::test::TestCase
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] Result<std::unique_ptr<DataLock>> take() const { return DataLock::take(path(u"muster.lock"_s), u"Muster server"_s); }
    void leave(const QByteArray &text) const
    {
        QFile file(path(u"muster.lock"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }

private slots:
    void init()
    {
        QTest::failOnWarning();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void isForOneAtATime()
    {
        auto first = take();
        QVERIFY(first);
        const auto second = take();
        QVERIFY(!second);
        QCOMPARE(second.error().code, Conflict);
        const QString said = second.error().message;
        QVERIFY2(said.contains(u"another Muster server (process %1)"_s.arg(QCoreApplication::applicationPid())), qPrintable(said));
        QVERIFY2(said.contains(m_folder->path()) && !said.contains('\n'_L1), qPrintable(said));
        first->reset();
        QVERIFY(!QFile::exists(path(u"muster.lock"_s)));
        QVERIFY(take());
    }

    /// Only the system says who holds it: not what stands in the file, whatever that is.
    void whatLiesAboutHoldsNobodyUp_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("of a process that is gone") << QByteArray("2147483646\nmusterd\nelsewhere\n\n\n");
        QTest::newRow("of a process id that another program has now")
            << QByteArray::number(qint64(QCoreApplication::applicationPid())) + "\nmusterd\n\n\n\n";
        QTest::newRow("nothing, as a full disk leaves it") << QByteArray();
        QTest::newRow("anything") << QByteArray(100'000, 'x');
    }
    void whatLiesAboutHoldsNobodyUp()
    {
        QFETCH(const QByteArray, text);
        leave(text);
        const auto lock = take();
        QVERIFY2(lock, lock ? "" : qPrintable(lock.error().message));
        const auto second = take();
        QVERIFY(!second && second.error().message.contains(u"(process %1)"_s.arg(QCoreApplication::applicationPid())));
    }

    /// During an upgrade, one of each may be started.
    void keepsOutEarlierVersionsAndTheyIt()
    {
        const auto asBefore = [this] {
            auto lock = std::make_unique<QLockFile>(path(u"muster.lock"_s));
            lock->setStaleLockTime(0);
            return lock;
        };
        {
            const auto earlier = asBefore();
            QVERIFY(earlier->tryLock());
            QVERIFY(!take());
        }
        {
            const auto lock = take();
            QVERIFY(lock);
            QVERIFY(!asBefore()->tryLock());
        }
        QVERIFY(asBefore()->tryLock());
    }

    void isNeverTakenTwiceWhileOthersStop()
    {
        std::atomic<int> holders = 0;
        std::atomic<int> taken = 0;
        std::atomic<bool> wasShared = false;
        std::array<std::thread, 4> threads;
        for (std::thread &thread : threads) {
            thread = std::thread([&] {
                while (taken < 2000 && !wasShared) {
                    const auto lock = take();
                    if (!lock)
                        continue;
                    ++taken;
                    if (++holders != 1)
                        wasShared = true;
                    std::this_thread::yield();
                    --holders;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY(!wasShared);
    }
};

MUSTER_TEST(DataLockTest)
#include "tst_datalock.moc"
