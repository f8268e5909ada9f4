// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/health/thermometers.h"

#include "deviceagent/capabilities/health/kernelfile.h"
#include "deviceagent/capabilities/patterns.h"
#include "protocol/rpc/message.h"

#include <QDir>
#include <QLoggingCategory>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

Q_LOGGING_CATEGORY(logThermometers, "muster.agent.health", QtInfoMsg)

constexpr qsizetype nameLength = 64;

// In thousandths of a degree. Inputs that nothing is wired to say -128, -127, 127 or 255 °C, or what noise makes of them; silicon
// switches itself off before 125 °C.
constexpr qint64 coldest = -50'000;
constexpr qint64 warmest = 125'000;
/// The mark at which the server warns: see thresholds.cpp.
constexpr qint64 alarming = 80'000;
/// So much warmer has another sensor to be before it is shown instead: the cores of a processor take turns.
constexpr qint64 clearlyWarmer = 2000;
/// A zone that says less counts in whole degrees, as some vendors' kernels do, or it is freezing: then it soon says more.
constexpr qint64 leastThousandths = 1000;

/// Super I/O chips, whose inputs the maker of the board wires up or not, and ACPI zones, which are constants of the firmware on many
/// machines.
constexpr std::array doubtful{"nct"_L1,  "it8"_L1,     "w83"_L1,    "f718"_L1,   "f8000"_L1, "f81"_L1,
                              "sch5"_L1, "dme1737"_L1, "smsc47"_L1, "vt1211"_L1, "lm78"_L1,  "acpitz"_L1};
/// Measures something outside of this machine (1-Wire: a boiler, a greenhouse), and takes most of a second for it.
constexpr auto oneWire = "w1-slave-temp"_L1;
/// Zones of phones' chips that say volts, amperes and charge.
constexpr std::array noTemperature{"vbat"_L1, "ibat"_L1, "vph"_L1, "bcl"_L1, "socd"_L1};
/// Charge of a battery in percent, or a chip's temperature: only the unit tells.
constexpr auto chargeOrChip = "soc"_L1;

/// "PMIC_Die" and "pmic-die" are the same: a zone and the hwmon chip that mirrors it differ in that.
QString plain(const QString &name)
{
    QString text = name.toLower();
    for (QChar &c : text) {
        if (c == u'_' || c == u' ')
            c = u'-';
    }
    return text;
}

bool isNoTemperature(const QString &name)
{
    const QStringList words = plain(name).split(u'-');
    return std::ranges::any_of(noTemperature, [&words](QLatin1StringView word) { return words.contains(word); });
}

QString nameFrom(const QString &path)
{
    return cleanText(QString::fromUtf8(kernelFile(path).trimmed()), nameLength);
}

QStringList foldersIn(const QString &path, const QString &pattern)
{
    QStringList folders;
    const QDir folder(path);
    const QStringList names = folder.entryList({pattern}, QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names)
        folders.append(folder.filePath(name));
    return folders;
}

} // namespace

Thermometers::Thermometers(const QString &root, const QStringList &leaveOut)
    : m_root(root)
{
    for (const QString &name : leaveOut)
        m_leaveOut.append(plain(name));
}

void Thermometers::add(QList<Sensor> &found, const Sensor &sensor) const
{
    if (matchesOne(m_leaveOut, plain(sensor.name)))
        return;
    // What it has said so far counts, as long as it is the same sensor: numbers of chips are given anew.
    const auto known =
        std::ranges::find_if(m_sensors, [&sensor](const Sensor &one) { return one.path == sensor.path && one.name == sensor.name; });
    found.append(known == m_sensors.end() ? sensor : *known);
}

void Thermometers::findZones(QList<Sensor> &found) const
{
    const QStringList zones = foldersIn(m_root + "/sys/class/thermal"_L1, u"thermal_zone*"_s);
    for (const QString &zone : zones) {
        const QString type = nameFrom(zone + "/type"_L1);
        if (isNoTemperature(type))
            continue;
        add(found, {.path = zone + "/temp"_L1,
                    .name = type.isEmpty() ? QDir(zone).dirName() : type,
                    .isZone = true,
                    .isDoubtful = plain(type).startsWith("acpitz"_L1)});
    }
}

void Thermometers::findChips(QList<Sensor> &found) const
{
    const QList<Sensor> zones = found;
    const QStringList chips = foldersIn(m_root + "/sys/class/hwmon"_L1, u"hwmon*"_s);
    for (const QString &chip : chips) {
        const QString name = nameFrom(chip + "/name"_L1);
        const bool isMirror = std::ranges::any_of(zones, [&name](const Sensor &zone) { return plain(zone.name) == plain(name); });
        if (isMirror || isNoTemperature(name) || plain(name) == oneWire || matchesOne(m_leaveOut, plain(name)))
            continue;
        const bool isDoubtful = std::ranges::any_of(doubtful, [&name](QLatin1StringView begin) { return name.startsWith(begin); });
        const QStringList inputs = QDir(chip).entryList({u"temp*_input"_s}, QDir::Files);
        QHash<QString, QString> labels;
        for (const QString &input : inputs)
            labels.insert(input, nameFrom(chip + u'/' + input.chopped(6) + "_label"_L1));
        const bool hasDie = std::ranges::contains(labels, u"Tdie"_s);
        for (const QString &input : inputs) {
            const QString label = labels.value(input);
            // A number for fans, which is up to 70 °C above the processor's temperature beside it; and inputs for what nobody has.
            if ((hasDie && label == "Tctl"_L1) || label.startsWith("AUXTIN"_L1))
                continue;
            add(found, {.path = chip + u'/' + input,
                        .name = (name.isEmpty() ? QDir(chip).dirName() : name) + u'/' + (label.isEmpty() ? input.chopped(6) : label),
                        .isDoubtful = isDoubtful});
        }
    }
}

void Thermometers::find()
{
    QList<Sensor> found;
    findZones(found);
    findChips(found);
    const auto names = [](const QList<Sensor> &sensors) {
        QStringList all;
        for (const Sensor &sensor : sensors)
            all.append(sensor.name);
        return all;
    };
    if (names(found) != names(m_sensors))
        qCInfo(logThermometers).noquote() << "temperature sensors:" << names(found).join(", "_L1);
    m_sensors = found;
}

/// In thousandths of a degree, where that can be.
std::optional<qint64> Thermometers::valueOf(Sensor &sensor)
{
    // The driver says that nothing is wired there, or that what was has broken.
    if (!sensor.isZone && kernelFile(sensor.path.chopped(6) + "_fault"_L1).trimmed() == "1")
        return {};
    bool isNumber = false;
    qint64 value = kernelFile(sensor.path).trimmed().toLongLong(&isNumber);
    if (!isNumber)
        return {};
    if (sensor.isZone && !sensor.isThousandths) {
        sensor.isThousandths = std::abs(value) >= leastThousandths && value > coldest && value < warmest;
        if (!sensor.isThousandths && plain(sensor.name) == chargeOrChip)
            return {};
        if (!sensor.isThousandths)
            value *= 1000;
    }
    if (value <= coldest || value >= warmest)
        return {};
    if (!sensor.first)
        sensor.first = value;
    sensor.hasMoved = sensor.hasMoved || value != *sensor.first;
    // 0 is what a sensor says that is off; one that said something else may well be freezing.
    if (!sensor.hasMoved && (value == 0 || value >= alarming))
        return {};
    return value;
}

std::optional<Thermometers::Shown> Thermometers::read()
{
    struct Reading
    {
        const Sensor *sensor = nullptr;
        qint64 value = 0;
        int rank = 0; ///< higher ones hide lower ones
    };
    QList<Reading> readings;
    int best = 0;
    for (Sensor &sensor : m_sensors) {
        if (const std::optional<qint64> value = valueOf(sensor)) {
            const int rank = (sensor.isDoubtful ? 0 : 2) + (sensor.hasMoved ? 1 : 0);
            readings.append({.sensor = &sensor, .value = *value, .rank = rank});
            best = std::max(best, rank);
        }
    }
    readings.removeIf([best](const Reading &reading) { return reading.rank < best; });
    if (readings.isEmpty()) {
        m_shown.clear();
        return {};
    }
    const auto top = std::ranges::max_element(readings, {}, &Reading::value);
    const auto before = std::ranges::find_if(readings, [this](const Reading &reading) { return reading.sensor->path == m_shown; });
    const auto &shown = before != readings.end() && before->value + clearlyWarmer > top->value ? *before : *top;
    m_shown = shown.sensor->path;
    return Shown{.thousandths = shown.value, .sensor = shown.sensor->name};
}

} // namespace muster::agent
