// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/backend.h"
#include "client/values/container.h"
#include "client/values/logline.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <optional>
#include <utility>

namespace muster {

/// The log of a container as it flows: the newest lines, no more than fit the limits; older ones fall out at the top.
/// It grants the server more only for what it has taken in, so a screen that stands still stops the device's stream.
/// A stream that a broken connection cut is taken up where it ended, without lines twice; and so is one that ended with its container,
/// once that runs again or was made anew.
class LogModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(muster::Backend *backend READ backend WRITE setBackend NOTIFY backendChanged FINAL)
    Q_PROPERTY(QString deviceId READ deviceId WRITE setDeviceId NOTIFY sourceChanged FINAL)
    Q_PROPERTY(QString container READ container WRITE setContainer NOTIFY sourceChanged FINAL)
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
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged FINAL)
    Q_PROPERTY(int matches READ matches NOTIFY matchesChanged FINAL)
    Q_PROPERTY(int currentMatch READ currentMatch NOTIFY matchesChanged FINAL)
    Q_PROPERTY(bool ended READ isEnded NOTIFY loadingChanged FINAL)
    Q_PROPERTY(muster::states::Loading loading READ loading NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY loadingChanged FINAL)
    Q_PROPERTY(int errorCode READ errorCode NOTIFY loadingChanged FINAL)
    Q_PROPERTY(Hindrance hindrance READ hindrance NOTIFY loadingChanged FINAL)

public:
    enum Role {
        TextRole = Qt::UserRole + 1, ///< the line as far as a screen shows it
        TimeTextRole,                ///< local time, with the day where lines of several days are here
        ToneRole,                    ///< states::LogTone
        StderrRole,
        MatchedRole, ///< it holds what is searched for
        NewsRole,    ///< it says what became of the container, in our words
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

    explicit LogModel(QObject *parent = nullptr);

    [[nodiscard]] Backend *backend() const { return m_backend; }
    void setBackend(Backend *backend);
    [[nodiscard]] QString deviceId() const { return m_deviceId; }
    void setDeviceId(const QString &id);
    /// Name or id; empty: no log is asked for.
    [[nodiscard]] QString container() const { return m_container; }
    void setContainer(const QString &container);
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
    [[nodiscard]] bool isWaiting() const { return m_paused && !m_incoming.isEmpty(); }
    [[nodiscard]] int count() const { return int(m_lines.size()); }
    /// Lines that have fallen out since the beginning.
    [[nodiscard]] qint64 dropped() const { return m_first; }
    /// Characters of the longest line that was shown so far.
    [[nodiscard]] int longest() const { return m_longest; }
    [[nodiscard]] bool isDated() const { return m_dated; }
    [[nodiscard]] QString search() const { return m_search; }
    void setSearch(const QString &search);
    [[nodiscard]] int matches() const { return int(m_matches.size()); }
    /// Which of the matches was gone to last, from 1; 0: none.
    [[nodiscard]] int currentMatch() const;
    /// The container's log is at its end, or the stream broke off: nothing more comes.
    [[nodiscard]] bool isEnded() const { return m_ended; }
    [[nodiscard]] states::Loading loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] int errorCode() const { return m_errorCode; }
    [[nodiscard]] Hindrance hindrance() const;
    /// For tests: lines held at most.
    void setCapacity(int lines) { m_capacity = lines; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Goes to the next match after (or the last one before) a row, around the ends. @return its row, or -1
    Q_INVOKABLE int findNext(int row, bool forward);
    /// The lines from `first` to `last`, whole, each with its time, for copying. @return "" where there are none
    Q_INVOKABLE [[nodiscard]] QString textOf(int first, int last) const;
    Q_INVOKABLE [[nodiscard]] QString allText() const { return textOf(0, count() - 1); }
    Q_INVOKABLE void retry();
    /// What the device says of its container of this name now, whichever id it has: a log that ended with it goes on with it.
    Q_INVOKABLE void see(const muster::Container &container);

signals:
    void backendChanged();
    void sourceChanged();
    void pausedChanged();
    void waitingChanged();
    void countChanged();
    void searchChanged();
    void matchesChanged();
    void loadingChanged();
    /// Lines came at the end.
    void appended();
    /// The `count` oldest lines fell out.
    void fellOut(int count);

private:
    void receive(const QString &method, const QJsonObject &params);
    void takeIn();
    void append(QList<LogLine> &lines);
    void trim();
    void grant();
    void searchMore();
    void keepPlace();
    void rememberPlace();
    void subscribe();
    void goOn();
    void tell(const LogLine &news);
    [[nodiscard]] QJsonObject params() const;
    [[nodiscard]] bool isKnown(const LogLine &line);
    void setLoading(states::Loading loading, const Error &error = {});
    void changeSource();

    QPointer<Backend> m_backend;
    QString m_deviceId;
    QString m_container;
    qint64 m_since = 0;
    int m_tail;
    bool m_stdout = true;
    bool m_stderr = true;
    bool m_paused = false;
    int m_capacity;

    QPointer<Subscription> m_subscription;
    QString m_incoming; // received and not taken in
    qint64 m_incomingBytes = 0;
    qint64 m_ungranted = 0;
    QTimer m_take;
    QTimer m_change;

    QList<LogLine> m_lines;
    qint64 m_first = 0; // the number of the first line here, counted from the beginning
    qint64 m_chars = 0;
    int m_longest = 0;
    bool m_dated = false;
    std::optional<std::pair<qint64, int>> m_resumeAfter; // the moment up to which lines are known, while a stream is taken up again
    int m_resumeSkip = 0;                                // and how many of that very moment

    Container m_seen;
    std::optional<LogLine> m_news; // the container began anew, and its log does not go on yet, or is held by the pause

    QString m_search;
    QList<qint64> m_matches; // numbers of lines
    qint64 m_searchedTo = 0;
    qint64 m_current = -1;
    QTimer m_searchTimer;

    bool m_ended = false;
    states::Loading m_loading = states::Loading::Idle;
    QString m_errorText;
    int m_errorCode = 0;
};

} // namespace muster
