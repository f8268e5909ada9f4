// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/server/fakeserver.h"
#include "tests/support/testcase.h"

#include <QImage>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// The program itself: exit codes, messages, and pictures of a server that is really talked to.
class TestMuster : public test::TestCase
{
    Q_OBJECT

private:
    struct Outcome
    {
        int code = -1;
        QString out;
        QString err;
    };

    Outcome run(const QStringList &arguments, const QList<std::pair<QString, QString>> &with = {})
    {
        QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
        for (const char *name :
             {"MUSTER_PROFILE", "MUSTER_SERVER", "MUSTER_API_KEY", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "QT_QUICK_BACKEND"})
            all.remove(QLatin1StringView(name));
        for (const auto &[name, value] : with)
            all.insert(name, value);
        QProcess process;
        process.setProcessEnvironment(all);
        QSignalSpy finished(&process, &QProcess::finished);
        process.start(QStringLiteral(MUSTER_BIN_DIR "/muster"), arguments);
        if (!finished.wait(40'000))
            return {.err = u"it does not end"_s};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }

private slots:
    void aPictureOfTheMockFleetNeedsNothing()
    {
        const QTemporaryDir dir;
        const QString file = dir.filePath(u"a.png"_s);
        const Outcome o = run({u"--mock"_s, u"--screenshot"_s, file, u"devices"_s, u"--size"_s, u"800x600"_s});
        QCOMPARE(o.err, QString());
        QCOMPARE(o.code, 0);
        QCOMPARE(QImage(file).size(), QSize(800, 600));
    }

    void aPictureOfALiveServer_data()
    {
        QTest::addColumn<QString>("page");
        QTest::newRow("devices") << u"devices"_s;
        QTest::newRow("device") << u"device"_s;
        QTest::newRow("approvals") << u"approvals"_s;
    }
    void aPictureOfALiveServer()
    {
        QFETCH(const QString, page);
        test::FakeServer server;
        QVERIFY(server.listen());
        const QTemporaryDir dir;
        const QString file = dir.filePath(u"a.png"_s);
        const Outcome o = run({u"--screenshot"_s, file, page},
                              {{u"MUSTER_SERVER"_s, server.url().toString()}, {u"MUSTER_API_KEY"_s, test::FakeServer::apiKey}});
        QCOMPARE(o.err, QString());
        QCOMPARE(o.code, 0);
        QCOMPARE(QImage(file).size(), QSize(1440, 900));
    }

    void aLinkSignsInForAPicture()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        const QTemporaryDir dir;
        const QString file = dir.filePath(u"a.png"_s);
        const Outcome o = run({u"--connect"_s, server.url().toString() + u"/#/sign-in/"_s + test::FakeServer::linkToken, u"--screenshot"_s,
                               file, u"approvals"_s});
        QCOMPARE(o.err, QString());
        QCOMPARE(o.code, 0);
        QVERIFY(!QImage(file).isNull());
    }

    void failuresAreSaid()
    {
        const QTemporaryDir dir;
        test::FakeServer server;
        QVERIFY(server.listen());
        Outcome o = run({u"--mock"_s, u"--screenshot"_s, dir.filePath(u"a.png"_s), u"moon"_s});
        QCOMPARE(o.code, 1);
        QVERIFY(o.err.contains("moon"_L1));
        o = run({u"--mock"_s, u"--screenshot"_s, u"/no/such/folder/a.png"_s, u"devices"_s});
        QCOMPARE(o.code, 1);
        QVERIFY(o.err.contains("/no/such/folder"_L1));
        o = run({u"--connect"_s, server.url().toString(), u"--screenshot"_s, dir.filePath(u"a.png"_s), u"devices"_s});
        QCOMPARE(o.code, 1);
        QVERIFY2(o.err.contains("API key"_L1), qPrintable(o.err));
        o = run({u"--screenshot"_s, dir.filePath(u"a.png"_s), u"devices"_s});
        QCOMPARE(o.code, 2);
        o = run({u"--explode"_s});
        QCOMPARE(o.code, 2);
        o = run({u"--mock"_s});
        QCOMPARE(o.code, 1);
        QVERIFY(o.err.contains("no display"_L1));
        QCOMPARE(run({u"--version"_s}).code, 0);
    }
};

MUSTER_TEST(TestMuster)
#include "tst_muster.moc"
