// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/system/program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

using namespace Qt::Literals::StringLiterals;

namespace muster::test {

namespace {

constexpr int patience = 30'000;

void prepare(QProcess &process, const QString &name, const QStringList &arguments, const QHash<QString, QString> &environment)
{
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    all.remove(u"QT_LOGGING_RULES"_s);
    for (auto it = environment.begin(); it != environment.end(); ++it)
        all.insert(it.key(), *it);
    process.setProcessEnvironment(all);
    process.setProgram(QStringLiteral(MUSTER_BIN_DIR "/") + name);
    process.setArguments(arguments);
}

} // namespace

Program::Program(const QString &name, const QStringList &arguments, const QHash<QString, QString> &environment)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    prepare(m_process, name, arguments, environment);
    m_process.start();
    (void)m_process.waitForStarted(patience);
}

Program::~Program()
{
    if (runs())
        (void)end();
}

QString Program::output()
{
    m_output += QString::fromUtf8(m_process.readAll());
    return m_output;
}

bool Program::says(const QString &text)
{
    return QTest::qWaitFor([&] { return output().contains(text); }, patience);
}

int Program::end()
{
    m_process.terminate();
    if (!QTest::qWaitFor([&] { return !runs(); }, patience))
        kill();
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

void Program::signal(int number) const
{
    ::kill(static_cast<pid_t>(m_process.processId()), number);
}

void Program::kill()
{
    m_process.kill();
    (void)m_process.waitForFinished(patience);
}

QJsonObject Ran::json() const
{
    const QJsonDocument document = QJsonDocument::fromJson(output.toUtf8());
    return document.isArray() ? QJsonObject{{"items"_L1, document.array()}} : document.object();
}

Ran run(const QString &name, const QStringList &arguments, const QHash<QString, QString> &environment, const QByteArray &input)
{
    QProcess process;
    prepare(process, name, arguments, environment);
    process.start();
    process.write(input);
    process.closeWriteChannel();
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, patience))
        process.kill();
    return {.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            .output = QString::fromUtf8(process.readAllStandardOutput()),
            .errors = QString::fromUtf8(process.readAllStandardError())};
}

} // namespace muster::test
