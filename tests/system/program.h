// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>

#include <memory>

namespace muster::test {

/// One of the real programs, running; ended when this goes away.
class Program
{
public:
    Program(const QString &name, const QStringList &arguments, const QHash<QString, QString> &environment = {});
    ~Program();
    Q_DISABLE_COPY_MOVE(Program)

    /// What it has printed so far, both streams.
    [[nodiscard]] QString output();
    /// Waits until the output holds `text`.
    [[nodiscard]] bool says(const QString &text);
    /// Asks it to end (SIGTERM) and waits. @return its exit code, or -1
    [[nodiscard]] int end();
    /// Ends it at once, as a power cut would (SIGKILL).
    void kill();
    /// SIGSTOP, SIGCONT, …
    void signal(int number) const;
    [[nodiscard]] bool runs() const { return m_process.state() == QProcess::Running; }

private:
    QProcess m_process;
    QString m_output;
};

/// A program run to its end.
struct Ran
{
    int code = -1;
    QString output; ///< standard output
    QString errors;
    [[nodiscard]] QJsonObject json() const;
};
/// @param input what its standard input holds
[[nodiscard]] Ran run(const QString &name, const QStringList &arguments, const QHash<QString, QString> &environment = {},
                      const QByteArray &input = {});

} // namespace muster::test
