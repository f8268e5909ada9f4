// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockbackend.h"
#include "qml/Muster/People/peoplemodels.h"
#include "tests/support/testcase.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QStringListModel>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestPeopleModels : public test::TestCase
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        // The tester warns once that this program has no QFont, which a model without fonts need not mind.
        QStringListModel model({u"row"_s});
        const QAbstractItemModelTester tester(&model);
    }

    void accountsComeByName()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        AccountsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        model.setActive(true);
        backend.start();
        QTRY_COMPARE(model.count(), 3);
        QCOMPARE(model.named(u"eva"_s).role, u"operator"_s);
        QCOMPARE(model.named(u"eva"_s).sessions, 2);
        QVERIFY(!model.named(u"lobby-screen"_s).hasPassword);
        QVERIFY(model.named(u"nobody"_s).user.isEmpty());
        model.setText(u"LOB"_s);
        QTRY_COMPARE(model.count(), 1);
        // Whoever signs out leaves nothing behind.
        model.setActive(false);
        QCOMPARE(model.count(), 0);
    }

    void aListComesAPageAtATime()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        for (int i = 0; i < 230; ++i)
            QVERIFY(backend.invented().call(u"Users.Create"_s,
                                            {{"user"_L1, u"person %1"_s.arg(i, 3, 10, QChar(u'0'))}, {"role"_L1, "viewer"_L1}}));
        AccountsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        model.setActive(true);
        backend.start();
        QTRY_COMPARE(model.count(), 100);
        QCOMPARE(model.total(), 233);
        QVERIFY(model.hasMore());
        model.loadMore();
        model.loadMore(); // a second press is not another page
        QTRY_COMPARE(model.count(), 200);
        model.loadMore();
        QTRY_COMPARE(model.count(), 233);
        QVERIFY(!model.hasMore());
        // What is shown stays while the connection is away, and is asked for anew when it is back.
        backend.breakConnection();
        QCOMPARE(model.count(), 233);
        QVERIFY(backend.invented().call(u"Users.Delete"_s, {{"user"_L1, u"person 007"_s}}));
        backend.link()->retryNow();
        QTRY_COMPARE(model.count(), 232);
        QCOMPARE(model.named(u"person 007"_s).user, QString());
    }

    void sessionsAndKeysOfOne()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        SessionsModel sessions;
        ApiKeysModel keys;
        for (OwnedModel *model : QList<OwnedModel *>{&sessions, &keys}) {
            model->setLink(backend.link());
            model->setActive(true);
        }
        backend.start();
        QTRY_COMPARE(sessions.count(), 4);
        QTRY_COMPARE(keys.count(), 2);
        sessions.setUser(u"eva"_s);
        keys.setUser(u"eva"_s);
        QTRY_COMPARE(sessions.count(), 2);
        QTRY_COMPARE(keys.count(), 1);
        const auto session = sessions.data(sessions.index(1, 0), PagedModel::EntryRole).value<OpenSession>();
        QCOMPARE(session.program(), u"Safari, iPhone"_s);
        QVERIFY(session.createdAt < backend.clock()->now());
        QCOMPARE(keys.data(keys.index(0, 0), PagedModel::EntryRole).value<ApiKey>().name, u"nightly-report"_s);
    }

    void clientsAreNamedInWords_data()
    {
        QTest::addColumn<QString>("client");
        QTest::addColumn<QString>("words");
        QTest::newRow("Firefox") << u"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"_s << u"Firefox, Linux"_s;
        QTest::newRow("Edge") << u"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0"_s
                              << u"Edge, Windows"_s;
        QTest::newRow("the window") << u"Muster/0.1.0"_s << u"Muster"_s;
        QTest::newRow("unknown") << u"somebody's script"_s << u"somebody's script"_s;
        QTest::newRow("nothing") << QString() << QString();
    }
    void clientsAreNamedInWords()
    {
        QFETCH(const QString, client);
        OpenSession session;
        session.client = client;
        QTEST(session.program(), "words");
    }

    void errorsAreTold()
    {
        MockBackend backend(MockBackend::Mode::Error, false);
        AccountsModel model;
        model.setLink(backend.link());
        model.setActive(true);
        backend.start();
        QTRY_COMPARE(model.loading(), states::Loading::Failed);
        QVERIFY(model.errorText().contains("disk is full"_L1));
    }
};

MUSTER_TEST(TestPeopleModels)
#include "tst_peoplemodels.moc"
