// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockbackend.h"
#include "qml/Muster/Approvals/approvalsmodel.h"
#include "tests/support/testcase.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QStringListModel>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestApprovalsModel : public test::TestCase
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        // The tester warns once that this program has no QFont, which a model without fonts need not mind.
        QStringListModel model({u"row"_s});
        const QAbstractItemModelTester tester(&model);
    }

    void theNewestComesFirst()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        ApprovalsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.rowCount(), 3);
        QCOMPARE(model.at(0).deviceId, u"camera-dock-3"_s);
        QVERIFY(model.at(1).newKey);
        QVERIFY(model.at(0).firstSeen > model.at(1).firstSeen);
        QCOMPARE(model.rowOfDevice(u"meter-0131"_s), 2);
        QCOMPARE(model.at(7).id, QString());
    }

    void findsOneAmongMany()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        ApprovalsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.rowCount(), 3);
        model.setText(u"meter"_s);
        QTRY_COMPARE(model.rowCount(), 1);
        QCOMPARE(model.at(0).deviceId, u"meter-0131"_s);
        model.setText(u"nobody"_s);
        QTRY_COMPARE(model.rowCount(), 0);
        model.setText({});
        QTRY_COMPARE(model.rowCount(), 3);
    }

    void allOfANetworkAreRejectedAtOnce()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        ApprovalsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.rowCount(), 3);
        QSignalSpy rejected(&model, &ApprovalsModel::rejectedFrom);
        QSignalSpy failed(&model, &ApprovalsModel::decisionFailed);
        const Approval first = model.at(0);
        QCOMPARE(first.pendingFromNetwork, 1);
        model.rejectFrom(first.network, 0); // more wait than the person saw
        QTRY_COMPARE(failed.size(), 1);
        model.rejectFrom(first.network, first.pendingFromNetwork);
        QTRY_COMPARE(rejected.size(), 1);
        QCOMPARE(rejected.at(0).at(1).toInt(), 1);
        QTRY_COMPARE(model.rowCount(), 2);
    }

    void aDecisionTakesTheRowAwayAndIsTold_data()
    {
        QTest::addColumn<bool>("accept");
        QTest::newRow("accept") << true;
        QTest::newRow("reject") << false;
    }
    void aDecisionTakesTheRowAwayAndIsTold()
    {
        QFETCH(const bool, accept);
        MockBackend backend(MockBackend::Mode::Default, false);
        ApprovalsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.rowCount(), 3);
        QSignalSpy decided(&model, &ApprovalsModel::decided);
        const Approval first = model.at(0);
        accept ? model.accept(first.id, first.fingerprint) : model.reject(first.id, first.fingerprint);
        QCOMPARE(model.data(model.index(0), ApprovalsModel::LoadingStateRole).value<states::Loading>(), states::Loading::Underway);
        // Twice is once.
        model.accept(first.id, first.fingerprint);
        QTRY_COMPARE(decided.count(), 1);
        QCOMPARE(decided[0][0].toString(), first.deviceId);
        QCOMPARE(decided[0][1].toBool(), accept);
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(backend.invented().device(first.deviceId).isNull(), !accept);
    }

    void anotherFingerprintIsRefused()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        ApprovalsModel model;
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.rowCount(), 3);
        QSignalSpy failed(&model, &ApprovalsModel::decisionFailed);
        model.accept(model.at(0).id, u"SHA256:another"_s);
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.data(model.index(0), ApprovalsModel::LoadingStateRole).value<states::Loading>(), states::Loading::Loaded);
    }

    void whatOthersDecideGoesAsWell()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        ApprovalsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.rowCount(), 3);
        QVERIFY(backend.invented().call(u"Approvals.Reject"_s, {{"id"_L1, model.at(1).id}}));
        backend.step();
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowOfDevice(u"pump-north"_s), -1);
    }

    void whoRejectedAndWhenIsKnown()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        ApprovalsModel model;
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.rowCount(), 3);
        QCOMPARE(model.at(0).decidedAt, 0);
        const QString device = model.at(0).deviceId;
        QVERIFY(backend.invented().call(u"Approvals.Reject"_s, {{"id"_L1, model.at(0).id}}));
        model.setRejected(true);
        QTRY_COMPARE(model.rowOfDevice(device), 0);
        QCOMPARE(model.at(0).decidedBy, u"admin"_s);
        QCOMPARE(model.at(0).decidedAt, MockFleet::pictureTime);
    }

    void errorsAreTold()
    {
        MockBackend backend(MockBackend::Mode::Error, false);
        ApprovalsModel model;
        model.setLink(backend.link());
        backend.start();
        QTRY_COMPARE(model.loading(), states::Loading::Failed);
        QVERIFY(!model.errorText().isEmpty());
    }
};

MUSTER_TEST(TestApprovalsModel)
#include "tst_approvalsmodel.moc"
