// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/registry.h"
#include "deviceagent/capabilities/system/systemcapability.h"
#include "protocol/rpc/methods.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::agent;

class AgentMethodsTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void answersTheSystemMethods();
    void describesEveryMethod();
    void obeysItsPolicy_data();
    void obeysItsPolicy();
    void refusesBadPolicies_data();
    void refusesBadPolicies();

private:
    [[nodiscard]] QString fileWith(const QByteArray &text) const;
    QTemporaryDir m_folder;
};

namespace {

struct Device
{
    explicit Device(const Policy &policy = {})
        : registry(policy)
    {
        identity.deviceId = u"device-1"_s;
        identity.bootId = u"boot"_s;
        identity.agent = {{u"name"_s, u"test"_s}};
        identity.machine = {{u"cpus"_s, 4}};
        addSystemMethods(registry, identity, [this]() -> const ServerClock & { return clock; });
    }

    Answer call(const QString &method, const QJsonObject &params = {}) { return registry.call(method, params).result(); }

    Identity identity;
    ServerClock clock;
    Registry registry;
};

} // namespace

QString AgentMethodsTest::fileWith(const QByteArray &text) const
{
    const QString path = m_folder.filePath(u"policy.json"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("no file");
    file.write(text);
    return path;
}

void AgentMethodsTest::answersTheSystemMethods()
{
    Device device;
    const auto information = device.call(methods::getInfo);
    QVERIFY(information);
    QCOMPARE(information->toObject().value(u"device_id"_s).toString(), u"device-1"_s);
    QCOMPARE(information->toObject().value(u"machine"_s).toObject().value(u"cpus"_s).toInt(), 4);
    QVERIFY(information->toObject().value(u"uptime_s"_s).toInteger() > 0);
    QCOMPARE(information->toObject().value(u"time"_s).toString().size(), 24);

    QCOMPARE(device.call(methods::rpcList)->toArray(), (QJsonArray{u"RPC.Describe"_s, u"RPC.List"_s, u"Sys.GetInfo"_s, u"rpc.discover"_s}));
    QCOMPARE(device.call(u"No.Such"_s).error().code, int(MethodNotFound));
    QCOMPARE(device.call(QString(1000, u'x')).error().code, int(MethodNotFound));
    QVERIFY(device.call(QString(1000, u'x')).error().message.size() < 150);
    QCOMPARE(device.call(methods::rpcDescribe).error().code, int(InvalidParams));
    QCOMPARE(device.call(methods::rpcDescribe, {{u"name"_s, 1}}).error().code, int(InvalidParams));
    QCOMPARE(device.call(methods::rpcDescribe, {{u"name"_s, u"x"_s}}).error().code, int(MethodNotFound));
}

void AgentMethodsTest::describesEveryMethod()
{
    Device device;
    const auto document = device.call(methods::rpcDiscover);
    QVERIFY(document);
    QCOMPARE(document->toObject().value(u"openrpc"_s).toString(), u"1.3.2"_s);
    const QJsonArray list = document->toObject().value(u"methods"_s).toArray();
    QCOMPARE(list.size(), device.call(methods::rpcList)->toArray().size());
    for (const QJsonValueConstRef value : list) {
        const QString name = value.toObject().value(u"name"_s).toString();
        const auto described = device.call(methods::rpcDescribe, {{u"name"_s, name}});
        QVERIFY(described);
        const QJsonObject description = described->toObject();
        QCOMPARE(description.value(u"name"_s).toString(), name);
        QVERIFY(!description.value(u"summary"_s).toString().isEmpty());
        QCOMPARE(description.value(u"params"_s).toObject().value(u"type"_s).toString(), u"object"_s);
        QVERIFY(description.value(u"result"_s).toObject().contains(u"type"_s));
    }
    QCOMPARE(list[0].toObject().value(u"params"_s).toArray()[0].toObject().value(u"required"_s), QJsonValue(true));
}

void AgentMethodsTest::obeysItsPolicy_data()
{
    QTest::addColumn<QByteArray>("policy");
    QTest::addColumn<QStringList>("permitted");
    const QStringList all{u"RPC.Describe"_s, u"RPC.List"_s, u"Sys.GetInfo"_s, u"rpc.discover"_s};
    QTest::newRow("empty") << QByteArray("{}") << all;
    QTest::newRow("forbid one") << QByteArray(R"({"forbid":["Sys.GetInfo"]})")
                                << QStringList{u"RPC.Describe"_s, u"RPC.List"_s, u"rpc.discover"_s};
    QTest::newRow("forbid many") << QByteArray(R"({"forbid":["RPC.*","Sys.*"]})") << QStringList{u"rpc.discover"_s};
    QTest::newRow("forbid all") << QByteArray(R"({"forbid":["*"]})") << QStringList();
    QTest::newRow("allow") << QByteArray(R"({"allow":["RPC.*"]})") << QStringList{u"RPC.Describe"_s, u"RPC.List"_s};
    QTest::newRow("allow nothing") << QByteArray(R"({"allow":[]})") << QStringList();
    QTest::newRow("both") << QByteArray(R"({"allow":["RPC.*"],"forbid":["RPC.List"]})") << QStringList{u"RPC.Describe"_s};
}

void AgentMethodsTest::obeysItsPolicy()
{
    QFETCH(QByteArray, policy);
    QFETCH(QStringList, permitted);
    const auto loaded = Policy::load(fileWith(policy));
    QVERIFY(loaded);
    Device device(*loaded);
    for (const QString &method : {u"RPC.Describe"_s, u"RPC.List"_s, u"Sys.GetInfo"_s, u"rpc.discover"_s}) {
        const auto answer = device.call(method, {{u"name"_s, method}});
        QCOMPARE(answer.has_value(), permitted.contains(method));
        if (!answer)
            QCOMPARE(answer.error().code, int(PolicyForbids));
    }
    if (permitted.contains(u"RPC.List"_s))
        QCOMPARE(device.call(methods::rpcList)->toArray(), QJsonArray::fromStringList(permitted));
    // What is not there is forbidden all the same: a policy that is written before a capability holds for it.
    QCOMPARE(device.call(u"Sys.Reboot"_s).error().code, int(loaded->permits(u"Sys.Reboot") ? MethodNotFound : PolicyForbids));
}

void AgentMethodsTest::refusesBadPolicies_data()
{
    QTest::addColumn<QByteArray>("policy");
    QTest::addColumn<QString>("says");
    QTest::newRow("not JSON") << QByteArray("forbid") << u"Not JSON"_s;
    QTest::newRow("array") << QByteArray("[]") << u"array"_s;
    QTest::newRow("misspelt") << QByteArray(R"({"forbidden":["Sys.*"]})") << u"\"forbidden\" is unknown"_s;
    QTest::newRow("no array") << QByteArray(R"({"forbid":"Sys.*"})") << u"must be an array"_s;
    QTest::newRow("number") << QByteArray(R"({"forbid":[1]})") << u"is not a method name"_s;
    QTest::newRow("star inside") << QByteArray(R"({"forbid":["Sys.*.x"]})") << u"one * at its end"_s;
}

void AgentMethodsTest::refusesBadPolicies()
{
    QFETCH(QByteArray, policy);
    QFETCH(QString, says);
    const QString path = fileWith(policy);
    const auto loaded = Policy::load(path);
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().message.startsWith(path) && loaded.error().message.contains(says), qPrintable(loaded.error().message));
    QVERIFY(!Policy::load(u"/no/such/file"_s));
}

MUSTER_TEST(AgentMethodsTest)
#include "tst_agentmethods.moc"
