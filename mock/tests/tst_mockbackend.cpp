// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockbackend.h"
#include "tests/support/testcase.h"

#include <QJsonDocument>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestMockBackend : public test::TestCase
{
    Q_OBJECT

private slots:
    void theFleetIsTheSameEveryTime()
    {
        MockFleet one;
        MockFleet two;
        const QJsonObject params{{"offset"_L1, 0}, {"limit"_L1, 200}};
        QCOMPARE(QJsonDocument(one.window(params)).toJson(), QJsonDocument(two.window(params)).toJson());
        const QJsonObject health{{"id"_L1, "gate-01"_L1}};
        QCOMPARE(*one.call(u"Devices.Health"_s, health), *two.call(u"Devices.Health"_s, health));
    }

    void theCountsAddUp()
    {
        const FleetCounts c = FleetCounts::fromJson(MockFleet().counts());
        QCOMPARE(c.devices, 1204);
        QCOMPARE(c.online + c.offline + c.never, c.devices);
        QCOMPARE(c.ok + c.warning + c.failing, c.online);
        QCOMPARE(c.failing, 4);
        QCOMPARE(c.warning, 11);
        QCOMPARE(c.approvals, 3);
    }

    void tokensComeAndGo()
    {
        MockFleet fleet;
        const QJsonValue light = fleet.device(u"hall-light"_s);
        QVERIFY(light["key"_L1].isNull() && light["trust"_L1] == "token"_L1);
        QCOMPARE(light["latest"_L1].toObject().keys(), QStringList({u"disk"_s, u"memory"_s, u"time"_s}));
        const Result<QJsonValue> made = fleet.call(u"Devices.Create"_s, {{"name"_L1, "Lamp"_L1}});
        QVERIFY(made);
        const QString id = (*made)["id"_L1].toString();
        QCOMPARE(fleet.device(id)["name"_L1].toString(), u"Lamp"_s);
        // Each time another one, and the device is cut off.
        const auto renewed = fleet.call(u"Devices.RenewToken"_s, {{"id"_L1, "hall-light"_L1}});
        const auto again = fleet.call(u"Devices.RenewToken"_s, {{"id"_L1, "hall-light"_L1}});
        QVERIFY(renewed && again && (*renewed)["token"_L1] != (*again)["token"_L1]);
        QCOMPARE(fleet.device(u"hall-light"_s)["presence"_L1]["state"_L1].toString(), u"offline"_s);
    }

    void oneApprovalIsALoudOne()
    {
        int loud = 0;
        const QJsonValue all = MockFleet().call(u"Approvals.List"_s, {}).value_or(QJsonValue());
        for (const auto &item : all["items"_L1].toArray()) {
            const Approval a = Approval::fromJson(item.toObject());
            QCOMPARE(a.words.size(), 6);
            QVERIFY(a.fingerprint.startsWith("SHA256:"_L1));
            loud += a.newKey;
            QCOMPARE(a.newKey, !a.replacesWords.isEmpty());
        }
        QCOMPARE(loud, 1);
    }

    void sortingAndFilteringHold_data()
    {
        QTest::addColumn<QString>("sort");
        for (const char *sort : {"name", "-name", "state", "-evidence", "-cpu", "memory", "-disk"})
            QTest::newRow(sort) << QString::fromLatin1(sort);
    }
    void sortingAndFilteringHold()
    {
        QFETCH(const QString, sort);
        const MockFleet fleet;
        const QJsonArray all = fleet.window({{"sort"_L1, sort}, {"limit"_L1, 500}})["ids"_L1].toArray();
        QCOMPARE(all.size(), 500);
        const QJsonArray second = fleet.window({{"sort"_L1, sort}, {"offset"_L1, 100}, {"limit"_L1, 10}})["ids"_L1].toArray();
        QCOMPARE(second[0], all[100]);
        const QJsonObject offline = fleet.window({{"sort"_L1, sort}, {"state"_L1, "offline"_L1}, {"limit"_L1, 500}});
        QCOMPARE(offline["total"_L1].toInt(), 32);
    }

    void modes_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : MockBackend::modeNames())
            QTest::newRow(qPrintable(name)) << name;
    }
    void modes()
    {
        QFETCH(const QString, name);
        const auto mode = MockBackend::modeFromName(name);
        QVERIFY(mode);
        MockBackend backend(mode.value_or(MockBackend::Mode::Default), false);
        backend.start();
        const bool signedOut = name == "signed-out"_L1 || name == "setup"_L1;
        QCOMPARE(backend.link()->state(), signedOut ? Link::State::SignedOut : Link::State::Ready);
        QCOMPARE(backend.account()->isSetupNeeded(), name == "setup"_L1);
        int answers = 0;
        bool good = false;
        backend.link()->call(u"Approvals.List"_s, {}, this, [&](const Result<QJsonValue> &answer) {
            ++answers;
            good = answer.has_value();
        });
        QCOMPARE(answers, 0); // never within the call
        QCoreApplication::processEvents();
        QCOMPARE(answers, name == "loading"_L1 ? 0 : 1);
        QCOMPARE(good, name != "loading"_L1 && name != "error"_L1 && !signedOut);
    }

    void signingInAndOut()
    {
        MockBackend backend(MockBackend::Mode::SignedOut, false);
        backend.start();
        backend.account()->signIn(u"eva"_s, u"wrong"_s);
        QVERIFY(backend.account()->isSigningIn());
        QTRY_VERIFY(!backend.account()->signInError().isEmpty());
        backend.account()->signIn(u"eva"_s, u"right"_s);
        QTRY_VERIFY(backend.link()->isLive());
        QCOMPARE(backend.account()->session().user, u"eva"_s);
        QTRY_COMPARE(backend.fleet()->counts().devices, 1204);
        backend.account()->signOut();
        QCOMPARE(backend.link()->state(), Link::State::SignedOut);
        QCOMPARE(backend.fleet()->counts().devices, 0);
    }

    void aDeletedContextIsNotCalled()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        backend.start();
        bool called = false;
        {
            QObject context;
            backend.link()->call(u"Server.Info"_s, {}, &context, [&called](const Result<QJsonValue> &) { called = true; });
        }
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }

    void whileBrokenItIsStale()
    {
        MockBackend backend(MockBackend::Mode::Default, false);
        backend.start();
        QTRY_COMPARE(backend.fleet()->counts().devices, 1204);
        backend.breakConnection();
        QCOMPARE(backend.link()->state(), Link::State::Reconnecting);
        QCOMPARE(backend.link()->staleSince(), MockFleet::pictureTime);
        QVERIFY(!backend.link()->trouble().isEmpty());
        QCOMPARE(backend.fleet()->counts().devices, 1204); // the old picture stays
        backend.link()->retryNow();
        QVERIFY(backend.link()->isLive());
        QCOMPARE(backend.link()->staleSince(), 0);
        QVERIFY(backend.link()->trouble().isEmpty());
    }
};

MUSTER_TEST(TestMockBackend)
#include "tst_mockbackend.moc"
