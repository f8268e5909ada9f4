// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/web/bundle.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QThreadPool>

namespace muster::web {

/// The folder of the browser program (`web` in the settings): what is in it now. A bundle that is put there, taken away or replaced
/// while the server runs is noticed by look(); its files are checked in a thread of their own. Lives in the API's thread.
class ProgramFolder : public QObject
{
    Q_OBJECT

public:
    enum class State {
        None,     ///< no bundle, and nobody makes one
        Building, ///< somebody makes one, or it is being checked: see progress()
        Failed,   ///< making it has failed: see progress()
        Damaged,  ///< it is not what its manifest says
        Ready,
    };

    /// @param folder empty for none
    explicit ProgramFolder(const QString &folder, QObject *parent = nullptr);
    /// Waits until a check that runs has stopped, which is at once.
    ~ProgramFolder() override;

    /// Looks what is there now: reads two small files.
    void look();
    /// A file is no longer what it was when it was checked: if it is the program's, everything is checked anew.
    void distrust(const QByteArray &path);

    [[nodiscard]] State state() const { return m_state; }
    /// While Building or Failed: {"state": "building" | "failed", "percent", "text"}, to be shown to anybody.
    [[nodiscard]] const QJsonObject &progress() const { return m_progress; }
    /// While Ready: the program.
    [[nodiscard]] const Bundle &bundle() const { return *m_bundle; }
    /// A file of the program, or of the one before it: a page that began to load goes on loading when another one takes its place.
    [[nodiscard]] const File *file(const QByteArray &path) const;

private:
    using Loaded = Result<std::shared_ptr<const Bundle>>;

    void lookForProgress();
    void check(const QByteArray &manifest);
    void checked(const QByteArray &manifest, const Loaded &loaded);

    QString m_folder;
    QThreadPool m_checker;
    std::stop_source m_stop;
    State m_state = State::None;
    QJsonObject m_progress;
    QByteArray m_manifest; ///< that was checked last
    bool m_checking = false;
    QElapsedTimer m_sinceCheck;
    QString m_lastProblem; ///< told in the log once
    std::shared_ptr<const Bundle> m_bundle;
    std::shared_ptr<const Bundle> m_before;
};

} // namespace muster::web
