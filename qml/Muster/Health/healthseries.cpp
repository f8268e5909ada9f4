// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Health/healthseries.h"

#include <QJsonArray>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

// About one a pixel, and an hour in steps of ten seconds; the server never gives more than 1,000.
constexpr int pointsAsked = 360;
constexpr qint64 finestSteps = 300;
// Half an hour of them: agents report every five minutes.
constexpr qsizetype recentSamples = 900;
constexpr auto tellEvery = 100ms;
// Steps further apart than this are no line but a gap.
constexpr double gapSteps = 2.5;
// Live samples come about every 2 s.
constexpr qint64 streamSilence = 8'000;
// Agents send what they measured every five minutes; the hole between that and what is seen live is asked for so often.
constexpr qint64 refillEvery = 30'000;
// A hole that is longer than two reports is none that a report fills.
constexpr qint64 longestReport = 11 * 60'000;
// Less than this is a handful of samples.
constexpr qint64 shortestZoom = 60'000;
// The server gives no more than a year at once.
constexpr qint64 longestZoom = 365LL * 86'400'000;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double number(const QJsonArray &values, qsizetype at)
{
    return at < values.size() && values[at].isDouble() ? values[at].toDouble() : nan;
}

} // namespace

HealthSeries::HealthSeries(QObject *parent)
    : QAbstractListModel(parent)
{
    m_thresholds.fill({nan, nan});
    m_changed.setSingleShot(true);
    m_changed.setInterval(tellEvery);
    connect(&m_changed, &QTimer::timeout, this, &HealthSeries::changed);
}

void HealthSeries::setBackend(Backend *backend)
{
    if (m_backend == backend)
        return;
    if (m_backend) {
        m_backend->link()->disconnect(this);
        m_backend->clock()->disconnect(this);
    }
    m_backend = backend;
    emit backendChanged();
    if (m_backend) {
        // After a break the hole is filled by asking anew.
        connect(m_backend->link(), &Link::refreshDue, this, [this] {
            if (m_live)
                query();
        });
        connect(m_backend->clock(), &ServerClock::nowChanged, this, [this] {
            moveTo(m_backend->clock()->now());
            refill();
        });
    }
    restart();
}

void HealthSeries::setDeviceId(const QString &id)
{
    if (m_deviceId == id)
        return;
    m_deviceId = id;
    // Who looks away and back finds what they looked at; another device is another matter.
    if (!id.isEmpty() && isZoomed() && id != m_zoomDevice) {
        m_zoomFrom = m_zoomTo = 0;
        emit zoomedChanged();
    }
    emit deviceIdChanged();
    restart();
}

void HealthSeries::setRangeMs(qint64 range)
{
    if ((m_rangeMs == range && !isZoomed()) || range <= 0)
        return;
    m_rangeMs = range;
    m_zoomFrom = m_zoomTo = 0;
    emit zoomedChanged();
    emit rangeChanged();
    if (m_live)
        query();
}

void HealthSeries::zoom(double from, double to)
{
    if (!m_backend || m_deviceId.isEmpty() || !(to > from))
        return;
    const qint64 now = m_backend->clock()->now();
    const qint64 length = std::clamp(qint64(to - from), shortestZoom, longestZoom);
    // What is too short grows on both sides.
    qint64 end = qint64((from + to + double(length)) / 2);
    end = std::min(end, now);
    if (m_zoomFrom == end - length && m_zoomTo == end)
        return;
    m_zoomFrom = end - length;
    m_zoomTo = end;
    m_zoomDevice = m_deviceId;
    emit zoomedChanged();
    emit changed(); // what is known already is shown closely until finer steps are here
    if (m_live)
        query();
}

void HealthSeries::zoomBy(double factor, double around)
{
    const double length = double(this->length()) / factor;
    if (factor < 1 && (!isZoomed() || length >= double(m_rangeMs))) {
        endZoom();
        return;
    }
    if (std::isnan(around) || around < double(from()) || around > double(to()))
        around = double(from() + to()) / 2;
    const double share = (around - double(from())) / double(this->length());
    zoom(around - share * length, around + (1 - share) * length);
}

void HealthSeries::pan(double share)
{
    const double by = share * double(length());
    const double latest = m_backend ? double(m_backend->clock()->now()) : 0;
    const double end = std::min(double(to()) + by, latest);
    zoom(end - double(length()), end);
}

void HealthSeries::endZoom()
{
    if (isZoomed())
        setRangeMs(m_rangeMs);
}

void HealthSeries::retry()
{
    restart();
}

void HealthSeries::restart()
{
    delete m_live;
    beginResetModel();
    m_steps.clear();
    endResetModel();
    m_lastLive = 0;
    m_recent.clear();
    emit changed();
    if (!m_backend || m_deviceId.isEmpty()) {
        setLoading(states::Loading::Idle);
        return;
    }
    m_live = m_backend->link()->subscribe(u"health"_s, {{"id"_L1, m_deviceId}}, this);
    connect(m_live, &Subscription::updated, this, [this](const QString &, const QJsonObject &params) {
        if (const Result<HealthSample> sample = healthSampleFromJson(params["sample"_L1].toObject()))
            append(*sample);
    });
    query();
}

void HealthSeries::query()
{
    setLoading(states::Loading::Underway);
    if (m_backend->link()->isLive())
        ask(); // else asked when it is
}

int HealthSeries::afterHole() const
{
    if (m_recent.isEmpty() || m_steps.isEmpty() || isZoomed())
        return -1;
    // Right before the first that was seen live.
    const auto next = std::ranges::lower_bound(m_steps, stepOf(m_recent.constFirst()), {}, &Step::time);
    if (next == m_steps.cbegin() || next == m_steps.cend())
        return -1;
    const qint64 hole = next->time - std::prev(next)->time;
    return double(hole) > gapSteps * double(m_stepMs) && hole <= longestReport ? int(next - m_steps.cbegin()) : -1;
}

double HealthSeries::awaitedFrom() const
{
    const int row = afterHole();
    return row < 0 ? nan : timeAt(row - 1);
}

double HealthSeries::awaitedTo() const
{
    return timeAt(afterHole());
}

void HealthSeries::refill()
{
    if (m_loading != states::Loading::Loaded || !m_backend->link()->isLive() || m_backend->clock()->now() - m_askedAt < refillEvery
        || afterHole() < 0)
        return;
    ask();
}

void HealthSeries::ask()
{
    const quint64 mine = ++m_query;
    m_askedAt = m_backend->clock()->now();
    const qint64 end = isZoomed() ? m_zoomTo : m_askedAt;
    const QJsonObject params{
        {"id"_L1, m_deviceId}, {"from"_L1, timeToJson(end - length())}, {"to"_L1, timeToJson(end)}, {"points"_L1, pointsAsked}};
    m_backend->link()->call(u"Devices.Health"_s, params, this, [this, mine](const Result<QJsonValue> &answer) {
        if (mine != m_query)
            return;
        if (answer)
            take(answer->toObject());
        else if (m_backend && m_backend->link()->isLive())
            setLoading(states::Loading::Failed, answer.error().message);
    });
}

void HealthSeries::take(const QJsonObject &answer)
{
    const QJsonObject series = answer["series"_L1].toObject();
    const QJsonArray times = series["time"_L1].toArray();
    QList<Step> steps;
    steps.reserve(times.size());
    for (const auto &time : times) {
        Step step;
        step.time = time.toInteger();
        steps << step;
    }
    for (int field = 0; field < healthFieldCount; ++field) {
        const QString name = healthFieldName(static_cast<HealthField>(field));
        const QJsonArray mean = series[name].toArray();
        const QJsonArray least = series[name + "_min"_L1].toArray();
        const QJsonArray most = series[name + "_max"_L1].toArray();
        const auto f = size_t(field);
        for (qsizetype i = 0; i < steps.size(); ++i) {
            steps[i].mean[f] = number(mean, i);
            steps[i].least[f] = least.isEmpty() ? steps[i].mean[f] : number(least, i);
            steps[i].most[f] = most.isEmpty() ? steps[i].mean[f] : number(most, i);
        }
    }
    beginResetModel();
    m_steps = steps;
    m_stepMs = std::max<qint64>(1, answer["step_ms"_L1].toInteger(10'000));
    if (!isZoomed())
        m_to = answer["to"_L1].toInteger();
    const QJsonObject thresholds = answer["thresholds"_L1].toObject();
    for (int field = 0; field < healthFieldCount; ++field) {
        const QJsonObject one = thresholds[healthFieldName(static_cast<HealthField>(field))].toObject();
        m_thresholds[size_t(field)] = {one["warning"_L1].toDouble(nan), one["failing"_L1].toDouble(nan)};
    }
    // A device reports in batches: what was seen live and is not in one yet would be missing.
    for (const HealthSample &sample : std::as_const(m_recent)) {
        if (sample.time > from() && (!isZoomed() || sample.time <= to()))
            merge(sample);
    }
    endResetModel();
    setLoading(states::Loading::Loaded);
    emit changed();
}

qint64 HealthSeries::stepOf(const HealthSample &sample) const
{
    // A short range shows each sample, a long one merges them into its steps.
    const qint64 step = std::clamp<qint64>(length() / finestSteps, 1, m_stepMs);
    return sample.time - sample.time % step;
}

void HealthSeries::merge(const HealthSample &sample)
{
    const qint64 time = stepOf(sample);
    if (!m_steps.isEmpty() && time < m_steps.last().time)
        return; // the server had it
    if (m_steps.isEmpty() || m_steps.last().time != time) {
        Step added;
        added.time = time;
        added.mean.fill(nan);
        added.least.fill(nan);
        added.most.fill(nan);
        m_steps << added;
    }
    Step &last = m_steps.last();
    ++last.samples;
    for (size_t f = 0; f < last.mean.size(); ++f) {
        if (sample.values[f] == HealthSample::missing)
            continue;
        const double value = double(sample.values[f]);
        const bool first = std::isnan(last.mean[f]);
        last.mean[f] = first ? value : last.mean[f] + (value - last.mean[f]) / (last.samples + 1);
        last.least[f] = first ? value : std::min(last.least[f], value);
        last.most[f] = first ? value : std::max(last.most[f], value);
    }
}

void HealthSeries::append(const HealthSample &sample)
{
    m_lastLive = std::max(m_lastLive, sample.time);
    m_recent << sample;
    if (m_recent.size() > recentSamples)
        m_recent.removeFirst();
    if (m_loading != states::Loading::Loaded || isZoomed())
        return; // merged with the answer that is on its way
    const qint64 time = stepOf(sample);
    if (!m_steps.isEmpty() && time < m_steps.last().time)
        return;
    if (!m_steps.isEmpty() && m_steps.last().time == time) {
        merge(sample);
        emit dataChanged(index(count() - 1), index(count() - 1));
    } else {
        beginInsertRows({}, count(), count());
        merge(sample);
        endInsertRows();
    }
    moveTo(std::max(m_to, sample.time));
    if (!m_changed.isActive())
        m_changed.start();
}

void HealthSeries::moveTo(qint64 to)
{
    // By whole pixels of the widest chart only, or every tick would redraw what looks the same.
    if (m_loading != states::Loading::Loaded || isZoomed() || to - m_to < std::max<qint64>(1, m_rangeMs / 1'800))
        return;
    m_to = to;
    const auto firstKept = std::ranges::find_if(m_steps, [this](const Step &step) { return step.time + m_stepMs >= from(); });
    const int gone = int(firstKept - m_steps.begin());
    if (gone > 0) {
        beginRemoveRows({}, 0, gone - 1);
        m_steps.remove(0, gone);
        endRemoveRows();
    }
    if (!m_changed.isActive())
        m_changed.start();
}

bool HealthSeries::isStreaming() const
{
    return m_backend && m_backend->link()->isLive() && m_lastLive > 0 && m_backend->clock()->now() - m_lastLive < streamSilence;
}

double HealthSeries::valueAt(int row, int field, int which) const
{
    if (row < 0 || row >= m_steps.size() || field < 0 || field >= healthFieldCount)
        return nan;
    const Step &step = m_steps[row];
    return (which == 0 ? step.mean : which == 1 ? step.least : step.most)[size_t(field)];
}

QList<QPointF> HealthSeries::points(int field, int which) const
{
    QList<QPointF> list;
    list.reserve(m_steps.size());
    for (int row = 0; row < m_steps.size(); ++row) {
        if (row > 0 && double(m_steps[row].time - m_steps[row - 1].time) > gapSteps * double(m_stepMs))
            list << QPointF(double(m_steps[row - 1].time + m_stepMs), nan);
        list << QPointF(double(m_steps[row].time), valueAt(row, field, which));
    }
    return list;
}

double HealthSeries::minimum(int field) const
{
    double found = nan;
    for (int row = 0; row < m_steps.size(); ++row)
        found = std::fmin(found, valueAt(row, field, 1));
    return found;
}

double HealthSeries::maximum(int field) const
{
    double found = nan;
    for (int row = 0; row < m_steps.size(); ++row)
        found = std::fmax(found, valueAt(row, field, 2));
    return found;
}

double HealthSeries::latest(int field) const
{
    for (int row = int(m_steps.size()) - 1; row >= 0; --row) {
        if (const double value = valueAt(row, field, 0); !std::isnan(value))
            return value;
    }
    return nan;
}

int HealthSeries::nearest(double time) const
{
    if (m_steps.isEmpty())
        return -1;
    const auto at = std::ranges::lower_bound(m_steps, time, {}, [](const Step &step) { return double(step.time); });
    int row = int(at - m_steps.cbegin());
    if (row == count() || (row > 0 && time - double(m_steps[row - 1].time) <= double(m_steps[row].time) - time))
        --row;
    // Where the line has a gap there is nothing to point at: a value of another day is none of this moment.
    return std::abs(double(m_steps[row].time) - time) <= gapSteps * double(m_stepMs) ? row : -1;
}

int HealthSeries::nearestOf(double time, int field) const
{
    const double reach = gapSteps * double(m_stepMs);
    const auto first = std::ranges::lower_bound(m_steps, time - reach, {}, [](const Step &step) { return double(step.time); });
    int found = -1;
    for (int row = int(first - m_steps.cbegin()); row < count() && timeAt(row) <= time + reach; ++row) {
        if (!std::isnan(meanAt(row, field)) && (found < 0 || std::abs(timeAt(row) - time) < std::abs(timeAt(found) - time)))
            found = row;
    }
    return found;
}

double HealthSeries::threshold(int field, bool failing) const
{
    if (field < 0 || field >= healthFieldCount)
        return nan;
    const auto &[warning, worse] = m_thresholds[size_t(field)];
    return failing ? worse : warning;
}

double HealthSeries::timeAt(int row) const
{
    return row >= 0 && row < m_steps.size() ? double(m_steps[row].time) : nan;
}

int HealthSeries::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant HealthSeries::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == TimeRole)
        return double(m_steps[index.row()].time);
    if (role == LoadingStateRole)
        return QVariant::fromValue(m_loading);
    if (role >= CpuRole && role <= LoadRole)
        return valueAt(index.row(), role - CpuRole, 0);
    return {};
}

QHash<int, QByteArray> HealthSeries::roleNames() const
{
    return {{TimeRole, "time"_ba},
            {CpuRole, "cpu"_ba},
            {MemoryRole, "memory"_ba},
            {DiskRole, "disk"_ba},
            {TemperatureRole, "temperature"_ba},
            {NetworkInRole, "networkIn"_ba},
            {NetworkOutRole, "networkOut"_ba},
            {LoadRole, "load"_ba},
            {LoadingStateRole, "loadingState"_ba}};
}

void HealthSeries::setLoading(states::Loading loading, const QString &errorText)
{
    if (m_loading == loading && m_errorText == errorText)
        return;
    m_loading = loading;
    m_errorText = errorText;
    emit loadingChanged();
}

} // namespace muster
