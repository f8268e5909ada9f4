// SPDX-License-Identifier: GPL-3.0-or-later
// Which temperature is believed, on boards as they are.
#include "deviceagent/capabilities/health/thermometers.h"
#include "deviceagent/tests/machine.h"
#include "tests/support/testcase.h"

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::agent;
using muster::test::Machine;

class AgentThermometersTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void believesWhatCanBe_data();
    void believesWhatCanBe();
    void leavesOutWhatItsOwnerSays_data();
    void leavesOutWhatItsOwnerSays();
    void staysWithASensor();
    void sensorsComeAndGo();
};

namespace {

const QString zone = u"sys/class/thermal/thermal_zone%1/%2"_s;
const QString chip = u"sys/class/hwmon/hwmon%1/%2"_s;

using Files = QList<std::pair<QString, QByteArray>>;

void say(const Machine &machine, const Files &files)
{
    for (const auto &[file, text] : files)
        machine.say(file, text + '\n');
}

/// "48.6 cpu-thermal", or nothing.
QString shown(Thermometers &thermometers)
{
    const auto read = thermometers.read();
    return read ? QString::number(static_cast<double>(read->thousandths) / 1000) + u' ' + read->sensor : QString();
}

/// A zone that says this.
Files zoneOf(int number, const QByteArray &type, const QByteArray &says)
{
    return {{zone.arg(number).arg(u"type"_s), type}, {zone.arg(number).arg(u"temp"_s), says}};
}

Files chipOf(int number, const QByteArray &name, const QList<std::pair<QByteArray, QByteArray>> &inputs)
{
    Files files{{chip.arg(number).arg(u"name"_s), name}};
    for (qsizetype i = 0; i < inputs.size(); ++i) {
        if (!inputs[i].first.isEmpty())
            files.append({chip.arg(number).arg(u"temp%1_label"_s.arg(i + 1)), inputs[i].first});
        files.append({chip.arg(number).arg(u"temp%1_input"_s.arg(i + 1)), inputs[i].second});
    }
    return files;
}

} // namespace

void AgentThermometersTest::believesWhatCanBe_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("first");
    QTest::addColumn<Files>("changes");
    QTest::addColumn<QString>("second");
    const auto temp = [](int number, const QByteArray &says) { return Files{{zone.arg(number).arg(u"temp"_s), says}}; };
    const auto input = [](int number, int which, const QByteArray &says) {
        return Files{{chip.arg(number).arg(u"temp%1_input"_s.arg(which)), says}};
    };

    // A Jetson: its power chip says 100 °C, always.
    QTest::newRow("a constant that would alarm") << zoneOf(0, "CPU-therm", "45500") + zoneOf(1, "PMIC-Die", "100000") << u"45.5 CPU-therm"_s
                                                 << temp(0, "45600") << u"45.6 CPU-therm"_s;
    QTest::newRow("that constant alone") << zoneOf(0, "PMIC-Die", "100000") << QString() << Files() << QString();
    QTest::newRow("a constant that would not") << zoneOf(0, "acpitz", "27800") + zoneOf(1, "x86_pkg_temp", "61000")
                                                      + zoneOf(2, "INT3400 Thermal", "70000")
                                               << u"70 INT3400 Thermal"_s << temp(1, "60000") << u"60 x86_pkg_temp"_s;
    QTest::newRow("hot, and moving") << zoneOf(0, "cpu-thermal", "97312") << QString() << temp(0, "97798") << u"97.798 cpu-thermal"_s;
    QTest::newRow("constant, and all there is")
        << zoneOf(0, "cpu-thermal", "45000") << u"45 cpu-thermal"_s << Files() << u"45 cpu-thermal"_s;

    // Kernels of vendors.
    QTest::newRow("whole degrees") << zoneOf(0, "cpu_thermal_zone", "65") << u"65 cpu_thermal_zone"_s << temp(0, "66")
                                   << u"66 cpu_thermal_zone"_s;
    QTest::newRow("whole degrees, hot") << zoneOf(0, "sunxi-therm-1", "88") << QString() << temp(0, "89") << u"89 sunxi-therm-1"_s;
    QTest::newRow("whole degrees below zero") << zoneOf(0, "cpu", "-7") << u"-7 cpu"_s << temp(0, "-8") << u"-8 cpu"_s;
    QTest::newRow("thousandths that pass zero")
        << zoneOf(0, "cpu-thermal", "1250") << u"1.25 cpu-thermal"_s << temp(0, "65") << u"0.065 cpu-thermal"_s;
    QTest::newRow("neither of the two") << zoneOf(0, "odd", "450") << QString() << temp(0, "460") << QString();
    QTest::newRow("a phone's voltages and charge")
        << zoneOf(0, "cpu-0-0-usr", "41000") + zoneOf(1, "pm8150b-vbat-lvl0", "64") + zoneOf(2, "soc", "87")
               + zoneOf(3, "pm8150b-ibat-lvl0", "60") + chipOf(0, "pm8150b_vbat_lvl0", {{"", "64"}})
        << u"41 cpu-0-0-usr"_s << temp(2, "86") + temp(0, "41100") + temp(3, "61") << u"41.1 cpu-0-0-usr"_s;
    QTest::newRow("a chip that is called soc") << zoneOf(0, "soc", "51000") << u"51 soc"_s << temp(0, "52000") << u"52 soc"_s;

    // Super I/O: inputs that nothing is wired to.
    const Files super = chipOf(0, "nct6775", {{"SYSTIN", "38000"}, {"CPUTIN", "127000"}, {"AUXTIN0", "104000"}, {"AUXTIN1", "-61000"}});
    QTest::newRow("beside the processor's own")
        << super + chipOf(1, "coretemp", {{"Package id 0", "52000"}, {"Core 0", "51000"}}) << u"52 coretemp/Package id 0"_s
        << input(0, 2, "119500") + input(0, 3, "106000") << u"52 coretemp/Package id 0"_s;
    QTest::newRow("alone") << super << u"38 nct6775/SYSTIN"_s << input(0, 3, "106000") + input(0, 1, "38500") << u"38.5 nct6775/SYSTIN"_s;
    QTest::newRow("broken wire") << chipOf(0, "it8728", {{"", "-128000"}, {"", "127500"}, {"", "42000"}}) << u"42 it8728/temp3"_s
                                 << input(0, 3, "42500") << u"42.5 it8728/temp3"_s;
    Files fault = chipOf(0, "lm90", {{"", "40000"}, {"", "79000"}});
    fault.append({chip.arg(0).arg(u"temp2_fault"_s), "1"});
    QTest::newRow("the driver knows of a fault") << fault << u"40 lm90/temp1"_s << input(0, 1, "41000") << u"41 lm90/temp1"_s;
    QTest::newRow("a number for fans") << chipOf(0, "k10temp", {{"Tctl", "75000"}, {"Tdie", "48000"}}) << u"48 k10temp/Tdie"_s
                                       << input(0, 1, "76000") + input(0, 2, "49000") << u"49 k10temp/Tdie"_s;
    QTest::newRow("that number alone") << chipOf(0, "k10temp", {{"Tctl", "48900"}, {"Tccd1", "41000"}}) << u"48.9 k10temp/Tctl"_s
                                       << input(0, 1, "50000") << u"50 k10temp/Tctl"_s;
    QTest::newRow("a boiler on 1-Wire") << chipOf(0, "w1_slave_temp", {{"", "85000"}}) + chipOf(1, "lm75", {{"", "31000"}})
                                        << u"31 lm75/temp1"_s << input(0, 1, "78000") << u"31 lm75/temp1"_s;

    // Values.
    QTest::newRow("cold") << chipOf(0, "tmp102", {{"", "-12500"}}) << u"-12.5 tmp102/temp1"_s << input(0, 1, "0") << u"0 tmp102/temp1"_s;
    QTest::newRow("off") << chipOf(0, "tmp102", {{"", "0"}}) << QString() << Files() << QString();
    QTest::newRow("what a firmware says now and then")
        << zoneOf(0, "cpu-thermal", "48000") << u"48 cpu-thermal"_s << temp(0, "-650788984") << QString();
    QTest::newRow("a sensor that has gone to sleep")
        << zoneOf(0, "iwlwifi_1", "") + zoneOf(1, "cpu-thermal", "40000") << u"40 cpu-thermal"_s << temp(0, "52000") << u"52 iwlwifi_1"_s;
    QTest::newRow("nothing") << Files() << QString() << Files() << QString();
}

void AgentThermometersTest::believesWhatCanBe()
{
    QFETCH(const Files, files);
    QFETCH(const QString, first);
    QFETCH(const Files, changes);
    QFETCH(const QString, second);
    const Machine machine;
    say(machine, files);
    Thermometers thermometers(machine.root(), {});
    thermometers.find();
    QCOMPARE(shown(thermometers), first);
    say(machine, changes);
    QCOMPARE(shown(thermometers), second);
    // Looking for sensors again forgets nothing of them.
    thermometers.find();
    QCOMPARE(shown(thermometers), second);
}

void AgentThermometersTest::leavesOutWhatItsOwnerSays_data()
{
    QTest::addColumn<QStringList>("leaveOut");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << QStringList() << u"70 nvme/Sensor 2"_s;
    QTest::newRow("an input") << QStringList{u"nvme/Sensor 2"_s} << u"60 GPU-therm"_s;
    QTest::newRow("in other letters") << QStringList{u"NVME/sensor_2"_s, u"gpu_therm"_s} << u"50 nvme/Composite"_s;
    QTest::newRow("a chip, and a beginning") << QStringList{u"nvme"_s, u"GPU*"_s} << u"40 CPU-therm"_s;
    QTest::newRow("all") << QStringList{u"*"_s} << QString();
}

void AgentThermometersTest::leavesOutWhatItsOwnerSays()
{
    QFETCH(QStringList, leaveOut);
    QFETCH(QString, says);
    const Machine machine;
    say(machine, zoneOf(0, "CPU-therm", "40000") + zoneOf(1, "GPU-therm", "60000")
                     + chipOf(0, "nvme", {{"Composite", "50000"}, {"Sensor 2", "70000"}})
                     // As the kernel mirrors zones: leaving out one leaves out the other.
                     + chipOf(1, "GPU_therm", {{"", "60000"}}));
    Thermometers thermometers(machine.root(), leaveOut);
    thermometers.find();
    QCOMPARE(shown(thermometers), says);
}

void AgentThermometersTest::staysWithASensor()
{
    const Machine machine;
    Thermometers thermometers(machine.root(), {});
    const auto say2 = [&](const QByteArray &one, const QByteArray &two) {
        say(machine, chipOf(0, "coretemp", {{"Core 0", one}, {"Core 1", two}}));
        thermometers.find();
        return shown(thermometers);
    };
    QCOMPARE(say2("50000", "49000"), u"50 coretemp/Core 0"_s);
    // They take turns: that is no news each time.
    QCOMPARE(say2("49500", "51000"), u"49.5 coretemp/Core 0"_s);
    QCOMPARE(say2("50500", "50000"), u"50.5 coretemp/Core 0"_s);
    QCOMPARE(say2("50500", "53000"), u"53 coretemp/Core 1"_s);
}

void AgentThermometersTest::sensorsComeAndGo()
{
    const Machine machine;
    say(machine, zoneOf(0, "cpu-thermal", "50000") + zoneOf(1, "gpu-thermal", "60000"));
    Thermometers thermometers(machine.root(), {});
    thermometers.find();
    QCOMPARE(shown(thermometers), u"60 gpu-thermal"_s);
    machine.remove(u"sys/class/thermal/thermal_zone1"_s);
    QCOMPARE(shown(thermometers), u"50 cpu-thermal"_s);
    thermometers.find();
    QCOMPARE(shown(thermometers), u"50 cpu-thermal"_s);
    // Another one under the same number begins with nothing that was known of the first.
    say(machine, zoneOf(1, "PMIC-Die", "99000"));
    thermometers.find();
    QCOMPARE(shown(thermometers), u"50 cpu-thermal"_s);
}

MUSTER_TEST(AgentThermometersTest)
#include "tst_agentthermometers.moc"
