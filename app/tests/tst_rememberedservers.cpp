// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rememberedservers.h"
#include "client/link/livebackend.h"
#include "mock/server/fakeserver.h"
#include "tests/support/testcase.h"

#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace std::chrono_literals;

class TestRememberedServers : public test::TestCase
{
    Q_OBJECT

    /// What a window is, as far as this goes.
    struct Window
    {
        Window(const QUrl &server, const QString &file)
        {
            backend.link()->setPace({.firstPause = 20ms, .longestPause = 80ms, .ping = 50ms, .answer = 300ms, .call = 2s});
            backend.open(server, test::FakeServer::apiKey);
            remembered.emplace(backend.link(), server, file);
        }
        LiveBackend backend;
        std::optional<RememberedServers> remembered;
    };

private slots:
    void theNextStartFindsTheOneThatIsLeft()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"window.ini"_s);
        test::FakeServer first;
        test::FakeServer second;
        QVERIFY(first.listen());
        QVERIFY(second.listen());
        first.servers = QStringList{first.url().toString(), second.url().toString()};
        const QUrl url = first.url();
        {
            Window window(url, file);
            QTRY_COMPARE(window.backend.link()->told(), QList<QUrl>{second.url()});
        }
        first.stop();
        Window window(url, file);
        QTRY_COMPARE(window.backend.link()->state(), Link::State::Ready);
        QCOMPARE(window.backend.link()->serverAddress(), u"127.0.0.1:%1"_s.arg(second.port()));
        // Of another server it says nothing.
        Window other(second.url(), file);
        QVERIFY(other.backend.link()->told().isEmpty());
    }

    void whatIsDamagedIsLeftOut()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"window.ini"_s);
        test::FakeServer server;
        QVERIFY(server.listen());
        server.servers = QStringList{server.url().toString()};
        QSettings(path, QSettings::IniFormat)
            .setValue(u"servers/"_s + QString::fromLatin1(QUrl::toPercentEncoding(server.url().toString())),
                      QStringList{u"javascript:alert(1)"_s, u"\x1"_s, u"http://198.51.100.7"_s, u"x"_s.repeated(10'000)});
        Window window(server.url(), path);
        QVERIFY(window.backend.link()->told().isEmpty());
        QTRY_COMPARE(window.backend.link()->state(), Link::State::Ready);
        QVERIFY(window.backend.link()->told().isEmpty());
    }
};

MUSTER_TEST(TestRememberedServers)
#include "tst_rememberedservers.moc"
