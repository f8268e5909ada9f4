// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/simulator/simulator.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QSocketNotifier>

#include <cstdio>

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::simulator;

namespace {

int openSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, nullptr); // before the first thread, which would else take them
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

void print(const QJsonObject &result, bool asJson)
{
    if (asJson) {
        std::fputs(QJsonDocument(result).toJson().constData(), stdout);
        return;
    }
    for (auto it = result.begin(); it != result.end(); ++it) {
        const QByteArray value = it.value().isObject() ? QJsonDocument(it.value().toObject()).toJson(QJsonDocument::Compact)
                                                       : it.value().toVariant().toString().toUtf8();
        std::printf("%-20s %s\n", qPrintable(it.key()), value.constData());
    }
}

} // namespace

int main(int argc, char **argv)
{
    const int signalFd = openSignals();
    QCoreApplication app(argc, argv);
    const Result<Options> options = readOptions(QCoreApplication::arguments().sliced(1));
    if (!options) {
        std::fprintf(options.error().code == 0 ? stdout : stderr, options.error().code == 0 ? "%s" : "muster-sim: %s\n",
                     qPrintable(options.error().message));
        return options.error().code == 0 ? 0 : 2;
    }
    if (!options->isVerbose)
        QLoggingCategory::setFilterRules(u"muster.agent.*=false"_s);
    const CryptoLibrary crypto;
    if (const Result<void> tested = crypto.selfTest(); !tested) {
        std::fprintf(stderr, "muster-sim: %s\n", qPrintable(tested.error().message));
        return 1;
    }

    Simulator simulation(*options);
    QObject::connect(&simulation, &Simulator::progressed, &app,
                     [](const QString &line) { std::fprintf(stderr, "%s\n", qPrintable(line)); });
    QObject::connect(&simulation, &Simulator::finished, &app, &QCoreApplication::quit);
    QSocketNotifier notifier(signalFd, QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &app, &QCoreApplication::quit);
    if (const Result<void> started = simulation.start(); !started) {
        std::fprintf(stderr, "muster-sim: %s\n", qPrintable(started.error().message));
        return 2;
    }
    QCoreApplication::exec();
    const QJsonObject result = simulation.result();
    simulation.stop();
    print(result, options->asJson);
    return result.value("all_there"_L1).toBool() ? 0 : 1;
}
