// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "qml/Muster/Logs/logmodel.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include <utility>

namespace muster {

/// The lines of a log that are shown: all, or those that match, are grave enough, and are of the containers that are looked at. What comes is
/// judged when it comes; the whole is gone through anew only when another filter holds.
class LogFilter : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::LogModel *source READ source WRITE setSource NOTIFY sourceChanged FINAL)
    Q_PROPERTY(bool onlyMatching READ isOnlyMatching WRITE setOnlyMatching NOTIFY filterChanged FINAL)
    Q_PROPERTY(int leastLevel READ leastLevel WRITE setLeastLevel NOTIFY filterChanged FINAL)
    Q_PROPERTY(QStringList hidden READ hidden WRITE setHidden NOTIFY filterChanged FINAL)
    Q_PROPERTY(bool filtering READ isFiltering NOTIFY filterChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    Q_PROPERTY(int matches READ matches NOTIFY matchesChanged FINAL)
    Q_PROPERTY(int currentMatch READ currentMatch NOTIFY matchesChanged FINAL)

public:
    explicit LogFilter(QObject *parent = nullptr);

    [[nodiscard]] LogModel *source() const { return m_source; }
    void setSource(LogModel *source);
    /// Lines without what is searched for are hidden, as long as something is.
    [[nodiscard]] bool isOnlyMatching() const { return m_onlyMatching; }
    void setOnlyMatching(bool only);
    /// states::LogLevel; Unknown: lines of any level, and of none.
    [[nodiscard]] int leastLevel() const { return m_leastLevel; }
    void setLeastLevel(int level);
    /// The names of containers whose lines are not shown.
    [[nodiscard]] QStringList hidden() const { return m_hidden; }
    void setHidden(const QStringList &names);
    /// Some lines may be hidden.
    [[nodiscard]] bool isFiltering() const;
    [[nodiscard]] int count() const { return int(m_rows.size()); }
    /// Of the lines that are shown.
    [[nodiscard]] int matches() const;
    /// Which of the matches was gone to last, from 1; 0: none.
    [[nodiscard]] int currentMatch() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Goes to the next match after (or the last one before) a row, around the ends. @return its row, or -1
    Q_INVOKABLE int findNext(int row, bool forward);
    /// What a row shows, to be found again when the rows are others; 0: there is no such row.
    Q_INVOKABLE [[nodiscard]] quint64 markOf(int row) const;
    /// The row that shows it, else the next one; -1: it is gone, or nothing is shown.
    Q_INVOKABLE [[nodiscard]] int rowOf(quint64 mark) const;
    /// As LogModel::textOf(), of what is shown.
    Q_INVOKABLE [[nodiscard]] QString textOf(int first, int last) const;
    Q_INVOKABLE [[nodiscard]] QString allText() const { return textOf(0, count() - 1); }

signals:
    void sourceChanged();
    void filterChanged();
    void countChanged();
    void matchesChanged();
    /// The rows will be others: a view takes down where it stands, by markOf().
    void aboutToRebuild();
    void rebuilt();
    /// The `count` oldest of the rows fell out.
    void fellOut(int count);

private:
    void rebuild();
    void rowsCame(int first, int last);
    void rowsLeave(int first, int last);
    void rowsLeft(int first, int last);
    void rowsJudged(int first, int last);
    void changeFilter();
    [[nodiscard]] bool accepts(int sourceRow) const;
    [[nodiscard]] bool hides() const;
    /// The place of a row of the source among the rows here, or of the next one.
    [[nodiscard]] int placeOf(int sourceRow) const;

    QPointer<LogModel> m_source;
    bool m_onlyMatching = false;
    int m_leastLevel = 0;
    QStringList m_hidden;
    QList<int> m_rows;             // of the source, in order
    std::pair<int, int> m_leaving; // of the rows here, from and behind the last
    int m_current = -1;            // row of the source
};

} // namespace muster
