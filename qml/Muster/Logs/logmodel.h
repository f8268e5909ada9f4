// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/backend.h"
#include "client/values/states.h"
#include "qml/Muster/Logs/logpattern.h"
#include "qml/Muster/Logs/logstream.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <array>
#include <utility>

namespace muster {

/// The logs of one container or several as they flow, in the order of their times; the newest lines, no more than fit the limits: older ones
/// fall out at the top. What is searched for is looked for a little at a time, and in new lines alone.
class LogModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Backend *backend READ backend WRITE setBackend NOTIFY backendChanged FINAL)
    Q_PROPERTY(QString deviceId READ deviceId WRITE setDeviceId NOTIFY sourceChanged FINAL)
    Q_PROPERTY(QString container READ container WRITE setContainer NOTIFY sourceChanged FINAL)
    Q_PROPERTY(QStringList also READ also WRITE setAlso NOTIFY sourceChanged FINAL)
    Q_PROPERTY(QStringList containers READ containers NOTIFY sourceChanged FINAL)
    Q_PROPERTY(int mostContainers READ mostContainers CONSTANT FINAL)
    Q_PROPERTY(qint64 since READ since WRITE setSince NOTIFY sourceChanged FINAL)
    Q_PROPERTY(int tail READ tail WRITE setTail NOTIFY sourceChanged FINAL)
    Q_PROPERTY(bool wantStdout READ wantsStdout WRITE setWantStdout NOTIFY sourceChanged FINAL)
    Q_PROPERTY(bool wantStderr READ wantsStderr WRITE setWantStderr NOTIFY sourceChanged FINAL)
    Q_PROPERTY(bool paused READ isPaused WRITE setPaused NOTIFY pausedChanged FINAL)
    Q_PROPERTY(bool waiting READ isWaiting NOTIFY waitingChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    Q_PROPERTY(qint64 dropped READ dropped NOTIFY countChanged FINAL)
    Q_PROPERTY(int longest READ longest NOTIFY countChanged FINAL)
    Q_PROPERTY(bool dated READ isDated NOTIFY countChanged FINAL)
    Q_PROPERTY(int warnings READ warnings NOTIFY countChanged FINAL)
    Q_PROPERTY(int errors READ errors NOTIFY countChanged FINAL)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged FINAL)
    Q_PROPERTY(bool regex READ isRegex WRITE setRegex NOTIFY searchChanged FINAL)
    Q_PROPERTY(SearchFault searchFault READ searchFault NOTIFY matchesChanged FINAL)
    Q_PROPERTY(QString searchFaultText READ searchFaultText NOTIFY matchesChanged FINAL)
    Q_PROPERTY(int matches READ matches NOTIFY matchesChanged FINAL)
    Q_PROPERTY(bool ended READ isEnded NOTIFY loadingChanged FINAL)
    Q_PROPERTY(muster::states::Loading loading READ loading NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY loadingChanged FINAL)
    Q_PROPERTY(int errorCode READ errorCode NOTIFY loadingChanged FINAL)
    Q_PROPERTY(Hindrance hindrance READ hindrance NOTIFY loadingChanged FINAL)

public:
    enum Role {
        TextRole = Qt::UserRole + 1, ///< the line as far as a screen shows it
        SpansRole,                   ///< QList<AnsiSpan>: where it is drawn otherwise
        TimeTextRole,                ///< local time, with the day where lines of several days are here
        LevelRole,                   ///< states::LogLevel
        StderrRole,
        MatchedRole,   ///< it holds what is searched for
        NewsRole,      ///< it says what became of the container, in our words
        ContainerRole, ///< the name of the container that wrote it
        HueRole,       ///< which of the colours for names is its container's
    };
    Q_ENUM(Role)

    /// What hinders, as screens tell it apart.
    enum Hindrance {
        Nothing,
        NotPermitted,
        Away,
        Other,
    };
    Q_ENUM(Hindrance)

    /// What is wrong with what is searched for.
    enum SearchFault {
        SoundSearch,
        InvalidSearch,
        HeavySearch,
    };
    Q_ENUM(SearchFault)

    /// Streams at once; the server gives one browser eight.
    static constexpr int containersAtMost = 6;
    /// Colours that names are told apart by.
    static constexpr int hues = 8;

    explicit LogModel(QObject *parent = nullptr);

    [[nodiscard]] Backend *backend() const { return m_backend; }
    void setBackend(Backend *backend);
    [[nodiscard]] QString deviceId() const { return m_deviceId; }
    void setDeviceId(const QString &id);
    /// Its name; empty: no log is asked for.
    [[nodiscard]] QString container() const { return m_container; }
    void setContainer(const QString &container);
    /// The names of those that are read beside it. More than fit are left out.
    [[nodiscard]] QStringList also() const { return m_also; }
    void setAlso(const QStringList &names);
    /// All that are read, the first one first.
    [[nodiscard]] QStringList containers() const;
    [[nodiscard]] static int mostContainers() { return containersAtMost; }
    /// Milliseconds before now from which to begin; 0: the last `tail` lines, whenever they were.
    [[nodiscard]] qint64 since() const { return m_since; }
    void setSince(qint64 msecs);
    [[nodiscard]] int tail() const { return m_tail; }
    void setTail(int lines);
    [[nodiscard]] bool wantsStdout() const { return m_stdout; }
    void setWantStdout(bool want);
    [[nodiscard]] bool wantsStderr() const { return m_stderr; }
    void setWantStderr(bool want);
    /// A paused model takes nothing in and grants nothing: what comes meanwhile waits on the device.
    [[nodiscard]] bool isPaused() const { return m_paused; }
    void setPaused(bool paused);
    /// Lines wait behind the pause.
    [[nodiscard]] bool isWaiting() const;
    [[nodiscard]] int count() const { return int(m_rows.size()); }
    /// Lines that have fallen out since the beginning.
    [[nodiscard]] qint64 dropped() const { return m_dropped; }
    /// Characters of the longest line that was shown so far.
    [[nodiscard]] int longest() const { return m_longest; }
    [[nodiscard]] bool isDated() const { return m_dated; }
    /// Lines that are warnings or worse.
    [[nodiscard]] int warnings() const { return countOf(states::LogLevel::Warning); }
    [[nodiscard]] int errors() const { return countOf(states::LogLevel::Error); }
    [[nodiscard]] QString search() const { return m_search; }
    void setSearch(const QString &search);
    [[nodiscard]] bool isRegex() const { return m_regex; }
    void setRegex(bool regex);
    [[nodiscard]] SearchFault searchFault() const;
    [[nodiscard]] QString searchFaultText() const { return m_pattern.faultText(); }
    [[nodiscard]] int matches() const { return m_matches; }
    /// The logs are at their ends, or broke off: nothing more comes.
    [[nodiscard]] bool isEnded() const;
    [[nodiscard]] states::Loading loading() const;
    [[nodiscard]] QString errorText() const { return error().message; }
    [[nodiscard]] int errorCode() const { return error().code; }
    [[nodiscard]] Hindrance hindrance() const;
    /// For tests: lines held at most.
    void setCapacity(int lines) { m_capacity = lines; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// For the filter over it, which looks at each row.
    [[nodiscard]] const LogLine &lineAt(int row) const { return m_rows[row].line; }
    [[nodiscard]] QString containerAt(int row) const;
    [[nodiscard]] bool isMatchAt(int row) const { return m_rows[row].match == Match::Yes; }
    /// A line by a number that it keeps, wherever it stands; -1: it is not here any more.
    [[nodiscard]] quint64 numberAt(int row) const { return m_rows[row].number; }
    [[nodiscard]] int rowOfNumber(quint64 number) const;
    /// Judges rows for as long as a frame allows, the next ones first. @return whether some are left
    bool searchMore();
    /// One line, whole, with its time and a line feed, for copying.
    [[nodiscard]] QString rowText(int row) const;
    /// The lines from `first` to `last`, whole, each with its time, for copying. @return "" where there are none
    Q_INVOKABLE [[nodiscard]] QString textOf(int first, int last) const;
    Q_INVOKABLE [[nodiscard]] QString allText() const { return textOf(0, count() - 1); }
    Q_INVOKABLE void retry();
    /// What the device says of a container now, whichever id it has: a log that ended with it goes on with it.
    Q_INVOKABLE void see(const muster::Container &container);
    /// Which of the colours for names is that of a container that is read.
    Q_INVOKABLE [[nodiscard]] int hueOf(const QString &container) const;

signals:
    void backendChanged();
    void sourceChanged();
    void pausedChanged();
    void waitingChanged();
    void countChanged();
    void searchChanged();
    /// Another thing is searched for: no row has been judged.
    void searchBegan();
    void matchesChanged();
    void loadingChanged();
    /// The log of this one has ended, or broke off.
    void streamEnded(const QString &container);
    /// Lines came at the end.
    void appended();

private:
    enum class Match : quint8 { Unjudged, Yes, No };
    using Moment = std::pair<qint64, int>;

    struct Row
    {
        LogLine line;
        Moment place;       ///< where it stands among the others: its time, and never before the line before it of the same container
        quint64 number = 0; ///< never given twice
        quint8 source = 0;
        Match match = Match::Unjudged;
    };
    struct Source
    {
        QString name;
        LogStream *stream = nullptr; ///< none: it is not read any more
        Moment last;
        quint8 hue = 0;
        bool told = false; ///< that it has ended, in a line
    };

    void changeSource();
    [[nodiscard]] QStringList fitting() const;
    void open(const QString &name);
    void streamChanged(int source);
    void take(int source, const QList<LogLine> &lines);
    /// Puts a line among those that are there.
    void takeLate(int place, const LogLine &line);
    void add(QList<Row> rows);
    void merge(QList<Row> &rows);
    void tally(const Row &row, int change);
    void trim();
    void dateLines();
    void restartSearch();
    void judge();
    void clear();
    [[nodiscard]] bool several() const { return !m_also.isEmpty(); }
    [[nodiscard]] QList<const Source *> open() const;
    [[nodiscard]] int countOf(states::LogLevel least) const;
    [[nodiscard]] Error error() const;
    [[nodiscard]] QString newsText(const Row &row) const;

    QPointer<Backend> m_backend;
    QString m_deviceId;
    QString m_container;
    QStringList m_wantedAlso; // as they were asked for: which of them fit hangs on the first one too
    QStringList m_also;
    qint64 m_since = 0;
    int m_tail;
    bool m_stdout = true;
    bool m_stderr = true;
    bool m_paused = false;
    int m_capacity;
    QTimer m_change;

    QList<Source> m_sources; // rows know them by their place
    QHash<QString, Container> m_seen;
    QList<Row> m_rows;
    quint64 m_numbered = 0;
    qint64 m_dropped = 0;
    qint64 m_chars = 0;
    int m_longest = 0;
    bool m_dated = false;
    std::array<int, 6> m_levels{};

    QString m_search;
    bool m_regex = false;
    LogPattern m_pattern;
    int m_matches = 0;
    int m_judgedTo = 0; // rows before it are judged
    QTimer m_searchTimer;
};

} // namespace muster
