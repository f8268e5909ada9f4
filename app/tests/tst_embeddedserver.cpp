// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/embeddedserver.h"
#include "client/link/livebackend.h"
#include "tests/support/testcase.h"

#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

/// `muster` without arguments: the server inside the program, and the person at the machine signed in.
class TestEmbeddedServer : public test::TestCase
{
    Q_OBJECT

private:
    QTemporaryDir m_data;

private slots:
    void initTestCase()
    {
        qputenv("MUSTER_DATA", m_data.path().toLocal8Bit());
        qputenv("MUSTER_PORT", "0");
        qputenv("USER", "gardener");
    }

    void whoStartsItIsSignedIn()
    {
        EmbeddedServer server;
        const auto access = server.start();
        QVERIFY2(access, access ? "" : qPrintable(access.error().message));
        LiveBackend backend;
        backend.open(access->url, {});
        backend.account()->redeem(access->token);
        QTRY_COMPARE(backend.link()->state(), Link::State::Ready);
        QCOMPARE(backend.account()->session().user, u"gardener"_s);
        QCOMPARE(backend.account()->session().role, u"admin"_s);
    }

    void twoOnTheSameDataAreRefused()
    {
        EmbeddedServer first;
        QVERIFY(first.start());
        EmbeddedServer second;
        const auto access = second.start();
        QVERIFY(!access);
        QVERIFY2(access.error().message.contains(m_data.path()), qPrintable(access.error().message));
    }
};

MUSTER_TEST(TestEmbeddedServer)
#include "tst_embeddedserver.moc"
