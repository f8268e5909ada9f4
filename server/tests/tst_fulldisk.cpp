// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tests/fulldisk.h"
#include "server/tests/rawhttp.h"
#include "server/tests/testserver.h"
#include "tests/support/testcase.h"

#include <QLoggingCategory>

using namespace muster;
using namespace muster::test;
using namespace Qt::Literals::StringLiterals;

/// A whole server whose disk fills up and gets room again.
class FullDiskTest : public TestCase
{
    Q_OBJECT

    static KeyPair newKey() { return *KeyPair::generate(Algorithm::EdDSA); }

    static qint64 metric(TestServer &server, const QByteArray &name)
    {
        const QList<QByteArray> lines = server.get(u"/metrics"_s).body.split('\n');
        for (const QByteArray &line : lines) {
            if (line.startsWith(name + ' '))
                return line.sliced(name.size() + 1).toLongLong();
        }
        return -1;
    }

private slots:
    /// Whatever cannot be written is a warning here, and that is right.
    void init() { QLoggingCategory::setFilterRules(u"muster.*=false"_s); }

    void saysSoAndChangesNoDeviceUntilThereIsRoom()
    {
        TestServer server;
        QCOMPARE(server.start(), QString());
        const auto device = server.acceptedDevice(u"pump"_s, newKey());
        QVERIFY(device);
        QCOMPARE(metric(server, "muster_database_writable{database=\"muster\"}"), 1);
        {
            const FullDisk full;
            // The first who wants something kept finds out, and is told.
            QCOMPARE(server.post(u"/api/v2/users"_s, {{"user"_L1, u"ada"_s}, {"role"_L1, u"viewer"_s}}).status, 503);
            const auto health = server.get(u"/healthz"_s);
            QCOMPARE(health.status, 503);
            QVERIFY2(health.body.contains("muster.db cannot be written") && health.body.contains("is the disk full?"), health.body);
            QCOMPARE(metric(server, "muster_database_writable{database=\"muster\"}"), 0);
            // What would leave no trace does not happen.
            const auto refused = server.post(u"/api/v2/devices/pump/rpc/Door.Open"_s);
            QCOMPARE(refused.status, 503);
            QVERIFY2(refused.body.contains("cannot be written down"), refused.body);
            QCOMPARE(server.post(u"/api/v2/devices/pump/containers/web/stop"_s).status, 503);
            QCOMPARE(server.post(u"/api/v2/commands"_s, {{"device"_L1, u"pump"_s}, {"method"_L1, u"Door.Open"_s}}).status, 503);
            QVERIFY(device->requestsOf(u"Door.Open"_s).isEmpty() && device->requestsOf(u"Container.Stop"_s).isEmpty());
            RawHttp raw(server.server->url());
            const RawAnswer answer = raw.ask("POST", "/api/v2/devices/pump/rpc/Door.Open",
                                             {{"Authorization", "Bearer " + server.admin.toLatin1()}, {"Content-Length", "0"}});
            QCOMPARE(answer.status, 503);
            QVERIFY(answer.headers["retry-after"].toInt() > 0);
            // Reading goes on, on the device too.
            QCOMPARE(server.get(u"/api/v2/devices/pump"_s).status, 200);
            QCOMPARE(server.get(u"/api/v2/devices/pump/containers"_s).status, 200);
        }
        QTRY_COMPARE(server.get(u"/healthz"_s).status, 200);
        QCOMPARE(metric(server, "muster_database_writable{database=\"muster\"}"), 1);
        QCOMPARE(server.post(u"/api/v2/devices/pump/rpc/Door.Open"_s).status, 200);
        QCOMPARE(device->requestsOf(u"Door.Open"_s).size(), 1);
    }

    void mayBeToldToGoOn()
    {
        Settings settings;
        settings.unrecordedChanges = true;
        TestServer server(settings);
        QCOMPARE(server.start(), QString());
        const auto device = server.acceptedDevice(u"pump"_s, newKey());
        QVERIFY(device);
        const FullDisk full;
        QCOMPARE(server.post(u"/api/v2/users"_s, {{"user"_L1, u"ada"_s}, {"role"_L1, u"viewer"_s}}).status, 503);
        QCOMPARE(server.get(u"/healthz"_s).status, 503);
        QCOMPARE(server.post(u"/api/v2/devices/pump/rpc/Door.Open"_s).status, 200);
        QCOMPARE(device->requestsOf(u"Door.Open"_s).size(), 1);
    }
};

MUSTER_TEST(FullDiskTest)
#include "tst_fulldisk.moc"
