// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/agent.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QSocketNotifier>

#include <cstdio>

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::agent;

namespace {

Q_LOGGING_CATEGORY(logAgent, "muster.agent", QtInfoMsg)

constexpr int failed = 1;
constexpr int badConfiguration = 2;

int complain(const Error &error, int code)
{
    std::fprintf(stderr, "muster-agent: %s\n", qPrintable(error.message));
    return code;
}

/// SIGINT and SIGTERM as a file descriptor: they arrive in the event loop, where everything may be done.
int openSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    // Before the first thread, which would else take them.
    sigprocmask(SIG_BLOCK, &set, nullptr);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int printFingerprint(const CommandLine &line)
{
    const bool isNew = !QFile::exists(line.configuration.keyPath);
    const Result<KeyPair> key = KeyPair::loadOrCreate(line.configuration.keyPath, line.configuration.algorithm);
    if (!key)
        return complain(key.error(), badConfiguration);
    // Whoever compares words must not compare with those of a key that nobody has seen.
    if (isNew)
        std::fprintf(stderr,
                     "muster-agent: this key is new, made just now in %s. An agent that runs already has another one: name its folder "
                     "(--data) or its configuration (--config), as its user or with sudo.\n",
                     qPrintable(line.configuration.keyPath));
    const Result<QString> deviceId = deviceIdOf(line.configuration);
    if (!deviceId)
        return complain(deviceId.error(), badConfiguration);
    const PublicKey &publicKey = key->publicKey();
    if (line.asJson) {
        const QJsonObject object{{"device_id"_L1, *deviceId},
                                 {"words"_L1, QJsonArray::fromStringList(publicKey.words())},
                                 {"fingerprint"_L1, publicKey.fingerprint()},
                                 {"algorithm"_L1, algorithmName(publicKey.algorithm())},
                                 {"key"_L1, line.configuration.keyPath}};
        std::fputs(QJsonDocument(object).toJson().constData(), stdout);
    } else {
        std::printf("%s\n%s\n%s\n", qPrintable(*deviceId), qPrintable(publicKey.words().join(u' ')), qPrintable(publicKey.fingerprint()));
    }
    return 0;
}

int run(QCoreApplication &app, const CommandLine &line, int signalFd)
{
    const auto agent = Agent::make(line.configuration);
    if (!agent)
        return complain(agent.error(), badConfiguration);
    QSocketNotifier notifier(signalFd, QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &app, [&] {
        signalfd_siginfo info = {};
        if (::read(signalFd, &info, sizeof info) == sizeof info)
            qCInfo(logAgent, "ending on signal %u", info.ssi_signo);
        (*agent)->link().stop();
        QCoreApplication::quit();
    });
    QStringList servers;
    for (const QUrl &server : line.configuration.servers)
        servers << server.toString();
    qCInfo(logAgent).noquote() << "muster-agent" << MUSTER_VERSION << "for" << servers.join(u", ") << "as" << (*agent)->deviceId();
    (*agent)->start();
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const int signalFd = openSignals();
    qSetMessagePattern(
        u"%{time yyyy-MM-ddTHH:mm:ss.zzz} "
        u"%{if-debug}debug%{endif}%{if-info}info%{endif}%{if-warning}warning%{endif}%{if-critical}error%{endif}"
        "%{if-fatal}fatal%{endif} %{category}: %{message}"_s);
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"muster-agent"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(MUSTER_VERSION));

    const Result<CommandLine> line = readConfiguration(QCoreApplication::arguments().sliced(1), QProcessEnvironment::systemEnvironment());
    if (!line)
        return complain(line.error(), badConfiguration);
    if (line->command == CommandLine::Command::Help) {
        std::fputs(qPrintable(line->helpText), stdout);
        return 0;
    }
    if (line->command == CommandLine::Command::Version) {
        std::printf("muster-agent %s\n", MUSTER_VERSION);
        return 0;
    }

    const CryptoLibrary crypto;
    if (const Result<void> tested = crypto.selfTest(); !tested)
        return complain(tested.error(), failed);
    return line->command == CommandLine::Command::Fingerprint ? printFingerprint(*line) : run(app, *line, signalFd);
}
