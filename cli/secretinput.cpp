// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/secretinput.h"

#include <QFile>
#include <QStringDecoder>

#include <cstdio>

#include <termios.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

constexpr qint64 longestLine = 4096; // four times the server's longest password

/// Keeps a terminal from showing what is typed, until it goes away. Does nothing elsewhere.
class Unseen
{
public:
    Unseen()
    {
        if (isatty(STDIN_FILENO) == 0 || tcgetattr(STDIN_FILENO, &m_before) != 0)
            return;
        termios silent = m_before;
        silent.c_lflag &= ~tcflag_t(ECHO);
        m_isTerminal = tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
        std::fputs("Password: ", stderr);
    }
    ~Unseen()
    {
        if (!m_isTerminal)
            return;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
        std::fputs("\n", stderr);
    }
    Q_DISABLE_COPY_MOVE(Unseen)

private:
    termios m_before{};
    bool m_isTerminal = false;
};

} // namespace

Result<QString> readSecret()
{
    const Unseen unseen;
    QFile input;
    if (!input.open(STDIN_FILENO, QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failure(InvalidParams, u"Standard input cannot be read"_s);
    QByteArray line = input.readLine(longestLine);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder(line);
    if (text.isEmpty() || decoder.hasError())
        return failure(InvalidParams, u"--password-stdin reads the password from the first line of standard input, and there is none"_s);
    return text;
}

} // namespace muster::cli
