// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"
#include "client/values/values.h"

#include <QAbstractListModel>
#include <QHash>
#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// The fleet as a list of any length, of which it holds a window: the rows that a view shows, and some around them.
/// Server-side filter and sort. The view says by showRange() what it shows; rows that are not here yet are there as
/// places with LoadingStateRole Loading. Nothing is ever asked for from data().
class DevicesModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Link *link READ link WRITE setLink NOTIFY linkChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString presence READ presence WRITE setPresence NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString level READ level WRITE setLevel NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString sort READ sortKey WRITE setSortKey NOTIFY filterChanged FINAL)
    Q_PROPERTY(int windowSize READ windowSize WRITE setWindowSize NOTIFY filterChanged FINAL)
    Q_PROPERTY(bool held READ isHeld WRITE setHeld NOTIFY heldChanged FINAL)
    Q_PROPERTY(int total READ total NOTIFY totalChanged FINAL)
    Q_PROPERTY(QStringList chosen READ chosen NOTIFY chosenChanged FINAL)
    Q_PROPERTY(muster::states::Loading loading READ loading NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY loadingChanged FINAL)

public:
    enum Role {
        DeviceRole = Qt::UserRole + 1, ///< the Device; an empty one while LoadingStateRole says Loading
        DeviceIdRole,
        LoadingStateRole, ///< states::Loading of this row
        ChosenRole,       ///< a person has chosen it, for something that many are to do
    };
    Q_ENUM(Role)

    explicit DevicesModel(QObject *parent = nullptr);

    [[nodiscard]] Link *link() const { return m_link; }
    void setLink(Link *link);
    /// An inactive model asks for nothing and holds nothing.
    [[nodiscard]] bool isActive() const { return m_active; }
    void setActive(bool active);
    /// Part of a name or id; empty for all.
    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    /// "online", "offline", "never" or empty for all.
    [[nodiscard]] QString presence() const { return m_presence; }
    void setPresence(const QString &presence);
    /// "ok", "warning", "failing" or empty for all.
    [[nodiscard]] QString level() const { return m_level; }
    void setLevel(const QString &level);
    /// "name", "state", "evidence", "cpu", "memory" or "disk", with "-" in front for the other way round.
    [[nodiscard]] QString sortKey() const { return m_sort; }
    void setSortKey(const QString &sort);
    /// Somebody is about to press a row: its values may change, its place not, for some seconds.
    [[nodiscard]] bool isHeld() const { return m_held; }
    void setHeld(bool held);
    /// Rows held at once, at most 500.
    [[nodiscard]] int windowSize() const { return m_windowSize; }
    void setWindowSize(int rows);
    [[nodiscard]] int total() const { return m_total; }
    /// The ids that a person has chosen, in the order of choosing. They stay chosen when they leave the window.
    [[nodiscard]] const QStringList &chosen() const { return m_chosen; }
    Q_INVOKABLE void toggleChosen(const QString &id);
    /// Chooses all from the row at which the choice began to this one, instead of what was chosen so from there before. It begins at the
    /// row that was toggled last, or at `from`. Of a row that has left the window, it begins anew.
    Q_INVOKABLE void chooseTo(int row, int from);
    /// The next chooseTo() begins elsewhere.
    Q_INVOKABLE void endRange() { m_anchor.clear(); }
    Q_INVOKABLE void clearChosen();
    [[nodiscard]] states::Loading loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// The view shows these rows now. Cheap; what follows from it is asked for once the scrolling rests a moment.
    Q_INVOKABLE void showRange(int first, int last);
    /// The id of a row, empty when the row is not here.
    Q_INVOKABLE [[nodiscard]] QString idAt(int row) const;
    /// The row of a device within the window, or -1.
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString &id) const;
    Q_INVOKABLE void retry();

signals:
    void linkChanged();
    void activeChanged();
    void filterChanged();
    void heldChanged();
    void totalChanged();
    void chosenChanged();
    void loadingChanged();
    /// Rows may have changed places.
    void windowChanged();

private:
    void resubscribe();
    void refilter();
    void ask();
    void take(const QJsonObject &answer, bool whole);
    void apply();
    [[nodiscard]] bool keepsOrder() const;
    void showInPlace();
    void clear();
    void setChosen(const QStringList &ids);
    void setTotal(int total);
    void setLoading(states::Loading loading, const QString &errorText = {});
    [[nodiscard]] QJsonObject params() const;

    QPointer<Link> m_link;
    bool m_active = true;
    QString m_text;
    QString m_presence;
    QString m_level;
    QString m_sort = QStringLiteral("name");
    int m_windowSize = 200;

    QPointer<Subscription> m_subscription;
    int m_wantedOffset = 0;
    int m_offset = 0;
    QStringList m_ids;                // of the rows from m_offset on
    QHash<QString, Device> m_devices; // those of m_ids
    int m_total = 0;
    QStringList m_chosen;
    QString m_anchor;       // where a range of chosen rows begins; empty: nowhere
    QStringList m_unranged; // what is chosen beside that range
    states::Loading m_loading = states::Loading::Idle;
    QString m_errorText;

    // What has come and is not shown yet.
    QJsonObject m_news;
    QHash<QString, Device> m_newDevices;
    bool m_asking = false; // the filter has changed, and what is here is of before
    bool m_held = false;
    bool m_whole = false; // what has come is what a person asked for
    QTimer m_patience;    // runs while an order waits
    QTimer m_applyTimer;
    QTimer m_askTimer;
};

} // namespace muster
