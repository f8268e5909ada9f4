// SPDX-License-Identifier: GPL-3.0-or-later
// Which interfaces count, and what passed through them.
#include "deviceagent/capabilities/health/network.h"
#include "deviceagent/tests/machine.h"
#include "tests/support/testcase.h"

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::agent;
using muster::test::Machine;

class AgentNetworkTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void countsEachByteOnce_data();
    void countsEachByteOnce();
    void countsBetweenTwoReadings_data();
    void countsBetweenTwoReadings();
    void interfacesComeAndGo();
};

namespace {

/// An interface as /sys/class/net has it.
struct Interface
{
    QString name;
    int index = 0;
    bool hasDevice = false;
    int link = 0; ///< the interface below; 0: itself
    QString kind = {};
    QString master = {};
    int type = 1;
};

void add(const Machine &machine, const Interface &one)
{
    const QString folder = u"sys/class/net/"_s + one.name + u'/';
    machine.say(folder + u"ifindex"_s, QByteArray::number(one.index) + '\n');
    machine.say(folder + u"iflink"_s, QByteArray::number(one.link == 0 ? one.index : one.link) + '\n');
    machine.say(folder + u"type"_s, QByteArray::number(one.type) + '\n');
    QByteArray about = "INTERFACE=" + one.name.toLatin1() + "\nIFINDEX=" + QByteArray::number(one.index) + '\n';
    if (!one.kind.isEmpty())
        about.prepend("DEVTYPE=" + one.kind.toLatin1() + '\n');
    machine.say(folder + u"uevent"_s, about);
    machine.say(u"sys/devices/uevent"_s, {});
    if (one.hasDevice)
        machine.link(folder + u"device"_s, u"../../../devices"_s);
    if (!one.master.isEmpty())
        machine.link(folder + u"master"_s, u"../"_s + one.master);
}

/// /proc/self/net/dev with so many bytes each way, and a hundredth of packets.
void carry(const Machine &machine, const QList<std::pair<QString, quint64>> &interfaces)
{
    QByteArray text =
        "Inter-|   Receive                                                |  Transmit\n"
        " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n";
    for (const auto &[name, bytes] : interfaces) {
        const QByteArray counters = QByteArray::number(bytes) + ' ' + QByteArray::number(bytes / 100)
                                    + "    0    0    0     0          0         0";
        text += name.toLatin1().rightJustified(6) + ": " + counters + ' ' + counters + '\n';
    }
    machine.say(u"proc/self/net/dev"_s, text);
}

} // namespace

void AgentNetworkTest::countsEachByteOnce_data()
{
    QTest::addColumn<QList<Interface>>("interfaces");
    QTest::addColumn<QList<int>>("counted");
    const Interface lo{.name = u"lo"_s, .index = 1, .type = 772};
    QTest::newRow("a board") << QList<Interface>{lo,
                                                 {.name = u"eth0"_s, .index = 2, .hasDevice = true},
                                                 {.name = u"wlan0"_s, .index = 3, .hasDevice = true, .kind = u"wlan"_s}}
                             << QList<int>{2, 3};
    QTest::newRow("a switch")
        << QList<Interface>{lo,
                            {.name = u"eth0"_s, .index = 2, .hasDevice = true},
                            {.name = u"lan1"_s, .index = 3, .hasDevice = true, .link = 2, .kind = u"dsa"_s, .master = u"br-lan"_s},
                            {.name = u"lan2"_s, .index = 4, .hasDevice = true, .link = 2, .kind = u"dsa"_s, .master = u"br-lan"_s},
                            {.name = u"wan"_s, .index = 5, .hasDevice = true, .link = 2, .kind = u"dsa"_s},
                            {.name = u"br-lan"_s, .index = 6, .kind = u"bridge"_s}}
        << QList<int>{2};
    QTest::newRow("layers") << QList<Interface>{lo,
                                                {.name = u"eth0"_s, .index = 2, .hasDevice = true, .master = u"bond0"_s},
                                                {.name = u"eth1"_s, .index = 3, .hasDevice = true, .master = u"bond0"_s},
                                                {.name = u"bond0"_s, .index = 4, .kind = u"bond"_s, .master = u"br0"_s},
                                                {.name = u"br0"_s, .index = 5, .kind = u"bridge"_s},
                                                {.name = u"br0.10"_s, .index = 6, .link = 5, .kind = u"vlan"_s},
                                                {.name = u"eth0.20"_s, .index = 7, .link = 2, .kind = u"vlan"_s},
                                                {.name = u"macvlan0"_s, .index = 8, .link = 2},
                                                {.name = u"docker0"_s, .index = 9, .kind = u"bridge"_s},
                                                {.name = u"veth12ab"_s, .index = 11, .link = 10, .master = u"docker0"_s},
                                                {.name = u"tun0"_s, .index = 12, .type = 65534},
                                                {.name = u"wg0"_s, .index = 13, .kind = u"wireguard"_s, .type = 65534},
                                                {.name = u"ppp0"_s, .index = 14, .type = 512}}
                            << QList<int>{2, 3};
    QTest::newRow("a virtual machine with two halves")
        << QList<Interface>{lo,
                            {.name = u"eth0"_s, .index = 2, .hasDevice = true},
                            {.name = u"enP1s1"_s, .index = 3, .hasDevice = true, .master = u"eth0"_s}}
        << QList<int>{2};
    QTest::newRow("buses and listeners")
        << QList<Interface>{lo,
                            {.name = u"can0"_s, .index = 2, .hasDevice = true, .type = 280},
                            {.name = u"mon0"_s, .index = 3, .hasDevice = true, .kind = u"wlan"_s, .type = 803},
                            {.name = u"wwan0"_s, .index = 4, .hasDevice = true, .kind = u"wwan"_s, .type = 519}}
        << QList<int>{4};
    QTest::newRow("a container") << QList<Interface>{lo,
                                                     {.name = u"eth0"_s, .index = 2, .link = 5},
                                                     {.name = u"eth0.10"_s, .index = 5, .link = 2, .kind = u"vlan"_s},
                                                     {.name = u"tunl0"_s, .index = 6, .type = 768}}
                                 << QList<int>{2};
    QTest::newRow("none") << QList<Interface>{lo} << QList<int>{};
}

void AgentNetworkTest::countsEachByteOnce()
{
    QFETCH(const QList<Interface>, interfaces);
    QFETCH(QList<int>, counted);
    const Machine machine;
    QList<std::pair<QString, quint64>> carried;
    for (const Interface &one : interfaces) {
        add(machine, one);
        carried.append({one.name, 1000});
    }
    carry(machine, carried);
    NetworkInterfaces network(machine.root());
    network.find();
    QList<int> found = network.read().keys();
    std::ranges::sort(found);
    QCOMPARE(found, counted);
}

void AgentNetworkTest::countsBetweenTwoReadings_data()
{
    QTest::addColumn<NetworkCounters>("earlier");
    QTest::addColumn<NetworkCounters>("later");
    QTest::addColumn<qint64>("in"); // -1: not known
    QTest::addColumn<qint64>("out");
    const auto at = [](quint64 in, quint64 packetsIn, quint64 out = 0, quint64 packetsOut = 0) {
        return InterfaceCounters{.bytesIn = in, .packetsIn = packetsIn, .bytesOut = out, .packetsOut = packetsOut};
    };
    QTest::newRow("two") << NetworkCounters{{2, at(1000, 10, 100, 1)}, {3, at(50, 1)}}
                         << NetworkCounters{{2, at(3000, 20, 400, 3)}, {3, at(60, 2)}} << 2010LL << 300LL;
    QTest::newRow("one that came later") << NetworkCounters{{2, at(1000, 10)}}
                                         << NetworkCounters{{2, at(1500, 15)}, {9, at(800'000'000, 600'000)}} << 500LL << 0LL;
    QTest::newRow("one that went") << NetworkCounters{{2, at(1000, 10)}, {9, at(800'000'000, 600'000)}}
                                   << NetworkCounters{{2, at(1500, 15)}} << 500LL << 0LL;
    QTest::newRow("the first look") << NetworkCounters{} << NetworkCounters{{2, at(1500, 15)}} << -1LL << -1LL;
    QTest::newRow("none left") << NetworkCounters{{2, at(1500, 15)}} << NetworkCounters{} << -1LL << -1LL;
    // A counter of 32 bits that began anew, while packets went on.
    QTest::newRow("32 bits") << NetworkCounters{{2, at(4'294'967'000, 5'000'000)}} << NetworkCounters{{2, at(704, 5'000'010)}} << 1000LL
                             << 0LL;
    // Its driver was loaded anew, or the interface was reset.
    QTest::newRow("reset") << NetworkCounters{{2, at(4'294'967'000, 5'000'000)}} << NetworkCounters{{2, at(704, 7)}} << -1LL << 0LL;
    QTest::newRow("reset of one") << NetworkCounters{{2, at(9'000'000'000, 5'000'000)}, {3, at(100, 1)}}
                                  << NetworkCounters{{2, at(704, 5'000'007)}, {3, at(250, 2)}} << 150LL << 0LL;
}

void AgentNetworkTest::countsBetweenTwoReadings()
{
    QFETCH(const NetworkCounters, earlier);
    QFETCH(const NetworkCounters, later);
    QFETCH(const qint64, in);
    QFETCH(const qint64, out);
    const NetworkTraffic traffic = trafficBetween(earlier, later);
    QCOMPARE(traffic.in ? qint64(*traffic.in) : -1, in);
    QCOMPARE(traffic.out ? qint64(*traffic.out) : -1, out);
}

void AgentNetworkTest::interfacesComeAndGo()
{
    const Machine machine;
    add(machine, {.name = u"eth0"_s, .index = 2, .hasDevice = true});
    NetworkInterfaces network(machine.root());
    const auto look = [&](const QList<std::pair<QString, quint64>> &carried) {
        carry(machine, carried);
        network.find();
        return network.read();
    };
    const NetworkCounters first = look({{u"eth0"_s, 1'000'000}});
    // A modem is plugged in that has counted for long.
    add(machine, {.name = u"wwan0"_s, .index = 7, .hasDevice = true});
    const NetworkCounters second = look({{u"eth0"_s, 1'000'500}, {u"wwan0"_s, 90'000'000}});
    QCOMPARE(trafficBetween(first, second).in, 500U);
    const NetworkCounters third = look({{u"eth0"_s, 1'000'500}, {u"wwan0"_s, 90'000'200}});
    QCOMPARE(trafficBetween(second, third).in, 200U);
    // It gets another name: it is the same one.
    machine.remove(u"sys/class/net/wwan0"_s);
    add(machine, {.name = u"lte"_s, .index = 7, .hasDevice = true});
    const NetworkCounters fourth = look({{u"eth0"_s, 1'000'500}, {u"lte"_s, 90'000'700}});
    QCOMPARE(trafficBetween(third, fourth).in, 500U);
    // Another one gets the first one's name.
    machine.remove(u"sys/class/net/eth0"_s);
    add(machine, {.name = u"eth0"_s, .index = 8, .hasDevice = true});
    const NetworkCounters fifth = look({{u"eth0"_s, 80'000'000}, {u"lte"_s, 90'000'700}});
    QCOMPARE(trafficBetween(fourth, fifth).in, 0U);
    // It vanishes between the list and its file.
    machine.remove(u"sys/class/net/eth0"_s);
    QCOMPARE(network.read().keys(), QList<int>{7});
}

MUSTER_TEST(AgentNetworkTest)
#include "tst_agentnetwork.moc"
