// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QStringList>

#include <optional>

namespace muster::agent {

/// The temperature sensors of this machine, and which of them is believed. Thermal zones and hwmon chips say many things that are
/// no temperature of this machine: constants of a firmware, inputs that nothing is wired to, whole degrees for thousandths.
///
/// - A sensor is named by the type of its zone (`cpu-thermal`) or by its chip and label (`coretemp/Package id 0`, `nvme/temp1`).
/// - Left out: what the owner names, what is no thermometer by its name, values no working machine has.
/// - One that was seen to move goes before one that always says the same; a value that would alarm somebody needs to have moved.
/// - Super I/O chips and ACPI's own zones count only where nothing else does.
/// - Of the rest, the warmest one is shown, and stays shown until another is clearly warmer.
class Thermometers
{
public:
    struct Shown
    {
        qint64 thousandths = 0; ///< °C
        QString sensor;
    };

    /// @param root the folder that holds /sys; empty but for tests
    /// @param leaveOut names of sensors as above; capitals, and "-", "_" and blanks, are the same, and one may end in "*"
    Thermometers(const QString &root, const QStringList &leaveOut);

    /// Looks for sensors: they come and go.
    void find();
    /// @return nothing where no sensor is believed
    [[nodiscard]] std::optional<Shown> read();

private:
    struct Sensor
    {
        QString path;
        QString name;
        bool isZone = false;     ///< whose driver may have units of its own
        bool isDoubtful = false; ///< counts only where nothing else does
        // Of what it has said so far:
        std::optional<qint64> first;
        bool hasMoved = false;
        bool isThousandths = false;
    };

    void findZones(QList<Sensor> &found) const;
    void findChips(QList<Sensor> &found) const;
    void add(QList<Sensor> &found, const Sensor &sensor) const;
    [[nodiscard]] static std::optional<qint64> valueOf(Sensor &sensor);

    QString m_root;
    QStringList m_leaveOut; ///< as plain() has them
    QList<Sensor> m_sensors;
    QString m_shown; ///< path
};

} // namespace muster::agent
