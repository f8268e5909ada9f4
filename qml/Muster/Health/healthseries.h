// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/backend.h"
#include "client/values/states.h"
#include "protocol/rpc/health.h"

#include <QAbstractListModel>
#include <QPointF>
#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <array>
#include <utility>

namespace muster {

/// The health of one device over a stretch of time that ends now: asked for once, then carried on by live samples.
/// A row is one step of time, with mean, least and most of each value.
class HealthSeries : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Backend *backend READ backend WRITE setBackend NOTIFY backendChanged FINAL)
    Q_PROPERTY(QString deviceId READ deviceId WRITE setDeviceId NOTIFY deviceIdChanged FINAL)
    Q_PROPERTY(qint64 rangeMs READ rangeMs WRITE setRangeMs NOTIFY rangeChanged FINAL)
    Q_PROPERTY(qint64 from READ from NOTIFY changed FINAL)
    Q_PROPERTY(qint64 to READ to NOTIFY changed FINAL)
    Q_PROPERTY(bool zoomed READ isZoomed NOTIFY zoomedChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    Q_PROPERTY(bool streaming READ isStreaming NOTIFY changed FINAL)
    Q_PROPERTY(double awaitedFrom READ awaitedFrom NOTIFY changed FINAL)
    Q_PROPERTY(double awaitedTo READ awaitedTo NOTIFY changed FINAL)
    Q_PROPERTY(muster::states::Loading loading READ loading NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY loadingChanged FINAL)

public:
    enum Role {
        TimeRole = Qt::UserRole + 1, ///< milliseconds since 1970
        CpuRole,                     ///< the means, in the order of states::Measure; NaN where missing
        MemoryRole,
        DiskRole,
        TemperatureRole,
        NetworkInRole,
        NetworkOutRole,
        LoadRole,
        LoadingStateRole,
    };
    Q_ENUM(Role)

    explicit HealthSeries(QObject *parent = nullptr);

    [[nodiscard]] Backend *backend() const { return m_backend; }
    void setBackend(Backend *backend);
    [[nodiscard]] QString deviceId() const { return m_deviceId; }
    void setDeviceId(const QString &id);
    /// The length of the stretch; an hour at first.
    [[nodiscard]] qint64 rangeMs() const { return m_rangeMs; }
    void setRangeMs(qint64 range);
    [[nodiscard]] qint64 from() const { return isZoomed() ? m_zoomFrom : m_to - m_rangeMs; }
    [[nodiscard]] qint64 to() const { return isZoomed() ? m_zoomTo : m_to; }
    /// A stretch is looked at closely, and stands still.
    [[nodiscard]] bool isZoomed() const { return m_zoomTo > m_zoomFrom; }
    [[nodiscard]] int count() const { return int(m_steps.size()); }
    /// Live samples have come lately.
    [[nodiscard]] bool isStreaming() const;
    /// What the device has measured and not reported yet: between its last report and the first live sample. NaN: nothing is awaited.
    [[nodiscard]] double awaitedFrom() const;
    [[nodiscard]] double awaitedTo() const;
    [[nodiscard]] states::Loading loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Points (time, mean); y is NaN where the line breaks.
    Q_INVOKABLE [[nodiscard]] QList<QPointF> line(int field) const { return points(field, 0); }
    Q_INVOKABLE [[nodiscard]] QList<QPointF> lower(int field) const { return points(field, 1); }
    Q_INVOKABLE [[nodiscard]] QList<QPointF> upper(int field) const { return points(field, 2); }
    /// Over the whole stretch; NaN when nothing is there.
    Q_INVOKABLE [[nodiscard]] double minimum(int field) const;
    Q_INVOKABLE [[nodiscard]] double maximum(int field) const;
    /// The newest mean; NaN when nothing is there.
    Q_INVOKABLE [[nodiscard]] double latest(int field) const;
    /// The row nearest to a time; -1 where none is near: in a gap.
    Q_INVOKABLE [[nodiscard]] int nearest(double time) const;
    Q_INVOKABLE [[nodiscard]] double timeAt(int row) const;
    Q_INVOKABLE [[nodiscard]] double meanAt(int row, int field) const { return valueAt(row, field, 0); }
    Q_INVOKABLE [[nodiscard]] double leastAt(int row, int field) const { return valueAt(row, field, 1); }
    Q_INVOKABLE [[nodiscard]] double mostAt(int row, int field) const { return valueAt(row, field, 2); }
    /// The same, of the rows that have a value of this field.
    Q_INVOKABLE [[nodiscard]] int nearestOf(double time, int field) const;
    /// From which value on the server calls a device's condition warning, or failing; NaN: it does not.
    Q_INVOKABLE [[nodiscard]] double threshold(int field, bool failing) const;
    /// Looks at from..to (milliseconds since 1970) alone, in finer steps: no less than a minute, and nothing that is to come.
    Q_INVOKABLE void zoom(double from, double to);
    /// So many times closer (more than 1) or further, around a moment that keeps its place; as far as the range, it is not zoomed any more.
    Q_INVOKABLE void zoomBy(double factor, double around);
    /// Earlier (less than 0) or later by so much of what is seen.
    Q_INVOKABLE void pan(double share);
    Q_INVOKABLE void endZoom();
    Q_INVOKABLE void retry();

signals:
    void backendChanged();
    void deviceIdChanged();
    void rangeChanged();
    void zoomedChanged();
    void loadingChanged();
    /// Points, range or both; comes at most a few times a second.
    void changed();

private:
    struct Step
    {
        qint64 time = 0;
        std::array<double, healthFieldCount> mean;
        std::array<double, healthFieldCount> least;
        std::array<double, healthFieldCount> most;
        int samples = 0; ///< live samples merged into it; 0 for one that the server made
    };

    [[nodiscard]] qint64 length() const { return to() - from(); }
    void restart();
    void query();
    void ask();
    void refill();
    /// The row right after the hole; -1: there is none.
    [[nodiscard]] int afterHole() const;
    void take(const QJsonObject &answer);
    void append(const HealthSample &sample);
    void merge(const HealthSample &sample);
    [[nodiscard]] qint64 stepOf(const HealthSample &sample) const;
    void moveTo(qint64 to);
    void setLoading(states::Loading loading, const QString &errorText = {});
    [[nodiscard]] QList<QPointF> points(int field, int which) const;
    [[nodiscard]] double valueAt(int row, int field, int which) const;

    QPointer<Backend> m_backend;
    QString m_deviceId;
    QString m_zoomDevice; // whose stretch it is
    qint64 m_rangeMs = 3'600'000;
    qint64 m_zoomFrom = 0;
    qint64 m_zoomTo = 0;
    std::array<std::pair<double, double>, healthFieldCount> m_thresholds; // warning, failing
    QPointer<Subscription> m_live;
    QList<Step> m_steps;
    QList<HealthSample> m_recent; // live ones
    qint64 m_stepMs = 10'000;
    qint64 m_to = 0;
    qint64 m_lastLive = 0;
    qint64 m_askedAt = 0;
    quint64 m_query = 0;
    states::Loading m_loading = states::Loading::Idle;
    QString m_errorText;
    QTimer m_changed;
};

} // namespace muster
