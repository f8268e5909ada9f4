// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockbackend.h"
#include "qml/Muster/Shadow/shadowmodel.h"
#include "tests/support/testcase.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QStringListModel>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestShadowModel : public test::TestCase
{
    Q_OBJECT

private:
    static int rowOf(const ShadowModel &model, const QString &name)
    {
        for (int row = 0; row < model.count(); ++row) {
            if (model.data(model.index(row), ShadowModel::NameRole) == name)
                return row;
        }
        return -1;
    }
    static QVariant at(const ShadowModel &model, const QString &name, ShadowModel::Role role)
    {
        return model.data(model.index(rowOf(model, name)), role);
    }

private slots:
    void initTestCase()
    {
        // The tester warns once that this program has no QFont, which a model without fonts need not mind.
        QStringListModel model({u"row"_s});
        const QAbstractItemModelTester tester(&model);
    }

    void leavesStandBesideEachOther()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        ShadowModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLink(backend.link());
        model.setDeviceId(u"press-line-a"_s);
        backend.start();
        QTRY_COMPARE(model.loading(), states::Loading::Loaded);
        QCOMPARE(model.differing(), 1);
        QCOMPARE(model.version(), 5);
        QCOMPARE(model.changedBy(), u"eva"_s);
        QCOMPARE(at(model, u"report_every_s"_s, ShadowModel::DesiredRole), u"10"_s);
        QCOMPARE(at(model, u"report_every_s"_s, ShadowModel::ReportedRole), u"30"_s);
        QVERIFY(at(model, u"report_every_s"_s, ShadowModel::DiffersRole).toBool());
        QVERIFY(at(model, u"report_every_s"_s, ShadowModel::SinceRole).toDouble() > 0);
        QVERIFY(at(model, u"light.on"_s, ShadowModel::IsSwitchRole).toBool());
        QVERIFY(at(model, u"light.on"_s, ShadowModel::IsOnRole).toBool());
        QCOMPARE(at(model, u"mode"_s, ShadowModel::ReportedRole), u"\"auto\""_s);
        QVERIFY(!at(model, u"mode"_s, ShadowModel::IsWantedRole).toBool());
        // What the agent says of itself cannot be wished otherwise.
        QVERIFY(at(model, u"muster.engine"_s, ShadowModel::IsOfAgentRole).toBool());
        QVERIFY(!at(model, u"muster.engine"_s, ShadowModel::IsSwitchRole).toBool());
    }

    void aWishIsStoredAndDone()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        ShadowModel model;
        const QAbstractItemModelTester tester(&model);
        QSignalSpy stored(&model, &ShadowModel::stored);
        model.setLink(backend.link());
        model.setDeviceId(u"press-line-a"_s);
        backend.start();
        QTRY_COMPARE(model.loading(), states::Loading::Loaded);
        model.toggle(rowOf(model, u"light.on"_s));
        QVERIFY(model.isBusy());
        QTRY_COMPARE(stored.size(), 1);
        QCOMPARE(at(model, u"light.on"_s, ShadowModel::DesiredRole), u"false"_s);
        QCOMPARE(model.differing(), 2);
        QCOMPARE(model.version(), 6);
        model.want(rowOf(model, u"mode"_s), u"night"_s); // a text that is no JSON
        QTRY_COMPARE(stored.size(), 2);
        QCOMPARE(at(model, u"mode"_s, ShadowModel::DesiredRole), u"\"night\""_s);
        model.wantNamed(u"a.b"_s, u"[1, 2]"_s);
        QTRY_COMPARE(stored.size(), 3);
        QCOMPARE(at(model, u"a.b"_s, ShadowModel::DesiredRole), u"[1,2]"_s);
        model.takeBack(rowOf(model, u"mode"_s));
        QTRY_COMPARE(stored.size(), 4);
        QVERIFY(!at(model, u"mode"_s, ShadowModel::IsWantedRole).toBool());
        // The device is told, and does it.
        backend.invented().setNow(backend.invented().now() + 60'000);
        model.retry();
        QTRY_COMPARE(model.loading(), states::Loading::Loaded);
        QTRY_COMPARE(model.differing(), 0);
        QCOMPARE(at(model, u"light.on"_s, ShadowModel::ReportedRole), u"false"_s);
    }

    void whatSomebodyElseWantsIsNotOverwritten()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        ShadowModel model;
        QSignalSpy stored(&model, &ShadowModel::stored);
        QSignalSpy refused(&model, &ShadowModel::refused);
        model.setLink(backend.link());
        model.setDeviceId(u"press-line-a"_s);
        backend.start();
        QTRY_COMPARE(model.loading(), states::Loading::Loaded);
        QVERIFY(model.replace(u"{\"a\": "_s, 5).contains("no JSON"_L1));
        QVERIFY(!model.replace(u"[1]"_s, 5).isEmpty());
        const double seen = model.version();
        QVERIFY(backend.invented().call(
            u"Shadow.Update"_s,
            {{"id"_L1, "press-line-a"_L1}, {"state"_L1, QJsonObject{{"desired"_L1, QJsonObject{{"light"_L1, QJsonValue::Null}}}}}}));
        QCOMPARE(model.replace(u"{\"report_every_s\": 20}"_s, seen), QString());
        QTRY_COMPARE(refused.size(), 1);
        QVERIFY(refused[0][1].toBool());
        QCOMPARE(stored.size(), 0);
        model.retry();
        QTRY_COMPARE(model.loading(), states::Loading::Loaded);
        QCOMPARE(model.replace(u"{\"report_every_s\": 20}"_s, model.version()), QString());
        QTRY_COMPARE(stored.size(), 1);
        QCOMPARE(model.desiredText().simplified(), u"{ \"report_every_s\": 20 }"_s);
    }
};

MUSTER_TEST(TestShadowModel)
#include "tst_shadowmodel.moc"
