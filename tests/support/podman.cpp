// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/podman.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace muster::test {

namespace {

constexpr int patience = 60'000;

} // namespace

std::unique_ptr<Podman> Podman::start()
{
    std::unique_ptr<Podman> podman(new Podman);
    podman->m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    podman->m_process.start(QStringLiteral(MUSTER_SUPPORT_DIR "/podman.sh"), {podman->m_folder.path()});
    // The script says by itself once its image is there.
    QByteArray first;
    const bool isThere = QTest::qWaitFor(
        [&] {
            first += podman->m_process.readAllStandardOutput();
            return first.contains("= ") || podman->m_process.state() == QProcess::NotRunning;
        },
        patience);
    if (!isThere || !first.contains("= 0") || !podman->serve()) {
        qInfo("Podman cannot run on this machine: what needs a real container engine is tried against recorded answers alone");
        return nullptr;
    }
    return podman;
}

Podman::~Podman()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(patience))
        m_process.kill();
    m_process.waitForFinished(patience);
}

QString Podman::run(const QStringList &arguments)
{
    QStringList words = arguments;
    for (QString &word : words)
        word.replace(u' ', "%20"_L1);
    QString output;
    return command(words.join(u' '), &output) == 0 ? output : QString();
}

bool Podman::serve()
{
    return command(u"serve"_s) == 0;
}

void Podman::kill()
{
    (void)command(u"kill"_s);
}

int Podman::command(const QString &line, QString *output)
{
    m_process.write(line.toUtf8() + '\n');
    QByteArray answer;
    qsizetype end = -1;
    const bool isAnswered = QTest::qWaitFor(
        [&] {
            answer += m_process.readAllStandardOutput();
            end = answer.startsWith("= ") ? 0 : answer.lastIndexOf("\n= ") + 1;
            return (end > 0 || answer.startsWith("= ")) && answer.endsWith('\n');
        },
        patience);
    if (!isAnswered)
        return -1;
    if (output)
        *output = QString::fromUtf8(answer.first(end));
    return answer.sliced(end + 2).trimmed().toInt();
}

} // namespace muster::test
