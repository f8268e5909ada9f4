// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Logs/logfilter.h"

#include <QElapsedTimer>

#include <algorithm>

namespace muster {

LogFilter::LogFilter(QObject *parent)
    : QAbstractListModel(parent)
{
}

void LogFilter::setSource(LogModel *source)
{
    if (m_source == source)
        return;
    if (m_source)
        m_source->disconnect(this);
    m_source = source;
    if (source) {
        connect(source, &QAbstractItemModel::rowsInserted, this,
                [this](const QModelIndex &, int first, int last) { rowsCame(first, last); });
        connect(source, &QAbstractItemModel::rowsAboutToBeRemoved, this,
                [this](const QModelIndex &, int first, int last) { rowsLeave(first, last); });
        connect(source, &QAbstractItemModel::rowsRemoved, this,
                [this](const QModelIndex &, int first, int last) { rowsLeft(first, last); });
        connect(source, &QAbstractItemModel::modelAboutToBeReset, this, &LogFilter::aboutToRebuild);
        connect(source, &QAbstractItemModel::modelReset, this, [this] {
            m_current = -1;
            rebuild();
        });
        connect(source, &QAbstractItemModel::dataChanged, this,
                [this](const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) {
                    if (roles.contains(LogModel::MatchedRole))
                        rowsJudged(first.row(), last.row());
                    const int from = placeOf(first.row());
                    const int to = placeOf(last.row() + 1) - 1;
                    if (from <= to)
                        emit dataChanged(index(from), index(to), roles);
                });
        connect(source, &LogModel::searchBegan, this, [this] {
            m_current = -1;
            emit filterChanged(); // whether matching lines alone are shown hangs on it
            if (m_onlyMatching) {
                emit aboutToRebuild();
                rebuild();
            }
        });
        connect(source, &LogModel::sourceChanged, this, [this] {
            QStringList hidden = m_hidden;
            hidden.removeIf([read = m_source->containers()](const QString &name) { return !read.contains(name); });
            setHidden(hidden);
        });
        connect(source, &LogModel::matchesChanged, this, &LogFilter::matchesChanged);
    }
    emit sourceChanged();
    emit aboutToRebuild();
    rebuild();
}

void LogFilter::changeFilter()
{
    emit filterChanged();
    emit aboutToRebuild();
    rebuild();
}

void LogFilter::setOnlyMatching(bool only)
{
    if (std::exchange(m_onlyMatching, only) != only)
        changeFilter();
}

void LogFilter::setLeastLevel(int level)
{
    if (std::exchange(m_leastLevel, level) != level)
        changeFilter();
}

void LogFilter::setHidden(const QStringList &names)
{
    if (std::exchange(m_hidden, names) != names)
        changeFilter();
}

bool LogFilter::hides() const
{
    return m_onlyMatching && m_source && !m_source->search().isEmpty() && m_source->searchFault() != LogModel::InvalidSearch;
}

bool LogFilter::isFiltering() const
{
    return hides() || m_leastLevel > 0 || !m_hidden.isEmpty();
}

bool LogFilter::accepts(int sourceRow) const
{
    const LogLine &line = m_source->lineAt(sourceRow);
    if (!m_hidden.isEmpty() && m_hidden.contains(m_source->containerAt(sourceRow)))
        return false;
    // What became of a container is worth knowing whatever is looked for.
    if (line.news != LogNews::None)
        return true;
    if (int(line.level) < m_leastLevel)
        return false;
    return !hides() || m_source->isMatchAt(sourceRow);
}

int LogFilter::placeOf(int sourceRow) const
{
    return int(std::ranges::lower_bound(m_rows, sourceRow) - m_rows.cbegin());
}

void LogFilter::rebuild()
{
    beginResetModel();
    m_rows.clear();
    const int all = m_source ? m_source->count() : 0;
    for (int row = 0; row < all; ++row) {
        if (accepts(row))
            m_rows << row;
    }
    endResetModel();
    emit countChanged();
    emit matchesChanged();
    emit rebuilt();
}

void LogFilter::rowsCame(int first, int last)
{
    const int added = last - first + 1;
    const int at = placeOf(first);
    for (qsizetype i = at; i < m_rows.size(); ++i)
        m_rows[i] += added;
    if (m_current >= first)
        m_current += added;
    QList<int> rows;
    for (int row = first; row <= last; ++row) {
        if (accepts(row))
            rows << row;
    }
    if (!rows.isEmpty()) {
        beginInsertRows({}, at, at + int(rows.size()) - 1);
        if (at == m_rows.size()) {
            m_rows << rows;
        } else {
            m_rows.insert(at, rows.size(), 0);
            std::ranges::copy(rows, m_rows.begin() + at);
        }
        endInsertRows();
    }
    emit countChanged();
}

void LogFilter::rowsLeave(int first, int last)
{
    // While they can still be looked at.
    m_leaving = {placeOf(first), placeOf(last + 1)};
    if (m_leaving.second > m_leaving.first)
        beginRemoveRows({}, m_leaving.first, m_leaving.second - 1);
}

void LogFilter::rowsLeft(int first, int last)
{
    const auto [from, to] = m_leaving;
    const int gone = last - first + 1;
    m_rows.remove(from, to - from);
    for (qsizetype i = from; i < m_rows.size(); ++i)
        m_rows[i] -= gone;
    m_current = m_current > last ? m_current - gone : m_current >= first ? -1 : m_current;
    if (to > from)
        endRemoveRows();
    emit countChanged();
    if (first == 0 && to > from)
        emit fellOut(to - from);
}

void LogFilter::rowsJudged(int first, int last)
{
    if (!hides())
        return;
    // Only what was not judged before may change: it comes in, in stretches between what is there already.
    int row = first;
    while (row <= last) {
        const int at = placeOf(row);
        const int end = at < count() ? std::min(last + 1, m_rows[at]) : last + 1;
        QList<int> rows;
        for (; row < end; ++row) {
            if (accepts(row))
                rows << row;
        }
        if (!rows.isEmpty()) {
            beginInsertRows({}, at, at + int(rows.size()) - 1);
            m_rows.insert(at, rows.size(), 0);
            std::ranges::copy(rows, m_rows.begin() + at);
            endInsertRows();
            emit countChanged();
        }
        if (row <= last)
            ++row; // it is there
    }
}

int LogFilter::matches() const
{
    if (!m_source || m_source->matches() == 0)
        return 0;
    if (!isFiltering())
        return m_source->matches();
    return int(std::ranges::count_if(m_rows, [this](int row) { return m_source->isMatchAt(row); }));
}

int LogFilter::currentMatch() const
{
    const int at = placeOf(m_current);
    if (m_current < 0 || at >= count() || m_rows[at] != m_current || !m_source->isMatchAt(m_current))
        return 0;
    return int(std::count_if(m_rows.cbegin(), m_rows.cbegin() + at + 1, [this](int row) { return m_source->isMatchAt(row); }));
}

int LogFilter::findNext(int row, bool forward)
{
    if (!m_source)
        return -1;
    // No longer than a person takes for a stutter: the rest is judged by and by.
    QElapsedTimer since;
    since.start();
    while (matches() == 0 && since.elapsed() < 200 && m_source->searchMore()) {}
    if (matches() == 0)
        return -1;
    const int step = forward ? 1 : -1;
    int at = std::clamp(row, -1, count());
    for (int tried = 0; tried <= count() + 1; ++tried) {
        at += step;
        if (at < 0)
            at = count() - 1;
        else if (at >= count())
            at = 0;
        if (m_source->isMatchAt(m_rows[at])) {
            m_current = m_rows[at];
            emit matchesChanged();
            return at;
        }
    }
    return -1;
}

quint64 LogFilter::markOf(int row) const
{
    return row < 0 || row >= count() ? 0 : m_source->numberAt(m_rows[row]);
}

int LogFilter::rowOf(quint64 mark) const
{
    const int row = m_source && mark > 0 ? m_source->rowOfNumber(mark) : -1;
    return row < 0 ? -1 : std::min(placeOf(row), count() - 1);
}

QString LogFilter::textOf(int first, int last) const
{
    QString text;
    for (int row = std::max(first, 0); row <= std::min(last, count() - 1); ++row)
        text += m_source->rowText(m_rows[row]);
    return text;
}

int LogFilter::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant LogFilter::data(const QModelIndex &index, int role) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid) ? m_source->data(m_source->index(m_rows[index.row()]), role) : QVariant();
}

QHash<int, QByteArray> LogFilter::roleNames() const
{
    return m_source ? m_source->roleNames() : LogModel(nullptr).roleNames();
}

} // namespace muster
