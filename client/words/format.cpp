// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/words/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <array>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace muster::format {

namespace {

// Two clocks that agree to this are in step for every purpose of ours.
constexpr qint64 clockTolerance = 5'000;
constexpr QChar noBreak(0x00A0);
constexpr QChar enDash(0x2013);

/// What lupdate knows the texts of this file by.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Format)
};

/// Figures and dates are written as in the program's language, whatever this machine's own is.
QLocale &current()
{
    static QLocale locale(QLocale::English, QLocale::UnitedStates);
    return locale;
}

QString withUnit(const QString &figure, const QString &unit)
{
    return figure + noBreak + unit;
}

QString decimal(double value, int digits)
{
    return current().toString(value, 'f', digits);
}

QString began(const QString &text)
{
    return text.isEmpty() ? text : text.at(0).toUpper() + text.mid(1);
}

bool utcWanted = false;

} // namespace

QDateTime moment(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time, utcWanted ? QTimeZone(QTimeZone::UTC) : QTimeZone(QTimeZone::LocalTime));
}

QString span(qint64 msecs)
{
    const qint64 s = std::max<qint64>(msecs, 0) / 1000;
    if (s < 60)
        return withUnit(QString::number(s), Words::tr("s", "seconds"));
    if (s < 3600)
        return withUnit(QString::number(s / 60), Words::tr("min", "minutes"));
    if (s < 48 * 3600)
        return withUnit(QString::number(s / 3600), Words::tr("h", "hours"));
    return withUnit(count(s / 86400), Words::tr("days"));
}

QString ago(qint64 time, qint64 now)
{
    if (time <= 0)
        return Words::tr("never");
    if (now - time < 1000)
        return Words::tr("just now");
    // "vor 41 Tagen", where the time alone is "41 Tage".
    const qint64 days = (now - time) / 86'400'000;
    return (days < 2 ? Words::tr("%1 ago").arg(span(now - time)) : Words::tr("%1 days ago").arg(count(days))).replace(u' ', noBreak);
}

QString condition(const Device &device)
{
    const QString figure = device.conditionField ? health(*device.conditionField, device.conditionValue) : QString();
    switch (device.conditionField.value_or(HealthField::Load)) {
    case HealthField::Disk: return Words::tr("Disk %1").arg(figure);
    case HealthField::Memory: return Words::tr("Memory %1").arg(figure);
    case HealthField::Temperature:
        return Words::tr("CPU %1", "its temperature").arg(withUnit(QString::number(qint64(device.conditionValue / 10)), u"°C"_s));
    case HealthField::Cpu: return Words::tr("CPU %1", "how busy it is").arg(figure);
    default: return device.conditionText.isEmpty() ? Words::tr("Online") : device.conditionText;
    }
}

QString deviceState(const Device &device, qint64 now)
{
    switch (device.presence) {
    case states::Presence::Never: return Words::tr("Never seen");
    case states::Presence::Offline:
        return device.presenceSince > 0 ? Words::tr("Offline") + noBreak + span(now - device.presenceSince) : Words::tr("Offline");
    case states::Presence::Online: break;
    }
    const bool worse = device.level == states::Level::Warning || device.level == states::Level::Failing;
    return worse ? condition(device) : Words::tr("Online");
}

QString health(HealthField field, double value)
{
    if (std::isnan(value))
        return QString(enDash);
    switch (field) {
    case HealthField::Cpu:
    case HealthField::Memory:
    // Cut, not rounded, as the server's words for a condition are: one figure everywhere, and 99.6 % is not full.
    case HealthField::Disk: return withUnit(QString::number(qint64(std::floor(value / 10))), u"%"_s);
    case HealthField::Temperature: return withUnit(decimal(value / 10, 1), u"°C"_s);
    case HealthField::Load: return decimal(value / 100, 2);
    case HealthField::NetworkIn:
    case HealthField::NetworkOut: break;
    }
    const std::array units{Words::tr("B/s"), Words::tr("kB/s"), Words::tr("MB/s"), Words::tr("GB/s")};
    size_t unit = 0;
    while (std::abs(value) >= 999.5 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    return withUnit(decimal(value, unit > 0 && value < 99.95 ? 1 : 0), units[unit]);
}

QString healthTick(HealthField field, double value)
{
    if (field == HealthField::Temperature)
        return withUnit(current().toString(value / 10, 'g', 3), u"°C"_s);
    if (field == HealthField::Load)
        return current().toString(value / 100, 'g', 3);
    return health(field, value).replace(current().decimalPoint() + u"0"_s + noBreak, QString(noBreak));
}

QString kibibytes(qint64 kib)
{
    if (kib <= 0)
        return QString(enDash);
    const std::array units{Words::tr("KiB"), Words::tr("MiB"), Words::tr("GiB"), Words::tr("TiB")};
    double value = double(kib);
    size_t unit = 0;
    while (value >= 1023.5 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    return withUnit(decimal(value, value < 99.95 ? 1 : 0), units[unit]);
}

QString count(qint64 number)
{
    return current().toString(number);
}

bool clockIsOff(qint64 aheadMs)
{
    return std::abs(aheadMs) > clockTolerance;
}

QString clock(qint64 aheadMs)
{
    if (!clockIsOff(aheadMs))
        return Words::tr("in step with this server");
    return (aheadMs < 0 ? Words::tr("%1 behind this server") : Words::tr("%1 ahead of this server")).arg(span(std::abs(aheadMs)));
}

QString wallTime(qint64 time, qint64 now)
{
    if (time <= 0)
        return QString(enDash);
    const QDateTime at = moment(time);
    const QDateTime today = moment(now);
    if (at.date() == today.date())
        return at.toString(u"HH:mm:ss"_s);
    return current().toString(at, at.date().year() == today.date().year() ? Words::tr("d MMM HH:mm", "QDateTime")
                                                                          : Words::tr("d MMM yyyy", "QDateTime"));
}

QString containerState(const Container &container, qint64 now)
{
    const QString up = container.startedAt > 0 ? Words::tr("up %1").arg(span(now - container.startedAt)).replace(u' ', noBreak)
                                               : Words::tr("up");
    if (container.state == "running"_L1) {
        if (container.health == "unhealthy"_L1)
            return Words::tr("Unhealthy, %1").arg(up);
        return container.health == "starting"_L1 ? Words::tr("Starting, %1").arg(up) : began(up);
    }
    if (container.state == "exited"_L1 || container.state == "dead"_L1) {
        QString text = container.state == "dead"_L1 ? Words::tr("Dead")
                       : container.stopAsked        ? Words::tr("Stopped as asked")
                                                    : Words::tr("Exited");
        if (container.exitCode >= 0)
            text += noBreak + u"(%1)"_s.arg(container.exitCode);
        return container.finishedAt > 0 ? text + noBreak + ago(container.finishedAt, now) : text;
    }
    return engineWord(container.state);
}

QString engineWord(const QString &state)
{
    static const QHash<QString, const char *> words{
        {u"running"_s, QT_TRANSLATE_NOOP("Format", "Running")},       {u"exited"_s, QT_TRANSLATE_NOOP("Format", "Exited")},
        {u"created"_s, QT_TRANSLATE_NOOP("Format", "Created")},       {u"paused"_s, QT_TRANSLATE_NOOP("Format", "Paused")},
        {u"restarting"_s, QT_TRANSLATE_NOOP("Format", "Restarting")}, {u"removing"_s, QT_TRANSLATE_NOOP("Format", "Removing")},
    };
    const char *word = words.value(state);
    return word ? Words::tr(word) : state.isEmpty() ? Words::tr("Unknown") : began(state);
}

QString share(double permille)
{
    return std::isnan(permille) ? QString(enDash) : withUnit(decimal(permille / 10, 1), u"%"_s);
}

QString percent(double share)
{
    return withUnit(count(qRound64(share * 100)), u"%"_s);
}

QString bytes(double bytes)
{
    if (bytes > 0 && bytes < 1024)
        return withUnit(count(qint64(bytes)), Words::tr("B"));
    return std::isnan(bytes) ? QString(enDash) : kibibytes(qint64(bytes / 1024));
}

QString commandState(const Command &command)
{
    static const QHash<QString, const char *> words{
        {u"queued"_s, QT_TRANSLATE_NOOP("Format", "Waits for the device")},
        {u"sent"_s, QT_TRANSLATE_NOOP("Format", "Sent")},
        {u"running"_s, QT_TRANSLATE_NOOP("Format", "Running")},
        {u"done"_s, QT_TRANSLATE_NOOP("Format", "Done")},
        {u"failed"_s, QT_TRANSLATE_NOOP("Format", "Failed")},
        {u"expired"_s, QT_TRANSLATE_NOOP("Format", "Expired")},
        {u"cancelled"_s, QT_TRANSLATE_NOOP("Format", "Cancelled")},
    };
    const char *word = words.value(command.state);
    return word ? Words::tr(word) : command.state.isEmpty() ? Words::tr("Unknown") : began(command.state);
}

QString took(qint64 msecs)
{
    if (msecs < 1000)
        return withUnit(QString::number(std::max<qint64>(msecs, 0)), Words::tr("ms", "milliseconds"));
    return msecs < 60'000 ? withUnit(decimal(double(msecs) / 1000, 1), Words::tr("s", "seconds")) : span(msecs);
}

QString clockTime(qint64 time)
{
    return time > 0 ? moment(time).toString(u"HH:mm:ss"_s) : QString(enDash);
}

QString day(qint64 time)
{
    return time > 0 ? current().toString(moment(time).date(), Words::tr("d MMMM yyyy", "QDateTime")) : QString(enDash);
}

QString fullTime(qint64 time)
{
    if (time <= 0)
        return QString(enDash);
    const QDateTime at = moment(time);
    const int offset = at.offsetFromUtc() / 60;
    const QString off = offset == 0 ? u"UTC"_s
                                    : u"UTC%1%2:%3"_s.arg(offset < 0 ? u'-' : u'+')
                                          .arg(qAbs(offset) / 60, 2, 10, QChar(u'0'))
                                          .arg(qAbs(offset) % 60, 2, 10, QChar(u'0'));
    return current().toString(at, Words::tr("ddd d MMM yyyy, HH:mm:ss", "QDateTime")) + u' ' + off;
}

QString isolated(const QString &text)
{
    return QChar(0x2068) + text + QChar(0x2069);
}

void setLocale(const QLocale &locale)
{
    current() = locale;
}

const QLocale &locale()
{
    return current();
}

void setUtc(bool utc)
{
    utcWanted = utc;
}

bool isUtc()
{
    return utcWanted;
}

QString algorithm(const QString &name, int bits)
{
    if (name == "EdDSA"_L1 || name == "Ed25519"_L1)
        return u"Ed25519"_s;
    if (name == "RS256"_L1)
        return bits > 0 ? Words::tr("RSA, %1 bits").arg(bits) : u"RSA"_s;
    return name;
}

QString fill(const QString &text, const QStringList &values)
{
    QString filled;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int place = text[i] == u'%' && i + 1 < text.size() ? text[i + 1].digitValue() : -1;
        if (place < 1 || place > values.size()) {
            filled += text[i];
            continue;
        }
        filled += values[place - 1];
        ++i;
    }
    return filled;
}

} // namespace muster::format
