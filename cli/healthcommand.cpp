// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/terminal.h"
#include "client/values/values.h"
#include "client/words/format.h"

#include <QJsonArray>

#include <array>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

constexpr qint64 usualRangeMs = 3'600'000;
constexpr int jsonPoints = 360;
constexpr int mostPoints = 1000; // the server's limit: single samples as long as it can be
/// The server keeps a sample each 10 s; a longer step has means and greatest values, and what was least between them is gone.
constexpr qint64 sampleMs = 10'000;
constexpr size_t barsShown = 40;

/// What a range comes to for one value.
struct Summary
{
    double least = std::nan("");
    double mean = std::nan("");
    double most = std::nan("");
    QList<double> bars; ///< means of equal stretches of the range; NaN where nothing was measured
};

double numberAt(const QJsonArray &column, qsizetype i)
{
    return i < column.size() && column[i].isDouble() ? column[i].toDouble() : std::nan("");
}

/// @param answer of Devices.Health
Summary summaryOf(const QJsonObject &answer, const QString &name)
{
    const QJsonValue series = answer["series"_L1];
    const QJsonArray times = series["time"_L1].toArray();
    const QJsonArray means = series[name].toArray();
    const QJsonArray highest = series[name + "_max"_L1].toArray();
    const qint64 from = answer["from"_L1].toInteger();
    const qint64 length = std::max<qint64>(answer["to"_L1].toInteger() - from, 1);
    Summary summary;
    std::array<double, barsShown> sums{};
    std::array<int, barsShown> counts{};
    for (qsizetype i = 0; i < times.size(); ++i) {
        const double value = numberAt(means, i);
        if (std::isnan(value))
            continue;
        summary.least = std::fmin(summary.least, value);
        summary.most = std::fmax(summary.most, std::fmax(value, numberAt(highest, i)));
        const qint64 bar = (times[i].toInteger() - from) * qint64(barsShown) / length;
        const auto at = size_t(std::clamp<qint64>(bar, 0, barsShown - 1));
        sums[at] += value;
        ++counts[at];
    }
    double sum = 0;
    int count = 0;
    for (size_t i = 0; i < barsShown; ++i) {
        summary.bars << (counts[i] > 0 ? sums[i] / counts[i] : std::nan(""));
        sum += sums[i];
        count += counts[i];
    }
    if (count > 0)
        summary.mean = sum / count;
    if (answer["step_ms"_L1].toInteger() > sampleMs)
        summary.least = std::nan("");
    return summary;
}

} // namespace

void Commands::health()
{
    const QString id = m_arguments.words[0];
    ask(u"Devices.Get"_s, {{"id"_L1, id}}, [this, id](const QJsonValue &row) {
        const qint64 to = m_backend->clock()->now();
        const qint64 range = m_arguments.rangeMs > 0 ? m_arguments.rangeMs : usualRangeMs;
        ask(u"Devices.Health"_s,
            {{"id"_L1, id},
             {"from"_L1, timeToJson(to - range)},
             {"to"_L1, timeToJson(to)},
             {"points"_L1, m_arguments.json ? jsonPoints : mostPoints}},
            [this, row](const QJsonValue &answer) {
                if (m_arguments.json) {
                    print(jsonText(QJsonObject{{"device"_L1, row}, {"health"_L1, answer}}, true));
                    return done();
                }
                showHealth(Device::fromJson(row.toObject()), answer.toObject());
            });
    });
}

void Commands::showHealth(const Device &d, const QJsonObject &answer)
{
    const qint64 now = m_backend->clock()->now();
    QString head = u"%1  %2\n"_s.arg(escaped(d.name), coloured(escaped(format::deviceState(d, now)), colourOf(d), wantsColour()));
    head += u"signed proof %1 · link %2 · %3"_s.arg(format::ago(d.evidenceAt, now), format::ago(d.linkAt, now), escaped(d.presenceReason));
    print(head);

    Table table({{u"VALUE"_s},
                 {u"NOW"_s, false, true},
                 {u"LEAST"_s, false, true},
                 {u"MEAN"_s, false, true},
                 {u"MOST"_s, false, true},
                 {u"LAST %1"_s.arg(format::span(answer["to"_L1].toInteger() - answer["from"_L1].toInteger()))}});
    static const QStringList names{u"cpu"_s, u"memory"_s, u"disk"_s, u"temperature"_s, u"received"_s, u"sent"_s, u"load"_s};
    for (int f = 0; f < healthFieldCount; ++f) {
        const auto field = static_cast<HealthField>(f);
        const Summary summary = summaryOf(answer, healthFieldName(field));
        const bool share = field == HealthField::Cpu || field == HealthField::Memory || field == HealthField::Disk;
        double low = 0;
        if (!share) {
            for (const double bar : summary.bars)
                low = std::fmin(low, bar);
        }
        table.add({names[f], format::health(field, d.value(field)), format::health(field, summary.least),
                   format::health(field, summary.mean), format::health(field, summary.most),
                   bars(summary.bars, low, share ? 1000 : summary.most)});
    }
    print(table.text(terminalWidth(), wantsColour()).chopped(1));
    if (answer["step_ms"_L1].toInteger() > sampleMs)
        print(u"LEAST is not known for a range this long: of it the server keeps means and greatest values. --range 2h has it."_s);
    done();
}

} // namespace muster::cli
